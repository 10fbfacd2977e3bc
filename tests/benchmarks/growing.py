"""A body that grows while it is shown: 1,000 small appends a second behind 5 MB of lines.

What it takes of a core, and what a key has to wait, beside the same body that does not grow.
"""

from __future__ import annotations

import asyncio
import time
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING

from tests.benchmarks.bodies import body
from tests.benchmarks.comparing import Case
from tests.benchmarks.viewing import Bench, draw, laid_out, p99
from tui.body.growing_body import GrowingBody
from tui.body.json.folding import FoldingJson
from tui.body.markup.folding import FoldingMarkup
from tui.widgets.body_view.view import BodyView

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator

_MEDIUM = 5_000_000
_SIZE = (120, 40)
_SECONDS = 2.0
_APPENDS_PER_S = 1_000
_SMALL = 1_000_000
_ENDLESS = (
    ("one attribute of XML", False, b'<r><a b="', b"abcdefgh "),
    ("one comment of HTML", True, b"<html><!--", b"abcdefgh "),
    ("bare < in HTML", True, b"<html><p>", b"<"),
)
"""What does not end: its name, whether it is HTML, how it begins, and what it is made of."""
_LINE = b'{"id": 12345, "label": "one of many", "score": 0.25}\n'


def cases() -> Iterator[Case]:
    """Yield the comparisons; together they take some ten seconds."""
    yield Case(
        name="CPU seconds of a second with 1,000 appends, the end of 5 MB followed",
        measure=partial(_run, _cpu_share, is_growing=True),
        reference_name="a core",
        reference=lambda: 1.0,
        at_most=0.25,
        runs=1,
        warm_ups=0,
    )
    yield Case(
        name="delay of a key with 1,000 appends a second behind 5 MB, p99",
        measure=partial(_run, _key_delay_s, is_growing=True),
        reference_name="without appends",
        reference=partial(_run, _key_delay_s, is_growing=False),
        at_most=None,
        runs=1,
        warm_ups=0,
    )
    yield Case(
        name="25 MB of JSON Lines laid out as they come, 1,000 bytes at a time",
        measure=partial(_grow_lines, 1_000),
        reference_name="at once",
        reference=partial(_grow_lines, 25_000_000),
        at_most=3.0,
        runs=1,
        warm_ups=0,
    )
    for name, is_html, begin, unit in _ENDLESS:
        yield Case(
            name=f"2 MB of {name} laid out as they come, 1,000 bytes at a time",
            measure=partial(_grow_markup, begin, unit, is_html=is_html, count=2),
            reference_name="1 MB of it",
            reference=partial(_grow_markup, begin, unit, is_html=is_html, count=1),
            at_most=3.0,
            runs=3,
            warm_ups=1,
        )


def _run(measure: Callable[[BodyView], Awaitable[float]], *, is_growing: bool) -> float:
    """Show a body, and measure while more of it comes, or does not."""

    async def run() -> float:
        app = Bench()
        async with app.run_test(size=_SIZE) as pilot:
            view = app.query_one(BodyView)
            growing = GrowingBody("application/jsonlines")
            growing.append(_LINE * (_MEDIUM // len(_LINE)))
            view.shown = growing
            view.focus()
            while view.document is None or len(view.document.data) < growing.size_bytes:
                await pilot.pause(0.01)
            await laid_out(view, pilot)
            coming = asyncio.create_task(_come(view, growing)) if is_growing else None
            try:
                return await measure(view)
            finally:
                if coming is not None:
                    coming.cancel()
                    with suppress(asyncio.CancelledError):
                        await coming

    return asyncio.run(run())


async def _come(view: BodyView, growing: GrowingBody) -> None:
    """Append a line as often as it is time to, one by one."""
    begin_s, count = time.perf_counter(), 0
    while True:
        while count < (time.perf_counter() - begin_s) * _APPENDS_PER_S:
            view.append(growing, _LINE)
            count += 1
        await asyncio.sleep(0.001)


async def _cpu_share(_view: BodyView) -> float:
    begin_s, cpu_s = time.perf_counter(), time.process_time()
    await asyncio.sleep(_SECONDS)
    return (time.process_time() - cpu_s) / (time.perf_counter() - begin_s)


async def _key_delay_s(view: BodyView) -> float:
    """Press keys in the middle; a delay is from when a key was due until it is drawn."""
    view.go_to(view.row_count // 2)
    delays: list[float] = []
    until_s = time.perf_counter() + _SECONDS
    while (due_s := time.perf_counter() + 0.005) < until_s:
        await asyncio.sleep(0.005)
        view.action_move(1)
        draw(view)
        delays.append(time.perf_counter() - due_s)
    return p99(delays)


def _grow_lines(piece_bytes: int) -> float:
    data = body("JSON Lines", 25_000_000).data
    return _grow(FoldingJson(b"", is_growing=True), data, piece_bytes)


def _grow_markup(begin: bytes, unit: bytes, *, is_html: bool, count: int) -> float:
    data = begin + unit * (count * _SMALL // len(unit))
    return _grow(FoldingMarkup(b"", is_html=is_html, is_growing=True), data, 1_000)


def _grow(document: FoldingJson | FoldingMarkup, data: bytes, piece_bytes: int) -> float:
    begin_s = time.perf_counter()
    for at in range(0, len(data), piece_bytes):
        document.append(data[at : at + piece_bytes])
        while not document.is_waiting:
            document.advance(1 << 16)
    document.finish(data)
    while not document.is_complete:
        document.advance(1 << 16)
    return time.perf_counter() - begin_s
