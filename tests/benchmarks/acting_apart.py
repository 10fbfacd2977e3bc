"""Acts on a body in a process of its own, whose memory is told, and which can be ended.

``python -m tests.benchmarks.acting_apart PLAN FILE TYPE`` says each act in a line of JSON as soon
as it is done. Whoever waits for the next line gives up after a while: a loop that is halted for
ever cannot tell so itself.
"""

from __future__ import annotations

import json
import math
import subprocess
import sys
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import NamedTemporaryFile
from threading import Timer
from typing import TYPE_CHECKING

from tests.benchmarks.acting import (
    ACT_S_MAX,
    ACTS,
    ACTS_FOR_MEMORY,
    AFTER_ALL_LENSES,
    IN_EACH_LENS,
    MORE_ACTS,
    Plan,
)
from tests.benchmarks.memory import peak_bytes
from tests.benchmarks.viewing import in_view
from tui.body.lenses import load_lenses
from tui.body.shown_body import ShownBody

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.pilot import Pilot

    from tui.widgets.body_view.view import BodyView

PLANS = {
    "all": Plan(ACTS, IN_EACH_LENS, (*AFTER_ALL_LENSES, *MORE_ACTS)),
    "memory": Plan(ACTS_FOR_MEMORY, then=AFTER_ALL_LENSES),
}
_SILENT_S_MAX = 2 * ACT_S_MAX
"""For how long the process may say nothing."""


@dataclass(frozen=True, slots=True)
class DoneApart:
    """An act, as a process told it."""

    act: str
    halt_s: float
    """Its longest halt, in seconds; infinite if it was not over in time, as its name says then."""
    growth: float
    """What the process has grown by so far, as a part of the body: 1.0 for as much again.

    What a process of its own takes that looks for a pattern is not counted.
    """


def acts_apart(plan: str, shown: ShownBody) -> Iterator[DoneApart]:
    """Yield what is done with a body as soon as it is.

    If something halts for ever, or the process breaks, the last act says so, and is endless; what
    the process wrote is on standard error then.
    """
    module = "tests.benchmarks.acting_apart"
    with NamedTemporaryFile() as file:
        file.write(shown.data)
        file.flush()
        arguments = [plan, file.name, shown.content_type or ""]
        with subprocess.Popen(  # noqa: S603 - our own program
            [sys.executable, "-m", module, *arguments], stdout=subprocess.PIPE, text=True
        ) as process:
            try:
                yield from _told_by(process)
            finally:
                process.kill()


def _told_by(process: subprocess.Popen[str]) -> Iterator[DoneApart]:
    last = "nothing"
    while line := _next_line(process):
        told = json.loads(line)
        last = told["act"]
        if told["is_over"]:
            yield DoneApart(last, told["halt_s"], told["growth"])
        else:
            yield DoneApart(f"{last}, not over in time", math.inf, told["growth"])
    if process.wait() != 0:
        yield DoneApart(f"ended by {process.returncode} after: {last}", math.inf, math.inf)


def _next_line(process: subprocess.Popen[str]) -> str:
    """Return what the process says next; if it says nothing for too long, end it."""
    ending = Timer(_SILENT_S_MAX, process.kill)
    ending.start()
    try:
        return process.stdout.readline() if process.stdout else ""
    finally:
        ending.cancel()


async def _tell_each(plan: Plan, shown: ShownBody, view: BodyView, _pilot: Pilot[None]) -> None:
    before_bytes = peak_bytes()
    async for done in plan.act_by_act(shown, view):
        told = {
            "act": done.act,
            "halt_s": done.halt.seconds,
            "is_over": done.is_over,
            "growth": (peak_bytes() - before_bytes) / len(shown.data),
        }
        sys.stdout.write(f"{json.dumps(told)}\n")
        sys.stdout.flush()


async def _warm_up(view: BodyView, _pilot: Pilot[None]) -> None:
    shown = ShownBody(b'{"warm": "up"}', "application/json")
    async for _ in PLANS["memory"].act_by_act(shown, view):
        pass


def main(plan: str, file: str, content_type: str) -> int:
    load_lenses()  # as the program does, soon after its start
    in_view(None, _warm_up)
    shown = ShownBody(Path(file).read_bytes(), content_type or None)
    in_view(None, partial(_tell_each, PLANS[plan], shown))
    return 0


if __name__ == "__main__":
    raise SystemExit(main(*sys.argv[1:]))
