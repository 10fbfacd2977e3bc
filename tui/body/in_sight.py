"""Which rows of a document are in sight, told in slices as they are laid out.

    Foldings ──rows──▶ Folds (which are folded) ──▶ VisibleRows ──▶ rows in sight

Toggling one fold tells the rows within it anew and keeps what is known of those behind it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from tui.body.growing import Growing
from tui.body.rows import Document
from tui.body.visible_rows import Tail, VisibleRows

if TYPE_CHECKING:
    from tui.body.folded import FoldMode
    from tui.body.folds import Folds
    from tui.body.growing import Bytes

_STEP_ROWS = 8_192
_STEP_BYTES = 128
"""A step of telling which rows are in sight takes as long as laying out so many bytes."""
_SYNC_STEPS = 128
"""Told at once, which folds a screen of rows; looking for folds further on waits for its turn."""
_FOLDS_A_STEP = 16
"""When they are told together."""
_UNFOLDED_STEPS = 1
"""Of `_STEP_ROWS` without a fold, beside the one that each takes: looking through them all."""


@dataclass(slots=True)
class _Place:
    """How far rows were looked at: those before ``at`` are known to be in sight or hidden."""

    at: int = 0
    hiding: int | None = None
    """The fold that hides what follows, its end not known yet."""
    searched: int = 0
    """There is no end of it before this row."""


class LaidOut(Document, Growing, Protocol):
    """All rows of what is folded."""

    @property
    def index_bytes(self) -> int:
        """How much memory it takes to know where they are."""
        ...


class RowsInSight:
    """The rows of a document that no fold hides, as far as that is known.

    Args:
        laid_out: all rows.
        folds: which of them are folded.
    """

    def __init__(self, laid_out: LaidOut, folds: Folds) -> None:
        self._all = laid_out
        self._folds = folds
        self._seen = VisibleRows()
        self._place = _Place()
        self._kept: tuple[Tail, _Place] | None = None
        """What was told of rows behind those that are being told anew."""

    # How far it is

    @property
    def data(self) -> Bytes:
        """The bytes that rows are made of."""
        return self._all.data

    @property
    def row_count(self) -> int:
        """How many rows are in sight so far."""
        return self._seen.count

    @property
    def is_complete(self) -> bool:
        """Whether all rows are known."""
        return self._all.is_complete and self._place.at == self._all.row_count

    @property
    def progress(self) -> float:
        """How much of the body is laid out, or told to be in sight, 0 to 1."""
        if not self._all.is_complete:
            return self._all.progress
        return self._place.at / max(1, self._all.row_count)

    @property
    def is_growing(self) -> bool:
        """Whether more may come."""
        return self._all.is_growing

    @property
    def is_waiting(self) -> bool:
        """Whether more may come, and all that came so far is laid out and told of."""
        return self._all.is_waiting and self._is_told

    @property
    def final_row_count(self) -> int:
        """How many rows are as they will stay, less one that may show a fold yet."""
        return max(0, self._seen.index_of(self._place.at - 1))

    @property
    def has_open_rows(self) -> bool:
        """Whether there are rows that may yet become others."""
        return self._all.has_open_rows and not self._all.is_complete

    @property
    def reached(self) -> int:
        """Offset of the first byte that no row holds yet."""
        is_all = self._place.at == self._all.row_count or (self.is_growing and self._is_told)
        return self._all.reached if is_all else self._all.span(self._place.at)[0]

    @property
    def words(self) -> str:
        """What this is, and where it breaks."""
        return self._all.words

    def append(self, data: bytes) -> None:
        """Take in what came next."""
        self._all.append(data)

    def finish(self, data: bytes) -> None:
        """Take in that nothing comes any more; a line that was open is to be laid out anew."""
        self._hide_open_rows()
        self._all.finish(data)

    def advance(self, budget_bytes: int) -> None:
        """Lay out about so many bytes more, or tell of so many rows whether they are in sight."""
        if not self._all.is_complete:
            self._all.advance(budget_bytes)
        self._tell(1 + budget_bytes // _STEP_BYTES)

    @property
    def index_bytes(self) -> int:
        """How much memory it takes to know where rows are."""
        return self._all.index_bytes + self._seen.size_bytes

    # How rows are told to be in sight or not

    @property
    def _known(self) -> int:
        """How many rows may be looked at, of whole lines only.

        What a row opens is told by the one behind it.
        """
        folds = self._folds
        return self._all.final_row_count if folds.is_complete else folds.whole_lines_end

    @property
    def _is_told(self) -> bool:
        return self._place.at >= self._known

    def _tell(self, steps: int) -> None:
        self._hide_open_rows()
        self._tell_final_rows(steps)
        is_open = self.is_growing or self.has_open_rows
        if is_open and self._is_told and self._place.hiding is None:
            self._seen.show(self._all.row_count)

    def _hide_open_rows(self) -> None:
        """Show no more than is told of: rows of what grows are shown before that."""
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
                steps -= self._show_more()

    def _show_more(self) -> int:
        """Look at some more rows, up to a fold or behind many; return how many more steps it took.

        Millions of folds are told together, in a tenth of the time.
        """
        place, folds = self._place, self._folds
        until = self._known if self._kept is None else self._kept[0].row
        if place.at >= folds.row_count:
            place.at = place.searched = until
            self._seen.show(place.at)
            return _UNFOLDED_STEPS
        end = folds.near_end(place.at, min(until, place.at + _STEP_ROWS, folds.row_count))
        many = folds.many_from(place.at, end)
        if many:
            self._seen.hide_many(many)
            place.at = place.searched = many[-1][1]
            self._seen.show(place.at)
            return len(many) // _FOLDS_A_STEP
        before = folds.looked_at
        fold = folds.next_from(place.at, end)
        place.at = end if fold is None else fold + 1
        place.hiding, place.searched = fold, place.at
        self._seen.show(place.at)
        return folds.looked_at - before + (_UNFOLDED_STEPS if fold is None else 0)

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
