"""The columns of records of JSON: the keys of objects in the order they first come in, or items.

There may be a hundred thousand, and more with each record; what they are called is spelt when it
is asked for.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, overload

from tui.body.json.paths import step_to
from tui.body.rows import decode

if TYPE_CHECKING:
    from collections.abc import Iterable

_VALUE = "value"
_PARTS = 64
"""A dictionary of a million keys takes 70 ms each time it has to grow."""


class JsonColumns(Sequence[str]):
    """Their titles, not sanitised; more as they are met.

    Args:
        names: what the items of records that are arrays are called, if that is known.
    """

    def __init__(self, names: Iterable[str] = ()) -> None:
        self._names = tuple(names)
        self._met: list[bytes | int | None] = []
        """Of each column the key, the place of the item, or nothing for a value by itself."""
        self._columns = tuple(dict[bytes | None, int]() for _ in range(_PARTS))
        """Of keys, and of a value by itself."""
        self._items: list[int] = []
        """Of items."""
        self.of_items(len(self._names))

    def __len__(self) -> int:
        return len(self._met)

    @overload
    def __getitem__(self, column: int) -> str: ...

    @overload
    def __getitem__(self, column: slice) -> Sequence[str]: ...

    def __getitem__(self, column: int | slice) -> str | Sequence[str]:
        if isinstance(column, slice):
            return [self._title(met) for met in self._met[column]]
        return self._title(self._met[column])

    def _title(self, met: bytes | int | None) -> str:
        if isinstance(met, int):
            return self._names[met] if met < len(self._names) else f"[{met}]"
        if met is None:
            return _VALUE
        return str(json.loads(met)) if b"\\" in met else decode(met[1:-1])

    def met(self, column: int) -> bytes | int | None:
        """Return the key of a column as it is spelt without escapes, or the place of the item.

        None for a value by itself.
        """
        return self._met[column]

    def step(self, column: int) -> str:
        """Return the last step of the path to a cell."""
        met = self._met[column] if column < len(self._met) else None
        if isinstance(met, int):
            return f"[{met}]"
        return "" if met is None else step_to(decode(met))

    def of_keys(self, keys: Sequence[bytes]) -> list[int]:
        """Return the columns of keys, as they are spelt, quotes included."""
        spelt_alike = _spelt_alike([key for key in keys if b"\\" in key])
        found: list[int] = []
        for key in keys:
            columns = self._columns[hash(key) % _PARTS]
            column = columns.get(key)
            if column is None:
                column = columns[key] = self._column(spelt_alike.get(key, key))
            found.append(column)
        return found

    def of_value(self) -> int:
        """Return the column of values that are neither objects nor arrays."""
        return self._column(None)

    def of_items(self, count: int) -> Sequence[int]:
        """Return the columns of so many items."""
        missing = range(len(self._items), count)
        if missing:
            self._items.extend(range(len(self._met), len(self._met) + len(missing)))
            self._met.extend(missing)
        return range(count) if self.are_items_first(count) else self._items[:count]

    def are_items_first(self, count: int) -> bool:
        """Whether the first so many columns are those of as many items."""
        return not count or (len(self._items) >= count and self._items[count - 1] == count - 1)

    def _column(self, met: bytes | None) -> int:
        column = self._columns[hash(met) % _PARTS].setdefault(met, len(self._met))
        if column == len(self._met):
            self._met.append(met)
        return column


def _spelt_alike(keys: Sequence[bytes]) -> dict[bytes, bytes]:
    """Return how keys with escapes are spelt with none; all at once, five times as fast."""
    if not keys:
        return {}
    texts: list[str] = json.loads(decode(b"[%b]" % b",".join(keys)))
    spelt = json.dumps(texts, ensure_ascii=False, separators=("\n", ":"))
    # A lone surrogate stays an escape.
    each = spelt.encode("utf-8", "backslashreplace")[1:-1].split(b"\n")
    return dict(zip(keys, each, strict=True))
