"""The tokens of HTML as they are scanned here: bytes, forwards, one at a time.

WHATWG, HTML Living Standard, 13.2.5. There is no mistake: whatever comes is a token of some kind.
All patterns are possessive: none of them ever goes back.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from tui.body.markup.grammar import Part, Piece, Within

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

RUN = re.compile(rb"(?:[^<\n]++|%b)*+" % _WITHIN_TEXT)
"""Text without line feeds, and the most frequent of what is within text."""

IN_LINE = re.compile(
    rb"[^<\n]++|<(/?+)(%b)%b>|<!--(?!-?>)(?:[^-\n]++|-(?!-!?>))*+-->|()"
    % (_NAME, _ATTRIBUTES_IN_LINE)
)
"""Text, a tag or a comment without line feeds; else nothing."""
IN_LINE_CLOSES, IN_LINE_NAME, IN_LINE_NOTHING = 1, 2, 3

START_TAG = re.compile(rb"<(%b)[\t\n\f\r />]" % _NAME)
"""The beginning of a start tag, with its name."""

_SPACES = re.compile(_WS)
_BEGINS_COMMENT = re.compile(rb"<!--(-?>)?+")
_COMMENT_ENDS = re.compile(rb"--!?>")
_BOGUS = re.compile(rb"<(?:[!?]|/(?![A-Za-z]))[^>]*+>?+")
_TAG_BEGINS = re.compile(rb"</?+[A-Za-z]")
_BEGINS_CDATA = b"<![CDATA["
_TEXT_IN_LINE = re.compile(rb"<?+[^<\n]*+\n?+")
_TEXT = re.compile(rb"<?+[^<]*+")


def piece_at(data: Bytes, start: int, *, is_kept: bool, is_foreign: bool) -> Piece:
    """Return the token that begins at an offset, which is not the end.

    One that does not end is all that is left, and `Piece.is_cut`.

    Args:
        data: the text.
        start: the offset.
        is_kept: whether white space in text says something; else text ends with its line.
        is_foreign: whether there may be CDATA, and elements that end where they begin.
    """
    if not data.startswith(b"<", start):
        return _text_at(data, start, is_kept=is_kept)
    if found := TAG.match(data, start):
        part = Part.CLOSES if found[1] else Part.OPENS
        if is_foreign and data.endswith(b"/>", start, found.end()):
            part = Part.NOTHING
        return Piece(part, Within.TAG, found.end(), found[2].lower())
    if found := _BEGINS_COMMENT.match(data, start):
        closing = found if found[1] else _COMMENT_ENDS.search(data, found.end())
        end = -1 if closing is None else closing.end()
        return _piece(data, Part.NOTHING, Within.COMMENT, end)
    if is_foreign and data.startswith(_BEGINS_CDATA, start):
        end = data.find(b"]]>", start)
        return _piece(data, Part.TEXT, Within.CDATA, end + 3 if end >= 0 else end)
    if found := _BOGUS.match(data, start):
        is_cut = not data.endswith(b">", start, found.end())
        return _piece(data, Part.NOTHING, Within.DOCTYPE, -1 if is_cut else found.end())
    if _TAG_BEGINS.match(data, start):
        # A browser shows nothing of a tag that does not end.
        return _piece(data, Part.NOTHING, Within.TAG, -1)
    return _text_at(data, start, is_kept=is_kept)


def _piece(data: Bytes, part: Part, within: Within, end: int) -> Piece:
    """Return a piece up to an offset, or all that is left if it is -1."""
    return Piece(part, within, len(data) if end < 0 else end, is_cut=end < 0)


def skip_blank(data: Bytes, start: int) -> int:
    """Return the offset of the first byte from ``start`` on that is not white space."""
    found = _SPACES.match(data, start)
    return start if found is None else found.end()


def _text_at(data: Bytes, start: int, *, is_kept: bool) -> Piece:
    found = (_TEXT if is_kept else _TEXT_IN_LINE).match(data, start)
    end = start if found is None else found.end()
    ends_line = not is_kept and data.startswith(b"\n", end - 1)
    is_cut = end == start + 1 == len(data) and data.startswith(b"<", start)
    return Piece(Part.TEXT, Within.TEXT, end, ends_line=ends_line, is_cut=is_cut)


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

    def piece_at(self, data: Bytes, start: int, *, is_growing: bool) -> Piece:
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
                return self._end_tag_at(data, start)
        return Piece(Part.TEXT, Within.RAW, limit)

    def _end_tag_at(self, data: Bytes, start: int) -> Piece:
        tag = TAG.match(data, start)
        end = len(data) if tag is None else tag.end()
        return Piece(Part.CLOSES, Within.TAG, end, self.name, is_cut=tag is None)

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
