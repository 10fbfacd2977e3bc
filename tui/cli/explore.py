"""``sagescope``: puts the program together and opens it in this terminal.

The only place where all rooms meet. Textual is imported here and no earlier, because it takes
longer than everything else before the first paint; boto3 not even here, but on a thread of the
gateway's after it.
"""

from __future__ import annotations

import asyncio
import gc
import os
import sys
from contextlib import suppress
from importlib import import_module
from io import TextIOWrapper
from typing import TYPE_CHECKING

from tui.blocking import run_blocking
from tui.cli.exits import BAD_CONFIGURATION
from tui.cli.printing import PROGRAM, complain, complain_of_problems, terminal_problem
from tui.cli.recording import recorded
from tui.cli.starting import all_problems, make_explorer
from tui.store.log import warnings_logged

if TYPE_CHECKING:
    from tui.app import SagescopeApp
    from tui.cli.starting import Start
    from tui.domain.bundles import OpenedBundle
    from tui.domain.connections import Connection
    from tui.explorer import Explorer

NO_TERMINAL = 1
"""Exit status where the program cannot be drawn."""

_STARTED_AFTER_S = 1.0


def explore(connection: Connection, begun: Start, *, bundle: OpenedBundle | None = None) -> int:
    """Open the program on ``connection``; return the exit status once it is left.

    Args:
        connection: where to begin.
        begun: paths and settings.
        bundle: what to begin with; otherwise an empty request.
    """
    problems = all_problems(begun)
    complain_of_problems((*problems, *begun.warnings))
    if problems:
        return BAD_CONFIGURATION
    if problem := terminal_problem(os.environ):
        complain(f"{PROGRAM}: {problem}")
        return NO_TERMINAL
    _draw_in_utf8()
    # What starting makes is no garbage; looking for some takes a fifth of the time to first paint.
    gc.disable()
    try:
        explorer = make_explorer(connection, begun)
        app = _make_app(explorer, begun, bundle)
        with warnings_logged(begun.paths.log_file):
            asyncio.run(_run(app, explorer))
    finally:
        gc.enable()
    return app.return_code or 0


async def _run(app: SagescopeApp, explorer: Explorer) -> None:
    settling = asyncio.create_task(settle())
    try:
        await app.run_async()
    finally:
        settling.cancel()
    async with recorded(explorer):  # the program itself has told of what came before
        pass
    with suppress(asyncio.CancelledError):
        await settling


async def settle() -> None:
    """Have at hand what the first answer is looked at with, once the first screen is there."""
    await asyncio.sleep(_STARTED_AFTER_S)
    try:
        await run_blocking(_load_views, name="views")
    finally:
        _collect_garbage()


def _load_views() -> None:
    """Import what shows an answer: 200 ms for which it would have to wait."""
    from tui.body.lenses import load_lenses

    import_module("tui.widgets.answer")
    load_lenses()


def _collect_garbage() -> None:
    """Collect from now on, and never look again at what is here to stay."""
    gc.freeze()
    gc.enable()


def _make_app(explorer: Explorer, begun: Start, bundle: OpenedBundle | None) -> SagescopeApp:
    from tui.app import SagescopeApp
    from tui.demo.preset_files import demo_presets

    return SagescopeApp(
        explorer=explorer,
        settings=begun.loaded.settings,
        paths=begun.paths,
        shipped_presets=(demo_presets(),) if explorer.connection.is_demo else (),
        bundle=bundle,
    )


def _draw_in_utf8() -> None:
    """Let frames be drawn in any locale; Textual writes to this stream and asks for nothing."""
    if isinstance(sys.__stderr__, TextIOWrapper):
        sys.__stderr__.reconfigure(encoding="utf-8")
