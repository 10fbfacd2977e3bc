"""Strings of JSON, and whole texts, that hold something else: base64, a data URI, JSON, lines.

Functions of the bytes between two offsets, quotes included, so that a string of 25 MB is only
decoded when it is opened.
"""

from __future__ import annotations

import re
from base64 import b64decode
from typing import TYPE_CHECKING

from tui.body.base64_text import decode_base64, decode_likely, has_regular_lines
from tui.body.json.string_text import string_text
from tui.body.kinds import recognise
from tui.body.pieces import encoded
from tui.body.shown_body import ShownBody

if TYPE_CHECKING:
    from tui.body.growing import Bytes
    from tui.body.pieces import Pieces

HEAD_BYTES = 24
"""How much of a folded string is shown."""
_EMBEDDED_BYTES_MIN = 256
_LOOKED_AT_BYTES = 2_048
_KEY_BYTES_MAX = 1_000
_WS = rb"[ \t\n\r]*+"
_BEFORE_VALUE = re.compile(
    _WS + rb'(?:"(?:[^"\\]|\\.){0,%d}+"' % _KEY_BYTES_MAX + _WS + rb":" + _WS + rb")?+", re.DOTALL
)
_DATA_URI = re.compile(
    rb"data:(?P<type>[\w.+-]+\\?/[\w.+-]+)?(?:;(?!base64,)[^,;\"]{0,99})*+(?P<base64>;base64)?+,"
)
_BASE64 = re.compile(rb"(?:[A-Za-z0-9+/_-]|\\/|\\[nr])*+={0,2}")
_TEXT_MAY_BE = re.compile(rb"data:.*+|(?:[A-Za-z0-9+/_=-]++\r?\n?)*+\s*+", re.DOTALL)
"""What a text begins with that may be base64: no more of it is copied if it is not."""
_MIXED = (re.compile(rb"[A-Z]"), re.compile(rb"[a-z]"), re.compile(rb"[0-9]"))
_ESCAPED = {"\\/": "/", "\\n": "\n", "\\r": "\r", "\\": ""}
_PADDING_BYTES_MAX = len(rb"==\r\n")
_LINE_END = re.compile(rb"(?:\\r)?\\n")
_LINES_LOOKED_AT = 1_000
"""To tell whether all are as long as the first: 25 MB take 55 ms to count what ends them."""
_ESCAPE = re.compile(r"\\[/nr]|\\$")


def string_in_line(data: Bytes, start: int, end: int) -> tuple[int, int] | None:
    """Return the bytes of the string that is the value of a line of pretty JSON, with quotes.

    Args:
        data: the body.
        start: where the line begins.
        end: where it ends, a comma and spaces included.
    """
    before = _BEFORE_VALUE.match(data, start, end)
    begin = start if before is None else before.end()
    if not data.startswith(b'"', begin):
        return None
    last = data.rfind(b'"', begin, end)
    return (begin, last + 1) if last > begin else None


def is_embedded(data: Bytes, start: int, end: int) -> bool:
    """Whether a string is long and, by what it begins with, a file rather than text."""
    if end - start < _EMBEDDED_BYTES_MIN:
        return False
    return _is_base64(data, *_payload(data, start, end)[:2])


def words_of_string(data: Bytes, start: int, end: int) -> str:
    """Say how large a string is, decoded if it is base64, and what it seems to be; drawable."""
    begin, stop, media_type = _payload(data, start, end)
    if not _is_base64(data, begin, stop):
        return f"{end - start - 2:,} B text"
    padding = data.count(b"=", max(begin, stop - _PADDING_BYTES_MAX), stop)
    size = (stop - begin - padding - _spent_on_escapes(data, begin, stop)) * 3 // 4
    name = _name(data[begin : min(stop, begin + _LOOKED_AT_BYTES)], media_type)
    return f"{size:,} B {name}"


def _spent_on_escapes(data: Bytes, begin: int, end: int) -> int:
    """Count what says nothing in base64: back slashes, and what stands for line ends."""
    first = data.find(b"\\", begin, end)
    if first < 0:
        # As in most; to count takes ten times as long as to find none.
        return 0
    found = _LINE_END.match(data, first, end)
    if found is None:
        return _count_escapes(data, first, end)
    size = found.end() - begin
    lines = (end - begin) // size
    looked_at = range(first, begin + lines * size, size * max(1, lines // _LINES_LOOKED_AT))
    # Any other escape would move the line ends that are behind it.
    if not all(data.startswith(found[0], at) for at in looked_at):
        return _count_escapes(data, first, end)
    return lines * len(found[0]) + _count_escapes(data, begin + lines * size, end)


def _count_escapes(data: Bytes, begin: int, end: int) -> int:
    return 2 * data.count(b"\\", begin, end) - data.count(b"\\/", begin, end)


def open_string(literal: bytes) -> ShownBody:
    """Return what a string holds, as a body of its own; text if it is nothing else.

    Args:
        literal: as it is spelt, with quotes. 25 MB take some 0.2 s.
    """
    pieces = string_text(literal, "surrogateescape")
    file = _file_in(literal, pieces) if all(piece.isascii() for piece in pieces) else None
    return file or ShownBody(_encoded(pieces), None)


def open_text(text: bytes) -> ShownBody | None:
    """Return what a text as a whole is in base64, or is as a data URI; None if it is neither."""
    head = text[:_LOOKED_AT_BYTES].lstrip()
    if not (_TEXT_MAY_BE.fullmatch(head) and text.isascii()):
        return None
    return _file_in(b'"%b"' % head, (text.strip().decode("ascii"),))


def _file_in(literal: bytes, pieces: Pieces) -> ShownBody | None:
    """Return what a string holds in base64, if it does; of ``literal`` the beginning will do."""
    text = "".join(pieces)
    begin, _, media_type = _payload(literal, 0, len(literal))
    payload = text[text.find(",") + 1 :] if begin > 1 else text
    decoded = decode_base64(payload) if begin > 1 else decode_likely(payload)
    return None if decoded is None else ShownBody(decoded, media_type)


def _payload(data: Bytes, start: int, end: int) -> tuple[int, int, str | None]:
    """Return where within the quotes base64 would be, and what a data URI says of it."""
    found = _DATA_URI.match(data, start + 1, end - 1)
    if found is None or not found["base64"]:
        return start + 1, end - 1, None
    media_type = found["type"]
    return found.end(), end - 1, media_type.replace(b"\\", b"").decode() if media_type else None


def _is_base64(data: Bytes, start: int, end: int) -> bool:
    head = data[start : min(end, start + _LOOKED_AT_BYTES)]
    is_mixed = all(each.search(head) for each in _MIXED)
    found = _BASE64.match(head)
    # An escape may be cut at the end of what is looked at.
    is_whole = found is not None and len(head) - found.end() <= head.endswith(b"\\")
    return is_mixed and is_whole and has_regular_lines(_unescaped(head.decode("ascii")))


def _unescaped(text: str) -> str:
    return _ESCAPE.sub(lambda found: _ESCAPED[found[0]], text)


def _name(head: Bytes, media_type: str | None) -> str:
    """Name the kind of file of which this is the beginning in base64."""
    plain = re.sub(rb"\\[nr]|\\$|=", b"", head).replace(b"\\/", b"/")
    plain = plain.translate(bytes.maketrans(b"-_", b"+/"))
    decoded = b64decode(plain[: len(plain) // 4 * 4])
    return recognise(ShownBody(decoded, media_type)).name


def _encoded(pieces: Pieces) -> bytes:
    """Return text as the bytes it came as; lone surrogates have none."""
    try:
        return b"".join(encoded(pieces, errors="surrogateescape"))
    except UnicodeEncodeError:
        return b"".join(encoded(pieces))
