"""Showing a part of the JSON that is shown, by a JMESPath expression.

The prompt stays until there is a result, so that what is wrong is told where it was typed.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from textual import work

from tui.blocking import run_blocking
from tui.body.growing_body import json_of
from tui.body.sanitise import sanitise
from tui.body.search.filtering import (
    Filtered,
    FilterProblem,
    filter_command,
    filter_message,
    find_filter_problem,
    read_filtered,
)
from tui.body.shown_body import ShownBody
from tui.processes import Child, ChildStopped
from tui.widgets.body_view.deriving import BodyDeriving, Derived
from tui.widgets.body_view.prompt import FILTER, Note, Pressed, Prompt

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from textual.worker import Worker

    from tui.body.growing import Bytes

_RESULT_BYTES_MAX = 500_000_000
_TITLE_CHARS_MAX = 40


class BodyFiltering(BodyDeriving):
    """Asks for an expression, and shows what it makes of the body."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._expressions: Sequence[str] = ()
        self._problem: FilterProblem | None = None
        self._filtering: Worker[None] | None = None

    def action_filter(self) -> None:
        """Ask for an expression."""
        self._problem = None
        self.ask(Prompt(FILTER, lead="JMESPath ", earlier=self._expressions))

    def take_typed(self, prompt: Prompt, pressed: Pressed) -> None:
        """Say what is wrong as one types; filter when it is complete."""
        if prompt.mark != FILTER:
            super().take_typed(prompt, pressed)
            return
        self._stop_filtering()
        match pressed:
            case Pressed.CHANGED:
                self._problem = find_filter_problem(prompt.text)
            case Pressed.ACCEPTED if not prompt.text.strip():
                self.show_original()
            case Pressed.ACCEPTED:
                self._problem = find_filter_problem(prompt.text)
                self.asked = prompt
                self._begin(prompt)
            case _:
                pass

    def note(self, prompt: Prompt) -> Note:
        """Say what is wrong with the expression, or how long it has been at work."""
        if prompt.mark != FILTER:
            return super().note(prompt)
        if self._problem is None:
            running = self.running_words if self.is_made_by(self._filtering) else ""
            return Note(running or "enter filters")
        at = self._problem.at
        return Note(sanitise(self._problem.reason), None if at < 0 else at)

    def _begin(self, prompt: Prompt) -> None:
        shown, found = self.shown, self.found
        text = None if shown is None or found is None else json_of(shown, found)
        if text is None:
            self._problem = FilterProblem(-1, "only JSON can be filtered; this is not")
        elif self._problem is None:
            self._filtering = self._filter(prompt, text)
            self.run_now(self._filtering)

    def _stop_filtering(self) -> None:
        """Filter by what was typed before no longer; a command runs on while one types."""
        if self.is_made_by(self._filtering):
            self.stop_running()

    @work(group="filter", description="filter the body")
    async def _filter(self, prompt: Prompt, text: Iterable[Bytes]) -> None:
        expression = prompt.text
        message = await run_blocking(partial(filter_message, expression, text), name="filter")
        try:
            ran = await self.run_apart(
                Child(filter_command()), message, "filtering", bytes_max=_RESULT_BYTES_MAX
            )
            result = read_filtered(ran.status, ran.output)
        except ChildStopped:
            return
        except OSError as error:
            result = FilterProblem(-1, f"the filter cannot be started: {error}")
        match result:
            case Filtered():
                self._show_filtered(prompt, expression, result)
            case FilterProblem():
                self._problem = result
        self.redraw_marks()

    def _show_filtered(self, prompt: Prompt, expression: str, result: Filtered) -> None:
        others = [each for each in self._expressions if each != expression]
        self._expressions = (*others, expression)
        if self.asked is prompt:  # one may have left it, and be typing something else
            self.asked = None
        shown = sanitise(expression)
        if len(shown) > _TITLE_CHARS_MAX:
            shown = f"{shown[:_TITLE_CHARS_MAX]}…"
        step, output = f"filtered by {shown}", ShownBody(result.data, "application/json")
        words = f"{step} (re-serialised, order kept)"
        self.show_derived(Derived(step, " ".join(filter(None, (words, result.words))), output))
