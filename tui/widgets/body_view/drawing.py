"""Rows of a document on the screen: how they are drawn, beside their numbers and below a header.

Document ──row(i)──▶ Strip (cached) ──▶ screen
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from textual import getters
from textual.app import App
from textual.cache import LRUCache
from textual.reactive import reactive
from textual.strip import Strip

from tui.body.rows import Headed, Row, Unnumbered
from tui.widgets.body_view.canvas import BodyCanvas
from tui.widgets.body_view.painting import (
    on_ground,
    paint,
    sight_of,
    with_offsets,
    without_colours,
)
from tui.widgets.theming import SYNTAX_ROLES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.selection import Selection

    from tui.body.rows import Document, Header
    from tui.widgets.body_view.painting import Mark, Sight

_KEPT_ROWS = 512


GOES_ON = "…"
"""Stands at the right edge of a line that is longer than there is room for."""


def _any_app() -> type[App[object]]:
    """Name the app's class for the type checker, which else calls it unknown."""
    return App


class BodyDrawing(BodyCanvas, can_focus=True):
    """Draws the rows of `document` that are in view; nothing at all while there is none."""

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
    BodyDrawing {
        height: 1fr;
        background: transparent;
        scrollbar-size-vertical: 1;
        scrollbar-size-horizontal: 0;  /* it would take a row; lines that go on say so */
        & > .body-view--gutter { color: $text-disabled; }
        & > .body-view--cursor { background: $boost; }
        & > .body-view--selection { background: $body-selection; }
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

    app = getters.app(_any_app)
    cursor: reactive[int] = reactive(0)
    """The row that has the cursor, 0-based."""
    selected_from: reactive[int | None] = reactive[int | None](None)
    """The other end of the rows selected with the keyboard."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self.document: Document | None = None
        self.widest_cells = 0
        """Of the rows seen so far."""
        self._headed: Headed | None = None
        self._unnumbered: Unnumbered | None = None
        """`document`, if it may have such rows; that takes longer to find out than to draw one."""
        self._rows: LRUCache[int, Row] = LRUCache(_KEPT_ROWS)
        self._strips: LRUCache[int, tuple[str, Strip]] = LRUCache(_KEPT_ROWS)
        """What is in view of a row, and what stands in its gutter."""
        self._columns = (0, 0)
        """The first cell of rows in view, and how many are; `_strips` are drawn for these."""

    # What a view adds

    def marks(self, index: int, chars: range) -> list[Mark]:
        """Return what is marked in a row, of the characters that are in view at least."""
        del index, chars
        return []

    def header_marks(self, header: Header, chars: range) -> list[Mark]:
        """Return what is marked in the row above all others."""
        del header, chars
        return []

    def gutter_mark(self, index: int) -> str:
        """Return the character that stands between the number of a row and its text."""
        del index
        return " "

    def bottom_strip(self, width: int) -> Strip | None:
        """Return what covers the lowest row, if anything does."""
        del width
        return None

    # Drawing

    @property
    def row_count(self) -> int:
        """Rows known so far; see `is_laid_out`."""
        return 0 if self.document is None else self.document.row_count

    @property
    def has_colours(self) -> bool:
        """Whether the terminal has enough colours for a picture, and they are wanted."""
        terminal = self.app.console.color_system
        return terminal in ("256", "truecolor") and not self.app.no_color

    def take_document(self, document: Document | None) -> None:
        """Show the rows of another document from now on."""
        self.document, self.widest_cells = document, 0
        self.forget_rows()
        self._headed = document if isinstance(document, Headed) else None
        self._unnumbered = document if isinstance(document, Unnumbered) else None

    def redraw(self) -> None:
        """Draw anew what was drawn, as rows may be others by now."""
        self.forget_rows()
        self.measure()
        self.refresh()

    def redraw_marks(self) -> None:
        """Draw the same rows anew: what is marked in them, or what covers one, may be other."""
        self._strips.clear()
        self.refresh()

    def forget_rows(self, first: int = 0) -> None:
        """Know no row any more from one on, as they may be others by now."""
        for kept in (self._rows, self._strips):
            if first:
                for index in [each for each in kept.keys() if each >= first]:  # noqa: SIM118
                    kept.discard(index)
            else:
                kept.clear()

    def row(self, index: int) -> Row:
        """Return a row as it was cut when it was seen first."""
        row = self._rows.get(index)
        if row is None:
            document = self.document
            row = self._rows[index] = Row("", "") if document is None else document.row(index)
        return row

    def notify_style_update(self) -> None:
        """Draw in the colours of another theme."""
        super().notify_style_update()
        self.forget_rows()

    @property
    def header_rows(self) -> int:
        """How many lines of the view are no rows to scroll."""
        return 0 if self._headed is None else 1

    @property
    def page_rows(self) -> int:
        """How many rows are in view at once."""
        return self.scrollable_content_region.height - self.header_rows

    @property
    def gutter_cells(self) -> int:
        """How wide the line numbers are; there are larger ones than rows where some are folded."""
        if self.document is None or not self.row_count:
            return len("0") + 2
        if self._unnumbered is not None and self._unnumbered.is_unnumbered:
            return 1
        last = self.document.number(self.row_count - 1)
        return max(len(last), len(f"{self.row_count}")) + 2

    def _visible_rows(self) -> Iterator[int]:
        top = int(self.scroll_offset.y)
        yield from range(top, min(top + self.page_rows, self.row_count))

    def measure(self) -> None:
        """Make room for the rows known, and for the widest one seen."""
        seen = (cell_len(self.row(each).text) for each in self._visible_rows())
        self.widest_cells = max(self.widest_cells, *seen, 0)
        self.make_room(self.gutter_cells + self.widest_cells, self.row_count + self.header_rows)

    def make_room_for_rows(self) -> None:
        """Make room for the rows known, whatever is in view of them."""
        self.make_room(self.virtual_size.width, self.row_count + self.header_rows)

    def render_line(self, y: int) -> Strip:
        """Draw one line of the widget."""
        left, top = (int(each) for each in self.scroll_offset)
        width, height = self.scrollable_content_region.size
        if y == height - 1 and (bottom := self.bottom_strip(width)) is not None:
            return bottom
        if width < 1:
            return Strip.blank(width, self.rich_style)
        y -= self.header_rows
        if y < 0 and self._headed is not None:
            return self._header_strip(self._headed.header, left, width)
        index = top + y
        if index >= self.row_count:
            return Strip.blank(width, self.rich_style)
        self._look_at(left, width)
        return self._on_its_ground(self._row_strip(index, width), index)

    def _look_at(self, left: int, width: int) -> None:
        """Draw rows as far as these cells are in view, their gutter among them."""
        columns = left, max(0, width - self.gutter_cells)
        if columns != self._columns:
            self._columns = columns
            self._strips.clear()

    def forget_strips(self, *spans: tuple[int, int]) -> None:
        """Draw rows anew that have a byte in one of these ranges."""
        if self.document is None:
            return
        for index in list(self._strips.keys()):
            start, end = self.document.span(index)
            if any(first < end and start < last for first, last in spans):
                self._strips.discard(index)

    def _header_strip(self, header: Header, left: int, width: int) -> Strip:
        sight = sight_of(header.row.text, left, max(0, width - self.gutter_cells))
        base, marks = self.rich_style + self.look("gutter"), self.header_marks(header, sight.chars)
        strip = paint(header.row, base, self.look, marks, sight.chars)
        strip = self._beside_gutter(" " * self.gutter_cells, sight.crop(strip), sight, width, None)
        return on_ground(strip, self.ground("prompt"), self.rich_style)

    def _beside_gutter(
        self, head: str, shown: Strip, sight: Sight, width: int, index: int | None
    ) -> Strip:
        quiet = self.rich_style + self.look("gutter")
        parts = [Segment(head, quiet)], shown, [Segment(GOES_ON, quiet)] * sight.goes_on
        if index is not None and not self.is_for_screen:
            # Before the first character, so that what is selected from there is the whole line.
            gutter = with_offsets(parts[0], -len(head), index)
            parts = [*gutter], with_offsets(shown, sight.chars.start, index), parts[2]
        strip = Strip(chain(*parts), len(head) + shown.cell_length + sight.goes_on)
        return strip.extend_cell_length(width, self.rich_style).crop(0, width)

    def _on_its_ground(self, strip: Strip, index: int) -> Strip:
        """Put the cursor's and the keyboard selection's ground beneath a row."""
        if self.selected_from is not None:
            first, last = sorted((self.selected_from, self.cursor))
            if first <= index <= last:
                return on_ground(strip, self.ground("selection"), self.rich_style)
        if index == self.cursor and self.has_focus:
            return on_ground(strip, self.ground("cursor"), self.rich_style)
        return strip

    def _row_strip(self, index: int, width: int) -> Strip:
        """Draw what is in view of a row; as it was drawn before, unless it is selected now."""
        number = self.document.number(index) if self.document is not None else ""
        head = f"{number:>{self.gutter_cells - 1}}{self.gutter_mark(index)}"
        selection = self.text_selection
        selected = None if selection is None else _span(selection, index)
        if selected is not None or not self.is_for_screen:
            return self._beside_gutter(head, *self._drawn(index, selected), width, index)
        kept = self._strips.get(index)
        if kept is None or kept[0] != head:
            strip = self._beside_gutter(head, *self._drawn(index, None), width, index)
            kept = self._strips[index] = head, strip
        return kept[1]

    def _drawn(self, index: int, selected: tuple[int, int] | None) -> tuple[Strip, Sight]:
        """Draw what is in view of a row's text, and say what that is."""
        row = self.row(index)
        sight = sight_of(row.text, *self._columns)
        marks = self.marks(index, sight.chars)
        if not self.has_colours:
            row = without_colours(row)
        if selected is not None:
            start, end = selected[0], len(row.text) if selected[1] < 0 else selected[1]
            # No colour of text: the one that Textual's own has is transparent, and so the ground's.
            marks = [*marks, (start, end, self.ground("selection"))]
        return sight.crop(paint(row, self.rich_style, self.look, marks, sight.chars)), sight


def _span(selection: Selection, index: int) -> tuple[int, int] | None:
    """Return which characters of a row are selected, the end -1 for all; none in its gutter."""
    span = selection.get_span(index)
    if span is None:
        return None
    is_end = selection.end is not None and selection.end.y == index
    return max(0, span[0]), max(0, span[1]) if is_end else span[1]
