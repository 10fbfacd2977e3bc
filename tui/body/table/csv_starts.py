"""Where the records of CSV begin, found slice by slice in bytes of any size.

A quote counts where it begins a field, and then up to the next one that is not doubled, nor behind
a backslash where these count. Whole records are found by one match each, and where nothing is
quoted by line ends alone; a record that goes on beyond a slice is read piece by piece:

    bytes ──> _take_whole ──> offsets
                 └ a record longer than a slice: _go_on
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tui.body.json.layout import BOM
from tui.body.offsets import Offsets
from tui.body.table.csv_dialect import patterns_of

if TYPE_CHECKING:
    from tui.body.table.csv_dialect import CsvDialect

_LINE_END = re.compile(rb"\r\n?|\n")


class CsvStarts:
    """Finds records, the header among them.

    A quote that is never closed is taken as text, so that it does not swallow what follows.

    Args:
        data: UTF-8, or what is to be shown as if it were.
        dialect: how it is written.
    """

    def __init__(self, data: bytes, dialect: CsvDialect) -> None:
        begin = dialect.begin or (len(BOM) if data.startswith(BOM) else 0)
        self.position: int = begin
        """Bytes looked at so far."""
        self.reached: int = begin
        """Offset of the first byte that no record holds yet."""
        self.unclosed_in: int | None = None
        """The record in which a quote is taken as text."""
        self._data = data
        self._quote = dialect.quote
        self._twice = dialect.quote * 2
        self._pairs = (self._twice, b"\\") if dialect.is_escaped else (self._twice,)
        """How what is no end of quotes begins, of which the second character counts for itself."""
        self._delimiter = dialect.delimiter
        self._spaces = b" " if dialect.is_spaced else b""
        self._patterns = patterns_of(dialect)
        self._offsets = Offsets()
        self._is_within = False
        """Whether the record that begins at `reached` has been looked at already."""
        self._is_at_field = False
        """Whether a field of it begins at `position`, or behind the spaces there."""
        self._quoted_from: int | None = None

    def __len__(self) -> int:
        return len(self._offsets)

    @property
    def is_complete(self) -> bool:
        """Whether all records are known."""
        return self.reached == len(self._data)

    def advance(self, budget_bytes: int) -> None:
        """Find the records in about so many bytes more."""
        if self.is_complete:
            return
        limit = self._between_tokens(min(self.position + budget_bytes, len(self._data)))
        before = self.reached
        if not self._is_within:
            self._take_whole(limit)
        is_last = limit == len(self._data) and not self.is_complete
        if self.reached == before or is_last:
            self._go_on(limit)

    def span(self, at: int) -> tuple[int, int]:
        """Return the first byte of a record, and the first one behind it and its line end."""
        return self._offsets.span(at, self.reached)

    def line(self, at: int) -> tuple[int, int]:
        """Return where a record begins and ends without its line end."""
        start, end = self.span(at)
        for line_end in (b"\n", b"\r"):
            if end > start and self._data.startswith(line_end, end - 1):
                end -= 1
        return start, end

    def count_up_to(self, offset: int) -> int:
        """Return how many records begin at a byte or before it."""
        return self._offsets.count_below(offset + 1)

    def _take_whole(self, limit: int) -> None:
        if self._data.find(self._quote, self.reached, limit) < 0:
            ends = [found.end() for found in _LINE_END.finditer(self._data, self.reached, limit)]
        else:
            ends = self._ends_of_records(limit)
        if ends:
            self._offsets.append(self.reached)
            self._offsets.extend(ends[:-1])
            self.position = self.reached = ends[-1]

    def _ends_of_records(self, limit: int) -> list[int]:
        ends: list[int] = []
        at = self.reached
        for found in self._patterns.record.finditer(self._data, self.reached, limit):
            if found.end() == at:
                break
            at = found.end()
            ends.append(at)
        return ends

    def _go_on(self, limit: int) -> None:
        """Read on in one record, up to its end at most."""
        if not self._is_within:
            self._is_within = self._is_at_field = True
        while self._is_within and self.position < limit:
            if self._quoted_from is not None:
                self._read_quoted(limit)
            elif self._is_at_field:
                self._begin_field(limit)
            else:
                self._read_plain(limit)
        if self._is_within and self.position == len(self._data):
            self._end_data()

    def _begin_field(self, limit: int) -> None:
        found = self._patterns.before.match(self._data, self.position, limit)
        at = self.position = limit if found is None else found.end()
        self._is_at_field = at == limit
        if at < limit and self._data.startswith(self._quote, at):
            self.position, self._quoted_from = at + 1, at

    def _read_quoted(self, limit: int) -> None:
        found = self._patterns.inside.match(self._data, self.position, limit)
        at = self.position = limit if found is None else found.end()
        if at == limit:
            return
        if self._data.startswith(self._pairs, at):  # the second one is behind the limit
            self.position = min(at + 2, len(self._data))
        else:
            self.position, self._quoted_from = at + 1, None

    def _read_plain(self, limit: int) -> None:
        begin = self.position
        found = self._patterns.text.match(self._data, begin, limit)
        at = self.position = limit if found is None else found.end()
        if at == limit:
            read = self._data[begin:at]
            ends = (read, read.rstrip(self._spaces))
            self._is_at_field = any(end.endswith(self._delimiter) for end in ends)
        elif self._data.startswith(self._quote, at):
            self.position, self._quoted_from = at + 1, at
        else:
            self._end_record(at + (2 if self._data.startswith(b"\r\n", at) else 1))

    def _between_tokens(self, limit: int) -> int:
        """Return where to stop so that no line end is cut, and a row of quotes only within it.

        What such a row means is known where it begins. If it is cut, nothing else comes before.
        """
        data, position = self._data, self.position
        if data[limit - 1 : limit + 1] == self._twice:
            before = len(data[position:limit].rstrip(self._quote))
            return position + before if before else limit
        return limit + (data[limit - 1 : limit + 1] == b"\r\n")

    def _end_data(self) -> None:
        """End the last record, or go back to a quote that was not closed."""
        if self._quoted_from is not None:
            self.unclosed_in = len(self._offsets)
            self.position, self._quoted_from = self._quoted_from + 1, None
        else:
            self._end_record(self.position)

    def _end_record(self, end: int) -> None:
        self._offsets.append(self.reached)
        self.position = self.reached = end
        self._is_within = False
