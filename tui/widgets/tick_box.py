"""A box to tick that says by its character, and not by a colour alone, whether it is ticked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.widgets import Checkbox

if TYPE_CHECKING:
    from textual.content import Content


class TickBox(Checkbox):
    """Textual's box draws the same cross either way, which without colours tells nothing."""

    def render(self) -> Content:
        """Draw the cross only where it is ticked."""
        self.BUTTON_INNER = "X" if self.value else " "
        return super().render()
