"""JSON for who writes it: where it breaks, indented anew, coloured line by line.

Pure functions of text, for editors. Nothing here parses into values: what is spelt ``1E5`` or
twice under one key stays so.
"""

from __future__ import annotations

import re
from codecs import getincrementaldecoder
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tui.body.json.flags import DEPTH_BITS
from tui.body.json.grammar import Mistake
from tui.body.json.layout import INDENTED_DEPTH_MAX, JsonLayout

if TYPE_CHECKING:
    from tui.body.growing import Bytes

Span = tuple[int, int, str]
"""Start and end in characters, end exclusive, and the role: a name of the theme's syntax roles."""

COLOURED_CHARS_MAX = 4096
"""`json_spans` colours no further than this, which bounds what one line can cost."""

_DECODED_BYTES = 64 * 1024
"""A line of 25 MB takes 6 ms so, and 31 all at once: that is 50 MB to ask the system for."""
_INDENT = b"  "
_INDENT_BYTES_MAX = 256
_SQUEEZED = re.compile(rb'("(?:[^"\\]++|\\.)*+"|[^" \t\n\r:]++)|:|[ \t\n\r]++', re.DOTALL)
_PIECE = re.compile(
    r'(?P<string>"(?:[^"\\]++|\\.)*+(?:"|$))(?P<colon>\s*+:)?'
    r"|(?P<number>-?[0-9][0-9.eE+-]*+)(?!\w)"
    r"|(?P<keyword>(?:true|false|null)(?!\w))"
    r"|(?P<punctuation>[{}\[\],:]++)"
    r"|(?P<space>\s++)"
    r"|(?P<error>[^\s{}\[\],:\"]++)",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class JsonProblem:
    """Why text is not JSON, and where.

    ``line`` and ``column`` count from 1, the column in characters; ``offset`` is that of the
    same place in bytes, from 0. ``message`` is short, one line, without the place.
    """

    line: int
    column: int
    offset: int
    message: str

    def __str__(self) -> str:
        """Return the place and the reason: ``line 3, column 7: expected a value``."""
        return f"line {self.line}, column {self.column}: {self.message}"


def find_json_problem(data: Bytes) -> JsonProblem | None:
    """Say where ``data`` stops being JSON, strictly by RFC 8259; None if it is JSON.

    Stricter than Python's json: no NaN, no Infinity, no byte order mark, UTF-8 only. Costs about
    as much as parsing, keeps nothing, and does not mind nesting of any depth.
    """
    if data.startswith(b"\xef\xbb\xbf"):
        return problem_at(data, Mistake(0, "JSON must not begin with a byte order mark"))
    mistakes = [found for found in (_find_mistake(data), _find_broken_utf8(data)) if found]
    if not mistakes:
        return None
    return problem_at(data, min(mistakes, key=lambda mistake: mistake.offset))


def problem_at(data: Bytes, mistake: Mistake) -> JsonProblem:
    """Put a mistake into lines and columns."""
    at = mistake.offset
    newline = b"\n" if b"\n" in data or b"\r" not in data else b"\r"
    line_start = data.rfind(newline, 0, at) + 1
    return JsonProblem(
        line=data.count(newline, 0, at) + 1,
        column=_count_characters(data, line_start, at) + 1,
        offset=at,
        message=mistake.message,
    )


def _count_characters(data: Bytes, start: int, end: int) -> int:
    """Count the characters in a range, of which no more than some is decoded at once."""
    decoder = getincrementaldecoder("utf-8")("replace")
    count = 0
    for at in range(start, end, _DECODED_BYTES):
        count += len(decoder.decode(data[at : min(at + _DECODED_BYTES, end)]))
    return count + len(decoder.decode(b"", final=True))


def reindent_json(text: str) -> str | None:
    """Return ``text`` with one value or key a line, indented by two; None if it is not JSON.

    Only white space between tokens changes: every token stays as it is spelt, duplicate keys and
    their order too. Doing it twice changes nothing more. What is nested deeper than
    `INDENTED_DEPTH_MAX` is indented no further, lest text grow with the square of its depth.
    """
    indented = _reindented(text.encode("utf-8", "surrogatepass"))
    return None if indented is None else indented.decode("utf-8", "surrogatepass")


def json_spans(line: str) -> tuple[Span, ...]:
    """Return the coloured parts of one line of JSON, in order, not overlapping.

    Looks at this line only, which is exact for JSON, whose strings cannot hold line feeds. Words
    that are not JSON have the role "error". At most `COLOURED_CHARS_MAX` characters are looked at.
    """
    spans: list[Span] = []
    for piece in _PIECE.finditer(line, 0, COLOURED_CHARS_MAX):
        match piece.lastgroup:
            case "colon":
                spans.append((*piece.span("string"), "key"))
                spans.append((piece.end("colon") - 1, piece.end("colon"), "punctuation"))
            case None | "space":
                pass
            case role:
                spans.append((*piece.span(), role))
    return tuple(spans)


def _find_mistake(data: Bytes) -> Mistake | None:
    layout = _laid_out(data)
    at = layout.non_finite_at
    return layout.mistake if at is None else non_finite_mistake(data, at)


def non_finite_mistake(data: Bytes, offset: int) -> Mistake:
    """Say that what stands at an offset is a number for Python, and none for anything else."""
    return Mistake(offset, f"{non_finite_word(data, offset)} is not JSON; only Python reads it")


def non_finite_word(data: Bytes, offset: int) -> str:
    """Return the one that stands at an offset."""
    return "NaN" if data.startswith(b"N", offset) else "Infinity"


def _laid_out(data: Bytes) -> JsonLayout:
    """Lay out one value, no line of it cut."""
    layout = JsonLayout(data, row_bytes=2 * len(data) + _INDENT_BYTES_MAX, value_count_max=1)
    while not layout.is_complete:
        layout.advance(len(data) + 1)
    return layout


def _find_broken_utf8(data: Bytes) -> Mistake | None:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        return Mistake(error.start, "these bytes are not UTF-8")
    return None


def _reindented(data: Bytes) -> bytes | None:
    layout = _laid_out(data)
    if layout.mistake is not None:
        return None
    return b"\n".join(
        _INDENT * min(layout.flags[row] & DEPTH_BITS, INDENTED_DEPTH_MAX)
        + _squeezed(data[slice(*layout.rows.span(row))])
        for row in range(len(layout.rows))
    )


def _squeezed(line: Bytes) -> bytes:
    """Return a line without white space between tokens, but for one space after a colon."""
    return _SQUEEZED.sub(lambda found: found[1] or (b": " if found[0] == b":" else b""), line)
