"""A list of rows with a cursor, beneath every list of this program.

    rows ──▶ RowList ── only the visible ones ──▶ row_cells(row, width) ──▶ (text, look) pieces
                │
             cursor ◀── keys, clicks              what a row is, and what choosing it means,
                                                  is the business of each list

A line-API widget: ten thousand rows cost what thirty do.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Generic, TypeVar

from rich.segment import Segment
from rich.style import Style
from textual.binding import Binding
from textual.geometry import Region, Size
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events

Row = TypeVar("Row")


def list_binding(
    room: str, keys: str, action: str, name: str, tooltip: str, *, show: bool = False
) -> Binding:
    """Make a binding of a list; ``name`` is its description and, dashed after ``room``, its id."""
    dashed = name.lower().replace(" ", "-")
    return Binding(keys, action, name, show=show, id=f"{room}.{dashed}", tooltip=tooltip)


def moving_bindings(
    room: str, *, first: str = "First row", last: str = "Last row"
) -> tuple[Binding, ...]:
    """Make the bindings that move the cursor."""
    return (
        list_binding(room, "up,k", "move(-1)", "Up", "One row up"),
        list_binding(room, "down,j", "move(1)", "Down", "One row down"),
        list_binding(room, "pageup,ctrl+u", "move_page(-1)", "Page up", "One page up"),
        list_binding(room, "pagedown,ctrl+d", "move_page(1)", "Page down", "One page down"),
        list_binding(room, "home,g", "move_to_end(-1)", "Top", first),
        list_binding(room, "end,G", "move_to_end(1)", "Bottom", last),
    )


class RowList(ScrollView, Generic[Row], can_focus=True):
    """Rows to move through; a subclass says what stands in one, and what a click does.

    Component classes: ``row-list--cursor``, and ``row-list--LOOK`` for each look that a subclass
    names in ``row_cells``.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {"row-list--cursor"}

    DEFAULT_CSS = """
    RowList {
        overflow-x: hidden;
        scrollbar-size-vertical: 1;
        background: transparent;
        & > .row-list--cursor { background: $boost; }
        &:focus > .row-list--cursor { background: $primary 25%; }
    }
    """

    PLAIN: ClassVar[str] = "name"
    """The look of a row where nothing stands."""

    cursor: reactive[int] = reactive(0)
    """Index of the row with the cursor."""
    hint: reactive[str] = reactive("")
    """What stands where there is no row at all; safe to draw."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id)
        self._rows: tuple[Row, ...] = ()

    @property
    def current(self) -> Row | None:
        """The row under the cursor."""
        return self._rows[self.cursor] if self.cursor < len(self._rows) else None

    def show_rows(self, rows: tuple[Row, ...], cursor: int) -> None:
        """Show other rows, with the cursor on the one of that index, or on the last."""
        self._rows = rows
        self.virtual_size = Size(self.scrollable_content_region.width, len(rows))
        self.set_reactive(RowList.cursor, self.validate_cursor(cursor))
        self.watch_cursor()
        self.refresh()

    def row_cells(self, row: Row, width: int) -> Sequence[tuple[str, str]]:
        """Return what stands in a row: (text, look) pieces, ``width`` cells in all."""
        raise NotImplementedError

    def row_clicked(self, chain: int) -> None:
        """Do what a click on the row under the cursor means.

        Args:
            chain: how many clicks came in quick succession.
        """

    def validate_cursor(self, cursor: int) -> int:
        """Keep the cursor on a row."""
        return max(0, min(cursor, len(self._rows) - 1))

    def watch_cursor(self) -> None:
        """Keep the cursor in sight."""
        self._scroll_to_cursor()

    def on_resize(self) -> None:
        """Stay as wide as the room there is."""
        self.virtual_size = Size(self.scrollable_content_region.width, len(self._rows))
        self._scroll_to_cursor()

    def _scroll_to_cursor(self) -> None:
        self.scroll_to_region(Region(0, self.cursor, 1, 1), animate=False, force=True)

    def action_move(self, rows: int) -> None:
        """Move the cursor, negative is up."""
        self.cursor += rows

    def action_move_page(self, direction: int) -> None:
        """Move the cursor by a page less one row."""
        self.cursor += direction * max(1, self.size.height - 1)

    def action_move_to_end(self, direction: int) -> None:
        """Move the cursor to the last row, or for a negative direction to the first."""
        self.cursor = len(self._rows) if direction > 0 else 0

    def on_click(self, event: events.Click) -> None:
        """Go to the row that was clicked."""
        event.stop()
        offset = event.get_content_offset(self)
        index = -1 if offset is None else offset.y + int(self.scroll_offset.y)
        if 0 <= index < len(self._rows):
            self.cursor = index
            self.row_clicked(event.chain)

    def render_line(self, y: int) -> Strip:
        """Draw one row."""
        index = y + int(self.scroll_offset.y)
        width = self.scrollable_content_region.width
        if index < len(self._rows):
            pieces = self.row_cells(self._rows[index], width)
        elif index == 0 and self.hint:
            pieces = [(self.hint, "muted")]
        else:
            return Strip.blank(width, self._look(self.PLAIN, index))
        segments = [Segment(text, self._look(look, index)) for text, look in pieces]
        return Strip(segments).adjust_cell_length(width, self._look(self.PLAIN, index))

    def _look(self, name: str, index: int) -> Style:
        look = self.get_component_rich_style(f"row-list--{name}")
        if index != self.cursor or index >= len(self._rows):
            return look
        cursor = self.get_component_rich_style("row-list--cursor")
        return look + Style(bgcolor=cursor.bgcolor)
