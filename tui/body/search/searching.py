"""Finding text in a body of any size, a slice at a time, in the bytes and not in what is drawn.

Nothing is decoded and nothing that was laid out is built anew: a search is a pattern over the
bytes and the offsets where it was found.
"""

from __future__ import annotations

import json
import re
from enum import Enum
from typing import TYPE_CHECKING

from tui.body.search.hits import Hits

if TYPE_CHECKING:
    from tui.body.growing import Bytes

_HEX_PAIRS = re.compile("0x(?:[0-9a-f]{2})+|[0-9a-f]{2}(?: +[0-9a-f]{2})+", re.IGNORECASE)
_SPACES_MAX = 64
_HITS_AT_ONCE = 8_192
"""Some three milliseconds, where every byte is one."""
_JSON_SPACES = rb"[ \t\r\n]{0,%d}" % _SPACES_MAX
_ESCAPES_BYTES = 12
"""So many have the two escapes that JSON has for some characters."""


class SpeltAs(Enum):
    """How what is shown is spelt in the bytes that are looked through."""

    AS_SHOWN = "as it is shown"
    JSON = "JSON"
    """A space after a key's colon stands for whatever is there; all but ASCII may be escaped."""
    JSON_CELLS = "JSON in a table"
    """Strings are shown without their escapes."""
    CSV_CELLS = "CSV in a table"
    """Quotes within fields are shown once."""
    BYTES = "bytes"
    """Pairs of hexadecimal digits, ``7b 22`` or ``0x7b22``, stand for those bytes, too."""


_JSON = (SpeltAs.JSON, SpeltAs.JSON_CELLS)
_SPELT_OTHERWISE = {
    SpeltAs.JSON_CELLS: {'"': rb'(?:\\"|")', "\\": rb"(?:\\\\|\\)", "/": rb"(?:\\/|/)"},
    SpeltAs.CSV_CELLS: {'"': b'(?:""|")'},
}


class Search(Hits):
    """Every place of a literal text, in order, none overlapping another.

    Upper and lower case are the same unless the text holds a capital.

    Args:
        data: UTF-8, or any bytes.
        text: what to find, not empty.
        spelling: how text is spelt in them.
        is_growing: whether more may come behind ``data``, see `grow`.
    """

    def __init__(
        self,
        data: Bytes,
        text: str,
        *,
        spelling: SpeltAs = SpeltAs.AS_SHOWN,
        is_growing: bool = False,
    ) -> None:
        super().__init__()
        self.is_waiting = False
        """Whether all that came so far is looked through, and more may come."""
        self._is_growing = is_growing
        self.text = text
        self._data = data
        self._position = 0
        spelt = bytes_spelt(text) if spelling is SpeltAs.BYTES else b""
        otherwise = _SPELT_OTHERWISE.get(spelling, {})
        self._is_exact = text.isascii() and not spelt and not any(map(otherwise.get, text))
        """Whether each character has one spelling, so that a hit that begins earlier ends so."""
        pattern = _pattern_of(text, spelling)
        self._pattern = re.compile(pattern + b"|" + re.escape(spelt) if spelt else pattern)
        # A letter in its other case may take one byte more; a colon may draw spaces after it.
        spaces = text.count(": ") * _SPACES_MAX if spelling is SpeltAs.JSON else 0
        self._hit_bytes_max = len(text) * (_ESCAPES_BYTES if spelling in _JSON else 4) + spaces

    @property
    def is_cased(self) -> bool:
        """Whether capitals, and small letters, are found as such only."""
        return not ignores_case(self.text)

    def advance(self, budget_bytes: int) -> None:
        """Look through so many bytes more, or fewer where hits are many; between 0.1 and 3 GB/s."""
        size = len(self._data)
        limit = min(self._position + budget_bytes, size)
        seen = min(limit + self._hit_bytes_max, size)
        is_open = self._is_growing and seen == size
        # Behind this, what may come decides whether there is a hit, or which one.
        decided = size - self._hit_bytes_max if is_open else limit
        position = max(self._position, min(limit, decided))
        for number, found in enumerate(self._pattern.finditer(self._data, self._position, seen)):
            if found.start() >= limit or self.is_capped:
                break
            if number == _HITS_AT_ONCE:
                self._position = self.ends[-1]
                return
            if found.start() > decided and not (self._is_exact and found.end() < size):
                break
            self.add(*found.span())
            position = max(position, found.end())
        self._position = position
        self.is_waiting = is_open and limit == size
        self.is_complete = self.is_capped or (position >= size and not self._is_growing)

    def look_on(self) -> bool:
        """Go on behind the last one that was counted."""
        if not super().look_on():
            return False
        self._position = self.ends[-1]
        return True

    def grow(self, data: Bytes, *, is_whole: bool) -> None:
        """Take in that more came.

        Args:
            data: all that came.
            is_whole: whether nothing comes any more.
        """
        self._data, self._is_growing, self.is_waiting = data, not is_whole, False
        self.is_complete = self.is_capped or (self._position >= len(data) and is_whole)


def ignores_case(text: str) -> bool:
    """Whether a text is found in any case: when it holds no capital."""
    return text == text.lower()


def bytes_spelt(text: str) -> bytes:
    """Return the bytes that pairs of hexadecimal digits stand for; none if they are none."""
    digits = text.strip().removeprefix("0x")
    is_spelt = _HEX_PAIRS.fullmatch(text.strip()) is not None
    return bytes.fromhex(digits) if is_spelt else b""


def _pattern_of(text: str, spelling: SpeltAs) -> bytes:
    is_caseless = ignores_case(text)
    pattern = b"".join(_character_of(char, spelling, is_caseless=is_caseless) for char in text)
    if spelling is SpeltAs.JSON:
        pattern = pattern.replace(rb'":\ ', b'":' + _JSON_SPACES)
    return b"(?i:" + pattern + b")" if is_caseless else pattern


def _character_of(char: str, spelling: SpeltAs, *, is_caseless: bool) -> bytes:
    """Return the pattern of one character; in bytes, re knows the cases of ASCII only."""
    if (otherwise := _SPELT_OTHERWISE.get(spelling, {}).get(char)) is not None:
        return otherwise
    if char <= "\x7f":
        return re.escape(char.encode())
    cases = {char, char.lower(), char.upper()} if is_caseless else {char}
    patterns = sorted(re.escape(_bytes_of(each)) for each in cases)
    if spelling in _JSON:
        patterns += sorted(b"(?i:" + re.escape(_escaped(each)) + b")" for each in cases)
    return patterns[0] if len(patterns) == 1 else b"(?:" + b"|".join(patterns) + b")"


def _escaped(text: str) -> bytes:
    """Return what is not ASCII as JSON may escape it: with digits in either case."""
    return json.dumps(text)[1:-1].encode()


def _bytes_of(char: str) -> bytes:
    """Return the bytes of a character; of half a one, which is in no UTF-8, what it would be."""
    try:
        return char.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return char.encode("utf-8", "surrogatepass")
