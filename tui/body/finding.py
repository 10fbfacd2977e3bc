"""Going from hit to hit while the search for them, or the layout of their rows, is still going on.

typed ──▶ look_for ──▶ advance, advance ... ──▶ current hit ──▶ step ──▶ ...
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.body.pattern_search import PatternSearch
from tui.body.sanitise import sanitise
from tui.body.searching import Search

if TYPE_CHECKING:
    from collections.abc import Iterator

_WORDS_CHARS_MAX = 24


class Finding:
    """One text or pattern that is looked for in a body, and which of its hits one is at.

    Args:
        search: looks for it.
        origin: the byte from which on to go to the first hit.
    """

    def __init__(self, search: Search | PatternSearch, *, origin: int) -> None:
        self.search = search
        self.current: int | None = None
        self._origin = origin

    @property
    def is_complete(self) -> bool:
        """Whether all hits are known."""
        return self.search.is_complete

    @property
    def can_advance(self) -> bool:
        """Whether there is more to look through here; a pattern is looked for elsewhere."""
        return isinstance(self.search, Search) and not self.search.is_complete

    def is_for(self, text: str, kind: type[Search] | type[PatternSearch]) -> bool:
        """Whether it looks for this already."""
        return self.search.text == text and isinstance(self.search, kind)

    @property
    def current_hit(self) -> tuple[int, int] | None:
        """The bytes of the hit that one is at, from and up to."""
        if self.current is None:
            return None
        return self.search.starts[self.current], self.search.ends[self.current]

    @property
    def words(self) -> str:
        """How many there are, and which one this is; drawable."""
        if isinstance(self.search, PatternSearch) and self.search.ended_badly:
            return self.search.ended_badly
        count = f"{self.search.count:,}{'+' * self.search.is_capped}"
        if not self.search.count:
            return "not found" if self.is_complete else "searching"
        going_on = "" if self.is_complete else "…"
        at = "" if self.current is None else f"{self.current + 1:,} of "
        return f"{at}{count}{going_on}"

    @property
    def quoted(self) -> str:
        """The text, short enough for a title; drawable."""
        text = sanitise(self.search.text)
        return f"“{text[:_WORDS_CHARS_MAX]}{'…' * (len(text) > _WORDS_CHARS_MAX)}”"

    def advance(self, budget_bytes: int) -> bool:
        """Look through so many bytes more; true if that led to the first hit to go to."""
        if isinstance(self.search, Search):
            self.search.advance(budget_bytes)
        return self.settle()

    def settle(self) -> bool:
        """Go to the first hit when it is known; true if that is now."""
        if self.current is not None or not self.search.count:
            return False
        self.current = self.search.index_from(self._origin)
        if self.current is None and self.is_complete:
            self.current = 0
        return self.current is not None

    def step(self, direction: int, start: int, end: int) -> None:
        """Go on to the next hit (1) or back to the one before (-1), around the ends.

        Args:
            direction: 1 or -1.
            start: where the row begins that one is at; hits are counted from it, unless one is
                still at the row of the current hit.
            end: where that row ends.
        """
        count = self.search.count
        if not count:
            return
        hit = self.current_hit
        if self.current is not None and hit is not None and start <= hit[0] < end:
            self.current = (self.current + direction) % count
            return
        following = self.search.index_from(end if direction > 0 else start)
        behind = count if following is None else following
        self.current = (behind if direction > 0 else behind - 1) % count

    def marks_in(self, start: int, end: int) -> Iterator[tuple[int, int, bool]]:
        """Yield the hits with a byte in a range: from, up to, and whether it is the current one."""
        for index, first, last in self.search.hits_in(start, end):
            yield first, last, index == self.current
