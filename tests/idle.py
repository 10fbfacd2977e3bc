"""When a program under Textual's pilot has nothing left to do, told exactly.

Textual's own pilot guesses: it compares the processor time that the process got with the clock,
and takes a process that got little for an idle one. On a machine that is busy with something else
that is wrong, and a test goes on before its key was obeyed; on a quiet one every key costs forty
milliseconds of waiting. Here the pilot asks the event loop and the program instead.

At rest does not mean that threads, processes or the program's own timers have ended: a test waits
for what they bring with a condition.
"""

from __future__ import annotations

import asyncio
from time import monotonic
from typing import TYPE_CHECKING

import textual.app
import textual.pilot
from textual._context import active_app

if TYPE_CHECKING:
    from textual.app import App

_LOOKS = 2
"""How often nothing must be ready: the loop asks sockets and threads between two looks."""
_TICK_S = 0.001
_LONGEST_S = 10.0


def install() -> None:
    """Have every pilot wait until its program is at rest, instead of guessing."""
    for module in (textual.app, textual.pilot):
        assert callable(module.wait_for_idle)
        module.wait_for_idle = wait_for_idle


async def wait_for_idle(min_sleep: float = 0, max_sleep: float = 0) -> None:
    """Return when no callback is ready, no size is new, and the current screen is drawn.

    A program that is busy all the time, with pages of a long list that keep coming, say, is waited
    for a while and no longer.
    """
    app, loop = active_app.get(), asyncio.get_running_loop()
    until_s, looks = monotonic() + _LONGEST_S, 0
    while looks < _LOOKS and monotonic() < until_s:
        await asyncio.sleep(_TICK_S if _is_held_back(app) else 0)
        is_busy = bool(loop._ready) or _is_held_back(app) or _draws(app)  # noqa: SLF001
        looks = 0 if is_busy else looks + 1


def _is_held_back(app: App[object]) -> bool:
    """Whether Textual itself waits a moment: for more sizes, or before it draws."""
    return app._running and (app._resize_timer is not None or app._batch_count > 0)  # noqa: SLF001


def _draws(app: App[object]) -> bool:
    """Draw what the current screen would draw at its next tick; whether there was anything."""
    if not app._running or not app._screen_stack:  # noqa: SLF001
        return False
    screen = app.screen
    is_due = bool(
        screen._layout_required  # noqa: SLF001
        or screen._scroll_required  # noqa: SLF001
        or screen._repaint_required  # noqa: SLF001
        or screen._recompose_required  # noqa: SLF001
        or screen._dirty_widgets  # noqa: SLF001
    )
    if is_due:
        screen._on_timer_update()  # noqa: SLF001
    return is_due
