"""Which columns the members of records are in, and which records are alike.

Most records of a table have the same keys in the same order. Where that is known of a long one,
as it was read when it was found, its members need not all be found to say which is in a column.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_RUNS_MAX = 64
"""Of records that differ again and again nothing is known in advance."""


@dataclass(frozen=True, slots=True)
class Shape:
    """Which columns records have that are alike: the same keys, or as many items."""

    opening: bytes
    keys: tuple[bytes, ...]
    columns: tuple[int, ...]
    """That of each member, in the order of the bytes."""
    members: Mapping[int, int]
    """Which member is in a column; the last one of a repeated key."""

    @property
    def stop(self) -> int:
        """The column behind the last one."""
        return 1 + max(self.members, default=-1)


def shape_of(opening: bytes, keys: tuple[bytes, ...], columns: tuple[int, ...]) -> Shape:
    """Return a shape by the columns of its members."""
    return Shape(opening, keys, columns, {column: at for at, column in enumerate(columns)})


class KnownShapes:
    """The shape of each long record, as far as it was known before its members are found."""

    def __init__(self) -> None:
        self._starts = [0]
        self._shapes: list[Shape | None] = [None]
        """Of the records from each of those on."""

    def tell(self, start: int, shape: Shape | None) -> None:
        """Take in the shape of the next record, None if that is not known."""
        if len(self._starts) >= _RUNS_MAX:
            shape = None
        if shape is not self._shapes[-1]:
            self._starts.append(start)
            self._shapes.append(shape)

    def of(self, start: int) -> Shape | None:
        """Return that of the record that begins at an offset."""
        return self._shapes[bisect_right(self._starts, start) - 1]
