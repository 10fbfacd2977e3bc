"""Selecting with the mouse: from where its button went down up to where the pointer is.

Textual's own selecting ends where a view ends, and leaves behind what is scrolled beneath a
pointer that rests at its edge. So it is done here; where selections are kept is Textual's.

    button down ──▶ anchored ──moved──▶ selected up to the pointer ──button up──▶ stays so
                                         │ beyond an edge  ▲
                                         └───▶ scrolled ───┘  again and again
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.geometry import Offset
from textual.selection import Selection

from tui.widgets.body_view.pointing import BodyPointing

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual import events
    from textual.timer import Timer

    from tui.widgets.body_view.held import Place

_SCROLLED_EVERY_S = 0.05
_ROWS_BEYOND_MAX = 5
"""The further beyond an edge the pointer is, the faster it goes: so many rows, squared."""
_COLUMNS_BEYOND = 4


class BodyDragging(BodyPointing):
    """Selects characters while a button of the mouse is held."""

    ALLOW_SELECT = False  # by Textual

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._anchor: Offset | None = None
        """Column and row where the button went down; None while it is not held."""
        self._pointer = Offset()
        """Where it is now, from the upper left of the view, perhaps beyond it."""
        self._scrolling: Timer | None = None

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Remember where one may begin to select."""
        at = event.get_content_offset(self)
        if event.button == 1 and at is not None and at.y >= self.header_rows and self.row_count:
            self._pointer, self._anchor = at, self._place_at(at)
            self.capture_mouse()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Select up to the pointer, and scroll while it is beyond an edge."""
        if self._anchor is None:
            return
        self._pointer = event.get_content_offset_capture(self)
        self._select_to_pointer()
        if self._steps_beyond() == Offset():
            self._stop_scrolling()
        elif self._scrolling is None:
            self._scrolling = self.set_interval(_SCROLLED_EVERY_S, self._scroll_on)

    def on_mouse_up(self) -> None:
        """Leave selected what is."""
        self._let_go()

    def drop_mouse_selection(self) -> None:
        """Select nothing any more: it was of other rows."""
        super().drop_mouse_selection()
        self._let_go()

    def held_places(self) -> list[Place]:
        """Return where what is selected begins and ends, and where the button went down."""
        selection = self.text_selection if self.is_attached else None
        ends = () if selection is None else (selection.start, selection.end)
        return [each.transpose for each in (*ends, self._anchor) if each is not None]

    def move_held(self, now: Mapping[Place, Place]) -> None:
        """Select the same, which is drawn at other places by now; nothing if there are none."""
        if not now:
            self.drop_mouse_selection()
            return
        selection = self.text_selection
        if self._anchor is not None:
            self._anchor = _moved(self._anchor, now)
        if selection is not None and selection.start is not None and selection.end is not None:
            ends = (_moved(each, now) for each in (selection.start, selection.end))
            self.screen.selections = {self: Selection.from_offsets(*ends)}

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Select what is beneath the pointer now, however it was scrolled there."""
        super().watch_scroll_y(old_value, new_value)
        if self._anchor is not None and self.text_selection is not None:
            self._select_to_pointer()

    def _let_go(self) -> None:
        self._stop_scrolling()
        if self._anchor is not None:
            self._anchor = None
            self.release_mouse()

    def _select_to_pointer(self) -> None:
        """Select from the anchor up to the pointer, with the characters beneath both."""
        place = self._place_at(self._pointer)
        if self._anchor is None or (place == self._anchor and self.text_selection is None):
            return
        (row, first), (last_row, last) = sorted((self._anchor.transpose, place.transpose))
        end = self._behind_character(last_row, last)
        selected = Selection.from_offsets(Offset(first, row), Offset(end, last_row))
        if selected != self.text_selection:
            self.screen.selections = {self: selected}

    def _behind_character(self, row: int, column: int) -> int:
        """Return the column behind a character and the marks that are drawn in its cells."""
        text, end = self.row(row).text, column + 1
        while 0 < end < len(text) and not cell_len(text[end]):
            end += 1
        return end

    def _place_at(self, pointer: Offset) -> Offset:
        """Return column and row beneath the pointer, or what is nearest to it in the view."""
        width, height = self.scrollable_content_region.size
        x, y = min(pointer.x, width - 1), max(self.header_rows, min(pointer.y, height - 1))
        row = int(self.scroll_offset.y) + y - self.header_rows
        if row >= self.row_count:
            last = self.row_count - 1
            text = self.row(last).text
            return Offset(len(text), last)
        # Before its first character a row is selected from its start.
        column = self.character_at(row, x) if x >= self.gutter_cells else x - self.gutter_cells
        return Offset(column, row)

    # Beyond the edges

    def _steps_beyond(self) -> Offset:
        """Return how many columns and rows to scroll for where the pointer is."""
        width, height = self.scrollable_content_region.size
        x, y = self._pointer
        below = min(max(0, y - height + 1), _ROWS_BEYOND_MAX)
        above = min(max(0, self.header_rows - y), _ROWS_BEYOND_MAX)
        columns = (x >= width and self._goes_on_at_pointer) - (x < 0)
        return Offset(columns * _COLUMNS_BEYOND, below**2 - above**2)

    @property
    def _goes_on_at_pointer(self) -> bool:
        """Whether there is more of the pointer's row to the right of the view."""
        if self.document is None:
            return False
        drawn = self.row(min(self._place_at(self._pointer).y, self.row_count - 1))
        room = self.scrollable_content_region.width - self.gutter_cells
        return cell_len(drawn.text) > self.scroll_offset.x + room

    def _scroll_on(self) -> None:
        columns, rows = self._steps_beyond()
        x, y = self.scroll_offset
        self.scroll_to(x=x + columns, y=y + rows, animate=False, immediate=True)
        self._select_to_pointer()

    def _stop_scrolling(self) -> None:
        if self._scrolling is not None:
            self._scrolling.stop()
        self._scrolling = None


def _moved(at: Offset, now: Mapping[Place, Place]) -> Offset:
    row, column = now[at.transpose]
    return Offset(column, row)
