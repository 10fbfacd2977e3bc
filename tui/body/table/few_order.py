"""Which record is where, of records with few keys: found out when asked, from a byte a record.

Two numbers a record that say so would be four times a table of the shortest records. Instead it is
kept how many records of each key come before each block of them; the rest is counted then:

    codes    0 1 0 2 | 1 0 0 0     befores   0 0 0 | 2 1 1     (of keys 0, 1 and 2)
    order    0 2 5 6 7 | 1 4 | 3
"""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from array import array
    from collections.abc import Sequence

BLOCK = 1 << 12
"""Records; counting through them takes some 4 µs."""


class FewOrder:
    """The records in the order of their keys, those of one key as they came.

    Args:
        blocks: the codes of all keys, so many to a block, less in the last one.
        befores: of each block how many of each code come before it; codes not met yet are left out.
        counts: how many there are of each code.
        codes: in the order of their keys.
    """

    def __init__(
        self,
        blocks: Sequence[bytes],
        befores: Sequence[array[int]],
        counts: Sequence[int],
        codes: Sequence[int],
    ) -> None:
        self._blocks = blocks
        self._befores = befores
        self._codes = codes
        self._ends = list(accumulate(counts[code] for code in codes))
        self._firsts = [0] * len(codes)
        """The row of the first record of each code."""
        for code, end in zip(codes, self._ends, strict=True):
            self._firsts[code] = end - counts[code]

    def __len__(self) -> int:
        return self._ends[-1] if self._ends else 0

    def __getitem__(self, row: int) -> int:
        if not 0 <= row < len(self):
            raise IndexError(row)
        code = self._codes[bisect_right(self._ends, row)]
        rank = row - self._firsts[code]
        at = bisect_right(range(len(self._blocks)), rank, key=lambda at: self._before(at, code)) - 1
        return at * BLOCK + _place(self._blocks[at], code, rank - self._before(at, code))

    @property
    def size_bytes(self) -> int:
        """How much memory that takes."""
        befores = sum(len(each) * each.itemsize for each in self._befores)
        return sum(map(len, self._blocks)) + befores

    def row_of(self, record: int) -> int:
        """Return in which row a record is."""
        at, within = divmod(record, BLOCK)
        block = self._blocks[at]
        code = block[within]
        return self._firsts[code] + self._before(at, code) + block.count(code, 0, within)

    def _before(self, at: int, code: int) -> int:
        befores = self._befores[at]
        return befores[code] if code < len(befores) else 0


class FewRows:
    """The row of each record in such an order; takes no memory of its own."""

    def __init__(self, order: FewOrder) -> None:
        self._order = order

    def __len__(self) -> int:
        return len(self._order)

    def __getitem__(self, record: int) -> int:
        return self._order.row_of(record)


def _place(block: bytes, code: int, rank: int) -> int:
    """Return where a code is that so many of the same come before; there are more of it."""
    first, end = 0, len(block)
    while end - first > 1:
        middle = (first + end) // 2
        count = block.count(code, first, middle)
        if rank < count:
            end = middle
        else:
            first, rank = middle, rank - count
    return first
