"""The text editor of the body: exact newlines, JSON colours, no freezing on large pastes.

Textual's TextArea on a document of our own. Its `language` stays unset (that would load
tree-sitter); colours come through `get_line`, line by line as lines are drawn. Whatever is too
large to edit is handed up, never truncated.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual.message import Message
from textual.reactive import var
from textual.widgets import TextArea
from textual.widgets.text_area import DocumentNavigator, Selection, WrappedDocument

from tui.body.sanitise import sanitise
from tui.widgets.body_editor_document import ExactDocument, with_line_feeds
from tui.widgets.theming import SYNTAX_ROLES

if TYPE_CHECKING:
    from textual import events

EDITABLE_BYTES_MAX = 256 * 1024
"""Above this a key press would take more than a tenth of a second."""
LINE_CHARS_MAX = 32 * 1024
"""A single line is wrapped and drawn as a whole at every key press."""
_COLOURED_CHARS_MAX = 4_096


class BodyText(TextArea):
    """Edits text; what it holds is `data`, byte for byte."""

    HELP = """\
The body as text, sent exactly as it is here.

Tab goes to the next field. ctrl+z and ctrl+y undo and redo; ctrl+a, ctrl+e, ctrl+k, ctrl+u and
ctrl+w work as in a shell. The command "Pretty-print" indents JSON without re-spelling a value,
and f4 opens the body in $EDITOR. Pastes of more than 256 kB are kept outside the editor.
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

    is_json: var[bool] = var(default=True)

    @dataclass
    class Overflowed(Message):
        """A paste made the body too large to edit; the editor still holds what it held before."""

        control: BodyText
        data: bytes

    def __init__(self, text: str = "", *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(
            "",
            id=id,
            soft_wrap=True,
            show_line_numbers=True,
            tab_behavior="focus",
            compact=True,
            placeholder="Type or paste the body",
        )
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
        self.wrapped_document = WrappedDocument(self.document, tab_width=self.indent_width)
        self.navigator = DocumentNavigator(self.wrapped_document)
        self._rewrap_and_refresh_virtual_size()

    def watch_is_json(self) -> None:
        """Colours change with the kind of text."""
        self.notify_style_update()
        self.refresh()

    def get_line(self, line_index: int) -> Text:
        """Draw one line: every character visible, JSON coloured."""
        line = self.document.get_line(line_index)
        text = Text(visible(line), end="", no_wrap=True)
        if self.is_json:
            for start, end, role in colours(line[:_COLOURED_CHARS_MAX]):
                style = self.get_component_rich_style(f"body-text--{role}", partial=True)
                text.stylize(style, start, end)
        return text

    def on_paste(self, event: events.Paste) -> None:
        """Insert as one step of undo, or hand up what is too large."""
        event.stop()
        event.prevent_default()
        self.insert_pasted(event.text)

    def action_paste(self) -> None:
        """Paste what was last copied in this program."""
        self.insert_pasted(self.app.clipboard)

    def insert_pasted(self, pasted: str) -> None:
        """Put text in place of the selection, if the result can be edited."""
        text = with_line_feeds(pasted)
        if len(text) + len(self.text) > EDITABLE_BYTES_MAX // 4 and not is_editable(
            whole := self._text_with(text)
        ):
            self.post_message(self.Overflowed(self, encode(whole)))
            return
        self.history.checkpoint()
        result = self.replace(text, *self.selection, maintain_selection_offset=False)
        self.move_cursor(result.end_location)
        self.history.checkpoint()

    def replace_all(self, text: str, cursor_index: int = 0) -> None:
        """Replace the whole text as one step of undo.

        Args:
            text: the new text.
            cursor_index: where to put the cursor, in characters of ``text``.
        """
        self.history.checkpoint()
        feeds = text.replace(self.document.newline, "\n")
        self.replace(feeds, self.document.start, self.document.end)
        self.history.checkpoint()
        before = text[:cursor_index].split(self.document.newline)
        self.selection = Selection.cursor((len(before) - 1, len(before[-1])))
        self.scroll_cursor_visible(animate=False)

    @property
    def cursor_index(self) -> int:
        """Characters before the cursor."""
        return len(self.get_text_range(self.document.start, self.cursor_location))

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


def is_editable(text: str) -> bool:
    """Whether the editor stays quick with this text."""
    if len(encode(text)) > EDITABLE_BYTES_MAX:
        return False
    return max(map(len, text.splitlines()), default=0) <= LINE_CHARS_MAX


@lru_cache(maxsize=512)
def visible(line: str) -> str:
    """Return ``line`` with every character drawable, one for one; tabs stay tabs."""
    if line.isprintable():
        return line
    return "".join(char if char.isprintable() or char == "\t" else _shown(char) for char in line)


def _shown(char: str) -> str:
    shown = sanitise(char)
    return shown if len(shown) == 1 and shown.isprintable() else "�"


@lru_cache(maxsize=512)
def colours(line: str) -> tuple[tuple[int, int, str], ...]:
    """Return (start, end, role) for the coloured parts of a line of JSON."""
    return ()
