"""Where in the value a row of pretty JSON is: ``predictions[17].score``, as JMESPath spells it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tui.body.json.brackets import first_row_of_line
from tui.body.json.flags import CLOSER, DEPTH_BITS
from tui.body.rows import decode

if TYPE_CHECKING:
    from tui.body.growing import Bytes
    from tui.body.json.brackets import LaidOut
    from tui.body.json.layout import JsonLayout

_KEY = re.compile(rb'[ \t\n\r]*+("(?:[^"\\]++|\\.)*+")[ \t\n\r]*+:', re.DOTALL)
_PLAIN_KEY = re.compile(r'"[A-Za-z_][A-Za-z0-9_]*"')


def path_of(data: Bytes, layout: JsonLayout, index: int) -> str:
    """Return the path from the root to the value that a row is of; empty for the root itself.

    Several values after one another count as one array. Costs about 20 ms in the middle of a
    million siblings, next to nothing among few.
    """
    root, path = _from_root(data, layout, index)
    if root is not None and layout.value_count > 1:
        path = f"[{layout.flags.count_values(0, root)}]{path}"
    return path.removeprefix(".")


def path_in_value(data: Bytes, layout: LaidOut, index: int) -> str:
    """Return the same for a row of JSON among others, which are not of its value."""
    return _from_root(data, layout, index)[1].removeprefix(".")


def _from_root(data: Bytes, layout: LaidOut, index: int) -> tuple[int | None, str]:
    """Return the first row of the root around a row, None if that is too deep, and the path."""
    index = _value_row(layout, index)
    depth = layout.flags[index] & DEPTH_BITS
    if depth == DEPTH_BITS:
        return None, ""
    parts: list[str] = []
    while depth:
        parent = _value_row(layout, layout.flags.last_below(index, depth))
        parts.append(_step(data, layout, parent, index))
        index, depth = parent, depth - 1
    return index, "".join(reversed(parts))


def _value_row(layout: LaidOut, index: int) -> int:
    """Return the row where the line begins, for a closing bracket that of its opening one."""
    index = first_row_of_line(layout, index)
    if not layout.flags[index] & CLOSER:
        return index
    return layout.flags.last_below(index, (layout.flags[index] & DEPTH_BITS) + 1)


def _step(data: Bytes, layout: LaidOut, parent: int, index: int) -> str:
    start, _ = layout.rows.span(index)
    found = _KEY.match(data, start)
    if found is None:
        depth = layout.flags[index] & DEPTH_BITS
        return f"[{layout.flags.count(depth, parent + 1, index)}]"
    return step_to(decode(found[1]))


def step_to(key: str) -> str:
    """Return the step of a path to the value of a key, which is spelt in its quotes."""
    return f".{key[1:-1]}" if _PLAIN_KEY.fullmatch(key) else f".{key}"
