"""One cell of a table: the bytes that spell it, and the text that it stands for.

A cell is cut out of its record without decoding it; what is drawn of it is spelt when it is
drawn, and no more of it than fits. Numbers stay as they are spelt, strings lose their quotes.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple
from unicodedata import category, east_asian_width

from tui.body.rows import decode
from tui.body.sanitise import sanitise

if TYPE_CHECKING:
    from collections.abc import Sequence

MISSING = "·"
"""Drawn where a record has no such cell."""
CUT = "…"

_UTF8_BYTES_MAX = 4
_ESCAPED_BYTES_MAX = 12
_INDENTED_BYTES_MAX = 16
"""So many bytes of nested JSON are looked at for each character to be drawn: white space goes."""
_QUOTED_PIECES = {
    quote: re.compile(b"[^%b]++|(%b)%b|%b(.*+)" % ((quote,) * 4), re.DOTALL)
    for quote in (b'"', b"'")
}
"""What is between quotes, one of two among it, and what comes behind the last one."""
_TAKEN = rb"""["'\\\r\n]"""
"""What a backslash may stand before in CSV; before all else it is a part of the text."""
_ESCAPED_PIECES = {
    quote: re.compile(
        rb"(?:[^%b\\]++|\\(?!%b))++|(%b)%b|\\(%b)|%b(.*+)"
        % (quote, _TAKEN, quote, quote, _TAKEN, quote),
        re.DOTALL,
    )
    for quote in (b'"', b"'")
}
_JSON_PIECE = re.compile(rb'[^"\\]++|((?:\\(?:u[0-9A-Fa-f]{4}|["\\/bfnrt]))++)')
_JSON_ESCAPE = re.compile(
    rb"\\u[Dd][89ABab][0-9A-Fa-f]{2}\\u[Dd][C-Fc-f][0-9A-Fa-f]{2}|\\u[0-9A-Fa-f]{4}|\\[^u]"
)
"""One character: two escapes of which each is half of it, or one."""
_NESTED_PIECE = re.compile(rb'(?:"(?:[^"\\]++|\\.)*+(?:"|\\?\Z)|[^" \t\n\r]++)++', re.DOTALL)
_FLOAT = rb"[ \t]*+[-+]?(?:[0-9]++(?:\.[0-9]*+)?+|\.[0-9]++)(?:[eE][-+]?[0-9]++)?+[ \t]*+"
_NUMBER = re.compile(_FLOAT)
_COMMA_NUMBER = re.compile(rb"[ \t]*+[-+]?[0-9]++,[0-9]++[ \t]*+")
"""Plain in CSV, a comma stands for the point; in quotes, it may as well part thousands."""

_NON_FINITE = re.compile(rb"(?i)[ \t]*+(?:nan|[-+]?inf(?:inity)?)[ \t]*+")
"""As Python, NumPy and pandas write them."""


class CellKind(Enum):
    """How a cell is spelt."""

    PLAIN = "plain"
    """As it stands."""
    QUOTED = "quoted"
    """In the quotes of CSV, which are part of ``source``; what follows the last one is plain."""
    ESCAPED = "escaped"
    """The same, and a backslash stands before a quote, another one or an end of a line in it."""
    STRING = "string"
    """A string of JSON; ``source`` is what is between its quotes."""
    NUMBER = "number"
    KEYWORD = "keyword"
    """``true``, ``false``, ``null`` and what is not a number: ``NaN``, ``Infinity``."""
    NESTED = "nested"
    """An array or object of JSON."""


class Cell(NamedTuple):
    """The bytes of one cell."""

    source: bytes
    start: int
    """Where ``source`` begins in the body."""
    kind: CellKind


class Piece(NamedTuple):
    """A part of a cell: characters that are spelt as they stand, or are all escaped."""

    at: int
    """Its first character in the text of the cell."""
    source: bytes
    offset: int
    """Where its bytes begin."""
    is_escaped: bool = False

    @property
    def edges(self) -> Sequence[int]:
        """Where each of its characters begins, and the last one ends, from its first byte on."""
        if self.is_escaped:
            return [0, *(found.end() for found in _JSON_ESCAPE.finditer(self.source))]
        if self.source.isascii():
            return range(len(self.source) + 1)
        sizes = (len(char.encode("utf-8", "surrogateescape")) for char in decode(self.source))
        return list(accumulate(sizes, initial=0))


@dataclass(frozen=True, slots=True)
class Spelling:
    """The beginning of a cell as text, not sanitised."""

    text: str
    pieces: tuple[Piece, ...]
    is_whole: bool

    def offset_of(self, character: int, end: int) -> int:
        """Return the byte at which a character is spelt.

        Args:
            character: from 0.
            end: what to return where there is none.
        """
        for piece in self.pieces:
            edges = piece.edges
            if character < piece.at + len(edges) - 1:
                return piece.offset + edges[max(0, character - piece.at)]
        return end

    def characters(self, start: int, end: int) -> tuple[int, int] | None:
        """Return which characters stand for the bytes of the body from ``start`` up to ``end``."""
        found: list[int] = []
        for piece in self.pieces:
            first = max(0, start - piece.offset)
            last = min(end - piece.offset, len(piece.source))
            if first < last:
                edges = piece.edges
                found += [piece.at + bisect_right(edges, first) - 1]
                found += [piece.at + bisect_left(edges, last)]
        return (min(found), max(found)) if found else None


def spell(cell: Cell, chars_max: int) -> Spelling:
    """Return at least the first ``chars_max`` characters of a cell, if it has so many."""
    match cell.kind:
        case CellKind.QUOTED:
            return _spell_quoted(cell, chars_max, _QUOTED_PIECES[cell.source[:1]])
        case CellKind.ESCAPED:
            return _spell_quoted(cell, chars_max, _ESCAPED_PIECES[cell.source[:1]])
        case CellKind.STRING:
            return _spell_string(cell, chars_max)
        case CellKind.NESTED:
            return _spell_nested(cell, chars_max)
        case CellKind.PLAIN | CellKind.NUMBER | CellKind.KEYWORD:
            source = cell.source[: _UTF8_BYTES_MAX * (chars_max + 1)]
            is_whole = len(source) == len(cell.source)
            return Spelling(decode(source), (Piece(0, source, cell.start),), is_whole)


def column_within(cells: Sequence[Cell], offset: int) -> int:
    """Return which one of the cells of a record holds a byte, or is the next one behind it."""
    at = bisect_right(cells, offset, key=_end_of)
    return min(at, max(0, len(cells) - 1))


def _end_of(cell: Cell) -> int:
    return cell.start + len(cell.source)


def text_of(cell: Cell) -> str:
    """Return all of a cell as text, not sanitised."""
    return spell(cell, len(cell.source)).text


def sortable_text_of(cell: Cell) -> bytes:
    """Return the text of a cell as bytes that compare as its characters do; nothing for null."""
    if cell.kind in (CellKind.QUOTED, CellKind.ESCAPED, CellKind.STRING):
        return text_of(cell).encode("utf-8", "surrogatepass")
    return b"" if cell.kind is CellKind.KEYWORD and cell.source == b"null" else cell.source


def is_number(cell: Cell) -> bool:
    """Whether a cell is spelt as a number."""
    match cell.kind:
        case CellKind.NUMBER:
            return True
        case CellKind.PLAIN:
            source = cell.source
            return bool(_NUMBER.fullmatch(source) or _COMMA_NUMBER.fullmatch(source))
        case CellKind.QUOTED:
            return _NUMBER.fullmatch(cell.source[1:-1]) is not None
        case CellKind.ESCAPED | CellKind.STRING | CellKind.KEYWORD | CellKind.NESTED:
            return False


def is_among_numbers(cell: Cell) -> bool:
    """Whether a cell is a number, or stands for none where numbers are: ``NaN``, ``-inf``."""
    if cell.kind in (CellKind.KEYWORD, CellKind.PLAIN) and _NON_FINITE.fullmatch(cell.source):
        return True
    return is_number(cell)


def role_of(cell: Cell) -> str:
    """Return the syntax role of a cell; none for text of CSV."""
    match cell.kind:
        case CellKind.STRING:
            return "string"
        case CellKind.KEYWORD:
            return "keyword"
        case CellKind.NESTED:
            return "punctuation"
        case CellKind.NUMBER | CellKind.PLAIN | CellKind.QUOTED | CellKind.ESCAPED:
            return "number" if is_number(cell) else ""


def _spell_quoted(cell: Cell, chars_max: int, pattern: re.Pattern[bytes]) -> Spelling:
    source = cell.source[1 : 1 + 2 * _UTF8_BYTES_MAX * (chars_max + 1)]
    pieces: list[Piece] = []
    texts: list[str] = []
    at = read = 0
    for found in pattern.finditer(source):
        if at > chars_max:
            break
        group, read = found.lastindex or 0, found.end()
        pieces.append(Piece(at, found[group], cell.start + 1 + found.start(group)))
        texts.append(decode(found[group]))
        at += len(texts[-1])
    return Spelling("".join(texts), tuple(pieces), read == len(cell.source) - 1)


def _spell_string(cell: Cell, chars_max: int) -> Spelling:
    source = cell.source[: _ESCAPED_BYTES_MAX * (chars_max + 1)]
    if b"\\" not in source:
        is_whole = len(source) == len(cell.source)
        return Spelling(decode(source), (Piece(0, source, cell.start),), is_whole)
    pieces: list[Piece] = []
    texts: list[str] = []
    at = read = 0
    for found in _JSON_PIECE.finditer(source):
        if at > chars_max:
            break
        read, is_escaped = found.end(), found[1] is not None
        pieces.append(Piece(at, found[0], cell.start + found.start(), is_escaped))
        text = str(json.loads(b'"%b"' % found[0])) if is_escaped else decode(found[0])
        texts.append(text)
        at += len(text)
    return Spelling("".join(texts), tuple(pieces), read == len(cell.source))


def _spell_nested(cell: Cell, chars_max: int) -> Spelling:
    source = cell.source[: _INDENTED_BYTES_MAX * (chars_max + 1)]
    pieces: list[Piece] = []
    texts: list[str] = []
    at = read = 0
    for found in _NESTED_PIECE.finditer(source):
        if at > chars_max:
            break
        read = found.end()
        pieces.append(Piece(at, found[0], cell.start + found.start()))
        texts.append(decode(found[0]))
        at += len(texts[-1])
    return Spelling("".join(texts), tuple(pieces), read == len(cell.source))


def width_cells(text: str) -> int:
    """Return how many cells of a terminal sanitised text takes."""
    return len(text) if text.isascii() else sum(map(_width_of, text))


def cut_to(text: str, cells: int, *, is_whole: bool = True) -> str:
    """Return as much of a cell's text as fits, with `CUT` where something is left out.

    Args:
        text: not sanitised, and what is returned is not.
        cells: the room there is, at least 1.
        is_whole: whether there is no more text than this.
    """
    if is_whole and len(text) <= cells and width_cells(sanitise(text)) <= cells:
        return text
    kept = text[: cells - 1]
    while width_cells(sanitise(kept)) > cells - 1:
        kept = kept[:-1]
    return kept + CUT


@lru_cache(maxsize=4096)
def _width_of(character: str) -> int:
    if category(character) in ("Mn", "Me"):
        return 0
    return 2 if east_asian_width(character) in "WF" else 1
