"""The records of CSV, as Python's own csv module reads them, at any size.

A quote counts where it begins a field, and then up to the next one that is not doubled. Whole
records are found by one match each, and where nothing is quoted by line ends alone; a record that
goes on beyond a slice is read piece by piece:

    bytes ──> _take_lines, _take_records ──> starts
                 └ a record longer than a slice: _go_on
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from tui.body.json.layout import BOM
from tui.body.json.paths import step_to
from tui.body.offsets import Offsets
from tui.body.table.csv_columns import CsvColumns
from tui.body.table.csv_fields import QUOTED, CsvFields
from tui.body.table.records import RECORD_BYTES_MAX, Cut

if TYPE_CHECKING:
    from collections.abc import Sequence

_LINE_END = re.compile(rb"\r\n?|\n")
_INSIDE_QUOTES = re.compile(rb'[^"]*+(?:""[^"]*+)*+')


@dataclass(frozen=True, slots=True, kw_only=True)
class CsvDialect:
    """How fields are told apart, and what the first record is."""

    delimiter: bytes = b","
    """One ASCII character."""
    has_header: bool = False


@dataclass(frozen=True, slots=True)
class _Patterns:
    record: re.Pattern[bytes]
    """One whole record, or nothing at all."""
    text: re.Pattern[bytes]
    """What may come before the end of a record, its first field not being quoted."""


@lru_cache(maxsize=8)
def _patterns(delimiter: bytes) -> _Patterns:
    mark = re.escape(delimiter)
    after, not_after = rb"(?<=" + mark + rb")", rb"(?<!" + mark + rb")"
    text = rb'(?:[^"\r\n]++|' + after + QUOTED + rb"|" + not_after + rb'")*+'
    return _Patterns(
        record=re.compile(rb"(?:" + QUOTED + rb'|(?!"))' + text + rb"(?:\r\n?|\n)|"),
        text=re.compile(text),
    )


class CsvRecords:
    """Finds records, and cuts them into fields.

    A quote that is never closed is taken as text, so that it does not swallow what follows; where
    it is, ``words`` tells.

    Args:
        data: UTF-8, or what is to be shown as if it were.
        name: what this is, drawable.
        dialect: how it is written.
    """

    def __init__(self, data: bytes, name: str, dialect: CsvDialect) -> None:
        self.data = data
        self.dialect = dialect
        self.has_header = dialect.has_header
        self.position = self.reached = len(BOM) if data.startswith(BOM) else 0
        self._name = name
        self._patterns = _patterns(dialect.delimiter)
        self._fields = CsvFields(data, dialect.delimiter)
        self._starts = Offsets()
        self._is_within = False
        """Whether the record that begins at `reached` has been looked at already."""
        self._quoted_from: int | None = None
        self._unclosed_in: int | None = None
        """The record in which a quote is taken as text."""
        self._columns = CsvColumns(self._fields)
        self._is_unnamed = True
        self._told_bytes = 0
        """How much was looked through by the last cut; to name columns takes as long as one."""

    @property
    def words(self) -> str:
        """What this is, and whether a quote is not closed."""
        if self._unclosed_in is None:
            return self._name
        number = self._unclosed_in + 1 - self.has_header
        return f"{self._name} · a quote in row {number:,} is never closed"

    @property
    def columns(self) -> Sequence[str]:
        """The fields of the first record, or counted; as many as were seen."""
        if self._is_unnamed and self._starts:
            self._name_columns()
        return self._columns

    @property
    def count(self) -> int:
        """How many records there are so far, without the header."""
        return max(0, len(self._starts) - self.has_header)

    @property
    def is_complete(self) -> bool:
        """Whether all records are known."""
        return self.reached == len(self.data)

    def advance(self, budget_bytes: int) -> None:
        """Find the records in about so many bytes more."""
        if self.is_complete:
            return
        limit = self._between_tokens(min(self.position + budget_bytes, len(self.data)))
        before = self.reached
        if not self._is_within:
            self._take_whole(limit)
        is_last = limit == len(self.data) and not self.is_complete
        if self.reached == before or is_last:
            self._go_on(limit)

    def span(self, record: int) -> tuple[int, int]:
        """Return the first byte of a record, and the first one behind it and its line end.

        Record -1 is the header, here and wherever a record is asked for.
        """
        at = record + self.has_header
        is_last = at + 1 == len(self._starts)
        return self._starts[at], self.reached if is_last else self._starts[at + 1]

    def source(self, record: int) -> bytes:
        """Return a record without its line end."""
        return self.data[slice(*self._line(record + self.has_header))]

    def record_at(self, offset: int) -> int:
        """Return the record that holds a byte, the nearest one if none does."""
        return max(0, self._starts.count_below(offset + 1) - 1 - self.has_header)

    def mistake_from(self, offset: int) -> None:
        """Return nothing: whatever comes is a record of some kind."""
        del offset

    def cut(self, record: int, first: int, stop: int) -> Cut:
        """Return the fields of a record from column ``first`` up to ``stop``."""
        start, end = self._line(record + self.has_header)
        if end - start > RECORD_BYTES_MAX:
            return Cut((), f"{end - start:,} bytes, too long for a table")
        if start == end:
            return Cut(())
        self._count_columns(self._fields.count(start, end))
        cells = self._fields.cut(start, end, first, stop)
        before, self._told_bytes = self._told_bytes, self._fields.searched_bytes
        return Cut(cells, searched_bytes=self._told_bytes - before)

    def column_of(self, record: int, offset: int) -> int | None:
        """Return the column of a byte of a record, or of its header; None if it has no cells."""
        at = record + self.has_header
        start, end = self._line(at if offset >= self._starts[at] else 0)
        if end - start > RECORD_BYTES_MAX:
            return None
        return self._fields.column_of(start, end, offset)

    def column_ends(self, record: int) -> tuple[()]:
        """Return nothing: fields are in the order of the columns."""
        del record
        return ()

    def beginnings(self, record: int, first: int, stop: int) -> None:
        """Return nothing: fields are in the order of the columns."""
        del record, first, stop

    def texts(self, first: int, stop: int, column: int) -> Sequence[bytes] | None:
        """Return one column of some records at once, where nothing is quoted."""
        start, end = self.span(first)[0], self.span(stop - 1)[1]
        found = _fields_of(self.data[start:end], self.dialect.delimiter, column)
        return found[: stop - first] if len(found) >= stop - first else None

    def toggle_header(self) -> bool:
        """Take the first record for the names of the columns, or for one like all others."""
        self.has_header = not self.has_header
        self._columns, self._is_unnamed = CsvColumns(self._fields), True
        return True

    def path(self, record: int, column: int) -> str:
        """Return where a field is, as in a list of rows: ``[17].score``."""
        if column >= len(columns := self.columns):
            return f"[{record}]"
        name = columns[column]
        step = step_to(json.dumps(name, ensure_ascii=False)) if self.has_header else name
        return f"[{record}]{step}"

    # Finding records

    def _take_whole(self, limit: int) -> None:
        if self.data.find(b'"', self.reached, limit) < 0:
            ends = [found.end() for found in _LINE_END.finditer(self.data, self.reached, limit)]
        else:
            ends = self._ends_of_records(limit)
        if ends:
            self._starts.append(self.reached)
            self._starts.extend(ends[:-1])
            self.position = self.reached = ends[-1]

    def _ends_of_records(self, limit: int) -> list[int]:
        ends: list[int] = []
        at = self.reached
        for found in self._patterns.record.finditer(self.data, self.reached, limit):
            if found.end() == at:
                break
            at = found.end()
            ends.append(at)
        return ends

    def _go_on(self, limit: int) -> None:
        """Read on in one record, up to its end at most."""
        data = self.data
        if not self._is_within:
            self._is_within = True
            if data.startswith(b'"', self.position):
                self._quoted_from = self.position
                self.position += 1
        while self._is_within and self.position < limit:
            if self._quoted_from is not None:
                self._read_quoted(limit)
            else:
                self._read_plain(limit)
        if self._is_within and self.position == len(data):
            self._end_data()

    def _read_quoted(self, limit: int) -> None:
        found = _INSIDE_QUOTES.match(self.data, self.position, limit)
        at = self.position = limit if found is None else found.end()
        if at == limit:
            return
        if self.data.startswith(b'""', at):  # the second one is behind the limit
            self.position += 2
        else:
            self.position, self._quoted_from = at + 1, None

    def _read_plain(self, limit: int) -> None:
        at = self.position
        # A quoted field is read up to its end, unless the limit is among the quotes that begin it.
        if not self.data.startswith(self.dialect.delimiter + b'"', at - 1):
            found = self._patterns.text.match(self.data, at, limit)
            at = self.position = limit if found is None else found.end()
        if at == limit:
            return
        if self.data.startswith(b'"', at):
            self.position, self._quoted_from = at + 1, at
        else:
            self._end_record(at + (2 if self.data.startswith(b"\r\n", at) else 1))

    def _between_tokens(self, limit: int) -> int:
        """Return where to stop so that no line end is cut, and a row of quotes only within it.

        What such a row means is known where it begins. If it is cut, nothing else comes before.
        """
        data, position = self.data, self.position
        if data[limit - 1 : limit + 1] == b'""':
            before = len(data[position:limit].rstrip(b'"'))
            return position + before if before else limit
        return limit + (data[limit - 1 : limit + 1] == b"\r\n")

    def _end_data(self) -> None:
        """End the last record, or go back to a quote that was not closed."""
        if self._quoted_from is not None:
            self._unclosed_in = len(self._starts)
            self.position, self._quoted_from = self._quoted_from + 1, None
        else:
            self._end_record(self.position)

    def _end_record(self, end: int) -> None:
        self._starts.append(self.reached)
        self.position = self.reached = end
        self._is_within = False

    # Cutting records

    def _line(self, at: int) -> tuple[int, int]:
        """Return where a record begins and ends, the header among them, without its line end."""
        is_last = at + 1 == len(self._starts)
        start, end = self._starts[at], self.reached if is_last else self._starts[at + 1]
        for line_end in (b"\n", b"\r"):
            if end > start and self.data.startswith(line_end, end - 1):
                end -= 1
        return start, end

    def _count_columns(self, count: int) -> None:
        """Take in columns that were not seen before."""
        if self._is_unnamed:
            self._name_columns()
        self._columns.meet(count)

    def _name_columns(self) -> None:
        self._is_unnamed = False
        start, end = self._line(0)
        end = min(end, start + RECORD_BYTES_MAX)
        if start == end:
            return
        if self.has_header:
            self._columns = CsvColumns(self._fields, (start, end))
        else:
            self._columns.meet(self._fields.count(start, end))


def _fields_of(source: bytes, delimiter: bytes, column: int) -> list[bytes]:
    """Return one column of records without quotes; nothing where there are some."""
    if b'"' in source or b"\r" in source.replace(b"\r\n", b"\n"):
        return []
    mark = re.escape(delimiter)
    before = rb"(?:[^%b\r\n]*+%b){%d}" % (mark, mark, column)
    pattern = rb"(?m)^(?:%b([^%b\r\n]*+))?+[^\r\n]*+\r?(?:\n|\Z)" % (before, mark)
    return re.findall(pattern, source)
