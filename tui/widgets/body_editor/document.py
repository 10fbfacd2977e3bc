"""A document for the editor that gives back the bytes it was given.

Textual's own splits at every Unicode line boundary (form feed, U+0085, U+2028 ...) and joins with
one kind of newline, so a body would change by being opened. Here a line ends only at the
newline that the whole text uses; what does not fit stays inside its line, where it is drawn as a
visible character.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from textual.widgets.text_area import Document, EditResult, WrappedDocument

if TYPE_CHECKING:
    from textual.widgets.text_area import Location

Newline = Literal["\r\n", "\n", "\r"]

_LONE_RETURN = re.compile(r"\r(?!\n)")
_LONE_FEED = re.compile(r"(?<!\r)\n")


class ExactDocument(Document):
    """Text whose `text` is what it was made from, whatever its newlines."""

    def __init__(self, text: str) -> None:
        super().__init__("")
        self._newline: Newline = newline_of(text)
        self._lines: list[str] = text.split(self._newline)

    def replace_range(self, start: Location, end: Location, text: str) -> EditResult:
        """Replace a range; line feeds in ``text`` become this document's newline.

        Args:
            start: (row, column), 0-based, in characters.
            end: the other end, in either order.
            text: what to put there, its newlines this document's own or line feeds.
        """
        (top, left), (bottom, right) = sorted((start, end))
        replaced = self.get_text_range((top, left), (bottom, right))
        inserted = text.replace(self._newline, "\n").split("\n")
        # Deleting the last line asks for the row after it.
        tail = self._lines[bottom][right:] if bottom < len(self._lines) else ""
        head = self._lines[top][:left] if top < len(self._lines) else ""
        inserted[0] = head + inserted[0]
        end_location = (top + len(inserted) - 1, len(inserted[-1]))
        inserted[-1] += tail
        self._lines[top : bottom + 1] = inserted
        return EditResult(end_location, replaced)


class QuickWrappedDocument(WrappedDocument):
    """Knows its height; Textual's own adds it up over all lines for each line that is drawn.

    At 30,000 lines that was two thirds of what a key press cost.
    """

    @property
    def height(self) -> int:
        """The lines on screen that the document takes."""
        return len(self._offset_to_line_info)


def newline_of(text: str) -> Newline:
    """Return the newline by which ``text`` can be split and joined without losing a byte."""
    if "\r" not in text:
        return "\n"
    if "\r\n" in text and not _LONE_FEED.search(text) and not _LONE_RETURN.search(text):
        return "\r\n"
    return "\n" if "\n" in text else "\r"


def with_line_feeds(pasted: str) -> str:
    """Return pasted text with line feeds: terminals send carriage returns for them."""
    return pasted.replace("\r\n", "\n").replace("\r", "\n")
