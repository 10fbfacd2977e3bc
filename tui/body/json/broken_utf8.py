"""Bytes of JSON that are no UTF-8, in which it has to be (RFC 8259, 8.1): where they are.

The layout takes any bytes in strings. Who writes JSON in Latin-1 without saying so has such a byte
wherever a letter is not English.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tui.body.growing import whole_characters
from tui.body.json.grammar import Mistake
from tui.body.json.text import problem_at
from tui.body.offsets import Offsets

if TYPE_CHECKING:
    from tui.body.growing import Bytes

_CHARACTER = (
    rb"[\x00-\x7f]|[\xc2-\xdf][\x80-\xbf]|\xe0[\xa0-\xbf][\x80-\xbf]|\xed[\x80-\x9f][\x80-\xbf]|"
    rb"[\xe1-\xec\xee\xef][\x80-\xbf]{2}|\xf0[\x90-\xbf][\x80-\xbf]{2}|"
    rb"[\xf1-\xf3][\x80-\xbf]{3}|\xf4[\x80-\x8f][\x80-\xbf]{2}"
)
"""Of well-formed UTF-8 (Unicode, table 3-7)."""
_RUN_OR_BROKEN = re.compile(rb"(?:" + _CHARACTER + rb")++|([\x80-\xff])")
"""Characters, or one byte that begins none."""


class BrokenUtf8:
    """The bytes that are of no character, as far as they were looked for."""

    def __init__(self) -> None:
        self._offsets = Offsets()
        self._position = 0
        self._first = ""

    @property
    def size_bytes(self) -> int:
        """How much memory it takes to know them."""
        return self._offsets.size_bytes

    def is_known(self, data: Bytes, limit: int) -> bool:
        """Whether all are known before a limit, less a character that may go on behind it."""
        return whole_characters(data, self._position, limit) <= self._position

    def advance(self, data: Bytes, limit: int, budget_bytes: int) -> None:
        """Look through so many bytes more, up to a limit at most."""
        limit = min(limit, self._position + budget_bytes)
        end = whole_characters(data, self._position, limit)
        part = data[self._position : end]
        if not _is_utf8(part):
            found = _RUN_OR_BROKEN.finditer(part)
            self._offsets.extend(self._position + each.start() for each in found if each[1])
        self._position = max(self._position, end)

    def first_from(self, offset: int) -> int | None:
        """Return the first such byte from an offset on; None if none is known."""
        at = self._offsets.count_below(offset)
        return self._offsets[at] if at < len(self._offsets) else None

    def words(self, data: Bytes) -> str:
        """Say how many there are, and where the first one is; drawable, empty if there is none."""
        count = len(self._offsets)
        if not count:
            return ""
        self._first = self._first or _spelt(data, self._offsets[0])
        many = f"{count:,} bytes are no UTF-8, the first at " if count > 1 else ""
        return f"{many}{self._first}"


def _is_utf8(part: Bytes) -> bool:
    try:
        part.decode()
    except UnicodeDecodeError:
        return False
    return True


def _spelt(data: Bytes, offset: int) -> str:
    return str(problem_at(data, Mistake(offset, f"byte 0x{data[offset]:02X} is no UTF-8")))
