"""A text that another tool understands, or a path, pasted: what it is, before it is taken.

paste ──▶ read ──▶ shown: the text, what was understood, what has to be said ──enter──▶ Taken
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, TypeAlias, assert_never

from textual import on, work
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.getters import query_one
from textual.widgets import Static

from tui.blocking import run_blocking
from tui.body.sanitise import sanitise
from tui.body.shown_body import ShownBody
from tui.domain.bundles import OpenedBundle
from tui.domain.connections import Connection
from tui.domain.errors import ExplorerError
from tui.domain.fields import TEXT_FIELDS
from tui.domain.requests import FileBody, InlineBody
from tui.interchange.pasted import Pasted
from tui.interchange.reading import with_line_feeds
from tui.screens.dialog import Dialog
from tui.widgets.body_view.view import BodyView
from tui.widgets.outcome_words import size_words

if TYPE_CHECKING:
    from textual import events
    from textual.app import ComposeResult

    from tui.domain.requests import InvocationRequest

Taken: TypeAlias = Pasted | OpenedBundle | FileBody
"""A request, a bundle with what came of its request, or a file that is to be the body."""

_NOTHING_YET = "Paste it here: with ctrl+shift+v, shift+insert or command+v, as your terminal does."
_TEXT_TYPE = "application/x-sh"


class PasteScreen(Dialog[Taken]):
    """Gives back what was read out of a pasted text."""

    HELP = """\
Paste an aws sagemaker-runtime invoke-endpoint line as it stands in a ticket, a boto3
invoke_endpoint call, a curl line, or a script or words around one; the first request is taken. The
path of a reproduction bundle opens that, the path of any other file makes it the body; drop it on
the terminal if you like.

Nothing of it is run. Beneath the text is what was understood; enter takes it into the form, where
ctrl+r brings the last request back.
"""

    DEFAULT_CSS = """
    PasteScreen {
        & > #frame { width: 96%; max-width: 140; height: 90%; }
        & BodyView { height: 1fr; }
        & #understood {
            height: auto; max-height: 60%; padding: 1; border-top: solid $border-idle;
        }
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "enter,ctrl+j",
            "take",
            "Take it",
            priority=True,
            id="paste.take",
            tooltip="Put the request into the form",
        ),
    ]

    view = query_one(BodyView)
    understood = query_one("#understood", Static)

    def __init__(self, connection: Connection, text: str = "") -> None:
        super().__init__()
        self._connection = connection
        self._text = text
        self._pasted: Taken | None = None

    def compose(self) -> ComposeResult:
        """Lay out the text and what was understood."""
        with Vertical(id="frame") as frame:
            frame.border_title = "Paste a request"
            frame.border_subtitle = "enter take it · paste again to replace it · escape close"
            yield BodyView(id="text")
            yield Static(_NOTHING_YET, id="understood", markup=False)

    def on_mount(self) -> None:
        """Read what came along."""
        self.view.focus()
        if self._text:
            self._read(self._text)

    def on_paste(self, event: events.Paste) -> None:
        """Read what is pasted, in place of what was."""
        event.stop()
        self._read(event.text)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer only what was understood."""
        if action == "take":
            return self._pasted is not None
        return super().check_action(action, parameters)

    def action_take(self) -> None:
        """Go, with the request."""
        if self._pasted is not None:
            self.dismiss(self._pasted)

    @work(exclusive=True, group="read", description="read a pasted text")
    async def _read(self, text: str) -> None:
        # Imported when first wanted: 15 ms.
        from tui.bundles import read_anything

        self._pasted = None
        text = with_line_feeds(text)
        self.view.shown = ShownBody(text.encode("utf-8", "replace"), _TEXT_TYPE)
        self.understood.update("Reading …")  # what is said of the text before is not of this one
        try:
            self._pasted = await run_blocking(lambda: read_anything(text), name="read a text")
        except ExplorerError as error:
            self.understood.update(
                Content.assemble(
                    (sanitise(error.summary), "$text-error"),
                    (f"\n{sanitise(error.hint)}" if error.hint else "", "$text-muted"),
                )
            )
        else:
            self.understood.update(understanding(self._pasted, self._connection))
        self.refresh_bindings()

    @on(BodyView.Described)
    def _ignore_words(self, event: BodyView.Described) -> None:
        event.stop()


def understanding(taken: Taken, here: Connection) -> Content:
    """Say what a text was read as, a line for each member and each note."""
    match taken:
        case Pasted():
            lines = _members(taken.request)
            notes = [*map(sanitise, taken.notes), *_elsewhere(taken.connection, here)]
        case OpenedBundle():
            lines = [Content("A reproduction bundle"), *_members(taken.request)]
            lines.append(_line("Answer", _answer_words(taken)))
            meant = Connection(region=None if taken.is_demo else taken.region)
            notes = [*_elsewhere(meant, here)]
            if taken.is_demo and not here.is_demo:
                notes.append("It went to a demo; `sagescope open` shows it on one")
        case FileBody(path=path):
            lines = [_line("Body", f"the file {path}"), Content("All else stays as it is.")]
            notes = []
        case _:
            assert_never(taken)
    lines += [Content.styled(f"! {words}", "$text-warning") for words in notes]
    return Content("\n").join(lines)


def _members(request: InvocationRequest) -> list[Content]:
    values = [
        (member.api_name, getattr(request, member.attribute))
        for member in TEXT_FIELDS
        if getattr(request, member.attribute) is not None
    ]
    return [_line(name, value) for name, value in (*values, ("Body", _body_words(request)))]


def _line(name: str, value: str) -> Content:
    return Content.assemble((f"{name:<24}", "$text-muted"), sanitise(value))


def _answer_words(bundle: OpenedBundle) -> str:
    if bundle.exchange is None:
        return "it was not sent"
    reply = bundle.exchange.reply
    return f"{reply.status}, {size_words(len(reply.body))}" if reply else "none came"


def _body_words(request: InvocationRequest) -> str:
    match request.body:
        case InlineBody(data=data):
            return size_words(len(data)) if data else "empty"
        case FileBody(path=path):
            return f"the file {path}"


def _elsewhere(meant: Connection, here: Connection) -> list[str]:
    """Say where the text went, where that is not where we are; f9 switches."""
    pairs = [
        ("profile", meant.profile, here.profile),
        ("region", meant.region, here.region),
        ("address", meant.endpoint_url, here.endpoint_url),
    ]
    return [
        f"It went to the {what} {sanitise(there)}; f9 switches the connection"
        for what, there, ours in pairs
        if there is not None and there != ours
    ]
