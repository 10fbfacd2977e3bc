"""Folding in bodies of 25 MB, and vectors in them: what a key costs, and the rows that are kept."""

from __future__ import annotations

import json
from functools import partial
from statistics import median
from typing import TYPE_CHECKING

from tests.benchmarks.bodies import LARGE, body
from tests.benchmarks.comparing import Case
from tests.benchmarks.viewing import (
    against_a_frame,
    in_view,
    key_times_s,
    laid_out,
    p99,
    seconds,
    timed_s,
)
from tui.body.json.folding import FoldingJson
from tui.body.lenses import PRETTY, VECTOR
from tui.body.shown_body import ShownBody

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.pilot import Pilot

    from tui.widgets.body_view.view import BodyView


def cases() -> Iterator[Case]:
    """Yield the comparisons; together they take about a minute."""
    yield against_a_frame(
        "fold or unfold an array of a million numbers", _toggle_time_s, at_most=2.0
    )
    yield against_a_frame("key while 25 MB of records are folded, p99", _keys_while_folding_s)
    brackets = _brackets()
    yield Case(
        name="fold 6 million brackets",
        measure=partial(_folding_s, brackets),
        reference_name="json.loads",
        reference=partial(seconds, partial(json.loads, brackets)),
        at_most=6.0,
        runs=1,
        warm_ups=0,
    )
    yield against_a_frame("page down in 25 MB of folded records", _pages_when_folded_s, at_most=1.0)
    yield against_a_frame("key while 25 MB of vectors are summed up, p99", _keys_at_vectors_s)


def _toggle_time_s() -> float:
    numbers = json.dumps([number / 1e6 for number in range(1_250_000)]).encode()

    async def act(view: BodyView, pilot: Pilot[None]) -> list[float]:
        await laid_out(view, pilot)
        return [timed_s(view, view.action_toggle_fold) for _ in range(20)]

    return median(in_view(ShownBody(numbers, "application/json"), act, lens=PRETTY))


def _brackets() -> bytes:
    """Make the shortest arrays that can be folded: with the commas, 4 bytes each."""
    return b"[" + b",".join([b"[1]"] * (LARGE // 4)) + b"]"


def _folding_s(data: bytes) -> float:
    document = FoldingJson(data)
    _advance(document)
    document.fold_all()
    return seconds(partial(_advance, document))


def _advance(document: FoldingJson) -> None:
    while not document.is_complete:
        document.advance(32 * 1024)


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
