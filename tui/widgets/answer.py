"""How the last send ended, or that one is under way: facts, what went wrong, body and headers.

    InFlight  seconds ticking, what was there before dimmed beneath
    Done      facts · explanation of a failure · body │ headers

Everything shown derives from one `SendState`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from textual import on
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.getters import query_one
from textual.reactive import reactive, var
from textual.widgets import Static

from tui.body.sanitise import sanitise
from tui.body.shown_body import ShownBody
from tui.domain.exchanges import Done, Idle, InFlight, SendState
from tui.widgets.body_view.view import BodyView
from tui.widgets.body_words import BodyTitle, BodyWords
from tui.widgets.facts_strip import FactsStrip
from tui.widgets.header_list import HeaderList
from tui.widgets.outcome_words import explanation, shown_body
from tui.widgets.request_form.tabs import TabStrip

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual.app import ComposeResult

    from tui.domain.exchanges import Exchange

BODY, HEADERS = "Body", "Headers"


class Answer(Vertical):
    """Shows every state of a send but idle; empty then.

    Classes: ``-waiting``, ``-previous`` (what is shown is not the current answer),
    ``-no-reply`` (no HTTP response came), ``-tabs`` (body or headers, not both).
    """

    DEFAULT_CSS = """
    Answer {
        & > #response-explanation { height: auto; max-height: 6; padding: 0 1; }
        & > #response-tabs { display: none; width: 1fr; margin: 0 1; }
        & > #response-columns { height: 1fr; }
        & #response-body-column { width: 3fr; }
        & #response-headers-column { width: 2fr; min-width: 40; border-left: solid $border-idle; }
        & .response-column-title { height: 1; padding: 0 1; color: $text-muted; }
        & BodyView { height: 1fr; }

        &.-no-reply > #response-columns, &.-no-reply > #response-tabs { display: none; }
        &.-previous > #response-explanation { opacity: 55%; }
        &.-tabs {
            & > #response-tabs { display: block; }
            & .response-column-title { display: none; }
            & #response-headers-column { border-left: none; display: none; width: 1fr; }
            &.-headers #response-body-column { display: none; }
            &.-headers #response-headers-column { display: block; }
        }
        &.-tabs.-no-reply > #response-tabs { display: none; }
    }
    """

    state: reactive[SendState] = reactive[SendState](Idle(), init=False)
    has_tabs: reactive[bool] = reactive(default=False, toggle_class="-tabs")
    """Whether there is room for either body or headers only."""
    active_tab: reactive[str] = reactive(BODY)
    body_words: var[BodyWords] = var(BodyWords())
    """What the body view says of what it shows."""

    lenses_by_type: var[Mapping[str, str]] = var["Mapping[str, str]"](dict)
    """The lens that was chosen by hand for each media type."""

    body_view = query_one(BodyView)
    header_list = query_one(HeaderList)
    tabs = query_one("#response-tabs", TabStrip)

    def compose(self) -> ComposeResult:
        """Yield what can be shown; the state decides what is."""
        yield FactsStrip(id="response-facts").data_bind(Answer.state)
        yield Static(id="response-explanation", markup=False)
        yield TabStrip(
            (BODY, HEADERS),
            active=BODY,
            help_text="The body of the answer, or the headers that came with it.",
            id="response-tabs",
        )
        with Horizontal(id="response-columns"):
            with Vertical(id="response-body-column"):
                yield BodyTitle(id="response-body-title", classes="response-column-title")
                yield BodyView(id="response-body").data_bind(Answer.lenses_by_type)
            with Vertical(id="response-headers-column"):
                yield Static(id="response-headers-title", classes="response-column-title")
                yield HeaderList(id="response-headers")

    def on_mount(self) -> None:
        """Show the state that was given."""
        self.watch_state(self.state)

    def watch_state(self, state: SendState) -> None:
        """Show another state; while waiting, what was there before stays as it is, dimmed."""
        if not self.is_mounted:
            return
        self.set_class(isinstance(state, InFlight), "-waiting")
        self._dim(is_previous=isinstance(state, InFlight) and state.previous is not None)
        match state:
            case Idle():
                self._show(None)
            case InFlight(previous=previous):
                self.set_class(previous is None or previous.reply is None, "-no-reply")
            case Done(exchange=exchange):
                self._show(exchange)
            case _:
                assert_never(state)

    def watch_active_tab(self, name: str) -> None:
        """Show the body or the headers, where there is room for one of them."""
        self.tabs.active = name
        self.set_class(name == HEADERS, "-headers")

    def watch_body_words(self) -> None:
        """Show what the body is; that changes often, and must not lay out the screen."""
        self._title_body_words()

    @property
    def focused_header(self) -> tuple[str, str] | None:
        """The (name, value) under the cursor, while the headers have the focus."""
        return self.header_list.current if self.header_list.has_focus else None

    def switch_tab(self) -> None:
        """Go from the body to the headers or back; the focus follows if it was here."""
        had_focus = self.has_focus_within
        self.active_tab = HEADERS if self.active_tab == BODY else BODY
        if had_focus:
            self.focus_part()

    def focus_part(self) -> None:
        """Focus what is in front."""
        is_headers = self.has_tabs and self.active_tab == HEADERS
        (self.header_list if is_headers else self.body_view).focus()

    def _show(self, exchange: Exchange | None) -> None:
        reply = exchange.reply if exchange else None
        self.set_class(reply is None, "-no-reply")
        self._explain(exchange)
        self.header_list.headers = reply.headers if reply else ()
        self.body_view.shown = ShownBody(*shown_body(exchange)) if exchange and reply else None
        if reply is None:
            self.body_words = BodyWords()
        self._title_columns()

    def _explain(self, exchange: Exchange | None) -> None:
        found = explanation(exchange) if exchange else None
        words = self.query_one("#response-explanation", Static)
        words.display = found is not None
        if found is not None:
            words.update(
                Content.assemble(
                    (f"{found.kind}  " if found.kind else "", "bold $text-warning"),
                    sanitise(found.summary),
                    (f"\n{sanitise(found.hint)}" if found.hint else "", "$text-muted"),
                )
            )

    def _dim(self, *, is_previous: bool) -> None:
        self.set_class(is_previous, "-previous")
        self.body_view.set_class(is_previous, "-previous")
        self.header_list.set_class(is_previous, "-previous")

    def _title_columns(self) -> None:
        self._title_body_words()
        title = self.query_one("#response-headers-title", Static)
        title.update(Content.assemble((HEADERS, "bold $text"), "  ", self._header_count))

    def _title_body_words(self) -> None:
        self.tabs.marks = {BODY: self.body_words, HEADERS: self._header_count}
        self.query_one(BodyTitle).said = self.body_words

    @property
    def _header_count(self) -> Content:
        return Content.styled(f"{len(self.header_list.headers)}", "$text-muted")

    @on(BodyView.Described)
    def _title_body(self, event: BodyView.Described) -> None:
        event.stop()
        self.body_words = event.said

    @on(TabStrip.Picked)
    def _pick_tab(self, event: TabStrip.Picked) -> None:
        event.stop()
        self.active_tab = event.picked
