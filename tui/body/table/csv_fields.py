"""Cutting a record of CSV into fields; of a record with very many only those that are wanted.

Where fields are is found out once for a record that is long, as long as it may be in view:

    nothing quoted   how many delimiters come before each kilobyte; the rest is counted on demand
    quoted           where each field begins
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING

from tui.body.table.cells import Cell, CellKind, sortable_text_of
from tui.body.table.csv_dialect import field_pattern, patterns_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.body.table.csv_dialect import CsvDialect

_CHUNK_BYTES = 1024
_LONG_BYTES = 2 * 1024
_LONG_MAX = 200
"""So many long records are remembered, more than those of a screen."""
_FIELD_BYTES = 8
"""To find a short field takes as long as to look through so many bytes."""
_COUNTED_AT_ONCE = 16
"""Counting delimiters takes so much less than finding fields."""


class CsvFields:
    """Cuts records without their line ends.

    Args:
        data: where the records are.
        dialect: how they are written.
    """

    def __init__(self, data: bytes, dialect: CsvDialect) -> None:
        self.searched_bytes = 0
        """How much was looked through to find fields."""
        self._data = data
        self._delimiter = dialect.delimiter
        self._dialect = dialect
        self._quote = dialect.quote
        self._is_escaped = dialect.is_escaped
        self._is_spaced = dialect.is_spaced
        self._patterns = patterns_of(dialect)
        self._long: dict[tuple[int, int], array[int]] = {}

    def count(self, start: int, end: int) -> int:
        """Return how many fields a record has."""
        if self._is_found(start, end):
            return len(self._begins(start, end))
        if end - start < _LONG_BYTES:
            return self._data.count(self._delimiter, start, end) + 1
        return self._counts(start, end)[-1] + 1

    def cut(self, start: int, end: int, first: int, stop: int) -> tuple[Cell, ...]:
        """Return the fields of a record from column ``first`` up to ``stop``."""
        if self._is_found(start, end):
            begins = self._begins(start, end)[first:stop]
            return tuple(self._quoted_cell(at, end) for at in begins)
        at = self._begin(start, end, first)
        behind = end if end - start < _LONG_BYTES else self._begin(start, end, stop)
        if at > end:
            return ()
        cells: list[Cell] = []
        for piece in self._data[at : min(behind, end)].split(self._delimiter, stop - first)[
            : stop - first
        ]:
            cells.append(Cell(piece, at, CellKind.PLAIN))
            at += len(piece) + 1
        return tuple(map(_without_spaces, cells) if self._is_spaced else cells)

    def text(self, start: int, end: int, column: int) -> bytes:
        """Return the text of a field, as a table is sorted by it; empty if there is none."""
        found = field_pattern(self._dialect, column).match(self._data, start, end)
        if found is None:
            return b""
        if found[1] is None:
            return found[2]
        inner = found[1][1:-1]
        if self._quote not in inner and b"\\" not in inner and found[1].endswith(self._quote):
            return inner
        return sortable_text_of(self._quoted_cell(found.start(1), end))

    def column_of(self, start: int, end: int, offset: int) -> int:
        """Return the column of a byte of a record; a delimiter belongs to the next one."""
        if not self._is_found(start, end):
            return self._data.count(self._delimiter, start, max(start, offset + 1))
        begins = self._begins(start, end)
        at = max(0, bisect_right(begins, offset) - 1)
        cell = self._quoted_cell(begins[at], end)
        return min(at + (cell.start + len(cell.source) <= offset), len(begins) - 1)

    def _is_found(self, start: int, end: int) -> bool:
        """Whether fields have to be found: some delimiters are in quotes, or are several in one."""
        return self._delimiter == b" " or self._data.find(self._quote, start, end) >= 0

    def _quoted_cell(self, at: int, end: int) -> Cell:
        found = self._patterns.field.match(self._data, at, end)
        if found is None:
            return Cell(b"", at, CellKind.PLAIN)
        if found[1] is None:
            return Cell(found[2], found.start(2), CellKind.PLAIN)
        is_escaped = self._is_escaped and b"\\" in found[1]
        kind = CellKind.ESCAPED if is_escaped else CellKind.QUOTED
        return Cell(found[1], found.start(1), kind)

    def _begins(self, start: int, end: int) -> array[int]:
        """Return where each field begins, some of them being quoted."""
        return self._kept(start, end, self._found_begins)

    def _found_begins(self, start: int, end: int) -> array[int]:
        fields = self._patterns.fields.findall(self._data, start, end)
        self.searched_bytes += max(end - start, _FIELD_BYTES * len(fields))
        spaces = b" " if self._is_spaced else b""
        if len(fields) > 1 and not fields[-2].lstrip(spaces).endswith(self._delimiter):
            fields.pop()  # nothing at all, behind the last field
        return array("Q", accumulate(map(len, fields[:-1]), initial=start))

    def _begin(self, start: int, end: int, column: int) -> int:
        """Return where a field begins, nothing being quoted; a byte behind the end if nowhere."""
        at, to_go = start, column
        if end - start >= _LONG_BYTES:
            counts = self._counts(start, end)
            chunk = max(0, bisect_left(counts, column) - 1)
            at, to_go = start + chunk * _CHUNK_BYTES, column - counts[chunk]
            end = min(end, at + _CHUNK_BYTES) if column <= counts[-1] else end
        if not to_go:
            return at
        pieces = self._data[at:end].split(self._delimiter, to_go)
        return at + sum(map(len, pieces[:to_go])) + min(to_go, len(pieces))

    def _counts(self, start: int, end: int) -> array[int]:
        """Return how many delimiters there are before each chunk, and before the end."""
        return self._kept(start, end, self._counted)

    def _counted(self, start: int, end: int) -> array[int]:
        self.searched_bytes += (end - start) // _COUNTED_AT_ONCE
        count, mark = self._data.count, self._delimiter
        chunks = range(start, end, _CHUNK_BYTES)
        return array(
            "Q",
            accumulate((count(mark, at, min(at + _CHUNK_BYTES, end)) for at in chunks), initial=0),
        )

    def _kept(self, start: int, end: int, find: Callable[[int, int], array[int]]) -> array[int]:
        """Return what is found out about a record, once if it is long."""
        if end - start < _LONG_BYTES:
            return find(start, end)
        kept = self._long.get((start, end))
        if kept is None:
            kept = self._long[start, end] = find(start, end)
            if len(self._long) > _LONG_MAX:
                del self._long[next(iter(self._long))]
        return kept


def _without_spaces(cell: Cell) -> Cell:
    source = cell.source.lstrip(b" ")
    return Cell(source, cell.start + len(cell.source) - len(source), cell.kind)
