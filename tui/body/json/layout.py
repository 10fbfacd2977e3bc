"""Finding where the lines of pretty JSON begin, slice by slice, in bytes of any size.

bytes ──> one match of _LINE per line ──────────────> rows, flags
            └ huge, last or wrong lines: token by token (JsonScanner)
"""

from __future__ import annotations

import re
from array import array
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from tui.body.growing import grown
from tui.body.json.flags import CLOSER, CONTINUED, DEPTH_BITS, IN_STRING, RowFlags
from tui.body.json.grammar import (
    LITERAL,
    NUMBER,
    STRING,
    WHITESPACE,
    JsonScanner,
    Mistake,
    State,
    Token,
    first_token_offset,
)
from tui.body.rows import ROW_BYTES, RowIndex

if TYPE_CHECKING:
    from tui.body.growing import Bytes

INDENT_CELLS = 2
INDENTED_DEPTH_MAX = 60
"""What is deeper is indented no further."""
_ROOM_MIN = 20
_SLICE_BYTES = 65_536
_TOKEN_BYTES = 64
"""A token that is looked at again and again must be looked at further each time."""
BOM = b"\xef\xbb\xbf"

_WS = rb"[ \t\n\r]*+"
# What follows must be seen, lest the end of a slice be taken for the end of a line.
_LAST = rb"(?:(,)|(?=[^ \t\n\r,:])())"
_OPENING = rb"(\{)" + _WS + rb"(?=[^ \t\n\r}])|(\[)" + _WS + rb"(?=[^ \t\n\r\]])"
_EMPTY = rb"\[" + _WS + rb"\]|\{" + _WS + rb"\}"
_OTHER = rb"(?:" + NUMBER + rb"|" + LITERAL + rb"|" + _EMPTY + rb")"
_FLAT = rb"(?:" + STRING + rb"|" + _OTHER + rb")"
_LINE = re.compile(
    _WS
    + rb"(?:"
    + (STRING + _WS + rb"(?::" + _WS + rb"(?:" + _FLAT + _WS + _LAST + rb"|" + _OPENING + rb")|")
    + (_LAST + rb")|" + _OTHER + _WS + _LAST + rb"|" + _OPENING)
    + (rb"|\}" + _WS + _LAST + rb"|\]" + _WS + _LAST + rb"|())")
)

# What a line may be, by the group that ends it ...
_MEMBER, _LAST_MEMBER, _MEMBER_OBJECT, _MEMBER_ARRAY = 1, 2, 3, 4
_STRING_ITEM, _LAST_STRING, _ITEM, _LAST_ITEM, _OBJECT, _ARRAY = 5, 6, 7, 8, 9, 10
_END_OBJECT, _LAST_END_OBJECT, _END_ARRAY, _LAST_END_ARRAY = 11, 12, 13, 14
# ... what is expected, as the base of an index ...
_AT_ITEM, _AT_ARRAY_END, _AT_MEMBER, _AT_OBJECT_END, _AT_TOP, _AT_END = range(0, 96, 16)
_EXPECTING_END = _AT_ARRAY_END - _AT_ITEM
# ... and what to do about it.
_WRONG, _STAY, _EXPECT_END, _OPEN_OBJECT, _OPEN_ARRAY, _CLOSE, _CLOSE_LAST, _END_VALUE = range(8)

_ACTIONS: Final = bytearray(96)
_ACTIONS[_AT_ITEM + _STRING_ITEM] = _ACTIONS[_AT_ITEM + _ITEM] = _STAY
_ACTIONS[_AT_ITEM + _LAST_STRING] = _ACTIONS[_AT_ITEM + _LAST_ITEM] = _EXPECT_END
_ACTIONS[_AT_ITEM + _OBJECT], _ACTIONS[_AT_ITEM + _ARRAY] = _OPEN_OBJECT, _OPEN_ARRAY
_ACTIONS[_AT_MEMBER + _MEMBER] = _STAY
_ACTIONS[_AT_MEMBER + _LAST_MEMBER] = _EXPECT_END
_ACTIONS[_AT_MEMBER + _MEMBER_OBJECT] = _OPEN_OBJECT
_ACTIONS[_AT_MEMBER + _MEMBER_ARRAY] = _OPEN_ARRAY
_ACTIONS[_AT_ARRAY_END + _END_ARRAY] = _ACTIONS[_AT_OBJECT_END + _END_OBJECT] = _CLOSE
_ACTIONS[_AT_ARRAY_END + _LAST_END_ARRAY] = _CLOSE_LAST
_ACTIONS[_AT_OBJECT_END + _LAST_END_OBJECT] = _CLOSE_LAST
_ACTIONS[_AT_TOP + _OBJECT], _ACTIONS[_AT_TOP + _ARRAY] = _OPEN_OBJECT, _OPEN_ARRAY
_ACTIONS[_AT_TOP + _LAST_STRING] = _ACTIONS[_AT_TOP + _LAST_ITEM] = _END_VALUE


_STATES = {
    _AT_ITEM: State.VALUE,
    _AT_ARRAY_END: State.AFTER_VALUE,
    _AT_MEMBER: State.KEY,
    _AT_OBJECT_END: State.AFTER_VALUE,
    _AT_TOP: State.VALUE,
    _AT_END: State.AFTER_VALUE,
}
_STRING = re.compile(STRING)
_BRACE, _BRACKET = b"}]"


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


class JsonLayout:
    """Lays out one value of JSON, or several after one another, until a mistake or the end.

    ``rows`` holds where each row begins, ``flags`` its depth (`DEPTH_BITS`), `IN_STRING` and
    `CLOSER`. Nothing recurses and nothing is looked at more than a few times. While more may come,
    nothing is decided that it might decide otherwise: `line` is open until it is.
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
        self.rows = RowIndex()
        self.flags = RowFlags()
        self.mistake: Mistake | None = None
        self.broken_at = 0
        """Where the line with the mistake begins."""
        self.value_count = 0
        self.is_complete = False
        self._rooms = _rooms(row_bytes)
        self._value_count_max = value_count_max
        self._scanner = JsonScanner()
        self._context = _AT_TOP
        self._is_begun = False

    @property
    def position(self) -> int:
        """Bytes looked at so far."""
        return self._scanner.reached

    def room(self, flag: int) -> int:
        """Return how many bytes fit on a row of these flags."""
        return self._rooms[flag & DEPTH_BITS]

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

    def advance(self, budget_bytes: int) -> None:
        """Lay out about so many bytes more."""
        self._begin()
        limit = self.position + budget_bytes
        slice_bytes = min(budget_bytes, _SLICE_BYTES)
        while not self.is_complete and not self.is_waiting and self.position < limit:
            before = self.position
            if self.line is None:
                self._take_whole_lines(before + slice_bytes)
            if self.position == before:
                self._take_line(before + max(slice_bytes, _TOKEN_BYTES))

    def _begin(self) -> None:
        """Skip a byte order mark, once it is known whether there is one."""
        if self._is_begun:
            return
        start = bytes(self.data[: len(BOM)])
        self.is_waiting = self.is_growing and start != BOM and BOM.startswith(start)
        self._is_begun = not self.is_waiting
        if start == BOM:
            self._scanner.position = self._scanner.reached = self.rows.end = len(BOM)

    def _take_whole_lines(self, limit: int) -> None:  # noqa: C901 - the loop of every byte, unrolled
        """Take lines that end before ``limit``, a match each.

        Two million times for 25 MB of records: branches took a third of the time of calls.
        """
        scanner, closers = self._scanner, self._scanner.closers
        starts, flags, rooms = array("Q"), array("H"), self._rooms
        position, context, depth = self._row_start(scanner.position), self._context, len(closers)
        if depth >= DEPTH_BITS:
            return
        for found in _LINE.finditer(self.data, position, limit):
            action, end = _ACTIONS[context + (found.lastindex or 0)], found.end()
            flag = depth
            if action == _STAY:
                pass
            elif action == _EXPECT_END:
                context += _EXPECTING_END
            elif action == _OPEN_OBJECT and depth < DEPTH_BITS:
                closers.append(_BRACE)
                depth += 1
                context = _AT_MEMBER
            elif action == _OPEN_ARRAY and depth < DEPTH_BITS:
                closers.append(_BRACKET)
                depth += 1
                context = _AT_ITEM
            elif action == _CLOSE and depth > 1:
                del closers[-1]
                depth -= 1
                flag = depth | CLOSER
                context = _AT_MEMBER if closers[-1] == _BRACE else _AT_ITEM
            elif action == _CLOSE_LAST:
                del closers[-1]
                depth -= 1
                flag = depth | CLOSER
                context = self._context_after_value()
            elif action == _END_VALUE:
                context = self._context_after_value()
            else:
                break
            if end - position > rooms[flag & DEPTH_BITS]:
                self._add_rows(starts, flags)
                del starts[:], flags[:]
                self._add_line(position, end, flag)
            else:
                starts.append(position)
                flags.append(flag)
            position = end
        self._add_rows(starts, flags)
        self._context = context
        scanner.position = scanner.reached = self.rows.end = position

    def _add_rows(self, starts: array[int], flags: array[int]) -> None:
        self.rows.starts.extend(starts)
        self.flags.extend(flags)

    def _context_after_value(self) -> int:
        closers = self._scanner.closers
        if not closers:
            self.value_count += 1
            return _AT_END if self.value_count == self._value_count_max else _AT_TOP
        return _AT_OBJECT_END if closers[-1] == _BRACE else _AT_ARRAY_END

    def _context_after(self, token: Token) -> int:
        if token not in (Token.COMMA, Token.OPEN_OBJECT, Token.OPEN_ARRAY):
            return self._context_after_value()
        return _AT_MEMBER if self._scanner.closers[-1] == _BRACE else _AT_ITEM

    @property
    def _flag(self) -> int:
        return min(len(self._scanner.closers), DEPTH_BITS)

    def _take_line(self, limit: int) -> None:
        """Go on with a line token by token: one of any length, the last one, or a wrong one."""
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
                line.undecided = self._take_token(line, *found)
            ends_line = self._ends_line(line.undecided)
            if ends_line is None:
                self.is_waiting = True
                return
            token, line.undecided = line.undecided, None
            if ends_line:
                self._add_line(line.row_start, self._scanner.position, line.flag, line.strings)
                self._context = self._context_after(token)
                line = self.line = None

    def _take_token(self, line: Line, token: Token, start: int) -> Token:
        if start == line.start and token in (Token.CLOSE_OBJECT, Token.CLOSE_ARRAY):
            line.flag = self._flag | CLOSER
        if token is Token.STRING:
            line.strings.append((start, self._scanner.position))
        return token

    def _begin_line(self) -> Line | None:
        scanner = self._scanner
        before = scanner.position
        scanner.position = scanner.reached = first_token_offset(self.data, before)
        scanner.state = _STATES[self._context]
        is_between_values = self._context in (_AT_TOP, _AT_END)
        if scanner.position == len(self.data):
            self.is_waiting = self.is_growing
            self.is_complete = not self.is_growing and is_between_values and self.value_count > 0
            if self.is_waiting or self.is_complete:
                scanner.position = before
                return None
        return Line(scanner.position, self._row_start(before), self._flag)

    def _row_start(self, position: int) -> int:
        """Return where the next row begins: of the white space before it, with that after a comma.

        It is what a match of `_LINE` comes to, wherever slices and pieces of the body end.
        """
        is_behind_comma = self.data.startswith(b",", position - 1) and position > 0
        return position if is_behind_comma else first_token_offset(self.data, position)

    def _ends_line(self, token: Token) -> bool | None:
        """Whether a line ends behind a token; None if what comes next decides."""
        scanner = self._scanner
        if token in (Token.COMMA, Token.COLON):
            return token is Token.COMMA
        if scanner.state is State.COLON:
            return False
        if not scanner.closers:
            return True
        following = first_token_offset(self.data, scanner.position)
        if following == len(self.data) and self.is_growing:
            return None
        next_byte = self.data[following : following + 1]
        match token:
            case Token.OPEN_OBJECT:
                return next_byte != b"}"
            case Token.OPEN_ARRAY:
                return next_byte != b"]"
            case _:
                return next_byte != b","

    def _break(self, mistake: Mistake, line: Line) -> None:
        is_between_values = self._context == _AT_TOP and self.value_count
        if is_between_values and self._scanner.position == line.start:
            mistake = Mistake(mistake.offset, "text after the end of the value")
        self.mistake, self.broken_at, self.is_complete = mistake, line.start, True
        self.rows.end = line.start

    def _add_line(
        self, start: int, end: int, flag: int, strings: list[tuple[int, int]] | None = None
    ) -> None:
        """Add a line that may be too long for one row; then white space before it is left out."""
        room, first = self.room(flag), len(self.rows)
        while self.data[end - 1] in WHITESPACE:
            end -= 1
        if end - start > room:
            start = first_token_offset(self.data, start)
        self.rows.add_cut(self.data, start, end, room)
        count = len(self.rows) - first
        if count == 1:
            self.flags.extend(array("H", [flag]))
            return
        if strings is None:
            strings = [found.span() for found in _STRING.finditer(self.data, start, end)]
        below = self.rows.starts.count_below
        flags = array("H", [flag]) + array("H", [flag | CONTINUED]) * (count - 1)
        for begin, stop in strings:
            inside = slice(max(1, below(begin + 1) - first), max(1, below(stop) - first))
            flags[inside] = array("H", [flag | CONTINUED | IN_STRING]) * len(flags[inside])
        self.flags.extend(flags)


@lru_cache(maxsize=4)
def _rooms(row_bytes: int) -> tuple[int, ...]:
    """Return what fits on a row beside its indentation, at each depth."""
    least = min(row_bytes, _ROOM_MIN)
    indents = range(0, INDENT_CELLS * INDENTED_DEPTH_MAX + 1, INDENT_CELLS)
    rooms = tuple(max(least, row_bytes - indent) for indent in indents)
    return rooms + rooms[-1:] * (DEPTH_BITS + 1 - len(rooms))
