"""Which parts of indented markup are folded: what is within an element, and lines of many rows.

<ul>             <ul> … 2 items </ul>       <pre>            <pre> … 2 lines · 12 B </pre>
  <li>a     ──▶                              a          ──▶
  <li>b                                      b</pre>
</ul>
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.body.folded import FoldMode
from tui.body.folds import Folds
from tui.body.json.flags import CLOSER, DEPTH_BITS
from tui.body.markup.cutting import VERBATIM
from tui.body.markup.lines import (
    end_of_line,
    first_row_of_line,
    fold_around,
    fold_of_line,
    is_opening,
)

if TYPE_CHECKING:
    from tui.body.markup.cutting import MarkupRows
    from tui.body.markup.laying_out import LayingOut


class _Tops:
    """Counts what holds others and is in no other, up to two; no row is looked at again."""

    def __init__(self, rows: MarkupRows) -> None:
        self.count = 0
        self._rows = rows
        self._at = 0
        """The first row that is not looked at yet."""
        self._is_within = False
        """Whether that may be in one of them."""

    def look(self) -> None:
        """Look at the rows that are known by now; what begins is told by the first one in it."""
        flags = self._rows.flags
        while self.count < 2 and self._at < len(flags):
            is_within = self._is_within
            found = flags.first_within(0, self._at) if is_within else flags.first_indented(self._at)
            self._at = len(flags) if found is None else found
            if found is not None:
                self._is_within = not is_within
                self.count += self._is_within


class MarkupFolds(Folds):
    """What is folded in the rows of a layout, as far as they are known."""

    def __init__(self, layout: LayingOut) -> None:
        super().__init__()
        self._layout = layout
        self._rows = layout.maker
        self._last_line = (0, 0)
        """A row, the last one some time ago, and the first one of its line."""
        self._tops = _Tops(self._rows)

    @property
    def row_count(self) -> int:
        """How many rows of markup are known."""
        return len(self._rows.flags)

    @property
    def is_complete(self) -> bool:
        """Whether all of them are."""
        return self._layout.is_complete

    @property
    def whole_lines_end(self) -> int:
        """Return the first row of the last line that is known.

        A line may have millions of rows, and more each time: none is looked at again.
        """
        last, (known, first) = self.row_count - 1, self._last_line
        if last > known:
            found = first_row_of_line(self._rows, last, known)
            is_same = found == known and self._rows.goes_on(known)
            self._last_line = last, first if is_same else found
        return self._last_line[1]

    @property
    def has_several_tops(self) -> bool:
        """Whether two elements or more that hold others are in no other."""
        self._tops.look()
        return self._tops.count > 1

    def fold_of(self, row: int) -> int | None:
        """Return the row of the fold that a row belongs to; None at the top."""
        if row >= self.row_count:
            return None
        first = first_row_of_line(self._rows, row)
        own = fold_of_line(self._rows, first) if self._is_whole(first) else None
        return fold_around(self._rows, first) if own is None else own

    def begins_at(self, row: int) -> bool:
        """Whether a row is that of a fold, folded or not."""
        if row >= self.row_count or not self._is_whole(row):
            return False
        return is_opening(self._rows, row) or self._ends_first_line(row)

    def is_text(self, fold: int) -> bool:
        """Whether a fold is of a line of many rows, rather than of what is within an element."""
        return not is_opening(self._rows, fold)

    def end_of(self, fold: int, searched: int | None = None) -> int | None:
        """Return the first row behind what a fold hides; None if that is not known yet.

        Args:
            fold: the row that stays.
            searched: the row before which it does not end.
        """
        rows = self._rows
        if self.is_text(fold):
            return self._known(end_of_line(rows, fold))
        depth = rows.flags[fold] & DEPTH_BITS
        end = rows.flags.first_within(depth, fold + 1 if searched is None else searched)
        if end is None:
            return self._known(self.row_count)
        return self._known(end_of_line(rows, end)) if rows.flags[end] == depth | CLOSER else end

    def line_of(self, fold: int) -> int:
        """Return where in the bytes the line begins that a fold is of."""
        return self._rows.index.span(first_row_of_line(self._rows, fold))[0]

    def fold_in_line(self, offset: int) -> tuple[int, int | None]:
        """Return the row of the line that begins at an offset, and that of its fold, if any."""
        row = self._rows.index.row_at(offset)
        return row, fold_of_line(self._rows, row) if row < self.row_count else None

    def is_folded_at_first(self, fold: int) -> bool:
        """Whether the mode folds what a row can have folded."""
        depth = self._rows.flags[fold] & DEPTH_BITS
        return self.mode is FoldMode.ALL and depth >= self.least_depth

    def next_by_mode(self, row: int, end: int) -> int | None:
        """Return the first row from ``row`` on and before ``end`` that the mode folds, folded."""
        if self.mode is not FoldMode.ALL:
            return None
        while row < end:
            other = self._rows.flags.first_other(row, end)
            if self.begins_at(other - 1) and self.is_folded(other - 1):
                return other - 1
            row = other
        return None

    def _ends_first_line(self, row: int) -> bool:
        """Whether a row ends the first line of a text of many that can be folded."""
        flags = self._rows.flags
        is_before = row + 1 < len(flags) and flags[row + 1] & VERBATIM and not flags[row] & VERBATIM
        return bool(is_before) and not is_opening(self._rows, end_of_line(self._rows, row) - 1)

    def _is_whole(self, row: int) -> bool:
        return self.is_complete or row < self.whole_lines_end

    def _known(self, end: int) -> int | None:
        """Return where a fold ends, if no more may come there."""
        return end if self.is_complete or end < self.row_count else None
