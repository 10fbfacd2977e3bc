"""Finding where the rows of server-sent events begin, line by line, in bytes of any size.

WHATWG HTML, "Server-sent events": lines end with CR, LF or both; a line is a field, its name
before the first colon; one that begins with a colon is a comment; an empty one ends an event.

    data: {"a": [1, 2], "b": …}     ──▶     data: {
                                              "a": [ …

JSON in a line of data is laid out as `JsonLayout` does it, unless it is short. All that is known of
a line is known when it ends, so that nothing is looked at that has not come yet.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tui.body.cuts import cut_line
from tui.body.growing import grown
from tui.body.json.flags import RowFlags
from tui.body.json.layout import BOM, STEP_BYTES, JsonLayout
from tui.body.rows import ROW_BYTES, RowIndex

if TYPE_CHECKING:
    from tui.body.growing import Bytes

INLINE_BYTES_MAX = 72
"""JSON that is no longer stays on its line: as many events as possible are seen at once.

With the name of its field it fits on a terminal of 80 columns.
"""
_TAKEN_ROWS = 8_192
_CUT_BYTES = 65_536
"""Of a line of text so much is cut into rows as soon as its end is found."""
_LINE_END = re.compile(rb"[\r\n]")
_LINE_ENDS = re.compile(rb"[\r\n]{0,100000}+")
_DATA = re.compile(rb"data:[ \t]*+(?=[{\[])")
_WITH_ENDS = re.compile(rb"[^\r\n]++([\r\n]++)")
"""A line, and all empty ones behind it."""
_ONE_END = (b"\n", b"\r\n", b"\r")
_COLON = 0x3A


@dataclass(slots=True)
class _Payload:
    """JSON that is being laid out, which may take more than a slice."""

    line_start: int
    start: int
    end: int
    behind: int
    """Where the next line begins."""
    layout: JsonLayout


@dataclass(slots=True)
class _Line:
    """Text that is being cut into rows, which may take more than a slice."""

    start: int
    at: int
    """Where the next row begins."""
    end: int
    behind: int
    """Where the next line begins."""


class EventLayout:
    """Lays out events until the end.

    ``rows`` holds where each row begins; ``flags`` those of rows of JSON, as `JsonLayout` has
    them, 0 of others; ``firsts`` the first row of each event, and ``payloads`` the first row of
    each value of JSON that has several.
    """

    def __init__(
        self, data: Bytes, *, row_bytes: int = ROW_BYTES, is_growing: bool = False
    ) -> None:
        self.rows = RowIndex()
        self.flags = RowFlags()
        self.firsts = array("I")
        self.payloads = array("I")
        self.ends = array("I")
        """Behind the last row of each of them."""
        self.ended_count = 0
        """How many events there are that an empty line came behind."""
        self.commented = array("I")
        """Which of them, from 1, have comments between them and the next one."""
        self.commented_ends = array("I")
        """Behind the last row of each of those; any other ends where the next one begins."""
        self.is_ended = True
        """Whether an empty line came behind the last event."""
        self.is_growing = is_growing
        self.is_waiting = False
        """Whether there is nothing to do before more has come."""
        self.data = data
        self.position = 0
        """Where the first line begins that is not laid out yet."""
        self._row_bytes = row_bytes
        short = b"[^\r\n]{0,%d}+" % min(INLINE_BYTES_MAX, row_bytes)
        self._short_lines = re.compile(rb"(?!\r|\n)(?:%b(?:\r\n|\n|\r(?=.)))++" % short, re.DOTALL)
        self._searched = 0
        self._payload: _Payload | None = None
        self._line: _Line | None = None

    @property
    def is_complete(self) -> bool:
        """Whether all rows are known."""
        return self.position == len(self.data) and not self.is_growing

    def append(self, data: bytes) -> None:
        """Take in what came next."""
        self.data = grown(self.data, data)
        self.is_waiting = False

    def finish(self, data: bytes) -> None:
        """Take in that nothing comes any more."""
        self.data, self.is_growing, self.is_waiting = data, False, False

    def payload_of(self, row: int) -> tuple[int, int] | None:
        """Return from which row on and before which one the JSON is laid out that has a row."""
        at = bisect_right(self.payloads, row) - 1
        if at < 0 or row >= self.ends[at]:
            return None
        return self.payloads[at], self.ends[at]

    def event_of(self, row: int) -> int:
        """Return which event a row is of, from 1; 0 before the first."""
        return bisect_right(self.firsts, row)

    def end_of_event(self, event: int) -> int | None:
        """Return the first row behind an event, which is counted from 1; None if not known yet."""
        if event > self.ended_count:
            return len(self.rows) if self.is_complete else None
        at = bisect_left(self.commented, event)
        if at < len(self.commented) and self.commented[at] == event:
            return self.commented_ends[at]
        return self.firsts[event] if event < len(self.firsts) else len(self.rows)

    def advance(self, budget_bytes: int) -> None:
        """Lay out about so many bytes more."""
        self._skip_bom()
        limit = self._searched + budget_bytes
        while not self.is_complete and not self.is_waiting and self._searched < limit:
            if self._payload is not None:
                self._go_on(self._payload, budget_bytes)
                return
            if self._line is not None:
                self._cut(self._line, budget_bytes)
                return
            if self._searched == self.position and self._take_short_lines(limit):
                continue
            found = _LINE_END.search(self.data, self._searched, limit)
            end = min(limit, len(self.data)) if found is None else found.start()
            behind = self._behind(end) if found is not None or limit >= len(self.data) else None
            if behind is None:
                self._searched = end
                self.is_waiting = self.is_growing and limit >= len(self.data)
            else:
                self._take_line(end, behind)

    def _skip_bom(self) -> None:
        if self.position or len(self.rows):
            return
        start = bytes(self.data[: len(BOM)])
        self.is_waiting = self.is_growing and start != BOM and BOM.startswith(start)
        if start == BOM:
            self.position = self._searched = self.rows.end = len(BOM)

    def _behind(self, end: int) -> int | None:
        """Return where the line behind one begins; None if that may not have come yet."""
        ending = bytes(self.data[end : end + 2])
        if self.is_growing and ending in (b"", b"\r"):
            return None
        return min(len(self.data), end + 1 + (ending == b"\r\n"))

    def _begin(self, row: int, *, is_comment: bool) -> None:
        """Begin an event with a row, or go on with comments between two."""
        if not is_comment:
            self.firsts.append(row)
            self.is_ended = False
        elif self.firsts and self.commented[-1:] != array("I", (self.ended_count,)):
            self.commented.append(self.ended_count)
            self.commented_ends.append(row)

    def _take_short_lines(self, limit: int) -> bool:
        """Take lines that are a row each, whatever they hold; false if no such line comes next.

        Many together take a tenth as long. They end before ``limit``, so that it is known what
        ends the last one.
        """
        data, first = self.data, len(self.rows)
        run = self._short_lines.match(data, self.position, limit)
        if run is None:
            return False
        starts: list[int] = []
        for line in _WITH_ENDS.finditer(data, *run.span()):
            if self.is_ended:
                self._begin(first + len(starts), is_comment=data[line.start()] == _COLON)
            starts.append(line.start())
            if line[1] not in _ONE_END:
                self.is_ended, self.ended_count = True, len(self.firsts)
        self.rows.starts.extend(starts)
        self.flags.extend(array("H", [0]) * len(starts))
        self._end_line(run.end())
        return True

    def _take_line(self, end: int, behind: int) -> None:
        start, data = self.position, self.data
        if start == end:
            # All that follow are empty, too.
            blank = _LINE_ENDS.match(data, behind)
            behind = behind if blank is None else blank.end()
            self.is_ended, self.ended_count = True, len(self.firsts)
        elif self.is_ended:
            self._begin(len(self.rows), is_comment=data[start] == _COLON)
        json = _DATA.match(data, start, end)
        if json is None or end - json.end() <= INLINE_BYTES_MAX:
            self._add_text(start, end, behind)
            return
        layout = JsonLayout(
            bytes(data[json.end() : end]), row_bytes=self._row_bytes, value_count_max=1
        )
        self._payload = _Payload(start, json.end(), end, behind, layout)
        self._searched = start
        self._go_on(self._payload, INLINE_BYTES_MAX + self._row_bytes)

    def _go_on(self, payload: _Payload, budget_bytes: int) -> None:
        layout = payload.layout
        if not layout.is_complete:
            layout.advance(budget_bytes, step_bytes=STEP_BYTES)
            self._searched = min(payload.end, payload.start + layout.position)
            if layout.mistake is not None:
                self._payload = None
                self._add_text(payload.line_start, payload.end, payload.behind)
            elif layout.is_complete:
                self._begin_rows(payload)
        else:
            self._take_rows(payload)

    def _begin_rows(self, payload: _Payload) -> None:
        first = len(self.rows)
        self.payloads.append(first)
        self.ends.append(first)
        self.rows.continued.extend([first + row for row in payload.layout.rows.continued])
        self._take_rows(payload)

    def _take_rows(self, payload: _Payload) -> None:
        """Take over the rows of JSON that was laid out by itself, some thousands at a time."""
        rows, flags = payload.layout.rows, payload.layout.flags
        first, done = self.payloads[-1], self.ends[-1] - self.payloads[-1]
        until = min(done + _TAKEN_ROWS, len(rows))
        starts = [payload.start + rows.starts[row] for row in range(done, until)]
        if not done:
            starts[0] = payload.line_start
        self.rows.starts.extend(starts)
        self.flags.extend(array("H", [flags[row] for row in range(done, until)]))
        self.ends[-1] = first + until
        self.rows.end = payload.start + rows.span(until - 1)[1]
        if until == len(rows):
            self._payload = None
            self._end_line(payload.behind)

    def _add_text(self, start: int, end: int, behind: int) -> None:
        if start == end:
            self._end_line(behind)
            return
        self._line = _Line(start, start, end, behind)
        self._cut(self._line, _CUT_BYTES)

    def _cut(self, line: _Line, budget_bytes: int) -> None:
        """Make rows of about so many bytes more of a line."""
        first, begins_line = len(self.rows), line.at == line.start
        stop = min(line.end, line.at + budget_bytes + 2 * self._row_bytes)
        starts = cut_line(self.data, line.at, stop, self._row_bytes)
        # The last row may have more.
        line.at = line.end if stop == line.end else starts.pop()
        self.rows.starts.extend(starts)
        self.rows.continued.extend(range(first + begins_line, first + len(starts)))
        self.rows.end = line.at
        self.flags.extend(array("H", [0]) * len(starts))
        if line.at == line.end:
            self._line = None
            self._end_line(line.behind)

    def _end_line(self, behind: int) -> None:
        self.position = self._searched = behind
        if len(self.rows):
            self.rows.end = behind
