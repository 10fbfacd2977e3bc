"""Numbers of JSON, however long: read in slices, as strings are.

How many digits there are says nothing about whether a number is one, but for its first two. Those
of each run are kept, and the few characters that are left are looked at once the end is known:

    -31415926.5358979e+10, │   ──▶   -31.53e+10
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tui.body.growing import Bytes

NUMBER = rb"-?(?:0(?![0-9])|[1-9][0-9]*+)(?:\.[0-9]++)?+(?:[eE][+-]?[0-9]++)?+(?![.\w+-])"
NUMBER_BYTES = b"0123456789.eE+-"
NUMBER_PART = re.compile(rb"[0-9.eE+-]*+")
NUMBER_AT_FAULT = re.compile(rb"[-+.]?[0-9.]" + NUMBER_PART.pattern)
"""All that may belong to a number, right or wrong."""
_NUMBER = re.compile(NUMBER)
_FURTHER_DIGITS = re.compile(rb"([0-9]{2})[0-9]++")
_KEPT_MAX = len(b"-31.53e+10")
"""No number has more than that, once its further digits are left out."""


class LongNumber:
    """What may be a number, and goes on further than it was looked at.

    Args:
        start: where it begins.
    """

    def __init__(self, start: int) -> None:
        self.start = start
        self.end = start
        """Up to where it was looked at."""
        self._kept = b""

    def read(self, data: Bytes, limit: int) -> bool:
        """Look on; true once its end is known."""
        part = NUMBER_PART.match(data, self.end, limit)
        if part is not None:
            self.end = part.end()
            if len(self._kept) <= _KEPT_MAX:
                self._kept = _FURTHER_DIGITS.sub(rb"\1", self._kept + part[0])
        return self.end < limit or self.end == len(data)

    def is_right(self, data: Bytes) -> bool:
        """Whether it is a number of JSON, its end being known."""
        text = self._kept + data[self.end : self.end + 1]
        found = _NUMBER.match(text)
        return found is not None and found.end() == len(self._kept)
