"""The tokens of HTML as they are scanned here: bytes, forwards, one at a time.

WHATWG, HTML Living Standard, 13.2.5. There is no mistake: whatever comes is a token of some kind.
All patterns are possessive: none of them ever goes back.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from tui.body.markup.grammar import AT_ONCE_BYTES, NAME_BYTES_MAX, Part, Piece, Within
from tui.body.markup.html_names import ROLES, Role
from tui.body.markup.open_piece import OpenPiece, Stand

if TYPE_CHECKING:
    from tui.body.growing import Bytes

_RAW_BYTES = 65_536
"""Raw text is looked through for its end by so much at a time."""
_END_BYTES = 16
"""No end tag of raw text has a longer beginning."""
_NAME = rb"[A-Za-z][^\t\n\f\r />]*+"


def _attributes(space: bytes, rest: bytes) -> bytes:
    """Return a pattern of attributes (13.2.5.32 to 13.2.5.40).

    Args:
        space: what white space is, as characters of a set.
        rest: what no character may be.
    """
    value = rb'"[^"%b]*+"|\'[^\'%b]*+\'|(?!["\'])[^>%b%b]++|(?=>)' % (rest, rest, space, rest)
    name = rb"[^/>%b%b][^/>=%b%b]*+" % (space, rest, space, rest)
    after = rb"(?:[%b]*+=[%b]*+(?:%b)|(?![%b]*+=))" % (space, space, value, space)
    return rb"(?:[%b/]++|%b%b)*+" % (space, name, after)


_TAG = rb"<(/?+)(" + _NAME + rb")" + _attributes(rb"\t\n\f\r ", rb"") + rb">"
TAG = re.compile(_TAG)
"""A tag: whether it is an end tag, and its name."""
_ATTRIBUTES_IN_LINE = _attributes(rb"\t\f\r ", rb"\n")
_WS = rb"[ \t\r\n]*+"
# Those within text that are most frequent: others take a second look.
_WITHIN_TEXT = (
    rb"</?+(?:a|abbr|b|big|button|cite|code|em|font|i|img|input|kbd|label|mark|q|s|samp|small|span"
    rb"|strong|sub|sup|time|tt|u|var)(?=[\t\r />])%b>" % _ATTRIBUTES_IN_LINE
)
LINE = re.compile(
    rb"<(?:(%b)%b>(?:(?:[^<\n]++|%b)*+</\1>()|())|/(%b)>())%b|()"
    % (_NAME, _ATTRIBUTES_IN_LINE, _WITHIN_TEXT, _NAME, _WS)
)
"""A tag without line feeds, perhaps with text alone in its element, and white space behind it.

The last group, empty, is behind the tag, and says by its number what kind of line it is.
"""
NAME, CLOSED_NAME = 1, 4
LINE_LEAF, LINE_OPENS, LINE_CLOSES, LINE_OTHER = 2, 3, 5, 6

# A `<` that begins nothing is text, but the last one may yet begin something.
_TEXT_IN_LINE = rb"(?:[^<\n]++|<(?=[^A-Za-z/!?]))++"
RUN = re.compile(rb"(?:[^<\n]++|%b)*+" % _WITHIN_TEXT)
"""Text without line feeds, and the most frequent of what is within text."""

_BREAK = rb"<[Bb][Rr](?=[\t\r />])%b>" % _ATTRIBUTES_IN_LINE
# Before those of which all that is known is that they begin a line of their own.
_BEFORE_BLOCK = rb"(?=</?+(?:%b)(?=[\t\r />])%b>)" % (
    b"|".join(sorted(name for name, role in ROLES.items() if role is Role.BLOCK)),
    _ATTRIBUTES_IN_LINE,
)
TEXT_LINE = re.compile(
    rb"(?:(?:%b|%b)++(?:\n|%b|%b)|\n|%b)()%b|()"
    % (_TEXT_IN_LINE, _WITHIN_TEXT, _BREAK, _BEFORE_BLOCK, _BREAK, _WS)
)
"""The rest of a line of that, or up to a `<br>` or a block, and white space behind it.

Else nothing; a group is between.
"""
TEXT_LINE_END = 1

IN_LINE = re.compile(
    rb"%b|<(/?+)(%b)%b>|<!--(?!-?>)(?:[^-\n]++|-(?!-!?>))*+-->|()"
    % (_TEXT_IN_LINE, _NAME, _ATTRIBUTES_IN_LINE)
)
"""Text, a tag or a comment without line feeds; else nothing."""
IN_LINE_CLOSES, IN_LINE_NAME, IN_LINE_NOTHING = 1, 2, 3

START_TAG = re.compile(rb"<(%b)[\t\n\f\r />]" % _NAME)
"""The beginning of a start tag, with its name."""

_SPACES = re.compile(_WS)
_LEAD = re.compile(rb"(<!--)|(<!\[CDATA\[)|(<[!?]|</(?![A-Za-z]))|(</?+(?=[A-Za-z]))")
_KINDS = (Stand.COMMENT_START, Stand.CDATA, Stand.BOGUS_COMMENT, Stand.TAG_NAME)
"""By the groups of that."""
_UNDECIDED_BYTES = len("<![CDATA[")
"""Of fewer it is not always known what they begin."""
_WITHIN = {
    Stand.COMMENT_START: Within.COMMENT,
    Stand.CDATA: Within.CDATA,
    Stand.BOGUS_COMMENT: Within.DOCTYPE,
    Stand.TAG_NAME: Within.TAG,
}
_TAG_BEGINS = re.compile(rb"<(/?+)(" + _NAME + rb")")
_TEXT_ON_LINE = re.compile(rb"(?:[^<\n]++|<(?![A-Za-z/!?]))*+\n?+")
_TEXT = re.compile(rb"(?:[^<]++|<(?![A-Za-z/!?]))*+")


def piece_at(data: Bytes, start: int, *, is_kept: bool, is_foreign: bool) -> Piece | OpenPiece:
    """Return the token that begins at an offset, which is not the end.

    One of which the end is not near, or takes more than a look, is still to be looked through.

    Args:
        data: the text.
        start: the offset.
        is_kept: whether white space in text says something; else text ends with its line.
        is_foreign: whether there may be CDATA, and elements that end where they begin.
    """
    if not data.startswith(b"<", start):
        return _text_at(data, start, is_kept=is_kept)
    if found := TAG.match(data, start, start + AT_ONCE_BYTES):
        return _tag(data, start, found.end(), is_foreign=is_foreign)
    found = _LEAD.match(data, start)
    if found is None:
        return _text_at(data, start, is_kept=is_kept)
    kind = _KINDS[(found.lastindex or 1) - 1]
    if kind is Stand.CDATA and not is_foreign:
        kind = Stand.BOGUS_COMMENT
    opened = OpenPiece(start, found.end(), kind)
    if len(data) - start >= _UNDECIDED_BYTES:
        return opened
    opened.look(data, AT_ONCE_BYTES)
    return piece_of(data, opened, is_foreign=is_foreign)


def piece_of(data: Bytes, opened: OpenPiece, *, is_foreign: bool) -> Piece:
    """Return a token that was looked through: to its end, or it is all that is left.

    Then it is `Piece.is_cut`; a browser shows nothing of a tag that does not end.
    """
    start, end, within = opened.start, opened.end, _WITHIN[opened.kind]
    if within is Within.TAG and end is not None:
        return _tag(data, start, end, is_foreign=is_foreign)
    part = Part.TEXT if within is Within.CDATA else Part.NOTHING
    return Piece(part, within, len(data) if end is None else end, is_cut=end is None)


def _tag(data: Bytes, start: int, end: int, *, is_foreign: bool) -> Piece:
    found = _TAG_BEGINS.match(data, start, start + NAME_BYTES_MAX)
    if found is None:
        return Piece(Part.NOTHING, Within.TAG, end)
    part = Part.CLOSES if found[1] else Part.OPENS
    if is_foreign and data.endswith(b"/>", start, end):
        part = Part.NOTHING
    return Piece(part, Within.TAG, end, found[2].lower())


def skip_blank(data: Bytes, start: int, limit: int) -> int:
    """Return where white space ends that goes on at ``start``, looking no further than a limit."""
    found = _SPACES.match(data, start, limit)
    return start if found is None else found.end()


def _text_at(data: Bytes, start: int, *, is_kept: bool) -> Piece:
    """Return text, without a `<` at the end of all that has come: it may begin something."""
    limit = min(len(data), start + AT_ONCE_BYTES)
    found = (_TEXT if is_kept else _TEXT_ON_LINE).match(data, start, limit)
    end = start if found is None else found.end()
    is_open = end == limit and data.startswith(b"<", end - 1)
    ends_line = not is_kept and data.startswith(b"\n", end - 1)
    if is_open and end > start + 1:
        return Piece(Part.TEXT, Within.TEXT, end - 1)
    return Piece(Part.TEXT, Within.TEXT, end, ends_line=ends_line, is_cut=is_open)


@lru_cache(maxsize=16)
def _raw_end(name: bytes) -> re.Pattern[bytes]:
    comments = rb"<!--(?:-?+>)?+|-->|<script(?=[\t\n\f\r />])|" if name == b"script" else b""
    return re.compile(comments + rb"</%b(?=[\t\n\f\r />])" % name, re.IGNORECASE)


class RawText:
    """Text in an element in which nothing is markup, taken a part at a time up to its end tag.

    Scripts within comments of a script do not end it (13.2.5.15 to 13.2.5.31).
    """

    def __init__(self, name: bytes) -> None:
        self.name = name
        self._is_comment = False
        self._is_nested = False

    def piece_at(self, data: Bytes, start: int, *, is_growing: bool) -> Piece | OpenPiece:
        """Return a part of the text, or the end tag if that is what begins at an offset.

        While more may come, what may become an end tag is no part of it: `Piece.is_cut` then.
        """
        limit = min(len(data) - _END_BYTES * is_growing, start + _RAW_BYTES)
        if limit <= start:
            return Piece(Part.TEXT, Within.RAW, start, is_cut=True)
        if self.name == b"plaintext":
            return Piece(Part.TEXT, Within.RAW, limit)
        for found in _raw_end(self.name).finditer(data, start, limit + _END_BYTES):
            if found.start() >= limit:
                break
            if self._is_end(found[0].lower()):
                if found.start() > start:
                    return Piece(Part.TEXT, Within.RAW, found.start())
                return OpenPiece(start, start + len("</"), Stand.TAG_NAME)
        return Piece(Part.TEXT, Within.RAW, limit)

    def _is_end(self, found: bytes) -> bool:
        if found.startswith(b"<!--"):
            self._is_comment = self._is_comment or not found.endswith(b">")
        elif found == b"-->":
            self._is_comment = self._is_nested = False
        elif found == b"<script":
            self._is_nested = self._is_comment
        elif self._is_nested:
            self._is_nested = False
        else:
            return True
        return False
