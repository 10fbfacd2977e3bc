"""What is said of folded JSON: how many items, and what long arrays of numbers come to."""

from __future__ import annotations

import re
from collections import deque
from typing import TYPE_CHECKING

from tui.body.json.brackets import count_items, shape_of
from tui.body.vector.number_sums import NumberSums

if TYPE_CHECKING:
    from tui.body.json.brackets import LaidOut

NUMBERS_MIN = 16
"""An array of fewer is told by its count alone."""
_KEPT = 2_000
_AT_ONCE_BYTES = 32 * 1024
"""So many bytes of numbers are summed up while a row is drawn; some 2 ms."""
_FIRST_NUMBER = re.compile(rb"[\[ \t\n\r]*+-?(?:[0-9]|NaN|Infinity)")


class FoldWords:
    """Words for folds, kept; sums of long arrays are made in slices, by `advance`."""

    def __init__(self, layout: LaidOut) -> None:
        self._layout = layout
        self._kept: dict[int, str] = {}
        self._wanted: deque[tuple[int, str, NumberSums]] = deque()

    @property
    def is_complete(self) -> bool:
        """Whether nothing is left to sum up."""
        return not self._wanted

    def words(self, opening: int, closing: int) -> str:
        """Return what is between two brackets, in a few drawable words."""
        kept = self._kept.get(opening)
        if kept is None:
            if len(self._kept) >= _KEPT:
                del self._kept[next(iter(self._kept))]
            kept = self._kept[opening] = self._say(opening, closing)
        return kept

    def advance(self, budget_bytes: int) -> bool:
        """Sum up so many bytes more; true if words have changed."""
        if not self._wanted:
            return False
        opening, shape, sums = self._wanted[0]
        sums.advance(budget_bytes)
        if not sums.is_complete:
            return False
        self._wanted.popleft()
        if sums.summary is not None:
            self._kept[opening] = f"{shape} · {sums.summary}"
        return True

    def _say(self, opening: int, closing: int) -> str:
        rows = self._layout.rows
        start, end = rows.span(opening)[1], rows.span(closing)[0]
        count = count_items(self._layout, opening, closing)
        if self._layout.data.rfind(b"{", *rows.span(opening)) > self._layout.data.rfind(
            b"[", *rows.span(opening)
        ):
            return f"{count:,} key{'s' * (count != 1)}"
        words = f"{count:,} item{'s' * (count != 1)}"
        if closing - opening <= NUMBERS_MIN or not _FIRST_NUMBER.match(
            self._layout.data, start, end
        ):
            return words
        sums, shape = NumberSums(self._layout.data, start, end), self._shape(opening, closing)
        if end - start > _AT_ONCE_BYTES:
            self._wanted.append((opening, shape or words, sums))
            return shape or words
        while not sums.is_complete:
            sums.advance(_AT_ONCE_BYTES)
        return words if sums.summary is None else f"{shape or words} · {sums.summary}"

    def _shape(self, opening: int, closing: int) -> str:
        """Return the lengths of regularly nested arrays; nothing of irregular ones."""
        shape = shape_of(self._layout, opening, closing)
        lengths = "×".join(f"{length:,}" for length in shape)
        return f"{lengths} numbers" if shape else ""
