"""Which parts of pretty JSON are folded: those between brackets, and strings of many rows.

A fold is told by the row that stays in sight: the last one of the line with the opening bracket,
or the first one of a string that is cut into several.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import lru_cache
from typing import TYPE_CHECKING

from tui.body.embedded import is_embedded, string_in_line
from tui.body.folded import FoldMode
from tui.body.folds import Folds
from tui.body.json.brackets import (
    closing_of,
    end_of_line,
    first_row_of_line,
    is_opening,
    opening_around,
)
from tui.body.json.flags import CLOSER_IN_A_BYTE, CONTINUED, DEPTH_BITS, depth_in
from tui.body.json.grammar import first_token_offset

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tui.body.json.brackets import LaidOut
    from tui.body.json.layout import JsonLayout

_NEAR_ROWS = 64
"""Of lines of several rows, beside the first of each."""


class BracketFolds(Folds):
    """What is folded in rows of JSON, among which there may be others, as far as they are known."""

    def __init__(self, layout: LaidOut) -> None:
        super().__init__()
        self._layout = layout

    @property
    def row_count(self) -> int:
        """How many rows of JSON are known."""
        return len(self._layout.flags)

    @property
    def is_complete(self) -> bool:
        """Whether all of them are."""
        return self._layout.is_complete

    @property
    def whole_lines_end(self) -> int:
        """Return the first row of the last line that is known."""
        rows = len(self._layout.flags)
        return first_row_of_line(self._layout, rows - 1) if rows else 0

    def line_of(self, fold: int) -> int:
        """Return where the line begins that a fold is of, white space before it left out."""
        layout = self._layout
        start, _ = layout.rows.span(first_row_of_line(layout, fold))
        return first_token_offset(layout.data, start)

    def fold_in_line(self, offset: int) -> tuple[int, int | None]:
        """Return the row of the line that begins at an offset, and that of its fold, if any."""
        layout = self._layout
        row = layout.rows.row_at(offset)
        last = end_of_line(layout, row) - 1
        if is_opening(layout, last):
            return row, last
        return row, row if row < last else None

    def fold_of(self, row: int) -> int | None:
        """Return the row of the fold that a row belongs to; None at the top."""
        layout = self._layout
        if row >= len(layout.flags):
            return None
        last = end_of_line(layout, row) - 1
        if is_opening(layout, last):
            return last
        first = first_row_of_line(layout, row)
        return first if first < last else opening_around(layout, row)

    def begins_at(self, row: int) -> bool:
        """Whether a row is that of a fold, folded or not."""
        layout = self._layout
        if row >= len(layout.flags):
            return False
        last = end_of_line(layout, row) - 1
        is_bracket = is_opening(layout, last)
        return row == last if is_bracket else row == first_row_of_line(layout, row) < last

    def is_string(self, fold: int) -> bool:
        """Whether a fold is of a long string, rather than of brackets."""
        return not is_opening(self._layout, fold)

    def end_of(self, fold: int, searched: int | None = None) -> int | None:
        """Return the first row behind what a fold hides; None if that is not known yet.

        Args:
            fold: the row that stays.
            searched: the row before which there is no closing bracket.
        """
        layout = self._layout
        if self.is_string(fold):
            return end_of_line(layout, fold)
        closing = closing_of(layout, fold, searched)
        if closing is not None:
            return end_of_line(layout, closing)
        return len(layout.flags) if layout.is_complete else None

    def is_folded_at_first(self, fold: int) -> bool:
        """Whether the mode folds what a row can have folded."""
        if self.mode is FoldMode.NOTHING:
            return False
        if self.is_string(fold):
            return self._is_embedded(fold)
        depth = self._layout.flags[fold] & DEPTH_BITS
        return self.mode is FoldMode.ALL and depth >= self.least_depth

    def _is_embedded(self, fold: int) -> bool:
        rows = self._layout.rows
        start, end = rows.span(fold)[0], rows.span(end_of_line(self._layout, fold) - 1)[1]
        string = string_in_line(self._layout.data, start, end)
        return string is not None and is_embedded(self._layout.data, *string)

    def next_by_mode(self, row: int, end: int) -> int | None:
        """Return the first row from ``row`` on and before ``end`` that the mode folds, folded."""
        if self.mode is FoldMode.NOTHING:
            return None
        is_all = self.mode is FoldMode.ALL
        # In their order: one that is far behind the first would be looked for again for each.
        for line in self._lines_of_rows(row, end):
            if is_all and (bracket := self._next_bracket(row, line)) is not None:
                return bracket
            self.looked_at += 1
            if self.is_string(line) and self.is_folded(line):
                return line
            row = line
        return self._next_bracket(row, end) if is_all else None

    def near_end(self, row: int, end: int) -> int:
        """Return up to where a few lines of several rows begin, if that is before ``end``."""
        continued = self._layout.rows.continued
        at = bisect_left(continued, row) + _NEAR_ROWS
        return min(end, continued[at]) if at < len(continued) else end

    def many_from(self, row: int, end: int) -> list[tuple[int, int]]:
        """Return brackets that are folded, and the first row behind each, as far as it is easy."""
        rows, flags = self._layout.rows, self._layout.flags
        at = bisect_left(rows.continued, row)
        is_cut = at < len(rows.continued) and rows.continued[at] <= end
        if self.mode is not FoldMode.ALL or self.has_toggled or is_cut:
            return []
        shallow = flags.shallow(row, end)
        if shallow is None:
            return []
        found = _brackets(self.least_depth).finditer(shallow)
        return [(row + each.start(), row + each.end()) for each in found]

    def _lines_of_rows(self, row: int, end: int) -> Iterator[int]:
        """Yield the first row of each line of several, from ``row`` on and before ``end``."""
        continued = self._layout.rows.continued
        if row < len(self._layout.flags) and self._layout.flags[row] & CONTINUED:
            row = end_of_line(self._layout, row)
        at = bisect_left(continued, row + 1)
        while at < len(continued) and (first := continued[at] - 1) < end:
            yield first
            at = bisect_left(continued, end_of_line(self._layout, first), at)

    def _next_bracket(self, row: int, end: int) -> int | None:
        layout = self._layout
        while row < end:
            other = layout.flags.first_other(row, end)
            if is_opening(layout, other - 1) and self.is_folded(other - 1):
                return other - 1
            row = other
        return None


class JsonFolds(BracketFolds):
    """What is folded in JSON, and nothing but JSON."""

    def __init__(self, layout: JsonLayout, *, are_lines: bool = False) -> None:
        super().__init__(layout)
        self._json = layout
        self._are_lines = are_lines

    @property
    def has_several_tops(self) -> bool:
        """Whether there are several values; of lines that grow one expects more."""
        is_more_expected = self._are_lines and self._json.is_growing
        return is_more_expected or self._json.value_count > 1


@lru_cache(maxsize=2)
def _brackets(depth: int) -> re.Pattern[bytes]:
    """Return what rows between brackets of a depth are, by flags in a byte each."""
    deeper = b"".join(re.escape(bytes((byte,))) for byte in range(256) if depth_in(byte) > depth)
    opening, closing = (re.escape(bytes((depth | kind,))) for kind in (0, CLOSER_IN_A_BYTE))
    return re.compile(opening + b"[" + deeper + b"]++" + closing)
