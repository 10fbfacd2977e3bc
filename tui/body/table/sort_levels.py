"""Ways to compare records, each finer than the one before, and dearer.

eight bytes ──▶ of a number: the integer itself, if it is no float
      └───────▶ of a text: the whole of it
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.body.table.sort_keys import Key, SortKeys

_COMPARED_AT_ONCE = 1_024
"""Numbers; they are known."""
_EXACT_BELOW = float(2**53)
"""From here on not every integer is a float."""


class Level(Protocol):
    """A way to compare records."""

    @property
    def at_once(self) -> int:
        """How many are compared at a time."""
        ...

    def keys(self, records: Sequence[int]) -> Sequence[Key]:
        """Return the keys of records."""
        ...

    def finer(self, key: Key) -> Level | None:
        """Return how records of one key are compared; None if they are equal."""
        ...


class ByNumber:
    """Compares numbers by what a float holds of them."""

    at_once = _COMPARED_AT_ONCE

    def __init__(self, keys: SortKeys) -> None:
        self._keys = keys

    def keys(self, records: Sequence[int]) -> Sequence[Key]:
        """Return what a float holds of them."""
        numbers = self._keys.numbers
        return [numbers[record] for record in records]

    def finer(self, key: Key) -> Level | None:
        """Return how large integers are compared; None for what a float holds."""
        is_exact = isinstance(key, bytes) or abs(key) < _EXACT_BELOW
        return None if is_exact else _ByInteger(self._keys)


class ByBeginning:
    """Compares texts by how they begin, or go on behind what nearly all begin with."""

    at_once = _COMPARED_AT_ONCE

    def __init__(self, keys: SortKeys) -> None:
        self._keys = keys

    def keys(self, records: Sequence[int]) -> Sequence[Key]:
        """Return the eight bytes that are kept of texts, as numbers."""
        beginnings = self._keys.beginnings
        return [beginnings[record] for record in records]

    def finer(self, key: Key) -> Level | None:
        """Return how texts are compared that go on behind them; None for shorter ones."""
        is_whole = isinstance(key, bytes) or not int(key) & 0xFF
        return None if is_whole else _ByText(self._keys)


class _ByInteger:
    """Compares integers, however large."""

    def __init__(self, keys: SortKeys) -> None:
        self._keys, self.at_once = keys, keys.at_once

    def keys(self, records: Sequence[int]) -> Sequence[Key]:
        return self._keys.exact(records)

    def finer(self, key: Key) -> None:
        del key


class _ByText:
    """Compares whole texts."""

    def __init__(self, keys: SortKeys) -> None:
        self._keys, self.at_once = keys, keys.at_once

    def keys(self, records: Sequence[int]) -> Sequence[Key]:
        return self._keys.texts(records)

    def finer(self, key: Key) -> None:
        del key
