"""Sorting a table by a column, a few thousand records at a time.

Python sorts a million rows in one go, and nothing else runs meanwhile. Here a sample of the keys
parts the records into buckets that are sorted one by one. Of a key eight bytes are kept, a number
or how a text begins; of equal ones the whole is cut out again. Of few keys less is (`FewKeys`).

    records ──8 bytes each──▶ numbers ─┐
       │                      texts  ──┼─▶ buckets ──▶ order
       │                      blanks ──┘   (always last) ▲
       └──a byte or two each──▶ codes of few keys ───────┘
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from itertools import groupby
from random import Random
from typing import TYPE_CHECKING

from tui.body.table.few_keys import FEW_MAX, FewKeys
from tui.body.table.few_order import FewRows
from tui.body.table.sort_keys import TEXTS, KeyKind, SortKeys
from tui.body.table.sort_levels import ByBeginning, ByNumber

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator, Sequence

    from tui.body.table.places import Places
    from tui.body.table.records import Records
    from tui.body.table.sort_keys import Key
    from tui.body.table.sort_levels import Level

_PLACED_AT_ONCE = 16_384
_BUCKETS_MAX = 512
_SAMPLED_PER_BUCKET = 4


class Sorting:
    """The records of a table in the order of one column: numbers, then texts, blanks last.

    Records that are equal stay in the order in which they came, also in a descending order. What
    is not a number although it is called one, ``NaN`` and ``null``, is blank.

    Args:
        records: all of them, complete.
        column: which column.
        is_descending: whether the largest come first.
        few_max: up to so many keys that are not the same no key of a record is kept.
    """

    def __init__(
        self, records: Records, column: int, *, is_descending: bool, few_max: int = FEW_MAX
    ) -> None:
        self.column = column
        self.is_descending = is_descending
        self.order: Places | None = None
        """The records in their order, once it is known."""
        self.rows: Places = array("I")
        """Where each record is in it."""
        self._records = records
        self._few_max = few_max
        self._count = records.count
        self._done = 0
        """Records read, and again records put in their places."""
        self._steps = self._run()

    @property
    def progress(self) -> float:
        """How much is done, 0 to 1."""
        return 1.0 if self.order is not None else self._done / (2 * self._count + 1)

    def advance(self) -> None:
        """Do one step, of a few milliseconds at most."""
        next(self._steps, None)

    def _run(self) -> Iterator[None]:
        keys = SortKeys(self._records, self.column)
        few: FewKeys | None = FewKeys(self._few_max)
        for batch in keys.batches():
            if few is not None and not few.take(batch):
                keys.begin(few.beginning)
                for earlier in few.batches():
                    keys.keep(earlier)
                    yield
                few = None
            if few is None:
                keys.keep(batch)
            self._done += len(batch)
            yield
        few_order = None if few is None else few.order(is_descending=self.is_descending)
        if few_order is not None:
            self.order, self.rows = few_order, FewRows(few_order)
            return
        order = yield from (self._sorted_by_keys(keys) if few is None else self._placed(few))
        few = None  # what they kept is not needed any more, and may be half of the body
        keys.forget()
        self.rows = yield from self._placed_rows(order)
        self.order = order

    def _placed(self, few: FewKeys) -> Generator[None, None, array[int]]:
        order = array("I", [0]) * self._count
        for count in few.place(order, is_descending=self.is_descending):
            self._done += count
            yield
        return order

    def _sorted_by_keys(self, keys: SortKeys) -> Generator[None, None, array[int]]:
        numbers = yield from keys.records_of(KeyKind.NUMBER)
        order = yield from self._sorted(numbers, ByNumber(keys))
        for kind in TEXTS[::-1] if self.is_descending else TEXTS:
            texts = yield from keys.records_of(kind)
            order.extend((yield from self._sorted(texts, ByBeginning(keys))))
        order.extend((yield from keys.records_of(KeyKind.BLANK)))
        return order

    def _placed_rows(self, order: array[int]) -> Generator[None, None, array[int]]:
        rows = array("I", [0]) * len(order)
        for first in range(0, len(order), _PLACED_AT_ONCE):
            for row, record in enumerate(order[first : first + _PLACED_AT_ONCE], first):
                rows[record] = row
            yield
        return rows

    def _sorted(self, records: Sequence[int], level: Level) -> Generator[None, None, array[int]]:
        """Sort records, which are used up; they may be very many, or all alike."""
        parts = self._sorted_runs if len(records) <= level.at_once else self._parted
        order = array("I")
        for part, finer in (yield from parts(records, level)):
            if finer is None:
                order.extend(part)
                self._done += len(part)
            else:
                order.extend((yield from self._sorted(part, finer)))
            del part[:]
        return order

    def _sorted_runs(
        self, records: Sequence[int], level: Level
    ) -> Generator[None, None, list[_Part]]:
        """Sort a few records, and return those of equal keys together."""
        keys = level.keys(records)
        places = sorted(range(len(keys)), key=keys.__getitem__, reverse=self.is_descending)
        yield
        parts: list[_Part] = []
        for key, run in groupby(places, key=keys.__getitem__):
            part = array("I", [records[place] for place in run])
            parts.append((part, level.finer(key) if len(part) > 1 else None))
        return parts

    def _parted(self, records: Sequence[int], level: Level) -> Generator[None, None, list[_Part]]:
        """Put many records into buckets: between two keys of a sample, or equal to one of it."""
        splitters = _splitters(records, level)
        yield
        buckets = [array("I") for _ in range(2 * len(splitters) + 1)]
        for begin in range(0, len(records), level.at_once):
            part = records[begin : begin + level.at_once]
            for record, key in zip(part, level.keys(part), strict=True):
                at = bisect_left(splitters, key)
                is_equal = at < len(splitters) and splitters[at] == key
                buckets[2 * at + is_equal].append(record)
            yield
        if isinstance(records, array):
            del records[:]
        parts = [
            (bucket, level.finer(splitters[at // 2]) if at % 2 else level)
            for at, bucket in enumerate(buckets)
        ]
        return parts[::-1] if self.is_descending else parts


_Part = tuple["array[int]", "Level | None"]
"""Records, and how they are still to be sorted; None if they are in their order."""


def _splitters(records: Sequence[int], level: Level) -> list[Key]:
    """Return keys that part the records about evenly, by a look at some of them."""
    bucket_count = min(_BUCKETS_MAX, len(records) // level.at_once + 1)
    sampled_count = min(len(records), _SAMPLED_PER_BUCKET * bucket_count, 2 * level.at_once)
    chance = Random(len(records))  # noqa: S311 - sorts, and guards nothing
    places = chance.sample(range(len(records)), sampled_count)
    sample = sorted(level.keys([records[place] for place in places]))
    return sorted(set(sample[:: max(1, len(sample) // bucket_count)]))
