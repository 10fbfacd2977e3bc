"""Rows of a document on the screen: how they are drawn, beside their numbers and below a header.

Document ──row(i)──▶ Strip (cached) ──▶ screen
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual import getters
from textual.app import App
from textual.cache import LRUCache
from textual.geometry import Size
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from tui.body.rows import Headed, Unnumbered
from tui.widgets.body_view.painting import on_ground, paint, without_colours
from tui.widgets.theming import SYNTAX_ROLES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.selection import Selection

    from tui.body.rows import Document, Row
    from tui.widgets.body_view.painting import Mark

_KEPT_STRIPS = 512


GOES_ON = "…"
"""Stands at the right edge of a line that is longer than there is room for."""


def _any_app() -> type[App[object]]:
    """Name the app's class for the type checker, which else calls it unknown."""
    return App


class BodyDrawing(ScrollView, can_focus=True):
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
        self._strips: LRUCache[int, Strip] = LRUCache(_KEPT_STRIPS)

    # What a view adds

    def marks(self, index: int) -> list[Mark]:
        """Return what is marked in a row."""
        del index
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

    def redraw(self, first: int = 0) -> None:
        """Draw anew what was drawn, from a row on."""
        if first:
            for index in [each for each in self._strips.keys() if each >= first]:  # noqa: SIM118
                self._strips.discard(index)
        else:
            self._strips.clear()
        self.measure(first)
        self.refresh()

    def drop_mouse_selection(self) -> None:
        """Select nothing any more with the mouse: it was of other rows."""
        if self.is_attached and self.text_selection is not None:
            self.screen.clear_selection()

    def notify_style_update(self) -> None:
        """Draw in the colours of another theme."""
        super().notify_style_update()
        self._strips.clear()

    @property
    def _header(self) -> Row | None:
        """The row that stays above all others."""
        return self.document.header if isinstance(self.document, Headed) else None

    @property
    def header_rows(self) -> int:
        """How many lines of the view are no rows to scroll."""
        return 0 if self._header is None else 1

    @property
    def page_rows(self) -> int:
        """How many rows are in view at once."""
        return self.scrollable_content_region.height - self.header_rows

    @property
    def gutter_cells(self) -> int:
        """How wide the line numbers are; there are larger ones than rows where some are folded."""
        if self.document is None or not self.row_count:
            return len("0") + 2
        if isinstance(self.document, Unnumbered) and self.document.is_unnumbered:
            return 1
        last = self.document.number(self.row_count - 1)
        return max(len(last), len(f"{self.row_count}")) + 2

    def _visible_rows(self) -> Iterator[int]:
        top = int(self.scroll_offset.y)
        yield from range(top, min(top + self.page_rows, self.row_count))

    def measure(self, first: int = 0) -> None:
        """Make room for the rows known, and for the widest one seen, from a row on."""
        if (document := self.document) is not None:
            visible = (each for each in self._visible_rows() if each >= first)
            seen = (cell_len(document.row(each).text) for each in visible)
            self.widest_cells = max(self.widest_cells, *seen, 0)
        width = self.gutter_cells + self.widest_cells
        self.virtual_size = Size(width, self.row_count + self.header_rows)

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
        room = max(0, width - gutter)
        shown = text.crop(left, left + room)
        if offset is not None:
            shown = shown.apply_offsets(*offset)
        if room and text.cell_length > left + room:
            mark = Segment(GOES_ON, self.rich_style + self.look("gutter"))
            shown = Strip.join([shown.crop(0, room - 1), Strip([mark], 1)])
        strip = Strip.join([self._gutter_strip(number, gutter, offset), shown])
        return strip.extend_cell_length(width, self.rich_style).crop(0, width)

    def _gutter_strip(self, number: str, width: int, offset: tuple[int, int] | None) -> Strip:
        style = self.rich_style + self.look("gutter")
        if offset is None:
            return Strip([Segment(f"{number:>{width - 1}} ", style)], width)
        mark = self.gutter_mark(offset[1])
        strip = Strip([Segment(f"{number:>{width - 1}}{mark}", style)], width)
        # Before the first character, so that what is selected from here is the line from its start.
        return strip.apply_offsets(-width, offset[1])

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
        selected = None if selection is None else _span(selection, index)
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
        if not self.has_colours:
            row = without_colours(row)
        if selected is not None:
            start, end = selected
            end = len(row.text) if end < 0 else end
            # No colour of text: the one that Textual's own has is transparent, and so the ground's.
            marks = [*marks, (start, end, self.ground("selection"))]
        return paint(row, self.rich_style, self.look, marks)

    def look(self, name: str) -> Style:
        """Return the colour of text of a component class, by the end of its name."""
        style = self.get_component_rich_style(f"body-view--{name}")
        return Style(color=style.color, bold=style.bold, italic=style.italic)

    def ground(self, name: str) -> Style:
        """Return what lies beneath text of a component class, its alpha blended with ours."""
        return Style(bgcolor=self.get_component_rich_style(f"body-view--{name}").bgcolor)


def _span(selection: Selection, index: int) -> tuple[int, int] | None:
    """Return which characters of a row are selected, the end -1 for all; none in its gutter."""
    span = selection.get_span(index)
    if span is None:
        return None
    is_end = selection.end is not None and selection.end.y == index
    return max(0, span[0]), max(0, span[1]) if is_end else span[1]
