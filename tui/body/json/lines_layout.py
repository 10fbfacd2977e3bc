"""JSON Lines: one value a line of the text, where a line that is no JSON breaks no other.

    {"a": 1}          ──▶   rows of JSON
    {"a": oops}       ──▶   rows of text, flagged `BROKEN`
    {"a": 3}          ──▶   rows of JSON

Values are read after one another, as `JsonLayout` does, and held back until it is known that each
is all there is in its line. Where one is not, what is held is forgotten: the line is text, and
reading goes on behind it.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections import deque
from typing import TYPE_CHECKING

from tui.body.json.flags import BROKEN
from tui.body.json.grammar import JsonScanner, Mistake, State, first_token_offset
from tui.body.json.laid import LaidJson
from tui.body.json.layout import BOM, TOKEN_BYTES, JsonLayout
from tui.body.json.line_pattern import AT_TOP, AT_WRONG
from tui.body.offsets import Offsets
from tui.body.rows import ROW_BYTES

if TYPE_CHECKING:
    from tui.body.growing import Bytes
    from tui.body.json.grammar import Token
    from tui.body.json.layout import Line

_BROKEN_BYTES = 512
"""A line that is no JSON takes as long as laying out so many bytes, and then its own."""
SETTLED_MAX = 1 << 14
"""Adding so many rows takes a few milliseconds, of long ones too; a value may have millions."""
_FAR_BYTES = 1 << 32
"""Offsets from here on take more than four bytes."""
_HEAD_BYTES = 4 * 1024
_CUT_OFF = "the line ends here, but its value does not"


class _Held:
    """Some rows that are held back.

    Args:
        is_narrow: whether offsets take four bytes each rather than eight, and longer to add.
    """

    __slots__ = ("continued", "flags", "starts")

    def __init__(self, *, is_narrow: bool = False) -> None:
        self.starts, self.flags = array("I" if is_narrow else "Q"), array("H")
        self.continued = array("I")
        """Which of them go on with a line, counted among them."""

    def add(self, starts: array[int], flags: array[int]) -> None:
        """Hold more of them."""
        if self.starts.typecode == starts.typecode:
            self.starts.extend(starts)
        else:
            self.starts.fromlist(starts.tolist())
        self.flags.extend(flags)

    def drop(self, count: int) -> None:
        """Drop the first of them."""
        del self.starts[:count], self.flags[:count]
        if self.continued:
            rest = self.continued[bisect_left(self.continued, count) :]
            self.continued = array("I", [row - count for row in rest])


class HeldRows(LaidJson):
    """Rows of which those of the value that is being read are held back.

    They are held in pieces, each of which goes when its rows are added: a value of a number every
    three bytes has as many rows as take twice its bytes.
    """

    def __init__(self, rooms: tuple[int, ...]) -> None:
        super().__init__(rooms)
        self._held = deque([_Held()])
        self.is_settled = True
        """Whether no row is held of a value that was read."""

    def extend(self, starts: array[int], flags: array[int]) -> None:
        """Hold lines of a row each."""
        self._hold(starts, flags)

    def add_cut(
        self, starts: array[int], flags: array[int], end: int, *, is_begun: bool = False
    ) -> None:
        """Hold rows of one line."""
        del end
        held = self._hold(starts, flags)
        count = len(held.starts)
        held.continued.extend(range(count - len(starts) + (not is_begun), count))

    def _hold(self, starts: array[int], flags: array[int]) -> _Held:
        """Return with what they are held."""
        held = self._held[-1]
        if not starts:  # a piece that others follow holds some
            return held
        is_far = starts[-1] >= _FAR_BYTES
        if len(held.starts) >= SETTLED_MAX or (is_far and held.starts.typecode != "Q"):
            held = _Held(is_narrow=not is_far)
            self._held.append(held)
        held.add(starts, flags)
        return held

    def settle(self, offset: int) -> int:
        """Add rows of values that end before an offset, many but not all at once; return how many.

        `is_settled` says whether those were the last ones.
        """
        held = self._held[0]
        end = bisect_left(held.starts, offset)
        if end:
            if held.continued:
                added = len(self.rows)
                cut = held.continued[: bisect_left(held.continued, end)]
                self.rows.continued.extend([added + row for row in cut])
            super().extend(held.starts[:end], held.flags[:end])
        if end == len(held.starts) and len(self._held) > 1:
            self._held.popleft()
        else:
            held.drop(end)
        following = self._held[0].starts
        self.is_settled = not following or following[0] >= offset
        self.rows.end = offset if self.is_settled else following[0]
        return end

    def forget(self) -> None:
        """Forget what is held."""
        self._held = deque([_Held()])
        self.cutting = None

    def begin_text(self, data: Bytes, span: tuple[int, int]) -> None:
        """Begin to add a line that is no JSON."""
        self.begin_line(data, span, BROKEN, (span,))


class JsonLinesLayout(JsonLayout):
    """Lays out values of JSON, one a line; what is wrong with a line says `first_broken`."""

    _laid: HeldRows

    def __init__(
        self, data: Bytes, *, row_bytes: int = ROW_BYTES, is_growing: bool = False
    ) -> None:
        super().__init__(data, row_bytes=row_bytes, is_growing=is_growing)
        self.first_broken: Mistake | None = None
        self.broken = Offsets()
        """Where the lines break that are no JSON, in order."""
        self._wrong: Mistake | None = None
        """Of the line that is being read."""
        self._value_start = 0
        self._searched = 0
        """No line ends between the start of the value and here."""
        self._line_searched = 0
        """No line that is no JSON ends between its start and here."""
        self._resumed_at: int | None = None
        """Where the last line that was no JSON ends."""

    def _begin_rows(self, rooms: tuple[int, ...]) -> LaidJson:
        return HeldRows(rooms)

    # Reading on, a line at a time

    def _step(self, slice_bytes: int) -> int:
        if not self._laid.is_settled:
            return self._laid.settle(self._value_start)
        if self._laid.cutting is not None:
            return super()._step(slice_bytes) + self._settle()
        if not self._is_blank_known(slice_bytes):
            return slice_bytes
        before, broken, read = self.position, len(self.broken), 0
        if self._context == AT_TOP and self.line is None:
            self._value_start = self._blank.end(self.data, self._scanner.position)
        if self._wrong is None:
            read = super()._step(self._trusted(slice_bytes))
            self._look_for_line_end()
        settled = self._settle()
        if self._wrong is not None and self._laid.is_settled:
            self._end_broken_line(self._wrong)
            self._settle()
        cost = settled + _BROKEN_BYTES * (len(self.broken) - broken)
        return max(read, self.position - before) + cost

    def _settle(self) -> int:
        """Add what is held of values that are read, unless rows of the last one are missing."""
        is_whole = self._laid.cutting is None or self._wrong is not None
        return self._laid.settle(self._value_start) if is_whole else 0

    def _trusted(self, slice_bytes: int) -> int:
        """Return how far to read before looking whether the line has ended.

        Behind a line that was no JSON not much further than what has been read since: what is read
        beyond the end of a line is read in vain.
        """
        if self._resumed_at is None:
            return slice_bytes
        return min(slice_bytes, max(TOKEN_BYTES, 2 * (self.position - self._resumed_at)))

    def _ends_line(self, token: Token) -> bool | None:
        """Whether a line ends behind a token; a value does so at the end of a line of the text."""
        scanner = self._scanner
        if self.is_growing and scanner.is_done:
            following = self._blank.end(self.data, scanner.position)
            is_open = not self._blank.has_line_feed(self.data, scanner.position)
            if is_open and following == len(self.data):
                return None
        return super()._ends_line(token)

    def _context_after_value(self, end: int) -> int:
        context = super()._context_after_value(end)
        if self._scanner.closers:
            return context
        following = self._blank.end(self.data, end)
        self._wrong = self._find_wrong(end, following)
        if self._wrong is not None:
            self.value_count -= 1
            return AT_WRONG
        self._value_start = following
        return context

    def _find_wrong(self, end: int, following: int) -> Mistake | None:
        """Say what is wrong if a value, and nothing else, is not what is in its line.

        Args:
            end: where the value ends, or in white space behind it.
            following: where the next one begins, or the text ends.
        """
        newline = self.data.find(b"\n", self._value_start, following)
        if newline < 0:
            is_last = following == len(self.data)
            return None if is_last else Mistake(following, "text after the end of the value")
        is_behind = newline >= end or first_token_offset(self.data, newline) >= following
        return None if is_behind else Mistake(newline, _CUT_OFF)

    # Lines that are no JSON

    def _break(self, mistake: Mistake, line: Line) -> None:
        if self._value_start == len(self.data) and not self.value_count:
            super()._break(mistake, line)
            return
        newline = self.data.find(b"\n", self._value_start, mistake.offset + 1)
        self._wrong = mistake if newline < 0 else Mistake(newline, _CUT_OFF)

    def _look_for_line_end(self) -> None:
        """See whether the line of the text ended within the value that is being read."""
        if self._wrong is None and (self._scanner.closers or self.line is not None):
            begin = max(self._value_start, self._searched)
            newline = self.data.find(b"\n", begin, self.position)
            self._searched = self.position
            self._wrong = Mistake(newline, _CUT_OFF) if newline >= 0 else None

    def _end_broken_line(self, mistake: Mistake) -> None:
        """Make text of the line, once all of it has come."""
        data, start = self.data, self._value_start
        newline = data.find(b"\n", max(start, self._line_searched))
        if newline < 0 and self.is_growing:
            self._line_searched, self.is_waiting = len(data), True
            return
        end = len(data) if newline < 0 else newline
        self._laid.forget()
        self._laid.begin_text(data, (start, end))
        self.first_broken = self.first_broken or mistake
        self.broken.append(mistake.offset)
        self.value_count += 1
        self._resume(first_token_offset(data, end))

    def _resume(self, offset: int) -> None:
        scanner = self._scanner
        scanner.closers.clear()
        scanner.position = scanner.reached = self._value_start = self._searched = offset
        scanner.state, self._context = State.VALUE, AT_TOP
        self._wrong = self.line = None
        self._resumed_at = offset


def spans_lines(data: Bytes) -> bool:
    """Whether the first value goes on over several lines, as indented JSON does.

    Then there is not one value a line, whatever the sender calls it. Looks at the start only.
    """
    head = bytes(data[:_HEAD_BYTES])
    scanner = JsonScanner(first_token_offset(head, len(BOM) if head.startswith(BOM) else 0))
    begin = scanner.position
    while not scanner.is_done:
        found = scanner.step(head)
        if isinstance(found, Mistake):
            if not found.is_at_end or len(head) == len(data):
                return False
            break
    return b"\n" in head[begin : scanner.position]
