"""The rows of pretty JSON that are laid out: where they begin, and what kinds of row they are."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

from tui.body.cuts import cut_line
from tui.body.json.flags import CONTINUED, DEPTH_BITS, IN_STRING, RowFlags
from tui.body.json.grammar import STRING, WHITESPACE, first_token_offset
from tui.body.rows import RowIndex

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.body.growing import Bytes

_STRING = re.compile(STRING)


class LaidJson:
    """Rows of pretty JSON, to which others are added behind the last.

    ``rows`` holds where each row begins, ``flags`` its depth (`DEPTH_BITS`), `IN_STRING` and
    `CLOSER`.
    """

    def __init__(self, rooms: tuple[int, ...]) -> None:
        self.rows = RowIndex()
        self.flags = RowFlags()
        self.rooms = rooms
        """How many bytes fit on a row beside its indentation, at each depth."""

    def extend(self, starts: array[int], flags: array[int]) -> None:
        """Add lines of a row each."""
        self.rows.starts.extend(starts)
        self.flags.extend(flags)

    def add_line(
        self,
        data: Bytes,
        span: tuple[int, int],
        flag: int,
        strings: Sequence[tuple[int, int]] | None = None,
    ) -> None:
        """Add a line that may be too long for one row; then white space before it is left out.

        Args:
            data: the text.
            span: where in it the line is.
            flag: its flags.
            strings: where there are strings in it; looked for if they are not known.
        """
        start, end = span
        room = self.rooms[flag & DEPTH_BITS]
        while data[end - 1] in WHITESPACE:
            end -= 1
        if end - start > room:
            start = first_token_offset(data, start)
        starts = cut_line(data, start, end, room)
        if strings is None:
            is_cut = len(starts) > 1
            strings = [each.span() for each in _STRING.finditer(data, start, end)] if is_cut else ()
        self.add_cut(starts, _flags_of_cut(starts, flag, strings), end)

    def add_cut(self, starts: array[int], flags: array[int], end: int) -> None:
        """Add the rows of one line, up to ``end``."""
        first = len(self.rows)
        self.rows.continued.extend(range(first + 1, first + len(starts)))
        self.rows.end = end
        self.extend(starts, flags)


def _flags_of_cut(starts: array[int], flag: int, strings: Sequence[tuple[int, int]]) -> array[int]:
    flags = array("H", [flag]) + array("H", [flag | CONTINUED]) * (len(starts) - 1)
    for begin, stop in strings if len(starts) > 1 else ():
        inside = slice(max(1, bisect_right(starts, begin)), max(1, bisect_left(starts, stop)))
        flags[inside] = array("H", [flag | CONTINUED | IN_STRING]) * len(flags[inside])
    return flags
