"""Regular expressions, filters and commands over 25 MB: how long they take, and how long keys wait.

The process that looks is started and given the body before the clock runs, as it is when one goes
on typing; what the first key costs without that is a case of its own.
"""

from __future__ import annotations

import asyncio
import json
import re
import time
from functools import partial
from typing import TYPE_CHECKING

from tests.benchmarks.bodies import LARGE, body
from tests.benchmarks.comparing import Case
from tests.benchmarks.viewing import FRAME_S, against_a_frame, in_view, key_times_s, p99, seconds
from tui.body.lenses import PRETTY
from tui.body.search.filtering import filter_command, filter_message
from tui.body.search.pattern_search import PatternSearch
from tui.processes import Child, run_through
from tui.widgets.body_view.looker import PatternLooker

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.pilot import Pilot

    from tui.body.shown_body import ShownBody
    from tui.widgets.body_view.view import BodyView

_FOR_EVER = r"(\w+\s*)+\x00"
_KEYS = 200
_BESIDE = {
    "a pattern takes for ever over": ("slash", "ctrl+r", *_FOR_EVER),
    "JMESPath filters": ("ampersand", *"predictions[*].id", "enter"),
    "a command is given": ("vertical_line", *"sleep 1; cat", "enter"),
}
"""What is at work, and the keys that begin it; the body is still being laid out, too."""


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
    first = re.compile(b"Absent")
    for is_warm, words in ((True, "got ready"), (False, "to start")):
        yield Case(
            name=f"the same, its process {words}, Absent",
            measure=partial(pattern_s, shown.data, "Absent", is_first=True, is_warm=is_warm),
            reference_name="re.search over the same bytes",
            reference=partial(seconds, partial(first.search, shown.data)),
        )
    for name, keys in _BESIDE.items():
        yield against_a_frame(
            f"key while {name} 25 MB, p99", lambda keys=keys: p99(key_times_beside_s(shown, keys))
        )
    yield Case(
        name="filter of 25 MB, predictions[-1].id",
        measure=partial(seconds, partial(filter_apart, shown.data)),
        reference_name="json.loads",
        reference=partial(seconds, partial(json.loads, shown.data)),
        runs=3,
    )


def pattern_s(data: bytes, text: str, *, is_first: bool, is_warm: bool = False) -> float:
    """Time until all is looked through."""

    async def run() -> float:
        looker = PatternLooker(data)
        if is_warm:
            await looker.warm()
            await asyncio.sleep(0.2)  # nobody types faster
        if not is_first:
            await looker.look(PatternSearch("x{9}"), lambda: None)
        search = PatternSearch(text)
        begin_s = time.perf_counter()
        await looker.look(search, lambda: None)
        took_s = time.perf_counter() - begin_s
        looker.close()
        return took_s

    return asyncio.run(run())


def key_times_beside_s(shown: ShownBody, keys: tuple[str, ...]) -> list[float]:
    """Time keys while something is at work elsewhere, from the first byte sent to it."""

    async def act(view: BodyView, pilot: Pilot[None]) -> list[float]:
        await pilot.press(*keys)
        return await key_times_s(view, lambda: True, at_most=_KEYS)

    return in_view(shown, act, lens=PRETTY)


def filter_apart(data: bytes) -> None:
    """Filter as the view does."""
    message = filter_message("predictions[-1].id", [data])
    run_through(Child(filter_command()), message, output_bytes_max=1_000_000)
