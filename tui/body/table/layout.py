"""Which columns of a table are in view, how wide they are, and how a record is drawn in them.

Only the columns in view are cut, spelt and measured, and only for the rows in view: a record may
have thousands. A column is as wide as the widest cell of it that was seen, up to a limit, and
never becomes narrower, so that nothing jumps while one scrolls.

    left              column          stop
     v                  v               v
     id │ label      │ score    │ text  ┊ …
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from tui.body.rows import Header, Row
from tui.body.sanitise import sanitise
from tui.body.table.cells import CUT, cut_to, spell, width_cells
from tui.body.table.drawn import GAP_CELLS, PROBLEM_BYTES_MAX, DrawnRecord, Line, draw_problem
from tui.body.table.parts import MISSING_PART, Part, PartsInView
from tui.body.table.records import RECORD_BYTES_MAX
from tui.body.table.shown_cells import ShownCells, cells_shown
from tui.body.table.tabular import FIT_BYTES, FIT_SHORT_BYTES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tui.body.table.records import Records

WIDTH_MAX = 40
"""A column is no wider unless there is room for wider ones, or one asks for them."""
WIDE_MAX = 1_000
"""No column is wider."""
_SHARED_BY = 4
"""With fewer columns than this, each may take its share of the view."""
_LONG_BYTES = 64 * 1024
_HEADER = -1
"""The record of the names of the columns, where there is one."""
_WAITING = Row(CUT, CUT, ((0, 1, "comment"),))
"""Drawn of a record that is not cut yet."""


class TableLayout:
    """Draws records in columns."""

    def __init__(self, records: Records) -> None:
        self.left = 0
        """The first column in view."""
        self.stop = 0
        """The one behind the last one in view, which may be so in part."""
        self.whole_stop = 0
        """The one behind the last one that is in view as a whole."""
        self.is_wide = False
        """Whether columns are as wide as their cells."""
        self._records = records
        self._room_cells = 0
        self._widths: dict[int, int] = {}
        self._numeric: dict[int, bool] = {}
        self._parts = PartsInView(records)
        self._drawn: dict[int, DrawnRecord] = {}
        self._shown: dict[int, ShownCells] = {}
        self._limit_bytes = 0
        """Where what is searched comes to its end, until `fit` is asked anew."""
        self._waiting: set[int] = set()
        """The records in view that are not cut yet."""
        self._header: tuple[int, tuple[int, str] | None, Header] | None = None
        """That of a column, and with a mark; drawn until columns are measured again."""

    def fit(
        self, records: Iterable[int], room_cells: int, budget_bytes: int | None = FIT_BYTES
    ) -> bool:
        """Make columns wide enough for records; true if that changed how any record is drawn.

        Of very long records only some are looked at, the others next time; see `is_waiting`.

        Args:
            records: those in view.
            room_cells: how much of a row is in view.
            budget_bytes: so much is looked through; None for what is left of the last time.
        """
        if budget_bytes is not None:
            self._limit_bytes = self._parts.searched_bytes + budget_bytes
        has_other_room = room_cells != self._room_cells
        if has_other_room:
            self.forget()
            self._room_cells = room_cells
        before, waited = (self.left, self.stop, dict(self._widths)), self._waiting
        shown = tuple(records)
        self._header = None
        self._parts.look_at(self.left, self._count_looked_at(), self._width_max)
        parts = self._cut(shown)
        column, used = self.left, 0
        self.whole_stop = self.left
        while column < len(self._records.columns) and used < room_cells:
            used += self._widen(column, parts) + GAP_CELLS
            column += 1
            if used - GAP_CELLS <= room_cells:
                self.whole_stop = column
        self.stop = column
        # Lines that are no records are cut at the room that there is, and need no columns.
        has_changed = has_other_room or before != (self.left, self.stop, self._widths)
        self._parts.keep(shown)
        kept = () if has_changed else (each for each in shown if each in self._drawn)
        self._drawn = {each: self._drawn[each] for each in kept}
        self._shown.clear()
        return has_changed or not waited <= self._waiting

    @property
    def is_waiting(self) -> bool:
        """Whether there are records in view that `fit` has not looked at yet."""
        return bool(self._waiting)

    def _cut(self, records: Iterable[int]) -> list[tuple[Part, ...]]:
        """Return what is in records, of as many as can be cut at once."""
        parts, found = self._parts, list[tuple[Part, ...]]()
        self._waiting = set()
        for record in records:
            if not parts.is_known(record) and self._is_too_much(record):
                self._waiting.add(record)
            elif not isinstance(part := parts.of(record), str):
                found.append(part)
        return found

    def _is_too_much(self, record: int) -> bool:
        """Whether a record is to be cut next time: a long one before the limit is reached."""
        start, end = self._records.span(record)
        is_long = end - start > _LONG_BYTES
        limit = self._limit_bytes - is_long * FIT_SHORT_BYTES
        return self._parts.searched_bytes >= limit

    def forget(self) -> None:
        """Measure and draw all anew; no column is in view until then, there may be fewer."""
        self._header = None
        self.stop = self.whole_stop = self.left
        self._parts.clear()
        self._drawn.clear()
        self._shown.clear()
        self._widths.clear()
        self._numeric.clear()

    def look_from(self, left: int) -> None:
        """Let another column be the first in view."""
        if left != self.left:
            self.left = left
            self._header = None
            self._drawn.clear()
            self._shown.clear()

    def draw(self, record: int) -> DrawnRecord:
        """Draw one record."""
        if record in self._waiting:
            return DrawnRecord(_WAITING, ())
        drawn = self._drawn.get(record)
        if drawn is None:
            drawn = self._drawn[record] = self._draw(record)
        return drawn

    def header(self, column: int, mark: tuple[int, str] | None) -> Header:
        """Draw the names of the columns in view.

        Args:
            column: the one that has the cursor.
            mark: a column, and what is drawn behind its name.
        """
        kept = self._header
        if kept is None or kept[:2] != (column, mark):
            kept = self._header = (column, mark, self._draw_header(column, mark))
        return kept[2]

    def _draw_header(self, column: int, mark: tuple[int, str] | None) -> Header:
        records, line, lengths = self._records, Line(self._room_cells), list[int]()
        for at in range(self.left, self.stop):
            behind = f" {mark[1]}" if mark is not None and mark[0] == at else ""
            width = self._widths.get(at, 1)
            name = cut_to(records.columns[at], max(1, width - len(behind)))
            lengths.append(len(name))
            name += behind
            part = Part(
                name,
                width_cells(sanitise(name)),
                "key" if at == column else "",
                self._numeric.get(at, False),
            )
            line.add(part, width)
        drawn = line.drawn()
        start, end = records.span(_HEADER) if records.has_header and lengths else (0, 0)
        if not 0 < end - start <= RECORD_BYTES_MAX:
            return Header(drawn.row)
        places = (
            (first, min(first + length, stop))
            for (first, stop), length in zip(drawn.places, lengths, strict=False)
        )
        drawn = replace(drawn, places=tuple(places))
        return Header(drawn.row, (start, end), partial(self._shown_in, _HEADER, drawn))

    def column_at(self, cell: int) -> int | None:
        """Return which column a cell of a row is in, or in the gap behind it."""
        for column in range(self.left, self.stop):
            cell -= self._widths.get(column, 1) + GAP_CELLS
            if cell < 0:
                return column
        return None

    def place_of(self, column: int, record: int) -> tuple[int, int] | None:
        """Return which characters of a drawn record are a cell; None if it is not in view."""
        places = self.draw(record).places
        at = column - self.left
        return places[at] if 0 <= at < len(places) else None

    def shown(self, record: int) -> ShownCells:
        """Return where the bytes of a record are in its row."""
        shown = self._shown.get(record)
        if shown is None:
            is_drawn = record not in self._waiting
            shown = self._shown_in(record, self.draw(record)) if is_drawn else ShownCells(())
            self._shown[record] = shown
        return shown

    def _shown_in(self, record: int, drawn: DrawnRecord) -> ShownCells:
        return ShownCells(cells_shown(self._records, record, range(self.left, self.stop), drawn))

    def is_cut(self, column: int, record: int) -> bool:
        """Whether there is more of a cell than is drawn."""
        place = self.place_of(column, record)
        cells = () if place is None else self._records.cut(record, column, column + 1).cells
        if place is None or not cells or cells[0] is None:
            return False
        shown = self.draw(record).row.source[slice(*place)]
        spelling = spell(cells[0], len(shown) + 1)
        return not spelling.is_whole or spelling.text != shown

    @property
    def _width_max(self) -> int:
        if self.is_wide:
            return WIDE_MAX
        share = self._room_cells // max(1, min(len(self._records.columns), _SHARED_BY))
        return max(WIDTH_MAX, share - GAP_CELLS)

    def _count_looked_at(self) -> int:
        """Return how many columns may be in view: none is narrower than its name."""
        column, known, used = self.left, len(self._records.columns), 0
        while column < known and used < self._room_cells:
            used += (self._widths.get(column) or self._width_of_name(column)) + GAP_CELLS
            column += 1
        # One that is not known yet takes three cells at least: its narrowest cell and the gap.
        return column - self.left + max(0, self._room_cells - used) // (GAP_CELLS + 1) + 1

    def _widen(self, column: int, parts: Sequence[tuple[Part, ...]]) -> int:
        """Return how wide a column is, with what is in view of it."""
        at = column - self.left
        cells = [each[at] for each in parts if at < len(each)]
        width = self._widths.get(column) or self._width_of_name(column)
        width = max([width, *(cell.width for cell in cells)])
        self._widths[column] = width
        seen = [cell for cell in cells if cell is not MISSING_PART]
        if column not in self._numeric and seen:
            self._numeric[column] = seen[0].is_number
        return width

    def _width_of_name(self, column: int) -> int:
        # Room for the mark of a sorted column.
        name = sanitise(self._records.columns[column][:WIDTH_MAX])
        return min(width_cells(name), WIDTH_MAX - 2) + 2

    def _draw(self, record: int) -> DrawnRecord:
        parts = self._parts.of(record)
        if isinstance(parts, str):
            source = self._records.source(record, PROBLEM_BYTES_MAX)
            return draw_problem(source, parts, self._room_cells)
        line = Line(self._room_cells)
        for column in range(self.left, self.stop):
            at = column - self.left
            part = parts[at] if at < len(parts) else MISSING_PART
            line.add(part, self._widths.get(column, 1))
        return line.drawn()
