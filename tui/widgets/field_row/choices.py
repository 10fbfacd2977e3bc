"""Known values beneath an input: a list to pick from, never a thing that picks by itself.

One small list that a row mounts when it is first wanted. A second widget per input that watches
its target's messages (as auto-complete libraries do it) would double the nodes of the form, and
inserts the text it shows; here a value from AWS is shown sanitised and inserted as it came.
Nothing in here knows fields or requests.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual.content import Content
from textual.geometry import Offset
from textual.message import Message
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from tui.body.sanitise import sanitise

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.binding import BindingType
    from textual.geometry import Region, Size

ROWS_MAX = 8
"""Rows shown at once; the rest scrolls."""
CHOICES_MAX = 200
"""More than anybody reads; typing narrows the list."""


class ChoiceList(OptionList, can_focus=False):
    """The values to choose from, floating over what is beneath; the input keeps the focus."""

    BINDINGS: ClassVar[list[BindingType]] = []

    DEFAULT_CSS = """
    ChoiceList {
        overlay: screen;
        constrain: inside inside;
        display: none;
        height: auto;
        max-height: 8;
        border: none;
        padding: 0;
        background: $panel;
        color: $foreground;
        scrollbar-size-vertical: 1;
        text-wrap: nowrap;
        text-overflow: ellipsis;
        & > .option-list--option { padding: 0 1; }
        & > .option-list--option-hover { background: $boost; }
        & > .option-list--option-highlighted {
            background: $primary; color: $text; text-style: none;
        }
    }
    """

    @dataclass
    class Chosen(Message):
        """A value was clicked."""

        value: str

    def __init__(self) -> None:
        super().__init__()
        self._values: tuple[str, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether the list is on screen."""
        return bool(self.display)

    @property
    def current(self) -> str | None:
        """The value under the cursor, exactly as it was offered."""
        return None if self.highlighted is None else self._values[self.highlighted]

    def open(self, values: tuple[str, ...], *, current: str | None, anchor: Region) -> None:
        """Show ``values`` below ``anchor``, or above it when there is no room.

        Args:
            values: raw; shown sanitised.
            current: the value to put the cursor on; None leaves the cursor out of the list.
            anchor: the input, in screen coordinates.
        """
        self._values = values[:CHOICES_MAX]
        self.clear_options()
        self.add_options(Option(Content(sanitise(value))) for value in self._values)
        self.highlighted = self._index_of(current)
        width = _width_cells(self._values, anchor.width)
        self.styles.width = width
        self.absolute_offset = _place(anchor, self.screen.size, len(self._values))
        self.display = True

    def close(self) -> None:
        """Take the list off the screen."""
        self.display = False
        self.highlighted = None

    def step(self, count: int) -> None:
        """Move the cursor by ``count`` values; it wraps around, and comes in at either end."""
        if not self._values:
            return
        start = -1 if count > 0 else 0
        at = start if self.highlighted is None else self.highlighted
        self.highlighted = (at + count) % len(self._values)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Tell the row which value was clicked."""
        event.stop()
        self.post_message(self.Chosen(self._values[event.option_index]))

    def _index_of(self, current: str | None) -> int | None:
        if current is None or not self._values:
            return None
        return self._values.index(current) if current in self._values else 0


def matching(values: Iterable[str], typed: str) -> tuple[str, ...]:
    """Return the values that hold ``typed`` in any case, those that begin with it first."""
    needle = typed.casefold()
    found = [value for value in values if needle in value.casefold()]
    return tuple(sorted(found, key=lambda value: not value.casefold().startswith(needle)))


def _width_cells(values: tuple[str, ...], least: int) -> int:
    longest = max((Content(sanitise(value)).cell_length for value in values), default=0)
    return max(least, longest + 4)


def _place(anchor: Region, screen: Size, count: int) -> Offset:
    rows = min(count, ROWS_MAX)
    below = anchor.bottom
    fits_below = below + rows <= screen.height or anchor.y < rows
    return Offset(anchor.x, below if fits_below else anchor.y - rows)
