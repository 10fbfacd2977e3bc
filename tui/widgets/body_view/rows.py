"""Rows of a document on the screen: laid out between frames, drawn as they come into view.

This knows how to scroll, and where the cursor is; what is shown, and what is looked for in it, is
`BodyView`'s.

    Document ──row(i)──▶ BodyDrawing ──▶ screen
       ▲
     advance, a slice at a time, by a timer that runs while there is work
"""

from __future__ import annotations

import re
from time import monotonic
from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.geometry import Region

from tui.body.growing import Growing
from tui.body.rows import Foldable
from tui.widgets.body_view.drawing import BodyDrawing

if TYPE_CHECKING:
    from textual.timer import Timer

    from tui.body.rows import Document

_SPACES = re.compile(rb"[ \t\r\n]*+")
_FIRST_BYTES = 8 * 1024
"""Laid out at a time until there is a page to be seen, so that a large body is as fast to come."""
_SMALL_BYTES = 64 * 1024
"""No more than this is laid out at once."""
_SLICE_BYTES = 16 * 1024
"""Laid out at a time; some 1 ms, and 5 where each line has a few bytes only."""
_OTHER_BYTES = 32 * 1024
"""Looked through at a time; some 3 ms where every other byte is found."""
TURN_S = 0.008
"""How long slices are laid out before keys get their turn."""
FIRST_TURN_S = 0.002
"""A large body of few rows, such as one vector, is drawn as soon as a small one; so are the hits
of what is typed, a key at a time."""
_REST_S = 0.004


class BodyRows(BodyDrawing):
    """Shows the rows of one `Document`; nothing at all while there is none."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self.foldable: Foldable | None = None
        """`document`, if anything folds in it."""
        self.growing: Growing | None = None
        """`document`, if it is one that can grow."""
        self._working: Timer | None = None
        self.is_other_work_long = False
        """Whether a slice of other work than laying out may take a turn by itself."""
        self._are_rows_next = False
        """Whether the last turn ended before rows had their turn."""
        self._may_be_others = False
        """Whether rows may be others than those drawn: more was laid out since."""
        self._wanted: tuple[int, int] | None = None
        """The bytes to go to, while their row is not known."""
        self._wanted_line: int | None = None
        """The line of the view in which they are to be."""
        self._gone_to: int | None = None
        """The byte that one went to last, unless one moved since."""

    # What a view adds

    @property
    def has_other_work(self) -> bool:
        """Whether there is more to do than laying out."""
        return False

    def advance_others(self, budget_bytes: int) -> None:
        """Do a slice of other work than laying out."""

    def on_worked(self) -> None:
        """Be told that more is known than before."""

    # Laying out

    @property
    def is_laid_out(self) -> bool:
        """Whether all rows are known, of what has come."""
        return not self._has_rows_to_find

    def show_document(self, document: Document | None, *, offset: int = 0) -> None:
        """Lay out the first rows now, the rest in slices between frames.

        Args:
            document: what to show from now on.
            offset: the byte to go to, as soon as its row is known.
        """
        self._stop_working()
        self.drop_mouse_selection()
        self.take_document(document)
        self.foldable = document if isinstance(document, Foldable) else None
        self.growing = document if isinstance(document, Growing) else None
        self.selected_from = None
        self.set_reactive(BodyRows.cursor, 0)
        self._wanted, self._wanted_line = (offset, offset), None
        self.scroll_to(0, 0, animate=False, force=True, immediate=True)
        if document is not None:
            self._lay_out_a_page(document)
        self.go_where_wanted()
        self.redraw()
        self.go_on_or_rest()

    def _lay_out_a_page(self, document: Document) -> None:
        """Lay out what is seen first, and no more of it unless it is small."""
        is_small = len(document.data) <= _SMALL_BYTES
        until_s = monotonic() + (TURN_S if is_small else FIRST_TURN_S)
        while self._has_rows_to_find and (is_small or document.row_count <= self.page_rows):
            document.advance(_FIRST_BYTES)
            if monotonic() >= until_s:
                return

    def work(self, *, turn_s: float = TURN_S) -> None:
        """Do a turn of work, and the rest in turns between frames."""
        gutter, bottom = self.gutter_cells, int(self.scroll_offset.y) + self.page_rows
        rows = self.row_count
        self._may_be_others |= self._has_rows_to_find
        self.work_a_turn(turn_s)
        self.make_room_for_rows()
        self.go_where_wanted()
        if not self._has_work or rows < bottom or gutter != self.gutter_cells:
            (self.redraw if self._may_be_others else self.redraw_marks)()
            self._may_be_others = False
        self.go_on_or_rest()

    @property
    def _has_work(self) -> bool:
        return self._has_rows_to_find or self.has_other_work

    @property
    def _has_rows_to_find(self) -> bool:
        document, growing = self.document, self.growing
        is_waiting = growing is not None and growing.is_waiting
        return document is not None and not (is_waiting or document.is_complete)

    def work_a_turn(self, turn_s: float) -> None:
        """Lay out and do what else there is for so long; in no time, a slice of that alone."""
        until_s = monotonic() + turn_s
        while self._has_work if turn_s else self.has_other_work:
            if self.has_other_work and not self._are_rows_next:
                self._are_rows_next = self.is_other_work_long and self._has_rows_to_find
                self.advance_others(_OTHER_BYTES)
                if self._are_rows_next or not turn_s:
                    return
            self._are_rows_next = False
            if self.document is not None and self._has_rows_to_find:
                self.document.advance(_SLICE_BYTES)
            if monotonic() >= until_s:  # behind a slice: on a busy machine there may be no time
                return

    def go_on_or_rest(self) -> None:
        """Do another turn after a rest, if there is more to do."""
        if not self._has_work:
            self._stop_working()
        elif self._working is None:
            self._working = self.set_interval(_REST_S, self.work)
        self.on_worked()

    def _stop_working(self) -> None:
        if self._working is not None:
            self._working.stop()
            self._working = None

    # Moving

    def validate_cursor(self, cursor: int) -> int:
        """Stay within the rows."""
        return max(0, min(cursor, self.row_count - 1))

    def watch_cursor(self) -> None:
        """Keep the cursor in view."""
        self.show_cursor()

    def show_cursor(self) -> None:
        """Bring the cursor into view, above what covers the lowest row; from afar in the middle."""
        height = 1 if self.bottom_strip(1) is None else 2
        half = self.page_rows // 2
        if not -half <= self.cursor - int(self.scroll_offset.y) < self.page_rows + half:
            self.scroll_to(y=self.cursor - half, animate=False, force=True, immediate=True)
        self.show_region(Region(int(self.scroll_offset.x), self.cursor, 1, height))

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Rows that come into view may be wider than those before."""
        super().watch_scroll_y(old_value, new_value)
        self.measure()
        self.wake()

    def show_region(self, region: Region) -> None:
        """Scroll as little as it takes to see a part of the rows, below what covers the first."""
        region = region.grow((0, 0, self.header_rows, 0))
        self.scroll_to_region(region, animate=False, force=True, immediate=True)

    @property
    def line_of_cursor(self) -> int:
        """In which line of the view the cursor is, from 0; the nearest one if it is in none."""
        return max(0, min(self.cursor - int(self.scroll_offset.y), self.page_rows - 1))

    @property
    def gone_to(self) -> int | None:
        """The byte that one went to, or is about to; None once one moved from there."""
        return self._gone_to if self._wanted is None else self._wanted[0]

    @property
    def offset_of_cursor(self) -> int:
        """The byte that one is at: the first of the cursor's row, or one that one went to."""
        document, gone_to = self.document, self.gone_to
        if document is None or not self.row_count:
            return 0
        start, end = document.span(self.cursor)
        if gone_to is not None and (self._wanted is not None or start <= gone_to < end):
            return gone_to
        # White space that a lens does not show may be of the row before in another one.
        text = _SPACES.match(document.data, start, end)
        return start if text is None or text.end() == end else text.end()

    def go_to(self, row: int) -> None:
        """Put the cursor on a row; what was selected is no longer."""
        self.selected_from = None
        self._wanted = self._wanted_line = self._gone_to = None
        self.cursor = row

    def go_to_last_row(self) -> None:
        """Put the cursor on the last row there is so far, and go nowhere else any more."""
        self._wanted = self._wanted_line = self._gone_to = None
        self.cursor = self.row_count - 1

    def keep_line(self, line: int) -> None:
        """Have the cursor in a line of the view, from 0, once it is where it goes to."""
        if self._wanted is None:
            self.scroll_to(y=self.cursor - line, animate=False, force=True, immediate=True)
        else:
            self._wanted_line = line

    def go_to_bytes(self, start: int, end: int) -> None:
        """Bring bytes into view, from ``start`` up to ``end``, as soon as they are laid out."""
        self._wanted, self._wanted_line = (start, end), None
        self.go_where_wanted()
        self.wake()

    def rows_changed(self, cursor: int) -> None:
        """Show that there are other rows than before in the same document, one of them seen.

        Args:
            cursor: where the cursor is from now on.
        """
        self.selected_from = None
        self.drop_mouse_selection()
        self.redraw()
        self.cursor = cursor
        self.show_cursor()
        self.wake()

    def drop_mouse_selection(self) -> None:
        """Select nothing any more with the mouse: it was of other rows."""
        if self.is_attached and self.text_selection is not None:
            self.screen.clear_selection()

    def wake(self) -> None:
        """Go on working if there is more to do than a while ago."""
        if self._has_work and self._working is None:
            self.go_on_or_rest()

    def go_where_wanted(self) -> None:
        """Go to the bytes that one wants to be at, if their row is known by now."""
        document = self.document
        if self._wanted is None or document is None or not document.row_count:
            return
        (start, end), line = self._wanted, self._wanted_line
        if start < end and self.foldable is not None and _reveal(self.foldable, start):
            self.drop_mouse_selection()
            self.forget_rows()
        if start < document.reached or document.is_complete:
            self.make_room_for_rows()
            self.go_to(document.row_at(start))
            self._gone_to = start
            if line is not None:
                self.keep_line(line)
            for columns in document.columns(self.cursor, start, end)[:1]:
                self._show_columns(self.row(self.cursor).text, *columns)

    def _show_columns(self, text: str, start: int, end: int) -> None:
        """Scroll sideways to characters of the cursor's row."""
        left, right = cell_len(text[:start]), cell_len(text[:end])
        self.measure()
        # A scrollbar may be about to appear.
        beside = self.gutter_cells + self.styles.scrollbar_size_vertical
        self.show_region(Region(left, self.cursor, right - left + beside, 1))


def _reveal(document: Foldable, offset: int) -> bool:
    """Unfold all that hides a byte; false if nothing does."""
    is_hidden = document.reveal(offset)
    while document.reveal(offset):
        pass
    return is_hidden
