"""What a string of JSON says, made a slice at a time: one may be as long as the body.

A slice ends behind a whole character or escape; of two escapes that are one character together,
behind both.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from tui.body.growing import whole_characters
from tui.body.pieces import let_others_run

if TYPE_CHECKING:
    from tui.body.pieces import Pieces

_SLICE_BYTES = 64 * 1024
_WHOLE = re.compile(rb'(?:[^"\\]++|\\u[0-9A-Fa-f]{4}|\\[^u])*+', re.DOTALL)
_LOW_SURROGATE = re.compile(rb"\\u[dD][c-fC-F][0-9A-Fa-f]{2}")


def string_text(literal: bytes, errors: str) -> Pieces:
    """Return the text of a string, in pieces.

    Any thread may call: others get their turn meanwhile.

    Args:
        literal: as it is spelt, with quotes; control characters may stand in it as they are.
        errors: how bytes that are not UTF-8 are decoded.

    Raises:
        ValueError: it is no string.
    """
    end = len(literal) - 1
    if end < 1 or not (literal.startswith(b'"') and literal.endswith(b'"')):
        raise ValueError("it has no quotes around it")
    pieces: list[str] = []
    at = 1
    while at < end:
        stop = _end_of_slice(literal, at, end)
        pieces.append(_decoded(literal[at:stop].decode("utf-8", errors)))
        at = stop
        let_others_run()
    return tuple(pieces)


def _end_of_slice(literal: bytes, start: int, end: int) -> int:
    found = _WHOLE.match(literal, start, min(start + _SLICE_BYTES, end))
    stop = start if found is None else found.end()
    if stop < end:
        low = _LOW_SURROGATE.match(literal, stop, end)
        stop = low.end() if low else whole_characters(literal, start, stop)
    if stop == start:
        raise ValueError("it ends before its last quote, or in an escape")
    return stop


def _decoded(characters: str) -> str:
    text: str = json.loads(f'"{characters}"', strict=False)
    return text
