"""The places where something was found, in the order in which they were."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

HITS_MAX = 100_000
"""So many are counted at once; more when somebody goes on behind them."""
KEPT_MAX = 1_000_000
"""More are never counted: they would take more memory than the body."""


class Hits:
    """Byte offsets of places that do not overlap, in order, as they become known.

    They are below 4 GiB, as no body is as large.
    """

    def __init__(self) -> None:
        self.starts = array("I")
        self.ends = array("I")
        self.is_complete = False
        self.limit = HITS_MAX
        """More are not looked for, see `look_on`."""
        self.is_capped = False
        """Whether there may be more than were looked for."""

    @property
    def count(self) -> int:
        """How many there are so far."""
        return len(self.starts)

    def add(self, start: int, end: int) -> None:
        """Add a place behind all others."""
        self.starts.append(start)
        self.ends.append(end)
        self.is_capped = len(self.starts) >= self.limit

    def look_on(self) -> bool:
        """Look for more than so far; false if there are no more, or too many."""
        if not self.is_capped or self.limit >= KEPT_MAX:
            return False
        self.limit += HITS_MAX
        self.is_capped = self.is_complete = False
        return True

    def index_from(self, offset: int) -> int | None:
        """Return which hit is the first to begin at ``offset`` or behind it."""
        index = bisect_left(self.starts, offset)
        return index if index < self.count else None

    def hits_in(self, start: int, end: int) -> Iterator[tuple[int, int, int]]:
        """Yield (index, start, end) of the hits that have a byte in a range."""
        first = bisect_right(self.ends, start)
        last = bisect_left(self.starts, end)
        for index in range(first, last):
            yield index, self.starts[index], self.ends[index]
