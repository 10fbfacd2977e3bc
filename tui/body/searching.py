"""Finding text in a body of any size, a slice at a time, in the bytes and not in what is drawn.

Nothing is decoded and nothing that was laid out is built anew: a search is a pattern over the
bytes and the offsets where it was found.
"""

from __future__ import annotations

import re

from tui.body.hits import Hits

_SPACES_MAX = 64
_JSON_SPACES = rb"[ \t\r\n]{0,%d}" % _SPACES_MAX


class Search(Hits):
    """Every place of a literal text, in order, none overlapping another.

    Upper and lower case are the same unless the text holds a capital.

    Args:
        data: UTF-8, or any bytes.
        text: what to find, not empty.
        is_json: a space after a key's colon stands for whatever is there.
    """

    def __init__(self, data: bytes, text: str, *, is_json: bool = False) -> None:
        super().__init__()
        self.text = text
        self._data = data
        self._position = 0
        self._pattern = re.compile(_pattern_of(text, is_json=is_json))
        # A letter in its other case may take one byte more; a colon may draw spaces after it.
        self._hit_bytes_max = len(text) * 4 + (text.count(": ") * _SPACES_MAX if is_json else 0)

    def advance(self, budget_bytes: int) -> None:
        """Look through so many bytes more; between 0.1 and 3 GB/s."""
        limit = min(self._position + budget_bytes, len(self._data))
        seen = min(limit + self._hit_bytes_max, len(self._data))
        position = limit
        for found in self._pattern.finditer(self._data, self._position, seen):
            if found.start() >= limit or self.is_capped:
                break
            self.add(*found.span())
            position = max(limit, found.end())
        self._position = position
        self.is_complete = position >= len(self._data) or self.is_capped


def ignores_case(text: str) -> bool:
    """Whether a text is found in any case: when it holds no capital."""
    return text == text.lower()


def _pattern_of(text: str, *, is_json: bool) -> bytes:
    is_caseless = ignores_case(text)
    escaped = b"".join(_character_of(char, is_caseless=is_caseless) for char in text)
    if is_json:
        escaped = escaped.replace(rb'":\ ', b'":' + _JSON_SPACES)
    return b"(?i:" + escaped + b")" if is_caseless else escaped


def _character_of(char: str, *, is_caseless: bool) -> bytes:
    """Return the pattern of one character; in bytes, re knows the cases of ASCII only."""
    spellings = {char, char.lower(), char.upper()} if is_caseless and char > "\x7f" else {char}
    patterns = sorted(re.escape(each.encode("utf-8", "surrogateescape")) for each in spellings)
    return patterns[0] if len(patterns) == 1 else b"(?:" + b"|".join(patterns) + b")"
