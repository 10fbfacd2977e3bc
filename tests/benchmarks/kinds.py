"""Bodies of many kinds, made to be hard: how long they halt the program, and what they take.

``python -m tests.benchmarks kinds JSON`` acts on those that have "JSON" in their names, and
``kinds-memory JSON`` tells no more than the memory of them, with fewer acts; without a word both
take all of them. One kind takes half a minute.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from tests.benchmarks.acting import AFTER_ALL_LENSES
from tests.benchmarks.acting_apart import acts_apart
from tests.benchmarks.comparing import Case
from tests.benchmarks.hostile import KINDS
from tests.benchmarks.viewing import FRAME_S, against_a_frame

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.benchmarks.acting_apart import DoneApart
    from tui.body.shown_body import ShownBody

_FRAMES_MAX = 2.0
_GROWTH_MAX = 3.0
_RUNS_MAX = 3
_LAST_LOOK = AFTER_ALL_LENSES[-1][0]
"""Behind this act, other things are made of the body: copies, and what is in it."""


def cases(*words: str) -> Iterator[Case]:
    """Yield what halts longest of each kind, whatever else halts for too long, and the memory.

    What an act halts for is the least of up to three runs: of one, unless that is too long.
    """
    for name, shown in _bodies(words):
        first = list(acts_apart("all", shown))
        yield from _halt_cases(name, _least(first, shown))
        yield from _memory_cases(name, first)


def memory_cases(*words: str) -> Iterator[Case]:
    """Yield how much the process grows over each kind, and by the end of which act."""
    for name, shown in _bodies(words):
        yield from _memory_cases(name, list(acts_apart("memory", shown)))


def _bodies(words: tuple[str, ...]) -> Iterator[tuple[str, ShownBody]]:
    for name, make in KINDS.items():
        if not words or any(word in name for word in words):
            yield name, make()


def _least(first: list[DoneApart], shown: ShownBody) -> dict[str, float]:
    """Return for how long each act halts, in seconds; more runs are made if that is too long."""
    halts_s = {each.act: each.halt_s for each in first}
    for _ in range(_RUNS_MAX - 1):
        if not any(map(_is_long, halts_s.values())):
            break
        for each in acts_apart("all", shown):
            halts_s[each.act] = min(halts_s.get(each.act, math.inf), each.halt_s)
    return halts_s


def _is_long(halt_s: float) -> bool:
    return halt_s > _FRAMES_MAX * FRAME_S


def _halt_cases(name: str, halts_s: dict[str, float]) -> Iterator[Case]:
    longest = max(halts_s, key=halts_s.__getitem__)
    for act, halt_s in halts_s.items():
        if act == longest or _is_long(halt_s):
            yield against_a_frame(
                f"longest halt, {name}: {act}",
                lambda halt_s=halt_s: halt_s,
                at_most=_FRAMES_MAX,
            )


def _memory_cases(name: str, done: list[DoneApart]) -> Iterator[Case]:
    """Yield the peak while the body is looked at, and that of all acts if it is as high.

    The latter has no bound: what is opened in a body, and copied, are bodies of their own.
    """
    acts = [each.act for each in done]
    looks = done[: acts.index(_LAST_LOOK) + 1] if _LAST_LOOK in acts else done
    seen = max(looks, key=lambda each: each.growth)
    yield _memory_case(f"{name}: {seen.act}", seen.growth, at_most=_GROWTH_MAX)
    peak = max(done, key=lambda each: each.growth)
    if peak.growth > max(seen.growth, _GROWTH_MAX):
        yield _memory_case(f"{name}, and what is made of it: {peak.act}", peak.growth, at_most=None)


def _memory_case(name: str, growth: float, *, at_most: float | None) -> Case:
    return Case(
        name=f"memory beside the body, {name}",
        measure=lambda: growth,
        reference_name="the body itself",
        reference=lambda: 1.0,
        at_most=at_most,
        is_time=False,
        runs=1,
        warm_ups=0,
    )
