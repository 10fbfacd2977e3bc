"""Which of several values after one another a row of pretty JSON begins, as JSON Lines has them.

A line that is no JSON counts as one, as it does in a table.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from typing import TYPE_CHECKING

from tui.body.json.flags import BROKEN

if TYPE_CHECKING:
    from tui.body.json.layout import JsonLayout

_BEGINS_VALUE = (0, BROKEN)
"""The flags of such a row: no bracket is open, it closes none, and goes on with no line."""

_CHUNK_ROWS = 1 << 12
"""Rows whose values are counted once: whoever draws asks for the last row, again and again."""


class ValueNumbers:
    """Numbers values from 1, by the flags of rows alone."""

    def __init__(self, layout: JsonLayout) -> None:
        self._layout = layout
        self._befores = array("Q", [0])
        """How many values begin before each chunk of rows, of those that were asked for."""

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
        wanted = max(1, min(number, self.count))
        first = (bisect_left(self._befores, wanted) - 1) * _CHUNK_ROWS
        rows = range(first, min(first + _CHUNK_ROWS, len(flags)))
        return first + bisect_left(rows, wanted, key=lambda row: self._count_before(row + 1))

    def _count_before(self, row: int) -> int:
        """Return how many values begin before a row, counting those of its chunk only."""
        flags, befores = self._layout.flags, self._befores
        chunk, within = divmod(row, _CHUNK_ROWS)
        while len(befores) <= chunk:
            first = (len(befores) - 1) * _CHUNK_ROWS
            befores.append(befores[-1] + flags.count_values(first, first + _CHUNK_ROWS))
        return befores[chunk] + flags.count_values(row - within, row)
