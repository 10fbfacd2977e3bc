"""The texts of one column in short records of JSON, a match each, and nothing else of them cut.

A table is sorted by them. A member is found by its key, wherever it is in its object; of one that
may come again further on, or may be spelt with escapes, nothing is said.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from tui.body.table.cells import Cell, CellKind, sortable_text_of
from tui.body.table.deep_members import STEPS_MAX

if TYPE_CHECKING:
    from tui.body.table.json_columns import JsonColumns

_SHORT_BYTES = STEPS_MAX
"""A record so short is cut however deep it is nested; in a longer one that may take too long."""
_DEPTH = 3
_WS = rb"[ \t\n\r]*+"
_STRING = rb'"(?:[^"\\]++|\\.)*+"'
_ESCAPED = re.compile(rb'\\[u/](?:[^"\\]++|\\.)*+"(' + _WS + rb":)?+", re.DOTALL)
"""The rest of a string in which a character may be spelt otherwise; a colon (1) behind a key."""
_NULL = b"null"


def _value(depth: int) -> bytes:
    """Return the pattern of a value that is right, and has so many brackets open at once."""
    nested = rb"[^\[\]{}\"]++|" + _STRING
    for _ in range(depth):
        nested = rb"[^\[\]{}\"]++|" + _STRING + rb"|[\[{](?:" + nested + rb")*+[\]}]"
    return rb"(?:[^\s\[\]{}\",]++|" + _STRING + rb"|[\[{](?:" + nested + rb")*+[\]}])"


_VALUE = _value(_DEPTH)


class JsonTexts:
    """Finds the texts of cells.

    Args:
        data: where the records are.
        columns: those known so far.
    """

    def __init__(self, data: bytes, columns: JsonColumns) -> None:
        self._data = data
        self._columns = columns

    def text(self, start: int, end: int, column: int) -> bytes | None:
        """Return the text of a cell as bytes, empty for a blank; None if it has to be cut.

        Args:
            start: where a record begins that is JSON.
            end: the byte behind it.
            column: one that is known.
        """
        if end - start > _SHORT_BYTES:
            return None
        met = self._columns.met(column)
        if self._data.startswith(b"{", start):
            return self._member(start, end, met) if isinstance(met, bytes) else b""
        if self._data.startswith(b"[", start):
            return self._item(start, end, met) if isinstance(met, int) else b""
        return _text_of(self._data[start:end]) if met is None else b""

    def _member(self, start: int, end: int, key: bytes) -> bytes | None:
        if b"\\u" in key:  # also how bytes that are no UTF-8 are spelt
            return None
        found = _member_pattern(key).match(self._data, start, end)
        if found is None or self._may_come(key, start if found[1] is None else found.end(), end):
            return None
        return b"" if found[1] is None else _text_of(found[1])

    def _may_come(self, key: bytes, at: int, end: int) -> bool:
        """Whether a key may come from an offset on, however it is spelt."""
        data = self._data
        if data.find(key, at, end) >= 0 and _key_pattern(key).search(data, at, end):
            return True
        has_escapes = data.find(b"\\", at, end) >= 0
        return has_escapes and any(found[1] for found in _ESCAPED.finditer(data, at, end))

    def _item(self, start: int, end: int, at: int) -> bytes | None:
        found = _item_pattern(at).match(self._data, start, end)
        if found is None:
            return None
        return b"" if found[1] is None else _text_of(found[1])


def _text_of(value: bytes) -> bytes:
    if not value.startswith(b'"'):
        return b"" if value == _NULL else value
    text = value[1:-1]
    if text.isascii() and b"\\" not in text:
        return text
    return sortable_text_of(Cell(text, 0, CellKind.STRING))


@lru_cache(maxsize=8)
def _key_pattern(key: bytes) -> re.Pattern[bytes]:
    return re.compile(re.escape(key) + _WS + b":")


@lru_cache(maxsize=8)
def _member_pattern(key: bytes) -> re.Pattern[bytes]:
    """Find the value of a key (1) in an object, or an object without it."""
    key = re.escape(key) + _WS + b":" + _WS
    other = rb"(?!" + key + rb")" + _STRING + _WS + rb":" + _WS + _VALUE + _WS + rb",?+" + _WS
    return re.compile(
        rb"\{" + _WS + rb"(?:" + other + rb")*+(?:" + key + rb"(" + _VALUE + rb")|\}\Z)"
    )


@lru_cache(maxsize=8)
def _item_pattern(at: int) -> re.Pattern[bytes]:
    """Find an item (1) of an array, or an array with fewer."""
    before = rb"(?:%b%b,%b){%d}" % (_VALUE, _WS, _WS, at)
    fewer = rb"(?:" + _VALUE + _WS + rb",?+" + _WS + rb")*+\]\Z"
    return re.compile(rb"\[" + _WS + rb"(?:" + before + rb"(" + _VALUE + rb")|" + fewer + rb")")
