"""Moving among the rows of a body, and selecting them, by keys."""

from __future__ import annotations

from tui.widgets.body_view.rows import BodyRows


class BodyMoving(BodyRows):
    """Goes where one wants to be, which may not be laid out yet."""

    def go_to_line(self, number: int) -> None:
        """Put the cursor on the line of that number, unfolded if it was not in sight."""
        if (document := self.document) is None or not document.row_count:
            return
        if self.foldable is not None and self.foldable.reveal_line(number):
            while self.foldable.reveal_line(number):
                pass
            self.rows_changed(document.row_of(number))
        self.go_to(document.row_of(number))

    def action_move(self, rows: int) -> None:
        """Go up or down."""
        self.go_to(self.cursor + rows)

    def action_turn_pages(self, pages: float) -> None:
        """Turn so many pages; text moves by as much as the cursor."""
        rows = int(pages * self.page_rows) or (1 if pages > 0 else -1)
        self.scroll_to(y=self.scroll_offset.y + rows, animate=False, immediate=True)
        self.go_to(self.cursor + rows)

    def action_move_to_end(self, direction: int) -> None:
        """Go to the first row, or to the last one known and then on to the last one there is."""
        self.go_to(self.row_count if direction > 0 else 0)
        if direction > 0 and self.document is not None and not self.document.is_complete:
            self._wanted = (len(self.document.data), len(self.document.data))

    def action_scroll_columns(self, columns: int) -> None:
        """Look further left or right."""
        self.scroll_to(x=self.scroll_offset.x + columns, animate=False, immediate=True)

    def action_select(self, rows: int) -> None:
        """Select rows, from the cursor on."""
        if not self.row_count:
            return
        if self.selected_from is None:
            self.selected_from = self.cursor
        self.cursor += rows
        self.refresh()
