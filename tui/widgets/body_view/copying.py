"""What is copied from a body view: the selection, the path of a line, or all of it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from textual import work

from tui.blocking import run_blocking
from tui.body.copying import COPIED_ROWS_MAX, line_text, text_of_rows, value_text
from tui.body.lenses import HEX
from tui.body.rows import Valued
from tui.widgets.body_view.lens import BodyLens
from tui.widgets.copying import CopyRequested

if TYPE_CHECKING:
    from textual.selection import Selection

    from tui.body.rows import Document


class BodyCopying(BodyLens):
    """Turns what is shown, or selected, back into text."""

    def action_copy_path(self) -> None:
        """Copy where in the value the cursor is; in a hex dump, at which byte."""
        if self.document is None or not self.row_count:
            return
        if self.lens == HEX:
            offset = f"0x{self.offset_of_cursor:x}"
            self.post_message(CopyRequested(offset, "the offset"))
        elif path := self.document.path(self.cursor):
            self.post_message(CopyRequested(path, "the path"))

    @work(exclusive=True, group="copy-value", description="copy a value")
    async def action_copy_value(self) -> None:
        """Copy the value of the cursor's row; of what has none, its line."""
        document, row = self.document, self.cursor
        if document is None or not self.row_count:
            return
        text = None
        if isinstance(document, Valued):
            # The end of what is long is looked for: 20 ms among a million siblings.
            text = await run_blocking(partial(value_text, document, row), name="value")
        if text is not None:
            self.post_message(CopyRequested(text, "the value"))
        else:
            self.post_message(CopyRequested(line_text(document, row), "the line"))

    def text_to_copy(self) -> str:
        """Return what is selected; without a selection all that is shown."""
        selected = self.selected_text()
        if selected is not None or self.document is None:
            return selected or ""
        return self._all_text(self.document)

    def copying(self, whole: str) -> CopyRequested:
        """Ask for what is selected; without a selection for all, which is named ``whole``."""
        selected = self.selected_text()
        if selected is not None:
            return CopyRequested(selected, "the selection")
        return CopyRequested(self.text_to_copy(), whole)

    def selected_text(self) -> str | None:
        """Return what is selected; None without a selection."""
        document, selection = self.document, self.text_selection
        if document is None:
            return None
        if selection is not None and (found := self.get_selection(selection)):
            return found[0]
        if self.selected_from is None:
            return None
        first, last = sorted((self.selected_from, self.cursor))
        return text_of_rows(document, first, last + 1)

    def _all_text(self, document: Document) -> str:
        if document.is_complete and document.row_count <= COPIED_ROWS_MAX:
            return text_of_rows(document, 0, document.row_count)
        return self.shown.data.decode("utf-8", "replace") if self.shown else ""

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """Return the text that the mouse selected; Textual asks."""
        document = self.document
        if document is None:
            return None
        start, end = selection.start, selection.end
        if start is None and end is None:
            return self._all_text(document), "\n"
        last = document.row_count - 1
        text = text_of_rows(
            document,
            start.y if start else 0,
            1 + (min(end.y, last) if end else last),
            first_column=max(0, start.x) if start else 0,
            last_column=max(0, end.x) if end and end.y <= last else None,
        )
        return text, "\n"
