"""A box to tick that says by its character, and not by a colour alone, whether it is ticked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding
from textual.message import Message
from textual.widgets import Checkbox

if TYPE_CHECKING:
    from textual.binding import BindingType
    from textual.content import Content


class TickBox(Checkbox, inherit_bindings=False):
    """Textual's box draws the same cross either way, which without colours tells nothing.

    Space ticks it. Enter, which ticks Textual's, is for the dialog that the box is in.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "space",
            "toggle_button",
            "Tick",
            show=False,
            id="tick-box.tick",
            tooltip="Tick the box, or take the tick away",
        ),
        Binding(
            "enter",
            "submit",
            "Done",
            show=False,
            id="tick-box.submit",
            tooltip="Go on with the boxes as they are",
        ),
    ]

    @dataclass
    class Submitted(Message):
        """Somebody is done with the boxes, as with what is typed beside them."""

        tick_box: TickBox

        @property
        def control(self) -> TickBox:
            """The box."""
            return self.tick_box

    def action_submit(self) -> None:
        """Tell that somebody is done."""
        self.post_message(self.Submitted(self))

    def render(self) -> Content:
        """Draw the cross only where it is ticked."""
        self.BUTTON_INNER = "X" if self.value else " "
        return super().render()
