"""Where each record is in an order, and which record is where, however that is kept."""

from __future__ import annotations

from array import array
from typing import Protocol

from tui.body.table.few_order import FewOrder, FewRows

_ITEM_BYTES = array("I").itemsize


class Places(Protocol):
    """The records of all rows, or the rows of all records."""

    def __getitem__(self, index: int, /) -> int: ...

    def __len__(self) -> int: ...


def size_of(places: Places) -> int:
    """Return how much memory they take."""
    if isinstance(places, FewOrder):
        return places.size_bytes
    return 0 if isinstance(places, FewRows) else len(places) * _ITEM_BYTES
