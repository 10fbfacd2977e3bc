"""A document of which parts can be folded to one row: a view over all its rows.

    RowsInSight (which rows are in sight) ──▶ FoldingRows (drawn, and what they are of)

Numbers, offsets and paths stay those of the whole, so that finding and going to places know
nothing of folds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from tui.body.folded import Folded, FoldMode
from tui.body.in_sight import LaidOut, RowsInSight
from tui.body.rows import path_end
from tui.body.shown_bytes import ShownFold

if TYPE_CHECKING:
    from tui.body.folds import Folds
    from tui.body.rows import Document, Row
    from tui.body.shown_bytes import ShownBytes


class DrawsFolds(Protocol):
    """Draws the rows that have a fold, folded."""

    def draw(self, fold: int, end: int | None) -> Row:
        """Draw a fold in one row.

        Args:
            fold: the row that stays.
            end: the first row behind what it hides; None if that is not known yet.
        """
        ...

    def head(self, fold: int) -> Row:
        """Return what stays in sight of a folded line."""
        ...

    def is_beyond_head(self, fold: int, offset: int) -> bool:
        """Whether a byte of a row with a fold is out of sight."""
        ...


class FoldingRows(RowsInSight):
    """All rows of a document, less what is folded."""

    def __init__(self, laid_out: LaidOut, folds: Folds, drawn: DrawsFolds) -> None:
        super().__init__(laid_out, folds)
        self._drawn = drawn

    # Rows in sight

    def row(self, index: int) -> Row:
        """Cut, decode and colour one row, what is folded into it in a few words."""
        row = self._seen.row_at(index)
        if not self._has_fold(index):
            return self._all.row(row)
        return self._drawn.draw(row, self._seen.hidden_end(index))

    def number(self, index: int) -> str:
        """Return the number of the line that a row begins, folded ones counted."""
        return self._all.number(self._seen.row_at(index))

    def starts_line(self, index: int) -> bool:
        """Whether a row begins a line."""
        return self._all.starts_line(self._seen.row_at(index))

    def span(self, index: int) -> tuple[int, int]:
        """Return the first byte of a row, and the first one behind it and what it hides."""
        start, end = self._all.span(self._seen.row_at(index))
        if not self._has_fold(index):
            return start, end
        behind = self._seen.hidden_end(index) or self._place.at
        return start, self._all.span(behind - 1)[1]

    def row_at(self, offset: int) -> int:
        """Return the row that holds a byte, or into which it is folded."""
        return self._seen.index_of(self._all.row_at(offset))

    def row_of(self, number: int) -> int:
        """Return the row where the line of that number begins, or into which it is folded."""
        return self._seen.index_of(self._all.row_of(number))

    def columns(self, index: int, start: int, end: int) -> tuple[tuple[int, int], ...]:
        """Return which characters of a row show a range of bytes: the words, of what is folded."""
        return self.shown_in(index).columns(start, end)

    def shown_in(self, index: int) -> ShownBytes:
        """Return which characters of a row show which bytes."""
        row = self._seen.row_at(index)
        line = self._all.shown_in(row)
        if not self._has_fold(index):
            return line
        words = len(self._drawn.head(row).text), len(self.row(index).text)
        return ShownFold(line, words, self._all.span(row)[1], self.span(index)[1])

    def path(self, index: int) -> str:
        """Return where in the value a row is."""
        return self._all.path(self._seen.row_at(index))

    def path_end(self, index: int, chars_max: int) -> str:
        """Return the end of that only, if it is longer."""
        return path_end(self._all, self._seen.row_at(index), chars_max)

    # Folding

    def toggle(self, index: int) -> int | None:
        """Fold or unfold what a row belongs to; return its row then, None if it is in nothing."""
        if index >= self.row_count:
            return None
        row = self._seen.row_at(index)
        fold = row if self._has_fold(index) else self._folds.fold_of(row)
        if fold is None:
            return None
        self._toggle(fold)
        return self._seen.index_of(fold)

    def fold_all(self) -> None:
        """Fold all but the outermost."""
        self._reset(FoldMode.ALL)

    def unfold_all(self) -> None:
        """Show all rows."""
        self._reset(FoldMode.NOTHING)

    @property
    def needs_refold(self) -> bool:
        """Whether what was folded all of is to be folded at another depth, by what came since."""
        return self._folds.needs_refold

    def refold(self) -> None:
        """Fold all at that depth, as if it had been known then."""
        self._folds.refold()
        self._tell_anew()

    def is_folded(self, index: int) -> bool:
        """Whether something is folded into a row."""
        return self._has_fold(index)

    def begins_fold(self, index: int) -> bool:
        """Whether something that can be folded, or is, begins in a row."""
        return self._has_fold(index) or self._folds.begins_at(self._seen.row_at(index))

    def columns_of_fold(self, index: int) -> tuple[int, int] | None:
        """Return which characters of a row stand for what is folded into it; None if nothing is."""
        if not self._has_fold(index):
            return None
        return len(self._drawn.head(self._seen.row_at(index)).text), len(self.row(index).text)

    def folded(self) -> Folded:
        """Return what is folded, for the same bytes in other rows."""
        return self._folds.folded()

    def fold_as(self, folded: Folded) -> None:
        """Fold what was folded among other rows of the same bytes."""
        self._folds.fold_as(folded)
        self._tell_anew()

    def reveal(self, offset: int) -> bool:
        """Unfold what hides a byte, one fold of perhaps several; false if nothing does."""
        row = self._all.row_at(offset)
        index = self._seen.index_of(row)
        if not self.row_count or row >= self._place.at or not self._has_fold(index):
            return False
        fold = self._seen.row_at(index)
        if row == fold and not self._drawn.is_beyond_head(fold, offset):
            return False
        self._toggle(fold)
        return True

    def reveal_line(self, number: int) -> bool:
        """Do the same for the line of that number."""
        return self.reveal(self._all.span(self._all.row_of(number))[0])

    def whole(self, first: int, end: int) -> tuple[Document, int, int]:
        """Return the rows that some rows in sight stand for, and the document they are of."""
        behind = self._seen.row_at(end - 1) + 1
        if self._has_fold(end - 1):
            behind = self._seen.hidden_end(end - 1) or self._place.at
        return self._all, self._seen.row_at(first), behind

    @property
    def is_summed_up(self) -> bool:
        """Whether nothing is left to be said of what is folded."""
        return True

    def sum_up(self, budget_bytes: int) -> bool:
        """Go on with what is to be said of folds; true if rows look different by now."""
        del budget_bytes
        return False
