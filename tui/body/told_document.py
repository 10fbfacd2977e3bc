"""Lines that are written here about a body, where its bytes are nothing to read.

They are a text of their own: it is what is looked through, selected and copied.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.body.rows import Row
from tui.body.sanitise import sanitise
from tui.body.text_document import TextDocument

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.body.spans import Span

_WORDS_CHARS_MAX = 300
_COLUMN_CHARS_MAX = 40
"""What is longer moves what is beside it, instead of all rows."""


class ToldDocument(TextDocument):
    """Rows that are all known at once; few of them, since all are kept.

    Args:
        rows: each one line.
        words: what this is, drawable.
        is_numbered: whether the gutter counts them.
    """

    def __init__(self, rows: Sequence[Row], words: str, *, is_numbered: bool = False) -> None:
        text = "\n".join(row.source for row in rows)
        data = text.encode("utf-8", "surrogateescape")
        super().__init__(data, words, row_bytes=max(1, len(data)))
        self._rows = tuple(rows)
        self.is_unnumbered = not is_numbered
        self.advance(len(data))

    @property
    def words(self) -> str:
        """What this is."""
        return self.name

    def row(self, index: int) -> Row:
        """Return one of the rows."""
        return self._rows[index]

    def number(self, index: int) -> str:
        """Return the number of a row, if they are counted."""
        return "" if self.is_unnumbered else super().number(index)


def told(*parts: tuple[str, str]) -> Row:
    """Return one line of (text, role); what must not reach a terminal is made visible."""
    text = sanitise("".join(part for part, _ in parts))
    spans: list[Span] = []
    end = 0
    for part, role in parts:
        start, end = end, end + len(part)
        if role:
            spans.append((start, end, role))
    return Row(text, text, tuple(spans), ((0, 0, len(text)),))


def fact(name: str, words: str) -> Row:
    """Return one line of a list of facts, their names below one another."""
    return told((f"{name:<8} ", "comment"), (words, ""))


def cut_words(text: str, chars_max: int = _WORDS_CHARS_MAX) -> str:
    """Return a name or a value that somebody else chose, no longer than that."""
    return text if len(text) <= chars_max else f"{text[: chars_max - 1]}…"


def aligned(words: Sequence[str], *, is_right: bool = False) -> list[str]:
    """Return words of one column, as wide as the widest of them, up to `_COLUMN_CHARS_MAX`."""
    width = min(_COLUMN_CHARS_MAX, max(map(len, words), default=0))
    return [each.rjust(width) if is_right else each.ljust(width) for each in words]
