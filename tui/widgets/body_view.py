"""A body on the screen: rows drawn as they come into view, at any size.

What the rows are is decided in `tui.body`; this only draws, scrolls, selects and copies. A large
body is laid out in slices between frames, and can be read meanwhile.

    ShownBody ──recognise──▶ lens ──open_document──▶ Document ──row(i)──▶ Strip (cached)
                                        ▲
                                  advance, a slice at a time
"""

from __future__ import annotations

from dataclasses import dataclass
from time import monotonic
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from textual.cache import LRUCache
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from tui.body.copying import text_of_rows
from tui.body.kinds import recognise
from tui.body.lenses import lenses_for, open_document
from tui.widgets.body_view_keys import BODY_KEYS
from tui.widgets.theming import SYNTAX_ROLES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.style import Style
    from textual.binding import BindingType
    from textual.selection import Selection
    from textual.timer import Timer

    from tui.body.rows import Document, Row
    from tui.body.shown_body import ShownBody

_SLICE_BYTES = 32 * 1024
"""Laid out at a time; some 4 ms."""
_TURN_S = 0.012
"""How long slices are laid out before keys get their turn."""
_REST_S = 0.004
_DESCRIBED_EVERY_S = 0.2
"""While a body is laid out, what is said of it changes this often at most."""
_KEPT_STRIPS = 512
_COPIED_ROWS_MAX = 20_000
"""A longer body is copied as it came, rather than row by row as it is shown."""


class BodyView(ScrollView, can_focus=True):
    """Shows one `ShownBody`; nothing at all while there is none."""

    ALLOW_SELECT = True

    HELP = """\
The body, as it came: JSON is indented token by token and nothing is re-spelt.

Move with the arrows or hjkl, ctrl+d and ctrl+u, g and G. v goes through the ways to look at it
(pretty, raw, hex), shift+W wraps long lines. Select with the mouse or with shift and the arrows;
y copies the selection, or all.
"""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "body-view--gutter",
        "body-view--cursor",
        "body-view--selection",
        *(f"body-view--{role}" for role in SYNTAX_ROLES),
    }

    DEFAULT_CSS = """
    BodyView {
        height: 1fr;
        background: transparent;
        scrollbar-size-vertical: 1;
        scrollbar-size-horizontal: 1;
        & > .body-view--gutter { color: $text-disabled; }
        & > .body-view--cursor { background: $boost; }
        & > .body-view--selection { background: $screen-selection-background; }
        &.-previous { opacity: 50%; }
        ROLES
    }
    """.replace(
        "ROLES",
        "\n".join(f"& > .body-view--{role} {{ color: $syntax-{role}; }}" for role in SYNTAX_ROLES),
    )

    BINDINGS: ClassVar[list[BindingType]] = [*BODY_KEYS]

    shown: reactive[ShownBody | None] = reactive["ShownBody | None"](None, always_update=True)
    lens: reactive[str] = reactive("", init=False)
    """One of `lenses_for`; empty for the best one."""
    is_wrapped: reactive[bool] = reactive(default=False, init=False)
    cursor: reactive[int] = reactive(0)
    """The row that has the cursor, 0-based."""
    selected_from: reactive[int | None] = reactive[int | None](None)
    """The other end of the rows selected with the keyboard."""

    @dataclass
    class Described(Message):
        """What can be said of the body has changed; drawable words."""

        words: str

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._document: Document | None = None
        self._strips: LRUCache[int, Strip] = LRUCache(_KEPT_STRIPS)
        self._growing: Timer | None = None
        self._widest_cells = 0
        self._described_at_s = 0.0
        self._lenses: tuple[str, ...] = ()

    # What is shown

    def watch_shown(self) -> None:
        """Begin at the top of another body."""
        self.set_reactive(BodyView.lens, "")
        self._open()
        self._go_to(0)
        self.scroll_to(0, 0, animate=False, force=True, immediate=True)

    def watch_lens(self) -> None:
        """Look at the same body another way."""
        self._open()
        self._go_to(0)

    def watch_is_wrapped(self) -> None:
        """Cut the rows anew."""
        self._open()
        self._go_to(0)

    def on_resize(self) -> None:
        """Wrapped rows depend on the width."""
        if self.is_wrapped:
            self._open()
        self._measure()

    def _open(self) -> None:
        """Lay out the first rows now, the rest in slices between frames."""
        self._stop_growing()
        self._document, self._lenses, self._widest_cells = None, (), 0
        if self.shown is not None:
            self._document = self._opened(self.shown)
        if self._document is not None:
            self._lay_out_a_turn(self._document)
            if not self._document.is_complete:
                self._growing = self.set_interval(_REST_S, self._grow)
        self._redraw()

    def _opened(self, shown: ShownBody) -> Document | None:
        found = recognise(shown)
        self._lenses = lenses_for(found)
        if not self._lenses:
            return None
        lens = self.lens if self.lens in self._lenses else self._lenses[0]
        self.set_reactive(BodyView.lens, lens)
        if self.is_wrapped:
            width = max(20, self.scrollable_content_region.width - 8)
            return open_document(shown, found, lens, row_bytes=width)
        return open_document(shown, found, lens)

    def _lay_out_a_turn(self, document: Document) -> None:
        until_s = monotonic() + _TURN_S
        while not document.is_complete and monotonic() < until_s:
            document.advance(_SLICE_BYTES)

    def _grow(self) -> None:
        if (document := self._document) is None:
            return
        gutter, rows = self._gutter_cells, self.row_count
        self._lay_out_a_turn(document)
        self.virtual_size = Size(self.virtual_size.width, self.row_count)
        if gutter != self._gutter_cells or rows < self.scroll_offset.y + self._page_rows:
            self._redraw()
        if document.is_complete:
            self._stop_growing()
            self._redraw()
        elif monotonic() - self._described_at_s > _DESCRIBED_EVERY_S:
            self._describe()

    def _stop_growing(self) -> None:
        if self._growing is not None:
            self._growing.stop()
            self._growing = None

    def _redraw(self) -> None:
        self._strips.clear()
        self._measure()
        self.refresh()
        self._describe()

    def _describe(self) -> None:
        self._described_at_s = monotonic()
        document = self._document
        if document is None:
            words = "" if self.shown is None else "empty"
        elif document.is_complete:
            words = document.words
        else:
            words = f"{document.words} · {document.progress:.0%} laid out"
        self.post_message(self.Described(words))

    def notify_style_update(self) -> None:
        """Draw in the colours of another theme."""
        super().notify_style_update()
        self._strips.clear()

    # Moving

    @property
    def row_count(self) -> int:
        """Rows known so far; see `is_laid_out`."""
        return 0 if self._document is None else self._document.row_count

    @property
    def is_laid_out(self) -> bool:
        """Whether all rows are known."""
        return self._document is None or self._document.is_complete

    def validate_cursor(self, cursor: int) -> int:
        """Stay within the rows."""
        return max(0, min(cursor, self.row_count - 1))

    def watch_cursor(self) -> None:
        """Keep the cursor in view."""
        region = Region(int(self.scroll_offset.x), self.cursor, 1, 1)
        self.scroll_to_region(region, animate=False, force=True, immediate=True)

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Rows that come into view may be wider than those before."""
        super().watch_scroll_y(old_value, new_value)
        self._measure()

    def _go_to(self, row: int) -> None:
        self.selected_from = None
        self.cursor = row

    def action_move(self, rows: int) -> None:
        """Go up or down."""
        self._go_to(self.cursor + rows)

    def action_turn_pages(self, pages: float) -> None:
        """Turn so many pages; text moves by as much as the cursor."""
        rows = int(pages * self._page_rows) or (1 if pages > 0 else -1)
        self.scroll_to(y=self.scroll_offset.y + rows, animate=False, immediate=True)
        self._go_to(self.cursor + rows)

    def action_move_to_end(self, direction: int) -> None:
        """Go to the first row, or to the last one known."""
        self._go_to(self.row_count if direction > 0 else 0)

    def action_scroll_columns(self, columns: int) -> None:
        """Look further left or right."""
        self.scroll_to(x=self.scroll_offset.x + columns, animate=False, immediate=True)

    def action_select(self, rows: int) -> None:
        """Select rows, from the cursor on."""
        if self.selected_from is None:
            self.selected_from = self.cursor
        self.cursor += rows
        self.refresh()

    def action_next_lens(self) -> None:
        """Look at the body another way."""
        if self._lenses:
            at = self._lenses.index(self.lens)
            self.lens = self._lenses[(at + 1) % len(self._lenses)]

    def action_toggle_wrap(self) -> None:
        """Wrap long lines, or let them run on."""
        self.is_wrapped = not self.is_wrapped

    # Copying

    def text_to_copy(self) -> str:
        """Return what is selected; without a selection all that is shown."""
        document = self._document
        if document is None:
            return ""
        selection = self.text_selection
        if selection is not None and (found := self.get_selection(selection)):
            return found[0]
        if self.selected_from is not None:
            first, last = sorted((self.selected_from, self.cursor))
            return text_of_rows(document, first, last + 1)
        if document.is_complete and document.row_count <= _COPIED_ROWS_MAX:
            return text_of_rows(document, 0, document.row_count)
        return self.shown.data.decode("utf-8", "replace") if self.shown else ""

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """Return the text that the mouse selected; Textual asks."""
        document = self._document
        if document is None:
            return None
        start, end = selection.start, selection.end
        last = document.row_count - 1
        text = text_of_rows(
            document,
            start.y if start else 0,
            1 + (min(end.y, last) if end else last),
            first_column=start.x if start else 0,
            last_column=end.x if end and end.y <= last else None,
        )
        return text, "\n"

    # Drawing

    @property
    def _page_rows(self) -> int:
        return self.scrollable_content_region.height

    @property
    def _gutter_cells(self) -> int:
        return len(f"{self.row_count}") + 2

    def _visible_rows(self) -> range:
        top = int(self.scroll_offset.y)
        return range(top, min(top + self._page_rows, self.row_count))

    def _measure(self) -> None:
        """Make room for the rows known, and for the widest one seen."""
        if (document := self._document) is not None:
            seen = (cell_len(document.row(each).text) for each in self._visible_rows())
            self._widest_cells = max(self._widest_cells, *seen, 0)
        width = 0 if self.is_wrapped else self._gutter_cells + self._widest_cells
        self.virtual_size = Size(width, self.row_count)

    def render_line(self, y: int) -> Strip:
        """Draw one line of the widget."""
        left, top = (int(each) for each in self.scroll_offset)
        width = self.scrollable_content_region.width
        index = top + y
        if index >= self.row_count or width < 1:
            return Strip.blank(width, self.rich_style)
        gutter = self._gutter_cells
        text = self._text_strip(index)
        first_char = len(text.crop(0, left).text)
        shown = text.crop(left, left + max(0, width - gutter)).apply_offsets(first_char, index)
        strip = Strip.join([self._gutter_strip(index, gutter), shown])
        strip = strip.extend_cell_length(width, self.rich_style).crop(0, width)
        return self._marked(strip, index)

    def _gutter_strip(self, index: int, width: int) -> Strip:
        number = self._document.number(index) if self._document is not None else ""
        style = self.rich_style + self._look("gutter")
        return Strip([Segment(f"{number:>{width - 1}} ", style)], width)

    def _marked(self, strip: Strip, index: int) -> Strip:
        """Put the cursor's and the keyboard selection's ground beneath a row."""
        if self.selected_from is not None:
            first, last = sorted((self.selected_from, self.cursor))
            if first <= index <= last:
                return strip.apply_style(self._look("selection"))
        if index == self.cursor and self.has_focus:
            return strip.apply_style(self._look("cursor"))
        return strip

    def _text_strip(self, index: int) -> Strip:
        selected = self._selected_part(index)
        if selected is not None:
            return self._drawn(index, selected)
        strip = self._strips.get(index)
        if strip is None:
            strip = self._strips[index] = self._drawn(index, None)
        return strip

    def _selected_part(self, index: int) -> tuple[int, int] | None:
        selection = self.text_selection
        return None if selection is None else selection.get_span(index)

    def _drawn(self, index: int, selected: tuple[int, int] | None) -> Strip:
        if self._document is None:
            return Strip.blank(0)
        row = self._document.row(index)
        strip = Strip(self._segments(row))
        if selected is None:
            return strip
        start, end = selected
        end = len(row.text) if end < 0 else end
        cuts = [cell_len(row.text[:start]), cell_len(row.text[:end]), strip.cell_length]
        before, inside, after = strip.divide(cuts)
        look = self.screen.get_component_rich_style("screen--selection")
        return Strip.join([before, inside.apply_style(look), after])

    def _segments(self, row: Row) -> Iterator[Segment]:
        base = self.rich_style
        at = 0
        for start, end, role in row.spans:
            yield Segment(row.text[at:start], base)
            yield Segment(row.text[start:end], base + self._look(role))
            at = end
        yield Segment(row.text[at:], base)

    def _look(self, name: str) -> Style:
        return self.get_component_rich_style(f"body-view--{name}", partial=True)
