"""Which element a row of indented markup is of: ``/catalog/book[2]/title``, as XPath spells it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tui.body.json.flags import CLOSER, DEPTH_BITS
from tui.body.markup.lines import first_row_of_line
from tui.body.rows import decode

if TYPE_CHECKING:
    from tui.body.markup.cutting import MarkupRows

_NAME_BYTES_MAX = 200
"""Of a longer name only the beginning is looked at."""
_NAME = re.compile(rb"<(/?+)([A-Za-z_:\x80-\xff][^\s/>]{0,%d}+)" % (_NAME_BYTES_MAX - 1))
_LOOKED_AT_ROWS = 20_000
"""Among more siblings an element is not told from them, which would take more than a frame."""
_STEPS_MAX = 200


def path_of_row(rows: MarkupRows, index: int) -> str:
    """Return the path to the element that a row is of; a comment is of that around it.

    A position is told from the second element of a name on. What is nested very deeply has none.
    """
    found = _first_of_line(rows, index)
    if found is not None and rows.flags[found] & DEPTH_BITS > _STEPS_MAX:
        return ""
    steps: list[str] = []
    while found is not None and len(steps) < _STEPS_MAX:
        parent = _parent(rows, found)
        if step := _step(rows, parent, found):
            steps.append(step)
        found = parent
    return "" if found is not None or not steps else "/" + "/".join(reversed(steps))


def _first_of_line(rows: MarkupRows, index: int) -> int | None:
    """Return the row where the line begins; None if that is very far."""
    first = first_row_of_line(rows, index, max(0, index - _LOOKED_AT_ROWS))
    return None if rows.goes_on(first) else first


def _parent(rows: MarkupRows, row: int) -> int | None:
    """Return the row of the element around a row; None at the top."""
    depth = rows.flags[row] & DEPTH_BITS
    return rows.flags.last_below(row, depth) if depth and row else None


def _step(rows: MarkupRows, parent: int | None, row: int) -> str:
    name = _name_at(rows, row)
    if name is None:
        return ""
    first = 0 if parent is None else parent + 1
    depth = rows.flags[row] & DEPTH_BITS
    text = decode(name) + "…" * (len(name) == _NAME_BYTES_MAX)
    if row - first > _LOOKED_AT_ROWS or not depth:
        return text
    is_closer = bool(rows.flags[row] & CLOSER)
    same = sum(_name_at(rows, at) == name for at in range(first, row) if rows.flags[at] == depth)
    position = same + (not is_closer)
    return f"{text}[{position}]" if position > 1 else text


def _name_at(rows: MarkupRows, row: int) -> bytes | None:
    """Return the name of the element that begins in a row, or that a row ends by its flags."""
    found = _NAME.match(rows.data, rows.index.starts[row])
    if found is None or (found[1] and not rows.flags[row] & CLOSER):
        return None
    return found[2] if rows.has_case else found[2].lower()
