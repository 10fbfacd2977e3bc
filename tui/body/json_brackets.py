"""Where brackets of pretty JSON open and close, and what is between them, told by depth alone.

Looks at the flags of a layout's rows and at no byte of the body: two bytes a row, searched and
compared in C, so that an array of a million elements takes a few milliseconds.
"""

from __future__ import annotations

import re
import sys
from bisect import bisect_left
from functools import lru_cache
from typing import TYPE_CHECKING

from tui.body.json_layout import CLOSER, CONTINUED, DEPTH_BITS, IN_STRING

if TYPE_CHECKING:
    from tui.body.json_layout import JsonLayout

_FLAG_BYTES = 2
_BLOCK_ROWS = 4_096
_SHAPE_DEPTH_MAX = 0x1F
_UPPER_HALVES = bytes(
    flag >> 8 for flag in (0, IN_STRING, CLOSER, CONTINUED, IN_STRING | CONTINUED)
)


def is_opening(layout: JsonLayout, row: int) -> bool:
    """Whether an opening bracket ends a row; told by the row behind it, which must be known."""
    flags = layout.flags
    if row + 1 >= len(flags):
        return False
    depth = flags[row] & DEPTH_BITS
    return depth < DEPTH_BITS and flags[row + 1] & DEPTH_BITS == depth + 1


def closing_of(layout: JsonLayout, opening: int, start: int | None = None) -> int | None:
    """Return the row of the bracket that closes one, looked for from ``start``; None if unknown."""
    closing = (layout.flags[opening] & DEPTH_BITS) | CLOSER
    return _next_flag(layout, closing, opening + 1 if start is None else start)


def end_of_line(layout: JsonLayout, row: int) -> int:
    """Return the first row behind the line that a row is of."""
    continued = layout.rows.continued
    at = bisect_left(continued, row + 1)
    # Rows that go on with one line are consecutive.
    return (
        row
        + 1
        + bisect_left(
            range(len(continued) - at), 1, key=lambda more: continued[at + more] != row + 1 + more
        )
    )


def first_row_of_line(layout: JsonLayout, row: int) -> int:
    """Return the row where the line begins that a row is of."""
    continued = layout.rows.continued
    at = bisect_left(continued, row + 1)
    return row - bisect_left(range(at), 1, key=lambda more: continued[at - 1 - more] != row - more)


def opening_around(layout: JsonLayout, row: int) -> int | None:
    """Return the row of the bracket that is open around a row, which may be that of a closing one.

    Costs about 20 ms in the middle of a million siblings, next to nothing among few.
    """
    flag = layout.flags[first_row_of_line(layout, row)]
    depth = flag & DEPTH_BITS
    inner = depth + 1 if flag & CLOSER else depth
    if not inner or depth == DEPTH_BITS:
        return None
    return end_of_line(layout, last_below(layout, row, inner)) - 1


def last_below(layout: JsonLayout, row: int, depth: int) -> int:
    """Return the last row before ``row`` that begins a value less deep; by blocks, in C."""
    end = row
    while end > 0:
        begin = max(0, end - _BLOCK_ROWS)
        block = layout.flags[begin:end]
        if min(block) < depth:
            return next(at for at in range(end - 1, begin - 1, -1) if block[at - begin] < depth)
        end = begin
    return 0


def first_other(layout: JsonLayout, row: int, end: int) -> int:
    """Return the first row behind ``row`` and before ``end`` that has other flags, or ``end``."""
    same = _same(layout.flags[row]).match(layout.flags, _FLAG_BYTES * row, _FLAG_BYTES * end)
    return end if same is None else same.end() // _FLAG_BYTES


def count_items(layout: JsonLayout, opening: int, closing: int) -> int:
    """Return how many values or members there are between two brackets."""
    depth = (layout.flags[opening] & DEPTH_BITS) + 1
    between = layout.flags[opening + 1 : closing]
    flags = between.tobytes()
    if _is_all(flags, depth):
        return len(between)
    return flags.count(_bytes_of(depth)) if _is_shallow(flags) else between.count(depth)


def shape_of(layout: JsonLayout, opening: int, closing: int) -> tuple[int, ...]:
    """Return the shape of regularly nested arrays, the outer length first; empty if irregular.

    Objects count as arrays: who knows that there are numbers only knows that there are none.
    """
    depth = layout.flags[opening] & DEPTH_BITS
    between = layout.flags[opening + 1 : closing].tobytes()
    shape: list[int] = []
    if _is_all(between, depth + 1):
        return (len(between) // _FLAG_BYTES,)
    while between and depth < _SHAPE_DEPTH_MAX and _is_shallow(between):
        depth += 1
        end = between.find(_bytes_of(depth | CLOSER))
        unit = between if end < 0 else between[: end + _FLAG_BYTES]
        if end < 0:
            count = len(between) // _FLAG_BYTES
            return (*shape, count) if _is_all(between, depth) else ()
        if between != unit * (len(between) // len(unit)):
            return ()
        shape.append(len(between) // len(unit))
        between = unit[_FLAG_BYTES:-_FLAG_BYTES]
    return ()


def _next_flag(layout: JsonLayout, flag: int, start: int) -> int | None:
    at = _FLAG_BYTES * start
    while found := _one(flag).search(layout.flags, at):
        if found.start() % _FLAG_BYTES == 0:
            return found.start() // _FLAG_BYTES
        at = found.start() + 1
    return None


def _is_all(flags: bytes, flag: int) -> bool:
    return bool(flags) and flags == _bytes_of(flag) * (len(flags) // _FLAG_BYTES)


def _is_shallow(flags: bytes) -> bool:
    """Whether no depth takes two bytes: then no two flags look like a third across their middle."""
    upper = flags[1 if sys.byteorder == "little" else 0 :: _FLAG_BYTES]
    return not upper.translate(None, _UPPER_HALVES)


@lru_cache(maxsize=256)
def _one(flag: int) -> re.Pattern[bytes]:
    return re.compile(re.escape(_bytes_of(flag)), re.DOTALL)


@lru_cache(maxsize=256)
def _same(flag: int) -> re.Pattern[bytes]:
    return re.compile(rb"(?:" + re.escape(_bytes_of(flag)) + rb")*+", re.DOTALL)


def _bytes_of(flag: int) -> bytes:
    return flag.to_bytes(_FLAG_BYTES, sys.byteorder)
