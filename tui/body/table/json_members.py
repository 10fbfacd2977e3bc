"""Where the members of an object of JSON are in its bytes, or the items of an array.

All of them are found at once, or as far as they are asked for, and none is cut out: of a record
with thousands few are ever drawn.

    {"id": 7, "box": [1, 2]}
     ^        ^             begins; keys "id" and "box"

One match finds a member or an item, whatever is nested in it up to `_DEPTH`; a record that is
nested deeper is read token by token. ``NaN`` and ``Infinity`` are let through: Python writes them.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, chain, pairwise
from typing import TYPE_CHECKING

from tui.body.json.grammar import (
    LITERAL,
    NON_FINITE,
    NUMBER,
    STRING,
    WHITESPACE,
    JsonScanner,
    Mistake,
    State,
    Token,
    first_token_offset,
)
from tui.body.table.cells import Cell, CellKind
from tui.body.table.deep_members import DeepReader

if TYPE_CHECKING:
    from collections.abc import Sequence

_DEPTH = 3
ITEM_DEPTH = _DEPTH + 1
"""So many brackets may be open at once in a record that is read with one match."""
_RUN_DEPTH = 2
_WS = rb"[ \t\n\r]*+"
_KEYWORD = LITERAL + rb"|" + NON_FINITE
_FLAT = rb"(?:" + STRING + rb"|" + NUMBER + rb"|" + _KEYWORD + rb")"
_COMMA_IN_ARRAY = rb"(?:," + _WS + rb"(?!\])|(?=\]))"
_COMMA_IN_OBJECT = rb"(?:," + _WS + rb"(?!\})|(?=\}))"
_SEARCHED_AT_ONCE = 4 * 1024
_TAIL_BYTES = 64
_REST = rb"|[\s\S]++"
"""What is none of them ends the search: from there on nothing is looked at twice."""
_BEFORE_VALUE, _BEHIND_VALUE = WHITESPACE + b":", WHITESPACE + b","
_DIGITS = tuple(b"%d" % digit for digit in range(10))
_OPENING = (Token.OPEN_OBJECT, Token.OPEN_ARRAY)
_CLOSING = (Token.CLOSE_OBJECT, Token.CLOSE_ARRAY)
_VALUES = (*_CLOSING, Token.STRING, Token.PLAIN)


def json_value(depth: int) -> bytes:
    """Return the pattern of a value in which no more than so many brackets are open at once."""
    return rb"(?:" + _FLAT + rb"|" + _nested(depth) + rb")" if depth else _FLAT


def _nested(depth: int) -> bytes:
    value = json_value(depth - 1) + _WS
    key = STRING + _WS + rb":" + _WS
    items = rb"\[" + _WS + rb"(?:" + value + _COMMA_IN_ARRAY + rb")*+\]"
    members = rb"\{" + _WS + rb"(?:" + key + value + _COMMA_IN_OBJECT + rb")*+\}"
    return rb"(?:" + items + rb"|" + members + rb")"


# Each pattern is made when it is first needed: that takes some 5 ms.


@lru_cache(maxsize=1)
def members_pattern() -> re.Pattern[bytes]:
    """Find the key of a member (1), and what comes up to the next one (2); or all the rest."""
    return re.compile(rb"(" + STRING + rb")(" + _in_member() + _COMMA_IN_OBJECT + rb")" + _REST)


@lru_cache(maxsize=1)
def items_pattern() -> re.Pattern[bytes]:
    """Find an item and what comes up to the next one (1), or all the rest."""
    return re.compile(rb"(" + json_value(_DEPTH) + _WS + _COMMA_IN_ARRAY + rb")" + _REST)


@lru_cache(maxsize=1)
def keys_pattern() -> re.Pattern[bytes]:
    """Find the key of a member; nothing at the end, and once more where there is something else."""
    end = rb"(?:," + _WS + rb"(?!\})|\}\Z)"
    return re.compile(_WS + rb"(" + STRING + rb")" + _in_member() + end + _REST + rb"|")


@lru_cache(maxsize=1)
def run_of_members_pattern() -> re.Pattern[bytes]:
    """Find members of an object, each with the comma behind it, in which little is nested."""
    member = STRING + _WS + rb":" + _WS + json_value(_RUN_DEPTH)
    return re.compile(rb"(?:" + _WS + member + _WS + rb",)++")


@lru_cache(maxsize=1)
def run_of_items_pattern() -> re.Pattern[bytes]:
    """Find items of an array, each with the comma behind it, in which little is nested."""
    return re.compile(rb"(?:" + _WS + json_value(_RUN_DEPTH) + _WS + rb",)++")


@lru_cache(maxsize=1)
def scalar_pattern() -> re.Pattern[bytes]:
    """Find a value that is neither an object nor an array."""
    return re.compile(_WS + rb"(" + _FLAT + rb")" + _WS)


def _in_member() -> bytes:
    return _WS + rb":" + _WS + json_value(_DEPTH) + _WS


@dataclass(frozen=True, slots=True)
class Members:
    """The members of an object, the items of an array, or the one value that is neither.

    All of them are found at once.
    """

    keys: tuple[bytes, ...]
    """As they are spelt; none in an array."""
    begins: Sequence[int]
    """Where each of them begins."""
    end: int
    """The byte behind the last of them; white space and a comma may come before."""
    cells: Sequence[Cell] | None = None
    """What is in each of them, if that had to be cut in order to find them."""

    def cell(self, data: bytes, at: int) -> Cell:
        """Cut one of them; what is so long is not looked at again."""
        if self.cells is not None:
            return self.cells[at]
        begin, key = self.begins[at], self.keys[at] if self.keys else b""
        stop = self.begins[at + 1] if at + 1 < len(self.begins) else self.end
        return _cell_between(data, begin + len(key), stop)

    def at_byte(self, data: bytes, offset: int) -> int:
        """Return the last one that begins at an offset or before it."""
        del data
        return max(0, bisect_right(self.begins, offset) - 1)

    def ends(self, data: bytes) -> list[int]:
        """Return the byte behind each cell."""
        if self.cells is not None:
            return [cell.start + len(cell.source) for cell in self.cells]
        return _ends_of(data, (*self.begins, self.end))


class MembersOnDemand:
    """The members of a long object whose keys are known, found as far as they are asked for.

    Args:
        first: where the first of them begins.
        end: the byte behind the bracket that closes the object, which is known to be JSON.
        keys: of all of them.
    """

    def __init__(self, first: int, end: int, keys: tuple[bytes, ...]) -> None:
        self.searched_bytes = 0
        """How much was looked through so far."""
        self._keys = keys
        self._begins = array("Q")
        self._position = first
        self._end = end

    def cell(self, data: bytes, at: int) -> Cell:
        """Cut one of them; what is so long is not looked at again."""
        while len(self._begins) <= at + 1 and self._find_more(data):
            pass
        begins = self._begins
        stop = begins[at + 1] if at + 1 < len(begins) else self._position
        return _cell_between(data, begins[at] + len(self._keys[at]), stop)

    def at_byte(self, data: bytes, offset: int) -> int:
        """Return the last one that begins at an offset or before it."""
        while self._position <= offset and self._find_more(data):
            pass
        return max(0, bisect_right(self._begins, offset) - 1)

    def ends(self, data: bytes) -> list[int]:
        """Return the byte behind each cell."""
        while self._find_more(data):
            pass
        return _ends_of(data, (*self._begins, self._position))

    def _find_more(self, data: bytes) -> bool:
        """Find some more; false if these were all."""
        start = first_token_offset(data, self._position)
        size = _SEARCHED_AT_ONCE
        found: list[tuple[bytes, bytes]] = []
        while not found and not data.startswith(b"}", start):
            # What is cut off at its end is no member, but one may be longer than that.
            limit = min(start + size, self._end)
            found = [each for each in members_pattern().findall(data, start, limit) if each[0]]
            size *= 2
            self.searched_bytes += limit - start
            if not found and limit == self._end:
                return False
        ends = list(accumulate(map(len, chain.from_iterable(found)), initial=start))
        self._position = ends[-1] if found else self._position
        self._begins.extend(ends[:-1:2])
        return bool(found)


def _cell_between(data: bytes, start: int, stop: int) -> Cell:
    """Cut what is between a key and the next member."""
    text = data[start:stop].rstrip(_BEHIND_VALUE)
    source = text.lstrip(_BEFORE_VALUE)
    return _cell(source, start + len(text) - len(source))


def _ends_of(data: bytes, begins: Sequence[int]) -> list[int]:
    """Return the byte behind each cell, by where members begin, and the byte behind the last."""
    found: list[int] = []
    for begin, stop in pairwise(begins):
        text = data[begin:stop].rstrip(_BEHIND_VALUE)
        found.append(begin + len(text) - text.endswith(b'"'))
    return found


def members_of(data: bytes, start: int, end: int) -> Members | Mistake:
    """Find the members of a record, or say what is wrong with it."""
    found: Members | None = None
    if data.startswith((b"{", b"["), start):
        first = end - len(data[start + 1 : end].lstrip(WHITESPACE))
        is_object = data.startswith(b"{", start)
        found = (_found_members if is_object else _found_items)(data, first, end)
    elif scalar := scalar_pattern().fullmatch(data, start, end):
        cell = cell_of(scalar)
        found = Members((), (cell.start,), end, (cell,))
    return _members_one_by_one(data, start, end) if found is None else found


def _found_members(data: bytes, first: int, end: int) -> Members | None:
    found = members_pattern().findall(data, first, end)
    if not found or found[-1][0]:
        return None  # not even what closes it is left
    found.pop()
    keys = tuple([key for key, _ in found])
    ends = list(accumulate(map(len, chain.from_iterable(found)), initial=first))
    if data[ends[-1] : end].strip(WHITESPACE) != b"}":
        return None
    return Members(keys, array("Q", ends[:-1:2]), ends[-1])


def _found_items(data: bytes, first: int, end: int) -> Members | None:
    found = items_pattern().findall(data, first, end)
    ends = list(accumulate(map(len, found), initial=first))
    if data[ends[-1] : end].strip(WHITESPACE) != b"]":
        return None
    return Members((), array("Q", ends[: len(found) - 1]), ends[-1])


def end_without(data: bytes, start: int, end: int, characters: bytes) -> int:
    """Return where what is between two offsets ends before some characters, ``start`` at least."""
    # A record may take up all of the body, and is asked for often: only its end is copied.
    size = _TAIL_BYTES
    while True:
        first = max(start, end - size)
        kept = len(data[first:end].rstrip(characters))
        if kept or first == start:
            return first + kept
        size *= size


def cell_of(found: re.Match[bytes]) -> Cell:
    """Return the cell that the pattern of a scalar found."""
    return _cell(found[1], found.start(1))


def _members_one_by_one(data: bytes, start: int, end: int) -> Members | Mistake:
    """Cut a record however deep it is nested, or say what is wrong with it."""
    record = data[start:end]
    if not record.startswith((b"{", b"[")):
        return _members_by_token(data, start, end)
    reader = DeepReader(record)
    mistake = reader.read()
    if mistake is not None or reader.end is None:
        return mistake or _members_by_token(data, start, end)
    members = reader.members
    cells = [_cell(record[each.start : each.end], start + each.start) for each in members]
    keys = tuple([each.key for each in members]) if reader.is_object else ()
    return Members(keys, [cell.start for cell in cells], start + reader.end, cells)


def _members_by_token(data: bytes, start: int, end: int) -> Members | Mistake:
    """Cut a record token by token, or say what is wrong with it."""
    record = data[start:end]
    scanner = JsonScanner()
    keys: list[bytes] = []
    cells: list[Cell] = []
    key, begin = b"", 0
    inside = 1 if record.startswith((b"{", b"[")) else 0
    while not scanner.is_done:
        found = scanner.step(record)
        if found is None or isinstance(found, Mistake):
            return found or Mistake(len(record), "cut off")
        token, at = found
        if scanner.depth == inside + 1 and token in _OPENING:
            begin = at
        elif scanner.depth == inside and scanner.state is State.COLON:
            key = record[at : scanner.position]
        elif scanner.depth == inside and token in _VALUES:
            first = begin if token in _CLOSING else at
            keys.append(key)
            cells.append(_cell(record[first : scanner.position], start + first))
    rest = scanner.position
    if record[rest:].strip(WHITESPACE):
        return Mistake(rest, "text after the end of the value")
    is_object = record.startswith(b"{")
    begins = [cell.start for cell in cells]
    return Members(tuple(keys) if is_object else (), begins, start + rest, cells)


def _cell(source: bytes, start: int) -> Cell:
    """Return a value as a cell; its kind can be told by how it begins and ends."""
    if source.startswith(b'"'):
        return Cell(source[1:-1], start + 1, CellKind.STRING)
    if source.startswith((b"{", b"[")):
        return Cell(source, start, CellKind.NESTED)
    is_number = source[-1:] in _DIGITS
    return Cell(source, start, CellKind.NUMBER if is_number else CellKind.KEYWORD)
