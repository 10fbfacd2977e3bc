"""What the records of a table are sorted by: the keys in one column, and eight bytes of each.

A key is a number, a text as bytes that compare as its characters do, or None for a blank.
"""

from __future__ import annotations

from array import array
from enum import IntEnum
from itertools import compress
from math import isnan
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator, Sequence

    from tui.body.table.records import Records

_READ_AT_ONCE = 256
"""Records of which a cell is read at a time; a millisecond, and five if it has to be cut,"""
_READ_BYTES = 64 * 1024
"""as long as they are short."""
_COMPARED_AT_ONCE = 65_536
_DIGITS_MAX = 4_000
"""Python refuses to read longer integers."""
_KEPT_BYTES = 8
_NUMBER_BEGINNINGS = b"0123456789+-. \t\n\r\v\fiInN"
"""What Python reads as a number begins with one of them; ``inf`` and ``nan`` are some."""

Key = float | bytes


class KeyKind(IntEnum):
    """What a key is, in the order in which they are sorted."""

    NUMBER = 0
    TEXT_BEFORE = 1
    """One that comes before what nearly all texts begin with,"""
    TEXT = 2
    """begins with it,"""
    TEXT_BEHIND = 3
    """or comes behind it."""
    BLANK = 4


TEXTS = (KeyKind.TEXT_BEFORE, KeyKind.TEXT, KeyKind.TEXT_BEHIND)


class SortKeys:
    """Eight bytes of the key of each record, and the whole key on demand.

    Of a text they are the first ones behind what nearly all texts begin with.
    """

    def __init__(self, records: Records, column: int) -> None:
        self._records = records
        self._column = column
        mean_bytes = len(records.data) // max(1, records.count) + 1
        self.at_once = max(1, min(_READ_AT_ONCE, _READ_BYTES // mean_bytes))
        """So many are read at a time."""
        self.numbers = array("d")
        self.beginnings = memoryview(b"").cast("Q")
        """The same memory: a record is in one of them only."""
        self._kinds = bytearray()
        self._beginning = b""
        self._kept = 0
        """So many of the first records have their keys in there."""

    def batches(self) -> Iterator[list[Key | None]]:
        """Read all keys, a number of records at a time."""
        first, count = 0, self._records.count
        while first < count:
            stop = self._stop(first)
            yield list(map(_key_of, self.texts(range(first, stop))))
            first = stop

    def _stop(self, first: int) -> int:
        """Return up to which record to read; few may be many times as long as most."""
        start = self._records.span(first)[0]
        stop = min(first + self.at_once, self._records.count)
        while stop - first > 1 and self._records.span(stop - 1)[1] - start > 2 * _READ_BYTES:
            stop = first + (stop - first) // 2
        return stop

    def texts(self, records: Sequence[int]) -> Sequence[bytes]:
        """Read the texts of records, from which their keys are read."""
        return self._records.texts(records, self._column)

    def exact(self, records: Sequence[int]) -> Sequence[float]:
        """Read integers of records, however large; a number that is none as it is."""
        return [
            _exact_of(text, self.numbers[record])
            for record, text in zip(records, self.texts(records), strict=True)
        ]

    def begin(self, beginning: bytes) -> None:
        """Make room for the keys of all records, of which nearly all texts begin alike."""
        self._beginning = beginning
        self.numbers = array("d", [0.0]) * self._records.count
        self.beginnings = memoryview(self.numbers).cast("B").cast("Q")
        self._kinds = bytearray(self._records.count)

    def keep(self, keys: Sequence[Key | None]) -> None:
        """Keep the keys of the next records."""
        beginning = self._beginning
        for record, key in enumerate(keys, self._kept):
            if isinstance(key, bytes):
                kind, at = KeyKind.TEXT, len(beginning)
                if not key.startswith(beginning):
                    kind, at = _kind_beside(key, beginning), 0
                self._kinds[record] = kind
                self.beginnings[record] = _number_of(key[at : at + _KEPT_BYTES])
            elif key is None:
                self._kinds[record] = KeyKind.BLANK
            else:
                self.numbers[record] = key
        self._kept += len(keys)

    def forget(self) -> None:
        """Keep nothing any more."""
        self.beginnings = memoryview(b"").cast("Q")
        self.numbers, self._kinds = array("d"), bytearray()

    def records_of(self, kind: KeyKind) -> Generator[None, None, Sequence[int]]:
        """Return the records with keys of one kind, in the order in which they came."""
        count = self._kinds.count(kind)
        if count in (0, len(self._kinds)):
            return range(count)
        is_kind = bytes(each == kind for each in range(256))
        found = array("I")
        for first in range(0, len(self._kinds), _COMPARED_AT_ONCE):
            kinds = self._kinds[first : first + _COMPARED_AT_ONCE].translate(is_kind)
            found.extend(compress(range(first, first + len(kinds)), kinds))
            yield
        return found


def _kind_beside(text: bytes, beginning: bytes) -> KeyKind:
    return KeyKind.TEXT_BEFORE if text < beginning else KeyKind.TEXT_BEHIND


def _number_of(kept: bytes) -> int:
    """Return the beginning of a text as a number, which ends in a zero byte if that is all of it.

    One that has such bytes of its own ends in another: it may come behind one without them.
    """
    number = int.from_bytes(kept.ljust(_KEPT_BYTES, b"\0"))
    return number | 1 if 0 in kept and not number & 0xFF else number


def _exact_of(text: bytes, number: float) -> float:
    try:
        return int(text) if len(text) <= _DIGITS_MAX else number
    except ValueError:
        return number


def _key_of(source: bytes) -> Key | None:
    if not source or source.isspace():
        return None
    if source[0] not in _NUMBER_BEGINNINGS:
        return source
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
