"""Reading a record of JSON a member at a time, however deep its values are nested.

Members that are not deep are read at once. Of others, Python's own scanner reads a value in a
hundredth of the time that its tokens take here; it says where a value ends, and what it makes of it
is thrown away. `JsonScanner` reads what is nested too deep for it, and tells what is wrong with a
record: it reads on from the member at fault.
"""

from __future__ import annotations

import re
from json import JSONDecodeError, JSONDecoder

from tui.body.json.grammar import (
    STRING,
    WHITESPACE,
    JsonScanner,
    Mistake,
    State,
    first_token_offset,
)
from tui.body.table.json_runs import end_of_run, members_in_run, skip_run

_WS = rb"[ \t\n\r]*+"
_KEY = re.compile(rb"(" + STRING + rb")" + _WS + rb":" + _WS)
_BEHIND = re.compile(_WS + rb"([,\]}])" + _WS)
_ENCLOSED = (b'"', b"{", b"[")
_BY_TOKEN_MAX = 8 * 1024
"""Of a longer value it is not told token by token what is wrong with it; this takes some 15 ms."""
STEPS_MAX = 2_000
"""So many values, or tokens, are read one by one; this takes some 10 ms."""


class DeepReader:
    """Reads an object or an array.

    Args:
        record: begins with a bracket.
    """

    def __init__(self, record: bytes) -> None:
        self.keys: list[bytes] = []
        """Of an object, as they are spelt."""
        self.begins: list[int] = []
        """Where each member begins, or each item; offsets are those in the record."""
        self.end: int | None = None
        """The byte behind the last member, once all are read and nothing is wrong."""
        self.is_too_long = False
        """Whether there was too much to be read."""
        self.is_object = record.startswith(b"{")
        self._record = record
        self._text = record.decode("latin-1")  # a character is a byte
        self._closer = b"}" if self.is_object else b"]"
        self._at = first_token_offset(record, 1)
        self._state = State.FIRST_KEY if self.is_object else State.FIRST_VALUE
        self._wrong = ""
        """What Python says of a value."""
        self._fault: Mistake | None = None
        """What is wrong in a value that is nested too deep for Python."""
        self._steps_left = STEPS_MAX
        """So many runs and tokens are still read one by one."""
        self._pieces: list[tuple[int, int, bytes]] = []
        """Where runs begin and end; and members between them, with their keys."""

    def read(self) -> Mistake | None:
        """Read all; None if nothing is wrong, or cannot be told."""
        for _ in range(STEPS_MAX):
            self._read_run()
            if not self._read_member():
                if self.end is None:
                    return self._mistake()
                self._take_pieces()
                return None
        self.is_too_long = True
        return None

    def _take_pieces(self) -> None:
        """Take up all members; nobody asks for those of a record that turns out to be wrong."""
        for begin, end, key in self._pieces:
            is_run = begin < end
            keys, begins = [key], [begin]
            if is_run:
                keys, begins = members_in_run(self._record, begin, end, is_object=self.is_object)
            self.keys += keys if self.is_object else []
            self.begins += begins

    def _read_run(self) -> None:
        """Read members that are not deep, all at once."""
        end = end_of_run(self._record, self._at, is_object=self.is_object)
        if end > self._at:
            self._pieces.append((self._at, end, b""))
            self._at = first_token_offset(self._record, end)
            self._state = State.KEY if self.is_object else State.VALUE

    def _read_member(self) -> bool:
        """Read the next member; false if there is none, or it is wrong."""
        begin, key = self._at, b""
        if self.is_object:
            found = _KEY.match(self._record, self._at)
            if found is None:
                return False
            key, self._at, self._state = found[1], found.end(), State.VALUE
        end = self._end_of_value()
        if end is None:
            return False
        self._pieces.append((begin, begin, key))
        # Of a number more may belong to it than Python takes for one.
        if self._record.startswith(_ENCLOSED, self._at):
            self._at, self._state = end, State.AFTER_VALUE
        return self._goes_on(end)

    def _end_of_value(self) -> int | None:
        try:
            return JSONDecoder().raw_decode(self._text, self._at)[1]
        except JSONDecodeError as error:
            self._wrong = f"{error.msg[:1].lower()}{error.msg[1:]}"
        except RecursionError:
            return self._end_of_deep_value()
        except ValueError:
            self._wrong = ""  # a number of so many digits is JSON
        return None

    def _end_of_deep_value(self) -> int | None:
        """Return where a value ends that is nested too deep for Python; None if it is wrong."""
        scanner = JsonScanner(self._at)
        self._fault = self._walk(scanner)
        return scanner.position if scanner.is_done else None

    def _goes_on(self, end: int) -> bool:
        behind = _BEHIND.match(self._record, end)
        if behind is None:
            return False
        if behind[1] == b",":
            self._at, self._state = behind.end(), State.KEY if self.is_object else State.VALUE
            return True
        if behind[1] == self._closer and behind.end() == len(self._record):
            self.end = end
        return False

    def _mistake(self) -> Mistake | None:
        if self._fault is not None or self.is_too_long:
            return self._fault
        record = self._record
        is_value = self._state in (State.VALUE, State.FIRST_VALUE)
        if is_value and self._wrong and len(record) - self._at > _BY_TOKEN_MAX:
            return Mistake(self._at, self._wrong)
        scanner = JsonScanner(self._at)
        scanner.closers += self._closer
        scanner.state = self._state
        fault = self._walk(scanner)
        if fault is not None or not scanner.is_done:
            return fault
        rest = scanner.position
        is_more = bool(record[rest:].strip(WHITESPACE))
        return Mistake(rest, "text after the end of the value") if is_more else None

    def _walk(self, scanner: JsonScanner) -> Mistake | None:
        """Read up to the end of a value; None if nothing is wrong, or there is too much of it."""
        while not scanner.is_done:
            if not self._steps_left:
                self.is_too_long = True
                return None
            self._steps_left -= 1
            skip_run(scanner, self._record, len(self._record))
            found = None if scanner.is_done else scanner.step(self._record)
            if isinstance(found, Mistake):
                return found
        return None
