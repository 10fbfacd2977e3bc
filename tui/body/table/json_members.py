"""Where the members of an object of JSON are in its bytes, or the items of an array.

All of them are found at once, or as far as they are asked for, and none is cut out: of a record
with thousands few are ever drawn.

    {"id": 7, "box": [1, 2]}
     ^        ^             begins; keys "id" and "box"

One match finds a member or an item, unless it is nested deep: then, `DeepReader` reads the record.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from dataclasses import dataclass
from itertools import accumulate, chain, pairwise
from typing import TYPE_CHECKING

from tui.body.json.grammar import (
    WHITESPACE,
    JsonScanner,
    Mistake,
    State,
    Token,
    first_token_offset,
)
from tui.body.table.cells import Cell, CellKind
from tui.body.table.deep_members import STEPS_MAX, DeepReader
from tui.body.table.json_patterns import items_pattern, members_pattern, scalar_pattern

if TYPE_CHECKING:
    import re
    from collections.abc import Sequence

_SEARCHED_AT_ONCE = 4 * 1024
_TAIL_BYTES = 64
_BEFORE_VALUE, _BEHIND_VALUE = WHITESPACE + b":", WHITESPACE + b","
_DIGITS = tuple(b"%d" % digit for digit in range(10))
_OPENING = (Token.OPEN_OBJECT, Token.OPEN_ARRAY)
_CLOSING = (Token.CLOSE_OBJECT, Token.CLOSE_ARRAY)
_VALUES = (*_CLOSING, Token.STRING, Token.PLAIN)


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
    is_slow: bool = False
    """Whether they were found one by one."""

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
            size *= 8
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


def members_of(
    data: bytes, start: int, end: int, *, is_plain: bool = True
) -> Members | Mistake | None:
    """Find the members of a record, or say what is wrong with it.

    None if so much of it is nested deep that it would take long.

    Args:
        data: where the record is.
        start: its first byte.
        end: the byte behind it.
        is_plain: whether it may be found at once; not if that was tried.
    """
    found: Members | None = None
    if not is_plain:
        pass
    elif data.startswith((b"{", b"["), start):
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


def _members_one_by_one(data: bytes, start: int, end: int) -> Members | Mistake | None:
    """Find the members of a record however deep it is nested, or say what is wrong with it."""
    record = data[start:end]
    if not record.startswith((b"{", b"[")):
        return _members_by_token(data, start, end)
    reader = DeepReader(record)
    mistake = reader.read()
    if reader.is_too_long:
        return None
    if mistake is not None or reader.end is None:
        return mistake or _members_by_token(data, start, end)
    begins = array("Q", [start + begin for begin in reader.begins])
    return Members(tuple(reader.keys), begins, start + reader.end, is_slow=True)


def _members_by_token(data: bytes, start: int, end: int) -> Members | Mistake | None:
    """Cut a record token by token, or say what is wrong with it; None if it has many."""
    record = data[start:end]
    scanner = JsonScanner()
    keys: list[bytes] = []
    cells: list[Cell] = []
    key, begin = b"", 0
    inside = 1 if record.startswith((b"{", b"[")) else 0
    steps = 0
    while not scanner.is_done:
        found = scanner.step(record)
        if found is None or isinstance(found, Mistake):
            return found or Mistake(len(record), "cut off")
        steps += 1
        if steps > STEPS_MAX:
            return None
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
    return Members(tuple(keys) if is_object else (), begins, start + rest, cells, is_slow=True)


def _cell(source: bytes, start: int) -> Cell:
    """Return a value as a cell; its kind can be told by how it begins and ends."""
    if source.startswith(b'"'):
        return Cell(source[1:-1], start + 1, CellKind.STRING)
    if source.startswith((b"{", b"[")):
        return Cell(source, start, CellKind.NESTED)
    is_number = source[-1:] in _DIGITS
    return Cell(source, start, CellKind.NUMBER if is_number else CellKind.KEYWORD)
