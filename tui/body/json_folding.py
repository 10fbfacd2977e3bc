"""Pretty JSON of which parts can be folded to one row: a view over the rows of `JsonDocument`.

    JsonDocument ──rows──▶ JsonFolds (which are folded) ──▶ VisibleRows ──▶ rows in sight

Rows in sight are told from the first on, in slices, as rows are laid out; toggling one fold
tells those within it anew and keeps those behind it. Numbers, offsets and paths stay those of
the whole, so that finding and going to places know nothing of folds.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tui.body.embedded import open_string
from tui.body.folded import Folded, FoldMode
from tui.body.json_brackets import first_row_of_line
from tui.body.json_document import JsonDocument
from tui.body.json_fold_rows import FoldRows
from tui.body.json_fold_words import FoldWords
from tui.body.json_folds import JsonFolds
from tui.body.json_values import value_span
from tui.body.rows import ROW_BYTES, Row
from tui.body.shown_body import ShownBody
from tui.body.visible_rows import Tail, VisibleRows

if TYPE_CHECKING:
    from tui.body.growing import Bytes
    from tui.body.rows import Document

_STEP_ROWS = 8_192
_STEP_BYTES = 128
"""A step of telling which rows are in sight takes as long as laying out so many bytes."""
_SYNC_STEPS = 256


@dataclass(slots=True)
class _Place:
    """How far rows were looked at: those before ``at`` are known to be in sight or hidden."""

    at: int = 0
    hiding: int | None = None
    """The fold that hides what follows, its end not known yet."""
    searched: int = 0
    """There is no end of it before this row."""


class FoldingJson:
    """JSON as `JsonDocument` lays it out, less what is folded."""

    def __init__(
        self, data: Bytes, *, row_bytes: int = ROW_BYTES, is_growing: bool = False
    ) -> None:
        self._json = JsonDocument(data, row_bytes=row_bytes, is_growing=is_growing)
        self._layout = self._json.layout
        self._folds = JsonFolds(self._layout)
        self._words = FoldWords(self._layout)
        self._drawn = FoldRows(self._json, self._folds, self._words)
        self._seen = VisibleRows()
        self._place = _Place()
        self._kept: tuple[Tail, _Place] | None = None
        """What was told of rows behind those that are being told anew."""

    # How far it is

    @property
    def data(self) -> Bytes:
        """The bytes that rows are made of."""
        return self._json.data

    @property
    def row_count(self) -> int:
        """How many rows are in sight so far."""
        return self._seen.count

    @property
    def is_complete(self) -> bool:
        """Whether all rows are known."""
        return self._json.is_complete and self._place.at == self._json.row_count

    @property
    def progress(self) -> float:
        """How much of the body is laid out, or told to be in sight, 0 to 1."""
        if not self._json.is_complete:
            return self._json.progress
        return self._place.at / max(1, self._json.row_count)

    @property
    def is_growing(self) -> bool:
        """Whether more may come."""
        return self._json.is_growing

    @property
    def is_waiting(self) -> bool:
        """Whether more may come, and all that came so far is laid out and told of."""
        return self._json.is_waiting and self._is_told

    @property
    def final_row_count(self) -> int:
        """How many rows are as they will stay, less one that may show a fold yet."""
        return max(0, self._seen.index_of(self._place.at - 1))

    @property
    def reached(self) -> int:
        """Offset of the first byte that no row holds yet."""
        is_all = self._place.at == self._json.row_count or (self.is_growing and self._is_told)
        return self._json.reached if is_all else self._json.span(self._place.at)[0]

    @property
    def words(self) -> str:
        """What this is, and where it breaks."""
        return self._json.words

    def append(self, data: bytes) -> None:
        """Take in what came next."""
        self._json.append(data)

    def finish(self, data: bytes) -> None:
        """Take in that nothing comes any more."""
        self._json.finish(data)

    def advance(self, budget_bytes: int) -> None:
        """Lay out about so many bytes more, or tell of so many rows whether they are in sight."""
        if not self._json.is_complete:
            self._json.advance(budget_bytes)
        self._tell(1 + budget_bytes // _STEP_BYTES)

    @property
    def index_bytes(self) -> int:
        """How much memory it takes to know where rows are."""
        return self._json.index_bytes + self._seen.size_bytes

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

    # How rows are told to be in sight or not

    @property
    def _known(self) -> int:
        """How many rows may be looked at, of whole lines only.

        What a row opens is told by the one behind it.
        """
        if self._layout.is_complete:
            return self._json.final_row_count
        rows = len(self._layout.flags)
        return first_row_of_line(self._layout, rows - 1) if rows else 0

    @property
    def _is_told(self) -> bool:
        return self._place.at >= self._known

    def _tell(self, steps: int) -> None:
        self._hide_open_rows()
        self._tell_final_rows(steps)
        if self.is_growing and self._is_told and self._place.hiding is None:
            self._seen.show(self._json.row_count)

    def _hide_open_rows(self) -> None:
        """Show no more than is told of: rows of growing JSON are shown before that."""
        if self._place.hiding is None:
            self._seen.show(self._place.at)

    def _tell_final_rows(self, steps: int) -> None:
        place = self._place
        while place.at < self._known and steps > 0:
            steps -= 1
            if place.hiding is not None:
                if not self._end_hiding(place.hiding):
                    return
            elif self._kept is not None and self._kept[0].row == place.at:
                self._seen.put_back(self._kept[0])
                place, self._kept = self._kept[1], None
                self._place = place
            else:
                self._show_more()

    def _show_more(self) -> None:
        place = self._place
        until = self._known if self._kept is None else self._kept[0].row
        json_end = len(self._layout.flags)
        end = min(until, place.at + _STEP_ROWS, json_end) if place.at < json_end else until
        fold = self._folds.next_from(place.at, end) if place.at < json_end else None
        place.at = end if fold is None else fold + 1
        place.hiding, place.searched = fold, place.at
        self._seen.show(place.at)

    def _end_hiding(self, fold: int) -> bool:
        """Look for the end of what is hidden; false if it is not known."""
        end = self._folds.end_of(fold, self._place.searched)
        self._hide(fold, end)
        return end is not None

    def _hide(self, fold: int, end: int | None) -> None:
        """Hide what is behind a fold, up to ``end`` or as far as rows are known."""
        place = self._place
        if end is None:
            place.hiding, place.at = fold, max(place.at, self._known)
            place.searched = place.at
        else:
            place.hiding, place.at = None, end
            self._seen.hide(end)

    def _toggle(self, fold: int) -> None:
        end = self._seen.hidden_end(self._seen.index_of(fold)) or self._folds.end_of(fold)
        self._hide_open_rows()
        self._folds.toggle(fold)
        if end is not None and end <= self._place.at and self._kept is None:
            self._kept = self._seen.cut_behind(fold, end), self._place
        else:
            self._seen.forget_behind(fold)
            self._kept = None
        self._place = _Place(fold + 1, searched=fold + 1)
        if self._folds.is_folded(fold):
            self._hide(fold, end)
        self._tell(_SYNC_STEPS)

    def _reset(self, mode: FoldMode) -> None:
        self._folds.reset(mode)
        self._tell_anew()

    def _tell_anew(self) -> None:
        self._seen, self._place, self._kept = VisibleRows(), _Place(), None
        self._tell(_SYNC_STEPS)

    def _has_fold(self, index: int) -> bool:
        is_last = index == self.row_count - 1
        is_hiding = is_last and self._place.hiding is not None
        return is_hiding or self._seen.hidden_end(index) is not None
