"""Which element a row of indented XML is of: ``/catalog/book[2]/title``, as XPath spells it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tui.body.markup.layout import CLOSER, DEPTH_SHIFT
from tui.body.rows import decode

if TYPE_CHECKING:
    from tui.body.markup.layout import MarkupLayout

_NAME = re.compile(rb"</?+([A-Za-z_:\x80-\xff][\w:.\x80-\xff-]*+)")
_BLOCK_ROWS = 4_096
_LOOKED_AT_ROWS = 20_000
"""Among more siblings an element is not told from them, which would take more than a frame."""
_STEPS_MAX = 200


def path_of_row(data: bytes, layout: MarkupLayout, index: int) -> str:
    """Return the path to the element that a row is of; a comment is of that around it.

    A position is told from the second element of a name on.
    """
    found = _first_of_line(layout, index)
    steps: list[str] = []
    while found is not None and len(steps) < _STEPS_MAX:
        parent = _parent(layout, found)
        if step := _step(data, layout, parent, found):
            steps.append(step)
        found = parent
    return "" if found is not None or not steps else "/" + "/".join(reversed(steps))


def _first_of_line(layout: MarkupLayout, index: int) -> int | None:
    """Return the row where the line begins; None if that is very far."""
    for row in range(index, max(-1, index - _LOOKED_AT_ROWS), -1):
        if not layout.goes_on(row):
            return row
    return None


def _parent(layout: MarkupLayout, row: int) -> int | None:
    """Return the last row before that is less deep, by blocks, in C; None at the top."""
    bound = layout.flags[row] >> DEPTH_SHIFT << DEPTH_SHIFT
    end = row if bound else 0
    while end > 0:
        begin = max(0, end - _BLOCK_ROWS)
        block = layout.flags[begin:end]
        if min(block) < bound:
            return next(at for at in range(end - 1, begin - 1, -1) if block[at - begin] < bound)
        end = begin
    return None


def _step(data: bytes, layout: MarkupLayout, parent: int | None, row: int) -> str:
    name = _name_at(data, layout, row)
    if name is None:
        return ""
    first = 0 if parent is None else parent + 1
    depth = layout.flags[row] >> DEPTH_SHIFT
    text = decode(name)
    if row - first > _LOOKED_AT_ROWS or not depth:
        return text
    is_closer = layout.flags[row] & CLOSER
    rows = (at for at in range(first, row) if _begins_element(layout, at, depth))
    position = sum(_name_at(data, layout, at) == name for at in rows) + (not is_closer)
    return f"{text}[{position}]" if position > 1 else text


def _begins_element(layout: MarkupLayout, row: int, depth: int) -> bool:
    flags = layout.flags[row]
    return flags >> DEPTH_SHIFT == depth and not flags & CLOSER and not layout.goes_on(row)


def _name_at(data: bytes, layout: MarkupLayout, row: int) -> bytes | None:
    found = _NAME.match(data, layout.rows.starts[row])
    return None if found is None else found[1]
