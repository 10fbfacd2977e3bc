"""The line at the bottom of a body view in which one types what to find, as in less and vi.

No widget of its own: a line-API view has no children, and the bar must not move its rows.
"""

from __future__ import annotations

from enum import Enum

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from tui.body.sanitise import sanitise

_CARET = Style(reverse=True)
FIND, LINE = "/", ":"
"""What is asked for: a text, or the number of a line."""


class Pressed(Enum):
    """What a key did to the prompt."""

    NOTHING = "nothing"
    CHANGED = "changed"
    ACCEPTED = "accepted"
    CANCELLED = "cancelled"


class Prompt:
    """What has been typed so far, after `FIND` or `LINE`."""

    def __init__(self, mark: str) -> None:
        self.mark = mark
        self.text = ""

    def press(self, key: str, character: str | None) -> Pressed:
        """Take one key."""
        match key:
            case "enter":
                return Pressed.ACCEPTED
            case "escape":
                return Pressed.CANCELLED
            case "backspace":
                return self._erase(1)
            case "ctrl+u":
                return self._erase(len(self.text))
            case _ if character is not None and character.isprintable():
                return self.insert(character)
            case _:
                return Pressed.NOTHING

    def insert(self, text: str) -> Pressed:
        """Add what was typed or pasted; of several lines the first."""
        line = text.splitlines()[0] if text else ""
        self.text += line
        return Pressed.CHANGED if line else Pressed.NOTHING

    def draw(self, words: str, width: int, base: Style, quiet: Style) -> Strip:
        """Draw the prompt, with what is known at its right end."""
        typed = f" {self.mark}{sanitise(self.text)}"
        room = max(0, width - cell_len(words) - 2)
        while cell_len(typed) > room and len(typed) > 1:
            typed = typed[1:]
        gap = " " * max(0, room - cell_len(typed))
        strip = Strip(
            [
                Segment(typed, base),
                Segment(" ", base + _CARET),
                Segment(gap, base),
                Segment(words, base + quiet),
                Segment(" ", base),
            ]
        )
        return strip.adjust_cell_length(width, base)

    def _erase(self, count: int) -> Pressed:
        if not self.text:
            return Pressed.CANCELLED
        self.text = self.text[: len(self.text) - count]
        return Pressed.CHANGED
