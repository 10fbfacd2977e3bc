"""Which rows of many are in sight, where parts of them are folded.

Kept as the runs of rows in sight, so that it costs eight bytes a fold and nothing a row:

    rows     0 1 2 3 4 5 6 7 8 9      firsts   0 6
             └─┴─┘ hidden └─┴─┘       befores  0 3   (rows in sight before each run)
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tail:
    """Runs that were cut off behind a row, to be put back behind the same row."""

    firsts: array[int]
    befores: array[int]
    count: int


class VisibleRows:
    """Runs of rows in sight, known from the first row on; each but the last ends with a fold."""

    def __init__(self) -> None:
        self.count = 0
        """How many rows are in sight."""
        self._firsts = array("I", [0])
        self._befores = array("I", [0])

    @property
    def size_bytes(self) -> int:
        """How much memory that takes."""
        return len(self._firsts) * (self._firsts.itemsize + self._befores.itemsize)

    def show(self, end: int) -> None:
        """Bring all rows into sight from the last known one up to ``end``."""
        self.count = self._befores[-1] + end - self._firsts[-1]

    def hide(self, end: int) -> None:
        """Keep out of sight what is between the last row shown and ``end``."""
        self._firsts.append(end)
        self._befores.append(self.count)

    def row_at(self, index: int) -> int:
        """Return which of all rows is the one in sight at ``index``."""
        run = max(0, bisect_right(self._befores, index, hi=len(self._befores)) - 1)
        return self._firsts[run] + index - self._befores[run]

    def index_of(self, row: int) -> int:
        """Return where a row is in sight; where the fold is, if it is hidden in one."""
        run = bisect_right(self._firsts, row) - 1
        within = min(row - self._firsts[run], self._length(run) - 1)
        return max(0, self._befores[run] + within)

    def hidden_end(self, index: int) -> int | None:
        """Return the first row behind what is folded into a row in sight; None if nothing is."""
        run = bisect_left(self._befores, index + 1)
        if run < len(self._befores) and self._befores[run] == index + 1:
            return self._firsts[run]
        return None

    def cut_behind(self, row: int, tail_from: int) -> Tail:
        """Forget all behind a row in sight; return what was known from ``tail_from`` on.

        Args:
            row: the last row that stays.
            tail_from: a row in sight further on, or the first one not known.
        """
        tail = self._tail(tail_from)
        run = bisect_right(self._firsts, row) - 1
        del self._firsts[run + 1 :], self._befores[run + 1 :]
        self.count = self._befores[run] + row + 1 - self._firsts[run]
        return tail

    def put_back(self, tail: Tail) -> None:
        """Know again what was cut off, all before it being known."""
        shift = self.count - tail.befores[0]
        self._firsts.extend(tail.firsts[1:])
        self._befores.extend(array("I", [before + shift for before in tail.befores[1:]]))
        self.count = tail.count + shift

    def _length(self, run: int) -> int:
        following = run + 1
        end = self._befores[following] if following < len(self._befores) else self.count
        return end - self._befores[run]

    def _tail(self, row: int) -> Tail:
        run = bisect_right(self._firsts, row) - 1
        before = self._befores[run] + row - self._firsts[run]
        return Tail(
            array("I", [row]) + self._firsts[run + 1 :],
            array("I", [before]) + self._befores[run + 1 :],
            self.count,
        )
