"""What is made of a body, or found within it, shown in its place until one goes back.

shown ── filter, command ──▶ running ──▶ derived ── escape ──▶ shown, at the same place
                                └── escape, another body ──▶ stopped
shown ── open a value ──▶ what is within ── escape ──▶ shown, at the same place

What is made of something is always made of what is shown, so that each step is on top of the one
before: body → in reply → filtered by a[].id → | jq .
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from time import monotonic
from typing import TYPE_CHECKING

from tui.blocking import run_blocking
from tui.body.growing_body import GrowingBody
from tui.body.sanitise import sanitise
from tui.processes import Child, Ran, run_through
from tui.widgets.body_view.prompting import BodyPrompting

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from textual.timer import Timer
    from textual.worker import Worker

    from tui.body.growing import Bytes
    from tui.body.growing_body import Body
    from tui.body.shown_body import ShownBody
    from tui.widgets.body_view.keeping import Left

_TICK_S = 0.1
_STEP_CHARS_MAX = 24
"""So much is said of a command, and of each step that led to what is shown."""
_STEPS_MAX = 3


@dataclass(frozen=True, slots=True)
class Derived:
    """What was made of a body; at least one of its two parts is not empty, or both are."""

    step: str
    """What was done; drawable."""
    words: str
    """What it is, and how it was made; drawable."""
    output: Body
    errors: ShownBody | None = None
    """What was written to standard error beside it."""


@dataclass(frozen=True, slots=True)
class _Below:
    """What was shown before, and how that was made."""

    left: Left
    derived: Derived | None
    beside: Left | None


class BodyDeriving(BodyPrompting):
    """Keeps what came while something made of it is shown."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self.derived: Derived | None = None
        self._beside: Left | None = None
        """The output as it was left for what was written to standard error, or the other way."""
        self._below: list[_Below] = []
        """What one goes back to, the body that came first."""
        self._maker: Worker[None] | None = None
        self._running_words = ""
        self._running_since_s = 0.0
        self._ticking: Timer | None = None

    @property
    def trail(self) -> str:
        """What was done, step by step, to get to what is shown; drawable, empty for the body."""
        return " → ".join([*self._steps_below(), *([self.derived.step] if self.derived else [])])

    def show_derived(self, derived: Derived) -> None:
        """Show what was made of what is shown, until one goes back."""
        self._below.append(_Below(self.leave(), self.derived, self._beside))
        self.derived, self._beside = derived, None
        self.shown = derived.output

    def show_original(self) -> None:
        """Go back to the body that came, and to where one was in it."""
        del self._below[1:]
        self.go_back()

    def go_back(self) -> None:
        """Go back to what was shown before, and to where one was in it."""
        self.stop_running()
        if self._below:
            below = self._below.pop()
            self.derived, self._beside = _as_a_whole(below.derived), below.beside
            self.come_back(below.left)

    def forget(self) -> None:
        """Keep nothing of a body that is no longer there, and make nothing more of it."""
        derived = self.derived
        parts = () if derived is None else (derived.output, derived.errors)
        if not any(self.shown is part for part in parts if part is not None):
            self.stop_running()
            self.derived, self._beside, self._below = None, None, []
        self.keep_only([self.shown, *parts, *(below.left.shown for below in self._below)])
        super().forget()

    def words(self) -> list[str]:
        """Say what was made, step by step, and what is being made."""
        made = " → ".join([*self._steps_below(), *([self.derived.words] if self.derived else [])])
        running = self.running_words and f"{self.running_words} · escape stops it"
        return [*filter(None, (made, running)), *super().words()]

    def _steps_below(self) -> list[str]:
        steps = [below.derived.step for below in self._below if below.derived is not None]
        left_out = ["…"] * (len(steps) > _STEPS_MAX)
        return [*left_out, *map(short_step, steps[-_STEPS_MAX:])]

    # Running

    def run_now(self, worker: Worker[None]) -> None:
        """Let one thing be made at a time."""
        self.stop_running()
        self._maker = worker

    def stop_running(self) -> None:
        """End what is running, if anything is."""
        if self._maker is not None:
            self._maker.cancel()
        self._maker = None

    def is_made_by(self, worker: Worker[None] | None) -> bool:
        """Whether that is what makes something now."""
        return worker is not None and worker is self._maker

    @property
    def is_running(self) -> bool:
        """Whether something is being made."""
        return self._maker is not None and not self._maker.is_finished

    @property
    def running_words(self) -> str:
        """What is running and since when; drawable, empty while nothing is."""
        if self._ticking is None:
            return ""
        words = f"{self._running_words} {self.running_s:.1f} s"
        if isinstance(self.shown, GrowingBody):
            words += f" · {self.shown.size_bytes:,} bytes"
        return words

    def rename_running(self, words: str) -> None:
        """Say in other words what runs; sanitised here."""
        self._running_words = sanitise(words)

    @property
    def running_s(self) -> float:
        """How long what runs, or ran last, has been running."""
        return monotonic() - self._running_since_s

    async def run_apart(
        self,
        child: Child,
        data: Iterable[Bytes],
        words: str,
        *,
        bytes_max: int,
        on_output: Callable[[bytes], object] | None = None,
    ) -> Ran:
        """Run a program and say so meanwhile; it ends when who waits is cancelled.

        Args:
            child: not started yet.
            data: its input; another thread goes through it.
            words: what it does; sanitised here.
            bytes_max: of what it may say.
            on_output: is told what it says as it comes, on another thread.

        Raises:
            ChildStopped: it was stopped.
            OSError: it cannot be started.
            ValueError: no program can be told that.
        """
        self._running_words, self._running_since_s = sanitise(words), monotonic()
        ticking = self._ticking = self.set_interval(_TICK_S, self._tick)
        run = partial(run_through, child, data, output_bytes_max=bytes_max, on_output=on_output)
        try:
            return await run_blocking(run, name="program")
        finally:
            child.stop()
            ticking.stop()
            if self._ticking is ticking:
                self._ticking = None
                self._tick()

    def _tick(self) -> None:
        self.describe()
        self.refresh()

    # Going back

    def action_leave_derived(self) -> None:
        """Stop what is running, else go back to what was shown before."""
        if self.is_running:
            self.stop_running()
        else:
            self.go_back()

    def action_show_errors(self) -> None:
        """Go from the output of a program to what it wrote to standard error, or back."""
        if self.derived is None or self.derived.errors is None:
            return
        is_output = self.shown is self.derived.output
        wanted = self.derived.errors if is_output else self.derived.output
        was_left, self._beside = self._beside, self.leave()
        if was_left is not None and was_left.shown is wanted:
            self.come_back(was_left)
        else:
            self.shown = wanted

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave the keys to others while there is nothing to go back from."""
        match action:
            case "leave_derived":
                return self.derived is not None or self.is_running
            case "show_errors":
                return self.derived is not None and self.derived.errors is not None
            case _:
                return super().check_action(action, parameters)

    def on_unmount(self) -> None:
        """Leave nothing running."""
        self.stop_running()


def _as_a_whole(derived: Derived | None) -> Derived | None:
    """Return what was made with its output as it is by now, if that came by and by."""
    if derived is None or not isinstance(derived.output, GrowingBody):
        return derived
    is_finished = derived.output.is_finished
    return replace(derived, output=derived.output.finish()) if is_finished else derived


def short_step(step: str) -> str:
    """Return what was done, short enough to have something said behind it."""
    return step if len(step) <= _STEP_CHARS_MAX else f"{step[:_STEP_CHARS_MAX]}…"
