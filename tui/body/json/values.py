"""The value that begins or ends at a row of pretty JSON, as bytes, exactly as it is spelt."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.body.json.brackets import (
    closing_of,
    end_of_line,
    first_row_of_line,
    is_opening,
    is_text,
    opening_around,
)
from tui.body.json.flags import CLOSER
from tui.body.json.grammar import WHITESPACE
from tui.body.json.layout import BOM
from tui.body.json.strings import behind_key

if TYPE_CHECKING:
    from tui.body.growing import Bytes
    from tui.body.json.brackets import LaidOut


def value_span(data: Bytes, layout: LaidOut, row: int) -> tuple[int, int] | None:
    """Return from where up to where the value of a row is; None where its end is not known.

    On a closing bracket, the value that it closes; of a line that is no JSON, all of it.
    """
    if is_text(layout, row):
        start = layout.rows.span(first_row_of_line(layout, row))[0]
        stop = layout.rows.span(end_of_line(layout, row) - 1)[1]
        return start, start + len(data[start:stop].rstrip(WHITESPACE))
    if layout.flags[row] & CLOSER:
        opening = opening_around(layout, row)
        if opening is None:
            return None
        row = opening
    first, end = first_row_of_line(layout, row), end_of_line(layout, row)
    start = _value_start(data, layout.rows.span(first)[0], layout.rows.span(end - 1)[1])
    if not is_opening(layout, end - 1):
        stop = layout.rows.span(end - 1)[1]
        text = data[start:stop].rstrip(WHITESPACE).removesuffix(b",")
        return start, start + len(text.rstrip(WHITESPACE))
    closing = closing_of(layout, end - 1)
    if closing is None:
        return None
    bracket = _value_start(data, *layout.rows.span(closing))
    return start, bracket + 1


def _value_start(data: Bytes, start: int, end: int) -> int:
    if start == 0 and data.startswith(BOM):
        start = len(BOM)
    return behind_key(data, start, end)
