"""Where the bytes of a record are in the row that is drawn of it, and what of them is not drawn.

    bytes   {"id": 7, "text": "a long text, and more of it"}
             └───────┘└───────────────────┘└────────────┘
    row      7         a long text…         told by the …

A key and what parts cells is drawn nowhere: the cell behind it stands for it as a whole.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tui.body.table.cells import Cell, CellKind, spell
from tui.body.table.drawn import PROBLEM_BYTES_MAX

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tui.body.table.cells import Spelling
    from tui.body.table.drawn import DrawnRecord
    from tui.body.table.records import Records

_BESIDE_MAX = 2
"""So many places in a key, or in what parts cells, are looked at."""


@dataclass(frozen=True, slots=True)
class ShownCell:
    """One cell in view: its bytes, and its characters in the row."""

    begin: int
    """The first byte of its key, or of what parts it from the cell before."""
    start: int
    end: int
    hidden_from: int
    """From this byte on it is not drawn."""
    spelling: Spelling
    place: tuple[int, int]
    """The characters of the row; one at least."""

    def characters(self, start: int, end: int) -> tuple[int, int]:
        """Return which characters of the row show bytes of the cell; all, where none does."""
        first, stop = self.place
        if start >= self.hidden_from:
            return stop - 1, stop
        chars = self.spelling.characters(start, min(end, self.hidden_from))
        if chars is None:
            return first, stop
        begin = min(first + chars[0], stop - 1)
        last = stop if end > self.hidden_from else min(first + chars[1], stop)
        return begin, max(begin + 1, last)


class ShownCells:
    """The cells of a record that are in view.

    Args:
        cells: in the order of the bytes.
    """

    def __init__(self, cells: Sequence[ShownCell]) -> None:
        self._cells = cells

    def columns(self, start: int, end: int) -> tuple[tuple[int, int], ...]:
        """Return which characters of the row show a range of bytes.

        Where a cell is cut, its mark stands for the rest.
        """
        found: list[tuple[int, int]] = []
        beside: tuple[int, int] | None = None
        for at in range(bisect_right(self._cells, start, key=_end_of), len(self._cells)):
            cell = self._cells[at]
            if end <= cell.begin:
                break
            if cell.start < end:
                found.append(cell.characters(start, end))
            elif start >= cell.begin:
                beside = cell.place
        return tuple(found) if found or beside is None else (beside,)

    def stretches(self, first: int, stop: int) -> Iterator[tuple[int, int, int]]:
        """Yield ranges of bytes that are drawn, and how many places in each can be told apart."""
        for cell in self._cells:
            begin, end = cell.place
            if end <= first or stop <= begin:
                continue
            if cell.begin < cell.start:
                yield cell.begin, cell.start, _BESIDE_MAX
            if cell.start < cell.hidden_from:
                yield cell.start, cell.hidden_from, end - begin
            if cell.hidden_from < cell.end:
                yield cell.hidden_from, cell.end, 1


def shown_cell(cell: Cell, begin: int, place: tuple[int, int], drawn: str) -> ShownCell:
    """Return a cell in view.

    Args:
        cell: its bytes.
        begin: the first byte that belongs to it.
        place: the characters of the row that are drawn of it.
        drawn: what is drawn, not sanitised.
    """
    first, stop = place
    spelling = spell(cell, len(drawn) + 1)
    end = cell.start + len(cell.source)
    is_whole = spelling.is_whole and spelling.text == drawn
    hidden_from = end if is_whole else spelling.offset_of(len(drawn) - 1, end)
    return ShownCell(begin, cell.start, end, hidden_from, spelling, (first, max(stop, first + 1)))


def cells_shown(
    records: Records, record: int, columns: range, drawn: DrawnRecord
) -> list[ShownCell]:
    """Return the cells of a record that are in view, in the order of the bytes.

    Args:
        records: of which it is one.
        record: its number.
        columns: those in view.
        drawn: what is drawn of them.
    """
    cut = records.cut(record, columns.start, columns.stop)
    if cut.problem:
        # Before it is known which columns are in view, nothing is drawn of any record.
        return [_problem_shown(records, record, drawn)] if drawn.row.spans else []
    begins = records.beginnings(record, columns.start, columns.stop)
    start, behind = records.span(record)
    before = start if columns.start == 0 else None
    found: list[ShownCell] = []
    for column, place, cell in zip(columns, drawn.places, cut.cells, strict=False):
        if cell is not None:
            begin = cell.start - 1 if before is None else before
            if begins is not None:
                begin = begins.offsets.get(column, begin)
            text = drawn.row.source[slice(*place)]
            found.append(shown_cell(cell, max(start, min(begin, cell.start)), place, text))
            before = found[-1].end
    found.sort(key=_end_of)
    # What is behind the last cell of all, such as a bracket, belongs to that.
    if begins is not None:
        is_last_shown = begins.last_column in columns
    else:
        is_last_shown = len(cut.cells) < len(columns) or columns.stop == len(records.columns)
    if found and is_last_shown:
        found[-1] = replace(found[-1], end=behind)
    return found


def _problem_shown(records: Records, record: int, drawn: DrawnRecord) -> ShownCell:
    """Return what is no record as one cell."""
    source = records.source(record, PROBLEM_BYTES_MAX)
    start, end = records.span(record)
    first, stop, _ = drawn.row.spans[0]
    cell = Cell(source, records.data.index(source, start), CellKind.PLAIN)
    shown = shown_cell(cell, start, (first, stop), drawn.row.source[first:stop])
    return replace(shown, end=end)


def _end_of(cell: ShownCell) -> int:
    return cell.end
