"""Whether text is base64 (RFC 4648, RFC 2045): by how encoders write it, not by its letters alone.

Names, paths and words without spaces are made of the same letters. Encoders leave the bits that
they do not need at zero, break lines all at one length, and use capitals and digits freely.
"""

from __future__ import annotations

import re
from base64 import b64decode
from binascii import Error as Base64Broken
from collections import Counter
from itertools import chain
from math import log2
from typing import TYPE_CHECKING

from tui.body.kinds import Kind, recognise
from tui.body.pieces import let_others_run
from tui.body.shown_body import ShownBody

if TYPE_CHECKING:
    from collections.abc import Iterator

_LETTERS = re.compile(r"[A-Za-z0-9+/]*+"), re.compile(r"[A-Za-z0-9_-]*+")
"""Of the two alphabets."""
_SMALL_LETTERS = re.compile(r"[a-z]++")
_CHARS_AT_ONCE = 64 * 1024
"""No other thread gets its turn before these are looked at; whole groups of four."""
_LINE_BREAK = re.compile(r"\r?\n")
_URL_SAFE = str.maketrans("-_", "+/")
_UNUSED_BITS = {2: 0x0F, 3: 0x03}
"""Of the last character, by how many there are in the last group of four."""
_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
_TEXT_CHARS_MIN = 12
"""Fewer letters may come out as text by chance."""
_BYTES_CHARS_MIN = 64
"""Fewer letters are base64 only if a known kind of file comes out."""
_LOOKED_AT_CHARS = 2_048
_UPPER_SHARE_MIN, _LOWER_SHARE_MIN, _DIGIT_SHARE_MIN = 1 / 8, 1 / 32, 1 / 64
"""Random bytes have 26, 26 and 10 of 64; words have few capitals and fewer digits."""
_SMALL_BEHIND_SMALL_MAX = 0.65
"""Of small letters, so many follow another one: of random bytes 0.41, of arrays less than 0.5, of
words with capitals, run together, 0.67 and more."""
_ENTROPY_BITS_MIN = 3.5
"""A character; random bytes have 6, arrays of numbers some 4.5, a word over and over 3."""


def decode_likely(payload: str) -> bytes | None:
    """Return what text holds if it was meant to be base64; None if it is more likely a text."""
    plain = _joined(payload)
    decoded = None if plain is None else _decoded(plain)
    if plain is None or not decoded:
        return None
    found = recognise(ShownBody(decoded, None))
    match found.kind:
        case Kind.JSON:
            return decoded
        case Kind.TEXT:
            return decoded if _holds_text(decoded, plain) else None
        case Kind.BYTES | Kind.EMPTY:
            is_known = found.name != "bytes"
            return decoded if is_known or _is_like_bytes(plain) else None


def decode_base64(payload: str) -> bytes | None:
    """Return what text is base64 of, padded or not; None if no encoder writes it so."""
    plain = _joined(payload)
    return None if plain is None else _decoded(plain)


def _decoded(plain: str) -> bytes | None:
    bare = "".join(part.translate(_URL_SAFE) for part in _slices(plain.rstrip("=")))
    rest = len(bare) % 4
    if len(plain) > len(bare) and len(plain) % 4:
        return None
    if rest and _ALPHABET.index(bare[-1]) & _UNUSED_BITS.get(rest, 0xFF):
        return None
    padded = bare + "=" * (-len(bare) % 4)
    try:
        return b"".join(b64decode(part, validate=True) for part in _slices(padded))
    except Base64Broken:
        return None


def has_regular_lines(text: str) -> bool:
    """Whether lines, if there are several, are all as long as the first and the last no longer.

    Of the last one the end may be missing.
    """
    if "\n" not in text:
        return True
    # To strip certain characters takes ten times as long; other white space is in no base64.
    lines = chain.from_iterable(_some_lines(text.rstrip()))
    first = last = len(next(lines))
    for line in lines:
        if last != first or first % 4:
            return False
        last = len(line)
    return last <= first


def _joined(payload: str) -> str | None:
    """Return text without its line breaks, if all else is of one of the two alphabets."""
    if not has_regular_lines(payload):
        return None
    # Of nothing but line breaks, a list of all lines would take eight times the text.
    plain = "".join(map("".join, _some_lines(payload))) if "\n" in payload else payload
    bare = plain.removesuffix("=").removesuffix("=")
    return plain if any(_has_only(each, bare) for each in _LETTERS) else None


def _has_only(letters: re.Pattern[str], text: str) -> bool:
    return all(letters.fullmatch(part) for part in _slices(text))


def _slices(text: str) -> Iterator[str]:
    for at in range(0, len(text), _CHARS_AT_ONCE):
        if at:
            let_others_run()
        yield text[at : at + _CHARS_AT_ONCE]


def _some_lines(text: str) -> Iterator[list[str]]:
    """Yield a few lines at a time, without their breaks."""
    at = 0
    while (stop := text.find("\n", at + _CHARS_AT_ONCE)) >= 0:
        yield _LINE_BREAK.split(text[at:stop].removesuffix("\r"))
        at = stop + 1
        let_others_run()
    yield _LINE_BREAK.split(text[at:])


def _holds_text(decoded: bytes, plain: str) -> bool:
    is_long = len(plain) >= _TEXT_CHARS_MIN and len(plain) % 4 == 0
    try:
        text = decoded.decode()
    except UnicodeDecodeError:
        return False
    is_mixed = plain.endswith("=") or any(char.isdigit() for char in plain)
    return is_long and is_mixed and all(char.isprintable() or char in "\t\r\n" for char in text)


def _is_like_bytes(plain: str) -> bool:
    """Whether letters come as those of encoded bytes do: whole groups, all kinds of letters."""
    if len(plain) < _BYTES_CHARS_MIN or len(plain) % 4:
        return False
    head = plain[:_LOOKED_AT_CHARS].rstrip("=")
    counts = Counter(head)
    shares = [
        sum(count for char, count in counts.items() if is_so(char)) / len(head)
        for is_so in (str.isupper, str.islower, str.isdigit)
    ]
    entropy = -sum(count / len(head) * log2(count / len(head)) for count in counts.values())
    least = (_UPPER_SHARE_MIN, _LOWER_SHARE_MIN, _DIGIT_SHARE_MIN)
    are_mixed = all(share >= bound for share, bound in zip(shares, least, strict=True))
    return are_mixed and entropy >= _ENTROPY_BITS_MIN and not _has_words(head)


def _has_words(head: str) -> bool:
    """Whether small letters follow one another as in words."""
    runs = [len(run) for run in _SMALL_LETTERS.findall(head)]
    return sum(runs) - len(runs) > _SMALL_BEHIND_SMALL_MAX * sum(runs)
