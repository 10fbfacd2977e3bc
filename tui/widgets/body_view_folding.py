"""Folding in a body view, and opening what is in a row as a body of its own."""

from __future__ import annotations

from textual import work

from tui.blocking import run_blocking
from tui.body.rows import Foldable, Nested
from tui.body.sanitise import sanitise
from tui.widgets.body_view_deriving import BodyDeriving, Derived


class BodyFolding(BodyDeriving):
    """Folds and unfolds what the document can fold."""

    @property
    def has_other_work(self) -> bool:
        """Whether there is more to be said of folds."""
        document = self.document
        is_summing = isinstance(document, Foldable) and not document.is_summed_up
        return is_summing or super().has_other_work

    def advance_others(self, budget_bytes: int) -> None:
        """Go on summing up what is folded; numbers take longer than finding."""
        super().advance_others(budget_bytes)
        if isinstance(self.document, Foldable) and self.document.sum_up(budget_bytes // 8):
            self.redraw()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave the keys to others where nothing folds, or is in a row."""
        if action in ("toggle_fold", "fold_all", "unfold_all"):
            return isinstance(self.document, Foldable)
        if action == "open_nested":
            return isinstance(self.document, Nested)
        return super().check_action(action, parameters)

    def action_toggle_fold(self) -> None:
        """Fold or unfold what the cursor is in; the cursor goes to where it begins."""
        if isinstance(self.document, Foldable):
            row = self.document.toggle(self.cursor)
            if row is not None:
                self.rows_changed(row)

    def action_fold_all(self) -> None:
        """Fold all but the outermost brackets."""
        if isinstance(self.document, Foldable):
            offset = self.offset_of_cursor
            self.document.fold_all()
            self.show_document(self.document, offset=offset)

    def action_unfold_all(self) -> None:
        """Show all lines."""
        if isinstance(self.document, Foldable):
            offset = self.offset_of_cursor
            self.document.unfold_all()
            self.show_document(self.document, offset=offset)

    @work(exclusive=True, group="nested", description="open what is in a row")
    async def action_open_nested(self) -> None:
        """Show what is in the cursor's row by itself, until escape goes back."""
        document, row = self.document, self.cursor
        if not isinstance(document, Nested) or not self.row_count:
            return
        body = await run_blocking(lambda: document.nested(row), name="nested")
        if body is not None and document is self.document:
            # What is being made of the body would come on top of what is in it.
            self.stop_running()
            words = f"in {sanitise(document.path(row)) or f'line {document.number(row)}'}"
            self.show_derived(Derived(words, words, body))
