"""A request in another tool's language: which one, and the text before it is copied."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.getters import query_one
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from tui.body.sanitise import sanitise
from tui.body.shown_body import ShownBody
from tui.domain.errors import ExplorerError
from tui.interchange.formats import Format, copy_as
from tui.screens.dialog import Dialog
from tui.widgets.body_view.view import BodyView

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from tui.interchange.copied import Copied
    from tui.interchange.sources import Source

_FORMATS = tuple(Format)
_MEDIA_TYPES = {
    Format.AWS_CLI: "application/x-sh",
    Format.BOTO3: "text/x-python",
    Format.CURL: "application/x-sh",
    Format.HTTP: "text/plain",
    Format.MARKDOWN: "text/markdown",
}


class CopyAsScreen(Dialog[tuple[Format, str]]):
    """Gives back the language that was chosen, and the text in it."""

    HELP = """\
Up and down choose a language, beneath it is what would be copied; enter copies it.

The AWS CLI line works in its versions 1 and 2. No credential is ever in a text: scripts read them
as every AWS client does, curl from the usual variables.
"""

    DEFAULT_CSS = """
    CopyAsScreen {
        & > #frame { width: 96%; max-width: 140; height: 90%; }
        & #formats {
            height: auto; border: none; padding: 0; background: transparent;
            &:focus { background: transparent; }
            & > .option-list--option { padding: 0 1; }
        }
        & #told { height: auto; max-height: 4; padding: 0 1; color: $text-muted; }
        & BodyView { height: 1fr; border-top: solid $border-idle; }
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "copy", "Copy", id="copy-as.copy", tooltip="Copy the text in this language"),
    ]

    formats = query_one("#formats", OptionList)
    view = query_one(BodyView)
    told = query_one("#told", Static)

    def __init__(self, source: Source) -> None:
        super().__init__()
        self._source = source

    def compose(self) -> ComposeResult:
        """Lay out languages, what has to be said, and the text."""
        with Vertical(id="frame") as frame:
            frame.border_title = Content(f"Copy {sanitise(self._source.request.endpoint_name)} as")
            frame.border_subtitle = "enter copy · tab to the text · escape close"
            yield OptionList(
                *(Option(Content(each.value)) for each in _FORMATS), id="formats", markup=False
            )
            yield Static(id="told", markup=False)
            yield BodyView(id="text")

    def on_mount(self) -> None:
        """Begin with the first language."""
        self.formats.highlighted = 0
        self.formats.focus()

    @property
    def chosen(self) -> Format:
        """The language under the cursor."""
        return _FORMATS[self.formats.highlighted or 0]

    @on(OptionList.OptionHighlighted)
    def _show(self, event: OptionList.OptionHighlighted) -> None:
        event.stop()
        copied = self._written()
        if isinstance(copied, ExplorerError):
            self.told.update(Content.styled(_words(copied), "$text-error"))
            self.view.shown = None
            return
        notes = "\n".join(sanitise(note) for note in copied.notes)
        self.told.update(Content(notes))
        self.told.display = bool(notes)
        self.view.shown = ShownBody(copied.text.encode(), _MEDIA_TYPES[self.chosen])

    @on(OptionList.OptionSelected)
    def _take(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.action_copy()

    @on(BodyView.Described)
    def _ignore_words(self, event: BodyView.Described) -> None:
        event.stop()

    def action_copy(self) -> None:
        """Go, with the text of the language under the cursor."""
        copied = self._written()
        if not isinstance(copied, ExplorerError):
            self.dismiss((self.chosen, copied.text))

    def _written(self) -> Copied | ExplorerError:
        try:
            return copy_as(self._source, self.chosen)
        except ExplorerError as error:
            return error


def _words(error: ExplorerError) -> str:
    return " ".join(filter(None, (sanitise(error.summary), sanitise(error.hint))))
