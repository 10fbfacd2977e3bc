"""Finding where the lines of pretty JSON begin, slice by slice, in bytes of any size.

bytes ──> one match of `LINE` a line ────────────> rows, flags
            └ huge, last or wrong lines: token by token (JsonScanner)
"""

from __future__ import annotations

from array import array
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from tui.body.growing import grown
from tui.body.json.blank import Blank
from tui.body.json.flags import CLOSER, DEPTH_BITS
from tui.body.json.grammar import JsonScanner, Mistake, State, Token
from tui.body.json.laid import LaidJson
from tui.body.json.line_pattern import (
    ACTIONS,
    AT_ARRAY_END,
    AT_END,
    AT_ITEM,
    AT_MEMBER,
    AT_OBJECT_END,
    AT_TOP,
    CLOSE,
    CLOSE_LAST,
    END_VALUE,
    EXPECT_END,
    EXPECTING_END,
    LINE,
    OPEN_ARRAY,
    OPEN_OBJECT,
    STATES,
    STAY,
)
from tui.body.rows import ROW_BYTES

if TYPE_CHECKING:
    from tui.body.growing import Bytes
    from tui.body.json.laid import CutLine

INDENT_CELLS = 2
INDENTED_DEPTH_MAX = 60
"""What is deeper is indented no further."""
_ROOM_MIN = 20
SLICE_BYTES = 65_536
TOKEN_BYTES = 64
"""A token that is looked at again and again must be looked at further each time."""
STEP_BYTES = 64
"""Reading one line token by token takes as long as laying out so many bytes, beside its own."""
_LINE_BYTES = 6
"""A line of fewer bytes takes as long as so many, though it is a match."""
_AT_ONCE_BYTES_MIN = 4_096
"""Of so many bytes each may be a line, in a few milliseconds."""
BOM = b"\xef\xbb\xbf"

_BRACE, _BRACKET = b"}]"
_OPENED: Final = {OPEN_OBJECT: (_BRACE, AT_MEMBER), OPEN_ARRAY: (_BRACKET, AT_ITEM)}
"""What closes what is opened, and what is expected then."""
_BEHIND_COMMA: Final = {_BRACE: AT_MEMBER, _BRACKET: AT_ITEM}
_BEHIND_VALUE: Final = {_BRACE: AT_OBJECT_END, _BRACKET: AT_ARRAY_END}
_GOES_ON: Final = {Token.OPEN_OBJECT: b"}", Token.OPEN_ARRAY: b"]"}
"""What goes on with the line behind a token; a comma behind all others."""


@dataclass(slots=True)
class Line:
    """A line that is being read token by token."""

    start: int
    """Where its first token begins."""
    row_start: int
    flag: int
    strings: list[tuple[int, int]] = field(default_factory=list[tuple[int, int]])
    undecided: Token | None = None
    """The last token, until it is known whether the line ends behind it."""

    def take(self, token: Token, start: int, end: int, flag: int) -> Token:
        """Take in the next token; return it.

        Args:
            token: what it is.
            start: where it begins.
            end: where it ends.
            flag: that of a row behind it.
        """
        if start == self.start and token in (Token.CLOSE_OBJECT, Token.CLOSE_ARRAY):
            self.flag = flag | CLOSER
        if token is Token.STRING:
            self.strings.append((start, end))
        return token


@dataclass(slots=True)
class _Pace:
    """How much is taken at a time where each line is a match, by how many there were before."""

    at_once_bytes: int = _AT_ONCE_BYTES_MIN

    def cost(self, read_bytes: int, line_count: int) -> int:
        """Return what it took to read so many bytes, of which so many lines were a match each."""
        lines_bytes = _LINE_BYTES * line_count
        wanted = self.at_once_bytes // 2 if lines_bytes > read_bytes else 2 * self.at_once_bytes
        self.at_once_bytes = max(_AT_ONCE_BYTES_MIN, min(wanted, SLICE_BYTES))
        return max(read_bytes, lines_bytes)


class JsonLayout:
    """Lays out one value of JSON, or several after one another, until a mistake or the end.

    ``rows`` and ``flags`` are those of `LaidJson`. Nothing recurses and nothing is looked at more
    than a few times. While more may come, nothing is decided that it might decide otherwise: `line`
    is open until it is.
    """

    def __init__(
        self,
        data: Bytes,
        *,
        row_bytes: int = ROW_BYTES,
        value_count_max: int | None = None,
        is_growing: bool = False,
    ) -> None:
        self.data = data
        self.is_growing = is_growing
        self.is_waiting = False
        """Whether there is nothing to do before more has come."""
        self.line: Line | None = None
        """The line that is being read token by token."""
        self._laid = self._begin_rows(_rooms(row_bytes))
        self.rows, self.flags = self._laid.rows, self._laid.flags
        self.mistake: Mistake | None = None
        self.broken_at = 0
        """Where the line with the mistake begins."""
        self.value_count = 0
        self.is_complete = False
        self._value_count_max = value_count_max
        self._scanner = JsonScanner()
        self._context = AT_TOP
        self._is_begun = False
        self._blank = Blank()
        self._pace = _Pace()

    def _begin_rows(self, rooms: tuple[int, ...]) -> LaidJson:
        return LaidJson(rooms)

    @property
    def position(self) -> int:
        """Bytes looked at so far."""
        return self._scanner.reached

    @property
    def non_finite_at(self) -> int | None:
        """Where the first ``NaN`` or ``Infinity`` is, which JSON has not; None if none was met."""
        return self._scanner.non_finite_at

    @property
    def cutting(self) -> CutLine | None:
        """The line that has been read last, while not all of its rows are there."""
        return self._laid.cutting

    def room(self, flag: int) -> int:
        """Return how many bytes fit on a row of these flags."""
        return self._laid.rooms[flag & DEPTH_BITS]

    @property
    def open_string(self) -> int | None:
        """Where a string begins that has not ended yet; None if the scanner is in none."""
        at = self._scanner.position
        return at if self.line is not None and self.data.startswith(b'"', at) else None

    def append(self, data: bytes) -> None:
        """Take in what came next."""
        self.data = grown(self.data, data)
        self.is_waiting = False

    def finish(self, data: bytes) -> None:
        """Take in that nothing comes any more."""
        self.data, self.is_growing, self.is_waiting = data, False, False

    def advance(self, budget_bytes: int, *, step_bytes: int = 0) -> None:
        """Lay out about so many bytes more.

        Args:
            budget_bytes: how many.
            step_bytes: what is counted beside the bytes of each step; `STEP_BYTES` for a frame.
        """
        self._begin()
        slice_bytes = min(budget_bytes, SLICE_BYTES)
        while not self.is_complete and not self.is_waiting and budget_bytes > 0:
            budget_bytes -= step_bytes + self._step(slice_bytes)

    def _step(self, slice_bytes: int) -> int:
        """Lay out some lines, or some of one; return what that costs, in bytes."""
        if self._laid.cutting is not None:
            return self._laid.cut_on(self.data, slice_bytes)
        if not self._is_blank_known(slice_bytes):
            return slice_bytes
        before, whole_lines = self.position, 0
        if self.line is None and not self._blank.is_all(self.data, self._scanner.position):
            # Not from where was looked up to: that may be behind a lot of white space.
            limit = self._scanner.position + min(slice_bytes, self._pace.at_once_bytes)
            row_start = self._row_start(self._scanner.position)
            whole_lines = self._take_whole_lines(row_start, limit)
            self._scanner.look_for_non_finite(self.data, row_start)
        if self.position == before:
            self._take_line(max(slice_bytes, TOKEN_BYTES))
        return self._pace.cost(self.position - before, whole_lines)

    def _is_blank_known(self, slice_bytes: int) -> bool:
        """Look on through white space, if what comes behind it decides; true if it is looked at."""
        is_asked = self.line is None or self.line.undecided is not None
        return not is_asked or self._blank.look(self.data, self._scanner.position, slice_bytes)

    def _begin(self) -> None:
        """Skip a byte order mark, once it is known whether there is one."""
        if self._is_begun:
            return
        start = bytes(self.data[: len(BOM)])
        self.is_waiting = self.is_growing and start != BOM and BOM.startswith(start)
        self._is_begun = not self.is_waiting
        if start == BOM:
            self._scanner.position = self._scanner.reached = self.rows.end = len(BOM)

    def _take_whole_lines(self, position: int, limit: int) -> int:
        """Take lines from ``position`` to ``limit``, a match each; return how many.

        Two million times for 25 MB of records: branches took a third of the time of calls.
        """
        scanner, closers = self._scanner, self._scanner.closers
        context, depth = self._context, self._flag
        # Lists: they take another item in half the time of arrays.
        bounds, flags = [position], list[int]()
        for found in LINE.finditer(self.data, position, limit):
            action, flag = ACTIONS[context + (found.lastindex or 0)], depth
            if action == STAY:
                pass
            elif action == EXPECT_END:
                context += EXPECTING_END
            elif action in _OPENED:
                closer, context = _OPENED[action]
                closers.append(closer)
                depth += depth < DEPTH_BITS
            elif action == CLOSE and len(closers) > 1:
                del closers[-1]
                depth -= len(closers) < DEPTH_BITS
                flag, context = depth | CLOSER, _BEHIND_COMMA[closers[-1]]
            elif action == CLOSE_LAST:
                del closers[-1]
                depth -= len(closers) < DEPTH_BITS
                flag, context = depth | CLOSER, self._context_after_value(found.end())
            elif action == END_VALUE:
                context = self._context_after_value(found.end())
            else:
                break
            bounds.append(found.end())
            flags.append(flag)
        self._context = context
        self._laid.add_lines(self.data, bounds, array("H", flags))
        scanner.position = scanner.reached = self.rows.end = bounds[-1]
        return len(flags)

    def _context_after_value(self, end: int) -> int:
        """Return what is expected behind a value that ends at ``end``, or in white space there."""
        del end
        closers = self._scanner.closers
        if not closers:
            self.value_count += 1
            return AT_END if self.value_count == self._value_count_max else AT_TOP
        return _BEHIND_VALUE[closers[-1]]

    def _context_after(self, token: Token) -> int:
        if token not in (Token.COMMA, Token.OPEN_OBJECT, Token.OPEN_ARRAY):
            return self._context_after_value(self._scanner.position)
        return _BEHIND_COMMA[self._scanner.closers[-1]]

    @property
    def _flag(self) -> int:
        return min(len(self._scanner.closers), DEPTH_BITS)

    def _take_line(self, slice_bytes: int) -> None:
        """Go on with a line token by token: one of any length, the last one, or a wrong one."""
        limit = self.position + slice_bytes
        line = self.line = self.line or self._begin_line()
        while line is not None:
            if line.undecided is None:
                found = self._scanner.step(self.data, limit, is_growing=self.is_growing)
                if found is None:
                    is_behind_limit = limit < len(self.data) and self.open_string is not None
                    self.is_waiting = self.is_growing and not is_behind_limit
                    return
                if isinstance(found, Mistake):
                    self._break(found, line)
                    return
                line.undecided = line.take(*found, self._scanner.position, self._flag)
                if not self._is_blank_known(slice_bytes):
                    return
            ends_line = self._ends_line(line.undecided)
            if ends_line is None:
                self.is_waiting = True
                return
            token, line.undecided = line.undecided, None
            if ends_line:
                span = line.row_start, self._scanner.position
                self._laid.begin_line(self.data, span, line.flag, line.strings, line.start)
                self._laid.cut_on(self.data, slice_bytes)
                self._context = self._context_after(token)
                line = self.line = None
            else:
                self._scanner.position = self._blank.end(self.data, self._scanner.position)

    def _begin_line(self) -> Line | None:
        scanner = self._scanner
        before = scanner.position
        scanner.position = scanner.reached = self._blank.end(self.data, before)
        scanner.state = STATES[self._context]
        is_between_values = self._context in (AT_TOP, AT_END)
        if scanner.position == len(self.data):
            self.is_waiting = self.is_growing
            self.is_complete = not self.is_growing and is_between_values and self.value_count > 0
            if self.is_waiting or self.is_complete:
                scanner.position = before
                return None
        return Line(scanner.position, self._row_start(before), self._flag)

    def _row_start(self, position: int) -> int:
        return self._blank.row_start(self.data, position)

    def _ends_line(self, token: Token) -> bool | None:
        """Whether a line ends behind a token; None if what comes next decides."""
        scanner = self._scanner
        if token in (Token.COMMA, Token.COLON):
            return token is Token.COMMA
        if scanner.state is State.COLON:
            return False
        if not scanner.closers:
            return True
        following = self._blank.end(self.data, scanner.position)
        if following == len(self.data) and self.is_growing:
            return None
        return self.data[following : following + 1] != _GOES_ON.get(token, b",")

    def _break(self, mistake: Mistake, line: Line) -> None:
        is_between_values = self._context == AT_TOP and self.value_count
        if is_between_values and self._scanner.position == line.start:
            mistake = Mistake(mistake.offset, "text after the end of the value")
        self.mistake, self.broken_at, self.is_complete = mistake, line.start, True
        self.rows.end = line.start


@lru_cache(maxsize=4)
def _rooms(row_bytes: int) -> tuple[int, ...]:
    """Return what fits on a row beside its indentation, at each depth."""
    least = min(row_bytes, _ROOM_MIN)
    indents = range(0, INDENT_CELLS * INDENTED_DEPTH_MAX + 1, INDENT_CELLS)
    rooms = tuple(max(least, row_bytes - indent) for indent in indents)
    return rooms + rooms[-1:] * (DEPTH_BITS + 1 - len(rooms))
