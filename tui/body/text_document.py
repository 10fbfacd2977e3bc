"""Text as it came, line by line: of any size, with lines of any length.

While more may come, the line that is still open is a row of its own behind those of the index: up
to the last character that has come as a whole, less a carriage return that a line feed may follow.
"""

from __future__ import annotations

import re
from operator import sub
from typing import TYPE_CHECKING

from tui.body.cuts import before_line_end
from tui.body.embedded import open_text
from tui.body.growing import grown, whole_characters
from tui.body.rows import ROW_BYTES, Row, RowIndex, decode, plain_row
from tui.body.shown_bytes import ShownText

if TYPE_CHECKING:
    from tui.body.growing import Bytes
    from tui.body.shown_body import ShownBody
    from tui.body.shown_bytes import ShownBytes

_LINE_FEED = re.compile(b"\n")
_CARRIAGE_RETURN = 0x0D


class TextDocument:
    """Lines end at line feeds; a carriage return before one is not shown, any other is.

    Args:
        data: UTF-8, or what is to be shown as if it were.
        name: what this text is, drawable.
        first_offset: where in ``data`` the text begins.
        row_bytes: longer lines are cut.
        is_growing: whether more may come.
    """

    def __init__(
        self,
        data: Bytes,
        name: str,
        *,
        first_offset: int = 0,
        row_bytes: int = ROW_BYTES,
        is_growing: bool = False,
    ) -> None:
        self.first_offset = first_offset
        self.name = name
        self.data = data
        self.is_growing = is_growing
        self._row_bytes = row_bytes
        self._index = RowIndex()
        self._position = first_offset
        self._row_start = first_offset
        self._is_within_line = False
        self._open_end: int | None = None
        """How far the line that is still open is shown; None unless it may grow."""

    @property
    def row_count(self) -> int:
        """How many rows there are so far."""
        return len(self._index) + self._has_open_row

    @property
    def final_row_count(self) -> int:
        """How many rows are as they will stay."""
        return len(self._index)

    @property
    def has_open_rows(self) -> bool:
        """Whether there are rows that may yet become others."""
        return self._has_open_row

    @property
    def line_count(self) -> int:
        """How many lines there are so far."""
        begins_line = self._has_open_row and not self._is_within_line
        return self._index.line_count + begins_line

    @property
    def is_complete(self) -> bool:
        """Whether all rows are known."""
        return self._position == len(self.data) and not self.is_growing

    @property
    def is_waiting(self) -> bool:
        """Whether more may come, and all that came so far is laid out."""
        return self._position == len(self.data) and self.is_growing

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

    def append(self, data: bytes) -> None:
        """Take in what came next."""
        self.grow_to(grown(self.data, data))

    def grow_to(self, data: Bytes) -> None:
        """Take in that there is more behind what came before."""
        self.data = data

    def finish(self, data: bytes) -> None:
        """Take in that nothing comes any more."""
        self.data, self.is_growing = data, False
        self._open_end = None
        if self._position == len(data) and self._row_start < len(data):
            self._end_line(len(data))

    def advance(self, budget_bytes: int) -> None:
        """Find the lines in about so many bytes more."""
        if self.is_complete or self.is_waiting:
            return
        limit = min(self._position + budget_bytes, len(self.data))
        ends = [found.end() for found in _LINE_FEED.finditer(self.data, self._position, limit)]
        if ends:
            self._end_lines(ends)
        self._position = limit
        if self.is_complete and self._row_start < limit:
            self._end_line(limit)
        else:
            # It may be the beginning of the line's end.
            known = limit - (self.data[limit - 1] == _CARRIAGE_RETURN)
            if known - self._row_start > self._row_bytes:
                self._cut_open_line(known)
        self._open_end = self._find_open_end() if self.is_growing else None

    def row(self, index: int) -> Row:
        """Cut and decode one row."""
        return plain_row(self.source(index))

    def source(self, index: int) -> str:
        """Return the characters of a row, without its line end."""
        return decode(self.shown(index))

    def shown(self, index: int) -> Bytes:
        """Return the bytes of a row, without its line end."""
        start, end = self.span(index)
        return self.data[start : before_line_end(self.data, start, end)]

    @property
    def reached(self) -> int:
        """Offset of the first byte that no row holds yet."""
        return self._index.end if self._open_end is None else self._open_end

    def row_at(self, offset: int) -> int:
        """Return the row that holds a byte."""
        if self._has_open_row and offset >= self._row_start:
            return len(self._index)
        return self._index.row_at(offset)

    def row_of(self, number: int) -> int:
        """Return the row where the line of that number begins."""
        if self._has_open_row and number > self._index.line_count and not self._is_within_line:
            return len(self._index)
        return self._index.row_of(number)

    def columns(self, index: int, start: int, end: int) -> tuple[tuple[int, int], ...]:
        """Return which characters of a row show a range of bytes."""
        return self.shown_in(index).columns(start, end)

    def shown_in(self, index: int) -> ShownBytes:
        """Return which characters of a row show which bytes."""
        whole = (0, 0, len(self.source(index)))
        return ShownText((whole,), self.data, *self.span(index))

    def path(self, index: int) -> str:
        """Text has none."""
        del index
        return ""

    def span(self, index: int) -> tuple[int, int]:
        """Return the first byte of a row, and the first one behind it."""
        if self._open_end is not None and index >= len(self._index):
            return self._row_start, self._open_end
        return self._index.span(index)

    def number(self, index: int) -> str:
        """Return the number of the line that a row begins."""
        if index < len(self._index):
            return self._index.number(index)
        return "" if self._is_within_line else str(self.line_count)

    def starts_line(self, index: int) -> bool:
        """Whether a row begins a line."""
        if index < len(self._index):
            return self._index.starts_line(index)
        return not self._is_within_line

    def nested(self, _index: int) -> ShownBody | None:
        """Return what the text as a whole is base64 of; None if it is not, or may yet grow."""
        return None if self.is_growing else open_text(bytes(self.data[self.first_offset :]))

    @property
    def _has_open_row(self) -> bool:
        return self._open_end is not None and self._open_end > self._row_start

    def _find_open_end(self) -> int:
        end = whole_characters(self.data, self._row_start, self._position)
        is_before_line_feed = end > self._row_start and self.data[end - 1] == _CARRIAGE_RETURN
        return end - is_before_line_feed

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
        text_end = before_line_end(self.data, self._row_start, end)
        self._index.add_cut(self.data, self._row_start, text_end, self._row_bytes)
        self._index.end = end
