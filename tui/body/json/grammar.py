"""The grammar of JSON (RFC 8259) as it is scanned here: bytes, forwards, without recursion.

``NaN`` and ``Infinity`` are let through and told: models written in Python answer with them.

Regular expressions do the work on whole runs of tokens; the states between them are few and kept
by hand, so that neither deep nesting nor a huge token costs more than its length. All patterns
are possessive: none of them ever goes back.

            ┌───────── , ─────────┐
            v                     │
    [ ──> VALUE ──────────> AFTER_VALUE ──> ] or } or the end
    { ──> KEY ──> COLON ──> VALUE
"""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from enum import IntEnum
from json import JSONDecodeError, JSONDecoder
from typing import TYPE_CHECKING

from tui.body.json.numbers import NUMBER, NUMBER_AT_FAULT, NUMBER_BYTES, NUMBER_PART, LongNumber

if TYPE_CHECKING:
    from tui.body.growing import Bytes

WHITESPACE = b" \t\n\r"
"""All that JSON allows between tokens (RFC 8259, section 2)."""

_WS = rb"[ \t\n\r]*+"
_CHARACTERS = rb'[^"\\\x00-\x1f]*+'
_ESCAPE = rb'\\(?:["\\/bfnrt]|u[0-9A-Fa-f]{4})'
STRING = rb'"' + _CHARACTERS + rb"(?:" + _ESCAPE + _CHARACTERS + rb')*+"'
LITERAL = rb"(?:true|false|null)(?![\w.])"
NON_FINITE = rb"(?:NaN|-?Infinity)(?![\w.])"
"""What Python's json writes and reads for numbers that are none; RFC 8259 has no words for them."""

_TOKEN = re.compile(rb"(" + NUMBER + rb"|" + LITERAL + rb")|(\{)|(\[)|(\})|(\])|(,)|(:)")
_NON_FINITE = re.compile(NON_FINITE)
_STRING_OR_NON_FINITE = re.compile(STRING + rb"|(" + NON_FINITE + rb")")
_SPACES = re.compile(_WS)
STRING_PART = re.compile(_CHARACTERS + rb"(?:" + _ESCAPE + _CHARACTERS + rb")*+")
_OPEN_ESCAPE = re.compile(r"\\(?:u[0-9A-Fa-f]{0,3})?\Z")
_ESCAPE_BYTES_MAX = 6
_EXCERPT_BYTES = 20
_SHORT_BYTES = 256
"""Up to here matching what is in a string is faster than reading it."""
_READER = JSONDecoder()
_WORD = re.compile(rb"[^\s\"{}\[\],:]{1,40}")


class Token(IntEnum):
    """Kinds of token, numbered as the groups of the pattern that finds all but strings."""

    STRING = 0
    PLAIN = 1
    OPEN_OBJECT = 2
    OPEN_ARRAY = 3
    CLOSE_OBJECT = 4
    CLOSE_ARRAY = 5
    COMMA = 6
    COLON = 7


class State(IntEnum):
    """What may come next."""

    VALUE = 0
    FIRST_VALUE = 1
    KEY = 2
    FIRST_KEY = 3
    COLON = 4
    AFTER_VALUE = 5


_VALUES = (Token.STRING, Token.PLAIN, Token.OPEN_OBJECT, Token.OPEN_ARRAY)
_ALLOWED: dict[State, tuple[Token, ...]] = {
    State.VALUE: _VALUES,
    State.FIRST_VALUE: (*_VALUES, Token.CLOSE_ARRAY),
    State.KEY: (Token.STRING,),
    State.FIRST_KEY: (Token.STRING, Token.CLOSE_OBJECT),
    State.COLON: (Token.COLON,),
    State.AFTER_VALUE: (Token.COMMA, Token.CLOSE_OBJECT, Token.CLOSE_ARRAY),
}
_EXPECTED = {
    State.VALUE: "expected a value",
    State.FIRST_VALUE: "expected a value or ']'",
    State.KEY: "expected a key in double quotes",
    State.FIRST_KEY: "expected a key in double quotes or '}'",
    State.COLON: "expected ':' after the key",
    State.AFTER_VALUE: "expected ',' or '{}'",
}


@dataclass(frozen=True, slots=True)
class Mistake:
    """Where JSON breaks: the byte at which it cannot go on, and why."""

    offset: int
    message: str
    is_at_end: bool = False
    """Whether more bytes might have made it right."""


class JsonScanner:
    """Reads tokens from a position on, and knows what may come next.

    Not thread-safe. `state` and `depth` tell where it is; `step` moves it by one token.
    """

    def __init__(self, position: int = 0) -> None:
        self.position = position
        self.reached = position
        """How far bytes have been looked at: beyond `position` within a long string."""
        self.state = State.VALUE
        self.closers = bytearray()
        """The closing bracket of everything that is open, innermost last."""
        self.non_finite_at: int | None = None
        """Where the first `NON_FINITE` is that was taken for a value."""
        self._number = (0, 0)
        """Where a number begins, and how far it was looked at."""
        self._long_number: LongNumber | None = None
        """The one that goes on beyond where it was to be looked for."""

    @property
    def depth(self) -> int:
        """How many brackets are open."""
        return len(self.closers)

    @property
    def is_done(self) -> bool:
        """Whether one whole value has been read."""
        return self.state is State.AFTER_VALUE and not self.closers

    def step(
        self, data: Bytes, limit: int | None = None, *, is_growing: bool = False
    ) -> tuple[Token, int] | Mistake | None:
        """Read one token.

        Args:
            data: the text.
            limit: how far to look for the end of a string or, unless more may come, of a number;
                None means to the end.
            is_growing: whether more may come behind ``data``.

        Returns:
            Its kind and the offset of its first byte; `position` is then behind it. None if it
            goes on beyond ``limit``: call again, with a limit further on; or if what may come
            decides what this is: call again when there is more.
        """
        at = self.position = first_token_offset(data, self.position)
        end = len(data) if limit is None else min(limit, len(data))
        if data.startswith(b'"', at):
            return self._read_string(data, end, is_growing=is_growing)
        if is_growing and self._is_open_number(data, at):
            return None
        if not is_growing and self._goes_beyond(data, at, end):
            return self._read_long_number(data, end)
        found = _TOKEN.match(data, at)
        if found is None or found.lastindex is None:
            return self._read_other(data, is_growing=is_growing)
        token, end = Token(found.lastindex), found.end()
        if is_growing and token is Token.PLAIN and end == len(data):
            return None
        return self._accept(token, end)

    def look_for_non_finite(self, data: Bytes, start: int) -> None:
        """Note the first `NON_FINITE` in what somebody else read, from ``start`` up to here.

        Args:
            data: the text.
            start: not within a string.
        """
        span = start, self.position
        if self.non_finite_at is not None or not any(
            data.find(word, *span) >= 0 for word in (b"NaN", b"Infinity")
        ):
            return
        for found in _STRING_OR_NON_FINITE.finditer(data, *span):
            if found[1] is not None:
                self.non_finite_at = found.start()
                return

    def _is_open_number(self, data: Bytes, start: int) -> bool:
        """Whether a number, right or wrong, goes on to the end; none of it is looked at again."""
        begun, reached = self._number
        is_same = begun == start < reached
        part = NUMBER_PART.match(data, reached) if is_same else NUMBER_AT_FAULT.match(data, start)
        self._number = start, start if part is None else part.end()
        return start < self._number[1] == len(data)

    def _goes_beyond(self, data: Bytes, start: int, limit: int) -> bool:
        """Whether a number, right or wrong, does not end before the limit; nor does the text."""
        if self._long_number is not None and self._long_number.start != start:
            self._long_number = None  # a line that was no JSON is text by now; this is the next one
        if self._long_number is None and limit < len(data) and data[limit - 1] in NUMBER_BYTES:
            part = NUMBER_AT_FAULT.match(data, start, limit)
            if part is not None and part.end() == limit:
                self._long_number = LongNumber(start)
        return self._long_number is not None

    def _read_long_number(self, data: Bytes, limit: int) -> tuple[Token, int] | Mistake | None:
        number = self._long_number
        if number is None or not number.read(data, limit):
            self.reached = limit
            return None
        self._long_number = None
        if number.is_right(data):
            return self._accept(Token.PLAIN, number.end)
        return _mistake_in_number(data, self.position, number.end)

    def _read_other(self, data: Bytes, *, is_growing: bool) -> tuple[Token, int] | Mistake | None:
        """Read what is no token of JSON."""
        at = self.position
        found = _NON_FINITE.match(data, at)
        if found is None:
            mistake = self._mistake(data)
            is_open = mistake.is_at_end or b"-Infinity".startswith(bytes(data[at : at + 10]))
            return None if is_growing and is_open else mistake
        if is_growing and found.end() == len(data):
            return None
        token = self._accept(Token.PLAIN, found.end())
        if self.non_finite_at is None and not isinstance(token, Mistake):
            self.non_finite_at = at
        return token

    def _read_string(
        self, data: Bytes, limit: int, *, is_growing: bool
    ) -> tuple[Token, int] | Mistake | None:
        begin = max(self.position + 1, self.reached)
        at = _end_of_characters(data, self.position, begin, limit)
        if data.startswith(b'"', at):
            return self._accept(Token.STRING, at + 1)
        if (is_growing or limit < len(data)) and at + _ESCAPE_BYTES_MAX > limit:
            self.reached = at
            return None
        return _mistake_in_string(data, self.position, at)

    def _accept(self, token: Token, end: int) -> tuple[Token, int] | Mistake:
        start = self.position
        if token not in _ALLOWED[self.state] or not self._closes(token):
            return Mistake(start, self._expectation())
        self._enter(token)
        self.position = self.reached = end
        return token, start

    def _closes(self, token: Token) -> bool:
        """Whether a closing bracket or comma fits what is open; true of all other tokens."""
        if token is Token.CLOSE_OBJECT:
            return self.closers.endswith(b"}")
        if token is Token.CLOSE_ARRAY:
            return self.closers.endswith(b"]")
        return token is not Token.COMMA or bool(self.closers)

    def _enter(self, token: Token) -> None:
        match token:
            case Token.OPEN_OBJECT:
                self.closers += b"}"
                self.state = State.FIRST_KEY
            case Token.OPEN_ARRAY:
                self.closers += b"]"
                self.state = State.FIRST_VALUE
            case Token.CLOSE_OBJECT | Token.CLOSE_ARRAY:
                del self.closers[-1]
                self.state = State.AFTER_VALUE
            case Token.COMMA:
                self.state = State.KEY if self.closers.endswith(b"}") else State.VALUE
            case Token.COLON:
                self.state = State.VALUE
            case Token.STRING | Token.PLAIN:
                is_key = self.state in (State.KEY, State.FIRST_KEY)
                self.state = State.COLON if is_key else State.AFTER_VALUE

    def _expectation(self) -> str:
        if self.state is not State.AFTER_VALUE:
            return _EXPECTED[self.state]
        if not self.closers:
            return "text after the end of the value"
        return _EXPECTED[self.state].format(chr(self.closers[-1]))

    def _mistake(self, data: Bytes) -> Mistake:
        at = first_token_offset(data, self.position)
        if at == len(data):
            return Mistake(at, self._expectation() + ", but the text ends here", is_at_end=True)
        if number := NUMBER_AT_FAULT.match(data, at):
            return _mistake_in_number(data, at, number.end())
        if word := _WORD.match(data, at):
            message = f"{_excerpt(word[0])} is not JSON; {self._expectation()}"
            return Mistake(at, message, is_at_end=word.end() == len(data))
        return Mistake(at, self._expectation())


def first_token_offset(data: Bytes, position: int, limit: int = sys.maxsize) -> int:
    """Return the offset of the first byte from ``position`` on that is not white space.

    Args:
        data: the text.
        position: where to begin.
        limit: where to stop, if there is nothing else before.
    """
    spaces = _SPACES.match(data, position, limit)
    return position if spaces is None else spaces.end()


def _end_of_characters(data: Bytes, start: int, begin: int, limit: int) -> int:
    """Return where the characters of a string end: before a quote, what is none, or the limit.

    Args:
        data: the text.
        start: where the string is.
        begin: up to where its characters have been read.
        limit: where to stop.
    """
    at = begin
    while at < limit and not data.startswith(b'"', at):
        size = max(_SHORT_BYTES, at - start)
        measure = _matched_length if size == _SHORT_BYTES else _read_length
        length = measure(data[at : min(at + size, limit)])
        if not length:
            break
        at += length
    return at


def _matched_length(text: Bytes) -> int:
    """Return how many bytes from the start of ``text`` on are whole characters of a string."""
    part = STRING_PART.match(text)
    return 0 if part is None else part.end()


def _read_length(text: Bytes) -> int:
    """Return what `_matched_length` returns, in half the time if the text is long.

    Python's own reader of JSON goes through it. What is wrong it places in its own way.
    """
    try:
        _, end = _READER.raw_decode(f'"{_without_open_escape(str(text, "latin-1"))}"')
    except JSONDecodeError:
        return _matched_length(text)
    return end - 2


def _without_open_escape(text: str) -> str:
    """Leave out the escape at the end, if what follows it decides what it is."""
    escape = _OPEN_ESCAPE.search(text, max(0, len(text) - _ESCAPE_BYTES_MAX))
    before = text if escape is None else text[: escape.start()]
    is_second = (len(before) - len(before.rstrip("\\"))) % 2 == 1
    return text if is_second else before


def _mistake_in_string(data: Bytes, start: int, at: int) -> Mistake:
    if at == len(data):
        return Mistake(start, "this string does not end", is_at_end=True)
    if data[at] == ord("\\"):
        return Mistake(
            at,
            f"{_excerpt(data[at : at + 2])} is no escape of JSON",
            is_at_end=at + _ESCAPE_BYTES_MAX > len(data),
        )
    return Mistake(at, "a control character in a string must be escaped")


def _mistake_in_number(data: Bytes, start: int, end: int) -> Mistake:
    excerpt = _excerpt(data[start : min(end, start + _EXCERPT_BYTES)])
    return Mistake(start, f"{excerpt} is not a number of JSON", is_at_end=end == len(data))


def _excerpt(data: Bytes) -> str:
    """Quote the beginning as it is spelt: a backslash is one there, not two as in Python."""
    return repr(data[:_EXCERPT_BYTES].decode("utf-8", "replace")).replace(r"\\", "\\")
