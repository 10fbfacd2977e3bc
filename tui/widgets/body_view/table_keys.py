"""The keys of a body view that shows a table, beside those that all bodies have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.binding import Binding

if TYPE_CHECKING:
    from textual.binding import BindingType

TABLE_KEYS: tuple[BindingType, ...] = (
    Binding(
        "s",
        "sort_column(False)",
        "Sort",
        show=False,
        id="body.sort",
        tooltip="Sort by the column of the cursor: ascending, descending, as it came",
    ),
    Binding(
        "S",
        "sort_column(True)",
        "Sort, largest first",
        show=False,
        id="body.sort-descending",
        tooltip="Sort by the column of the cursor: descending, ascending, as it came",
    ),
    Binding(
        "H",
        "toggle_header",
        "Header row",
        show=False,
        id="body.toggle-header",
        tooltip="Take the first record of CSV for the names of the columns, or for a row",
    ),
)
