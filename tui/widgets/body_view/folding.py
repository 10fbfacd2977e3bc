"""Folding in a body view, and opening what is in a row as a body of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import work

from tui.blocking import run_blocking
from tui.body.opening import opened_in
from tui.body.rows import Nested, path_end
from tui.body.sanitise import sanitise
from tui.widgets.body_view.deriving import BodyDeriving, Derived

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.body.rows import Document

_FOLDED = "▸"
_PLACE_CHARS_MAX = 200


class BodyFolding(BodyDeriving):
    """Folds and unfolds what the document can fold."""

    _is_clicked = False
    """Whether the last click folded or unfolded: one more at the same place is too many."""

    @property
    def has_other_work(self) -> bool:
        """Whether there is more to be said of folds, or what came folds all at another depth."""
        folds = self.foldable
        has_work = folds is not None and (folds.needs_refold or not folds.is_summed_up)
        return has_work or super().has_other_work

    def advance_others(self, budget_bytes: int) -> None:
        """Go on summing up what is folded; numbers take longer than finding."""
        super().advance_others(budget_bytes)
        if self.foldable is not None and self.foldable.needs_refold:
            self._fold_anew(self.foldable.refold)
        if self.foldable is not None and self.foldable.sum_up(budget_bytes // 8):
            self.redraw()

    def gutter_mark(self, index: int) -> str:
        """Mark what is folded."""
        is_folded = self.foldable is not None and self.foldable.is_folded(index)
        return _FOLDED if is_folded else super().gutter_mark(index)

    def click_row(self, row: int, cell: int, times: int) -> None:
        """Fold or unfold what begins in a row that is clicked on twice, or beside its text.

        What is said of what is folded unfolds it, too.
        """
        is_again, self._is_clicked = self._is_clicked and times > 1, False
        if is_again:
            return
        if self.foldable is None or not self.foldable.begins_fold(row):
            super().click_row(row, cell, times)
            return
        words = self.foldable.columns_of_fold(row)
        is_on_words = words is not None and self.character_at(row, cell) in range(*words)
        super().click_row(row, cell, 1)
        if times == 2 or is_on_words or cell < self.gutter_cells:
            self._is_clicked = True
            self.action_toggle_fold()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave the keys to others where nothing folds, or is in a row."""
        if action in ("toggle_fold", "fold_all", "unfold_all"):
            return self.foldable is not None
        if action == "open_nested":
            return isinstance(self.document, Nested)
        return super().check_action(action, parameters)

    def action_toggle_fold(self) -> None:
        """Fold or unfold what the cursor is in; the cursor goes to where it begins."""
        if self.foldable is not None:
            row = self.foldable.toggle(self.cursor)
            if row is not None:
                self.rows_changed(row)

    def action_fold_all(self) -> None:
        """Fold all events, or all but the outermost brackets or elements."""
        if self.foldable is not None:
            self._fold_anew(self.foldable.fold_all)

    def action_unfold_all(self) -> None:
        """Show all lines."""
        if self.foldable is not None:
            self._fold_anew(self.foldable.unfold_all)

    def _fold_anew(self, fold: Callable[[], None]) -> None:
        """Fold something else; the cursor stays at its byte, or goes to what hides it."""
        offset = self.offset_of_cursor
        fold()
        self.show_document(self.document, offset=offset)

    @work(exclusive=True, group="nested", description="open what is in a row")
    async def action_open_nested(self) -> None:
        """Show what is in the cursor's row by itself, until escape goes back."""
        document, row = self.document, self.cursor
        if not isinstance(document, Nested) or not self.row_count:
            return
        body = await run_blocking(lambda: opened_in(document, row), name="nested")
        if body is not None and document is self.document:
            # What is being made of the body would come on top of what is in it.
            self.stop_running()
            words = f"in {_place(document, row)}{' (not all of it)' * body.is_cut}"
            self.show_derived(Derived(words, words, body))


def _place(document: Document, row: int) -> str:
    """Say what was opened, as briefly as one can; drawable."""
    path = path_end(document, row, _PLACE_CHARS_MAX + 1)
    if len(path) > _PLACE_CHARS_MAX:
        path = f"…{path[-_PLACE_CHARS_MAX:]}"
    number = document.number(row)
    return sanitise(path) or (f"line {number}" if number else "the file")
