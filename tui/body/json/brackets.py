"""Where brackets of pretty JSON open and close, and what is between them, told by depth alone.

Looks at the flags of a layout's rows and at no byte of the body: a byte or two a row, searched
and compared in C, so that an array of a million elements takes a few milliseconds.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, Protocol

from tui.body.json.flags import BROKEN, CLOSER, CONTINUED, DEPTH_BITS, IN_STRING, in_a_byte

if TYPE_CHECKING:
    from tui.body.growing import Bytes
    from tui.body.json.flags import RowFlags
    from tui.body.rows import RowIndex

_BLOCK_BYTES = 65_536


class LaidOut(Protocol):
    """Rows of JSON, among which there may be others, without depth."""

    data: Bytes
    rows: RowIndex
    flags: RowFlags

    @property
    def is_complete(self) -> bool:
        """Whether all rows are known."""
        ...


def is_opening(layout: LaidOut, row: int) -> bool:
    """Whether an opening bracket ends a row; told by the row behind it, which must be known."""
    flags = layout.flags
    if row + 1 >= len(flags):
        return False
    depth = flags[row] & DEPTH_BITS
    return depth < DEPTH_BITS and flags[row + 1] & DEPTH_BITS == depth + 1


def is_text(layout: LaidOut, row: int) -> bool:
    """Whether a row is of a line that is no JSON, among others that are."""
    if layout.flags[row] not in (BROKEN, IN_STRING | CONTINUED):
        return False
    return layout.flags[first_row_of_line(layout, row)] == BROKEN


def closing_of(layout: LaidOut, opening: int, start: int | None = None) -> int | None:
    """Return the row of the bracket that closes one, looked for from ``start``; None if unknown."""
    closing = (layout.flags[opening] & DEPTH_BITS) | CLOSER
    return layout.flags.find(closing, opening + 1 if start is None else start)


def end_of_line(layout: LaidOut, row: int) -> int:
    """Return the first row behind the line that a row is of."""
    continued = layout.rows.continued
    at = bisect_left(continued, row + 1)
    # Rows that go on with one line are consecutive; most often they are few.
    known, beyond, count = 0, 1, len(continued) - at
    while beyond <= count and continued[at + beyond - 1] == row + beyond:
        known, beyond = beyond, 2 * beyond
    more = range(min(beyond, count))
    return row + 1 + bisect_left(more, 1, known, key=lambda n: continued[at + n] != row + 1 + n)


def first_row_of_line(layout: LaidOut, row: int) -> int:
    """Return the row where the line begins that a row is of."""
    continued = layout.rows.continued
    at = bisect_left(continued, row + 1)
    return row - bisect_left(range(at), 1, key=lambda more: continued[at - 1 - more] != row - more)


def opening_around(layout: LaidOut, row: int) -> int | None:
    """Return the row of the bracket that is open around a row, which may be that of a closing one.

    Costs about 20 ms in the middle of a million siblings, next to nothing among few.
    """
    flag = layout.flags[first_row_of_line(layout, row)]
    depth = flag & DEPTH_BITS
    inner = depth + 1 if flag & CLOSER else depth
    if not inner or depth == DEPTH_BITS:
        return None
    return end_of_line(layout, layout.flags.last_below(row, inner)) - 1


def count_items(layout: LaidOut, opening: int, closing: int) -> int:
    """Return how many values or members there are between two brackets."""
    depth = layout.flags[opening] & DEPTH_BITS
    return layout.flags.count(depth + 1, opening + 1, closing)


def shape_of(layout: LaidOut, opening: int, closing: int) -> tuple[int, ...]:
    """Return the shape of regularly nested arrays, the outer length first; empty if irregular.

    Objects count as arrays: who knows that there are numbers only knows that there are none.
    """
    flags, depth, first = layout.flags, layout.flags[opening] & DEPTH_BITS, opening + 1
    if (
        first < closing
        and flags[first] == depth + 1
        and flags.first_other(first, closing) == closing
    ):
        return (closing - first,)
    between = flags.shallow(first, closing)
    shape: list[int] = []
    while between and (closer := in_a_byte((depth + 1) | CLOSER)) is not None:
        depth += 1
        end = between.find(closer)
        if end < 0:
            is_flat = not between.strip(bytes((depth,)))
            return (*shape, len(between)) if is_flat else ()
        unit = between[: end + 1]
        if not _repeats(between, unit):
            return ()
        shape.append(len(between) // len(unit))
        between = unit[1:-1]
    return ()


def _repeats(flags: bytes, unit: bytes) -> bool:
    """Whether flags are the same few over and over; by blocks, so that little is copied."""
    block = unit * (_BLOCK_BYTES // len(unit) + 1)
    places = range(0, len(flags), len(block))
    return len(flags) % len(unit) == 0 and all(
        block.startswith(flags[at : at + len(block)]) for at in places
    )
