"""In which order one goes through what was found, where rows are in another one than the bytes.

The rows of a table that was sorted come in the order of a column, and the cells of a record in
that of the columns, whatever the order of its keys. Hits are found, and kept, by their bytes. All
hits of one row come after one another in the bytes, too, and are ranked together:

    hits     0 1 2 | 3 | 4 5      in the rows 7, 2 and 4
    ranks    3 4 5 | 0 | 1 2
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING, Protocol, runtime_checkable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tui.body.rows import Document
    from tui.body.search.hits import Hits

_FOUND_AT_ONCE = 512
"""Runs of hits of which the row is found at a time; about two milliseconds."""
_PLACED_AT_ONCE = 8_192
_BUCKET_BITS = 12
"""So many rows are sorted at a time; each is met once at most."""
_RUN_BITS = 32


@runtime_checkable
class Arranged(Protocol):
    """A document of which the rows, and what is in them, may be in an order of their own."""

    @property
    def arrangement(self) -> object | None:
        """What tells this order of rows from any other; None while it is that of the bytes."""
        ...

    def row_up_to(self, offset: int) -> tuple[int, int]:
        """Return the row that holds a byte, and the first byte behind that row."""
        ...

    def column_ends(self, index: int) -> Sequence[tuple[int, int]]:
        """Return where the cells of a row end in the bytes, and in which columns they are.

        In the order of the bytes; nothing where that is always the order of the columns.
        """
        ...


class HitRanks:
    """The ranks of all hits in the order of the rows, from 0.

    Args:
        hits: all of them, complete, unless the order is that of the bytes.
        document: where the rows are.
    """

    def __init__(self, hits: Hits, document: Document) -> None:
        self.is_complete = False
        """Whether all ranks are known."""
        self._hits = hits
        self._count = hits.count
        self._document = document
        self._arranged = document if isinstance(document, Arranged) else None
        """The same document, if its rows may be in another order than the bytes."""
        self._arrangement = self._arrangement_now
        self._firsts = array("I")
        """The first hit of each run, in the order of the bytes."""
        self._places = array("I")
        """The place of each run in the order of the rows."""
        self._runs = array("I")
        """The run in each place,"""
        self._rows = array("I")
        """its row, and"""
        self._befores = array("I")
        """how many hits there are before it."""
        self._steps: Iterator[None] | None = None
        if self._arranged is not None and self._arrangement is not None:
            self._steps = self._run(self._arranged)
        else:
            self.is_complete = True

    @property
    def is_current(self) -> bool:
        """Whether hits are still the same, and rows in the order that they had."""
        if self._arrangement is not self._arrangement_now:
            return False
        return self._arrangement is None or self._count == self._hits.count

    @property
    def _arrangement_now(self) -> object | None:
        return None if self._arranged is None else self._arranged.arrangement

    def advance(self) -> None:
        """Do one step, of a few milliseconds at most."""
        if self._steps is not None:
            next(self._steps, None)

    def rank(self, hit: int) -> int:
        """Return how many hits are in the rows before that of a hit, or before it in its row."""
        if self._steps is None:
            return hit
        run = bisect_right(self._firsts, hit) - 1
        return self._befores[self._places[run]] + hit - self._firsts[run]

    def hit(self, rank: int) -> int:
        """Return the hit of that rank."""
        if self._steps is None:
            return rank
        place = bisect_right(self._befores, rank) - 1
        return self._firsts[self._runs[place]] + rank - self._befores[place]

    def first_from(self, row: int) -> int:
        """Return the rank of the first hit in a row or behind it; their number if there is none."""
        if self._steps is None:
            is_known = row < self._document.row_count
            start = self._document.span(row)[0] if is_known else self._document.reached
            found = self._hits.index_from(start)
            return self._hits.count if found is None else found
        place = bisect_left(self._rows, row)
        return self._befores[place] if place < len(self._befores) else self._count

    def _run(self, document: Arranged) -> Iterator[None]:
        buckets: dict[int, array[int]] = {}
        yield from self._find_runs(document, buckets)
        for bucket in sorted(buckets):
            keys = sorted(buckets.pop(bucket))
            self._rows.extend([key >> _RUN_BITS for key in keys])
            self._runs.extend([key & ((1 << _RUN_BITS) - 1) for key in keys])
            yield
        yield from self._place_runs()
        self.is_complete = True

    def _find_runs(self, document: Arranged, buckets: dict[int, array[int]]) -> Iterator[None]:
        """Find the hits that are in one row, and put that into its bucket."""
        starts, before = self._hits.starts, -1
        hit = steps = 0
        while hit < self._count:
            start = starts[hit]
            row, end = document.row_up_to(start)
            if row != before:  # else they are behind the last record, whose row is the nearest one
                bucket = buckets.setdefault(row >> _BUCKET_BITS, array("Q"))
                bucket.append(row << _RUN_BITS | len(self._firsts))
                self._firsts.append(hit)
            hit = bisect_left(starts, end, hit) if start < end else self._count
            before, steps = row, steps + 1
            if steps % _FOUND_AT_ONCE == 0:
                yield

    def _place_runs(self) -> Iterator[None]:
        """Count the hits before each run."""
        firsts, before = self._firsts, 0
        last = len(firsts) - 1
        self._places.frombytes(bytes(len(firsts) * firsts.itemsize))
        for place, run in enumerate(self._runs):
            self._places[run] = place
            self._befores.append(before)
            before += (firsts[run + 1] if run < last else self._count) - firsts[run]
            if place % _PLACED_AT_ONCE == 0:
                yield


def arrangement_of(document: Document) -> object | None:
    """Return what tells the order of rows from that of the bytes."""
    return document.arrangement if isinstance(document, Arranged) else None
