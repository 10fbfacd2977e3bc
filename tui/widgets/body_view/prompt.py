"""The line at the bottom of a body view in which one types what to find, as in less and vi.

No widget of its own: a line-API view has no children, and the bar must not move its rows.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from tui.body.sanitise import sanitise

if TYPE_CHECKING:
    from collections.abc import Sequence

_CARET = Style(reverse=True)
FIND, LINE, FILTER, PIPE = "/", ":", "&", "|"
"""What is asked for: a text, the number of a line, a JMESPath expression, a shell command."""

PROMPT_CHARS_MAX = 8_000
"""Who needs more has it in a file."""
_LAST_WORD = re.compile(r"\S*\s*\Z")


class Pressed(Enum):
    """What a key did to the prompt."""

    NOTHING = "nothing"
    MOVED = "moved"
    CHANGED = "changed"
    ACCEPTED = "accepted"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Note:
    """What is known of what was typed; drawable."""

    words: str = ""
    wrong_at: int | None = None
    """The character before which it is wrong; the one behind the last for its end."""


class Prompt:
    """What has been typed so far, after a mark that says what for.

    Args:
        mark: one of `FIND`, `LINE`, `FILTER` and `PIPE`.
        text: what is there to begin with.
        lead: drawn before the mark.
        earlier: what was typed before, the last at the end; up and down go through it.
    """

    def __init__(
        self, mark: str, text: str = "", *, lead: str = "", earlier: Sequence[str] = ()
    ) -> None:
        self.mark = mark
        self.text = text
        self.lead = lead
        self.at = len(text)
        """Where the caret is, in characters."""
        self.is_cut = False
        """Whether more was typed or pasted than is taken."""
        self._lines = [*earlier, text]
        self._line = len(earlier)

    def press(self, key: str, character: str | None) -> Pressed:
        """Take one key."""
        match key:
            case "enter":
                return Pressed.ACCEPTED
            case "escape":
                return Pressed.CANCELLED
            case "up" | "down":
                return self._go_back(-1 if key == "up" else 1)
            case "backspace" if not self.text:
                return Pressed.CANCELLED
            case _ if character is not None and character.isprintable():
                return self.insert(character)
            case _:
                return self._edit(key)

    def insert(self, text: str) -> Pressed:
        """Add what was typed or pasted; of several lines the first with words, of a filter all."""
        lines = text.splitlines() or [""]
        with_words = [line for line in lines if line.strip()] or lines[:1]
        line = " ".join(with_words) if self.mark == FILTER else with_words[0]
        room = max(0, PROMPT_CHARS_MAX - len(self.text))
        self.is_cut = len(line) > room
        return self._put(self.text[: self.at] + line[:room], self.text[self.at :])

    def draw(self, note: Note, width: int, base: Style, quiet: Style, wrong: Style) -> Strip:
        """Draw the prompt, with what is known at its right end.

        Args:
            note: what is known of what was typed.
            width: in cells.
            base: the style of what was typed.
            quiet: that of the words.
            wrong: that of the character where it is wrong, and of the words then.
        """
        before = f" {self.lead}{self.mark}"
        typed = before + sanitise(self.text) + " "
        caret = len(before) + self.at
        bad = None if note.wrong_at is None else len(before) + min(note.wrong_at, len(self.text))
        # What is typed has its half at least, and more where it needs more than is left.
        words_cells = min(cell_len(note.words), max(width // 2, width - cell_len(typed) - 2))
        words = set_cell_size(note.words, words_cells)
        room = max(0, width - words_cells - 1)
        first = max(0, caret - room)
        while cell_len(typed[first : caret + 1]) > room and first < caret:
            first += 1
        strip = Strip(
            [
                Segment(char, base + _look_of(at, caret, bad, wrong))
                for at, char in enumerate(typed[first : caret + room + 1], first)
            ]
        ).adjust_cell_length(room, base)
        told = Segment(f"{words} ", base + (quiet if bad is None else wrong))
        return Strip.join([strip, Strip([told])]).adjust_cell_length(width, base)

    def _edit(self, key: str) -> Pressed:
        before, behind = self.text[: self.at], self.text[self.at :]
        match key:
            case "left" | "right" | "home" | "end":
                self.at = self._at_after(key)
                return Pressed.MOVED
            case "backspace":
                return self._put(before[:-1], behind)
            case "delete":
                return self._put(before, behind[1:])
            case "ctrl+w":
                return self._put(_LAST_WORD.sub("", before, count=1), behind)
            case "ctrl+u":
                return self._put("", behind)
            case _:
                return Pressed.NOTHING

    def _at_after(self, key: str) -> int:
        ends = {"home": 0, "end": len(self.text)}
        step = -1 if key == "left" else 1
        return ends.get(key, max(0, min(self.at + step, len(self.text))))

    def _put(self, before: str, behind: str) -> Pressed:
        old = self.text
        self.is_cut = self.is_cut and len(before) + len(behind) >= PROMPT_CHARS_MAX
        self.text, self.at = before + behind, len(before)
        return Pressed.MOVED if self.text == old else Pressed.CHANGED

    def _go_back(self, lines: int) -> Pressed:
        """Take a line that was typed before, or go on to a later one."""
        self._lines[self._line] = self.text
        self._line = max(0, min(self._line + lines, len(self._lines) - 1))
        return self._put(self._lines[self._line], "")


def _look_of(at: int, caret: int, bad: int | None, wrong: Style) -> Style:
    look = Style(underline=True) + wrong if at == bad else Style()
    return look + _CARET if at == caret else look
