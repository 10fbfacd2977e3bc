"""A body view in an app without a terminal, and how long things take in it.

Times are from a key, or a new body, until the view is drawn.
"""

from __future__ import annotations

import asyncio
import gc
import json
import time
from functools import partial
from statistics import quantiles
from typing import TYPE_CHECKING, TypeVar

from textual.app import App
from textual.widgets import TextArea

from tests.benchmarks.comparing import Case
from tui.widgets.body_view.view import BodyView
from tui.widgets.theming import variable_defaults

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator

    from textual.pilot import Pilot

    from tui.body.shown_body import ShownBody

FRAME_S = 1 / 60
SIZE = (120, 40)

T = TypeVar("T")


def seconds(act: Callable[[], object]) -> float:
    """Time one call."""
    begin_s = time.perf_counter()
    act()
    return time.perf_counter() - begin_s


class Bench(App[None]):
    """A view, and next to nothing else."""

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return variable_defaults(self.current_theme)

    def compose(self) -> Iterator[BodyView | TextArea]:
        yield BodyView()
        yield TextArea(read_only=True, show_line_numbers=True)


def against_a_frame(name: str, measure: Callable[[], float], *, at_most: float = 3.0) -> Case:
    """Return a case of something that should take a frame or two: 50 ms are three of them."""
    return Case(
        name=name,
        measure=measure,
        reference_name="a frame",
        reference=lambda: FRAME_S,
        at_most=at_most,
        runs=1,
        warm_ups=0,
    )


def in_view(
    shown: ShownBody | None, act: Callable[[BodyView, Pilot[None]], Awaitable[T]], *, lens: str = ""
) -> T:
    """Show a body, through its best lens or another, and act on it.

    The program freezes what is there a second after its start, before there is an answer; so does
    this, and what earlier cases left is no garbage of it.
    """
    gc.unfreeze()
    gc.collect()

    async def run() -> T:
        app = Bench()
        async with app.run_test(size=SIZE) as pilot:
            view = app.query_one(BodyView)
            gc.freeze()
            view.shown = shown
            view.lens = lens or view.lens
            view.focus()
            return await act(view, pilot)

    return asyncio.run(run())


async def laid_out(view: BodyView, pilot: Pilot[None]) -> None:
    """Wait until nothing is left to lay out, or to sort."""
    while not view.is_laid_out:
        await pilot.pause(0.01)


def first_screen_s(shown: ShownBody) -> float:
    """Time from a body until its first rows are drawn."""

    async def act(view: BodyView, pilot: Pilot[None]) -> float:
        await pilot.pause()
        begin_s = time.perf_counter()
        view.shown = shown
        draw(view)
        return time.perf_counter() - begin_s

    return in_view(None, act)


def text_area_s(shown: ShownBody) -> float:
    """Time until the same body, indented, is drawn by a TextArea."""

    async def act(view: BodyView, pilot: Pilot[None]) -> float:
        area = view.app.query_one(TextArea)
        await pilot.pause()
        begin_s = time.perf_counter()
        area.load_text(json.dumps(json.loads(shown.data), indent=2))
        for y in range(SIZE[1]):
            area.render_line(y)
        return time.perf_counter() - begin_s

    return in_view(None, act)


def page_times_s(shown: ShownBody, pages: int = 200) -> list[float]:
    """Time pages down, from places all over the body, each until it is drawn."""

    async def act(view: BodyView, pilot: Pilot[None]) -> list[float]:
        await laid_out(view, pilot)
        return [
            timed_s(view, partial(view.action_turn_pages, 1), page * view.row_count // pages)
            for page in range(pages)
        ]

    return in_view(shown, act)


def column_times_s(shown: ShownBody, steps: int = 200) -> list[float]:
    """Time steps to the right, from the first column on, each until it is drawn."""

    async def act(view: BodyView, pilot: Pilot[None]) -> list[float]:
        await laid_out(view, pilot)
        draw(view)
        return [timed_s(view, partial(view.action_scroll_columns, 8)) for _ in range(steps)]

    return in_view(shown, act)


def key_times_during_layout_s(shown: ShownBody) -> list[float]:
    """Time keys while the body is laid out: how long they wait, and until they are drawn."""

    async def act(view: BodyView, _pilot: Pilot[None]) -> list[float]:
        return await key_times_s(view)

    return in_view(shown, act)


def key_times_during_sorting_s(shown: ShownBody) -> list[float]:
    """Time keys while a table is sorted by its third column."""

    async def act(view: BodyView, pilot: Pilot[None]) -> list[float]:
        await laid_out(view, pilot)
        view.action_scroll_columns(8)
        view.action_scroll_columns(8)
        view.action_sort_column(is_descending_first=False)
        return await key_times_s(view)

    return in_view(shown, act)


async def key_times_s(
    view: BodyView, is_going_on: Callable[[], bool] | None = None, *, at_most: int = 5_000
) -> list[float]:
    """Time keys as long as something is laid out or sorted, or something else goes on."""
    times: list[float] = []
    while len(times) < at_most and (is_going_on() if is_going_on else not view.is_laid_out):
        begin_s = time.perf_counter()
        await asyncio.sleep(0)
        view.action_move(1)
        draw(view)
        times.append(time.perf_counter() - begin_s)
        await asyncio.sleep(0.005)
    return times


def timed_s(view: BodyView, act: Callable[[], object], row: int | None = None) -> float:
    """Time a key until it is drawn.

    Args:
        view: where it is pressed.
        act: what it does.
        row: where to go before.
    """
    if row is not None:
        view.go_to(row)
    begin_s = time.perf_counter()
    act()
    draw(view)
    return time.perf_counter() - begin_s


def draw(view: BodyView) -> None:
    """Draw what is in sight."""
    for y in range(view.size.height):
        view.render_line(y)


def p99(times_s: list[float]) -> float:
    """Return what one time of a hundred is longer than."""
    return quantiles(times_s, n=100)[98]
