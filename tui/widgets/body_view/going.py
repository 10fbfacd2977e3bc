"""Going to a line of a body by its number, or to a byte of a hex dump by its offset.

typed ──▶ `wanted_number` ──▶ the row, as soon as it is laid out
  "!" ──▶ the next place where JSON breaks, as there may be many in JSON Lines
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tui.body.lenses import HEX
from tui.body.rows import Breakable
from tui.body.table.tabular import Tabular
from tui.widgets.body_view.prompt import LINE, Note, Pressed, Prompt
from tui.widgets.body_view.prompting import BodyPrompting

if TYPE_CHECKING:
    from tui.body.rows import Document

_DECIMAL = re.compile(r"-?[0-9]{1,15}")
_HEXADECIMAL = re.compile(r"(-?)(?:0x)?([0-9a-f]{1,15})", re.IGNORECASE)
_MISTAKE = "!"
"""Typed instead of a number."""
_LOOKED_BACK_ROWS = 2_000
"""A last line of more rows than this is not counted from the end."""


class BodyGoing(BodyPrompting):
    """Asks for a number, and goes there."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._number: int | None = None
        """The number of a line that is not laid out yet."""

    def action_go_to_line(self) -> None:
        """Ask for the number of a line."""
        self.ask(Prompt(LINE, lead=self._unit))

    def ask_again(self, prompt: Prompt) -> None:
        """Ask for what there is to go to now."""
        if prompt.mark == LINE:
            prompt.lead = self._unit
        else:
            super().ask_again(prompt)

    def note(self, prompt: Prompt) -> Note:
        """Say what is asked for, or where a number leads."""
        if prompt.mark != LINE:
            return super().note(prompt)
        if not prompt.text:
            is_hex = self.lens == HEX
            words = "hexadecimal; -1 is the last byte" if is_hex else "-1 is the last line"
            is_broken = self._mistake is not None
            return Note(f"{words}, {_MISTAKE} the next mistake" if is_broken else words)
        if prompt.text == _MISTAKE:
            return Note("enter goes there" if self._mistake is not None else "no mistake is known")
        number = wanted_number(prompt.text, is_hex=self.lens == HEX)
        if number is None:
            return Note("no number", len(prompt.text))
        if self.document is not None and self.document.is_complete:
            last = self._count(self.document) - 1
            if number > last:
                return Note(
                    f"the last is 0x{last:x}" if self.lens == HEX else f"the last is {last:,}"
                )
        return Note(f"byte {number:,}" if self.lens == HEX else "enter goes there")

    def take_typed(self, prompt: Prompt, pressed: Pressed) -> None:
        """Go to a line when its number is complete; ask again if it is none."""
        if prompt.mark != LINE:
            super().take_typed(prompt, pressed)
        elif pressed is Pressed.ACCEPTED and prompt.text == _MISTAKE:
            self._go_to_mistake()
        elif pressed is Pressed.ACCEPTED and prompt.text and self.document is not None:
            number = wanted_number(prompt.text, is_hex=self.lens == HEX)
            if number is None:
                self.asked = prompt
            else:
                self._number = number if number >= 0 else number + self._count(self.document)
                self._go_to_number()

    def go_to(self, row: int) -> None:
        """Go to a row, and to no other when that is known."""
        super().go_to(row)
        self._number = None

    def on_worked(self) -> None:
        """Go to the line that was asked for, once it is known."""
        self._go_to_number()
        super().on_worked()

    def _go_to_number(self) -> None:
        document, number = self.document, self._number
        if number is None or document is None:
            return
        if document.is_complete or document.row_of(number) < self.row_count - 1:
            self.go_to_line(number)

    @property
    def _unit(self) -> str:
        return "offset " if self.lens == HEX else "line "

    @property
    def _mistake(self) -> int | None:
        """The byte behind the cursor's row where what is shown breaks, or the first such one."""
        document = self.document
        if not isinstance(document, Breakable) or not self.row_count:
            return None
        behind = document.mistake_from(self._end_of_cursor)
        return document.mistake_from(0) if behind is None else behind

    @property
    def _end_of_cursor(self) -> int:
        return 0 if self.document is None else self.document.span(self.cursor)[1]

    def _go_to_mistake(self) -> None:
        mistake = self._mistake
        if mistake is not None:
            self.go_to_bytes(mistake, mistake + 1)

    def _count(self, document: Document) -> int:
        """Return the number behind that of the last line, or byte, known."""
        if self.lens == HEX:
            return len(document.data)
        if isinstance(document, Tabular):
            return self.row_count + 1
        for row in reversed(range(max(0, self.row_count - _LOOKED_BACK_ROWS), self.row_count)):
            if number := document.number(row):
                return int(number) + 1
        return self.row_count + 1


def wanted_number(text: str, *, is_hex: bool) -> int | None:
    """Return the number that was typed; negative ones count from the end; None if it is none."""
    text = text.strip()
    if not is_hex:
        return int(text) if _DECIMAL.fullmatch(text) else None
    found = _HEXADECIMAL.fullmatch(text)
    return None if found is None else int(f"{found[1]}{found[2]}", 16)
