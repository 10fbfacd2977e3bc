"""What a table is made of: records, found one after another in bytes of any size.

A record is what the table shows as one row. Where each begins is kept, and nothing else of it:
its cells are cut when it is drawn, or when the table is sorted.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from tui.body.table.cells import sortable_text_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tui.body.table.cells import Cell

RECORD_BYTES_MAX = 256 * 1024
"""A longer record is not cut into cells, lest one row take as long as a whole table."""


@dataclass(frozen=True, slots=True)
class Cut:
    """A record in its cells; None where it has none, and no cells at all where it has a problem."""

    cells: Sequence[Cell | None]
    """Of the columns asked for."""
    problem: str = ""
    """Why this is no record; drawable."""
    searched_bytes: int = 0
    """How much was looked through to find them that was not known before."""


@dataclass(frozen=True, slots=True)
class Beginnings:
    """Where what belongs to some cells begins, in a record whose cells may be in any order."""

    offsets: Mapping[int, int]
    """By their columns."""
    last_column: int
    """That of the last cell of the record."""


class Records(Protocol):
    """The records of a body, some of them perhaps not found yet."""

    @property
    def data(self) -> bytes:
        """The body."""
        ...

    @property
    def has_header(self) -> bool:
        """Whether the names of the columns are a record of their own: that of number -1, then."""
        ...

    @property
    def words(self) -> str:
        """What they are made of, and what is wrong with it; drawable."""
        ...

    @property
    def columns(self) -> Sequence[str]:
        """The names of the columns known so far, not sanitised."""
        ...

    @property
    def count(self) -> int:
        """How many records there are so far."""
        ...

    @property
    def is_complete(self) -> bool:
        """Whether all records are known."""
        ...

    @property
    def position(self) -> int:
        """Bytes looked at so far."""
        ...

    @property
    def reached(self) -> int:
        """Offset of the first byte that no record holds yet."""
        ...

    def advance(self, budget_bytes: int) -> None:
        """Look through about so many bytes more."""
        ...

    def span(self, record: int) -> tuple[int, int]:
        """Return the first byte of a record, and the first one behind it and its line end."""
        ...

    def source(self, record: int, bytes_max: int = sys.maxsize) -> bytes:
        """Return a record as it came, up to so many bytes, without what parts it from the next."""
        ...

    def record_at(self, offset: int) -> int:
        """Return the record that holds a byte, the nearest one known if none does."""
        ...

    def mistake_from(self, offset: int) -> int | None:
        """Return where records break first, from an offset on; None if they do not."""
        ...

    def cut(self, record: int, first: int, stop: int) -> Cut:
        """Return the cells of a record from column ``first`` up to ``stop``; fewer at its end."""
        ...

    def column_of(self, record: int, offset: int) -> int | None:
        """Return the column of a byte of a record; what is between cells belongs to the next one.

        None if the record has no cells.
        """
        ...

    def column_ends(self, record: int) -> Sequence[tuple[int, int]]:
        """Return the first byte behind each cell of a record, and its column.

        In the order of the bytes; nothing where that is always the order of the columns.
        """
        ...

    def beginnings(self, record: int, first: int, stop: int) -> Beginnings | None:
        """Return where what belongs to the cells of some columns begins: behind the cell before.

        None where cells are always in the order of the columns.
        """
        ...

    def texts(self, records: Sequence[int], column: int) -> Sequence[bytes]:
        """Return the texts of a column as bytes that compare as their characters do.

        Empty ones are blank: ``null``, and where there is no such cell. Many records after one
        another, a ``range``, may be faster than others.
        """
        ...

    def path(self, record: int, column: int) -> str:
        """Return where a cell is: ``predictions[17].score``, not sanitised."""
        ...

    def toggle_header(self) -> bool:
        """Take the first record for names, or names for a record; false if that cannot be."""
        ...


def text_cut(cut: Cut) -> bytes:
    """Return the text of the one cell that was asked for, as `Records.texts` does."""
    cell = cut.cells[0] if cut.cells else None
    return b"" if cell is None else sortable_text_of(cell)
