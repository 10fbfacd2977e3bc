"""The rows of pretty JSON that are laid out: where they begin, and what kinds of row they are."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from operator import sub
from typing import TYPE_CHECKING

from tui.body.cuts import cut_line
from tui.body.json.flags import CONTINUED, DEPTH_BITS, IN_STRING, RowFlags
from tui.body.json.grammar import STRING, WHITESPACE, first_token_offset
from tui.body.rows import RowIndex

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.body.growing import Bytes

_STRING = re.compile(STRING)
_CUT_BYTES = 16
"""Cutting a row takes as long as reading so many bytes, however many there are in it."""


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
        self.cutting: CutLine | None = None
        """The line of which not all rows are there yet."""

    def extend(self, starts: array[int], flags: array[int]) -> None:
        """Add lines of a row each."""
        self.rows.starts.extend(starts)
        self.flags.extend(flags)

    def add_lines(self, data: Bytes, bounds: list[int], flags: array[int]) -> None:
        """Add lines of any length, each between two of ``bounds``; see `add_line`."""
        added = 0
        if max(map(sub, bounds[1:], bounds), default=0) > self.rooms[-1]:
            for at, flag in enumerate(flags):
                if bounds[at + 1] - bounds[at] > self.rooms[flag & DEPTH_BITS]:
                    self.extend(array("Q", bounds[added:at]), flags[added:at])
                    self.add_line(data, (bounds[at], bounds[at + 1]), flag)
                    added = at + 1
        self.extend(array("Q", bounds[added:-1]), flags[added:])

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
        self.begin_line(data, span, flag, strings)
        while self.cutting is not None:
            self.cut_on(data, span[1] - span[0])

    def begin_line(
        self,
        data: Bytes,
        span: tuple[int, int],
        flag: int,
        strings: Sequence[tuple[int, int]] | None = None,
        first: int | None = None,
    ) -> None:
        """Begin to add a line as `add_line` does; `cut_on` adds its rows.

        Args:
            data: the text.
            span: where in it the line is.
            flag: its flags.
            strings: where there are strings in it; looked for if they are not known.
            first: where its first token begins; looked for if that is not known.
        """
        start, end = span
        room = self.rooms[flag & DEPTH_BITS]
        if data[end - 1] in WHITESPACE:
            end = start + len(data[start:end].rstrip(WHITESPACE))
        is_cut = end - start > room
        if is_cut:
            start = first_token_offset(data, start) if first is None else first
        if strings is None:
            strings = [each.span() for each in _STRING.finditer(data, start, end)] if is_cut else ()
        self.cutting = CutLine(start, end, room, flag, strings)

    def cut_on(self, data: Bytes, budget_bytes: int) -> int:
        """Add rows of the line that is begun; return what that costs, of the budget."""
        line = self.cutting
        if line is None:
            return 0
        is_begun = line.is_begun
        starts, flags = line.cut(data, budget_bytes // _CUT_BYTES)
        self.cutting = None if line.start == line.end else line
        self.add_cut(starts, flags, line.start, is_begun=is_begun)
        return len(starts) * _CUT_BYTES

    def add_cut(
        self, starts: array[int], flags: array[int], end: int, *, is_begun: bool = False
    ) -> None:
        """Add the rows of one line, or the next ones of a line that is begun, up to ``end``."""
        first = len(self.rows)
        self.rows.continued.extend(range(first + (not is_begun), first + len(starts)))
        self.rows.end = end
        self.extend(starts, flags)


@dataclass(slots=True)
class CutLine:
    """A line of which rows are still to be cut."""

    start: int
    """Where the next one begins."""
    end: int
    room: int
    """How many bytes fit on a row."""
    flag: int
    strings: Sequence[tuple[int, int]]
    """Where there are strings in it."""
    is_begun: bool = False

    def cut(self, data: Bytes, row_count: int) -> tuple[array[int], array[int]]:
        """Return where about so many of the next rows begin, and their flags."""
        limit = self.start + max(row_count, 2) * self.room
        starts = cut_line(data, self.start, min(limit, self.end), self.room)
        self.start = self.end if limit >= self.end else starts.pop()
        flags = self._flags(starts)
        self.is_begun = True
        return starts, flags

    def _flags(self, starts: array[int]) -> array[int]:
        begun = self.flag | CONTINUED
        flags = array("H", [begun if self.is_begun else self.flag]) + array("H", [begun]) * (
            len(starts) - 1
        )
        first = 0 if self.is_begun else 1
        for begin, stop in self.strings if first < len(starts) else ():
            inside = slice(
                max(first, bisect_right(starts, begin)), max(first, bisect_left(starts, stop))
            )
            flags[inside] = array("H", [begun | IN_STRING]) * len(flags[inside])
        return flags
