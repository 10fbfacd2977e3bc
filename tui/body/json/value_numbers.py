"""Which of several values after one another a row of pretty JSON begins, as JSON Lines has them.

A line that is no JSON counts as one, as it does in a table.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from tui.body.json.flags import BROKEN

if TYPE_CHECKING:
    from tui.body.json.layout import JsonLayout

_BEGINS_VALUE = (0, BROKEN)
"""The flags of such a row: no bracket is open, it closes none, and goes on with no line."""


class ValueNumbers:
    """Numbers values from 1, by the flags of rows alone."""

    def __init__(self, layout: JsonLayout) -> None:
        self._layout = layout
        self._row = self._before = 0
        """A row that was asked for, and how many values begin before it."""

    @property
    def count(self) -> int:
        """How many values have begun."""
        return self._count_before(len(self._layout.flags))

    def number(self, row: int) -> str:
        """Return the number of the value that a row begins, nothing of any other row."""
        if self._layout.flags[row] not in _BEGINS_VALUE:
            return ""
        return str(1 + self._count_before(row))

    def row_of(self, number: int) -> int:
        """Return the row where the value of a number begins, the nearest one there is."""
        flags = self._layout.flags
        wanted = max(1, min(number, flags.count_values(0, len(flags))))
        rows = range(len(flags))
        return bisect_left(rows, wanted, key=lambda row: flags.count_values(0, row + 1))

    def _count_before(self, row: int) -> int:
        """Count on from the row that was asked for last: the next one is mostly near."""
        flags = self._layout.flags
        if row >= self._row:
            self._before += flags.count_values(self._row, row)
        else:
            self._before -= flags.count_values(row, self._row)
        self._row = row
        return self._before
