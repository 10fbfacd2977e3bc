"""Whole programs on a real terminal: from fork to what a person sees, and from key to paint.

Python's byte code is compiled by the warm-up, as an installed program's is.
"""

from __future__ import annotations

import shutil
import sys
import time
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from tests.benchmarks.comparing import Case
from tests.pty.environment import newcomer
from tests.pty.terminal import Terminal

if TYPE_CHECKING:
    from collections.abc import Iterator

_ROOT = Path(__file__).resolve().parents[2]
_SAGESCOPE = [sys.executable, "-m", "tui", "demo"]

_ALL_LISTED = "10,033 endpoints"

_BARE_APP = [
    sys.executable,
    "-c",
    """\
from textual.app import App
from textual.widgets import Input, Static

class Bare(App):
    def compose(self):
        yield Input()
        yield Static("a bare app", markup=False)

Bare().run()
""",
]


def cases() -> Iterator[Case]:
    """Yield the comparisons; Posting's only where it is installed."""
    sagescope = partial(_first_paint_s, _SAGESCOPE, b"Endpoints")
    yield Case(
        name="first paint of the main screen",
        measure=sagescope,
        reference_name="bare Textual app",
        reference=partial(_first_paint_s, _BARE_APP, b"a bare app"),
        at_most=2.0,
        runs=9,
    )
    yield Case(
        name="quitting while a model takes a minute",
        measure=_quit_waiting_s,
        reference_name="quitting a bare Textual app",
        reference=_quit_bare_s,
    )
    if posting := shutil.which("posting"):
        yield Case(
            name="first paint of the main screen",
            measure=sagescope,
            reference_name="Posting",
            reference=partial(_first_paint_s, [posting], b"Send"),
        )


def _first_paint_s(argv: list[str], wanted: bytes) -> float:
    with _terminal(argv, renders=False) as terminal:
        return terminal.wait_raw(wanted)


def _quit_waiting_s() -> float:
    with _terminal(_SAGESCOPE) as terminal:
        terminal.wait_for("⏎ Choose")
        terminal.press("/")
        terminal.wait_gone("⏎ Choose")
        terminal.type("slow-seconds")
        terminal.wait_for("1 of ")
        terminal.press("enter")
        terminal.wait_for("⏎ Choose")
        terminal.press("enter")
        terminal.wait_for('"seconds"')
        terminal.press("ctrl+n")
        terminal.wait_for("A new request")
        terminal.type("60")
        terminal.wait_for("valid JSON")
        terminal.press("ctrl+j")
        terminal.wait_for("escape stops waiting")
        return _quit_s(terminal)


def _quit_bare_s() -> float:
    with _terminal(_BARE_APP) as terminal:
        terminal.wait_for("a bare app")
        return _quit_s(terminal)


def _quit_s(terminal: Terminal) -> float:
    clock = time.perf_counter()
    terminal.press("ctrl+q")
    terminal.wait_exit(within_s=90)
    return time.perf_counter() - clock


@contextmanager
def filtering() -> Iterator[Case]:
    """Give the case of a key in the filter over 10,000 endpoints, against one in a bare input."""
    with (
        _terminal([*_SAGESCOPE, "--endpoints", "10000"]) as ours,
        _terminal(_BARE_APP) as bare,
    ):
        bare.wait_for("a bare app")
        ours.wait_for(_ALL_LISTED, within_s=60)
        ours.press("/")
        ours.wait_gone("⏎ Choose")
        yield Case(
            name="a key in the filter over 10,000 endpoints",
            measure=partial(_key_to_paint_s, ours, " of 10,0", _ALL_LISTED),
            reference_name="a key in a bare app's input",
            reference=partial(_key_to_paint_s, bare, "q", "a bare app"),
            runs=9,
        )


def _key_to_paint_s(terminal: Terminal, wanted: str, before: str) -> float:
    """Type a letter and wait for what it changes; then take it back."""
    clock = time.perf_counter()
    terminal.press("q")
    terminal.wait_for(wanted)
    took_s = time.perf_counter() - clock
    terminal.press("backspace")
    terminal.wait_gone(wanted)
    terminal.wait_for(before)
    return took_s


@contextmanager
def _terminal(argv: list[str], *, renders: bool = True) -> Iterator[Terminal]:
    with TemporaryDirectory() as home:
        env = newcomer(Path(home), PYTHONPATH=str(_ROOT))
        with Terminal(argv, env=env, cwd=_ROOT, columns=160, rows=48, renders=renders) as terminal:
            yield terminal
