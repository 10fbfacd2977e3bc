"""One line of names of which one is chosen: the form's tabs, and the body's Text or File.

Textual's own tabs take two rows and a dozen nodes; on 24 rows the form has neither to spare.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

if TYPE_CHECKING:
    from textual import events
    from textual.binding import BindingType
    from textual.geometry import Size

GAP = "   "
"""Between two names."""


class TabStrip(Widget, can_focus=True):
    """Names side by side; left, right and a click choose."""

    DEFAULT_CSS = """
    TabStrip { height: 1; width: auto; color: $text-muted; pointer: pointer; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "left",
            "step(-1)",
            "Previous",
            show=False,
            id="request.previous-tab",
            tooltip="Go to the tab on the left",
        ),
        Binding(
            "right",
            "step(1)",
            "Next",
            show=False,
            id="request.next-tab",
            tooltip="Go to the tab on the right",
        ),
    ]

    active: reactive[str] = reactive("")
    marks: reactive[dict[str, Content]] = reactive(
        dict[str, Content], layout=True, always_update=True
    )
    """What stands behind a name: a dot when something is set in there, say.

    Always drawn anew, for Content that differs in colour alone counts as equal.
    """

    @dataclass
    class Picked(Message):
        """The user chose a name; nothing has changed yet."""

        picked: str

    def __init__(
        self,
        names: tuple[str, ...],
        *,
        active: str,
        help_text: str,
        id: str | None = None,  # noqa: A002 - Textual's name
    ) -> None:
        super().__init__(id=id)
        self.names = names
        self.help_text = help_text
        """What f1 says."""
        self.set_reactive(TabStrip.active, active)

    def get_content_width(self, container: Size, viewport: Size) -> int:  # noqa: ARG002 - Textual's
        """As wide as the names."""
        return self.render().cell_length

    def render(self) -> Content:
        """Draw the names, the chosen one in the accent colour, underlined while focused."""
        return Content(GAP).join(map(self._piece, self.names))

    def _piece(self, name: str) -> Content:
        mark = self.marks.get(name)
        tail = Content.assemble(" ", mark) if mark else Content("")
        if name != self.active:
            return Content.assemble(name, tail)
        style = "bold underline $text-primary" if self.has_focus else "bold $text-primary"
        return Content.assemble((name, style), tail)

    def action_step(self, count: int) -> None:
        """Choose the neighbour ``count`` places on, around the ends."""
        at = self.names.index(self.active)
        self.post_message(self.Picked(self.names[(at + count) % len(self.names)]))

    def on_click(self, event: events.Click) -> None:
        """Choose the name that was clicked."""
        end = 0
        for name in self.names:
            end += self._piece(name).cell_length + len(GAP)
            if event.x < end:
                self.post_message(self.Picked(name))
                return
