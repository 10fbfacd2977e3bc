"""The records of JSON Lines: one value a line, at any size; blank lines are none."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING

from tui.body.json.grammar import WHITESPACE, first_token_offset
from tui.body.json.layout import BOM
from tui.body.json.non_finite import NonFiniteSearch
from tui.body.offsets import Offsets
from tui.body.table.json_cells import JsonCells
from tui.body.table.json_members import end_without

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.body.table.records import Beginnings, Cut

_LINE_END = re.compile(rb"\n(?:[ \t\n\r]*\n)?")
"""That of a line, and of all blank lines behind it."""
_SEARCHED_AT_ONCE = 256 * 1024
"""So much is looked through for what is nested deep, or wrong, at a time; some 5 ms."""
_BLANK_BYTES = 4 * 1024
"""So much white space around a value is stepped over in no time."""
_LINE_BYTES_MIN = 2
_SPACE = ord(" ")
_LONG_BYTES = 64 * 1024
"""A line so long is looked through before its end is known; others all at once, which is faster."""


class JsonLinesRecords:
    """Finds lines, and cuts them into cells. A line that is no JSON has a problem, and no cells.

    Args:
        data: UTF-8, or what is to be shown as if it were.
        name: what this is, drawable.
    """

    def __init__(self, data: bytes, name: str) -> None:
        self.data = data
        self.position = len(BOM) if data.startswith(BOM) else 0
        self._name = name
        self._line_start = self.position
        self._looked_up_to = self.position
        self._open_value = self.position, self.position
        """Where the value is in a line that is not known up to its end; empty while it is blank."""
        self._last_value = self._open_value
        """Where that of the last record is."""
        self._values: dict[int, tuple[int, int]] = {}
        """Those of the records before that have much white space around them."""
        self._starts = Offsets()
        self._end = self.position
        self._broken = Offsets()
        """Where the values begin that are no JSON."""
        self._cells = JsonCells(data)
        self._non_finite = NonFiniteSearch(data, self.position)

    @property
    def words(self) -> str:
        """What this is, and how much of it is broken."""
        count, at = len(self._broken), self._non_finite.found_at
        name = f"{self._name}{self._non_finite.words}"
        if at is not None and at < self._end:
            name += f" (row {self.record_at(at) + 1:,})"
        if not count:
            return name
        return f"{name} · {count:,} {'lines are' if count > 1 else 'line is'} not JSON"

    @property
    def columns(self) -> Sequence[str]:
        """The keys of all records, in the order in which they first come."""
        return self._cells.columns

    @property
    def count(self) -> int:
        """How many records there are so far."""
        return len(self._starts)

    @property
    def is_complete(self) -> bool:
        """Whether all records are known."""
        return self.position == len(self.data)

    @property
    def reached(self) -> int:
        """Offset of the first byte that no record holds yet."""
        return self._end

    def advance(self, budget_bytes: int) -> None:
        """Find the lines in about so many bytes more."""
        if self.is_complete:
            return
        limit = min(self.position + budget_bytes, len(self.data))
        cells = self._cells
        searched_max = cells.searched_bytes + _SEARCHED_AT_ONCE
        for found in _LINE_END.finditer(self.data, self.position, limit):
            self._end_line(found.end())
            if cells.searched_bytes > searched_max:
                limit = found.end()
                break
        self.position = limit
        if self.is_complete:
            self._end_line(limit)
        self._open_value, self._looked_up_to = self._value_up_to(limit), limit
        self._non_finite.look_up_to(self._line_start, is_outside=True)
        if limit - self._line_start > _LONG_BYTES:
            self._non_finite.look_up_to(limit, is_outside=False)

    def span(self, record: int) -> tuple[int, int]:
        """Return the first byte of a record, and the first one behind it and its line end."""
        return self._starts.span(record, self._end)

    def source(self, record: int, bytes_max: int = sys.maxsize) -> bytes:
        """Return a line, up to so many bytes, without white space around it."""
        start, end = self._value_of(record)
        return self.data[start : min(end, start + bytes_max)]

    def record_at(self, offset: int) -> int:
        """Return the record that holds a byte, the nearest one if none does."""
        return max(0, self._starts.count_below(offset + 1) - 1)

    def mistake_from(self, offset: int) -> int | None:
        """Return where the next line begins that is no JSON; None if there is none."""
        at = self._broken.count_below(offset)
        return self._broken[at] if at < len(self._broken) else None

    def cut(self, record: int, first: int, stop: int) -> Cut:
        """Return the cells of a record from column ``first`` up to ``stop``."""
        start, end = self._value_of(record)
        if self.mistake_from(start) == start:
            return self._cells.cut_broken(start, end)
        return self._cells.cut(start, end, first, stop)

    def column_of(self, record: int, offset: int) -> int | None:
        """Return the column of a byte of a record; None if the record has no cells."""
        return self._cells.column_of(*self._value_of(record), offset)

    def column_ends(self, record: int) -> Sequence[tuple[int, int]]:
        """Return where the cells of a record end, and their columns, if it is an object."""
        return self._cells.column_ends(*self._value_of(record))

    def beginnings(self, record: int, first: int, stop: int) -> Beginnings | None:
        """Return where what belongs to the cells of an object begins, those of some columns."""
        return self._cells.beginnings(*self._value_of(record), first, stop)

    def texts(self, records: Sequence[int], column: int) -> Sequence[bytes]:
        """Return the texts of a column, which are blank where a line is no JSON."""
        texts: list[bytes] = []
        has_broken = len(self._broken) > 0
        spans = self._starts.spans(records, self._end)
        for start, end in map(self._value_in, records, spans):
            is_broken = has_broken and self.mistake_from(start) == start
            texts.append(b"" if is_broken else self._cells.text(start, end, column))
        return texts

    @property
    def has_header(self) -> bool:
        """Whether a record has the names of the columns; never: they are the keys."""
        return False

    def toggle_header(self) -> bool:
        """Do nothing: names are the keys."""
        return False

    def path(self, record: int, column: int) -> str:
        """Return where a cell is, lines after one another counted as an array; one is itself."""
        step = self._cells.columns.step(column)
        return f"[{record}]{step}" if self.count > 1 else step.removeprefix(".")

    def _end_line(self, end: int) -> None:
        line_start = self._line_start
        if line_start < self._looked_up_to:
            start, stop = self._value_up_to(end)
        else:
            start, stop = _value_between(self.data, line_start, end)
        if start < stop:
            if start - self._last_value[1] > _BLANK_BYTES:
                self._keep_far_values(start, stop)
            self._starts.append(line_start)
            self._last_value = start, stop
            self._end = end
            if not self._cells.learn(start, stop):
                self._broken.append(start)
        elif self._starts:
            self._end = end
        self._line_start = end

    def _keep_far_values(self, start: int, stop: int) -> None:
        """Keep where the value of a new record is, and that of the one before, as far apart."""
        record = len(self._starts)
        self._values[record] = start, stop
        if record:
            self._values[record - 1] = self._last_value

    def _value_up_to(self, end: int) -> tuple[int, int]:
        """Return where the value is in the line that has begun, as far as it is looked at."""
        first, last = _value_between(self.data, max(self._line_start, self._looked_up_to), end)
        start, stop = self._open_value
        if self._line_start >= self._looked_up_to or start == stop:
            return first, last
        return start, last if first < last else stop

    def _value_of(self, record: int) -> tuple[int, int]:
        return self._value_in(record, self.span(record))

    def _value_in(self, record: int, span: tuple[int, int]) -> tuple[int, int]:
        if record + 1 == len(self._starts):
            return self._last_value
        known = self._values.get(record)
        return _value_between(self.data, *span) if known is None else known


def _value_between(data: bytes, start: int, end: int) -> tuple[int, int]:
    """Return where a value begins and ends, without white space around it."""
    if end - start >= _LINE_BYTES_MIN and data[start] > _SPACE and data[end - 2] > _SPACE:
        return start, end - (data[end - 1] in WHITESPACE)  # as most lines are
    start = first_token_offset(data, start, end)
    return start, end_without(data, start, end, WHITESPACE)
