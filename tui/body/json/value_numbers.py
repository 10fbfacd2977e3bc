"""Which of several values after one another a row of pretty JSON begins, as JSON Lines has them.

A line that is no JSON counts as one, as it does in a table.
"""

from __future__ import annotations

from bisect import bisect_left
from itertools import accumulate
from typing import TYPE_CHECKING

from tui.body.json.flags import BROKEN

if TYPE_CHECKING:
    from tui.body.json.layout import JsonLayout

_BEGINS_VALUE = (0, BROKEN)
"""The flags of such a row: no bracket is open, it closes none, and goes on with no line."""

_COUNTED_AT_ONCE = 1 << 12
"""Rows of which the values are counted once, to find the one that begins a value."""


class ValueNumbers:
    """Numbers values from 1, by the flags of rows alone."""

    def __init__(self, layout: JsonLayout) -> None:
        self._layout = layout
        self._known = [(0, 0), (0, 0)]
        """Rows that were asked for, and how many values begin before each.

        Two, since one asks by turns for what is in view and for the end of what grows.
        """

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
        firsts = range(0, len(flags), _COUNTED_AT_ONCE)
        until = list(
            accumulate(
                flags.count_values(first, min(first + _COUNTED_AT_ONCE, len(flags)))
                for first in firsts
            )
        )
        wanted = max(1, min(number, until[-1] if until else 0))
        at = bisect_left(until, wanted)
        if at == len(until):
            return len(flags)
        rows, before = range(firsts[at], len(flags)), until[at - 1] if at else 0
        return rows.start + bisect_left(
            rows,
            wanted - before,
            hi=min(_COUNTED_AT_ONCE, len(rows)),
            key=lambda row: flags.count_values(rows.start, row + 1),
        )

    def _count_before(self, row: int) -> int:
        """Count on from the nearest row that was asked for."""
        flags = self._layout.flags
        nearest = min(range(len(self._known)), key=lambda at: abs(row - self._known[at][0]))
        known, before = self._known[nearest]
        if row >= known:
            before += flags.count_values(known, row)
        else:
            before -= flags.count_values(row, known)
        self._known[nearest] = row, before
        return before
