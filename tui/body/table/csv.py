"""The records of CSV, as Python's own csv module reads them, at any size."""

from __future__ import annotations

import json
import re
import sys
from typing import TYPE_CHECKING

from tui.body.json.paths import step_to
from tui.body.table.csv_columns import CsvColumns
from tui.body.table.csv_fields import CsvFields
from tui.body.table.csv_starts import CsvStarts
from tui.body.table.records import RECORD_BYTES_MAX, Cut

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.body.table.csv_dialect import CsvDialect


class CsvRecords:
    """Finds records, and cuts them into fields; ``words`` tells where a quote is never closed.

    Args:
        data: UTF-8, or what is to be shown as if it were.
        name: what this is, drawable.
        dialect: how it is written.
    """

    def __init__(self, data: bytes, name: str, dialect: CsvDialect) -> None:
        self.data = data
        self.dialect = dialect
        self.has_header = dialect.has_header
        self._name = name
        self._starts = CsvStarts(data, dialect)
        self._fields = CsvFields(data, dialect)
        self._columns = CsvColumns(self._fields)
        self._is_unnamed = True
        self._told_bytes = 0
        """How much was looked through by the last cut; to name columns takes as long as one."""

    @property
    def words(self) -> str:
        """What this is, and whether a quote is not closed."""
        if self._starts.unclosed_in is None:
            return self._name
        number = self._starts.unclosed_in + 1 - self.has_header
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
        return self._starts.is_complete

    @property
    def position(self) -> int:
        """Bytes looked at so far."""
        return self._starts.position

    @property
    def reached(self) -> int:
        """Offset of the first byte that no record holds yet."""
        return self._starts.reached

    def advance(self, budget_bytes: int) -> None:
        """Find the records in about so many bytes more."""
        self._starts.advance(budget_bytes)

    def span(self, record: int) -> tuple[int, int]:
        """Return the first byte of a record, and the first one behind it and its line end.

        Record -1 is the header, here and wherever a record is asked for.
        """
        return self._starts.span(record + self.has_header)

    def source(self, record: int, bytes_max: int = sys.maxsize) -> bytes:
        """Return a record without its line end, up to so many bytes."""
        start, end = self._starts.line(record + self.has_header)
        return self.data[start : min(end, start + bytes_max)]

    def record_at(self, offset: int) -> int:
        """Return the record that holds a byte, the nearest one if none does."""
        return max(0, self._starts.count_up_to(offset) - 1 - self.has_header)

    def mistake_from(self, offset: int) -> None:
        """Return nothing: whatever comes is a record of some kind."""
        del offset

    def cut(self, record: int, first: int, stop: int) -> Cut:
        """Return the fields of a record from column ``first`` up to ``stop``."""
        start, end = self._starts.line(record + self.has_header)
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
        start, end = self._starts.line(record + self.has_header)
        if offset < start:
            start, end = self._starts.line(0)
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

    def texts(self, records: Sequence[int], column: int) -> Sequence[bytes]:
        """Return the texts of a column; of records after one another with one match if it can."""
        if isinstance(records, range) and records:
            start, end = self.span(records[0])[0], self.span(records[-1])[1]
            found = _fields_of(self.data[start:end], self.dialect, column)
            if len(found) >= len(records):
                return found[: len(records)]
        return [self._text(record, column) for record in records]

    def _text(self, record: int, column: int) -> bytes:
        start, end = self._starts.line(record + self.has_header)
        return self._fields.text(start, end, column) if end - start <= RECORD_BYTES_MAX else b""

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
        is_unnamed = name == f"[{column}]"
        return f"[{record}]{name if is_unnamed else step_to(json.dumps(name, ensure_ascii=False))}"

    def _count_columns(self, count: int) -> None:
        """Take in columns that were not seen before."""
        if self._is_unnamed:
            self._name_columns()
        self._columns.meet(count)

    def _name_columns(self) -> None:
        self._is_unnamed = False
        start, end = self._starts.line(0)
        end = min(end, start + RECORD_BYTES_MAX)
        if start == end:
            return
        if self.has_header:
            self._columns = CsvColumns(self._fields, (start, end))
        else:
            self._columns.meet(self._fields.count(start, end))


def _fields_of(source: bytes, dialect: CsvDialect, column: int) -> list[bytes]:
    """Return one column of records without quotes; nothing where there are some."""
    if dialect.quote in source or b"\r" in source.replace(b"\r\n", b"\n"):
        return []
    mark, spaces = re.escape(dialect.delimiter), b" *+" if dialect.is_spaced else b""
    before = rb"%b(?:[^%b\r\n]*+%b%b){%d}" % (spaces, mark, mark, spaces, column)
    pattern = rb"(?m)^(?:%b([^%b\r\n]*+))?+[^\r\n]*+\r?(?:\n|\Z)" % (before, mark)
    return re.findall(pattern, source)
