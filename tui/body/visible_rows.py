"""Which rows of many are in sight, where parts of them are folded.

Kept as the runs of rows in sight, so that it costs some two bytes a fold and nothing a row:

    rows     0 1 2 3 4 5 6 7 8 9      firsts   0 6
             └─┴─┘ hidden └─┴─┘       befores  0 3   (rows in sight before each run)

Runs behind a place are cut off and put back, with others before them, as they are: a part of
what is kept says by how much its `befores` have shifted since.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from dataclasses import dataclass, replace
from itertools import accumulate, chain

from tui.body.offsets import Offsets


@dataclass(slots=True)
class _Part:
    """Runs after one another in the same lists, which other parts may share."""

    firsts: Offsets
    befores: Offsets
    begin: int
    end: int
    shift: int = 0
    """To be added to ``befores``."""

    @property
    def first(self) -> int:
        return self.firsts[self.begin]

    @property
    def before(self) -> int:
        return self.before_of(self.begin)

    @property
    def can_grow(self) -> bool:
        return self.end == len(self.firsts)

    def before_of(self, run: int) -> int:
        return self.befores[run] + self.shift

    def append(self, first: int, before: int) -> None:
        self.firsts.append(first)
        self.befores.append(before - self.shift)
        self.end += 1

    def extend(self, firsts: array[int], befores: array[int]) -> None:
        self.firsts.extend(firsts)
        self.befores.extend([before - self.shift for before in befores])
        self.end += len(firsts)

    def run_of_row(self, row: int) -> int:
        """Return the last run that begins at a row or before it."""
        return max(self.begin, min(self.firsts.count_below(row + 1), self.end) - 1)

    def run_at(self, index: int) -> int:
        """Return the last run with at most so many rows in sight before it."""
        return max(self.begin, min(self.befores.count_below(index + 1 - self.shift), self.end) - 1)


@dataclass(frozen=True, slots=True)
class Tail:
    """Runs that were cut off behind a row, to be put back behind the same row."""

    row: int
    """The first row that is told by it."""
    before: int
    """Rows in sight before that, then."""
    parts: tuple[_Part, ...]
    count: int


class VisibleRows:
    """Runs of rows in sight, known from the first row on; each but the last ends with a fold."""

    def __init__(self) -> None:
        self.count = 0
        """How many rows are in sight."""
        self._parts = [_Part(Offsets([0]), Offsets([0]), 0, 1)]

    @property
    def size_bytes(self) -> int:
        """How much memory that takes."""
        lists = {id(part.firsts): part for part in self._parts}.values()
        return sum(part.firsts.size_bytes + part.befores.size_bytes for part in lists)

    def show(self, end: int) -> None:
        """Bring all rows into sight from the last known one up to ``end``."""
        last = self._parts[-1]
        self.count = last.before_of(last.end - 1) + end - last.firsts[last.end - 1]

    def hide(self, end: int) -> None:
        """Keep out of sight what is between the last row shown and ``end``."""
        if self._parts[-1].can_grow:
            self._parts[-1].append(end, self.count)
        else:
            self._parts.append(_Part(Offsets([end]), Offsets([self.count]), 0, 1))

    def hide_many(self, folds: list[tuple[int, int]]) -> None:
        """Do both: show all rows but those behind the first of each fold, up to the second."""
        last = self._parts[-1]
        ends = array("Q", [end for _, end in folds])
        firsts = chain((last.firsts[last.end - 1],), ends)
        shown = (fold + 1 - first for (fold, _), first in zip(folds, firsts, strict=False))
        befores = array("Q", accumulate(shown, initial=last.before_of(last.end - 1)))[1:]
        self.count = befores[-1]
        if last.can_grow:
            last.extend(ends, befores)
        else:
            self._parts.append(_Part(Offsets(ends), Offsets(befores), 0, len(ends)))

    def row_at(self, index: int) -> int:
        """Return which of all rows is the one in sight at ``index``."""
        part = self._parts[self._part_at(index)]
        run = part.run_at(index)
        return part.firsts[run] + index - part.before_of(run)

    def index_of(self, row: int) -> int:
        """Return where a row is in sight; where the fold is, if it is hidden in one."""
        at = self._part_of_row(row)
        part = self._parts[at]
        run = part.run_of_row(row)
        before = part.before_of(run)
        within = min(row - part.firsts[run], self._before_next(at, run) - before - 1)
        return max(0, before + within)

    def hidden_end(self, index: int) -> int | None:
        """Return the first row behind what is folded into a row in sight; None if nothing is."""
        part = self._parts[self._part_at(index + 1)]
        run = part.run_at(index + 1)
        is_behind_fold = part.before_of(run) == index + 1
        return part.firsts[run] if is_behind_fold else None

    def cut_behind(self, row: int, tail_from: int) -> Tail:
        """Forget all behind a row in sight; return what was known from ``tail_from`` on.

        Args:
            row: the last row that stays.
            tail_from: a row in sight further on, or the first one not known.
        """
        at = self._part_of_row(tail_from)
        part = self._parts[at]
        run = part.run_of_row(tail_from)
        before = part.before_of(run) + tail_from - part.firsts[run]
        parts = [replace(part, begin=run + 1), *self._parts[at + 1 :]]
        tail = Tail(
            tail_from, before, tuple(each for each in parts if each.begin < each.end), self.count
        )
        self._cut(row)
        return tail

    def forget_behind(self, row: int) -> None:
        """Forget all behind a row in sight, what was cut off before too."""
        part = self._cut(row)
        part.firsts.cut(part.end)
        part.befores.cut(part.end)

    def put_back(self, tail: Tail) -> None:
        """Know again what was cut off, all before it being known."""
        shift = self.count - tail.before
        self._parts += [replace(part, shift=part.shift + shift) for part in tail.parts]
        self.count = tail.count + shift

    def _cut(self, row: int) -> _Part:
        """Forget the runs behind a row in sight; return the part that is the last one then."""
        at = self._part_of_row(row)
        part = self._parts[at]
        run = part.run_of_row(row)
        self._parts[at:] = [replace(part, end=run + 1)]
        self.count = part.before_of(run) + row + 1 - part.firsts[run]
        return self._parts[at]

    def _part_at(self, index: int) -> int:
        return max(0, bisect_right(self._parts, index, key=lambda part: part.before) - 1)

    def _part_of_row(self, row: int) -> int:
        return max(0, bisect_right(self._parts, row, key=lambda part: part.first) - 1)

    def _before_next(self, at: int, run: int) -> int:
        """Return how many rows are in sight before the run behind one."""
        if run + 1 < self._parts[at].end:
            return self._parts[at].before_of(run + 1)
        return self._parts[at + 1].before if at + 1 < len(self._parts) else self.count
