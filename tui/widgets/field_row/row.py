"""Rows of the form for the members of ``InvokeEndpoint``, each derived from its `Field`.

There is no code for a single member: label, limits, help and usual values all come from the
table in `tui.domain.fields`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from textual.content import Content

from tui.body.sanitise import sanitise
from tui.widgets.field_row.entry import EntryRow

if TYPE_CHECKING:
    from tui.domain.fields import Field


class FieldRow(EntryRow):
    """One member of the request as text; an empty text means that it is not sent."""

    def __init__(self, field: Field, *, label_cells: int, aside: str = "") -> None:
        super().__init__(
            label_of(field),
            label_cells=label_cells,
            aside=aside,
            help_text=help_of(field),
            id=f"field-{field.attribute.replace('_', '-')}",
        )
        self.field = field
        self.set_reactive(FieldRow.is_wanted, field.is_required)
        self.set_reactive(FieldRow.choices, field.usual_values)

    def offer(self, values: tuple[str, ...], *, is_required: bool) -> None:
        """Show what the selected endpoint accepts, before the usual values.

        Args:
            values: raw, from outside.
            is_required: whether the endpoint refuses to do without this member.
        """
        self.choices = tuple(dict.fromkeys((*values, *self.field.usual_values)))
        self.is_wanted = self.field.is_required or is_required

    def count_words(self) -> Content:
        """Say how much of the limit is used, ``12 / 64``."""
        count = len(self.value)
        colour = "$text-error" if count > self.field.max_length else ""
        return Content.styled(f"{count:,} / {self.field.max_length:,}", colour)


def label_of(field: Field) -> str:
    """Name a member in words: its own header, or its API name spaced."""
    if field.header and not field.header.startswith("X-Amzn-"):
        return field.header
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", field.api_name).removesuffix(" Name")
    return words[0] + words[1:].lower()


def help_of(field: Field) -> str:
    """Say all there is to say about a member, for the help of f1."""
    wire = f"Sent as the header {field.header}.\n\n" if field.header else ""
    usual = ", ".join(map(sanitise, field.usual_values))
    tail = f"\n\nUsual values: {usual}" if usual else ""
    return (
        f"{field.api_name}\n\n{field.help}\n\n{wire}At most {field.max_length:,} characters.{tail}"
    )
