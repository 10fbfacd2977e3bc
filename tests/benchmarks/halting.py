"""How long the event loop is halted while something is done.

Another task of it asks to be woken every millisecond. What it waits beyond that is a halt: nothing
is drawn, and no key is read.
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
_POLL_S = 0.05
_CHARACTERS = {
    "slash": "/",
    "enter": "\r",
    "minus": "-",
    "plus": "+",
    "ampersand": "&",
    "vertical_line": "|",
}


@dataclass(slots=True)
class Watch:
    """What the event loop has been halted for, in seconds."""

    longest_s: float = 0.0
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
        self.longest_s, self.since_s = 0.0, time.perf_counter()
        self.last_at_s = self.since_s

    async def go_on(self) -> None:
        while True:
            begin_s = time.perf_counter()
            await asyncio.sleep(_WAKE_S)
            end_s = time.perf_counter()
            halt_s = end_s - begin_s - _WAKE_S
            self.longest_s = max(self.longest_s, halt_s)
            if halt_s > _HALT_S:
                self.last_at_s = end_s


@asynccontextmanager
async def watching_for_halts(
    is_over: Callable[[Watch], bool], halts_s: dict[str, float], act: str
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
    halts_s[act] = watch.longest_s


def press(view: BodyView, *keys: str) -> None:
    """Post keys as a terminal's driver does, all at once."""
    for key in keys:
        character = _CHARACTERS.get(key, key if len(key) == 1 else None)
        view.app.post_message(Key(key, character))
