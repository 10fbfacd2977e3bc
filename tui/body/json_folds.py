"""Which parts of pretty JSON are folded: those between brackets, and strings of many rows.

A fold is told by the row that stays in sight: the last one of the line with the opening bracket,
or the first one of a string that is cut into several.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from enum import Enum
from typing import TYPE_CHECKING

from tui.body.embedded import is_embedded, string_in_line
from tui.body.json_brackets import (
    closing_of,
    end_of_line,
    first_other,
    first_row_of_line,
    is_opening,
    opening_around,
)
from tui.body.json_layout import CONTINUED, DEPTH_BITS

if TYPE_CHECKING:
    from tui.body.json_layout import JsonLayout


class FoldMode(Enum):
    """What is folded unless it was toggled."""

    EMBEDDED = "embedded"
    """Strings that hold other files."""
    ALL = "all"
    """They, and whatever is in brackets, but for the outermost ones."""
    NOTHING = "nothing"


class JsonFolds:
    """What is folded in the rows of a layout, as far as they are known."""

    def __init__(self, data: bytes, layout: JsonLayout) -> None:
        self._data = data
        self._layout = layout
        self._mode = FoldMode.EMBEDDED
        self._toggled = array("I")
        """Sorted."""
        self._least_depth = 1

    def reset(self, mode: FoldMode) -> None:
        """Forget what was toggled."""
        self._mode, self._toggled = mode, array("I")
        self._least_depth = 0 if self._layout.value_count > 1 else 1

    def toggle(self, fold: int) -> None:
        """Fold what is not, unfold what is."""
        at = bisect_left(self._toggled, fold)
        if at < len(self._toggled) and self._toggled[at] == fold:
            del self._toggled[at]
        else:
            self._toggled.insert(at, fold)

    def is_folded(self, fold: int) -> bool:
        """Whether a row that can have a fold has it folded."""
        at = bisect_left(self._toggled, fold)
        is_toggled = at < len(self._toggled) and self._toggled[at] == fold
        return is_toggled != self._is_folded_at_first(fold)

    def next_from(self, row: int, end: int) -> int | None:
        """Return the first row from ``row`` on and before ``end`` that has a fold, folded."""
        found = [self._next_toggled(row, end)]
        if self._mode is not FoldMode.NOTHING:
            found.append(self._next_embedded(row, end))
        if self._mode is FoldMode.ALL:
            found.append(self._next_bracket(row, end))
        return min((each for each in found if each is not None), default=None)

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

    def _is_folded_at_first(self, fold: int) -> bool:
        if self._mode is FoldMode.NOTHING:
            return False
        if self.is_string(fold):
            return self._is_embedded(fold)
        depth = self._layout.flags[fold] & DEPTH_BITS
        return self._mode is FoldMode.ALL and depth >= self._least_depth

    def _is_embedded(self, fold: int) -> bool:
        rows = self._layout.rows
        start, end = rows.span(fold)[0], rows.span(end_of_line(self._layout, fold) - 1)[1]
        string = string_in_line(self._data, start, end)
        return string is not None and is_embedded(self._data, *string)

    def _next_toggled(self, row: int, end: int) -> int | None:
        for at in range(bisect_left(self._toggled, row), len(self._toggled)):
            if self._toggled[at] >= end:
                return None
            if not self._is_folded_at_first(self._toggled[at]):
                return self._toggled[at]
        return None

    def _next_embedded(self, row: int, end: int) -> int | None:
        continued = self._layout.rows.continued
        if row < len(self._layout.flags) and self._layout.flags[row] & CONTINUED:
            row = end_of_line(self._layout, row)
        at = bisect_left(continued, row + 1)
        while at < len(continued) and (fold := continued[at] - 1) < end:
            if self.is_string(fold) and self.is_folded(fold):
                return fold
            at = bisect_left(continued, end_of_line(self._layout, fold), at)
        return None

    def _next_bracket(self, row: int, end: int) -> int | None:
        layout = self._layout
        while row < end:
            other = first_other(layout, row, end)
            if is_opening(layout, other - 1) and self.is_folded(other - 1):
                return other - 1
            row = other
        return None
