"""How much a process grows when it shows a body, told by Linux."""

from __future__ import annotations

import asyncio
import re
import subprocess
import sys
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import TYPE_CHECKING

from tests.benchmarks.viewing import SIZE, Bench
from tui.widgets.body_view.view import BodyView

if TYPE_CHECKING:
    from tui.body.shown_body import ShownBody

_PEAK = re.compile(r"VmHWM:\s+(\d+) kB")
_MEMORY = """
import pathlib, sys
from tests.benchmarks.memory import lay_out_in_view, peak_bytes
from tui.body.shown_body import ShownBody

lay_out_in_view(ShownBody(b'{"warm": "up"}', "application/json"))
shown = ShownBody(pathlib.Path(sys.argv[1]).read_bytes(), sys.argv[2])
before = peak_bytes()
lay_out_in_view(shown)
print((peak_bytes() - before) / len(shown.data))
"""


def peak_bytes() -> int:
    """Return how large this process has been at most.

    Not by getrusage: its peak begins at that of the parent process.
    """
    status = Path("/proc/self/status").read_text(encoding="ascii")
    found = _PEAK.search(status)
    if found is None:
        raise LookupError("no VmHWM in /proc/self/status")
    return int(found[1]) * 1024


def lay_out_in_view(shown: ShownBody) -> None:
    """Show a body until all of it is laid out, sort it if it is a table, and go to its end."""

    async def run() -> None:
        app = Bench()
        async with app.run_test(size=SIZE) as pilot:
            view = app.query_one(BodyView)
            view.shown = shown
            while not view.is_laid_out:
                await pilot.pause(0.01)
            if view.table is not None:
                view.action_sort_column(is_descending_first=True)
            while not view.is_laid_out:
                await pilot.pause(0.01)
            view.action_move_to_end(1)
            await pilot.pause()

    asyncio.run(run())


def memory_growth(shown: ShownBody) -> float:
    """Return by how many times its own size the process grows at most to show a body."""
    with NamedTemporaryFile() as file:
        file.write(shown.data)
        file.flush()
        ran = subprocess.run(  # noqa: S603 - our own program
            [sys.executable, "-c", _MEMORY, file.name, shown.content_type or ""],
            capture_output=True,
            check=True,
            text=True,
        )
    return float(ran.stdout)
