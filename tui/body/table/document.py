"""A table: the records of a body as rows of cells, in the order in which they came or another.

Records ──▶ order of a column (Sorting) ──▶ rows
   └──cut──▶ cells ──▶ columns in view (TableLayout) ──▶ what is drawn
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from tui.body.decoding import as_pieces
from tui.body.pieces import let_others_run
from tui.body.sanitise import sanitise
from tui.body.table.cell_values import body_in, value_of
from tui.body.table.cells import spell
from tui.body.table.layout import TableLayout
from tui.body.table.places import size_of
from tui.body.table.sorting import Sorting
from tui.body.table.tabular import FIT_BYTES, Told

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tui.body.pieces import Pieces
    from tui.body.rows import Header, Row
    from tui.body.shown_body import ShownBody
    from tui.body.shown_bytes import ShownBytes
    from tui.body.table.cells import Cell
    from tui.body.table.places import Places
    from tui.body.table.records import Records

_TOLD_CHARS_MAX = 4_000
_NEAR_COLUMNS = 8
"""A column so close to those in view is brought into view by moving them as little as it takes."""
_OFFSET_BYTES = 2
_COPIED_AT_ONCE = 500
"""So many records take a millisecond or two."""
_ASCENDING, _DESCENDING = "▲", "▼"


class TableDocument:
    """Rows are records; what of them is in view follows the column that has the cursor.

    Args:
        records: what is shown.
        is_wide: whether columns are as wide as their cells.
    """

    def __init__(self, records: Records, *, is_wide: bool = False) -> None:
        self.column = 0
        """The column that has the cursor."""
        self._is_going = False
        """Whether it may be too wide for where it is in view, by what is not cut yet."""
        self.data = records.data
        self._records = records
        self._layout = TableLayout(records)
        self._layout.is_wide = is_wide
        self._rows_in_view = range(0)
        self._room_cells = 0
        self.sorted_by: tuple[int, bool] | None = None
        """A column, and whether the largest come first."""
        self._begins_descending = False
        """Whether they do first, by the key that was pressed last."""
        self._sorting: Sorting | None = None
        self._order: Places | None = None
        """The record of each row; None while that is the same."""
        self._rows: Places | None = None
        """The row of each record."""

    # Rows

    @property
    def row_count(self) -> int:
        """How many rows there are so far."""
        return self._records.count

    @property
    def is_complete(self) -> bool:
        """Whether all rows are known, and in their order."""
        return self._records.is_complete and not self.is_sorting

    @property
    def is_sorting(self) -> bool:
        """Whether rows are about to come in another order."""
        return self.sorted_by is not None and self._order is None

    @property
    def is_cutting(self) -> bool:
        """Whether rows in view are drawn once `fit` is asked again."""
        return self._layout.is_waiting

    @property
    def progress(self) -> float:
        """How much of the body is laid out or sorted, 0 to 1."""
        if self._sorting is not None:
            return self._sorting.progress
        return self._records.position / len(self.data) if self.data else 1.0

    @property
    def reached(self) -> int:
        """Offset of the first byte that no row holds yet."""
        return self._records.reached

    @property
    def words(self) -> str:
        """What this is, its size, and by what it is being sorted; then, the header tells."""
        rows, columns = self.row_count, len(self._records.columns)
        words = f"{self._records.words} · {_count(rows, 'row')} × {_count(columns, 'column')}"
        if not self.is_sorting or self.sorted_by is None:
            return words
        return f"{words} · sorting by {sanitise(self._records.columns[self.sorted_by[0]])}"

    @property
    def index_bytes(self) -> int:
        """How much memory it takes at most to know where records are, and their order."""
        order = sum(map(size_of, filter(None, (self._order, self._rows))))
        return self.row_count * _OFFSET_BYTES + order

    def advance(self, budget_bytes: int) -> None:
        """Find records in about so many bytes more, or else go on sorting them."""
        if not self._records.is_complete:
            self._records.advance(budget_bytes)
        elif self._sorting is not None:
            self._sorting.advance()
            if (order := self._sorting.order) is not None:
                self._order, self._rows, self._sorting = order, self._sorting.rows, None
        elif self.sorted_by is not None and self._order is None:
            column, is_descending = self.sorted_by
            self._sorting = Sorting(self._records, column, is_descending=is_descending)

    def row(self, index: int) -> Row:
        """Draw the columns in view of one row."""
        return self._layout.draw(self._record(index)).row

    def number(self, index: int) -> str:
        """Return which record a row is, from 1."""
        return str(self._record(index) + 1)

    def starts_line(self, index: int) -> bool:
        """Every row is a line."""
        del index
        return True

    def span(self, index: int) -> tuple[int, int]:
        """Return the first byte of a row's record, and the first one of the next record."""
        return self._records.span(self._record(index))

    def row_at(self, offset: int) -> int:
        """Return the row that holds a byte."""
        return self._row_of_record(self._records.record_at(offset))

    def row_up_to(self, offset: int) -> tuple[int, int]:
        """Return the row that holds a byte, and the first byte behind that row."""
        record = self._records.record_at(offset)
        return self._row_of_record(record), self._records.span(record)[1]

    def row_of(self, number: int) -> int:
        """Return the row of the record of that number, from 1."""
        return self._row_of_record(max(0, min(number, self.row_count) - 1))

    def mistake_from(self, offset: int) -> int | None:
        """Return where records break first, from an offset on; None if they do not."""
        return self._records.mistake_from(offset)

    def columns(self, index: int, start: int, end: int) -> tuple[tuple[int, int], ...]:
        """Return which characters of a row show a range of bytes."""
        return self._layout.shown(self._record(index)).columns(start, end)

    def shown_in(self, index: int) -> ShownBytes:
        """Return which characters of a row show which bytes."""
        return self._layout.shown(self._record(index))

    def path(self, index: int) -> str:
        """Return where the cell is that a row has in the column of the cursor."""
        return self._records.path(self._record(index), self.column)

    def making_copy(self, first: int, end: int) -> Callable[[], Pieces]:
        """Return what makes the text of rows as they came, in the order of now."""
        return partial(_text_of, self._records, self._order, range(first, end))

    # Columns

    @property
    def header(self) -> Header:
        """The names of the columns in view."""
        return self._layout.header(self.column, _mark_of(self.sorted_by))

    def fit(self, rows: range, room_cells: int, budget_bytes: int | None = FIT_BYTES) -> bool:
        """Make columns wide enough for what is in view; true if that changes how rows are drawn.

        Args:
            rows: those in view.
            room_cells: how much of each is.
            budget_bytes: so much is looked through; None for what is left of the last time.
        """
        self._rows_in_view, self._room_cells = rows, room_cells
        left = self._layout.left
        has_changed = self._layout.fit(map(self._record, rows), room_cells, budget_bytes)
        if self._is_going and not self.is_cutting:
            self.go_to_column(self.column)
        return has_changed or left != self._layout.left

    def move_column(self, steps: int) -> None:
        """Put the cursor on a column further right or left."""
        self.go_to_column(self.column + steps)

    def go_to_column(self, column: int) -> None:
        """Put the cursor on a column, and bring it into view."""
        self.column = max(0, min(column, len(self._records.columns) - 1))
        layout, self._is_going = self._layout, False
        if self.column < layout.left:
            layout.look_from(self.column)
            self.fit(self._rows_in_view, self._room_cells, None)
        while self.column >= layout.whole_stop and layout.left < self.column:
            is_near = self.column < layout.whole_stop + _NEAR_COLUMNS
            layout.look_from(layout.left + 1 if is_near else self.column)
            self.fit(self._rows_in_view, self._room_cells, None)
        self._is_going = self.is_cutting

    def go_to_byte(self, index: int, offset: int) -> None:
        """Put the cursor on the column where a row holds a byte, or has it before its cell."""
        column = self._records.column_of(self._record(index), offset)
        if column is not None:
            self.go_to_column(column)

    def column_ends(self, index: int) -> Sequence[tuple[int, int]]:
        """Return where the cells of a row end, and their columns, in the order of the bytes."""
        return self._records.column_ends(self._record(index))

    def column_at(self, cell: int) -> int | None:
        """Return which column is drawn at a cell of a row."""
        return self._layout.column_at(cell)

    def place(self, index: int, column: int | None = None) -> tuple[int, int] | None:
        """Return which characters of a row are its cell in a column, or in that of the cursor."""
        at = self.column if column is None else column
        return self._layout.place_of(at, self._record(index))

    def told(self, index: int, start: int, end: int) -> Told | None:
        """Return the name and text of the cell at the cursor if not all of it is drawn."""
        cell = _cell_of(self._records, self._record(index), self.column)
        if cell is None or not self._layout.is_cut(self.column, self._record(index)):
            return None
        return _told_of(self._records.columns[self.column], cell, start, end)

    def nested(self, index: int) -> ShownBody | None:
        """Return the cell at the cursor as a body, base64 decoded; None if it is a number."""
        return body_in(_cell_of(self._records, self._record(index), self.column))

    def value(self, index: int) -> bytes | None:
        """Return the cell at the cursor: text as a string of JSON, all else as it is spelt."""
        return self.making_value(index)()

    def making_value(self, index: int) -> Callable[[], bytes | None]:
        """Return what spells the cell at the cursor, cut here: no thread may while rows are."""
        return partial(value_of, _cell_of(self._records, self._record(index), self.column))

    def toggle_wide(self) -> None:
        """Let columns be as wide as their cells, or as narrow as usual."""
        self._layout.is_wide = not self._layout.is_wide
        self._layout.forget()

    def toggle_header(self) -> None:
        """Take the first record for names, or for a record; in the order in which they came."""
        if self._records.toggle_header():
            self.sorted_by = self._sorting = self._order = self._rows = None
            self._layout.forget()

    # Order

    @property
    def arrangement(self) -> object | None:
        """The order of the records, which is another one each time they are sorted."""
        return self._order

    def sort(self, *, is_descending_first: bool) -> None:
        """Sort by the column of the cursor: one way, then the other, then as it came."""
        if not self._records.columns:
            return  # there are long records only
        wanted = (self.column, is_descending_first)
        is_turned = is_descending_first != self._begins_descending
        self._begins_descending = is_descending_first
        self.sorted_by = _next_order(self.sorted_by, wanted, is_turned=is_turned)
        self._sorting = self._order = self._rows = None

    def _record(self, index: int) -> int:
        return index if self._order is None else self._order[index]

    def _row_of_record(self, record: int) -> int:
        return record if self._rows is None else self._rows[record]


def _cell_of(records: Records, record: int, column: int) -> Cell | None:
    cells = records.cut(record, column, column + 1).cells
    return cells[0] if cells else None


def _told_of(name: str, cell: Cell, start: int, end: int) -> Told:
    is_within = cell.start <= start < end <= cell.start + len(cell.source)
    before = start - cell.start if is_within else 0
    spelling = spell(cell, before + _TOLD_CHARS_MAX)
    return Told(name, spelling.text, spelling.characters(start, end) if is_within else None)


def _mark_of(sorted_by: tuple[int, bool] | None) -> tuple[int, str] | None:
    """Return a column by which rows are sorted, and what is drawn behind its name."""
    return sorted_by and (sorted_by[0], _DESCENDING if sorted_by[1] else _ASCENDING)


def _next_order(
    before: tuple[int, bool] | None, wanted: tuple[int, bool], *, is_turned: bool
) -> tuple[int, bool] | None:
    """Return what to sort by, and whether the largest come first; None for as it came.

    Asked to begin the other way than before, it does, or goes on from there if it is that way.
    """
    column, is_descending = wanted
    if before == wanted:
        return column, not is_descending
    is_last = before is not None and before[0] == column and not is_turned
    return None if is_last else wanted


def _text_of(records: Records, order: Places | None, rows: range) -> Pieces:
    pieces: list[str] = []
    for at in range(0, len(rows), _COPIED_AT_ONCE):
        some = rows[at : at + _COPIED_AT_ONCE]
        sources = (records.source(row if order is None else order[row]) for row in some)
        pieces += ["\n"] * (at > 0)
        pieces += as_pieces(b"\n".join(sources), None)
        let_others_run()
    return tuple(pieces)


def _count(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'s' * (count != 1)}"
