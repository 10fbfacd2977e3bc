"""The grammar of XML as it is scanned here: bytes, forwards, one piece of markup at a time.

XML 1.0 (W3C), sections 2 and 3. Only what rows are made of is looked at: which tags open and close,
and where comments, CDATA and the like end. Entities, characters and what an attribute may hold are
not. All patterns are possessive: none of them ever goes back.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING

from tui.body.json.grammar import Mistake
from tui.body.markup.open_piece import OpenPiece, Stand, keeps_space

if TYPE_CHECKING:
    from tui.body.growing import Bytes

BLANK = b" \t\r\n"
"""White space of XML (production 3)."""

_WS = rb"[ \t\r\n]*+"
_NAME_BEGINS = rb"[A-Za-z_:\x80-\xff]"
_NAME = _NAME_BEGINS + rb"[\w:.\x80-\xff-]*+"
_ATTRIBUTES = rb"(?:[^<>\"'/]++|/(?!>)|\"[^\"<]*+\"|'[^'<]*+')*+"
_ATTRIBUTES_IN_LINE = rb"(?:[^<>\"'/\n]++|/(?!>)|\"[^\"<\n]*+\"|'[^'<\n]*+')*+"
# What follows a line: another piece of markup that is no text.
_BEHIND = _WS + rb"(?=<(?!!\[CDATA\[))"

_TAG_IN_LINE = rb"<(" + _NAME + rb")" + _ATTRIBUTES_IN_LINE

LINE = re.compile(
    rb"%b(?:/>()|>(?:[^<\n]*+</\1%b>()|(?![ \t\r]*+</)()))%b|</(%b)%b>()%b|()"
    % (_TAG_IN_LINE, _WS, _BEHIND, _NAME, _WS, _BEHIND)
)
"""A line as most are, a tag or an element of text alone, and the white space behind it.

The last group, empty, is behind the tag, and says by its number what kind of line it is.
"""
LINE_EMPTY, LINE_LEAF, LINE_OPENS, LINE_CLOSES = 2, 3, 4, 6
NAME, CLOSED_NAME = 1, 5

TAG_BEHIND_TEXT = re.compile(
    rb"[^<\n]*+(?:%b(?:/>()|>())|</(%b)%b>())|()" % (_TAG_IN_LINE, _NAME, _WS)
)
"""Text without a line feed, and the tag behind it; the last group says what kind of tag."""
TAG_EMPTY, TAG_OPENS, TAG_CLOSED_NAME, TAG_CLOSES = 2, 3, 4, 5

LINE_OF_TEXT = re.compile(rb"[^\n]*+\n")

_NAME_AT = re.compile(_NAME)
_TAG = re.compile(rb"<(?P<name>" + _NAME + rb")" + _ATTRIBUTES + rb"/?>")
_END_TAG = re.compile(rb"</(?P<name>" + _NAME + rb")" + _WS + rb">")
_LEAD = re.compile(
    rb"(<!--)|(<!\[CDATA\[)|(<\?)|(<!(?i:DOCTYPE))|(</(?=%b))|(<(?=%b))"
    % (_NAME_BEGINS, _NAME_BEGINS)
)
_KINDS = (
    Stand.COMMENT,
    Stand.CDATA,
    Stand.INSTRUCTION,
    Stand.DOCTYPE,
    Stand.END_TAG,
    Stand.TAG,
)
"""By the groups of that."""
_FOLLOWED_BY_TEXT = re.compile(_WS + rb"(?:[^< \t\r\n]|<!\[CDATA\[)")
_SPACES = re.compile(_WS)
AT_ONCE_BYTES = 65_536
"""A tag of more is looked through slice by slice."""
LOOKED_AHEAD_BYTES = len("<![CDATA[")
"""Behind white space, so much tells what follows a piece."""
NAME_BYTES_MAX = 4_096
"""Names are told apart by so many bytes of them; a row has less, and libxml2 allows 50,000."""
_EXCERPT_BYTES = 24


class Within(IntEnum):
    """What the first character of a row is within."""

    TEXT = 0
    TAG = 1
    DOUBLE_QUOTES = 2
    SINGLE_QUOTES = 3
    COMMENT = 4
    CDATA = 5
    INSTRUCTION = 6
    DOCTYPE = 7
    RAW = 8
    """Text in which nothing but the end tag is markup, as in a script of HTML."""


class Part(IntEnum):
    """What a piece of a document does to the elements that are open."""

    NOTHING = 0
    TEXT = 1
    OPENS = 2
    CLOSES = 3


_LEADS = dict.fromkeys(Within, 0) | {Within.COMMENT: 4, Within.CDATA: 9, Within.INSTRUCTION: 2}
_TAILS = {Within.COMMENT: 3, Within.CDATA: 3, Within.INSTRUCTION: 2}


@dataclass(frozen=True, slots=True)
class Piece:
    """A tag, a comment, a run of text or the like: what it is, and up to where."""

    part: Part
    within: Within
    end: int
    name: bytes = b""
    """Of a tag."""
    keeps_space: bool = False
    """Whether white space between the tags in it says something."""
    ends_line: bool = False
    """Whether a line feed at its end is no part of what it says."""
    is_cut: bool = False
    """Whether it goes on to the end of what has come, and does not end there."""

    @property
    def lead_bytes(self) -> int:
        """How much of the beginning tells what it is."""
        return len(self.name) + 2 if self.name else _LEADS[self.within]

    @property
    def tail_bytes(self) -> int:
        """How much of the end tells that it ends."""
        return _TAILS.get(self.within, 0)


_OTHERS = {
    Stand.COMMENT: (Part.NOTHING, Within.COMMENT, "this comment"),
    Stand.CDATA: (Part.TEXT, Within.CDATA, "this CDATA section"),
    Stand.INSTRUCTION: (Part.NOTHING, Within.INSTRUCTION, "this processing instruction"),
    Stand.DOCTYPE: (Part.NOTHING, Within.DOCTYPE, ""),
}
"""What is neither a tag nor text, by what it is looked through for."""


def piece_at(data: Bytes, start: int) -> Piece | OpenPiece | Mistake:
    """Return the piece of a document that begins at an offset, which is not its end.

    Where its end is not near, or takes more than a look, that is still to be found.
    """
    if not data.startswith(b"<", start):
        end = data.find(b"<", start)
        return Piece(Part.TEXT, Within.TEXT, len(data) if end < 0 else end)
    limit = start + AT_ONCE_BYTES
    if found := _TAG.match(data, start, limit):
        end, name = found.end(), found["name"][:NAME_BYTES_MAX]
        return _tag(data, start, end, name, keeps_space=keeps_space(data, start, end))
    if found := _END_TAG.match(data, start, limit):
        return Piece(Part.CLOSES, Within.TAG, found.end(), found["name"][:NAME_BYTES_MAX])
    if found := _LEAD.match(data, start):
        return OpenPiece(start, found.end(), _KINDS[(found.lastindex or 1) - 1])
    return _no_tag(start)


def piece_of(data: Bytes, opened: OpenPiece) -> Piece | Mistake:
    """Return a piece that was looked through to its end, or to that of the document."""
    start, end = opened.start, opened.end
    part, within, words = _OTHERS.get(opened.kind, (Part.NOTHING, Within.TAG, ""))
    if end is None:
        message = f"{words} does not end"
        return Mistake(start, message, is_at_end=True) if words else _no_tag(start)
    if within is not Within.TAG:
        return Piece(part, within, end)
    if opened.kind is Stand.END_TAG:
        return Piece(Part.CLOSES, within, end, _name_at(data, start + len("</")))
    name = _name_at(data, start + len("<"))
    return _tag(data, start, end, name, keeps_space=opened.keeps_space)


def _tag(data: Bytes, start: int, end: int, name: bytes, *, keeps_space: bool) -> Piece:
    part = Part.NOTHING if data.endswith(b"/>", start, end) else Part.OPENS
    return Piece(part, Within.TAG, end, name, keeps_space)


def _name_at(data: Bytes, start: int) -> bytes:
    found = _NAME_AT.match(data, start, start + NAME_BYTES_MAX)
    return b"" if found is None else found[0]


def _no_tag(start: int) -> Mistake:
    return Mistake(start, "this begins no tag")


def is_followed_by_text(data: Bytes, end: int) -> bool:
    """Whether what is behind an offset says something before the next tag does."""
    return _FOLLOWED_BY_TEXT.match(data, end) is not None


def skip_blank(data: Bytes, start: int, limit: int) -> int:
    """Return where white space ends that goes on at ``start``, looking no further than a limit."""
    found = _SPACES.match(data, start, limit)
    return start if found is None else found.end()


def excerpt(data: bytes) -> str:
    """Return a name as it is told in a message, not sanitised."""
    cut = data[:_EXCERPT_BYTES].decode("utf-8", "replace")
    return f"{cut}…" if len(data) > _EXCERPT_BYTES else cut
