"""Regular expressions and filters over 25 MB: against `re` and `json`, and how long keys wait.

The process that looks is started and given the body before the clock runs, as it is when one goes
on typing; what the first key costs is a case of its own.
"""

from __future__ import annotations

import asyncio
import json
import re
import time
from functools import partial
from typing import TYPE_CHECKING

from tests.benchmarks.comparing import Case
from tests.benchmarks.viewer import (
    FRAME_S,
    LARGE,
    SIZE,
    Bench,
    body,
    draw,
    p99,
    seconds,
)
from tui.body.filtering import filter_command, filter_message
from tui.body.pattern_search import PatternSearch
from tui.processes import Child, run_through
from tui.widgets.body_view import BodyView
from tui.widgets.body_view_looker import PatternLooker

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tui.body.shown_body import ShownBody

_FOR_EVER = r"(\w+\s*)+\x00"
_KEYS = 200


def cases() -> Iterator[Case]:
    """Yield the comparisons."""
    shown = body("records", LARGE)
    for text in ("Absent", "absent"):
        pattern = re.compile(text.encode(), 0 if text.istitle() else re.IGNORECASE)
        search = partial(seconds, partial(pattern.search, shown.data))
        yield Case(
            name=f"pattern that is not in 25 MB, {text}",
            measure=partial(pattern_s, shown.data, text, is_first=False),
            reference_name="re.search over the same bytes, and half a frame",
            reference=lambda search=search: search() + FRAME_S / 2,
            at_most=2.0,
        )
    yield Case(
        name="the same with a process to start, Absent",
        measure=partial(pattern_s, shown.data, "Absent", is_first=True),
        reference_name="re.search over the same bytes",
        reference=partial(seconds, partial(re.compile(b"Absent").search, shown.data)),
    )
    yield Case(
        name="key while a pattern takes for ever over 25 MB, p99",
        measure=lambda: p99(key_times_during_pattern_s(shown)),
        reference_name="a frame",
        reference=lambda: FRAME_S,
        at_most=3.0,
        runs=1,
        warm_ups=0,
    )
    yield Case(
        name="filter of 25 MB, predictions[-1].id",
        measure=partial(seconds, partial(filter_apart, shown.data)),
        reference_name="json.loads",
        reference=partial(seconds, partial(json.loads, shown.data)),
        runs=3,
    )


def pattern_s(data: bytes, text: str, *, is_first: bool) -> float:
    """Time until all is looked through."""

    async def run() -> float:
        looker = PatternLooker(data)
        if not is_first:
            await looker.look(PatternSearch("x{9}"), lambda: None)
        search = PatternSearch(text)
        begin_s = time.perf_counter()
        await looker.look(search, lambda: None)
        took_s = time.perf_counter() - begin_s
        looker.close()
        return took_s

    return asyncio.run(run())


def key_times_during_pattern_s(shown: ShownBody) -> list[float]:
    """Time keys while a pattern is looked for: how long they wait, and until they are drawn."""

    async def run() -> list[float]:
        app = Bench()
        async with app.run_test(size=SIZE) as pilot:
            view = app.query_one(BodyView)
            view.shown = shown
            view.focus()
            while not view.is_laid_out:
                await pilot.pause(0.01)
            await pilot.press("slash", "ctrl+r", *_FOR_EVER)
            times: list[float] = []
            for _ in range(_KEYS):
                begin_s = time.perf_counter()
                await asyncio.sleep(0)
                view.action_move(1)
                draw(view)
                times.append(time.perf_counter() - begin_s)
                await asyncio.sleep(0.005)
            return times

    return asyncio.run(run())


def filter_apart(data: bytes) -> None:
    """Filter as the view does."""
    message = filter_message("predictions[-1].id", data)
    run_through(Child(filter_command()), message, output_bytes_max=1_000_000)
