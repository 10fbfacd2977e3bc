"""What a view can do with a document that is a table, beside what it does with any other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, runtime_checkable

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.body.pieces import Pieces


FIT_BYTES = 256 * 1024
"""So much is looked through for cells at a time, some 5 ms; a screen of records may be 12 MB."""
FIT_SHORT_BYTES = FIT_BYTES // 2
"""A long record is not looked at for no more than this: it takes all of a turn."""


@dataclass(frozen=True, slots=True)
class Told:
    """What is in a cell, not sanitised."""

    name: str
    """Of its column."""
    text: str
    seen: tuple[int, int] | None
    """Which characters of the text are to be seen, if any are."""


@runtime_checkable
class Tabular(Protocol):
    """A document of rows in columns, one of which has the cursor; rows may be sorted by it.

    Only columns in view are drawn: rows are as wide as the view, and `fit` says how wide that is.
    """

    sorted_by: tuple[int, bool] | None
    """By which column rows are sorted, or about to be, and whether the largest come first."""

    @property
    def is_sorting(self) -> bool:
        """Whether `advance` is bringing rows into another order."""
        ...

    @property
    def is_cutting(self) -> bool:
        """Whether there was so much in view that rows wait for `fit` to look at them."""
        ...

    def fit(self, rows: range, room_cells: int, budget_bytes: int | None = FIT_BYTES) -> bool:
        """Make room for what is in view; true if rows are drawn differently from now on.

        Args:
            rows: those in view.
            room_cells: how much of each is.
            budget_bytes: so much is looked through; None for what is left of the last time.
        """
        ...

    def go_to_column(self, column: int) -> None:
        """Put the cursor on a column, 0-based, and bring it into view."""
        ...

    def move_column(self, steps: int) -> None:
        """Put the cursor on a column further right or left."""
        ...

    def go_to_byte(self, index: int, offset: int) -> None:
        """Put the cursor on the column in which a row holds a byte."""
        ...

    def column_at(self, cell: int) -> int | None:
        """Return which column is drawn at a cell of a row, None behind the last one."""
        ...

    def place(self, index: int, column: int | None = None) -> tuple[int, int] | None:
        """Return which characters of a row are in a column, or in that of the cursor."""
        ...

    def told(self, index: int, start: int, end: int) -> Told | None:
        """Return what a row has in the column of the cursor if it is not drawn as a whole.

        Args:
            index: the row.
            start: where what is to be seen of it begins in the bytes, if anything is.
            end: the byte behind that.
        """
        ...

    def making_copy(self, first: int, end: int) -> Callable[[], Pieces]:
        """Return what makes the text of rows as they came; any thread may call it."""
        ...

    def sort(self, *, is_descending_first: bool) -> None:
        """Sort by the column of the cursor: one way, then the other, then not at all."""
        ...

    def toggle_header(self) -> None:
        """Take the first record for the names of columns, or for a row."""
        ...

    def toggle_wide(self) -> None:
        """Let columns be as wide as what is in them, or no wider than usual."""
        ...
