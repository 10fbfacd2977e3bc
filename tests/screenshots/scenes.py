"""The scenes that are drawn: what is pressed, at which size, in which theme.

The same list makes the pictures in `screenshots/` and is compared with them, so that a picture in
the README cannot go out of date. Everything that differs from run to run is fixed where it enters:
the demo's randomness and dates, and the explorer's stopwatch.
"""

from __future__ import annotations

import asyncio
import os
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING
from unittest.mock import patch

from textual.widgets import Input, TextArea
from textual.worker import WorkerCancelled

from tests.app.waiting import until
from tui.app import SagescopeApp
from tui.aws.connector import AwsConnector
from tui.demo.preset_files import demo_presets
from tui.demo.server import DemoServer
from tui.domain.connections import Connection
from tui.explorer import Explorer
from tui.store.paths import find_paths
from tui.store.settings import Settings
from tui.widgets.answer import Answer

if TYPE_CHECKING:
    from textual.pilot import Pilot

FOLDER = Path(__file__).resolve().parents[2] / "screenshots"
_ANSWERED_AT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
_TICK_S = 0.0123
_TERMINAL = {"TERM": "xterm-256color", "COLORTERM": "truecolor"}
"""What the pictures are of, wherever they are drawn; images need the colours."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """One picture."""

    name: str
    keys: tuple[str, ...] = ()
    """Pressed one after another, each when all that the last one began has ended."""
    size: tuple[int, int] = (140, 40)
    """Columns and rows."""
    theme: str = "sagescope-dark"

    @property
    def file(self) -> Path:
        return FOLDER / f"{self.name}.svg"


def _choose(name: str) -> tuple[str, ...]:
    """Filter for an endpoint, go to the list, choose it."""
    return ("/", *(_KEY_NAMES.get(char, char) for char in name), "enter", "enter")


_KEY_NAMES = {"-": "minus"}
_LENS = (140, 30)
"""Enough to see how a lens shows a body."""


def _in_an_answer(kind: str) -> tuple[str, ...]:
    """Ask for ten kilobytes of a kind, in the second line of the body, and go to the answer."""
    asked = ("ctrl+o", "q", "down", "end", "left", "left", *["backspace"] * len("json"), *kind)
    return (*_choose("sized"), *asked, "ctrl+j", "ctrl+o", "w", "f10")


_IN_A_BODY = (*_choose("sized"), "ctrl+j", "ctrl+o", "w", "f10")

SCENES = (
    Scene(name="first-screen"),
    Scene(name="answer", keys=(*_choose("iris"), "ctrl+j")),
    Scene(name="model-error", keys=(*_choose("fails-with-model"), "ctrl+j")),
    Scene(name="light", keys=(*_choose("iris"), "ctrl+j"), theme="sagescope-light"),
    Scene(name="high-contrast", keys=(*_choose("iris"), "ctrl+j"), theme="sagescope-high-contrast"),
    Scene(name="vectors", keys=(*_choose("search-comp"), "ctrl+j")),
    Scene(
        name="folded",
        keys=(*_choose("sized"), "ctrl+j", "ctrl+o", "w", "minus", *("down", "enter") * 2, "f10"),
    ),
    Scene(
        name="table",
        keys=(*_choose("sized"), "ctrl+j", "ctrl+o", "w", "v", "right", "S", "down", "right"),
    ),
    Scene(name="search", keys=(*_IN_A_BODY, "/", "ctrl+r", *r"0\.[789]\d+")),
    Scene(name="filter", keys=(*_IN_A_BODY, "&", *"records[?score > `0.9`].[id, colour]", "enter")),
    Scene(name="events", keys=(*_in_an_answer("events"), *["down"] * 9), size=_LENS),
    Scene(name="json-lines", keys=(*_in_an_answer("jsonlines"), "v", *["down"] * 12), size=_LENS),
    Scene(name="xml", keys=(*_in_an_answer("xml"), *["down"] * 12), size=_LENS),
    Scene(name="html", keys=(*_in_an_answer("html"), *["down"] * 12), size=_LENS),
    Scene(name="raw", keys=(*_in_an_answer("log"), "v", "v"), size=_LENS),
    Scene(name="hex", keys=_in_an_answer("bytes"), size=_LENS),
    Scene(name="npy", keys=_in_an_answer("npy"), size=_LENS),
    Scene(name="safetensors", keys=_in_an_answer("safetensors"), size=_LENS),
    Scene(name="about", keys=_in_an_answer("wav"), size=_LENS),
    Scene(name="image", keys=(*_choose("image"), "ctrl+j", "ctrl+o", "w", "f10")),
    Scene(name="narrow", keys=(*_choose("iris"), "ctrl+j"), size=(80, 24)),
    Scene(name="narrow-endpoints", size=(80, 24)),
    Scene(name="help", keys=("f1",)),
    Scene(name="connection", keys=("f9",)),
)


class _DemoClock:
    """Really now when the demo starts, so that ages count from now; one moment afterwards."""

    def __init__(self) -> None:
        self._has_started = False

    def __call__(self) -> datetime:
        if self._has_started:
            return _ANSWERED_AT
        self._has_started = True
        return datetime.now(UTC)


class _Stopwatch:
    """Ticks evenly, however long things take."""

    def __init__(self) -> None:
        self._ticks = count()
        self._lock = Lock()

    def __call__(self) -> float:
        with self._lock:
            return next(self._ticks) * _TICK_S


def draw(scene: Scene, home: Path) -> str:
    """Return the scene as SVG.

    Args:
        scene: what to draw.
        home: an empty folder for the program's files.
    """
    with patch.dict(os.environ, _TERMINAL):
        return asyncio.run(_draw(scene, home))


async def _draw(scene: Scene, home: Path) -> str:
    with DemoServer(seed=7, clock=_DemoClock()) as server:
        app = _app(scene, server.url, home)
        async with app.run_test(size=scene.size) as pilot:
            await _settle(pilot)
            for key in scene.keys:
                _steady_cursors(app)
                await pilot.press(key)
                await _settle(pilot)
            _steady_cursors(app)
            await _settle(pilot)
            await _tell_path(pilot)
            return app.export_screenshot(title="sagescope")


def _app(scene: Scene, url: str, home: Path) -> SagescopeApp:
    connector = AwsConnector(connect_timeout_s=5.0, read_timeout_s=70.0, total_max_attempts=1)
    demo = Connection(is_demo=True, endpoint_url=url, region="us-east-1")
    return SagescopeApp(
        explorer=Explorer(connector, demo, stopwatch=_Stopwatch()),
        settings=Settings(theme=scene.theme, refresh_interval_s=3600.0),
        paths=find_paths({"SAGESCOPE_HOME": str(home)}),
        shipped_presets=(demo_presets(),),
    )


async def _settle(pilot: Pilot[object]) -> None:
    """Wait until nothing is under way any more but what waits for the user."""
    await pilot.pause()
    while under_way := [
        each
        for each in pilot.app.workers
        if not each.is_finished and each.description not in _WAIT_FOR_THE_USER
    ]:
        with suppress(WorkerCancelled):  # another took its place
            await under_way[0].wait()
        await pilot.pause()


async def _tell_path(pilot: Pilot[object]) -> None:
    """Wait until the path of the line is told, which is done once the cursor rests."""
    for answer in pilot.app.screen.query(Answer):
        await until(lambda answer=answer: _is_path_told(answer))
        await pilot.pause()


def _is_path_told(answer: Answer) -> bool:
    view = answer.body_view
    if view.document is None or not view.is_on_screen:
        return True
    return answer.body_words.where.endswith(view.document.path(view.cursor))


_WAIT_FOR_THE_USER = {"switch the connection", "write the body to a file"}
"""Workers that end when a dialog does."""


def _steady_cursors(app: SagescopeApp) -> None:
    for entry in app.screen.query(Input):
        entry.cursor_blink = False
    for editor in app.screen.query(TextArea):
        editor.cursor_blink = False
