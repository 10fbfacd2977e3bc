"""The list of endpoints and their variants.

A line-API widget: only visible rows are drawn, so ten thousand endpoints cost what thirty do.
It is handed values and tells what the user picked; it never asks anybody for anything.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from textual.binding import Binding
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive, var
from textual.scroll_view import ScrollView
from textual.strip import Strip

from tui.body.sanitise import sanitise
from tui.domain.endpoints import EndpointStatus
from tui.widgets.endpoint_rows import (
    STATUS_DOTS,
    EndpointRow,
    NoteRow,
    VariantRow,
    age,
    capacity,
    lay_out,
    matching,
    share_words,
)

if TYPE_CHECKING:
    from rich.style import Style
    from textual import events
    from textual.binding import BindingType

    from tui.domain.endpoints import EndpointSummary
    from tui.widgets.endpoint_rows import Descriptions, Row

_STATUS_LOOKS = {
    EndpointStatus.IN_SERVICE: "in-service",
    EndpointStatus.FAILED: "failed",
    EndpointStatus.UPDATE_ROLLBACK_FAILED: "failed",
    EndpointStatus.OUT_OF_SERVICE: "off",
    EndpointStatus.DELETING: "off",
    EndpointStatus.UNKNOWN: "off",
}
_NAME_MIN_CELLS = 12


class EndpointList(ScrollView, can_focus=True):
    """Endpoints, newest first, each opening to its variants.

    Component classes: ``endpoint-list--{name,muted,cursor,chosen,shadow,problem}`` and
    ``endpoint-list--status-{in-service,changing,failed,off}``.
    """

    HELP = """\
Every endpoint of this account and region, newest first.

Enter chooses an endpoint (or one of its variants) for the request; the right arrow opens it to
its variants, the left arrow closes it. Type / to filter by name or status.
"""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "endpoint-list--name",
        "endpoint-list--muted",
        "endpoint-list--cursor",
        "endpoint-list--chosen",
        "endpoint-list--problem",
        "endpoint-list--status-in-service",
        "endpoint-list--status-changing",
        "endpoint-list--status-failed",
        "endpoint-list--status-off",
    }

    DEFAULT_CSS = """
    EndpointList {
        overflow-x: hidden;
        scrollbar-size-vertical: 1;
        background: transparent;
        & > .endpoint-list--name { color: $text; }
        & > .endpoint-list--muted { color: $text-muted; }
        & > .endpoint-list--chosen { text-style: bold; color: $text-primary; }
        & > .endpoint-list--problem { color: $text-error; }
        & > .endpoint-list--status-in-service { color: $text-success; }
        & > .endpoint-list--status-changing { color: $text-warning; }
        & > .endpoint-list--status-failed { color: $text-error; }
        & > .endpoint-list--status-off { color: $text-muted; }
        & > .endpoint-list--cursor { background: $block-cursor-blurred-background; }
        &:focus > .endpoint-list--cursor { background: $block-cursor-background 40%; }
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "enter", "choose", "Choose", id="endpoints.choose", tooltip="Use it in the request"
        ),
        Binding(
            "right,l,space",
            "open_row",
            "Variants",
            show=False,
            id="endpoints.open",
            tooltip="Show the endpoint's variants",
        ),
        Binding(
            "left,h",
            "close_row",
            "Close",
            show=False,
            id="endpoints.close",
            tooltip="Hide the endpoint's variants",
        ),
        Binding(
            "d", "describe", "Describe", id="endpoints.describe", tooltip="All that AWS says of it"
        ),
        Binding("up,k", "move(-1)", "Up", show=False, id="endpoints.up", tooltip="One row up"),
        Binding(
            "down,j", "move(1)", "Down", show=False, id="endpoints.down", tooltip="One row down"
        ),
        Binding(
            "pageup,ctrl+u",
            "move_page(-1)",
            "Page up",
            show=False,
            id="endpoints.page-up",
            tooltip="One page up",
        ),
        Binding(
            "pagedown,ctrl+d",
            "move_page(1)",
            "Page down",
            show=False,
            id="endpoints.page-down",
            tooltip="One page down",
        ),
        Binding(
            "home,g", "move_to_end(-1)", "Top", show=False, id="endpoints.top", tooltip="First row"
        ),
        Binding(
            "end,G",
            "move_to_end(1)",
            "Bottom",
            show=False,
            id="endpoints.bottom",
            tooltip="Last row",
        ),
    ]

    endpoints: reactive[tuple[EndpointSummary, ...]] = reactive(())
    """All endpoints, in the order in which they are shown."""
    needle: reactive[str] = reactive("")
    """Filter: words that the name or the status must hold."""
    descriptions: reactive[Descriptions] = reactive(dict[str, "ExplorerError"], always_update=True)
    """What is known of the endpoints that were opened."""
    chosen: reactive[tuple[str, str | None]] = reactive(("", None))
    """(endpoint, variant) of the request, drawn emphasised."""
    now: reactive[datetime] = reactive(lambda: datetime.now(UTC))
    """What ages are counted from."""
    open_names: var[frozenset[str]] = var(frozenset[str]())
    cursor: reactive[int] = reactive(0)
    """Index of the row with the cursor."""

    @dataclass
    class Chosen(Message):
        """An endpoint, or a variant of it, was picked for the request."""

        control: EndpointList
        endpoint_name: str
        variant_name: str | None

    @dataclass
    class Opened(Message):
        """An endpoint was opened; its description is wanted."""

        control: EndpointList
        endpoint_name: str

    @dataclass
    class DescriptionRequested(Message):
        """The whole description of an endpoint is wanted on screen."""

        control: EndpointList
        endpoint_name: str

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id)
        self._rows: tuple[Row, ...] = ()

    @property
    def shown_count(self) -> int:
        """How many endpoints pass the filter."""
        return sum(isinstance(row, EndpointRow) for row in self._rows)

    @property
    def current_endpoint(self) -> str | None:
        """The endpoint that the cursor's row belongs to."""
        row = self._current_row()
        return row.endpoint_name if row else None

    def _current_row(self) -> Row | None:
        return self._rows[self.cursor] if 0 <= self.cursor < len(self._rows) else None

    # What is shown

    def watch_endpoints(self) -> None:
        self._rebuild()

    def watch_descriptions(self) -> None:
        self._rebuild()

    def watch_open_names(self) -> None:
        self._rebuild()

    def watch_needle(self) -> None:
        self._rebuild()

    def _rebuild(self) -> None:
        """Lay the rows out anew and keep the cursor on the same endpoint or variant."""
        held = _identity(self._current_row())
        shown = matching(self.endpoints, self.needle)
        self._rows = lay_out(shown, self.open_names, self.descriptions)
        self.virtual_size = Size(self.size.width, len(self._rows))
        identities = (_identity(row) for row in self._rows)
        found = next((i for i, each in enumerate(identities) if each == held), None)
        self.cursor = self.validate_cursor(self.cursor if found is None else found)
        self.refresh()

    def validate_cursor(self, cursor: int) -> int:
        return max(0, min(cursor, len(self._rows) - 1))

    def watch_cursor(self) -> None:
        self.scroll_to_region(Region(0, self.cursor, 1, 1), animate=False, force=True)

    def on_resize(self) -> None:
        self.virtual_size = Size(self.size.width, len(self._rows))

    # What the user does

    def action_move(self, rows: int) -> None:
        self.cursor += rows

    def action_move_page(self, direction: int) -> None:
        self.cursor += direction * max(1, self.size.height - 1)

    def action_move_to_end(self, direction: int) -> None:
        self.cursor = len(self._rows) if direction > 0 else 0

    def action_open_row(self) -> None:
        row = self._current_row()
        if isinstance(row, EndpointRow):
            self.open_endpoint(row.endpoint_name)

    def action_close_row(self) -> None:
        row = self._current_row()
        if row is None:
            return
        owner = (EndpointRow, row.endpoint_name, "")
        self.open_names -= {row.endpoint_name}
        self.cursor = next(i for i, each in enumerate(self._rows) if _identity(each) == owner)

    def action_choose(self) -> None:
        row = self._current_row()
        if row is None:
            return
        variant = row.variant if isinstance(row, VariantRow) else None
        if variant is not None and variant.is_shadow:
            self.notify(
                "Shadow variants receive copies of requests; they cannot be targeted.",
                severity="warning",
                markup=False,
            )
            return
        self.open_endpoint(row.endpoint_name)
        self.post_message(
            self.Chosen(self, row.endpoint_name, variant.name if variant is not None else None)
        )

    def action_describe(self) -> None:
        if name := self.current_endpoint:
            self.post_message(self.DescriptionRequested(self, name))

    def open_endpoint(self, name: str) -> None:
        """Show the variants of an endpoint and ask for them."""
        self.open_names |= {name}
        self.post_message(self.Opened(self, name))

    def on_click(self, event: events.Click) -> None:
        event.stop()
        y = event.y + self.scroll_offset.y
        if y >= len(self._rows):
            return
        self.cursor = y
        row = self._rows[y]
        if event.chain > 1 or isinstance(row, VariantRow):
            self.action_choose()
        elif isinstance(row, EndpointRow) and row.is_open:
            self.action_close_row()
        else:
            self.action_open_row()

    # How it is drawn

    def render_line(self, y: int) -> Strip:
        index = y + self.scroll_offset.y
        width = self.size.width
        base = self.rich_style
        if index >= len(self._rows):
            return Strip.blank(width, base)
        row = self._rows[index]
        cells = self._cells(row, width)
        strip = Strip([Segment(text, base + style) for text, style in cells])
        strip = strip.adjust_cell_length(width, base)
        if index == self.cursor:
            # The cursor's background goes under the row's own colours.
            strip = strip.apply_style(self._look("cursor"))
        return strip

    def _look(self, name: str) -> Style:
        return self.get_component_rich_style(f"endpoint-list--{name}", partial=True)

    def _cells(self, row: Row, width: int) -> list[tuple[str, Style]]:
        match row:
            case EndpointRow():
                return self._endpoint_cells(row, width)
            case VariantRow():
                return self._variant_cells(row, width)
            case NoteRow():
                look = self._look("problem" if row.is_problem else "muted")
                return [("  └ ", self._look("muted")), (_cut(sanitise(row.text), width - 5), look)]

    def _endpoint_cells(self, row: EndpointRow, width: int) -> list[tuple[str, Style]]:
        summary = row.summary
        status = self._look(f"status-{_STATUS_LOOKS.get(summary.status, 'changing')}")
        how_old = age(summary.created_at, self.now)
        word = summary.status.value
        name_width = width - 2 - 1 - cell_len(word) - 1 - 4 - 1
        if name_width < _NAME_MIN_CELLS:
            name_width = max(1, width - 8)
            word = ""
        name = _cut_middle(sanitise(summary.name), name_width)
        look = self._look("chosen" if summary.name == self.chosen[0] else "name")
        return [
            (f"{STATUS_DOTS[summary.status]} ", status),
            (set_cell_size(name, name_width) + " ", look),
            (word, status),
            (f"{how_old:>5} ", self._look("muted")),
        ]

    def _variant_cells(self, row: VariantRow, width: int) -> list[tuple[str, Style]]:
        variant = row.variant
        branch = "  └ " if row.is_last else "  ├ "
        is_chosen = (row.endpoint_name, variant.name) == self.chosen
        look = self._look("chosen" if is_chosen else "muted" if variant.is_shadow else "name")
        words = " ".join(filter(None, (*variant.statuses, variant.model_name)))
        muted = self._look("muted")
        name = sanitise(variant.name)
        return [
            (branch, muted),
            (set_cell_size(_cut_middle(name, 18), max(9, min(18, cell_len(name)))), look),
            (f" {share_words(row):>6}", look),
            (f"  {sanitise(capacity(variant))}", muted),
            (_cut(f"  {sanitise(words)}", width), muted),
        ]


def _identity(row: Row | None) -> tuple[type, str, str] | None:
    """What makes a row the same row after the list was laid out anew."""
    match row:
        case None:
            return None
        case VariantRow():
            return (VariantRow, row.endpoint_name, row.variant.name)
        case EndpointRow() | NoteRow():
            return (type(row), row.endpoint_name, "")


def _cut(text: str, width: int) -> str:
    if cell_len(text) <= width:
        return text
    return set_cell_size(text, max(0, width - 1)).rstrip() + "…"


def _cut_middle(text: str, width: int) -> str:
    """Shorten a name, keeping both ends: generated names differ at their end."""
    if cell_len(text) <= width:
        return text
    tail = max(0, (width - 1) // 3)
    return set_cell_size(text, max(0, width - 1 - tail)) + "…" + text[len(text) - tail :]
