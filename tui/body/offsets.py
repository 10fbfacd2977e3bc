"""Offsets in ascending order, kept in about a byte each, however long the body is.

Of each offset the low byte is kept, and for every 256 bytes of the body how many offsets come
before them, which costs a thirtieth of the body:

    offsets    3 90 255 256 700          lows     3 90 255   0   188
                                         befores  0         3    4
                                                  └ 0-255 ┘ └256┘ └ 512- ┘

Low bytes are kept in chunks that stay where they are: one array that grows is moved again and
again, and what it leaves behind came to as much as the offsets themselves.
"""

from __future__ import annotations

import sys
from array import array
from bisect import bisect_left, bisect_right
from itertools import chain, count, pairwise, repeat
from operator import sub
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_BLOCK_BITS = 8
_BLOCK_BYTES = 1 << _BLOCK_BITS
_LOW = _BLOCK_BYTES - 1
_CHUNK_BITS = 12
_CHUNK = 1 << _CHUNK_BITS
_IN_CHUNK = _CHUNK - 1
_WORD_BYTES = 8
_LOW_BYTE = 0 if sys.byteorder == "little" else _WORD_BYTES - 1


class Offsets:
    """A list of offsets of which each is at least as large as the one before."""

    __slots__ = ("_befores", "_full", "_last")

    def __init__(self, offsets: Iterable[int] = ()) -> None:
        self._full: list[bytes] = []
        """Low bytes, by `_CHUNK`."""
        self._last = bytearray()
        """What makes no whole chunk yet."""
        self._befores = array("Q", [0])
        """Of each block up to that of the last offset."""
        self.extend(offsets)

    def __len__(self) -> int:
        return (len(self._full) << _CHUNK_BITS) + len(self._last)

    def __getitem__(self, index: int) -> int:
        if index < 0:
            index += len(self)
        return (bisect_right(self._befores, index) - 1) << _BLOCK_BITS | self._low(index)

    def __iter__(self) -> Iterator[int]:
        return map(self.__getitem__, range(len(self)))

    def span(self, index: int, end: int) -> tuple[int, int]:
        """Return an offset and the one behind it, or ``end`` behind the last one."""
        start = self[index]
        return start, end if index + 1 == len(self) else self[index + 1]

    def spans(self, indexes: Sequence[int], end: int) -> Iterator[tuple[int, int]]:
        """Return the spans of some; of those in a range in a fifth of the time."""
        if not isinstance(indexes, range):
            return map(self.span, indexes, repeat(end))
        starts = self._run(indexes.start, min(indexes.stop + 1, len(self)))
        return pairwise(starts if indexes.stop < len(self) else [*starts, end])

    def _run(self, first: int, stop: int) -> list[int]:
        lows = self._lows(first, stop)
        found: list[int] = []
        block = 0
        while (at := first + len(found)) < stop:
            block = bisect_right(self._befores, at, lo=block) - 1
            is_last = block + 1 == len(self._befores)
            until = stop if is_last else min(stop, self._befores[block + 1])
            start = block << _BLOCK_BITS
            found += [start | low for low in lows[at - first : until - first]]
        return found

    def _lows(self, first: int, stop: int) -> bytes:
        chunk = first >> _CHUNK_BITS
        chunks = [*self._full[chunk : (stop >> _CHUNK_BITS) + 1], self._last]
        return b"".join(chunks)[first & _IN_CHUNK :]

    @property
    def size_bytes(self) -> int:
        """How much memory that takes."""
        return len(self) + len(self._befores) * self._befores.itemsize

    def append(self, offset: int) -> None:
        """Add one that is no less than the last."""
        missing = (offset >> _BLOCK_BITS) - len(self._befores) + 1
        if missing > 0:
            self._befores.extend([len(self)] * missing)
        self._last.append(offset & _LOW)
        if len(self._last) == _CHUNK:
            self._end_chunk()

    def extend(self, offsets: Iterable[int]) -> None:
        """Add many, in order; in a tenth of the time that adding one by one takes."""
        added = array("Q", offsets)
        if not added:
            return
        edges = range(len(self._befores) << _BLOCK_BITS, added[-1] + 1, _BLOCK_BYTES)
        if len(edges) > len(added):
            self._add_far_apart(added)
        else:
            before = len(self)
            self._befores.extend([before + bisect_left(added, edge) for edge in edges])
        lows = added.tobytes()[_LOW_BYTE::_WORD_BYTES]
        at = 0
        while at < len(lows):
            until = at + _CHUNK - len(self._last)
            self._last += lows[at:until]
            at = until
            if len(self._last) == _CHUNK:
                self._end_chunk()

    def _add_far_apart(self, added: array[int]) -> None:
        """Add to what comes before blocks, of which most hold none of the offsets."""
        blocks = [offset >> _BLOCK_BITS for offset in added]
        missing = map(sub, blocks, (len(self._befores) - 1, *blocks))
        self._befores.extend(chain.from_iterable(map(repeat, count(len(self)), missing)))

    def pop(self) -> int:
        """Take the last one off."""
        last = self[-1]
        self.cut(len(self) - 1)
        return last

    def cut(self, count: int) -> None:
        """Keep the first ``count`` only."""
        if count >= len(self):
            return
        chunk = count >> _CHUNK_BITS
        kept = self._full[chunk] if chunk < len(self._full) else self._last
        self._last = bytearray(kept[: count & _IN_CHUNK])
        del self._full[chunk:]
        del self._befores[max(1, bisect_right(self._befores, count - 1)) :]

    def count_below(self, offset: int) -> int:
        """Return how many are less than an offset."""
        block = offset >> _BLOCK_BITS
        if block < 0:
            return 0
        if block >= len(self._befores):
            return len(self)
        is_last = block + 1 == len(self._befores)
        rows = range(len(self) if is_last else self._befores[block + 1])
        return bisect_left(rows, offset & _LOW, lo=self._befores[block], key=self._low)

    def _low(self, index: int) -> int:
        chunk = index >> _CHUNK_BITS
        low_bytes = self._full[chunk] if chunk < len(self._full) else self._last
        return low_bytes[index & _IN_CHUNK]

    def _end_chunk(self) -> None:
        self._full.append(bytes(self._last))
        self._last = bytearray()
