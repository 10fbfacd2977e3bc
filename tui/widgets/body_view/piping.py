"""Sending the bytes of a body through a command of the user's, and showing what it says.

It runs on this machine, in the user's shell, without a terminal. What it is given are the bytes
of what is shown, in whatever way they are: the body as it came, or what was made of it.
"""

from __future__ import annotations

import os
from asyncio import CancelledError
from collections import deque
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from textual import work

from tui.body.growing_body import GrowingBody, slices_of
from tui.body.sanitise import sanitise
from tui.body.shown_body import ShownBody
from tui.processes import Child, ChildStopped, Ran
from tui.widgets.body_view.deriving import BodyDeriving, Derived, short_step
from tui.widgets.body_view.prompt import PIPE, Note, Pressed, Prompt

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tui.body.growing import Bytes

OUTPUT_BYTES_MAX = 100_000_000
"""A command that writes more is ended, and what it wrote so far is shown."""
_MOMENT_S = 0.3
"""What a command wrote is shown before it has ended once that takes longer."""
_POURED_EVERY_S = 1 / 30


class BodyPiping(BodyDeriving):
    """Asks for a command, and shows its output."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._commands: Sequence[str] = ()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer commands where they can be ended with all that they started."""
        if action == "pipe":
            return os.name == "posix"
        return super().check_action(action, parameters)

    def action_pipe(self) -> None:
        """Ask for a command."""
        self.ask(Prompt(PIPE, lead="shell ", earlier=self._commands))

    def take_typed(self, prompt: Prompt, pressed: Pressed) -> None:
        """Run the command when it is complete."""
        if prompt.mark != PIPE:
            super().take_typed(prompt, pressed)
        elif pressed is Pressed.ACCEPTED and prompt.text.strip() and self.shown is not None:
            others = [each for each in self._commands if each != prompt.text]
            self._commands = (*others, prompt.text)
            self.run_now(self._pipe(prompt.text, slices_of(self.shown)))

    def note(self, prompt: Prompt) -> Note:
        """Say what is going to happen."""
        if prompt.mark != PIPE:
            return super().note(prompt)
        return Note("enter runs it on this machine")

    @work(group="pipe", description="run a command on the body")
    async def _pipe(self, command: str, data: Iterable[Bytes]) -> None:
        output = _Output(f"| {sanitise(command)}")
        pouring = self.set_interval(_POURED_EVERY_S, partial(self._pour, output))
        try:
            ran = await self.run_apart(
                Child(command),
                data,
                f"| {command}",
                bytes_max=OUTPUT_BYTES_MAX,
                on_output=output.came.append,
            )
        except (ChildStopped, CancelledError) as error:
            self._end_output(output)
            if isinstance(error, CancelledError):
                raise
            return
        except (OSError, ValueError) as error:
            reason = f"cannot be started: {error}".encode()
            ran = Ran(output=b"", errors=reason, status=127, is_cut=False, duration_s=0.0)
        finally:
            pouring.stop()
        self._show_ran(output, ran)

    def _pour(self, output: _Output) -> None:
        """Give the view what the command wrote; show it once that takes longer than a moment."""
        self._drain(output)
        if output.derived is None and output.body.size_bytes and self.running_s > _MOMENT_S:
            output.derived = Derived(output.step, short_step(output.step), output.body)
            self.show_derived(output.derived)
            self.rename_running("running")

    def _drain(self, output: _Output) -> None:
        while output.came:
            self.append(output.body, output.came.popleft())

    def _end_output(self, output: _Output) -> None:
        """Keep what came of a command that was stopped, if it is shown."""
        if output.derived is None or not self.is_attached:
            return
        self._drain(output)
        whole = self.finish(output.body)
        if self.derived is output.derived:
            words = f"{short_step(output.step)} · stopped · {self.running_s:.1f} s"
            self.derived = Derived(output.step, words, whole)
            self.describe()

    def _show_ran(self, output: _Output, ran: Ran) -> None:
        """Say how it ended; show it, or go on with what is shown of it."""
        self._drain(output)
        derived = _derived(output.step, ran, self.finish(output.body))
        if output.derived is None:
            self.show_derived(derived)
        elif self.derived is output.derived:
            self.derived = derived
            self.describe()


@dataclass(slots=True)
class _Output:
    """What a command writes, while it runs."""

    step: str
    body: GrowingBody = field(default_factory=lambda: GrowingBody(None, is_followed=False))
    """Shown from its beginning, whether the command takes a moment or longer."""
    came: deque[bytes] = field(default_factory=deque[bytes])
    """What the view has not got yet; written to by another thread."""
    derived: Derived | None = None
    """As what it is shown, if it is."""


def _derived(step: str, ran: Ran, output: ShownBody) -> Derived:
    """Say how it ended; where it wrote nothing but errors, those are what it said."""
    words = [short_step(step), _ending(ran), f"{ran.duration_s:.1f} s"]
    errors = ShownBody(ran.errors, "text/plain")
    if ran.errors and not output.data:
        return Derived(step, " · ".join([*words, "standard error"]), errors)
    if ran.errors:
        first = sanitise(ran.errors.decode("utf-8", "replace").strip().partition("\n")[0])
        return Derived(step, " · ".join([*words, f"e: standard error, {first}"]), output, errors)
    return Derived(step, " · ".join(words), output)


def _ending(ran: Ran) -> str:
    if ran.is_cut:
        return f"cut at {OUTPUT_BYTES_MAX // 1_000_000} MB"
    return f"ended by signal {-ran.status}" if ran.status < 0 else f"exit status {ran.status}"
