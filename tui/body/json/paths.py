"""Where in the value a row of pretty JSON is: ``predictions[17].score``, as JMESPath spells it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tui.body.decoding import as_pieces
from tui.body.json.brackets import end_of_line, first_row_of_line
from tui.body.json.flags import CLOSER, DEPTH_BITS
from tui.body.json.grammar import WHITESPACE
from tui.body.json.strings import SLICE_BYTES, end_in_string
from tui.body.rows import decode

if TYPE_CHECKING:
    from tui.body.growing import Bytes
    from tui.body.json.brackets import LaidOut
    from tui.body.json.layout import JsonLayout

_QUOTE = re.compile(rb'[ \t\n\r]*+"')
_COLON = re.compile(rb'"[ \t\n\r]*+:')
_BLANK_BYTES = 4 * 1024
_PLAIN_KEY = re.compile(r'"[A-Za-z_][A-Za-z0-9_]*"')


def path_of(data: Bytes, layout: JsonLayout, index: int, chars_max: int) -> str:
    """Return the path from the root to the value that a row is of; empty for the root itself.

    Behind the rows of the layout is what is no JSON, which has none. Several values after one
    another count as one array. Costs about 20 ms in the middle of a million siblings, next to
    nothing among few.

    Args:
        data: the JSON.
        layout: of it.
        index: the row.
        chars_max: of a path that is longer, only about so many characters at its end are told,
            and a key of more than some thousand is cut.
    """
    if index >= len(layout.rows):
        return ""
    root, path = _from_root(data, layout, index, chars_max)
    if root is None:
        return path
    if layout.value_count > 1:
        path = f"[{layout.flags.count_values(0, root)}]{path}"
    return path.removeprefix(".")


def path_in_value(data: Bytes, layout: LaidOut, index: int, chars_max: int) -> str:
    """Return the same for a row of JSON among others, which are not of its value."""
    root, path = _from_root(data, layout, index, chars_max)
    return path if root is None else path.removeprefix(".")


def _from_root(data: Bytes, layout: LaidOut, index: int, chars_max: int) -> tuple[int | None, str]:
    """Return the first row of the root around a row, None if that is too far, and the path."""
    index = _value_row(layout, index)
    depth = layout.flags[index] & DEPTH_BITS
    if depth == DEPTH_BITS:
        return None, ""
    parts: list[str] = []
    room_chars = chars_max
    while depth and room_chars > 0:
        parent = _value_row(layout, layout.flags.last_below(index, depth))
        parts.append(_step(data, layout, parent, index, chars_max))
        room_chars -= len(parts[-1])
        index, depth = parent, depth - 1
    return None if depth else index, "".join(reversed(parts))


def _value_row(layout: LaidOut, index: int) -> int:
    """Return the row where the line begins, for a closing bracket that of its opening one."""
    index = first_row_of_line(layout, index)
    if not layout.flags[index] & CLOSER:
        return index
    return layout.flags.last_below(index, (layout.flags[index] & DEPTH_BITS) + 1)


def _step(data: Bytes, layout: LaidOut, parent: int, index: int, chars_max: int) -> str:
    start, _ = layout.rows.span(index)
    begun = _QUOTE.match(data, start)
    if begun is not None:
        end = end_in_string(data, begun.end(), begun.end() + SLICE_BYTES)
        if not data.startswith(b'"', end) and _opens_object(data, layout, parent):
            # A very long name; a very long text among others is not read for its number.
            end = end_in_string(data, begun.end(), begun.end() + max(chars_max, SLICE_BYTES))
            if not data.startswith(b'"', end):
                return step_to(f'{decode(data[begun.end() - 1 : begun.end() + chars_max])}…"')
        if _COLON.match(data, end):
            return step_to(_decoded(data[begun.end() - 1 : end + 1]))
    depth = layout.flags[index] & DEPTH_BITS
    return f"[{layout.flags.count(depth, parent + 1, index)}]"


def _decoded(key: Bytes) -> str:
    """Do what `decode` does, for a name that may be as long as the body."""
    return "".join(as_pieces(key, None, errors="surrogateescape"))


def _opens_object(data: Bytes, layout: LaidOut, row: int) -> bool:
    """Whether the bracket at the end of a line, of which a row is the first, is of an object."""
    end = layout.rows.span(end_of_line(layout, row) - 1)[1]
    text = data[max(0, end - _BLANK_BYTES) : end].rstrip(WHITESPACE)
    return (text or data[:end].rstrip(WHITESPACE)).endswith(b"{")


def step_to(key: str) -> str:
    """Return the step of a path to the value of a key, which is spelt in its quotes."""
    return f".{key[1:-1]}" if _PLAIN_KEY.fullmatch(key) else f".{key}"
