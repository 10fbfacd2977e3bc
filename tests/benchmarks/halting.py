"""How long the event loop is halted while something is done.

Another task of it asks to be woken every millisecond. What it waits beyond that is a halt: nothing
is drawn, and no key is read.

A halt counts as the CPU time of the whole process meanwhile, if that is less than the wall's: what
other programs take of a busy machine is no halt of this one. It is not the CPU time of the event
loop's thread, for another thread of the program that holds the interpreter's lock, over all of a
body, halts the loop just as well.
"""

from __future__ import annotations

import asyncio
import gc
import time
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from textual.events import Key

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from tui.widgets.body_view.view import BodyView

_WAKE_S = 0.001
_HALT_S = 0.005
"""Shorter ones are the machine's."""
_POLL_S = 0.02
_CHARACTERS = {
    "slash": "/",
    "enter": "\r",
    "minus": "-",
    "plus": "+",
    "ampersand": "&",
    "vertical_line": "|",
    "colon": ":",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
}


@dataclass(frozen=True, slots=True)
class Halt:
    """A time in which the event loop did one thing."""

    wall_s: float = 0.0
    cpu_s: float = 0.0
    """What all threads of the process took of a core, or two, meanwhile."""

    @property
    def seconds(self) -> float:
        """What it counts as."""
        return min(self.wall_s, self.cpu_s)


@dataclass(slots=True)
class Watch:
    """What the event loop has been halted for."""

    longest: Halt = field(default_factory=Halt)
    since_s: float = field(default_factory=time.perf_counter)
    last_at_s: float = field(default_factory=time.perf_counter)
    """When it was halted last."""

    @property
    def watched_s(self) -> float:
        return time.perf_counter() - self.since_s

    @property
    def quiet_s(self) -> float:
        """For how long nothing has halted."""
        return time.perf_counter() - self.last_at_s

    def begin(self) -> None:
        self.longest, self.since_s = Halt(), time.perf_counter()
        self.last_at_s = self.since_s

    async def go_on(self) -> None:
        while True:
            begin_s, begin_cpu_s = time.perf_counter(), time.process_time()
            await asyncio.sleep(_WAKE_S)
            end_s, end_cpu_s = time.perf_counter(), time.process_time()
            halt = Halt(end_s - begin_s - _WAKE_S, end_cpu_s - begin_cpu_s)
            self.longest = max(self.longest, halt, key=lambda halt: halt.seconds)
            if halt.seconds > _HALT_S:
                self.last_at_s = end_s


@asynccontextmanager
async def watching_for_halts(
    is_over: Callable[[Watch], bool], halts: dict[str, Halt], act: str
) -> AsyncIterator[None]:
    """Watch until what is begun within is over, and note its longest halt."""
    gc.collect()
    watch = Watch()
    watching = asyncio.create_task(watch.go_on())
    await asyncio.sleep(_POLL_S)
    watch.begin()
    yield
    while True:
        await asyncio.sleep(_POLL_S)
        if is_over(watch):
            break
    watching.cancel()
    with suppress(asyncio.CancelledError):
        await watching
    halts[act] = watch.longest


def press(view: BodyView, *keys: str) -> None:
    """Post keys as a terminal's driver does, all at once."""
    for key in keys:
        character = _CHARACTERS.get(key, key if len(key) == 1 else None)
        view.app.post_message(Key(key, character))
