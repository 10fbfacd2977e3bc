"""The list of endpoints and their variants.

A line-API widget: only visible rows are drawn, so ten thousand endpoints cost what thirty do.
It is handed values and tells what the user picked; it never asks anybody for anything.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.binding import Binding
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive, var
from textual.scroll_view import ScrollView
from textual.strip import Strip

from tui.widgets.endpoint_cells import LOOKS, cells
from tui.widgets.endpoint_rows import (
    NO_TARGET,
    ComponentRow,
    EndpointRow,
    ModelRow,
    VariantRow,
    closed_rows,
    lay_out,
    matching,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events
    from textual.binding import BindingType

    from tui.domain.endpoints import EndpointSummary, InferenceComponent, Variant
    from tui.widgets.endpoint_rows import Descriptions, Row, Target


def _binding(keys: str, action: str, name: str, tooltip: str, *, show: bool = False) -> Binding:
    """Make a binding of the list; ``name`` is its description and, dashed, its id."""
    dashed = name.lower().replace(" ", "-")
    return Binding(keys, action, name, show=show, id=f"endpoints.{dashed}", tooltip=tooltip)


class EndpointList(ScrollView, can_focus=True):
    """Endpoints, newest first, each opening to its variants.

    Component classes: ``endpoint-list--cursor`` and one for each look of `endpoint_cells`.
    """

    HELP = """\
Every endpoint of this account and region, newest first.

Enter takes an endpoint, or one variant or inference component of it, into the request. The right
arrow shows an endpoint's variants, the left arrow hides them; d shows all that AWS says of it.
Type / to filter by name or status, f5 to look again.
"""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "endpoint-list--cursor",
        *(f"endpoint-list--{look}" for look in LOOKS),
    }

    DEFAULT_CSS = """
    EndpointList {
        overflow-x: hidden;
        scrollbar-gutter: stable;
        scrollbar-size-vertical: 1;
        background: transparent;
        & > .endpoint-list--name { color: $text; }
        & > .endpoint-list--muted { color: $text-muted; }
        & > .endpoint-list--chosen { text-style: bold; color: $text-primary; }
        & > .endpoint-list--problem { color: $text-error; }
        & > .endpoint-list--status-in-service { color: $status-in-service; }
        & > .endpoint-list--status-changing { color: $status-changing; }
        & > .endpoint-list--status-failed { color: $status-failed; }
        & > .endpoint-list--status-off { color: $status-off; }
        & > .endpoint-list--cursor { background: $boost; }
        &:focus > .endpoint-list--cursor { background: $primary 25%; }
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        _binding("enter", "choose", "Choose", "Take it into the request", show=True),
        _binding("d", "describe", "Describe", "Show all that AWS says of it", show=True),
        _binding("right,l,space", "open_row", "Variants", "Show the endpoint's variants"),
        _binding("left,h", "close_row", "Close", "Hide the endpoint's variants"),
        _binding("up,k", "move(-1)", "Up", "One row up"),
        _binding("down,j", "move(1)", "Down", "One row down"),
        _binding("pageup,ctrl+u", "move_page(-1)", "Page up", "One page up"),
        _binding("pagedown,ctrl+d", "move_page(1)", "Page down", "One page down"),
        _binding("home,g", "move_to_end(-1)", "Top", "First row"),
        _binding("end,G", "move_to_end(1)", "Bottom", "Last row"),
    ]

    endpoints: reactive[tuple[EndpointSummary, ...]] = reactive[tuple["EndpointSummary", ...]](())
    """All endpoints, in the order in which they are shown."""
    needle: reactive[str] = reactive("")
    """Filter: words that the name or the status must hold."""
    descriptions: reactive[Descriptions] = reactive["Descriptions"](dict)
    """What is known of the endpoints that were opened."""
    chosen: reactive[Target] = reactive["Target"](NO_TARGET)
    """What the request is for, drawn emphasised."""
    now: reactive[datetime] = reactive(lambda: datetime.now(UTC))
    """What ages are counted from."""
    open_names: var[frozenset[str]] = var(frozenset[str]())
    cursor: reactive[int] = reactive(0)
    """Index of the row with the cursor."""

    @dataclass
    class Chosen(Message):
        """An endpoint, a variant or an inference component of it, was picked for the request."""

        endpoint_name: str
        variant: Variant | None
        component: InferenceComponent | None = None

    @dataclass
    class Opened(Message):
        """An endpoint was opened; its description is wanted."""

        endpoint_name: str

    @dataclass
    class DescriptionRequested(Message):
        """The whole description of an endpoint is wanted on screen."""

        endpoint_name: str

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id)
        self._searchable: tuple[tuple[str, EndpointRow], ...] = ()
        self._rows: tuple[Row, ...] = ()
        self._shown_count = 0

    @property
    def shown_count(self) -> int:
        """How many endpoints pass the filter."""
        return self._shown_count

    @property
    def current_endpoint(self) -> str | None:
        """The endpoint that the cursor's row belongs to."""
        row = self._current_row()
        return row.endpoint_name if row else None

    def _current_row(self) -> Row | None:
        return self._rows[self.cursor] if 0 <= self.cursor < len(self._rows) else None

    def watch_endpoints(self) -> None:
        """Lay out what came."""
        self._searchable = closed_rows(self.endpoints)
        self._rebuild()

    def watch_descriptions(self) -> None:
        """Show what was learnt of an open endpoint."""
        self._rebuild()

    def watch_open_names(self) -> None:
        """Show or hide variants."""
        self._rebuild()

    def watch_needle(self) -> None:
        """Show what matches."""
        self._rebuild()

    def _rebuild(self) -> None:
        """Lay the rows out anew; the cursor stays on its endpoint, or goes to the first row."""
        held = self._current_row()
        was_empty = not self._rows
        shown = matching(self._searchable, self.needle)
        self._shown_count = len(shown)
        self._rows = lay_out(shown, self.open_names, self.descriptions)
        self.virtual_size = Size(self.scrollable_content_region.width, len(self._rows))
        self.cursor = _index_of(held, self._rows)
        self.watch_cursor()
        self.refresh()
        if was_empty != (not self._rows):
            self.refresh_bindings()

    def validate_cursor(self, cursor: int) -> int:
        """Keep the cursor on a row."""
        return max(0, min(cursor, len(self._rows) - 1))

    def watch_cursor(self) -> None:
        """Keep the cursor in sight."""
        self.scroll_to_region(Region(0, self.cursor, 1, 1), animate=False, force=True)

    def on_resize(self) -> None:
        """Stay as wide as the room there is."""
        self.virtual_size = Size(self.scrollable_content_region.width, len(self._rows))
        self.watch_cursor()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer to choose and describe while there is something to choose."""
        if action in {"choose", "describe"}:
            return bool(self._rows)
        return super().check_action(action, parameters)

    def action_move(self, rows: int) -> None:
        """Move the cursor, negative is up."""
        self.cursor += rows

    def action_move_page(self, direction: int) -> None:
        """Move the cursor by a page less one row."""
        self.cursor += direction * max(1, self.size.height - 1)

    def action_move_to_end(self, direction: int) -> None:
        """Move the cursor to the last row, or for a negative direction to the first."""
        self.cursor = len(self._rows) if direction > 0 else 0

    def action_open_row(self) -> None:
        """Show the variants of the endpoint under the cursor."""
        row = self._current_row()
        if isinstance(row, EndpointRow):
            self.open_endpoint(row.endpoint_name)

    def action_close_row(self) -> None:
        """Hide the variants of the endpoint that the cursor is in."""
        if (row := self._current_row()) is None:
            return
        self.open_names -= {row.endpoint_name}

    def action_choose(self) -> None:
        """Take the row into the request."""
        if (row := self._current_row()) is None:
            return
        variant = row.variant if isinstance(row, VariantRow | ModelRow) else None
        component = row.component if isinstance(row, ComponentRow) else None
        self.open_endpoint(row.endpoint_name)
        self.post_message(self.Chosen(row.endpoint_name, variant, component))

    def action_describe(self) -> None:
        """Ask for all that AWS says of the endpoint under the cursor."""
        if name := self.current_endpoint:
            self.post_message(self.DescriptionRequested(name))

    def open_endpoint(self, name: str) -> None:
        """Show the variants of an endpoint and ask for them."""
        if name not in self.open_names:
            self.open_names |= {name}
            self.post_message(self.Opened(name))

    def on_click(self, event: events.Click) -> None:
        """A first click opens or closes an endpoint, a second one takes it; a variant at once."""
        event.stop()
        y = event.y + self.scroll_offset.y
        if y >= len(self._rows):
            return
        self.cursor = y
        row = self._rows[y]
        if event.chain > 1 or isinstance(row, VariantRow | ModelRow | ComponentRow):
            self.action_choose()
        elif isinstance(row, EndpointRow) and row.is_open:
            self.action_close_row()
        else:
            self.action_open_row()

    def render_line(self, y: int) -> Strip:
        """Draw one row."""
        index = y + self.scroll_offset.y
        width = self.scrollable_content_region.width
        if index >= len(self._rows):
            return Strip.blank(width, self._look("name", -1))
        texts = cells(self._rows[index], width, chosen=self.chosen, now=self.now)
        segments = [Segment(text, self._look(look, index)) for text, look in texts]
        return Strip(segments).adjust_cell_length(width, self._look("name", index))

    def _look(self, name: str, row_index: int) -> Style:
        look = self.get_component_rich_style(f"endpoint-list--{name}")
        if row_index != self.cursor:
            return look
        cursor = self.get_component_rich_style("endpoint-list--cursor")
        return look + Style(bgcolor=cursor.bgcolor)


def _index_of(held: Row | None, rows: Sequence[Row]) -> int:
    """Return where a row is now; else where its endpoint is, else 0."""
    if held is None:
        return 0
    name = held.endpoint_name
    same = [index for index, row in enumerate(rows) if row.endpoint_name == name]
    exact = (index for index in same if _identity(rows[index]) == _identity(held))
    return next(exact, same[0] if same else 0)


def _identity(row: Row | None) -> tuple[type, str, str] | None:
    """What makes a row the same row after the list was laid out anew."""
    match row:
        case None:
            return None
        case VariantRow() | ModelRow():
            return (type(row), row.endpoint_name, row.variant.name)
        case ComponentRow():
            return (type(row), row.endpoint_name, row.component.name)
        case _:
            return (type(row), row.endpoint_name, "")
