"""One row of pretty JSON as text: indented, coloured, every token as it is spelt."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tui.body.json.layout import INDENT_CELLS, INDENTED_DEPTH_MAX
from tui.body.rows import Row
from tui.body.sanitise import sanitise

if TYPE_CHECKING:
    from tui.body.spans import Span

_PIECE = re.compile(
    r'(?P<string>"(?:[^"\\]++|\\.)*+(?:"|$|\\$))(?P<key>(?=\s*+:))?'
    r"|(?P<punctuation>[{}\[\],:])"
    r"|(?P<word>[^\s\"{}\[\],:]++)",
    re.DOTALL,
)
_REST_OF_STRING = re.compile(
    r'(?P<string>(?:[^"\\]++|\\.)*+(?:"|$|\\$))(?P<key>(?=\s*+:))?', re.DOTALL
)

_NON_FINITE = frozenset({"NaN", "Infinity", "-Infinity"})
"""Let through, and no JSON, see `tui.body.json.grammar`."""


def draw_json(text: str, *, depth: int, is_continued: bool, is_in_string: bool) -> Row:
    """Lay out what one row holds.

    Args:
        text: the bytes of the row, decoded, with any white space.
        depth: how many brackets are open around it.
        is_continued: whether it goes on with the line of the row before.
        is_in_string: whether it begins within a string that an earlier row began.
    """
    column = indent = INDENT_CELLS * min(depth, INDENTED_DEPTH_MAX)
    parts = [" " * column]
    spans: list[Span] = []
    runs: list[tuple[int, int, int]] = []
    for start, end, role in _pieces(text, is_in_string=is_in_string):
        parts.append(text[start:end])
        spans.append((column, column + end - start, role))
        runs.append((column, start, end - start))
        column += end - start
        if end - start == 1 and text[start] == ":":
            parts.append(" ")
            column += 1
    source = "".join(parts)
    hanging = indent if is_continued else 0
    return Row(sanitise(source), source, tuple(spans), tuple(runs), hanging)


def _pieces(text: str, *, is_in_string: bool) -> list[Span]:
    pieces: list[Span] = []
    at = 0
    if is_in_string and (rest := _REST_OF_STRING.match(text)):
        at = rest.end()
        pieces.append((0, at, _role(rest)))
    pieces += [(*found.span(), _role(found)) for found in _PIECE.finditer(text, at)]
    return pieces


def _role(found: re.Match[str]) -> str:
    match found.lastgroup:
        case "word" if found[0] in _NON_FINITE:
            return "error"
        case "word":
            return "number" if found[0][0] in "-0123456789" else "keyword"
        case role:
            return role or "string"
