"""Folding in bodies of 25 MB, and vectors in them: what a key costs, and the rows that are kept."""

from __future__ import annotations

import json
from functools import partial
from statistics import median
from typing import TYPE_CHECKING

from tests.benchmarks.bodies import LARGE, body
from tests.benchmarks.viewing import against_a_frame, in_view, key_times_s, laid_out, p99, timed_s
from tui.body.lenses import PRETTY, VECTOR
from tui.body.shown_body import ShownBody

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.pilot import Pilot

    from tests.benchmarks.comparing import Case
    from tui.widgets.body_view.view import BodyView


def cases() -> Iterator[Case]:
    """Yield the comparisons; together they take about a minute."""
    yield against_a_frame(
        "fold or unfold an array of a million numbers", _toggle_time_s, at_most=2.0
    )
    yield against_a_frame("key while 25 MB of records are folded, p99", _keys_while_folding_s)
    yield against_a_frame("page down in 25 MB of folded records", _pages_when_folded_s, at_most=1.0)
    yield against_a_frame("key while 25 MB of vectors are summed up, p99", _keys_at_vectors_s)


def _toggle_time_s() -> float:
    numbers = json.dumps([number / 1e6 for number in range(1_250_000)]).encode()

    async def act(view: BodyView, pilot: Pilot[None]) -> list[float]:
        await laid_out(view, pilot)
        return [timed_s(view, view.action_toggle_fold) for _ in range(20)]

    return median(in_view(ShownBody(numbers, "application/json"), act, lens=PRETTY))


def _keys_while_folding_s() -> float:
    async def act(view: BodyView, pilot: Pilot[None]) -> list[float]:
        await laid_out(view, pilot)
        view.action_fold_all()
        view.go_to(1)
        view.action_toggle_fold()
        return await key_times_s(view)

    return p99(in_view(body("records", LARGE), act, lens=PRETTY))


def _pages_when_folded_s() -> float:
    async def act(view: BodyView, pilot: Pilot[None]) -> list[float]:
        await laid_out(view, pilot)
        view.action_fold_all()
        view.go_to(1)
        view.action_toggle_fold()
        await laid_out(view, pilot)
        return [
            timed_s(view, partial(view.action_turn_pages, 1), page * view.row_count // 100)
            for page in range(100)
        ]

    return median(in_view(body("records", LARGE), act, lens=PRETTY))


def _keys_at_vectors_s() -> float:
    async def act(view: BodyView, _pilot: Pilot[None]) -> list[float]:
        return await key_times_s(view)

    return p99(in_view(body("embedding", LARGE), act, lens=VECTOR))
