"""Which parts of a document are folded, whatever it is a document of.

A fold is told by the row that stays in sight: the last one before those that it hides.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from array import array
from bisect import bisect_left

from tui.body.folded import Folded, FoldMode


class Folds(ABC):
    """What is folded in the rows of a layout, as far as they are known.

    What is folded is told by a mode, and by what was toggled since. A language says which rows
    can have a fold, up to where it goes, and which are folded by the mode.
    """

    def __init__(self) -> None:
        self.mode = FoldMode.EMBEDDED
        self.least_depth = 1
        self._toggled = array("I")
        """Sorted."""
        self._told: list[int] = []
        """Where lines begin that were toggled in another layout, the last first, not found yet."""
        self._unused: list[int] = []
        """Those with nothing to fold in this layout: what one row is enough for."""
        self.looked_at = 0
        """How many lines were looked at to tell whether they are folded by what is in them."""

    # What a language says

    @property
    @abstractmethod
    def row_count(self) -> int:
        """How many rows of the layout are known."""

    @property
    @abstractmethod
    def is_complete(self) -> bool:
        """Whether all of them are."""

    @property
    @abstractmethod
    def whole_lines_end(self) -> int:
        """Return the first row of a line of which more may be found."""

    @property
    @abstractmethod
    def has_several_tops(self) -> bool:
        """Whether nothing is around all that can be folded, as far as is known.

        It becomes true as more is known, and false again only with the end.
        """

    @abstractmethod
    def fold_of(self, row: int) -> int | None:
        """Return the row of the fold that a row belongs to; None at the top."""

    @abstractmethod
    def begins_at(self, row: int) -> bool:
        """Whether a row is that of a fold, folded or not."""

    @abstractmethod
    def end_of(self, fold: int, searched: int | None = None) -> int | None:
        """Return the first row behind what a fold hides; None if that is not known yet.

        Args:
            fold: the row that stays.
            searched: the row before which it does not end.
        """

    @abstractmethod
    def line_of(self, fold: int) -> int:
        """Return where in the bytes the line begins that a fold is of."""

    @abstractmethod
    def fold_in_line(self, offset: int) -> tuple[int, int | None]:
        """Return the row of the line that begins at an offset, and that of its fold, if any."""

    @abstractmethod
    def is_folded_at_first(self, fold: int) -> bool:
        """Whether the mode folds what a row can have folded."""

    @abstractmethod
    def next_by_mode(self, row: int, end: int) -> int | None:
        """Return the first row from ``row`` on and before ``end`` that the mode folds, folded."""

    def near_end(self, row: int, end: int) -> int:
        """Return up to where it does not take long to find the next fold, ``end`` at most."""
        del row
        return end

    def many_from(self, row: int, end: int) -> list[tuple[int, int]]:
        """Return folds from ``row`` on, and the first row behind what each hides, up to ``end``.

        As many as are found together faster than one by one, where nothing was toggled; all of
        them that are folded, up to the end of the last one.
        """
        del row, end
        return []

    # What is folded

    @property
    def has_toggled(self) -> bool:
        """Whether anything is folded or not, unlike the mode says."""
        return bool(self._toggled or self._told)

    def reset(self, mode: FoldMode) -> None:
        """Forget what was toggled."""
        self.fold_as(Folded(mode, 0 if self.has_several_tops else 1))

    @property
    def needs_refold(self) -> bool:
        """Whether all would be folded at another depth by now, were it folded now."""
        if self.mode is not FoldMode.ALL:
            return False
        has_several = self.has_several_tops
        return has_several if self.least_depth else self.is_complete and not has_several

    def refold(self) -> None:
        """Fold all at the other depth; what was toggled by hand stays as it is."""
        toggled = [(fold, self.is_folded_at_first(fold)) for fold in self._toggled]
        self.least_depth = 0 if self.least_depth else 1
        same = [fold for fold, was in toggled if self.is_folded_at_first(fold) == was]
        self._toggled = array("I", same)

    def folded(self) -> Folded:
        """Return what is folded, for another layout of the same bytes."""
        lines = (self.line_of(row) for row in self._toggled)
        toggled = sorted([*lines, *self._told, *self._unused])
        return Folded(self.mode, self.least_depth, tuple(toggled))

    def fold_as(self, folded: Folded) -> None:
        """Fold what was folded in another layout of the same bytes."""
        self.mode, self.least_depth = folded.mode, folded.least_depth
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
        return is_toggled != self.is_folded_at_first(fold)

    def next_from(self, row: int, end: int) -> int | None:
        """Return the first row from ``row`` on and before ``end`` that has a fold, folded."""
        self._find_told(end)
        toggled, by_mode = self._next_toggled(row, end), self.next_by_mode(row, end)
        return min((each for each in (toggled, by_mode) if each is not None), default=None)

    def _find_told(self, end: int) -> None:
        """Find the folds that were told of, of lines that begin before a row."""
        while self._told:
            row, fold = self.fold_in_line(self._told[-1])
            if row >= end:
                return
            if fold is None:
                self._unused.append(self._told[-1])
            else:
                self.toggle(fold)
            del self._told[-1]

    def _next_toggled(self, row: int, end: int) -> int | None:
        for at in range(bisect_left(self._toggled, row), len(self._toggled)):
            if self._toggled[at] >= end:
                return None
            if not self.is_folded_at_first(self._toggled[at]):
                return self._toggled[at]
        return None
