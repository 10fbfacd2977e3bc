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

from tui.widgets.body_words import BodyWords

if TYPE_CHECKING:
    from textual import events
    from textual.binding import BindingType
    from textual.geometry import Size

_GAP = "   "

Mark = Content | BodyWords
"""What can stand behind a name."""


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
    marks: reactive[dict[str, Mark]] = reactive(dict[str, Mark], always_update=True)
    """What stands behind a name: a dot when something is set in there, say.

    What is said of a body gives way to the other names where there is no room for it.
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
        self._dots: dict[str, str] = {}
        self.set_reactive(TabStrip.active, active)

    def show_dots(self, dots: dict[str, str]) -> None:
        """Put a dot behind names, each in its style, and nothing behind the others."""
        # Marks are laid out anew, which is not worth it at every key.
        if dots != self._dots:
            self._dots = dots
            self.marks = {name: Content.styled("●", style) for name, style in dots.items()}

    def watch_marks(self) -> None:
        """Make room for them, unless there is as much as there is; they may change often."""
        self.refresh(layout=self.styles.auto_dimensions)

    def get_content_width(self, container: Size, viewport: Size) -> int:  # noqa: ARG002 - Textual's
        """As wide as the names."""
        return Content(_GAP).join(self._pieces(container.width)).cell_length

    def render(self) -> Content:
        """Draw the names, the chosen one in the accent colour, underlined while focused."""
        return Content(_GAP).join(self._pieces(self.size.width))

    def _pieces(self, room_cells: int) -> list[Content]:
        """Return the names with what stands behind them, in so many cells if they can be cut."""
        fixed = [_tail(mark) for mark in self.marks.values() if isinstance(mark, Content)]
        room_cells -= sum(map(len, self.names)) + sum(tail.cell_length for tail in fixed)
        room_cells -= len(_GAP) * (len(self.names) - 1) + 1
        return [self._piece(name, room_cells) for name in self.names]

    def _piece(self, name: str, room_cells: int) -> Content:
        mark = self.marks.get(name)
        tail = _tail(mark.fit(room_cells) if isinstance(mark, BodyWords) else mark)
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
        for name, piece in zip(self.names, self._pieces(self.size.width), strict=True):
            end += piece.cell_length + len(_GAP)
            if event.x < end:
                self.post_message(self.Picked(name))
                return


def _tail(mark: Content | None) -> Content:
    return Content.assemble(" ", mark) if mark else Content("")
