"""Folding in bodies of 25 MB, and vectors in them: what a key costs, and the rows that are kept."""

from __future__ import annotations

import asyncio
import json
import time
from functools import cache, partial
from statistics import median, quantiles
from typing import TYPE_CHECKING

from tests.benchmarks.comparing import Case
from tests.benchmarks.viewer import LARGE, SIZE, Bench, body, draw, key_times_s, memory_growth
from tui.body.lenses import PRETTY, VECTOR
from tui.body.shown_body import ShownBody
from tui.widgets.body_view import BodyView

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator

    from textual.pilot import Pilot

_FRAME_S = 1 / 60


def cases() -> Iterator[Case]:
    """Yield the comparisons; together they take about a minute."""
    yield _against_a_frame("fold or unfold an array of a million numbers", _toggle_time_s, 2.0)
    yield _against_a_frame("key while 25 MB of records are folded, p99", _keys_while_folding_s, 3.0)
    yield _against_a_frame("page down in 25 MB of folded records", _pages_when_folded_s, 1.0)
    yield _against_a_frame("key while 25 MB of vectors are summed up, p99", _keys_at_vectors_s, 3.0)
    yield Case(
        name="memory that 25 MB take beside themselves, digits",
        measure=partial(memory_growth, digits()),
        reference_name="the body itself",
        reference=lambda: 1.0,
        at_most=3.0,
        runs=1,
        warm_ups=0,
    )


def _against_a_frame(name: str, measure: Callable[[], float], at_most: float) -> Case:
    return Case(
        name=name,
        measure=measure,
        reference_name="a frame",
        reference=lambda: _FRAME_S,
        at_most=at_most,
        runs=1,
        warm_ups=0,
    )


@cache
def digits() -> ShownBody:
    """Make the shortest items that there can be: as many rows as half the bytes."""
    return ShownBody(json.dumps([1] * (LARGE // 2), separators=(",", ":")).encode(), "text/json")


def _toggle_time_s() -> float:
    numbers = json.dumps([number / 1e6 for number in range(1_250_000)]).encode()

    async def act(view: BodyView, pilot: Pilot[None]) -> list[float]:
        await _laid_out(view, pilot)
        return [_timed(view, view.action_toggle_fold) for _ in range(20)]

    return median(_run(ShownBody(numbers, "application/json"), act))


def _keys_while_folding_s() -> float:
    async def act(view: BodyView, pilot: Pilot[None]) -> list[float]:
        await _laid_out(view, pilot)
        view.action_fold_all()
        view.go_to(1)
        view.action_toggle_fold()
        return await key_times_s(view)

    return _p99(_run(body("records", LARGE), act))


def _pages_when_folded_s() -> float:
    async def act(view: BodyView, pilot: Pilot[None]) -> list[float]:
        await _laid_out(view, pilot)
        view.action_fold_all()
        view.go_to(1)
        view.action_toggle_fold()
        await _laid_out(view, pilot)
        times: list[float] = []
        for page in range(100):
            view.go_to(page * view.row_count // 100)
            times.append(_timed(view, partial(view.action_turn_pages, 1)))
        return times

    return median(_run(body("records", LARGE), act))


def _keys_at_vectors_s() -> float:
    async def act(view: BodyView, _pilot: Pilot[None]) -> list[float]:
        return await key_times_s(view)

    return _p99(_run(body("embedding", LARGE), act, lens=VECTOR))


def _run(
    shown: ShownBody,
    act: Callable[[BodyView, Pilot[None]], Awaitable[list[float]]],
    lens: str = PRETTY,
) -> list[float]:
    """Show a body through a lens, and act on it."""

    async def run() -> list[float]:
        app = Bench()
        async with app.run_test(size=SIZE) as pilot:
            view = app.query_one(BodyView)
            view.shown = shown
            view.lens = lens
            view.focus()
            return await act(view, pilot)

    return asyncio.run(run())


async def _laid_out(view: BodyView, pilot: Pilot[None]) -> None:
    while not view.is_laid_out:
        await pilot.pause(0.01)


def _timed(view: BodyView, act: Callable[[], None]) -> float:
    begin_s = time.perf_counter()
    act()
    draw(view)
    return time.perf_counter() - begin_s


def _p99(times_s: list[float]) -> float:
    return quantiles(times_s, n=100)[98]
