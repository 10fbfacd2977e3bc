"""Which parts of pretty JSON are folded: those between brackets, and strings of many rows.

A fold is told by the row that stays in sight: the last one of the line with the opening bracket,
or the first one of a string that is cut into several.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from typing import TYPE_CHECKING

from tui.body.embedded import is_embedded, string_in_line
from tui.body.folded import Folded, FoldMode
from tui.body.json.brackets import (
    closing_of,
    end_of_line,
    first_row_of_line,
    is_opening,
    opening_around,
)
from tui.body.json.flags import CONTINUED, DEPTH_BITS
from tui.body.json.grammar import first_token_offset

if TYPE_CHECKING:
    from tui.body.json.layout import JsonLayout


class JsonFolds:
    """What is folded in the rows of a layout, as far as they are known."""

    def __init__(self, layout: JsonLayout) -> None:
        self._layout = layout
        self._mode = FoldMode.EMBEDDED
        self._toggled = array("I")
        """Sorted."""
        self._least_depth = 1
        self._told: list[int] = []
        """Where lines begin that were toggled in another layout, the last first, not found yet."""
        self._unused: list[int] = []
        """Those with nothing to fold in this layout: strings for which one row is enough."""

    def reset(self, mode: FoldMode) -> None:
        """Forget what was toggled."""
        self.fold_as(Folded(mode, 0 if self._layout.value_count > 1 else 1))

    def folded(self) -> Folded:
        """Return what is folded, for another layout of the same bytes."""
        layout = self._layout
        lines = (
            first_token_offset(
                self._layout.data, layout.rows.span(first_row_of_line(layout, row))[0]
            )
            for row in self._toggled
        )
        toggled = sorted([*lines, *self._told, *self._unused])
        return Folded(self._mode, self._least_depth, tuple(toggled))

    def fold_as(self, folded: Folded) -> None:
        """Fold what was folded in another layout of the same bytes."""
        self._mode, self._least_depth = folded.mode, folded.least_depth
        self._toggled, self._told, self._unused = array("I"), list(folded.toggled[::-1]), []

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
        self._find_told(end)
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

    def _find_told(self, end: int) -> None:
        """Find the folds that were told of, of lines that begin before a row."""
        layout = self._layout
        while self._told and (row := layout.rows.row_at(self._told[-1])) < end:
            last = end_of_line(layout, row) - 1
            if is_opening(layout, last):
                self.toggle(last)
            elif row < last:
                self.toggle(row)
            else:
                self._unused.append(self._told[-1])
            del self._told[-1]

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
        string = string_in_line(self._layout.data, start, end)
        return string is not None and is_embedded(self._layout.data, *string)

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
            other = layout.flags.first_other(row, end)
            if is_opening(layout, other - 1) and self.is_folded(other - 1):
                return other - 1
            row = other
        return None
