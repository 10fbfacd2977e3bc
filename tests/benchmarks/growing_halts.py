"""How long a body view keeps everything else waiting, whatever is done while a body comes.

25 MB of it have come, and more comes in small pieces while keys are pressed; then it ends.
"""

from __future__ import annotations

import asyncio
import random
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache, partial
from typing import TYPE_CHECKING

from tests.benchmarks.bodies import LARGE, body
from tests.benchmarks.halting import press, watching_for_halts
from tests.benchmarks.viewing import against_a_frame, in_view
from tui.body.growing_body import GrowingBody
from tui.body.lenses import load_lenses

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from textual.pilot import Pilot

    from tests.benchmarks.comparing import Case
    from tests.benchmarks.halting import Halt, Watch
    from tui.widgets.body_view.view import BodyView

_RUNS = 2
_PIECE_BYTES = 65_536
"""What came before anything is done, came in pieces of so many bytes."""
_MORE_BYTES, _MORE_EVERY_S = 4_096, 0.01
_ACT_S, _ACT_S_MAX = 0.25, 1.0
"""An act is over when nothing is left to do, but not sooner or later: what comes is never quiet."""
_COME_S = 0.6
"""All has come when no more was laid out for so long."""
_ACTS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("end", ("G",)),
    ("top", ("g",)),
    ("find", ("slash", "1", "enter")),
    ("next", ("n",)),
    ("previous", ("N",)),
    ("page down", ("pagedown",)),
    ("next, further on", ("n",)),
    ("find what is not there", ("slash", *"q~q", "enter")),
    ("next of what is not there", ("n",)),
    ("fold all", ("minus",)),
    ("end, folded", ("G",)),
    ("unfold all", ("plus",)),
    ("wrap", ("W",)),
    ("end, wrapped", ("G",)),
    ("unwrap", ("W",)),
    ("copy the value", ("c",)),
    ("copy the path", ("p",)),
    ("filter", ("ampersand", "a", "enter")),
    ("back", ("escape", "escape")),
    ("command", ("vertical_line", *"wc", "enter")),
    ("back again", ("escape",)),
    ("find a pattern", ("slash", "ctrl+r", *"q~+q", "enter")),
    ("next of the pattern", ("n",)),
    ("find a text again", ("slash", "ctrl+r", "enter")),
)
"""What is done with each body, one after the other: what it is called, and its keys."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Coming:
    """A body that comes."""

    name: str
    content_type: str
    data: bytes = field(repr=False)
    unit: bytes = field(repr=False)
    """What comes behind that, again and again."""
    end: bytes = b""
    is_at_once: bool = False
    """Whether all of ``data`` comes as one piece."""

    @property
    def pieces(self) -> Iterator[bytes]:
        size = len(self.data) if self.is_at_once else _PIECE_BYTES
        for at in range(0, len(self.data), size):
            yield self.data[at : at + size]


def cases() -> Iterator[Case]:
    """Yield the longest halt of all that is done with each body; together some minutes."""
    load_lenses()  # as the program does, soon after its start
    for make in _BODIES:
        coming = make()
        act, halt_s = _longest_halt(coming)
        yield against_a_frame(
            f"longest halt, {coming.name} that grows: {act}",
            lambda halt_s=halt_s: halt_s,
            at_most=2.0,
        )


def _longest_halt(coming: _Coming) -> tuple[str, float]:
    """Return which act halts the program longest, and how long; the least of some runs."""
    runs = [in_view(None, partial(act_by_act, coming)) for _ in range(_RUNS)]
    halts_s = {act: min(run[act].seconds for run in runs) for act in runs[0]}
    return max(halts_s.items(), key=lambda halt: halt[1])


async def act_by_act(coming: _Coming, view: BodyView, _pilot: Pilot[None]) -> dict[str, Halt]:
    """Return how long each act halts the program."""
    halts: dict[str, Halt] = {}
    growing = view.shown = GrowingBody(coming.content_type)
    async with watching_for_halts(_is_still(view), halts, "come"):
        for piece in coming.pieces:
            view.append(growing, piece)
            await asyncio.sleep(0)
    more = asyncio.create_task(_come(view, growing, coming.unit))
    watching = partial(watching_for_halts, partial(_is_done, view), halts)
    for act, keys in _ACTS:
        async with watching(act):
            press(view, *keys)
    async with watching("copy all"):
        view.copy("the body")
    for _ in view.lenses:
        async with watching(f"from {view.lens} to the next lens"):
            press(view, "v")
    async with watching("next, after all lenses"):
        press(view, "n")
    more.cancel()
    with suppress(asyncio.CancelledError):
        await more
    async with watching("the end has come"):
        view.append(growing, coming.end)
        view.finish(growing)
    return halts


async def _come(view: BodyView, growing: GrowingBody, unit: bytes) -> None:
    more = unit * (1 + _MORE_BYTES // len(unit))
    while True:
        view.append(growing, more)
        await asyncio.sleep(_MORE_EVERY_S)


def _is_done(view: BodyView, watch: Watch) -> bool:
    is_at_rest = view.is_laid_out and not view.has_other_work
    return watch.watched_s >= (_ACT_S if is_at_rest else _ACT_S_MAX)


def _is_still(view: BodyView) -> Callable[[Watch], bool]:
    """Return what says whether no more was laid out for a while."""
    seen = [(0, 0.0)]

    def is_still(watch: Watch) -> bool:
        size = 0 if view.document is None else len(view.document.data)
        if size != seen[0][0] or not view.is_laid_out:
            seen[0] = size, watch.watched_s
        return watch.watched_s - seen[0][1] >= _COME_S

    return is_still


def _repeated(
    name: str, content_type: str, unit: bytes, *, begin: bytes = b"", end: bytes = b""
) -> _Coming:
    data = begin + unit * (LARGE // len(unit))
    return _Coming(name=name, content_type=content_type, data=data, unit=unit, end=end)


def _cut(kind: str, unit: bytes, end: bytes = b"", *, is_at_once: bool = False) -> _Coming:
    """Return what comes of a body that is known as a whole."""
    whole = body(kind, LARGE)
    return _Coming(
        name=f"25 MB, {kind}{' at once' * is_at_once}",
        content_type=whole.content_type or "",
        data=whole.data.removesuffix(end),
        unit=unit,
        end=end,
        is_at_once=is_at_once,
    )


@cache
def _noise() -> bytes:
    return random.Random("noise").randbytes(_MORE_BYTES)  # noqa: S311 - made up, not secret


_LOREM = "lorem ipsum dolor sit amet 1, consetetur sadipscing elitr, sed diam nonumy eirmod\n"
_RECORD = b'{"id": 1, "label": "class 1", "score": 0.5, "box": [0.1, 0.2]}'
_CELL = b'<tr class="row"><td>1<td><a href="/items/1">class 1</a></tr>\n'


def _utf_16(*, is_at_once: bool) -> _Coming:
    unit = _LOREM.encode("utf-16-le")
    return _Coming(
        name=f"25 MB, text in UTF-16{' at once' * is_at_once}",
        content_type="text/plain; charset=utf-16",
        data=b"\xff\xfe" + unit * (LARGE // len(unit)),
        unit=unit,
        is_at_once=is_at_once,
    )


_BODIES: tuple[Callable[[], _Coming], ...] = (
    lambda: _repeated(
        "25 MB, events", "text/event-stream", b"event: x\ndata: " + _RECORD + b"\n\n"
    ),
    lambda: _repeated(
        "25 MB, an event of one line",
        "text/event-stream",
        _RECORD + b", ",
        begin=b'data: {"a": [',
        end=b"1]}\n\n",
    ),
    lambda: _cut("records", b", " + _RECORD, b"]}"),
    lambda: _cut("JSON Lines", _RECORD + b"\n"),
    lambda: _cut("one line of escapes", rb"lorem \u00e9 ipsum 1, ", b'"}'),
    lambda: _repeated(
        "25 MB, JSON of white space",
        "application/json",
        b" " * 79 + b"\n",
        begin=b'{"a": [1,',
        end=b"2]}",
    ),
    lambda: _repeated("25 MB, text", "text/plain", _LOREM.encode()),
    lambda: _cut("HTML", _CELL, b"</table>"),
    lambda: _cut("bytes", _noise()),
    lambda: _utf_16(is_at_once=False),
    lambda: _utf_16(is_at_once=True),
    lambda: _cut("JSON Lines", _RECORD + b"\n", is_at_once=True),
)
