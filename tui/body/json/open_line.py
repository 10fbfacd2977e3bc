"""The line of growing JSON that is still open, as rows behind those of the layout.

It is shown as far as it came. What it will be is not known yet: where it ends, what a word or a
number cut in the middle comes to, and whether it is JSON at all.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from tui.body.cuts import cut_before
from tui.body.growing import whole_characters
from tui.body.json.flags import DEPTH_BITS
from tui.body.json.rows import draw_json
from tui.body.rows import Row, decode

if TYPE_CHECKING:
    from tui.body.json.laid import CutLine
    from tui.body.json.layout import JsonLayout, Line


class OpenLine:
    """At most one line, of any number of rows; it never becomes shorter."""

    final_row_count = 0

    def __init__(self, layout: JsonLayout) -> None:
        self.first_offset = 0
        """Where it begins."""
        self.reached = 0
        """Offset of the first byte that no row holds yet."""
        self._layout = layout
        self._starts: list[int] = []
        self._is_begun = False
        """Whether the layout has the first rows of the line already."""

    @property
    def row_count(self) -> int:
        """How many rows there are so far."""
        return len(self._starts)

    @property
    def line_count(self) -> int:
        """One, if it has begun."""
        return min(1, len(self._starts)) if not self._is_begun else 0

    def update(self) -> None:
        """Take in how far the layout has come."""
        layout = self._layout
        line = layout.line
        if layout.cutting is not None:
            self._leave_to(layout.cutting.start)
            return
        if line is None:
            self._begin(layout.rows.end)
            return
        if line.start != self.first_offset:
            self._begin(line.start)
        end = len(layout.data) if layout.is_waiting else layout.position
        end = whole_characters(layout.data, line.start, end)
        if end > self.reached:
            self._cut(end)

    def _begin(self, offset: int) -> None:
        self.first_offset = self.reached = offset
        self._is_begun = False
        self._starts.clear()

    def _leave_to(self, offset: int) -> None:
        """Keep what the layout, which has all of the line now, has not cut yet."""
        self.first_offset = offset
        self._is_begun = True
        del self._starts[: bisect_left(self._starts, offset)]

    def _cut(self, end: int) -> None:
        """Cut what is new; the last row may have had room left."""
        room = self._layout.room(self._flag)
        if not self._starts:
            self._starts.append(self.first_offset)
        while end - self._starts[-1] > room:
            at = self._starts[-1]
            self._starts.append(cut_before(self._layout.data, at, at + room))
        self.reached = end

    def span(self, index: int) -> tuple[int, int]:
        """Return the first byte of a row, and the first one behind it."""
        is_last = index + 1 >= len(self._starts)
        return self._starts[index], self.reached if is_last else self._starts[index + 1]

    def row(self, index: int) -> Row:
        """Cut, decode and colour one row."""
        start, end = self.span(index)
        return draw_json(
            decode(self._layout.data[start:end]),
            depth=self._flag & DEPTH_BITS,
            is_continued=not self.starts_line(index),
            is_in_string=self._is_in_string(start),
        )

    def row_at(self, offset: int) -> int:
        """Return the row that holds a byte, the nearest one if none does."""
        return max(0, sum(start <= offset for start in self._starts) - 1)

    def row_of(self, number: int) -> int:
        """Return the row where the line begins."""
        del number
        return 0

    def number(self, index: int) -> str:
        """Return the number of the line that a row begins, among those here."""
        return "1" if self.starts_line(index) else ""

    def starts_line(self, index: int) -> bool:
        """Whether a row begins the line."""
        return index == 0 and not self._is_begun

    @property
    def _line(self) -> Line | CutLine | None:
        return self._layout.line or self._layout.cutting

    @property
    def _flag(self) -> int:
        return self._line.flag if self._line is not None else 0

    def _is_in_string(self, offset: int) -> bool:
        line, begun = self._line, self._layout.open_string
        if begun is not None and offset > begun:
            return True
        strings = () if line is None else line.strings
        return any(start < offset < end for start, end in strings)
