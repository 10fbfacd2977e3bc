"""Finding in a body view, going to a line, and the prompt in which one types for either.

/ text ──▶ Finding ──▶ marks on rows, and the offset to go to
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.body.finding import Finding
from tui.body.kinds import Kind
from tui.body.lenses import PRETTY
from tui.widgets.body_view_lens import BodyLens
from tui.widgets.body_view_prompt import FIND, LINE, Pressed, Prompt

if TYPE_CHECKING:
    from textual import events
    from textual.strip import Strip

    from tui.body.rows import Document
    from tui.widgets.body_view_painting import Mark


class BodyFinding(BodyLens):
    """Marks what is looked for, and goes from hit to hit."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._finding: Finding | None = None
        self._prompt: Prompt | None = None
        self._asked_at = 0

    def forget(self) -> None:
        """Look for nothing in another body."""
        self._finding = self._prompt = None
        super().forget()

    def take_up(self, document: Document, offset: int) -> None:
        """Look for the same in what is shown from now on."""
        if self._finding is not None:
            self._finding = self._looking_for(self._finding.search.text, document, offset)
        super().take_up(document, offset)

    def words(self) -> list[str]:
        """Say how many hits there are, too."""
        if self._finding is None or self.document is None:
            return super().words()
        return [*super().words(), f"{self._finding.quoted} {self._finding.words}"]

    @property
    def has_news(self) -> bool:
        """Whether all has been looked through."""
        is_found = self._finding is not None and self._finding.is_complete
        return is_found or super().has_news

    # Finding

    def action_find(self) -> None:
        """Ask what to find."""
        self._ask(FIND)

    def action_go_to_line(self) -> None:
        """Ask for the number of a line."""
        self._ask(LINE)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave n and N to others while nothing is looked for."""
        if action == "step_hit":
            return self._finding is not None
        return super().check_action(action, parameters)

    def action_step_hit(self, direction: int) -> None:
        """Go to the next hit, or to the previous one."""
        if self._finding is not None and self.document is not None:
            self._finding.step(direction, *self.document.span(self.cursor))
            self._show_hit()

    @property
    def has_other_work(self) -> bool:
        """Whether there is more to look through."""
        is_looking = self._finding is not None and not self._finding.is_complete
        return is_looking or super().has_other_work

    def advance_others(self, budget_bytes: int) -> None:
        """Go on looking."""
        super().advance_others(budget_bytes)
        if self._finding is not None and self._finding.advance(budget_bytes):
            self._show_hit()

    def marks(self, index: int) -> list[Mark]:
        """Mark what was found in a row."""
        marks = super().marks(index)
        if self._finding is None or self.document is None:
            return marks
        current = self.ground("current-hit") + self.look("current-hit")
        marks += [
            (*columns, current if is_current else self.ground("hit"))
            for first, last, is_current in self._finding.marks_in(*self.document.span(index))
            for columns in self.document.columns(index, first, last)
        ]
        return marks

    def _looking_for(self, text: str, document: Document, offset: int) -> Finding:
        is_json = self.found is not None and self.found.kind is Kind.JSON
        is_spaced = is_json and self.lens == PRETTY
        return Finding(document.data, text, origin=offset, is_json=is_spaced)

    def _show_hit(self) -> None:
        """Go to the current hit."""
        if self._finding is not None and (hit := self._finding.current_hit) is not None:
            self.go_to_bytes(*hit)
            self.redraw()
            self.describe()

    # The prompt

    def bottom_strip(self, width: int) -> Strip | None:
        """Draw what is being typed."""
        if self._prompt is None:
            return super().bottom_strip(width)
        words = self._finding.words if self._finding and self._prompt.mark == FIND else ""
        base = self.rich_style + self.ground("prompt") + self.look("prompt")
        return self._prompt.draw(words, width, base, self.look("gutter"))

    def on_key(self, event: events.Key) -> None:
        """While something is asked for, keys are typed."""
        if self._prompt is not None:
            self._take(self._prompt, self._prompt.press(event.key, event.character), event)

    def on_paste(self, event: events.Paste) -> None:
        """Paste into what is asked for."""
        if self._prompt is not None:
            self._take(self._prompt, self._prompt.insert(event.text), event)

    def on_blur(self) -> None:
        """Stop asking."""
        self._prompt = None
        self.refresh()

    def _ask(self, mark: str) -> None:
        if self.document is not None:
            self._prompt = Prompt(mark)
            self._asked_at = self.offset_of_cursor
            self.refresh()

    def _take(self, prompt: Prompt, pressed: Pressed, event: events.Event) -> None:
        if pressed is Pressed.NOTHING:
            return
        event.stop()
        event.prevent_default()
        if pressed in (Pressed.ACCEPTED, Pressed.CANCELLED):
            self._prompt = None
        if prompt.mark == FIND:
            self._find("" if pressed is Pressed.CANCELLED else prompt.text)
        elif pressed is Pressed.ACCEPTED and prompt.text.isdecimal() and self.document:
            self.go_to(self.document.row_of(int(prompt.text)))
        self.redraw()

    def _find(self, text: str) -> None:
        """Look for another text, from where the prompt was opened on."""
        if self.document is None or (self._finding and self._finding.search.text == text):
            return
        self._finding = self._looking_for(text, self.document, self._asked_at) if text else None
        self.go_to_bytes(self._asked_at, self._asked_at)
        self.work()
        self.describe()
