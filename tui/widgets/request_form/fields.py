"""Rows of the form for some members, aligned, made from the table of fields alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import VerticalScroll

from tui.domain.fields import TEXT_FIELDS
from tui.widgets.field_row.row import FieldRow, label_of
from tui.widgets.request_form.rules import replace_members, value_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual.app import ComposeResult

    from tui.domain.endpoints import EndpointDescription
    from tui.domain.fields import Field, FieldGroup
    from tui.domain.requests import InvocationRequest

_ASIDES = {"inference_id": "new id"}
"""Words at the end of a row that do something for it when clicked."""
_GAP_CELLS = 2
"""Between the longest label and its input: the mark of a required member, and a space."""


class FieldRows(VerticalScroll, can_focus=False):
    """One row under the other."""

    DEFAULT_CSS = """
    FieldRows {
        height: 1fr;
        scrollbar-size-vertical: 1;
    }
    """

    def __init__(self, rows: tuple[FieldRow, ...]) -> None:
        super().__init__()
        self._rows = rows

    def compose(self) -> ComposeResult:
        """Yield the rows that were given."""
        yield from self._rows


class RowBook(dict[str, FieldRow]):
    """The rows that were made so far, by attribute: views of one request."""

    def of_group(self, group: FieldGroup, *, label_cells: int = 0) -> tuple[FieldRow, ...]:
        """Make the rows of a group.

        Args:
            group: whose fields.
            label_cells: width of the labels; else each is as wide as it needs.
        """
        fields = tuple(field for field in TEXT_FIELDS if field.group is group)
        rows = {
            field.attribute: _new_row(field, label_cells or label_cells_of((field,)))
            for field in fields
        }
        self.update(rows)
        return tuple(rows.values())

    def show(self, request: InvocationRequest) -> None:
        """Show the members of ``request``."""
        for row in self.values():
            row.value = value_of(request, row.field)

    def shown_in(self, request: InvocationRequest) -> InvocationRequest:
        """Return ``request`` with whatever rows show that it does not say."""
        changes = {
            name: row.value or ("" if row.field.is_required else None)
            for name, row in self.items()
            if row.value != value_of(request, row.field)
        }
        return replace_members(request, changes)

    def offer(
        self, known: EndpointDescription | None, others: Mapping[str, tuple[str, ...]]
    ) -> None:
        """Offer what the endpoint accepts, and mark what is required or wrong.

        An empty member is no mistake on screen: a star says that it is required, and shouting at
        a blank form helps nobody.

        Args:
            known: the endpoint.
            others: attribute to what else is offered, raw.
        """
        offered = {**(known.suggestions() if known else {}), **others}
        required = known.required_members() if known else ()
        for name, row in self.items():
            row.offer(offered.get(name, ()), is_required=name in required)
            row.problem = (row.field.problem(row.value) or "") if row.value else ""


def aligned_label_cells(group: FieldGroup) -> int:
    """Return the width that aligns the inputs of a group."""
    return label_cells_of(tuple(field for field in TEXT_FIELDS if field.group is group))


def label_cells_of(fields: tuple[Field, ...]) -> int:
    """Return the width that the labels of ``fields`` need."""
    return max(len(label_of(field)) for field in fields) + _GAP_CELLS


def _new_row(field: Field, label_cells: int) -> FieldRow:
    return FieldRow(field, label_cells=label_cells, aside=_ASIDES.get(field.attribute, ""))
