"""Rows of a document on the screen: laid out between frames, drawn as they come into view.

This knows how to draw, scroll, move the cursor and select; what is shown, and what is looked for
in it, is `BodyView`'s.

    Document ──row(i)──▶ Strip (cached) ──▶ screen
       ▲
     advance, a slice at a time, by a timer that runs while there is work
"""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.cache import LRUCache
from textual.geometry import Region, Size
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from tui.body.rows import Headed
from tui.widgets.body_view_painting import on_ground, paint
from tui.widgets.theming import SYNTAX_ROLES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.timer import Timer

    from tui.body.rows import Document, Row
    from tui.widgets.body_view_painting import Mark

_FIRST_BYTES = 8 * 1024
"""Laid out at a time until there is a page to be seen, so that a large body is as fast to come."""
_SMALL_BYTES = 64 * 1024
"""No more than this is laid out at once."""
_SLICE_BYTES = 32 * 1024
"""Laid out at a time; some 2 ms."""
_TURN_S = 0.008
"""How long slices are laid out before keys get their turn."""
_REST_S = 0.004
_KEPT_STRIPS = 512


class BodyRows(ScrollView, can_focus=True):
    """Shows the rows of one `Document`; nothing at all while there is none."""

    ALLOW_SELECT = True

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "body-view--gutter",
        "body-view--cursor",
        "body-view--selection",
        "body-view--hit",
        "body-view--current-hit",
        "body-view--prompt",
        *(f"body-view--{role}" for role in SYNTAX_ROLES),
    }

    DEFAULT_CSS = """
    BodyRows {
        height: 1fr;
        background: transparent;
        scrollbar-size-vertical: 1;
        scrollbar-size-horizontal: 1;
        & > .body-view--gutter { color: $text-disabled; }
        & > .body-view--cursor { background: $boost; }
        & > .body-view--selection { background: $screen-selection-background; }
        & > .body-view--hit { background: $warning 30%; }
        & > .body-view--current-hit { background: $warning; color: $background; }
        & > .body-view--prompt { background: $boost; color: $text; }
        &.-previous { opacity: 50%; }
        ROLES
    }
    """.replace(
        "ROLES",
        "\n".join(f"& > .body-view--{role} {{ color: $syntax-{role}; }}" for role in SYNTAX_ROLES),
    )

    cursor: reactive[int] = reactive(0)
    """The row that has the cursor, 0-based."""
    selected_from: reactive[int | None] = reactive[int | None](None)
    """The other end of the rows selected with the keyboard."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self.document: Document | None = None
        self._strips: LRUCache[int, Strip] = LRUCache(_KEPT_STRIPS)
        self._working: Timer | None = None
        self._widest_cells = 0
        self._wanted: tuple[int, int] | None = None

    # What a view adds

    @property
    def has_other_work(self) -> bool:
        """Whether there is more to do than laying out."""
        return False

    def advance_others(self, budget_bytes: int) -> None:
        """Do a slice of other work than laying out."""

    def marks(self, index: int) -> list[Mark]:
        """Return what is marked in a row."""
        del index
        return []

    def bottom_strip(self, width: int) -> Strip | None:
        """Return what covers the lowest row, if anything does."""
        del width
        return None

    def on_worked(self) -> None:
        """Be told that more is known than before."""

    # Laying out

    @property
    def row_count(self) -> int:
        """Rows known so far; see `is_laid_out`."""
        return 0 if self.document is None else self.document.row_count

    @property
    def is_laid_out(self) -> bool:
        """Whether all rows are known."""
        return self.document is None or self.document.is_complete

    def show_document(self, document: Document | None, *, offset: int = 0) -> None:
        """Lay out the first rows now, the rest in slices between frames.

        Args:
            document: what to show from now on.
            offset: the byte to go to, as soon as its row is known.
        """
        self._stop_working()
        self.document, self._widest_cells, self.selected_from = document, 0, None
        self.set_reactive(BodyRows.cursor, 0)
        self._wanted = (offset, offset)
        self.scroll_to(0, 0, animate=False, force=True, immediate=True)
        self._lay_out_a_page()
        self._go_where_wanted()
        self.redraw()
        self._go_on_or_rest()

    def _lay_out_a_page(self) -> None:
        """Lay out what is seen first, and no more of it unless it is small."""
        document, until_s = self.document, monotonic() + _TURN_S
        while document is not None and not document.is_complete and monotonic() < until_s:
            if document.row_count > self._page_rows and len(document.data) > _SMALL_BYTES:
                return
            document.advance(_FIRST_BYTES)

    def work(self) -> None:
        """Do a turn of work, and the rest in turns between frames."""
        gutter, bottom = self.gutter_cells, int(self.scroll_offset.y) + self._page_rows
        rows = self.row_count
        self._work_a_turn()
        self.virtual_size = Size(self.virtual_size.width, self.row_count + self._header_rows)
        self._go_where_wanted()
        if not self._has_work or rows < bottom or gutter != self.gutter_cells:
            self.redraw()
        self._go_on_or_rest()

    @property
    def _has_work(self) -> bool:
        return not self.is_laid_out or self.has_other_work

    def _work_a_turn(self) -> None:
        until_s = monotonic() + _TURN_S
        while self._has_work and monotonic() < until_s:
            if self.has_other_work:
                self.advance_others(8 * _SLICE_BYTES)
            if self.document is not None and not self.document.is_complete:
                self.document.advance(_SLICE_BYTES)

    def _go_on_or_rest(self) -> None:
        if not self._has_work:
            self._stop_working()
        elif self._working is None:
            self._working = self.set_interval(_REST_S, self.work)
        self.on_worked()

    def _stop_working(self) -> None:
        if self._working is not None:
            self._working.stop()
            self._working = None

    def redraw(self) -> None:
        """Draw anew what was drawn."""
        self._strips.clear()
        self.measure()
        self.refresh()

    def notify_style_update(self) -> None:
        """Draw in the colours of another theme."""
        super().notify_style_update()
        self._strips.clear()

    # Moving

    def validate_cursor(self, cursor: int) -> int:
        """Stay within the rows."""
        return max(0, min(cursor, self.row_count - 1))

    def watch_cursor(self) -> None:
        """Keep the cursor in view, above what covers the lowest row."""
        height = 1 if self.bottom_strip(1) is None else 2
        self.show_region(Region(int(self.scroll_offset.x), self.cursor, 1, height))

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Rows that come into view may be wider than those before."""
        super().watch_scroll_y(old_value, new_value)
        self.measure()

    def show_region(self, region: Region) -> None:
        """Scroll as little as it takes to see a part of the rows, below what covers the first."""
        region = region.grow((0, 0, self._header_rows, 0))
        self.scroll_to_region(region, animate=False, force=True, immediate=True)

    def go_to(self, row: int) -> None:
        """Put the cursor on a row; what was selected is no longer."""
        self.selected_from = None
        self._wanted = None
        self.cursor = row

    def go_to_bytes(self, start: int, end: int) -> None:
        """Bring bytes into view, from ``start`` up to ``end``, as soon as they are laid out."""
        self._wanted = (start, end)
        self._go_where_wanted()

    def _go_where_wanted(self) -> None:
        document = self.document
        if self._wanted is None or document is None or not document.row_count:
            return
        start, end = self._wanted
        if start < document.reached or document.is_complete:
            self.go_to(document.row_at(start))
            for columns in document.columns(self.cursor, start, end)[:1]:
                self._show_columns(document.row(self.cursor).text, *columns)

    def _show_columns(self, text: str, start: int, end: int) -> None:
        """Scroll sideways to characters of the cursor's row."""
        left, right = cell_len(text[:start]), cell_len(text[:end])
        self.measure()
        # A scrollbar may be about to appear.
        beside = self.gutter_cells + self.styles.scrollbar_size_vertical
        self.show_region(Region(left, self.cursor, right - left + beside, 1))

    def action_move(self, rows: int) -> None:
        """Go up or down."""
        self.go_to(self.cursor + rows)

    def action_turn_pages(self, pages: float) -> None:
        """Turn so many pages; text moves by as much as the cursor."""
        rows = int(pages * self._page_rows) or (1 if pages > 0 else -1)
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
        if self.selected_from is None:
            self.selected_from = self.cursor
        self.cursor += rows
        self.refresh()

    # Drawing

    @property
    def _header(self) -> Row | None:
        """The row that stays above all others."""
        return self.document.header if isinstance(self.document, Headed) else None

    @property
    def _header_rows(self) -> int:
        return 0 if self._header is None else 1

    @property
    def _page_rows(self) -> int:
        return self.scrollable_content_region.height - self._header_rows

    @property
    def gutter_cells(self) -> int:
        """How wide the line numbers are."""
        return len(f"{self.row_count}") + 2

    def _visible_rows(self) -> Iterator[int]:
        top = int(self.scroll_offset.y)
        yield from range(top, min(top + self._page_rows, self.row_count))

    def measure(self) -> None:
        """Make room for the rows known, and for the widest one seen."""
        if (document := self.document) is not None:
            seen = (cell_len(document.row(each).text) for each in self._visible_rows())
            self._widest_cells = max(self._widest_cells, *seen, 0)
        width = self.gutter_cells + self._widest_cells
        self.virtual_size = Size(width, self.row_count + self._header_rows)

    def render_line(self, y: int) -> Strip:
        """Draw one line of the widget."""
        left, top = (int(each) for each in self.scroll_offset)
        width, height = self.scrollable_content_region.size
        if y == height - 1 and (bottom := self.bottom_strip(width)) is not None:
            return bottom
        if width < 1:
            return Strip.blank(width, self.rich_style)
        if (header := self._header) is not None:
            y -= 1
            if y < 0:
                return self._header_strip(header, left, width)
        index = top + y
        if index >= self.row_count:
            return Strip.blank(width, self.rich_style)
        text = self._text_strip(index)
        first_char = len(text.crop(0, left).text)
        number = self.document.number(index) if self.document is not None else ""
        strip = self._beside_gutter(number, text, left, width, (first_char, index))
        return self._on_its_ground(strip, index)

    def _header_strip(self, header: Row, left: int, width: int) -> Strip:
        strip = paint(header, self.rich_style + self.look("gutter"), self.look)
        strip = self._beside_gutter("", strip, left, width, None)
        return on_ground(strip, self.ground("prompt"), self.rich_style)

    def _beside_gutter(
        self, number: str, text: Strip, left: int, width: int, offset: tuple[int, int] | None
    ) -> Strip:
        """Put what is in view of a row beside its number; ``offset`` is for selecting it."""
        gutter = self.gutter_cells
        shown = text.crop(left, left + max(0, width - gutter))
        if offset is not None:
            shown = shown.apply_offsets(*offset)
        strip = Strip.join([self._gutter_strip(number, gutter), shown])
        return strip.extend_cell_length(width, self.rich_style).crop(0, width)

    def _gutter_strip(self, number: str, width: int) -> Strip:
        style = self.rich_style + self.look("gutter")
        return Strip([Segment(f"{number:>{width - 1}} ", style)], width)

    def _on_its_ground(self, strip: Strip, index: int) -> Strip:
        """Put the cursor's and the keyboard selection's ground beneath a row."""
        if self.selected_from is not None:
            first, last = sorted((self.selected_from, self.cursor))
            if first <= index <= last:
                return on_ground(strip, self.ground("selection"), self.rich_style)
        if index == self.cursor and self.has_focus:
            return on_ground(strip, self.ground("cursor"), self.rich_style)
        return strip

    def _text_strip(self, index: int) -> Strip:
        selection = self.text_selection
        selected = None if selection is None else selection.get_span(index)
        if selected is not None:
            return self._drawn(index, selected)
        strip = self._strips.get(index)
        if strip is None:
            strip = self._strips[index] = self._drawn(index, None)
        return strip

    def _drawn(self, index: int, selected: tuple[int, int] | None) -> Strip:
        if self.document is None:
            return Strip.blank(0)
        row, marks = self.document.row(index), self.marks(index)
        if selected is not None:
            start, end = selected
            look = self.screen.get_component_rich_style("screen--selection")
            marks = [*marks, (start, len(row.text) if end < 0 else end, look)]
        return paint(row, self.rich_style, self.look, marks)

    def look(self, name: str) -> Style:
        """Return the colour of text of a component class, by the end of its name."""
        style = self.get_component_rich_style(f"body-view--{name}")
        return Style(color=style.color, bold=style.bold, italic=style.italic)

    def ground(self, name: str) -> Style:
        """Return what lies beneath text of a component class, its alpha blended with ours."""
        return Style(bgcolor=self.get_component_rich_style(f"body-view--{name}").bgcolor)
