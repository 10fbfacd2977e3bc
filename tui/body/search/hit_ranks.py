"""In which order one goes through what was found, where rows are in another one than the bytes.

The rows of a table that was sorted come in the order of a column, and the cells of a record in
that of the columns, whatever the order of its keys. Hits are found, and kept, by their bytes.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from typing import TYPE_CHECKING, Protocol, runtime_checkable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.body.rows import Document
    from tui.body.search.hits import Hits

_HIT_BITS = 20
"""There are fewer hits than 2 to the power of this."""


@runtime_checkable
class Arranged(Protocol):
    """A document of which the rows, and what is in them, may be in an order of their own."""

    @property
    def arrangement(self) -> object | None:
        """What tells this order of rows from any other; None while it is that of the bytes."""
        ...

    def columns_at(self, index: int, places: Sequence[tuple[int, int]]) -> list[int]:
        """Return in which column of a row each range of bytes is."""
        ...


class HitRanks:
    """The ranks of all hits in the order of the rows, from 0.

    Args:
        hits: all of them, complete, unless the order is that of the bytes.
        document: where the rows are.
    """

    def __init__(self, hits: Hits, document: Document) -> None:
        self._hits = hits
        self._document = document
        self._arrangement = arrangement_of(document)
        self._keys: list[int] = []
        """The row of each hit, with the number of the hit in the lower bits."""
        self._hit_at = array("I")
        self._rank_of = array("I")

    @property
    def is_current(self) -> bool:
        """Whether rows are still in the order that they had."""
        return self._arrangement is arrangement_of(self._document)

    @property
    def is_complete(self) -> bool:
        """Whether all ranks are known."""
        return self._arrangement is None or len(self._rank_of) == self._hits.count

    def advance(self, count: int) -> None:
        """Look at so many hits more; some 2 µs each, and 20 ms for the last of 100,000."""
        starts, row_at = self._hits.starts, self._document.row_at
        first = len(self._keys)
        stop = min(first + count, len(starts))
        self._keys += [row_at(starts[hit]) << _HIT_BITS | hit for hit in range(first, stop)]
        if stop == len(starts):
            self._rank()

    def rank(self, hit: int) -> int:
        """Return how many hits are in the rows before that of a hit, or before it in its row."""
        return self._rank_of[hit] if self._rank_of else hit

    def hit(self, rank: int) -> int:
        """Return the hit of that rank."""
        return self._hit_at[rank] if self._hit_at else rank

    def first_from(self, row: int) -> int:
        """Return the rank of the first hit in a row or behind it; their number if there is none."""
        if self._arrangement is None:
            found = self._hits.index_from(self._document.span(row)[0])
            return self._hits.count if found is None else found
        return bisect_left(self._keys, row << _HIT_BITS)

    def _rank(self) -> None:
        self._keys.sort()
        hits = (1 << _HIT_BITS) - 1
        self._hit_at = array("I", [key & hits for key in self._keys])
        self._rank_of = array("I", bytes(len(self._hit_at) * self._hit_at.itemsize))
        for rank, hit in enumerate(self._hit_at):
            self._rank_of[hit] = rank


def arrangement_of(document: Document) -> object | None:
    """Return what tells the order of rows from that of the bytes."""
    return document.arrangement if isinstance(document, Arranged) else None
