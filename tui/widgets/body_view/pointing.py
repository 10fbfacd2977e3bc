"""What the mouse does in a body view, beside selecting, which is a class of its own.

click ──▶ the row has the cursor; on what is folded, or beside a bracket: folded or unfolded
click twice ──▶ a word is selected; three times: a line
wheel, with shift or sideways ──▶ look sideways
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rich.cells import chop_cells
from textual.geometry import Offset
from textual.selection import Selection

from tui.widgets.body_view.moving import BodyMoving

if TYPE_CHECKING:
    from textual import events

_COLUMNS_AT_ONCE = 4
_WORD = re.compile(r"[\w.+-]+|\s+|.")
"""What two clicks select: a name, a number with its sign and point, or another character."""


class BodyPointing(BodyMoving):
    """Tells clicks on rows from those that end a selection."""

    # What a view adds

    def click_header(self, cell: int) -> None:
        """Be told of a click above the rows, so many cells from the left."""

    def click_row(self, row: int, cell: int, times: int) -> None:
        """Put the cursor on a row that is clicked on.

        Args:
            row: which one.
            cell: how far from the left of the view.
            times: how often, in quick succession.
        """
        self.go_to(row)
        if times > 1 and cell >= self.gutter_cells:
            self._select_at(row, self.character_at(row, cell), is_all=times > 2)

    def look_sideways(self, steps: int) -> None:
        """Look further right or left, by so many turns of a wheel."""
        x = self.scroll_offset.x + steps * _COLUMNS_AT_ONCE
        self.scroll_to(x=x, animate=False, immediate=True)

    # Clicks

    def on_click(self, event: events.Click) -> None:
        """Take a click on a row, unless it ends a selection."""
        event.prevent_default()  # Textual's own selects all upon the second one
        at = event.get_content_offset(self)
        if at is None or event.button != 1 or self.text_selection is not None:
            return
        row = int(self.scroll_offset.y) + at.y - self.header_rows
        is_covered = at.y == self.scrollable_content_region.height - 1
        if at.y < self.header_rows:
            event.stop()
            self.click_header(at.x)
        elif row < self.row_count and not (is_covered and self.bottom_strip(1) is not None):
            event.stop()
            self.click_row(row, at.x, event.chain)

    def character_at(self, row: int, cell: int) -> int:
        """Return which character of a row is drawn at a cell of the view."""
        text = self.row(row).text
        cells = max(0, cell - self.gutter_cells + int(self.scroll_offset.x))
        return len(chop_cells(text, cells)[0]) if text and cells else 0

    def _select_at(self, row: int, character: int, *, is_all: bool) -> None:
        if self.document is None:
            return
        drawn = self.row(row)
        words = (found.span() for found in _WORD.finditer(drawn.text))
        word = next((span for span in words if span[0] <= character < span[1]), None)
        span = (drawn.hanging, len(drawn.text)) if is_all else word
        if span is not None:
            start, end = (Offset(column, row) for column in span)
            self.screen.selections = {self: Selection.from_offsets(start, end)}

    # The wheel

    def on_mouse_scroll_right(self, event: events.MouseScrollRight) -> None:
        """Look right."""
        self._turn(event, 1)

    def on_mouse_scroll_left(self, event: events.MouseScrollLeft) -> None:
        """Look left."""
        self._turn(event, -1)

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Look right while shift is held."""
        if event.shift or event.ctrl:
            self._turn(event, 1)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Look left while shift is held."""
        if event.shift or event.ctrl:
            self._turn(event, -1)

    def _turn(self, event: events.MouseEvent, steps: int) -> None:
        event.stop()
        event.prevent_default()  # Textual's own scrolls in an animation
        self.look_sideways(steps)
