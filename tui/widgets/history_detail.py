"""One entry of the history: what was sent and what came back, as they were."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.getters import query_one
from textual.reactive import reactive, var
from textual.widgets import Static

from tui.body.sanitise import sanitise
from tui.body.shown_body import ShownBody
from tui.domain.exchanges import Done, Idle
from tui.domain.fields import TEXT_FIELDS
from tui.widgets.answer import Answer
from tui.widgets.body_view.view import BodyView
from tui.widgets.body_words import BodyTitle
from tui.widgets.header_list import HeaderList
from tui.widgets.outcome_words import size_words
from tui.widgets.request_form.tabs import TabStrip
from tui.widgets.response_pane import PAGE, READ, WRITE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from tui.domain.history import HistoryRecord, KeptBody
    from tui.domain.requests import InvocationRequest

RESPONSE, REQUEST = "Response", "Request"
_NO_OUTCOME = (
    "No outcome is known: it is still under way, or the program ended meanwhile.\n"
    "The request went out all the same."
)


class HistoryDetail(Vertical):
    """Shows a `HistoryRecord`, its answer in front; nothing while there is none."""

    DEFAULT_CSS = """
    HistoryDetail {
        & > #detail-top { height: 1; padding: 0 1; }
        & #detail-words { width: 1fr; height: 1; padding-left: 3; color: $text-muted; }
        & #detail-words { text-wrap: nowrap; text-overflow: ellipsis; }
        & > #detail-sent { height: 1fr; display: none; }
        & #detail-sent > #detail-body-column { width: 3fr; }
        & #detail-body-column > BodyTitle { padding: 0 1; }
        & #detail-body-column > BodyView { height: 1fr; }
        & #detail-sent > HeaderList { width: 2fr; border-left: solid $border-idle; }
        & > Answer { height: 1fr; }
        & > #detail-nothing { height: 1fr; padding: 0 1; color: $text-muted; display: none; }
        &.-no-outcome > Answer { display: none; }
        &.-no-outcome > #detail-nothing { display: block; }
        &.-request > #detail-sent { display: block; }
        &.-request > Answer, &.-request > #detail-nothing { display: none; }
        &.-empty > * { visibility: hidden; }
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [WRITE, PAGE, READ]

    record: reactive[HistoryRecord | None] = reactive["HistoryRecord | None"](None, init=False)
    part: reactive[str] = reactive(RESPONSE)
    lenses_by_type: var[Mapping[str, str]] = var["Mapping[str, str]"](dict)
    """The lens that was chosen by hand for each media type of an answer."""

    answer = query_one(Answer)
    sent_body = query_one("#detail-body", BodyView)
    members = query_one("#detail-members", HeaderList)
    tabs = query_one("#detail-tabs", TabStrip)
    words = query_one("#detail-words", Static)

    def __init__(
        self,
        lenses_by_type: Mapping[str, str],
        *,
        id: str | None = None,  # noqa: A002 - Textual's name
    ) -> None:
        super().__init__(id=id)
        self.set_reactive(HistoryDetail.lenses_by_type, lenses_by_type)

    def compose(self) -> ComposeResult:
        """Yield both parts; one of them is in front."""
        with Horizontal(id="detail-top"):
            yield TabStrip(
                (RESPONSE, REQUEST),
                active=RESPONSE,
                help_text="What came back, or what was sent.",
                id="detail-tabs",
            )
            yield Static(id="detail-words", markup=False)
        yield Answer(id="detail-response").data_bind(HistoryDetail.lenses_by_type)
        yield Static(_NO_OUTCOME, id="detail-nothing", markup=False)
        with Horizontal(id="detail-sent"):
            with Vertical(id="detail-body-column"):
                yield BodyTitle(id="detail-body-title")
                yield BodyView(id="detail-body")
            yield HeaderList(id="detail-members")

    def on_mount(self) -> None:
        """Begin with nothing."""
        self.watch_record(self.record)

    def on_resize(self) -> None:
        """Show headers beside the body where there is room."""
        self.answer.has_tabs = self.size.width < 110

    def watch_record(self, record: HistoryRecord | None) -> None:
        """Show another entry."""
        self.set_class(record is None, "-empty")
        exchange = record.exchange if record else None
        self.set_class(exchange is None, "-no-outcome")
        self.answer.state = Done(exchange=exchange) if exchange else Idle()
        if record is None:
            self.sent_body.shown = None
            return
        self.sent_body.shown = ShownBody(record.sent_body, record.request.content_type)
        self.members.headers = member_lines(record.request)
        self.words.update(Content(" · ".join(detail_words(record))))

    def watch_part(self, part: str) -> None:
        """Bring the other part to the front."""
        self.tabs.active = part
        self.set_class(part == REQUEST, "-request")

    def switch_part(self) -> None:
        """Go from the answer to the request or back; the focus follows if it was here."""
        had_focus = self.has_focus_within
        self.part = REQUEST if self.part == RESPONSE else RESPONSE
        if had_focus:
            self.focus_part()

    def focus_part(self) -> None:
        """Focus what is in front."""
        if self.part == REQUEST:
            self.sent_body.focus()
        else:
            self.answer.focus_part()

    @on(TabStrip.Picked)
    def _pick(self, event: TabStrip.Picked) -> None:
        event.stop()
        self.part = event.picked

    @on(BodyView.Described)
    def _title_body(self, event: BodyView.Described) -> None:
        event.stop()
        self.query_one("#detail-body-title", BodyTitle).said = event.said

    @on(BodyView.LensChosen, "#detail-body")
    def _keep_lens_here(self, event: BodyView.LensChosen) -> None:
        """How a request is looked at says nothing of answers."""
        event.stop()


def member_lines(request: InvocationRequest) -> tuple[tuple[str, str], ...]:
    """Return (member, value) of what was sent, as the headers of an answer are shown."""
    values = ((each.api_name, getattr(request, each.attribute)) for each in TEXT_FIELDS)
    return tuple((name, value) for name, value in values if value is not None)


def detail_words(record: HistoryRecord) -> tuple[str, ...]:
    """Say where it went, from which preset, and what was left out; sanitised."""
    entry = record.entry
    place = entry.place
    where = ("demo" if place.is_demo else place.profile, place.region, place.account)
    words = [f"#{entry.id}", f"{entry.started_at:%Y-%m-%d %H:%M:%S} UTC", *filter(None, where)]
    if entry.preset_name:
        words.append(f"preset {entry.preset_name}")
    if entry.note:
        words.append(entry.note)
    words += _left_out("sent", entry.sent)
    words += _left_out("received", entry.received)
    return tuple(map(sanitise, words))


def _left_out(what: str, kept: KeptBody | None) -> list[str]:
    if kept is None or kept.left_out is None:
        return []
    return [f"the body {what} ({size_words(kept.size_bytes)}) is {kept.left_out.value}"]
