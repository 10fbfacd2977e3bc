"""The body view at every size: against itself with a small body, and against the standard library.

Bodies are of the kinds that models answer. Whatever has to do with a screen runs in an app without
a terminal; times are from a key, or a new body, until the view is drawn.
"""

from __future__ import annotations

import asyncio
import gc
import json
import random
import re
import subprocess
import sys
import time
from functools import cache, partial
from statistics import median, quantiles
from tempfile import NamedTemporaryFile
from typing import TYPE_CHECKING

from textual.app import App
from textual.widgets import TextArea

from tests.benchmarks.comparing import Case
from tui.body.json_document import JsonDocument
from tui.body.searching import Search
from tui.body.shown_body import ShownBody
from tui.widgets.body_view import BodyView
from tui.widgets.theming import variable_defaults

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

LARGE, MEDIUM, SMALL = 25_000_000, 5_000_000, 25_000
FRAME_S = 1 / 60
SIZE = (120, 40)


def cases() -> Iterator[Case]:
    """Yield the comparisons; together they take some minutes."""
    yield from _first_screens()
    yield from _layouts()
    yield from _searches()
    yield from _keys()
    yield from _memory()
    yield _beside_text_area()


def _first_screens() -> Iterator[Case]:
    for kind in KINDS:
        small = kind if kind in TABLES else "records"
        yield Case(
            name=f"first painted screen of 25 MB, {kind}",
            measure=partial(first_screen_s, body(kind, LARGE)),
            reference_name=f"of 25 kB, {small}",
            reference=partial(first_screen_s, body(small, SMALL)),
            at_most=1.5,
        )


def _layouts() -> Iterator[Case]:
    # One string of 25 MB is all C in json, some 0.1 s; there the ratio says little.
    for kind, at_most in (("records", 0.7), ("embedding", 0.7), ("one line", None)):
        data = body(kind, LARGE).data
        yield Case(
            name=f"whole outline of 25 MB, {kind}",
            measure=partial(seconds, partial(lay_out, data)),
            reference_name="json.loads and dumps(indent=2)",
            reference=partial(seconds, partial(parse_and_dump, data)),
            at_most=at_most,
            runs=3,
        )


def _searches() -> Iterator[Case]:
    data = body("records", LARGE).data
    for text in ("Absent", "absent"):
        pattern = re.compile(text.encode(), 0 if text.istitle() else re.IGNORECASE)
        yield Case(
            name=f"search of 25 MB for a text that is not there, {text}",
            measure=partial(seconds, partial(search_all, data, text)),
            reference_name="re.search over the same bytes",
            reference=partial(seconds, partial(pattern.search, data)),
            at_most=2.0,
        )


def _keys() -> Iterator[Case]:
    for kind in KINDS:
        yield Case(
            name=f"page down anywhere in 25 MB, {kind}, median",
            measure=lambda kind=kind: median(page_times_s(body(kind, LARGE))),
            reference_name="a frame",
            reference=lambda: FRAME_S,
            at_most=1.0,
            runs=1,
            warm_ups=0,
        )
    for kind in ("records", *TABLES):
        yield Case(
            name=f"page down anywhere in 25 MB, {kind}, p99",
            measure=lambda kind=kind: p99(page_times_s(body(kind, LARGE))),
            reference_name="a frame",
            reference=lambda: FRAME_S,
            at_most=3.0,
            runs=1,
            warm_ups=0,
        )
    for kind in TABLES:
        yield Case(
            name=f"key while a table of 25 MB is sorted, {kind}, p99",
            measure=lambda kind=kind: p99(key_times_during_sorting_s(body(kind, LARGE))),
            reference_name="a frame",
            reference=lambda: FRAME_S,
            at_most=3.0,
            runs=1,
            warm_ups=0,
        )
    yield Case(
        name="key while 25 MB are laid out, records, p99",
        measure=lambda: p99(key_times_during_layout_s(body("records", LARGE))),
        reference_name="a frame",
        reference=lambda: FRAME_S,
        at_most=3.0,
        runs=1,
        warm_ups=0,
    )


def _memory() -> Iterator[Case]:
    """Yield cases whose "seconds" are bytes, per byte of the body; where Linux tells the peak."""
    if sys.platform != "linux":
        return
    for kind in KINDS:
        yield Case(
            name=f"memory that 25 MB take beside themselves, {kind}",
            measure=lambda kind=kind: memory_growth(body(kind, LARGE)),
            reference_name="the body itself",
            reference=lambda: 1.0,
            at_most=2.0,
            runs=1,
            warm_ups=0,
        )


def _beside_text_area() -> Case:
    shown = body("records", MEDIUM)
    return Case(
        name="first painted screen of 5 MB, records",
        measure=partial(first_screen_s, shown),
        reference_name="the same in a TextArea",
        reference=partial(text_area_s, shown),
        runs=2,
        warm_ups=0,
    )


# Bodies

TABLES = ("CSV", "JSON Lines")
"""What opens as a table."""
KINDS = ("records", "embedding", "one line", "CSV", "JSON Lines", "bytes")


@cache
def body(kind: str, size_bytes: int) -> ShownBody:
    """Make a body of about that size, the same one every time."""
    chance = random.Random(kind)  # noqa: S311 - made up, not secret
    if kind == "one line":
        words = b"lorem ipsum \\u00e9 dolor sit amet, "
        data = b'{"generated_text": "' + words * (size_bytes // len(words)) + b'"}'
        return ShownBody(data, "application/json")
    if kind == "bytes":
        return ShownBody(chance.randbytes(size_bytes), "application/octet-stream")
    make_item, begin, between, end, content_type = _SPELLINGS[kind]
    items: list[bytes] = []
    size = 0
    while size < size_bytes:
        items.append(make_item(len(items), chance))
        size += len(items[-1]) + len(between)
    return ShownBody(begin + between.join(items) + end, content_type)


def _record(number: int, chance: random.Random) -> bytes:
    record = {
        "id": number,
        "label": f"class {number % 17}",
        "score": chance.random(),
        "is_sure": chance.random() > 0.5,
        "box": [round(chance.random(), 3) for _ in range(4)],
        "text": "short answers, and longer ones too: " * chance.randrange(1, 4),
    }
    return json.dumps(record).encode()


def _vector(_number: int, chance: random.Random) -> bytes:
    return json.dumps([chance.uniform(-1, 1) for _ in range(1024)]).encode()


def _row(number: int, chance: random.Random) -> bytes:
    return f"{number},{chance.random():.6f},class {number % 17},{chance.random():.6f}".encode()


_Spelling = tuple["Callable[[int, random.Random], bytes]", bytes, bytes, bytes, str]
_SPELLINGS: dict[str, _Spelling] = {
    "records": (_record, b'{"predictions": [', b", ", b"]}", "application/json"),
    "embedding": (_vector, b'{"embeddings": [', b", ", b"]}", "application/json"),
    "CSV": (_row, b"", b"\n", b"\n", "text/csv"),
    "JSON Lines": (_record, b"", b"\n", b"\n", "application/jsonlines"),
}


# What is measured


def seconds(act: Callable[[], object]) -> float:
    """Time one call."""
    begin_s = time.perf_counter()
    act()
    return time.perf_counter() - begin_s


def lay_out(data: bytes) -> None:
    """Find every line of pretty JSON, in slices as the view does."""
    document = JsonDocument(data)
    while not document.is_complete:
        document.advance(32 * 1024)


def parse_and_dump(data: bytes) -> None:
    """Indent as most programs do."""
    json.dumps(json.loads(data), indent=2)


def search_all(data: bytes, text: str) -> None:
    """Look everywhere, in slices as the view does."""
    search = Search(data, text)
    while not search.is_complete:
        search.advance(256 * 1024)


class Bench(App[None]):
    """A view, and next to nothing else."""

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return variable_defaults(self.current_theme)

    def compose(self) -> Iterator[BodyView | TextArea]:
        yield BodyView()
        yield TextArea(read_only=True, show_line_numbers=True)


def first_screen_s(shown: ShownBody) -> float:
    """Time from a body until its first rows are drawn."""

    async def run() -> float:
        app = Bench()
        async with app.run_test(size=SIZE) as pilot:
            view = app.query_one(BodyView)
            await pilot.pause()
            begin_s = time.perf_counter()
            view.shown = shown
            draw(view)
            return time.perf_counter() - begin_s

    return asyncio.run(run())


def text_area_s(shown: ShownBody) -> float:
    """Time until the same body, indented, is drawn by a TextArea."""

    async def run() -> float:
        app = Bench()
        async with app.run_test(size=SIZE) as pilot:
            area = app.query_one(TextArea)
            await pilot.pause()
            begin_s = time.perf_counter()
            area.load_text(json.dumps(json.loads(shown.data), indent=2))
            for y in range(SIZE[1]):
                area.render_line(y)
            return time.perf_counter() - begin_s

    return asyncio.run(run())


def page_times_s(shown: ShownBody, pages: int = 200) -> list[float]:
    """Time pages down, from places all over the body, each until it is drawn."""

    async def run() -> list[float]:
        app = Bench()
        async with app.run_test(size=SIZE) as pilot:
            view = app.query_one(BodyView)
            view.shown = shown
            view.focus()
            while not view.is_laid_out:
                await pilot.pause(0.01)
            times: list[float] = []
            for page in range(pages):
                view.go_to(page * view.row_count // pages)
                begin_s = time.perf_counter()
                view.action_turn_pages(1)
                draw(view)
                times.append(time.perf_counter() - begin_s)
            return times

    return asyncio.run(run())


def key_times_during_layout_s(shown: ShownBody) -> list[float]:
    """Time keys while the body is laid out: how long they wait, and until they are drawn.

    What earlier cases left is no garbage of the program's, which freezes its own after the start.
    """
    gc.collect()
    gc.freeze()

    async def run() -> list[float]:
        app = Bench()
        async with app.run_test(size=SIZE):
            view = app.query_one(BodyView)
            view.shown = shown
            view.focus()
            return await key_times_s(view)

    return asyncio.run(run())


def key_times_during_sorting_s(shown: ShownBody) -> list[float]:
    """Time keys while a table is sorted by its third column."""

    async def run() -> list[float]:
        app = Bench()
        async with app.run_test(size=SIZE) as pilot:
            view = app.query_one(BodyView)
            view.shown = shown
            view.focus()
            while not view.is_laid_out:
                await pilot.pause(0.01)
            view.action_scroll_columns(8)
            view.action_scroll_columns(8)
            view.action_sort_column(is_descending_first=False)
            return await key_times_s(view)

    return asyncio.run(run())


async def key_times_s(view: BodyView) -> list[float]:
    """Time keys as long as something is laid out or sorted."""
    times: list[float] = []
    while not view.is_laid_out:
        begin_s = time.perf_counter()
        await asyncio.sleep(0)
        view.action_move(1)
        draw(view)
        times.append(time.perf_counter() - begin_s)
        await asyncio.sleep(0.005)
    return times


def draw(view: BodyView) -> None:
    for y in range(view.size.height):
        view.render_line(y)


def p99(times_s: list[float]) -> float:
    return quantiles(times_s, n=100)[98]


# Not getrusage: its peak begins at that of the parent process.
_MEMORY = """
import pathlib, re, sys
from tests.benchmarks.viewer import lay_out_in_view
from tui.body.shown_body import ShownBody

def peak_bytes():
    status = pathlib.Path("/proc/self/status").read_text()
    return int(re.search(r"VmHWM:\\s+(\\d+) kB", status)[1]) * 1024

lay_out_in_view(ShownBody(b'{"warm": "up"}', "application/json"))
shown = ShownBody(pathlib.Path(sys.argv[1]).read_bytes(), sys.argv[2])
before = peak_bytes()
lay_out_in_view(shown)
print((peak_bytes() - before) / len(shown.data))
"""


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
