"""Lines of indented markup, which may be many rows, and which of them hold others.

Looks at the flags of rows and at no byte of the body: most of it is searched in C.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.body.json.flags import CLOSER, DEPTH_BITS
from tui.body.markup.cutting import VERBATIM

if TYPE_CHECKING:
    from tui.body.markup.cutting import MarkupRows


def first_row_of_line(rows: MarkupRows, row: int, least: int = 0) -> int:
    """Return the row where the line begins that a row is of; ``least`` if that is before it."""
    if not rows.goes_on(row):
        return row
    if not rows.flags[row] & CLOSER:
        return rows.flags.last_below(row, DEPTH_BITS + 1, least)
    while row > least and rows.goes_on(row):
        row -= 1
    return row


def end_of_line(rows: MarkupRows, row: int) -> int:
    """Return the first row behind the line that a row is of, as far as rows are known."""
    at, end = row + 1, len(rows.flags)
    while at < end and rows.goes_on(at):
        at = rows.flags.first_other(at, end)
    return at


def is_opening(rows: MarkupRows, row: int) -> bool:
    """Whether others are within the line that a row ends; told by the row behind it."""
    if row + 1 >= len(rows.flags):
        return False
    depth = rows.flags[row] & DEPTH_BITS
    return depth < DEPTH_BITS and rows.flags[row + 1] & DEPTH_BITS == depth + 1


def fold_of_line(rows: MarkupRows, first: int) -> int | None:
    """Return the row behind which a line, told by its first row, or what is in it can be folded."""
    end = end_of_line(rows, first)
    if is_opening(rows, end - 1):
        return end - 1
    if end == first + 1:
        return None
    at = first + 1
    if not rows.flags[at] & VERBATIM:
        at = rows.flags.first_other(at, end)
    return at - 1 if at < end else None


def fold_around(rows: MarkupRows, first: int) -> int | None:
    """Return the row of the fold that a line is in, or that it ends; None at the top."""
    flags = rows.flags[first]
    inner = (flags & DEPTH_BITS) + (1 if flags & CLOSER else 0)
    if not first or not inner:
        return None
    fold = end_of_line(rows, rows.flags.last_below(first, inner)) - 1
    return fold if is_opening(rows, fold) else None
