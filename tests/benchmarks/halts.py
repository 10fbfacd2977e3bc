"""How long a body view keeps everything else waiting, whatever is done with a body."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from tests.benchmarks.acting import ACTS, AFTER_ALL_LENSES, Plan
from tests.benchmarks.bodies import (
    KINDS,
    LARGE,
    body,
    digits,
    in_latin_1,
    long_name,
    many_keys,
    nested,
    ones_on_a_line,
    pixels,
    short_records,
    words_in_an_item,
)
from tests.benchmarks.viewing import against_a_frame, in_view
from tui.body.lenses import load_lenses

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.pilot import Pilot

    from tests.benchmarks.comparing import Case
    from tests.benchmarks.halting import Halt
    from tui.body.shown_body import ShownBody
    from tui.widgets.body_view.view import BodyView

_RUNS = 2


def cases() -> Iterator[Case]:
    """Yield the longest halt of all that is done with each body; together some eleven minutes."""
    load_lenses()  # as the program does, soon after its start
    for name, shown in _bodies():
        act, halt_s = _longest_halt(shown)
        yield against_a_frame(
            f"longest halt, {name}: {act}", lambda halt_s=halt_s: halt_s, at_most=2.0
        )


def _bodies() -> Iterator[tuple[str, ShownBody]]:
    for kind in KINDS:
        yield f"25 MB, {kind}", body(kind, LARGE)
    yield "25 MB, digits", digits()
    yield "25 MB, short records", short_records()
    yield "25 MB, CSV of 784 columns", pixels()
    for keys in (1_000, 8_000):
        yield f"25 MB, JSON Lines of {keys:,} keys", many_keys(keys)
    yield "25 MB, 8 million numbers in a line", ones_on_a_line()
    yield "25 MB, 3 million words in an item", words_in_an_item()
    yield "25 MB, CSV in Latin-1", in_latin_1("CSV")
    yield "10 MB, 5 million arrays in one another", nested()
    yield "25 MB, one name", long_name()
    yield "100 MB, records", body("records", 4 * LARGE)


def _longest_halt(shown: ShownBody) -> tuple[str, float]:
    """Return which act halts the program longest, and how long.

    Each is done in several runs, and its shortest halt counts: the machine's own come by chance.
    """
    runs = [in_view(None, partial(_act_by_act, shown)) for _ in range(_RUNS)]
    halts_s = {act: min(run[act].seconds for run in runs) for act in runs[0]}
    return max(halts_s.items(), key=lambda halt: halt[1])


async def _act_by_act(shown: ShownBody, view: BodyView, _pilot: Pilot[None]) -> dict[str, Halt]:
    return {
        done.act: done.halt
        async for done in Plan(ACTS, then=AFTER_ALL_LENSES).act_by_act(shown, view)
    }
