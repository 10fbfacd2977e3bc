"""Finding text in a body of any size, a slice at a time, in the bytes and not in what is drawn.

Nothing is decoded and nothing that was laid out is built anew: a search is a pattern over the
bytes and the offsets where it was found.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tui.body.search.hits import Hits

if TYPE_CHECKING:
    from tui.body.growing import Bytes

_HEX_PAIRS = re.compile("0x(?:[0-9a-f]{2})+|[0-9a-f]{2}(?: +[0-9a-f]{2})+", re.IGNORECASE)
_SPACES_MAX = 64
_HITS_AT_ONCE = 8_192
"""Some three milliseconds, where every byte is one."""
_JSON_SPACES = rb"[ \t\r\n]{0,%d}" % _SPACES_MAX


class Search(Hits):
    """Every place of a literal text, in order, none overlapping another.

    Upper and lower case are the same unless the text holds a capital.

    Args:
        data: UTF-8, or any bytes.
        text: what to find, not empty.
        is_json: a space after a key's colon stands for whatever is there.
        is_hex: pairs of hexadecimal digits, ``7b 22`` or ``0x7b22``, stand for those bytes, too.
        is_growing: whether more may come behind ``data``, see `grow`.
    """

    def __init__(
        self,
        data: Bytes,
        text: str,
        *,
        is_json: bool = False,
        is_hex: bool = False,
        is_growing: bool = False,
    ) -> None:
        super().__init__()
        self.is_waiting = False
        """Whether all that came so far is looked through, and more may come."""
        self._is_growing = is_growing
        self.text = text
        self._data = data
        self._position = 0
        spelt = bytes_spelt(text) if is_hex else b""
        self._is_exact = text.isascii() and not spelt
        """Whether each character has one spelling, so that a hit that begins earlier ends so."""
        pattern = _pattern_of(text, is_json=is_json)
        self._pattern = re.compile(pattern + b"|" + re.escape(spelt) if spelt else pattern)
        # A letter in its other case may take one byte more; a colon may draw spaces after it.
        self._hit_bytes_max = len(text) * 4 + (text.count(": ") * _SPACES_MAX if is_json else 0)

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


def _pattern_of(text: str, *, is_json: bool) -> bytes:
    is_caseless = ignores_case(text)
    escaped = b"".join(_character_of(char, is_caseless=is_caseless) for char in text)
    if is_json:
        escaped = escaped.replace(rb'":\ ', b'":' + _JSON_SPACES)
    return b"(?i:" + escaped + b")" if is_caseless else escaped


def _character_of(char: str, *, is_caseless: bool) -> bytes:
    """Return the pattern of one character; in bytes, re knows the cases of ASCII only."""
    spellings = {char, char.lower(), char.upper()} if is_caseless and char > "\x7f" else {char}
    patterns = sorted(re.escape(_bytes_of(each)) for each in spellings)
    return patterns[0] if len(patterns) == 1 else b"(?:" + b"|".join(patterns) + b")"


def _bytes_of(char: str) -> bytes:
    """Return the bytes of a character; of half a one, which is in no UTF-8, what it would be."""
    try:
        return char.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return char.encode("utf-8", "surrogatepass")
