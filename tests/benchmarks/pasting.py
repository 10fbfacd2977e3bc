"""Pasting into the body: one that is kept outside the editor, against the largest one in it."""

from __future__ import annotations

import asyncio
import time
from functools import partial
from typing import TYPE_CHECKING

from textual import events

from tests.benchmarks.comparing import Case
from tests.widgets.form_hand import form_in
from tui.widgets.body_editor.text import EDITABLE_BYTES_MAX

if TYPE_CHECKING:
    from collections.abc import Iterator

_LINE = '{"a": 1},\n'
_KEPT = _LINE * 500_000
_EDITED = _LINE * (EDITABLE_BYTES_MAX // len(_LINE))


def cases() -> Iterator[Case]:
    """Yield the comparison; it takes some seconds."""
    yield Case(
        name="paste 5 MB into the body",
        measure=partial(_paste_s, _KEPT),
        reference_name="paste 256 kB",
        reference=partial(_paste_s, _EDITED),
        at_most=1.0,
    )


def _paste_s(text: str) -> float:
    return asyncio.run(_pasted_s(text))


async def _pasted_s(text: str) -> float:
    """Return the seconds from the paste until its body is told and drawn."""
    async with form_in((120, 40)) as hand:
        hand.form.focus_body()
        await hand.pilot.pause()
        clock = time.perf_counter()
        hand.app.post_message(events.Paste(text))
        await hand.until(lambda: hand.form.request.body.data == text.encode())
        await hand.pilot.pause()
        return time.perf_counter() - clock
