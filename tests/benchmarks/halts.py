"""How long a body view keeps everything else waiting, whatever is done with a body.

Another task of the event loop asks to be woken every millisecond. What it waits beyond that is a
halt: nothing is drawn, and no key is read.
"""

from __future__ import annotations

import asyncio
import gc
import time
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from textual.events import Key

from tests.benchmarks.bodies import (
    KINDS,
    LARGE,
    body,
    digits,
    many_keys,
    ones_on_a_line,
    pixels,
    short_records,
)
from tests.benchmarks.viewing import against_a_frame, in_view
from tui.body.lenses import load_lenses

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from textual.pilot import Pilot

    from tests.benchmarks.comparing import Case
    from tui.body.shown_body import ShownBody
    from tui.widgets.body_view.view import BodyView

_WAKE_S = 0.001
_QUIET_S = 0.2
"""An act is over when everything is laid out and nothing has halted for so long."""
_HALT_S = 0.005
"""Shorter ones are the machine's."""
_RUNS = 2
_ACTS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("end", ("G",)),
    ("top", ("g",)),
    ("find", ("slash", "1", "enter")),
    ("next", ("n",)),
    ("previous", ("N",)),
    ("page down", ("pagedown",)),
    ("right", ("right",)),
    ("next, further on", ("n",)),
    ("fold all", ("minus",)),
    ("unfold all", ("plus",)),
    ("wrap", ("W",)),
    ("end, wrapped", ("G",)),
    ("unwrap", ("W",)),
    ("sort", ("s",)),
    ("next, sorted", ("n",)),
    ("end, sorted", ("G",)),
)
"""What is done with each body, one after the other: what it is called, and its keys."""
_CHARACTERS = {"slash": "/", "enter": "\r", "minus": "-", "plus": "+"}


@dataclass(slots=True)
class _Watch:
    """What the event loop has been halted for, in seconds."""

    longest_s: float = 0.0
    last_at: float = field(default_factory=time.perf_counter)
    """When it was halted last."""

    async def go_on(self) -> None:
        while True:
            begin_s = time.perf_counter()
            await asyncio.sleep(_WAKE_S)
            end_s = time.perf_counter()
            halt_s = end_s - begin_s - _WAKE_S
            self.longest_s = max(self.longest_s, halt_s)
            if halt_s > _HALT_S:
                self.last_at = end_s


def cases() -> Iterator[Case]:
    """Yield the longest halt of all that is done with each body; together some ten minutes."""
    load_lenses()  # as the program does, soon after its start
    for name, shown in _bodies():
        act, halt_s = _longest_halt(shown)
        yield against_a_frame(
            f"longest halt, {name}: {act}", lambda halt_s=halt_s: halt_s, at_most=2.0
        )


def _bodies() -> Iterator[tuple[str, ShownBody]]:
    for kind in KINDS:
        yield f"25 MB, {kind}", body(kind, LARGE)
    yield "25 MB, digits", digits()
    yield "25 MB, short records", short_records()
    yield "25 MB, CSV of 784 columns", pixels()
    for keys in (1_000, 8_000):
        yield f"25 MB, JSON Lines of {keys:,} keys", many_keys(keys)
    yield "25 MB, 8 million numbers in a line", ones_on_a_line()
    yield "100 MB, records", body("records", 4 * LARGE)


def _longest_halt(shown: ShownBody) -> tuple[str, float]:
    """Return which act halts the program longest, and how long.

    Each is done in several runs, and its shortest halt counts: the machine's own come by chance.
    """
    runs = [in_view(None, partial(_act_by_act, shown)) for _ in range(_RUNS)]
    halts_s = {act: min(run[act] for run in runs) for act in runs[0]}
    return max(halts_s.items(), key=lambda halt: halt[1])


async def _act_by_act(shown: ShownBody, view: BodyView, pilot: Pilot[None]) -> dict[str, float]:
    halts_s: dict[str, float] = {}
    watching = partial(_watching, view, pilot, halts_s)
    async with watching("open"):
        view.shown = shown
    for act, keys in _ACTS:
        async with watching(act):
            _press(view, *keys)
    for _ in view.lenses:
        async with watching(f"from {view.lens} to the next lens"):
            _press(view, "v")
    async with watching("next, after all lenses"):
        _press(view, "n")
    return halts_s


@asynccontextmanager
async def _watching(
    view: BodyView, pilot: Pilot[None], halts_s: dict[str, float], act: str
) -> AsyncIterator[None]:
    """Watch until what is begun within has come to rest, and note its longest halt."""
    gc.collect()
    watch = _Watch()
    watching = asyncio.create_task(watch.go_on())
    await asyncio.sleep(_QUIET_S / 4)
    watch.longest_s, watch.last_at = 0.0, time.perf_counter()
    yield
    while not view.is_laid_out or time.perf_counter() - watch.last_at < _QUIET_S:
        await pilot.pause(_QUIET_S / 4)
    watching.cancel()
    halts_s[act] = watch.longest_s


def _press(view: BodyView, *keys: str) -> None:
    """Post keys as a terminal's driver does, all at once."""
    for key in keys:
        character = _CHARACTERS.get(key, key if len(key) == 1 else None)
        view.app.post_message(Key(key, character))
