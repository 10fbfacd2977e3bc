"""Sorting records by a column in which the same few values come again and again, such as a label.

Of each record a byte or two are kept that say which value it has, and no key: short records have
less room than that. Records of one value stay in the order in which they came:

    values   b a b - a          codes   0 1 0 2 1
    order    1 4 | 0 2 | 3      (a, b, and blanks last)

Codes of a byte are kept in blocks of the same size, and the order is not even written down
(`FewOrder`); larger ones as they came, and placed.
"""

from __future__ import annotations

from array import array
from collections import Counter
from itertools import accumulate, islice
from typing import TYPE_CHECKING

from tui.body.table.few_order import BLOCK, FewOrder

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

FEW_MAX = 1 << 14
_IN_A_BYTE = 1 << 8
_EXACT_BELOW = float(2**53)
"""From here on not every integer is a float, so that equal keys may be of different records."""
_PLACED_AT_ONCE = 8
"""Batches; about a millisecond."""

_Key = float | bytes | None


class FewKeys:
    """Which of a few keys each record has, as long as there are at most ``few_max``."""

    def __init__(self, few_max: int = FEW_MAX) -> None:
        self.count = 0
        """How many records were taken."""
        self._few_max = few_max
        self._codes: dict[_Key, int] = {}
        self._counts: list[int] = []
        self._batches: list[bytes | array[int]] = []
        self._last = bytearray()
        """Codes that make no whole block yet."""
        self._befores: list[array[int]] = []
        """Of each block, as long as codes are of a byte."""
        self._is_wide = False

    def take(self, keys: Sequence[_Key]) -> bool:
        """Take in the keys of further records; false, and nothing taken, if there are too many."""
        codes, known = self._codes, len(self._codes)
        batch = [codes.setdefault(key, len(codes)) for key in keys]
        added = islice(reversed(codes), len(codes) - known)
        if len(codes) > self._few_max or any(map(_is_inexact, added)):
            return False
        self._counts.extend([0] * (len(codes) - known))
        self.count += len(batch)
        if self._is_wide or len(codes) > _IN_A_BYTE:
            self._keep_wide(batch)
            return True
        self._last += bytes(batch)
        while len(self._last) >= BLOCK:
            self._end_block(bytes(self._last[:BLOCK]))
            del self._last[:BLOCK]
        return True

    def _keep_wide(self, batch: list[int]) -> None:
        if not self._is_wide:
            self._is_wide = True
            self._end_last_block()
            self._befores.clear()
        self._batches.append(array("H", batch))
        self._count(batch)

    def _end_last_block(self) -> None:
        if self._last:
            self._end_block(bytes(self._last))
            self._last.clear()

    def _end_block(self, block: bytes) -> None:
        self._befores.append(array("I", self._counts))
        self._batches.append(block)
        self._count(block)

    def _count(self, codes: Iterable[int]) -> None:
        for code, count in Counter(codes).items():
            self._counts[code] += count

    def order(self, *, is_descending: bool) -> FewOrder | None:
        """Return the order of all records; None if they have to be placed."""
        if self._is_wide:
            return None
        self._end_last_block()
        blocks = [batch for batch in self._batches if isinstance(batch, bytes)]
        codes = self._sorted_codes(is_descending=is_descending)
        return FewOrder(blocks, self._befores, self._counts, codes)

    def batches(self) -> Iterator[list[_Key]]:
        """Yield the keys of all records again, as they were taken."""
        keys = list(self._codes)
        self._end_last_block()
        for batch in self._batches:
            yield [keys[code] for code in batch]

    @property
    def beginning(self) -> bytes:
        """What all texts begin with that were met, also those that were too many."""
        texts = [key for key in self._codes if isinstance(key, bytes)]
        if not texts:
            return b""
        first, last = min(texts), max(texts)
        pairs = enumerate(zip(first, last, strict=False))
        return first[: next((at for at, (one, other) in pairs if one != other), len(first))]

    def place(self, order: array[int], *, is_descending: bool) -> Iterator[int]:
        """Put records into their order, in steps.

        Args:
            order: is filled with the records, of which it has the number already.
            is_descending: whether the largest come first; blanks come last anyway.

        Yields:
            How many records were put in their places since the last time.
        """
        codes = self._sorted_codes(is_descending=is_descending)
        places = [0] * len(codes)
        ends = accumulate(self._counts[code] for code in codes)
        for code, end in zip(codes, ends, strict=True):
            places[code] = end - self._counts[code]
        record = 0
        for first in range(0, len(self._batches), _PLACED_AT_ONCE):
            before = record
            for batch in self._batches[first : first + _PLACED_AT_ONCE]:
                for code in batch:
                    at = places[code]
                    order[at] = record
                    places[code] = at + 1
                    record += 1
            yield record - before

    def _sorted_codes(self, *, is_descending: bool) -> list[int]:
        """Return the codes in the order of their keys: numbers, then texts, then blanks."""
        numbers = [key for key in self._codes if isinstance(key, float)]
        texts = [key for key in self._codes if isinstance(key, bytes)]
        keys: list[_Key] = [
            *sorted(numbers, reverse=is_descending),
            *sorted(texts, reverse=is_descending),
            *([None] if None in self._codes else []),
        ]
        return [self._codes[key] for key in keys]


def _is_inexact(key: _Key) -> bool:
    return isinstance(key, float) and abs(key) >= _EXACT_BELOW
