"""Where a selection in a table begins and ends: in cells, which may be drawn elsewhere by now.

    (row, character) ── columns become wider, or come into view ──▶ (row, another character)

Columns are as wide as what was seen of them, so they widen as one selects further down.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rich.cells import cell_len

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from tui.body.table.tabular import Tabular

Place = tuple[int, int]
"""A row, and a character of it."""


class _InCell(NamedTuple):
    """A character of a cell."""

    column: int
    behind: int
    """How far behind the first one; negative in the room before it."""


class HeldPlaces:
    """Places in the cells of a table, as long as these are in view.

    Args:
        text_of: returns what is drawn of a row.
    """

    def __init__(self, text_of: Callable[[int], str]) -> None:
        self._text_of = text_of
        self._cells: Mapping[Place, _InCell | None] = {}

    def hold(self, table: Tabular, places: Iterable[Place]) -> None:
        """Know in which cells places are, of which some were known before, and no others."""
        known = self._cells
        self._cells = {each: known.get(each) or self._cell_at(table, each) for each in places}

    def moved(self, table: Tabular, places: Iterable[Place]) -> dict[Place, Place]:
        """Return where the same places are now; nothing if a cell is no longer in view."""
        now: dict[Place, Place] = {}
        for each in places:
            if (moved := self._moved(table, each)) is None:
                return {}
            now[each] = moved
        return now

    def _cell_at(self, table: Tabular, place: Place) -> _InCell | None:
        """Return the cell of a place; None in a row that has no cells, or is not drawn yet."""
        row, character = place
        column = table.column_at(cell_len(self._text_of(row)[: max(0, character)]))
        cell = None if column is None else table.place(row, column)
        return None if column is None or cell is None else _InCell(column, character - cell[0])

    def _moved(self, table: Tabular, place: Place) -> Place | None:
        if place not in self._cells:
            return None
        row, character = place
        if (held := self._cells[place]) is None:
            return place
        if (cell := table.place(row, held.column)) is None:
            return None
        character = cell[0] + held.behind
        return row, max(0, min(character, len(self._text_of(row))))
