"""What is kept of each row of pretty JSON beside where it begins: depth, and what kind of row.

Flags are kept by chunks of rows, of which most need a byte a row: only a chunk with rows deeper
than `_SHALLOW` needs two, and is kept compressed. Looking through millions of rows is done in C, a
chunk at a time, and chunks that are too deep for what is looked for are passed over.
"""

from __future__ import annotations

import sys
from array import array
from functools import lru_cache
from typing import TYPE_CHECKING, Union
from zlib import compress, decompress

if TYPE_CHECKING:
    from collections.abc import Iterator

DEPTH_BITS = 0x1FFF
"""The part of a row's flags that says how many brackets are open; deeper is shown as this."""
IN_STRING = 0x8000
"""The flag of a row that begins within a string."""
CLOSER = 0x4000
"""The flag of a row that is a closing bracket."""
CONTINUED = 0x2000
"""The flag of a row that goes on with the line of the row before."""
BROKEN = IN_STRING
"""The flags of a row that begins a line of text among values; those that go on are `CONTINUED`."""

_CHUNK_BITS = 12
_CHUNK = 1 << _CHUNK_BITS
_IN_CHUNK = _CHUNK - 1
_KIND_BITS = IN_STRING | CLOSER | CONTINUED
_KIND_SHIFT = 8
_SHALLOW = 0x1F
"""What a byte can say of the depth, beside the kind of row."""
_SHALLOW_DEPTHS = bytes(range(_SHALLOW + 1))
_KINDS = bytes(kind << 5 for kind in range(8))
_FEW = 64
"""Counting so many one by one takes no longer than comparing each row of a chunk."""
CLOSER_IN_A_BYTE = CLOSER >> _KIND_SHIFT
_LOW, _HIGH = (0, 1) if sys.byteorder == "little" else (1, 0)
_DEPTHS_OF_A_CHUNK = int.from_bytes(array("H", (DEPTH_BITS,)).tobytes() * _CHUNK, "big")
"""As a number of many bytes: what is common to it and to flags are their depths."""

_OPENED_MAX = 16
"""So many compressed chunks are kept as they are looked at, too, in 8 kB each."""

_Chunk = Union[bytes, "array[int]"]
"""Flags of some rows, in a byte each or in two."""


class _Squeezed:
    """Flags of a whole chunk, of two bytes each, in about a sixth of a byte.

    Depth changes by one from row to row: the low bytes of all rows after one another, and the high
    ones, are what repeats. Where brackets come by chance it is still 0.7 bytes a row.
    """

    __slots__ = ("_squeezed",)

    def __init__(self, flags: array[int]) -> None:
        both = flags.tobytes()
        self._squeezed = compress(both[_LOW::2] + both[_HIGH::2], level=1)

    @property
    def size_bytes(self) -> int:
        """How much memory they take."""
        return len(self._squeezed)

    @property
    def flags(self) -> array[int]:
        """What they were; not to be changed."""
        return _opened(self._squeezed)


@lru_cache(maxsize=_OPENED_MAX)
def _opened(squeezed: bytes) -> array[int]:
    """Return the flags of a chunk; opening one takes 20 µs, and looking through it 80."""
    halves = decompress(squeezed)
    both = bytearray(2 * _CHUNK)
    both[_LOW::2], both[_HIGH::2] = halves[:_CHUNK], halves[_CHUNK:]
    return array("H", bytes(both))


class RowFlags:
    """A list of flags; what rows have is looked for here."""

    __slots__ = ("_full", "_last", "_least", "_least_counts", "_values_before")

    def __init__(self) -> None:
        self._full: list[bytes | _Squeezed] = []
        """By `_CHUNK`."""
        self._least = array("H")
        """No row of such a chunk is less deep than this."""
        self._least_counts = array("H")
        """How many rows of it have just that for flags."""
        self._values_before = array("Q", [0])
        """How many values begin before each chunk, and in all of them; see `count_values`."""
        self._last = array("H")
        """What makes no whole chunk yet."""

    def __len__(self) -> int:
        return (len(self._full) << _CHUNK_BITS) + len(self._last)

    def __getitem__(self, row: int) -> int:
        chunk = self._chunk(row >> _CHUNK_BITS)
        flag = chunk[row & _IN_CHUNK]
        if isinstance(chunk, bytes):
            return flag & _SHALLOW | (flag & ~_SHALLOW) << _KIND_SHIFT
        return flag

    @property
    def size_bytes(self) -> int:
        """How much memory they take."""
        full = sum(_CHUNK if isinstance(each, bytes) else each.size_bytes for each in self._full)
        others = self._last, self._least, self._least_counts, self._values_before
        return full + sum(len(each) * each.itemsize for each in others)

    def extend(self, flags: array[int]) -> None:
        """Add those of further rows."""
        at = 0
        while at < len(flags):
            until = at + _CHUNK - len(self._last)
            self._last.extend(flags[at:until])
            at = until
            if len(self._last) == _CHUNK:
                self._add_chunk(_packed(self._last))
                self._last = array("H")

    def _add_chunk(self, chunk: _Chunk) -> None:
        least = _least_depth(chunk)
        self._full.append(chunk if isinstance(chunk, bytes) else _Squeezed(chunk))
        self._least.append(least)
        self._least_counts.append(_count(chunk, least, 0, _CHUNK))
        values = 0 if least else self._least_counts[-1] + _count(chunk, BROKEN, 0, _CHUNK)
        self._values_before.append(self._values_before[-1] + values)

    def find(self, flag: int, start: int) -> int | None:
        """Return the first row from ``start`` on that has just these flags."""
        for number, begin, end in self._parts(start, len(self), flag & DEPTH_BITS):
            at = _find(self._chunk(number), flag, begin, end)
            if at >= 0:
                return (number << _CHUNK_BITS) + at
        return None

    def count_values(self, start: int, end: int) -> int:
        """Return how many rows of a range begin a value that is in no brackets, or no JSON."""
        first, last = -(-start >> _CHUNK_BITS), min(end, len(self)) >> _CHUNK_BITS
        if first >= last:
            return self._count_values_in(start, end)
        whole = self._values_before[last] - self._values_before[first]
        before = self._count_values_in(start, first << _CHUNK_BITS)
        return before + whole + self._count_values_in(last << _CHUNK_BITS, end)

    def _count_values_in(self, start: int, end: int) -> int:
        return self.count(0, start, end) + self.count(BROKEN, start, end)

    def count(self, flag: int, start: int, end: int) -> int:
        """Return how many rows of a range have just these flags."""
        found = 0
        for number, begin, stop in self._parts(start, end, flag & DEPTH_BITS):
            if stop - begin == _CHUNK and self._least[number] == flag:
                found += self._least_counts[number]
            else:
                found += _count(self._chunk(number), flag, begin, stop)
        return found

    def first_other(self, row: int, end: int) -> int:
        """Return the first row behind ``row`` and before ``end`` with other flags, or ``end``."""
        flag = self[row]
        for number, begin, stop in self._parts(row, end):
            at = begin + _count_first(self._chunk(number)[begin:stop], flag)
            if at < stop:
                return (number << _CHUNK_BITS) + at
        return end

    def last_below(self, row: int, depth: int, least: int = 0) -> int:
        """Return the last row before ``row`` that begins a value less deep.

        Args:
            row: behind those that are looked at.
            depth: how many brackets are around what is not looked for.
            least: the first row that is looked at, and what there is if none is found.
        """
        for number in range((row - 1) >> _CHUNK_BITS, (least >> _CHUNK_BITS) - 1, -1):
            if not self._may_have(number, depth - 1):
                continue
            first = number << _CHUNK_BITS
            begin = max(0, least - first)
            at = _last_less(self._chunk(number)[begin : row - first], depth)
            if at >= 0:
                return first + begin + at
        return least

    def first_within(self, depth: int, start: int) -> int | None:
        """Return the first row from ``start`` on that is no deeper, whatever its kind."""
        for number, begin, end in self._parts(start, len(self), depth):
            at = _first_no_deeper(self._chunk(number)[begin:end], depth)
            if at >= 0:
                return (number << _CHUNK_BITS) + begin + at
        return None

    def first_indented(self, start: int) -> int | None:
        """Return the first row from ``start`` on that has any depth, whatever its kind."""
        for number, begin, end in self._parts(start, len(self)):
            at = _first_indented(self._chunk(number)[begin:end])
            if at >= 0:
                return (number << _CHUNK_BITS) + begin + at
        return None

    def shallow(self, start: int, end: int) -> bytes | None:
        """Return the flags of a range in a byte each; None if some are too deep for it."""
        found: list[bytes] = []
        for number, begin, stop in self._parts(start, end):
            part = self._chunk(number)[begin:stop]
            packed = part if isinstance(part, bytes) else _packed(part)
            if not isinstance(packed, bytes):
                return None
            found.append(packed)
        return b"".join(found)

    def _chunk(self, number: int) -> _Chunk:
        if number >= len(self._full):
            return self._last
        chunk = self._full[number]
        return chunk if isinstance(chunk, bytes) else chunk.flags

    def _may_have(self, number: int, depth: int) -> bool:
        """Whether rows of a chunk may be no deeper than that."""
        return number >= len(self._least) or self._least[number] <= depth

    def _parts(
        self, start: int, end: int, depth: int = DEPTH_BITS
    ) -> Iterator[tuple[int, int, int]]:
        """Yield the number of each chunk that has rows of a range, and which of its rows.

        Args:
            start: the first row of the range.
            end: the one behind it.
            depth: chunks of which all rows are deeper are left out.
        """
        while start < end:
            number = start >> _CHUNK_BITS
            first = number << _CHUNK_BITS
            stop = min(end - first, _CHUNK)
            if self._may_have(number, depth):
                yield number, start - first, stop
            start = first + stop


def in_a_byte(flag: int) -> int | None:
    """Return the flags of a row as they are in a byte; None if they are too deep for it."""
    return None if flag & DEPTH_BITS > _SHALLOW else flag >> _KIND_SHIFT | flag & _SHALLOW


@lru_cache(maxsize=_SHALLOW + 1)
def _no_deeper(depth: int) -> bytes:
    """Return a table that makes 1 of the flags of rows that are no deeper, else 0."""
    return bytes(flag & _SHALLOW <= depth for flag in range(256))


def _first_no_deeper(part: _Chunk, depth: int) -> int:
    """Return the first row that is no deeper than that, -1 if none is."""
    if isinstance(part, bytes):
        return part.translate(_no_deeper(min(depth, _SHALLOW))).find(1)
    may_be = part.tobytes()[_HIGH::2].translate(_no_deeper(depth >> 8))
    at = may_be.find(1)
    while at >= 0 and part[at] & DEPTH_BITS > depth:
        at = may_be.find(1, at + 1)
    return at


def _first_indented(part: _Chunk) -> int:
    """Return the first row that has any depth, -1 if none has."""
    if isinstance(part, bytes):
        return part.translate(_no_deeper(0)).find(0)
    return next((at for at, flag in enumerate(part) if flag & DEPTH_BITS), -1)


def _least_depth(chunk: _Chunk) -> int:
    """Return what no row of a whole chunk is less deep than."""
    if isinstance(chunk, bytes):
        least = at = depth_in(chunk[0])
        while least and at >= 0:
            at = _first_no_deeper(chunk, least - 1)
            least = depth_in(chunk[at]) if at >= 0 else least
        return least
    depths = int.from_bytes(chunk.tobytes(), "big") & _DEPTHS_OF_A_CHUNK
    return min(array("H", depths.to_bytes(2 * _CHUNK, "big")))


def depth_in(byte: int) -> int:
    """Return the depth of a row, by its flags in a byte."""
    return byte & _SHALLOW


@lru_cache(maxsize=_SHALLOW + 2)
def _less_deep(depth: int) -> bytes:
    """Return a table that makes 1 of the flags of rows that begin a value less deep, else 0."""
    return bytes(flag < depth for flag in range(256))


def _packed(flags: array[int]) -> _Chunk:
    """Return flags in a byte each, if that is enough."""
    both = flags.tobytes()
    depths, kinds = both[_LOW::2], both[_HIGH::2]
    if depths.translate(None, _SHALLOW_DEPTHS) or kinds.translate(None, _KINDS):
        return flags
    packed = int.from_bytes(depths, "big") | int.from_bytes(kinds, "big")
    return packed.to_bytes(len(flags), "big")


def _find(chunk: _Chunk, flag: int, begin: int, end: int) -> int:
    if isinstance(chunk, bytes):
        packed = in_a_byte(flag)
        return -1 if packed is None else chunk.find(packed, begin, end)
    try:
        return chunk.index(flag, begin, end)
    except ValueError:
        return -1


def _count(chunk: _Chunk, flag: int, begin: int, end: int) -> int:
    if isinstance(chunk, bytes):
        packed = in_a_byte(flag)
        return 0 if packed is None else chunk.count(packed, begin, end)
    part = chunk[begin:end]
    both, pair = part.tobytes(), array("H", (flag,)).tobytes()
    # Most chunks have next to none; bytes of two rows may look like it, too.
    return part.count(flag) if both.count(pair) > _FEW else _count_pairs(both, pair)


def _count_pairs(both: bytes, pair: bytes) -> int:
    """Return how often two bytes are those of a row."""
    count, at = 0, both.find(pair)
    while at >= 0:
        count += not at & 1
        at = both.find(pair, at + 1)
    return count


@lru_cache(maxsize=256)
def _all_of(byte: int) -> bytes:
    """Return a chunk of which all rows have the same flags."""
    return bytes((byte,)) * _CHUNK


def _count_first(part: _Chunk, flag: int) -> int:
    """Return how many rows have these flags before the first that has not."""
    if isinstance(part, bytes):
        packed = in_a_byte(flag)
        if packed is None:
            return 0
        is_all = part == _all_of(packed)
        return len(part) if is_all else len(part) - len(part.lstrip(bytes((packed,))))
    if part == array("H", (flag,)) * len(part):
        return len(part)
    return next(at for at, other in enumerate(part) if other != flag)


def _last_less(part: _Chunk, depth: int) -> int:
    """Return the last row that begins a value less deep, -1 if none does."""
    if isinstance(part, bytes):
        return part.translate(_less_deep(min(depth, _SHALLOW + 1))).rfind(1)
    may_be = part.tobytes()[_HIGH::2].translate(_less_deep((depth >> 8) + 1))
    at = may_be.rfind(1)
    while at >= 0 and part[at] >= depth:
        at = may_be.rfind(1, 0, at)
    return at
