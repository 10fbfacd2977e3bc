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
from enum import IntEnum
from itertools import compress, groupby
from math import isnan
from random import Random
from typing import TYPE_CHECKING, Protocol

from tui.body.table.cells import Cell, CellKind, text_of
from tui.body.table.few_keys import FEW_MAX, FewKeys
from tui.body.table.few_order import FewRows

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator, Sequence

    from tui.body.table.places import Places
    from tui.body.table.records import Records

_CUT_AT_ONCE = 256
"""Records of which a cell is cut at a time; about two milliseconds,"""
_CUT_BYTES = 64 * 1024
"""as long as they are short."""
_READ_AT_ONCE = 1_024
"""Keys that are read, or sorted, at a time."""
_READ_BYTES = 128 * 1024
_PLACED_AT_ONCE = 16_384
_COMPARED_AT_ONCE = 65_536
_BUCKETS_MAX = 512
_SAMPLED_PER_BUCKET = 4
_EXACT_BELOW = float(2**53)
"""From here on not every integer is a float."""
_DIGITS_MAX = 4_000
"""Python refuses to read longer integers."""
_PREFIX_BYTES = 8

_Key = float | bytes


class _Level(Protocol):
    """A way to compare records."""

    @property
    def at_once(self) -> int:
        """How many are compared at a time."""
        ...

    def keys(self, records: Sequence[int]) -> Sequence[_Key]:
        """Return the keys of records."""
        ...

    def finer(self, key: _Key) -> _Level | None:
        """Return how records of one key are compared; None if they are equal."""
        ...


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
        keys = _Keys(self._records, self.column)
        few: FewKeys | None = FewKeys(self._few_max)
        for batch in keys.batches():
            if few is not None and not few.take(batch):
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

    def _sorted_by_keys(self, keys: _Keys) -> Generator[None, None, array[int]]:
        numbers = yield from keys.records_of(_Kind.NUMBER)
        order = yield from self._sorted(numbers, _Numbers(keys))
        texts = yield from keys.records_of(_Kind.TEXT)
        order.extend((yield from self._sorted(texts, _Beginnings(keys))))
        order.extend((yield from keys.records_of(_Kind.BLANK)))
        return order

    def _placed_rows(self, order: array[int]) -> Generator[None, None, array[int]]:
        rows = array("I", [0]) * len(order)
        for first in range(0, len(order), _PLACED_AT_ONCE):
            for row, record in enumerate(order[first : first + _PLACED_AT_ONCE], first):
                rows[record] = row
            yield
        return rows

    def _sorted(self, records: Sequence[int], level: _Level) -> Generator[None, None, array[int]]:
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
        self, records: Sequence[int], level: _Level
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

    def _parted(self, records: Sequence[int], level: _Level) -> Generator[None, None, list[_Part]]:
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


_Part = tuple["array[int]", "_Level | None"]
"""Records, and how they are still to be sorted; None if they are in their order."""


def _splitters(records: Sequence[int], level: _Level) -> list[_Key]:
    """Return keys that part the records about evenly, by a look at some of them."""
    bucket_count = min(_BUCKETS_MAX, len(records) // level.at_once + 1)
    sampled_count = min(len(records), _SAMPLED_PER_BUCKET * bucket_count, 2 * level.at_once)
    chance = Random(len(records))  # noqa: S311 - sorts, and guards nothing
    places = chance.sample(range(len(records)), sampled_count)
    sample = sorted(level.keys([records[place] for place in places]))
    return sorted(set(sample[:: max(1, len(sample) // bucket_count)]))


class _Kind(IntEnum):
    """What a key is, in the order in which they are sorted."""

    NUMBER = 0
    TEXT = 1
    BLANK = 2


class _Keys:
    """Eight bytes of the key of each record, and the whole key on demand."""

    def __init__(self, records: Records, column: int) -> None:
        self._records = records
        self._column = column
        mean_bytes = len(records.data) // max(1, records.count) + 1
        self.cut_at_once = max(1, min(_CUT_AT_ONCE, _CUT_BYTES // mean_bytes))
        self._read_at_once = max(1, min(_READ_AT_ONCE, _READ_BYTES // mean_bytes))
        self.numbers = array("d")
        self.beginnings = memoryview(b"").cast("Q")
        """The same memory: a record is in one of them only."""
        self._kinds = bytearray()
        self._kept = 0
        """So many of the first records have their keys in there."""

    def batches(self) -> Iterator[list[_Key | None]]:
        """Read all keys, a number of records at a time."""
        first, count = 0, self._records.count
        while first < count:
            stop = self._stop(first, self._read_at_once, _READ_BYTES)
            sources = self._records.texts(first, stop, self._column)
            if sources is None:
                stop = self._stop(first, self.cut_at_once, _CUT_BYTES)
                keys = [self.key(record) for record in range(first, stop)]
            else:
                keys = [_key_of(source) for source in sources]
            yield keys
            first = stop

    def _stop(self, first: int, at_once: int, bytes_max: int) -> int:
        """Return up to which record to read; few may be many times as long as most."""
        start = self._records.span(first)[0]
        stop = min(first + at_once, self._records.count)
        while stop - first > 1 and self._records.span(stop - 1)[1] - start > 2 * bytes_max:
            stop = first + (stop - first) // 2
        return stop

    def key(self, record: int) -> _Key | None:
        """Cut the key out of a record: a number, a text, or None for a blank."""
        cell = self._cell(record)
        if cell is None or (cell.kind is CellKind.KEYWORD and cell.source == b"null"):
            return None
        return _key_of(_source_of(cell))

    def exact(self, record: int) -> float:
        """Cut an integer out of a record, however large; a number that is none as it is."""
        cell = self._cell(record)
        source = b"" if cell is None else _source_of(cell)
        try:
            return int(source) if len(source) <= _DIGITS_MAX else self.numbers[record]
        except ValueError:
            return self.numbers[record]

    def _cell(self, record: int) -> Cell | None:
        cells = self._records.cut(record, self._column, self._column + 1).cells
        return cells[0] if cells else None

    def keep(self, keys: Sequence[_Key | None]) -> None:
        """Keep the keys of the next records."""
        if not self._kept:
            self.numbers = array("d", [0.0]) * self._records.count
            self.beginnings = memoryview(self.numbers).cast("B").cast("Q")
            self._kinds = bytearray(self._records.count)
        for record, key in enumerate(keys, self._kept):
            if isinstance(key, bytes):
                self._kinds[record] = _Kind.TEXT
                self.beginnings[record] = int.from_bytes(key[:_PREFIX_BYTES].ljust(8, b"\0"))
            elif key is None:
                self._kinds[record] = _Kind.BLANK
            else:
                self.numbers[record] = key
        self._kept += len(keys)

    def forget(self) -> None:
        """Keep nothing any more."""
        self.beginnings = memoryview(b"").cast("Q")
        self.numbers, self._kinds = array("d"), bytearray()

    def records_of(self, kind: _Kind) -> Generator[None, None, Sequence[int]]:
        """Return the records with keys of one kind, in the order in which they came."""
        if self._kinds.count(kind) == len(self._kinds):
            return range(len(self._kinds))
        is_kind = bytes(each == kind for each in range(256))
        found = array("I")
        for first in range(0, len(self._kinds), _COMPARED_AT_ONCE):
            kinds = self._kinds[first : first + _COMPARED_AT_ONCE].translate(is_kind)
            found.extend(compress(range(first, first + len(kinds)), kinds))
            yield
        return found


class _Numbers:
    """Compares numbers by what a float holds of them."""

    at_once = _READ_AT_ONCE

    def __init__(self, keys: _Keys) -> None:
        self._keys = keys

    def keys(self, records: Sequence[int]) -> Sequence[_Key]:
        numbers = self._keys.numbers
        return [numbers[record] for record in records]

    def finer(self, key: _Key) -> _Level | None:
        is_exact = isinstance(key, bytes) or abs(key) < _EXACT_BELOW
        return None if is_exact else _Integers(self._keys)


class _Beginnings:
    """Compares texts by how they begin."""

    at_once = _READ_AT_ONCE

    def __init__(self, keys: _Keys) -> None:
        self._keys = keys

    def keys(self, records: Sequence[int]) -> Sequence[_Key]:
        beginnings = self._keys.beginnings
        return [beginnings[record] for record in records]

    def finer(self, key: _Key) -> _Level | None:
        is_whole = isinstance(key, bytes) or not int(key) & 0xFF
        return None if is_whole else _Texts(self._keys)


class _Integers:
    """Compares integers, however large."""

    def __init__(self, keys: _Keys) -> None:
        self._keys, self.at_once = keys, keys.cut_at_once

    def keys(self, records: Sequence[int]) -> Sequence[_Key]:
        return [self._keys.exact(record) for record in records]

    def finer(self, key: _Key) -> None:
        del key


class _Texts:
    """Compares whole texts."""

    def __init__(self, keys: _Keys) -> None:
        self._keys, self.at_once = keys, keys.cut_at_once

    def keys(self, records: Sequence[int]) -> Sequence[_Key]:
        return [self._keys.key(record) or b"" for record in records]

    def finer(self, key: _Key) -> None:
        del key


def _source_of(cell: Cell) -> bytes:
    """Return the text of a cell as bytes that compare as its characters do."""
    if cell.kind in (CellKind.QUOTED, CellKind.ESCAPED, CellKind.STRING):
        return text_of(cell).encode("utf-8", "surrogatepass")
    return cell.source


def _key_of(source: bytes) -> _Key | None:
    if not source or source.isspace():
        return None
    try:
        number = float(source)
    except ValueError:
        number = _comma_number(source)
        return source if number is None else number
    if b"_" in source:
        return source
    return None if isnan(number) else number


def _comma_number(source: bytes) -> float | None:
    """Read a number with a comma for its point, as in CSV with semicolons."""
    whole, comma, rest = source.partition(b",")
    if comma and rest.strip().isdigit() and whole.strip().lstrip(b"+-").isdigit():
        return float(whole + b"." + rest)
    return None
