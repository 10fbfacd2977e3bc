"""Cutting records of JSON into cells, without parsing what is in them.

    {"id": 7, "box": [1, 2]}   one cell a key; columns are the keys in the order they first come in
    [7, 0.5]                   one cell an item; columns are counted
    0.5                        one cell

One match cuts a member or an item, whatever is nested in it up to `_DEPTH`; a record that is
nested deeper is read token by token. ``NaN`` and ``Infinity`` are let through: Python writes them.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import lru_cache
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
)
from tui.body.json.paths import step_to
from tui.body.json.text import non_finite_word
from tui.body.rows import decode
from tui.body.table.cells import Cell, CellKind, column_within
from tui.body.table.records import RECORD_BYTES_MAX, Cut

if TYPE_CHECKING:
    from collections.abc import Sequence

_DEPTH = 3
ITEM_DEPTH = _DEPTH + 1
"""So many brackets may be open at once in a record that is read with one match."""
_WS = rb"[ \t\n\r]*+"
_KEYWORD = LITERAL + rb"|" + NON_FINITE
_FLAT = rb"(?:" + STRING + rb"|" + NUMBER + rb"|" + _KEYWORD + rb")"
_LARGE_BYTES = 4 * 1024
_LARGE_MAX = 100
"""So many large records stay cut, those of a screen; a megabyte of JSON takes 30 ms to cut."""
_COMMA_IN_ARRAY = rb"(?:," + _WS + rb"(?!\])|(?=\]))"
_COMMA_IN_OBJECT = rb"(?:," + _WS + rb"(?!\})|(?=\}))"
_STRING_GROUP = 2
_KINDS = (CellKind.STRING, CellKind.NUMBER, CellKind.KEYWORD, CellKind.NESTED)
_OPENING = (Token.OPEN_OBJECT, Token.OPEN_ARRAY)
_CLOSING = (Token.CLOSE_OBJECT, Token.CLOSE_ARRAY)
_VALUES = (*_CLOSING, Token.STRING, Token.PLAIN)

Part = tuple[bytes, Cell]
"""A key as it is spelt, empty in an array; and its value."""


def json_value(depth: int) -> bytes:
    """Return the pattern of a value in which no more than so many brackets are open at once."""
    return rb"(?:" + _FLAT + rb"|" + _nested(depth) + rb")" if depth else _FLAT


def _nested(depth: int) -> bytes:
    value = json_value(depth - 1) + _WS
    key = STRING + _WS + rb":" + _WS
    items = rb"\[" + _WS + rb"(?:" + value + _COMMA_IN_ARRAY + rb")*+\]"
    members = rb"\{" + _WS + rb"(?:" + key + value + _COMMA_IN_OBJECT + rb")*+\}"
    return rb"(?:" + items + rb"|" + members + rb")"


@dataclass(frozen=True, slots=True)
class _Patterns:
    member: re.Pattern[bytes]
    item: re.Pattern[bytes]
    keys: re.Pattern[bytes]
    """The key of a member, or nothing where there is none."""
    scalar: re.Pattern[bytes]


@lru_cache(maxsize=1)
def _patterns() -> _Patterns:
    """Make the patterns when they are first needed: some 20 ms."""
    kinds = (STRING, NUMBER, _KEYWORD, _nested(_DEPTH))
    value = rb"(?:(" + rb")|(".join(kinds) + rb"))" + _WS
    key = _WS + rb"(" + STRING + rb")" + _WS + rb":" + _WS
    any_value = json_value(_DEPTH) + _WS
    return _Patterns(
        member=re.compile(key + value + _COMMA_IN_OBJECT),
        item=re.compile(_WS + rb"()" + value + _COMMA_IN_ARRAY),
        keys=re.compile(key + any_value + rb"(?:," + _WS + rb"(?!\})|\}\Z)|"),
        scalar=re.compile(_WS + rb"()(?:(" + rb")|(".join(kinds[:3]) + rb"))" + _WS),
    )


@lru_cache(maxsize=1)
def _any_value() -> re.Pattern[bytes]:
    return re.compile(json_value(ITEM_DEPTH))


class JsonCells:
    """Cuts records, and knows their columns.

    Args:
        data: where the records are.
        names: what the items of records that are arrays are called, if that is known.
    """

    def __init__(self, data: bytes, names: Sequence[str] = ()) -> None:
        self.titles = list(names)
        """What the columns known so far are called, not sanitised."""
        self.non_finite_at: int | None = None
        """Where the first ``NaN`` or ``Infinity`` is."""
        self._data = data
        self._steps = [f"[{at}]" for at in range(len(names))]
        self._columns = {step: at for at, step in enumerate(self._steps)}
        self._columns_of_keys: dict[bytes, int] = {}
        self._patterns = _patterns()
        self._last_keys: list[bytes] = []
        self._large: dict[int, list[Part] | Mistake] = {}
        """What large records were cut into, those cut last; by where they begin."""

    @property
    def non_finite_words(self) -> str:
        """Say that there is a number that JSON has not; empty if none was met."""
        at = self.non_finite_at
        return "" if at is None else f" with {non_finite_word(self._data, at)}"

    def look_for_non_finite(self, start: int, end: int) -> None:
        """Note the first such number in whole records."""
        if self.non_finite_at is None and start < end:
            scanner = JsonScanner(start)
            scanner.position = end
            scanner.look_for_non_finite(self._data, start)
            self.non_finite_at = scanner.non_finite_at

    def step(self, column: int) -> str:
        """Return the last step of the path to a cell."""
        return self._steps[column] if column < len(self._steps) else ""

    def learn(self, start: int, end: int) -> bool:
        """Take up the columns of a record; false if it is no JSON."""
        if end - start > RECORD_BYTES_MAX:
            return True
        if self._data.startswith(b"{", start):
            return self._learn_keys(start, end)
        if self.titles and _any_value().fullmatch(self._data, start, end):
            return True
        return not self.cut(start, end, 0, end - start).problem

    def cut(self, start: int, end: int, first: int, stop: int) -> Cut:
        """Return the cells of the columns from ``first`` up to ``stop``."""
        if end - start > RECORD_BYTES_MAX:
            return Cut((), f"{end - start:,} bytes, too long for a table")
        is_array = self._data.startswith(b"[", start)
        if is_array and (cells := self._cut_scalars(start, end, first, stop)) is not None:
            return Cut(cells)
        parts = self._parts(start, end)
        if isinstance(parts, Mistake):
            return Cut((), f"not JSON: {parts.message}")
        found = {self._column_of_part(start, at, key): cell for at, (key, cell) in enumerate(parts)}
        return Cut(
            tuple(found.get(at) for at in range(first, min(stop, 1 + max(found, default=-1))))
        )

    def column_of(self, start: int, end: int, offset: int) -> int | None:
        """Return the column of a byte of a record, or of the first cell behind it."""
        placed = self._placed(start, end)
        if not placed:
            return None
        at = column_within([cell for cell, _ in placed], offset)
        return placed[at][1]

    def column_ends(self, start: int, end: int) -> list[tuple[int, int]]:
        """Return the byte behind each cell of an object, and its column, in that order."""
        if not self._data.startswith(b"{", start):
            return []
        return [
            (cell.start + len(cell.source), column) for cell, column in self._placed(start, end)
        ]

    def _placed(self, start: int, end: int) -> list[tuple[Cell, int]]:
        """Cut a record, and say in which columns its cells are, in the order of the bytes."""
        if end - start > RECORD_BYTES_MAX:
            return []
        parts = self._parts(start, end)
        if isinstance(parts, Mistake):
            return []
        return [
            (cell, self._column_of_part(start, at, key)) for at, (key, cell) in enumerate(parts)
        ]

    def _column_of_part(self, start: int, at: int, key: bytes) -> int:
        if self._data.startswith(b"{", start):
            return self._column_of_key(key)
        return self._column_at(at if self._data.startswith(b"[", start) else None)

    def _learn_keys(self, start: int, end: int) -> bool:
        # One that was cut behind a member has the same keys as a whole one.
        if not self._data.startswith(b"}", end - 1):
            return False
        keys = self._patterns.keys.findall(self._data, start + 1, end)
        if keys == self._last_keys or end - start == len(b"{}"):
            return True
        # Nothing where a key should be, but for one at the end: nested too deep, or no JSON.
        if b"" in keys[:-1]:
            parts = self._parts(start, end)
            if isinstance(parts, Mistake):
                return False
            keys = [key for key, _ in parts]
        else:
            self._last_keys = keys
            keys = keys[:-1]
        for key in keys:
            self._column_of_key(key)
        return True

    # Cutting

    def _parts(self, start: int, end: int) -> list[Part] | Mistake:
        """Cut a record into members or items; a value that is neither is one item."""
        if end - start < _LARGE_BYTES:
            return self._cut_parts(start, end)
        if start not in self._large:
            self._large[start] = self._cut_parts(start, end)
            if len(self._large) > _LARGE_MAX:
                del self._large[next(iter(self._large))]
        return self._large[start]

    def _cut_parts(self, start: int, end: int) -> list[Part] | Mistake:
        parts = None
        if self._data.startswith(b"{", start):
            parts = self._matches(self._patterns.member, start + 1, end, b"}")
        elif self._data.startswith(b"[", start):
            parts = self._matches(self._patterns.item, start + 1, end, b"]")
        elif found := self._patterns.scalar.fullmatch(self._data, start, end):
            parts = [_part(found)]
        return _parts_by_token(self._data, start, end) if parts is None else parts

    def _matches(
        self, pattern: re.Pattern[bytes], at: int, end: int, closing: bytes
    ) -> list[Part] | None:
        parts: list[Part] = []
        while found := pattern.match(self._data, at, end):
            parts.append(_part(found))
            at = found.end()
        return parts if self._data[at:end].strip(WHITESPACE) == closing else None

    def _cut_scalars(self, start: int, end: int, first: int, stop: int) -> tuple[Cell, ...] | None:
        """Cut an array without strings and brackets, as embeddings are; None if it is another."""
        inner = self._data[start + 1 : end - 1]
        is_closed = self._data.startswith(b"]", end - 1)
        if not inner or not is_closed or any(mark in inner for mark in (b'"', b"[", b"{")):
            return None
        if self._steps and self._steps[0] != "[0]":
            return None  # there were other values before the first array
        pieces = inner.split(b",")
        for at in range(len(self._steps), len(pieces)):
            self._column_at(at)
        if self._columns.get(f"[{len(pieces) - 1}]") != len(pieces) - 1:
            return None
        offset = start + 1 + sum(map(len, pieces[:first])) + min(first, len(pieces))
        cells: list[Cell] = []
        for piece in pieces[first:stop]:
            found = self._patterns.scalar.fullmatch(self._data, offset, offset + len(piece))
            if found is None:
                return None
            cells.append(_part(found)[1])
            offset += len(piece) + 1
        return tuple(cells)

    # Columns

    def _column_of_key(self, key: bytes) -> int:
        column = self._columns_of_keys.get(key)
        if column is None:
            name = str(json.loads(decode(key)))
            spelt = decode(key) if b"\\" not in key else json.dumps(name)
            column = self._columns_of_keys[key] = self._column(step_to(spelt), name)
        return column

    def _column_at(self, at: int | None) -> int:
        return self._column("", "value") if at is None else self._column(f"[{at}]", f"[{at}]")

    def _column(self, step: str, title: str) -> int:
        column = self._columns.setdefault(step, len(self._steps))
        if column == len(self._steps):
            self._steps.append(step)
            self.titles.append(title)
        return column


def _part(found: re.Match[bytes]) -> Part:
    group = found.lastindex or _STRING_GROUP
    start, source = found.start(group), found[group]
    if group == _STRING_GROUP:
        start, source = start + 1, source[1:-1]
    return found[1], Cell(source, start, _KINDS[group - _STRING_GROUP])


def _parts_by_token(data: bytes, start: int, end: int) -> list[Part] | Mistake:
    """Cut a record however deep it is nested, or say what is wrong with it."""
    record = data[start:end]
    scanner = JsonScanner()
    parts: list[Part] = []
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
            parts.append((key, _cell(token, record[first : scanner.position], start + first)))
    rest = scanner.position
    is_all = not record[rest:].strip(WHITESPACE)
    return parts if is_all else Mistake(rest, "text after the end of the value")


def _cell(token: Token, source: bytes, start: int) -> Cell:
    match token:
        case Token.STRING:
            return Cell(source[1:-1], start + 1, CellKind.STRING)
        case Token.PLAIN:
            is_number = source[-1:] in b"0123456789"
            return Cell(source, start, CellKind.NUMBER if is_number else CellKind.KEYWORD)
        case _:
            return Cell(source, start, CellKind.NESTED)
