"""Waiting for what must come true, with a deadline; nothing sleeps longer than a tick."""

from __future__ import annotations

import asyncio
from time import monotonic
from typing import TYPE_CHECKING

from textual._context import active_app

from tests.idle import wait_for_idle
from tests.patience import PATIENCE_S

if TYPE_CHECKING:
    from textual.strip import Strip


async def until(is_so, *, within_s: float = PATIENCE_S) -> None:
    """Return as soon as ``is_so()``, and the program under a pilot is at rest.

    A screen that is there has not drawn what is on it yet, say.

    Raises:
        AssertionError: it did not come true in time.
    """
    deadline = monotonic() + within_s
    while not is_so():
        assert monotonic() < deadline, "it did not come true in time"
        await asyncio.sleep(0.01)
    if active_app.get(None) is not None:
        await wait_for_idle()


def drawn(app) -> list[Strip]:
    """Return the rows of the screen as they go to the terminal, filters applied."""
    rows = app.screen._compositor.render_strips()  # noqa: SLF001 - Textual offers no other way
    filtered = []
    for row in rows:
        for each in app.get_line_filters():
            row = row.apply_filter(each, app.screen.background_colors[1])  # noqa: PLW2901
        filtered.append(row)
    return filtered


def shown(app) -> str:
    """Return the text on screen, one line for each row."""
    return "\n".join(row.text for row in drawn(app))


def notes(app) -> list[str]:
    """Return the toasts that the user could read."""
    return [str(note.message) for note in app._notifications]  # noqa: SLF001 - as above
