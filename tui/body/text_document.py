"""Text as it came, line by line: of any size, with lines of any length."""

from __future__ import annotations

import re
from operator import sub

from tui.body.rows import ROW_BYTES, Row, RowIndex, columns_of, decode, plain_row

_LINE_FEED = re.compile(b"\n")


class TextDocument:
    """Lines end at line feeds; a carriage return before one is not shown, any other is.

    Args:
        data: UTF-8, or what is to be shown as if it were.
        name: what this text is, drawable.
        first_offset: where in ``data`` the text begins.
        row_bytes: longer lines are cut.
    """

    def __init__(
        self, data: bytes, name: str, *, first_offset: int = 0, row_bytes: int = ROW_BYTES
    ) -> None:
        self.first_offset = first_offset
        self.name = name
        self.data = data
        self._row_bytes = row_bytes
        self._index = RowIndex()
        self._position = first_offset
        self._row_start = first_offset
        self._is_within_line = False

    @property
    def row_count(self) -> int:
        """How many rows there are so far."""
        return len(self._index)

    @property
    def line_count(self) -> int:
        """How many lines there are so far."""
        return self._index.line_count

    @property
    def is_complete(self) -> bool:
        """Whether all rows are known."""
        return self._position == len(self.data)

    @property
    def progress(self) -> float:
        """How much of the text is laid out, 0 to 1."""
        return self._position / len(self.data) if self.data else 1.0

    @property
    def words(self) -> str:
        """What this is, and how many lines of it."""
        return f"{self.name} · {self.line_count:,} line{'s' * (self.line_count != 1)}"

    @property
    def index_bytes(self) -> int:
        """How much memory it takes to know where rows are."""
        return self._index.size_bytes

    def advance(self, budget_bytes: int) -> None:
        """Find the lines in about so many bytes more."""
        if self.is_complete:
            return
        limit = min(self._position + budget_bytes, len(self.data))
        ends = [found.end() for found in _LINE_FEED.finditer(self.data, self._position, limit)]
        if ends:
            self._end_lines(ends)
        self._position = limit
        if self.is_complete and self._row_start < limit:
            self._end_line(limit)
        elif limit - self._row_start > 2 * self._row_bytes:
            self._cut_open_line(limit)

    def row(self, index: int) -> Row:
        """Cut and decode one row."""
        return plain_row(self.source(index))

    def source(self, index: int) -> str:
        """Return the characters of a row, without its line end."""
        start, end = self._index.span(index)
        data = self.data[start:end]
        if data.endswith(b"\n"):
            data = data[:-2] if data.endswith(b"\r\n") else data[:-1]
        return decode(data)

    def chars_in(self, index: int) -> int:
        """Count the characters of a row, its line end included."""
        start, end = self._index.span(index)
        return len(decode(self.data[start:end]))

    @property
    def reached(self) -> int:
        """Offset of the first byte that no row holds yet."""
        return self._index.end

    def row_at(self, offset: int) -> int:
        """Return the row that holds a byte."""
        return self._index.row_at(offset)

    def row_of(self, number: int) -> int:
        """Return the row where the line of that number begins."""
        return self._index.row_of(number)

    def columns(self, index: int, start: int, end: int) -> tuple[tuple[int, int], ...]:
        """Return which characters of a row show a range of bytes."""
        row_start, row_end = self.span(index)
        return columns_of(self.row(index), self.data, row_start, start, min(end, row_end))

    def path(self, index: int) -> str:
        """Text has none."""
        del index
        return ""

    def span(self, index: int) -> tuple[int, int]:
        """Return the first byte of a row, and the first one behind it."""
        return self._index.span(index)

    def number(self, index: int) -> str:
        """Return the number of the line that a row begins."""
        return self._index.number(index)

    def starts_line(self, index: int) -> bool:
        """Whether a row begins a line."""
        return self._index.starts_line(index)

    def _end_lines(self, ends: list[int]) -> None:
        starts = [self._row_start, *ends[:-1]]
        if self._is_within_line or max(map(sub, ends, starts)) > self._row_bytes:
            for end in ends:
                self._end_line(end)
            return
        self._index.starts.extend(starts)
        self._row_start = self._index.end = ends[-1]

    def _end_line(self, end: int) -> None:
        self._add(end)
        self._row_start, self._is_within_line = end, False

    def _cut_open_line(self, limit: int) -> None:
        """Cut what is known of a long line; the last, still growing row waits."""
        self._add(limit)
        self._row_start = self._index.starts.pop()
        if self._index.continued and self._index.continued[-1] == len(self._index):
            self._index.continued.pop()
        self._index.end = self._row_start
        self._is_within_line = True

    def _add(self, end: int) -> None:
        if self._is_within_line:
            self._index.continued.append(len(self._index))
        self._index.add_cut(self.data, self._row_start, end, self._row_bytes)
