"""The text editor of the body: exact newlines, JSON colours, no freezing on large pastes.

Textual's TextArea on a document of our own. Its `language` stays unset (that would load
tree-sitter); colours come through `get_line`, line by line as lines are drawn. Whatever is too
large to edit is handed up, never truncated.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, ClassVar

from rich.style import Style
from rich.text import Text
from textual import getters
from textual.app import App
from textual.binding import Binding
from textual.message import Message
from textual.reactive import var
from textual.widgets import TextArea
from textual.widgets.text_area import DocumentNavigator, Selection

from tui.body.sanitise import sanitise
from tui.widgets.body_editor.document import (
    ExactDocument,
    QuickWrappedDocument,
    newline_of,
    with_line_feeds,
)
from tui.widgets.body_editor.status import size_words
from tui.widgets.compact import make_compact
from tui.widgets.theming import SYNTAX_ROLES

if TYPE_CHECKING:
    from collections.abc import Collection

    from textual import events
    from textual.binding import BindingType
    from textual.widgets.text_area import Location

EDITABLE_BYTES_MAX = 256 * 1024
"""Above this a key press would take more than a tenth of a second."""
_BRACKETS_LINES_MAX = 2_000
LINE_CHARS_MAX = 16 * 1024
"""A single line is wrapped and drawn as a whole at every key press."""


def _any_app() -> type[App[object]]:
    """Name the app's class for the type checker, which else calls it unknown."""
    return App


class BodyText(TextArea):
    """Edits text; what it holds is `data`, byte for byte."""

    HELP = """\
The body as text, sent exactly as it is here.

Tab goes to the next field. ctrl+z and ctrl+y undo and redo; ctrl+a, ctrl+e, ctrl+k, ctrl+u and
ctrl+w work as in a shell; ctrl+home and ctrl+end go to the ends. ctrl+t indents JSON without
re-spelling a value, and f4 opens the body in $EDITOR. Pastes of more than 256 kB are kept outside
the editor.
"""

    COMPONENT_CLASSES: ClassVar[set[str]] = {f"body-text--{role}" for role in SYNTAX_ROLES}

    DEFAULT_CSS = """
    BodyText {
        height: 1fr;
        border: none;
        padding: 0;
        background: transparent;
        scrollbar-size-vertical: 1;
        scrollbar-size-horizontal: 1;
        &:focus { border: none; }
        & .text-area--gutter { color: $text-disabled; }
        & .text-area--cursor-line { background: transparent; }
        & .text-area--cursor-gutter { background: transparent; color: $text-muted; }
        &:focus .text-area--cursor-line { background: $boost; }
        &:focus .text-area--cursor-gutter { background: $boost; color: $text-primary; }
        ROLES
    }
    """.replace(
        "ROLES",
        "\n".join(f"& .body-text--{role} {{ color: $syntax-{role}; }}" for role in SYNTAX_ROLES),
    )

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "ctrl+home",
            "go_to_start",
            "Start of the body",
            show=False,
            id="request.body-start",
            tooltip="Go to the start of the body",
        ),
        Binding(
            "ctrl+end",
            "go_to_end",
            "End of the body",
            show=False,
            id="request.body-end",
            tooltip="Go to the end of the body",
        ),
    ]

    app = getters.app(_any_app)
    is_json: var[bool] = var(default=True)

    @dataclass
    class Overflowed(Message):
        """A paste made the body too large to edit; the editor still holds what it held before."""

        data: bytes

    @dataclass
    class Pasted(Message):
        """Something was pasted from outside; it is in the body by now, as it came."""

        text: str
        """With line feeds."""

    def __init__(self, text: str = "", *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(
            "",
            id=id,
            soft_wrap=True,
            show_line_numbers=True,
            tab_behavior="focus",
            placeholder="Type or paste the body",
        )
        make_compact(self)
        self.indent_width = 2
        if text:
            self.load_text(text)

    @property
    def data(self) -> bytes:
        """The bytes that this text is."""
        return encode(self.text)

    def _set_document(self, text: str, language: str | None) -> None:
        """Put our own document where TextArea puts its own; the only private hook used."""
        super()._set_document("", language)
        self.document = ExactDocument(text)
        self.wrapped_document = QuickWrappedDocument(self.document, tab_width=self.indent_width)
        self.navigator = DocumentNavigator(self.wrapped_document)
        self._rewrap_and_refresh_virtual_size()

    def get_component_rich_style(
        self, *names: str, partial: bool = False, default: Style | None = None
    ) -> Style:
        """Leave the text of the cursor's line its own colours; TextArea paints over them."""
        style = super().get_component_rich_style(*names, partial=partial, default=default)
        return Style(bgcolor=style.bgcolor) if names == ("text-area--cursor-line",) else style

    def find_matching_bracket(self, bracket: str, search_from: Location) -> Location | None:
        """Look for the other bracket where that is quick; TextArea would read to the end."""
        if self.document.line_count > _BRACKETS_LINES_MAX:
            return None
        return super().find_matching_bracket(bracket, search_from)

    def action_go_to_start(self) -> None:
        """Go to the start of the body."""
        self.move_cursor(self.document.start)

    def action_go_to_end(self) -> None:
        """Go to the end of the body."""
        self.move_cursor(self.document.end)

    def watch_is_json(self) -> None:
        """Colours change with the kind of text."""
        self.notify_style_update()
        self.refresh()

    def get_line(self, line_index: int) -> Text:
        """Draw one line: every character visible, JSON coloured."""
        line = self.document.get_line(line_index)
        text = Text(visible(line), end="", no_wrap=True)
        if self.is_json and line:
            # Imported here: 5 ms, and there is no body at the first paint.
            from tui.body.json.text import json_spans

            for start, end, role in json_spans(line):
                style = self.get_component_rich_style(f"body-text--{role}", partial=True)
                text.stylize(style, start, end)
        return text

    def on_paste(self, event: events.Paste) -> None:
        """Insert as one step of undo, or hand up what is too large."""
        event.stop()
        event.prevent_default()
        self.insert_pasted(event.text)
        self.post_message(self.Pasted(with_line_feeds(event.text)))

    def action_paste(self) -> None:
        """Paste what was last copied in this program."""
        self.insert_pasted(self.app.clipboard)

    def insert_pasted(self, pasted: str) -> None:
        """Put text in place of the selection, if the result can be edited."""
        text = with_line_feeds(pasted)
        whole = encode(self._text_with(text))
        if why_not_editable(whole):
            self.post_message(self.Overflowed(whole))
            return
        self.history.checkpoint()
        result = self.replace(text, *self.selection, maintain_selection_offset=False)
        self.move_cursor(result.end_location)
        self.history.checkpoint()

    def replace_all(self, text: str, cursor_index: int = 0) -> None:
        """Replace the whole text as one step of undo.

        Args:
            text: the new text; its newlines become this document's.
            cursor_index: where to put the cursor, in characters, every newline counting as one.
        """
        self.history.checkpoint()
        feeds = text.replace(self.document.newline, "\n")
        self.replace(feeds, self.document.start, self.document.end)
        self.history.checkpoint()
        before = feeds[:cursor_index].split("\n")
        self.selection = Selection.cursor((len(before) - 1, len(before[-1])))
        self.scroll_cursor_visible(animate=False)

    def put(self, text: str) -> None:
        """Show ``text`` exactly, undoable where its newlines are this document's."""
        if text == self.text:
            return
        if newline_of(text) == self.document.newline:
            self.replace_all(text)
        else:
            self.load_text(text)

    def reindent(self, variables: Collection[str] | None) -> bool:
        """Indent JSON anew, as one step of undo; False when the text is none.

        The cursor stays before the same token, and placeholders stay as they are.

        Args:
            variables: names that are placeholders too; None when nothing is filled in.
        """
        from tui.body.json.template import reindent_template

        row, column = self.cursor_location
        lines = self.text.split(self.document.newline)
        before = "\n".join([*lines[:row], lines[row][:column]])
        pretty = reindent_template(self.text, variables)
        if pretty is None:
            return False
        if pretty != self.text.replace(self.document.newline, "\n"):
            self.replace_all(pretty, place_after(pretty, len("".join(before.split()))))
        return True

    def go_to_mistake(self, variables: Collection[str] | None) -> None:
        """Put the cursor where the text stops being JSON, whatever is filled in."""
        from tui.body.json.template import check_json

        checked = check_json(self.text, variables)
        if checked.problem is not None:
            lines = checked.before.split(self.document.newline)
            self.selection = Selection.cursor((len(lines) - 1, len(lines[-1])))
            self.scroll_cursor_visible(animate=False)

    def _text_with(self, inserted: str) -> str:
        start, end = sorted(self.selection)
        return (
            self.get_text_range(self.document.start, start)
            + inserted.replace("\n", self.document.newline)
            + self.get_text_range(end, self.document.end)
        )


def encode(text: str) -> bytes:
    """Return the bytes of typed text; a lone surrogate, typed by nobody, still becomes some."""
    return text.encode("utf-8", "surrogatepass")


def why_not_editable(data: bytes) -> str | None:
    """Say why the editor cannot hold ``data``, or not without becoming slow; None when it can."""
    if len(data) > EDITABLE_BYTES_MAX:
        return f"{size_words(len(data))}: too large to edit here, sent exactly as it is"
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return "Not UTF-8 text: sent exactly as it is"
    if max(map(len, text.splitlines()), default=0) > LINE_CHARS_MAX:
        return "A line too long to edit here: sent exactly as it is"
    return None


def place_after(text: str, count: int) -> int:
    """Return the place in ``text`` right after ``count`` characters that are no white space."""
    for place, char in enumerate(text):
        if count == 0:
            return place
        count -= not char.isspace()
    return len(text)


@lru_cache(maxsize=512)
def visible(line: str) -> str:
    """Return ``line`` with every character drawable, one for one; tabs stay tabs."""
    return "\t".join(map(sanitise, line.split("\t")))
