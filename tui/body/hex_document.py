"""Bytes that are no text, sixteen a row: offset, hexadecimal, and the ASCII among them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tui.body.growing import grown
from tui.body.rows import Row

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tui.body.growing import Bytes
    from tui.body.shown_bytes import ShownBytes

BYTES_PER_ROW = 16
_OFFSET_CELLS = 7
"""Enough for 268 MB, and a row fits on a terminal of 80 columns beside borders and a scroll bar."""
_HEX_COLUMN = _OFFSET_CELLS + 1
_TEXT_COLUMN = _HEX_COLUMN + 3 * BYTES_PER_ROW + 2
_SHOWN = bytes(code if 0x20 <= code < 0x7F else ord(".") for code in range(256))


class HexDocument:
    """A hex dump; every row is known at once, at any size."""

    progress = 1.0
    is_unnumbered = True

    def __init__(self, data: Bytes, name: str, *, is_growing: bool = False) -> None:
        self.data = data
        self.name = name
        self.is_growing = is_growing

    @property
    def words(self) -> str:
        """What this is, and its size."""
        size_bytes = len(self.data)
        return f"{self.name} · {size_bytes:,} byte{'s' * (size_bytes != 1)}"

    @property
    def row_count(self) -> int:
        """How many rows there are."""
        return -(-len(self.data) // BYTES_PER_ROW)

    @property
    def final_row_count(self) -> int:
        """How many rows are as they will stay."""
        return len(self.data) // BYTES_PER_ROW if self.is_growing else self.row_count

    @property
    def is_complete(self) -> bool:
        """Whether all rows are known."""
        return not self.is_growing

    @property
    def has_open_rows(self) -> bool:
        """Whether there are rows that may yet become others."""
        return self.is_growing

    @property
    def is_waiting(self) -> bool:
        """Whether more may come."""
        return self.is_growing

    def append(self, data: bytes) -> None:
        """Take in what came next."""
        self.data = grown(self.data, data)

    def finish(self, data: bytes) -> None:
        """Take in that nothing comes any more."""
        self.data, self.is_growing = data, False

    def advance(self, budget_bytes: int) -> None:
        """Do nothing: nothing is left to lay out."""

    def row(self, index: int) -> Row:
        """Spell sixteen bytes."""
        offset = index * BYTES_PER_ROW
        piece = self.data[offset : offset + BYTES_PER_ROW]
        halves = f"{piece[:8].hex(' '):<24} {piece[8:].hex(' '):<23}"
        text = f"{offset:0{_OFFSET_CELLS}x} {halves}  {piece.translate(_SHOWN).decode('ascii')}"
        spans = ((0, _OFFSET_CELLS, "comment"), (_TEXT_COLUMN, len(text), "string"))
        return Row(text, text, spans)

    @property
    def reached(self) -> int:
        """All is known at once."""
        return len(self.data)

    def span(self, index: int) -> tuple[int, int]:
        """Return the first byte of a row, and the first one behind it."""
        start = index * BYTES_PER_ROW
        return start, min(start + BYTES_PER_ROW, len(self.data))

    def row_at(self, offset: int) -> int:
        """Return the row that holds a byte."""
        return max(0, min(offset, len(self.data) - 1)) // BYTES_PER_ROW

    def row_of(self, number: int) -> int:
        """Return the row that holds the byte of that offset: rows are numbered by offsets."""
        return self.row_at(number)

    def columns(self, index: int, start: int, end: int) -> tuple[tuple[int, int], ...]:
        """Return where a range of bytes is, in hexadecimal and as text."""
        return self.shown_in(index).columns(start, end)

    def shown_in(self, index: int) -> ShownBytes:
        """Return which characters of a row show which bytes."""
        return _Shown(*self.span(index))

    def path(self, index: int) -> str:
        """Bytes have none."""
        del index
        return ""

    def number(self, index: int) -> str:
        """Return nothing: the rows tell their offsets."""
        del index
        return ""

    def starts_line(self, index: int) -> bool:
        """Every row is a line."""
        del index
        return True


@dataclass(frozen=True, slots=True)
class _Shown:
    """The bytes of a row, each shown twice."""

    start: int
    end: int

    def columns(self, start: int, end: int) -> tuple[tuple[int, int], ...]:
        first = max(start, self.start) - self.start
        last = min(end, self.end) - self.start - 1
        if first > last:
            return ()
        hexadecimal = (_hex_column(first), _hex_column(last) + 2)
        return hexadecimal, (_text_column(first), _text_column(last) + 1)

    def stretches(self, first: int, stop: int) -> Iterator[tuple[int, int, int]]:
        for begins, cells in ((_hex_column, 2), (_text_column, 1)):
            shown = [
                byte
                for byte in range(self.end - self.start)
                if begins(byte) < stop and first < begins(byte) + cells
            ]
            if shown:
                yield self.start + shown[0], self.start + shown[-1] + 1, len(shown)


def _hex_column(index: int) -> int:
    """Return where the byte of that index is spelt: a space more between the halves."""
    return _HEX_COLUMN + 3 * index + index // 8


def _text_column(index: int) -> int:
    """Return where the byte of that index is spelt as text."""
    return _TEXT_COLUMN + index
