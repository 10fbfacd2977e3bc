"""Reading a record of JSON a member at a time, however deep its values are nested.

Python's own scanner reads a value in a hundredth of the time that its tokens take here; it says
where a value ends, and what it makes of it is thrown away. What is wrong with a record is told by
`JsonScanner`, which reads on from the member at fault.
"""

from __future__ import annotations

import re
from json import JSONDecodeError, JSONDecoder
from typing import NamedTuple

from tui.body.json.grammar import (
    STRING,
    WHITESPACE,
    JsonScanner,
    Mistake,
    State,
    first_token_offset,
)

_WS = rb"[ \t\n\r]*+"
_KEY = re.compile(rb"(" + STRING + rb")" + _WS + rb":" + _WS)
_BEHIND = re.compile(_WS + rb"([,\]}])" + _WS)
_ENCLOSED = (b'"', b"{", b"[")
_BY_TOKEN_MAX = 8 * 1024
"""Of a longer value it is not told token by token what is wrong with it; this takes some 15 ms."""


class DeepMember(NamedTuple):
    """A member of an object, or an item of an array; offsets are those in the record."""

    key: bytes
    """As it is spelt; empty in an array."""
    start: int
    """The first byte of its value."""
    end: int


class DeepReader:
    """Reads an object or an array.

    Args:
        record: begins with a bracket.
    """

    def __init__(self, record: bytes) -> None:
        self.members: list[DeepMember] = []
        self.end: int | None = None
        """The byte behind the last member, once all are read and nothing is wrong."""
        self.is_object = record.startswith(b"{")
        self._record = record
        self._text = record.decode("latin-1")  # a character is a byte
        self._closer = b"}" if self.is_object else b"]"
        self._at = first_token_offset(record, 1)
        self._state = State.FIRST_KEY if self.is_object else State.FIRST_VALUE
        self._wrong = ""
        """What Python says of a value."""

    def read(self) -> Mistake | None:
        """Read all; None if nothing is wrong, or cannot be told."""
        while self._read_member():
            pass
        return None if self.end is not None else self._mistake()

    def _read_member(self) -> bool:
        """Read the next member; false if there is none, or it is wrong."""
        key = b""
        if self.is_object:
            found = _KEY.match(self._record, self._at)
            if found is None:
                return False
            key, self._at, self._state = found[1], found.end(), State.VALUE
        end = self._end_of_value()
        if end is None:
            return False
        self.members.append(DeepMember(key, self._at, end))
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
            self._wrong = "nested too deep"
        except ValueError:
            self._wrong = ""  # a number of so many digits is JSON
        return None

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
        record = self._record
        is_value = self._state in (State.VALUE, State.FIRST_VALUE)
        if is_value and self._wrong and len(record) - self._at > _BY_TOKEN_MAX:
            return Mistake(self._at, self._wrong)
        scanner = JsonScanner(self._at)
        scanner.closers += self._closer
        scanner.state = self._state
        while not scanner.is_done:
            found = scanner.step(record)
            if found is None or isinstance(found, Mistake):
                return found or Mistake(len(record), "cut off")
        rest = scanner.position
        is_more = bool(record[rest:].strip(WHITESPACE))
        return Mistake(rest, "text after the end of the value") if is_more else None
