"""Going from hit to hit while the search for them, or the layout of their rows, is still going on.

typed ──▶ look_for ──▶ advance, advance ... ──▶ current hit ──▶ step ──▶ ...

One goes from row to row as they are shown, and in a row of a table from column to column.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import islice
from typing import TYPE_CHECKING

from tui.body.rows import Headed
from tui.body.sanitise import sanitise
from tui.body.search.hit_ranks import Arranged, HitRanks, arrangement_of
from tui.body.search.pattern_search import PatternSearch
from tui.body.search.searching import Search

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tui.body.rows import Document
    from tui.body.shown_bytes import ShownBytes

_WORDS_CHARS_MAX = 24
_FIRST_AGAIN, _LAST_AGAIN = ", from the top again", ", from the end again"
_MORE_THAN_COUNTED = ": no more are counted"
_IN_NAMES = ", in the names of the columns"
_IN_NO_ROW = ", in no row of the table"
_LAST_COUNTED = ", the last one counted"

Places = tuple[tuple[int, int], ...]
"""Characters of a row, from and up to."""


class Finding:
    """One text or pattern that is looked for in a body, and which of its hits one is at.

    Args:
        search: looks for it.
        document: where the hits are shown.
        origin: the byte from which on to go to the first hit.
    """

    def __init__(self, search: Search | PatternSearch, document: Document, *, origin: int) -> None:
        self.search = search
        self.current: int | None = None
        self._document = document
        self._known_ranks = HitRanks(search, document)
        self._origin = origin
        self._turned = ""
        """That the last step went around an end, in words."""
        self._postponed: list[int] = []
        """Steps to be made when ranks are known,"""
        self._postponed_from = 0
        """and the row from which on."""

    def show_in(self, document: Document) -> None:
        """Go through the same hits in other rows of the same bytes from now on."""
        self._document = document
        self._known_ranks = HitRanks(self.search, document)
        self._postponed.clear()

    @property
    def is_complete(self) -> bool:
        """Whether all hits are known."""
        return self.search.is_complete

    @property
    def can_advance(self) -> bool:
        """Whether there is more to look through here; a pattern is looked for elsewhere."""
        if not self.search.is_complete:
            return isinstance(self.search, Search) and not self.search.is_waiting
        return not self._ranks.is_complete

    @property
    def _ranks(self) -> HitRanks:
        """Those of the hits that there are, in the order that rows have now."""
        if not self._known_ranks.is_current:
            self._known_ranks = HitRanks(self.search, self._document)
        return self._known_ranks

    @property
    def is_waiting(self) -> bool:
        """Whether all that came so far is looked through, and more may come."""
        return isinstance(self.search, Search) and self.search.is_waiting

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
        if not self.search.count:
            waiting = "not found yet" if self.is_waiting else "searching"
            return self._not_found if self.is_complete else waiting
        count = f"{self.search.count:,}{'+' * self.search.is_capped}"
        going_on = "" if self.is_complete else "…"
        at = ""
        if self.current is not None and self._ranks.is_complete:
            at = f"{self._rank(self.current) + 1:,} of "
        return f"{at}{count}{going_on}{self._turned}{self._aside}"

    @property
    def _aside(self) -> str:
        """Say where one is if that is in no row: before all rows of a table, or behind."""
        hit, document = self.current_hit, self._document
        if hit is None or not isinstance(document, Arranged) or not document.row_count:
            return ""
        row, end = document.row_up_to(hit[0])
        if document.span(row)[0] <= hit[0] < end:
            return ""
        first, behind = document.header.span if isinstance(document, Headed) else (0, 0)
        return _IN_NAMES if first <= hit[0] < behind else _IN_NO_ROW

    @property
    def _not_found(self) -> str:
        """Say so, and how it was looked for where that may be why."""
        if isinstance(self.search, PatternSearch) and self.search.is_only_empty:
            return "matches only empty places"
        as_pattern = " as a regex" * isinstance(self.search, PatternSearch)
        return f"not found{as_pattern}{' with these capitals' * self.search.is_cased}"

    @property
    def quoted(self) -> str:
        """The text, short enough for a title; drawable."""
        text = sanitise(self.search.text)
        kind = "regex " * isinstance(self.search, PatternSearch)
        return f"{kind}“{text[:_WORDS_CHARS_MAX]}{'…' * (len(text) > _WORDS_CHARS_MAX)}”"

    def advance(self, budget_bytes: int) -> bool:
        """Look through so many bytes more; true if that led to the first hit to go to."""
        if self.search.is_complete:
            self._ranks.advance()
        elif isinstance(self.search, Search):
            self.search.advance(budget_bytes)
        return self.settle()

    def settle(self) -> bool:
        """Go to the first hit when it is known; true if that is now."""
        if not self.search.count or not self._ranks.is_complete:
            return False
        if self.current is not None:
            return self._make_postponed_steps()
        first = self.search.index_from(self._origin)
        if isinstance(self._document, Arranged) and self._document.row_count:
            rank = self._ranks.first_from(self._document.row_at(self._origin))
            first = self._hit(rank) if rank < self.search.count else None
        if first is None and self._look_on():
            return False
        if first is None and (self.is_complete or self.is_waiting):
            first, self._turned = self._hit(0), self._first_again
        self.current = first
        return first is not None

    def step(self, direction: int, row: int) -> None:
        """Go on to the next hit (1) or back to the one before (-1), around the ends.

        Args:
            direction: 1 or -1.
            row: where one is; hits are counted from it, unless it is that of the current hit.
        """
        if not (count := self.search.count):
            return
        if not self._ranks.is_complete:
            self._postponed_from = row
            self._postponed.append(direction)
            return
        hit = self.current_hit
        is_at_hit = hit is not None and self._document.row_at(hit[0]) == row
        if self.current is not None and is_at_hit:
            rank = self._rank(self.current) + direction
        elif direction > 0:
            rank = self._first_behind(row)
        else:
            rank = self._ranks.first_from(row) - 1
        if rank >= count and (self._is_looking or self._look_on()):
            if self.current is not None:
                behind_row = 0 if is_at_hit else self._document.span(row)[1]
                self._origin = max(self.search.ends[-1], behind_row)
                self._turned, self.current = "", None
            return
        last_again = _LAST_COUNTED if self.search.is_capped else _LAST_AGAIN
        self._turned = self._first_again if rank >= count else last_again if rank < 0 else ""
        self.current = self._hit(rank % count)

    def _make_postponed_steps(self) -> bool:
        """Make the steps for which nothing was known yet; false if there were none."""
        steps, self._postponed = self._postponed, []
        for direction in steps:
            self.step(direction, self._postponed_from)
            if self.current is not None:
                self._postponed_from = self._document.row_at(self.search.starts[self.current])
        return bool(steps)

    def _look_on(self) -> bool:
        """Look for more than were counted; not where rows are in another order than the bytes."""
        return arrangement_of(self._document) is None and self.search.look_on()

    @property
    def _is_looking(self) -> bool:
        """Whether the next hit is being looked for, behind all that are known."""
        return not (self.is_complete or self.is_waiting or self.search.is_capped)

    @property
    def _first_again(self) -> str:
        return _FIRST_AGAIN + _MORE_THAN_COUNTED * self.search.is_capped

    def _first_behind(self, row: int) -> int:
        """Return the rank of the first hit behind a row, that of none if there is none."""
        if row + 1 < self._document.row_count:
            return self._ranks.first_from(row + 1)
        following = self.search.index_from(self._document.reached)
        return self.search.count if following is None else following

    def _rank(self, hit: int) -> int:
        rank, parts = self._in_row(hit)
        for part in parts:
            if hit in part:
                return rank + part.index(hit)
            rank += len(part)
        return rank

    def _hit(self, rank: int) -> int:
        hit = self._ranks.hit(rank)
        first, parts = self._in_row(hit)
        at = rank - first
        for part in parts:
            if at < len(part):
                return part[at]
            at -= len(part)
        return hit

    def _in_row(self, hit: int) -> tuple[int, Sequence[range]]:
        """Return the hits in the row of one, column by column, and the rank of the first."""
        document, starts = self._document, self.search.starts
        if not isinstance(document, Arranged) or not document.row_count:
            return self._ranks.rank(hit), [range(hit, hit + 1)]
        row, end = document.row_up_to(starts[hit])
        first = bisect_left(starts, document.span(row)[0])
        stop = bisect_left(starts, end)
        if not first <= hit < stop:
            return self._ranks.rank(hit), [range(hit, hit + 1)]
        parts = _by_columns(document.column_ends(row), starts, range(first, stop))
        return self._ranks.rank(first), [part for _, part in sorted(parts, key=_column_of)]

    def has_hits_in(self, start: int, end: int) -> bool:
        """Whether something was found that has a byte in a range."""
        return any(True for _ in self.search.hits_in(start, end))

    def marks_in(self, start: int, end: int) -> Iterator[tuple[int, int, bool]]:
        """Yield the places of hits with a byte in a range, and whether it is the current one.

        Of hits without a gap between them, such as those of ``.``, one place is made.
        """
        begun: tuple[int, int] | None = None
        for index, first, last in self.search.hits_in(start, end):
            is_current = index == self.current
            if begun is not None and (is_current or begun[1] != first):
                yield *begun, False
                begun = None
            if is_current:
                yield first, last, True
            else:
                begun = (first if begun is None else begun[0], last)
        if begun is not None:
            yield *begun, False


def _column_of(part: tuple[int, range]) -> int:
    return part[0]


def _by_columns(
    ends: Sequence[tuple[int, int]], starts: Sequence[int], hits: range
) -> list[tuple[int, range]]:
    """Return the column of the hits in each cell, and of those behind the last one, and the hits.

    Args:
        ends: of each cell of a row the byte behind it, and its column.
        starts: where hits begin.
        hits: those in the row.
    """
    parts: list[tuple[int, range]] = []
    at, cell = hits.start, 0
    while at < hits.stop:
        # Most cells have no hit, and there may be thousands.
        cell = bisect_right(ends, starts[at], cell, key=_end_of)
        if cell == len(ends):
            break
        behind = bisect_left(starts, ends[cell][0], at, hits.stop)
        parts.append((ends[cell][1], range(at, behind)))
        at = behind
    parts.append((ends[-1][1] if ends else 0, range(at, hits.stop)))
    return parts


def _end_of(cell: tuple[int, int]) -> int:
    return cell[0]


def places_of_hits(
    finding: Finding, span: tuple[int, int], shown: ShownBytes, chars: range
) -> tuple[Places, Places]:
    """Return which characters of a row show the hit that one is at, and which show others.

    Args:
        finding: whose hits.
        span: the bytes of the row.
        shown: which of its characters show which bytes.
        chars: those in view; of other hits, only as many as there is room for.
    """
    hit = finding.current_hit
    is_here = hit is not None and span[0] < hit[1] and hit[0] < span[1]
    here = shown.columns(*hit) if hit is not None and is_here else ()
    others = (
        place
        for first, last in _others(finding, shown, chars)
        for place in shown.columns(first, last)
        if place not in here
    )
    return here, tuple(dict.fromkeys(others))


def _others(finding: Finding, shown: ShownBytes, chars: range) -> Iterator[tuple[int, int]]:
    """Yield where hits are that one is not at, as far as there is room for them."""
    for start, end, count in shown.stretches(chars.start, chars.stop):
        hits = islice(finding.marks_in(start, end), count)
        yield from ((first, last) for first, last, is_current in hits if not is_current)
