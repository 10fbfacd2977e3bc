"""Pretty JSON of which parts can be folded to one row: a view over the rows of `JsonDocument`.

    JsonInSight (which rows are in sight) ──▶ FoldingJson (drawn, and what they are of)

Numbers, offsets and paths stay those of the whole, so that finding and going to places know
nothing of folds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.body.embedded import open_string
from tui.body.folded import Folded, FoldMode
from tui.body.json.fold_rows import FoldRows
from tui.body.json.fold_words import FoldWords
from tui.body.json.in_sight import JsonInSight
from tui.body.json.values import value_span
from tui.body.rows import ROW_BYTES, Row
from tui.body.shown_body import ShownBody

if TYPE_CHECKING:
    from tui.body.growing import Bytes
    from tui.body.rows import Document


class FoldingJson(JsonInSight):
    """JSON as `JsonDocument` lays it out, less what is folded."""

    def __init__(
        self,
        data: Bytes,
        *,
        row_bytes: int = ROW_BYTES,
        is_growing: bool = False,
        are_lines: bool = False,
    ) -> None:
        super().__init__(data, row_bytes=row_bytes, is_growing=is_growing, are_lines=are_lines)
        self._words = FoldWords(self._layout)
        self._drawn = FoldRows(self._json, self._folds, self._words)

    # Rows in sight

    def row(self, index: int) -> Row:
        """Cut, decode and colour one row, what is folded into it in a few words."""
        row = self._seen.row_at(index)
        if not self._has_fold(index):
            return self._json.row(row)
        return self._drawn.draw(row, self._seen.hidden_end(index))

    def number(self, index: int) -> str:
        """Return the number of the line that a row begins, folded ones counted."""
        return self._json.number(self._seen.row_at(index))

    def starts_line(self, index: int) -> bool:
        """Whether a row begins a line."""
        return self._json.starts_line(self._seen.row_at(index))

    def span(self, index: int) -> tuple[int, int]:
        """Return the first byte of a row, and the first one behind it and what it hides."""
        start, end = self._json.span(self._seen.row_at(index))
        if not self._has_fold(index):
            return start, end
        behind = self._seen.hidden_end(index) or self._place.at
        return start, self._json.span(behind - 1)[1]

    def row_at(self, offset: int) -> int:
        """Return the row that holds a byte, or into which it is folded."""
        return self._seen.index_of(self._json.row_at(offset))

    def row_of(self, number: int) -> int:
        """Return the row where the line of that number begins, or into which it is folded."""
        return self._seen.index_of(self._json.row_of(number))

    def columns(self, index: int, start: int, end: int) -> tuple[tuple[int, int], ...]:
        """Return which characters of a row show a range of bytes: the words, of what is folded."""
        row = self._seen.row_at(index)
        columns = self._json.columns(row, start, end)
        if not self._has_fold(index):
            return columns
        text, limit = self.row(index).text, len(self._drawn.head(row).text)
        shown = tuple((first, min(last, limit)) for first, last in columns if first < limit)
        is_beyond = end > self._json.span(row)[1] or len(shown) < len(columns)
        return (*shown, (limit, len(text))) if is_beyond else shown

    def path(self, index: int) -> str:
        """Return where in the value a row is: ``predictions[17].score``."""
        return self._json.path(self._seen.row_at(index))

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
        row = self._json.row_at(offset)
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
        return self.reveal(self._json.span(self._json.row_of(number))[0])

    def whole(self, first: int, end: int) -> tuple[Document, int, int]:
        """Return the rows that some rows in sight stand for, and the document they are of."""
        behind = self._seen.row_at(end - 1) + 1
        if self._has_fold(end - 1):
            behind = self._seen.hidden_end(end - 1) or self._place.at
        return self._json, self._seen.row_at(first), behind

    @property
    def is_summed_up(self) -> bool:
        """Whether nothing is left to be said of what is folded."""
        return self._words.is_complete

    def sum_up(self, budget_bytes: int) -> bool:
        """Go on with what is to be said of folds; true if rows look different by now."""
        return self._words.advance(budget_bytes)

    # Values

    def value(self, index: int) -> bytes | None:
        """Return the value of a row as it is spelt."""
        row = self._seen.row_at(index)
        if row >= len(self._layout.flags):
            return None
        span = value_span(self.data, self._layout, row)
        return None if span is None else bytes(self.data[slice(*span)])

    def nested(self, index: int) -> ShownBody | None:
        """Return what is in brackets, or in a string, as a body; None of numbers and words."""
        value = self.value(index)
        if value is None or value[:1] not in (b'"', b"{", b"["):
            return None
        return open_string(value) if value[:1] == b'"' else ShownBody(value, "application/json")
