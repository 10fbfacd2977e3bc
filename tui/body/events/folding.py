"""Server-sent events that fold: each event to a row, and in the JSON of each what JSON folds.

event: token                         event: token … data: { … 2 keys }
data: {                   ──▶
"token": { …
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from functools import partial
from typing import TYPE_CHECKING

from tui.body.events.document import EventDocument
from tui.body.folded import FoldMode
from tui.body.folding import FoldingRows
from tui.body.json.brackets import closing_of, end_of_line
from tui.body.json.fold_rows import FoldRows
from tui.body.json.fold_words import FoldWords
from tui.body.json.folds import BracketFolds
from tui.body.rows import ROW_BYTES, with_suffix

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.body.events.layout import EventLayout
    from tui.body.growing import Bytes
    from tui.body.rows import Row
    from tui.body.shown_body import ShownBody

_DATA = b"data:"
_TOLD_CHARS = 72
"""Of data that is no JSON, or short, so much is told in the row of its event."""
_LOOKED_AHEAD_ROWS = 64
"""Events and JSON are looked for in so many rows, then in twice as many, so that neither is looked
for far behind the other."""
_FIELDS_MAX = 100
"""Data are looked for in no more rows than that."""


class EventFolds(BracketFolds):
    """What is folded among events: they, unless JSON begins in their first row, and their JSON."""

    def __init__(self, layout: EventLayout) -> None:
        super().__init__(layout)
        self._events = layout

    @property
    def has_several_tops(self) -> bool:
        """Whether there are several events, or more are expected."""
        return self._events.is_growing or len(self._events.firsts) > 1

    @property
    def whole_lines_end(self) -> int:
        """Return the first row of a line of which more may be found: none in what has ended."""
        return self.row_count if self._events.is_ended else super().whole_lines_end

    def event_at(self, row: int) -> int | None:
        """Return which event folds into a row; None if none does."""
        events = self._events
        event = events.event_of(row)
        if not event or events.firsts[event - 1] != row or events.payload_of(row) is not None:
            return None
        behind, end = end_of_line(events, row), events.end_of_event(event)
        return event if behind < (len(events.rows) if end is None else end) else None

    def fold_in_line(self, offset: int) -> tuple[int, int | None]:
        """Return the row of the line that begins at an offset, and that of its fold, if any."""
        row, fold = super().fold_in_line(offset)
        return (row, row) if self.event_at(row) is not None else (row, fold)

    def fold_of(self, row: int) -> int | None:
        """Return the row of the fold that a row belongs to; None in no event, or in a short one."""
        events = self._events
        event = events.event_of(row)
        first = events.firsts[event - 1] if event else 0
        if row < len(events.rows) and first <= row < end_of_line(events, first):
            return first if self.event_at(first) is not None else super().fold_of(row)
        found = super().fold_of(row)
        end = events.end_of_event(event) if event else 0
        is_inside = row < (len(events.rows) if end is None else end)
        if found is None and is_inside and self.event_at(first) is not None:
            return first
        return found

    def begins_at(self, row: int) -> bool:
        """Whether a row is that of a fold, folded or not."""
        return self.event_at(row) is not None or super().begins_at(row)

    def end_of(self, fold: int, searched: int | None = None) -> int | None:
        """Return the first row behind what a fold hides; None if that is not known yet."""
        event = self.event_at(fold)
        return super().end_of(fold, searched) if event is None else self._events.end_of_event(event)

    def is_folded_at_first(self, fold: int) -> bool:
        """Whether the mode folds what a row can have folded."""
        if self.event_at(fold) is None:
            return super().is_folded_at_first(fold)
        return self.mode is FoldMode.ALL and not self.least_depth

    def next_by_mode(self, row: int, end: int) -> int | None:
        """Return the first row from ``row`` on and before ``end`` that the mode folds, folded."""
        ahead = _LOOKED_AHEAD_ROWS
        while row < end:
            stop = min(end, row + ahead)
            event = self._next_event(row, stop)
            found = super().next_by_mode(row, stop if event is None else event)
            found = event if found is None else found
            if found is not None:
                return found
            row, ahead = stop, 2 * ahead
        return None

    def many_from(self, row: int, end: int) -> list[tuple[int, int]]:
        """Return events, and JSON, that are folded, and the first row behind what each hides."""
        if self.least_depth:
            return super().many_from(row, end)
        if self.mode is not FoldMode.ALL or self.has_toggled:
            return []
        events, found = self._events, list[tuple[int, int]]()
        continued = events.rows.continued
        at = bisect_left(continued, row)
        end = min(end, continued[at]) if at < len(continued) else end
        event = self._long_event(max(0, events.event_of(row) - 1))
        while event < events.ended_count:
            first, behind = events.firsts[event], events.end_of_event(event + 1)
            if behind is None or behind > end:
                break
            if first >= row and events.payload_of(first) is None:
                found += [(first, behind)] if behind > first + 1 else []
            else:
                found += self._payloads_in(max(first, row), behind)
            event = self._long_event(event + 1)
        return found

    def _long_event(self, event: int) -> int:
        """Return the first one from an event on that has several rows, or that may get more."""
        firsts = self._events.firsts
        last = len(firsts) - 1
        if event >= last or firsts[event + 1] > firsts[event] + 1:
            return event
        # While each has a row only, a row is as far from the first one as its event is.
        level, ahead = firsts[event] - event, 2
        while event + ahead < last and firsts[event + ahead] - event - ahead == level:
            ahead *= 2
        others = range(event + ahead // 2, min(event + ahead, last) + 1)
        return others[0] - 1 + bisect_right(others, level, key=lambda other: firsts[other] - other)

    def _payloads_in(self, first: int, behind: int) -> list[tuple[int, int]]:
        """Return brackets of JSON in an event of which no line is cut."""
        events = self._events
        among = range(bisect_left(events.payloads, first), bisect_left(events.payloads, behind))
        spans = ((events.payloads[at], events.ends[at]) for at in among)
        return [span for span in spans if span[1] > span[0] + 1]

    def _next_event(self, row: int, end: int) -> int | None:
        """Return the first row of a range into which an event is folded."""
        firsts = self._events.firsts
        if self.mode is not FoldMode.ALL or self.least_depth:
            return None
        at = self._long_event(bisect_left(firsts, row))
        while at < len(firsts) and firsts[at] < end:
            if self.event_at(firsts[at]) is not None and self.is_folded(firsts[at]):
                return firsts[at]
            at = self._long_event(at + 1)
        return None


class EventFoldRows(FoldRows):
    """Draws the rows that have a fold, folded."""

    def __init__(self, events: EventDocument, folds: EventFolds, words: FoldWords) -> None:
        super().__init__(events, events.layout, folds, words)
        self._events = events
        self._event_folds = folds
        self._told = words

    def draw(self, fold: int, end: int | None) -> Row:
        """Draw a fold in one row; of an event, what it is called and what its data hold."""
        event = self._event_folds.event_at(fold)
        if event is None:
            return super().draw(fold, end)
        behind = self._events.row_count if end is None else end
        rows = range(fold + 1, min(behind, fold + _FIELDS_MAX))
        starts = (row for row in rows if self._events.starts_line(row))
        data = next((row for row in starts if self._is_data(row)), None)
        if data is None:
            return with_suffix(self.head(fold), (" …", "comment"))
        return with_suffix(self.head(fold), (" … ", "comment"), (self._data(data), "comment"))

    def head(self, fold: int) -> Row:
        """Return what stays in sight of a folded line."""
        is_event = self._event_folds.event_at(fold) is not None
        return self._events.row(fold) if is_event else super().head(fold)

    def _is_data(self, row: int) -> bool:
        return self._events.data.startswith(_DATA, self._events.span(row)[0])

    def _data(self, row: int) -> str:
        """Return what a line of data holds, in a few words."""
        source = self._events.row(row).source
        if self._events.layout.payload_of(row) is None:
            return source if len(source) <= _TOLD_CHARS else f"{source[:_TOLD_CHARS]}…"
        layout = self._events.layout
        closing = closing_of(layout, row)
        if closing is None:
            return f"{source} …"
        bracket = self._events.row(closing).source.strip()
        return f"{source} … {self._told.words(row, closing)} {bracket}"


class FoldingEvents(FoldingRows):
    """Events as `EventDocument` lays them out, less what is folded."""

    def __init__(
        self, data: Bytes, *, row_bytes: int = ROW_BYTES, is_growing: bool = False
    ) -> None:
        self._events = EventDocument(data, row_bytes=row_bytes, is_growing=is_growing)
        folds = EventFolds(self._events.layout)
        self._words = FoldWords(self._events.layout)
        super().__init__(self._events, folds, EventFoldRows(self._events, folds, self._words))

    @property
    def is_summed_up(self) -> bool:
        """Whether nothing is left to be said of what is folded."""
        return self._words.is_complete

    def sum_up(self, budget_bytes: int) -> bool:
        """Go on with what is to be said of folds; true if rows look different by now."""
        return self._words.advance(budget_bytes)

    def value(self, index: int) -> bytes | None:
        """Return the value of a row of JSON as it is spelt, else that of the field."""
        return self._events.value(self._seen.row_at(index))

    def making_value(self, index: int) -> Callable[[], bytes | None]:
        """Return what finds the value that a row has now."""
        return partial(self._events.value, self._seen.row_at(index))

    def nested(self, index: int) -> ShownBody | None:
        """Return the JSON in a row, or what is in brackets or in a string, as a body."""
        return self._events.nested(self._seen.row_at(index))
