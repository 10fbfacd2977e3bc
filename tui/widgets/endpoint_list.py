"""The list of endpoints and their variants.

It is handed values and tells what the user picked; it never asks anybody for anything.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, ClassVar

from textual.message import Message
from textual.reactive import reactive, var

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
from tui.widgets.row_list import RowList, list_binding, moving_bindings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.binding import Binding, BindingType

    from tui.domain.endpoints import EndpointSummary, InferenceComponent, Variant
    from tui.widgets.endpoint_rows import Descriptions, Row, Target


def _binding(keys: str, action: str, name: str, tooltip: str, *, show: bool = False) -> Binding:
    return list_binding("endpoints", keys, action, name, tooltip, show=show)


class EndpointList(RowList["Row"]):
    """Endpoints, newest first, each opening to its variants.

    Component classes: one for each look of `endpoint_cells`.
    """

    HELP = """\
Every endpoint of this account and region, newest first.

Enter takes an endpoint, or one variant or inference component of it, into the request. The right
arrow shows an endpoint's variants, the left arrow hides them; d shows all that AWS says of it.
Type / to filter by name or status, f5 to look again.
"""

    COMPONENT_CLASSES: ClassVar[set[str]] = {f"row-list--{look}" for look in LOOKS}

    DEFAULT_CSS = """
    EndpointList {
        scrollbar-gutter: stable;
        & > .row-list--name { color: $text; }
        & > .row-list--muted { color: $text-muted; }
        & > .row-list--chosen { text-style: bold; color: $text-primary; }
        & > .row-list--problem { color: $text-error; }
        & > .row-list--status-in-service { color: $status-in-service; }
        & > .row-list--status-changing { color: $status-changing; }
        & > .row-list--status-failed { color: $status-failed; }
        & > .row-list--status-off { color: $status-off; }
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        _binding("enter", "choose", "Choose", "Take it into the request", show=True),
        _binding("d", "describe", "Describe", "Show all that AWS says of it", show=True),
        _binding("right,l,space", "open_row", "Variants", "Show the endpoint's variants"),
        _binding("left,h", "close_row", "Close", "Hide the endpoint's variants"),
        *moving_bindings("endpoints"),
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
        self._shown_count = 0

    @property
    def shown_count(self) -> int:
        """How many endpoints pass the filter."""
        return self._shown_count

    @property
    def current_endpoint(self) -> str | None:
        """The endpoint that the cursor's row belongs to."""
        row = self.current
        return row.endpoint_name if row else None

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
        held = self.current
        was_empty = self.current is None
        shown = matching(self._searchable, self.needle)
        self._shown_count = len(shown)
        rows = lay_out(shown, self.open_names, self.descriptions)
        self.show_rows(rows, _index_of(held, rows))
        if was_empty != (not rows):
            self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer to choose and describe while there is something to choose."""
        if action in {"choose", "describe"}:
            return self.current is not None
        return super().check_action(action, parameters)

    def action_open_row(self) -> None:
        """Show the variants of the endpoint under the cursor."""
        row = self.current
        if isinstance(row, EndpointRow):
            self.open_endpoint(row.endpoint_name)

    def action_close_row(self) -> None:
        """Hide the variants of the endpoint that the cursor is in."""
        if (row := self.current) is None:
            return
        self.open_names -= {row.endpoint_name}

    def action_choose(self) -> None:
        """Take the row into the request."""
        if (row := self.current) is None:
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

    def row_clicked(self, chain: int) -> None:
        """A first click opens or closes an endpoint, a second one takes it; a variant at once."""
        row = self.current
        if chain > 1 or isinstance(row, VariantRow | ModelRow | ComponentRow):
            self.action_choose()
        elif isinstance(row, EndpointRow) and row.is_open:
            self.action_close_row()
        else:
            self.action_open_row()

    def row_cells(self, row: Row, width: int) -> Sequence[tuple[str, str]]:
        """Return what stands in a row."""
        return cells(row, width, chosen=self.chosen, now=self.now)


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
