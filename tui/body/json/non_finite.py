"""The first number in JSON that is none, ``NaN`` or ``Infinity``: found a slice at a time.

What stands in a string is no number, and a string may be all of a body. Nothing is looked at
twice, wherever slices end: in a word, in an escape, in a string that turns out to be none.

    {"a": "NaN, and  │ more", "b": NaN}
          └ in a string      ┘    └ the first one
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tui.body.json.grammar import NON_FINITE, STRING, STRING_PART
from tui.body.json.text import non_finite_word

if TYPE_CHECKING:
    from tui.body.growing import Bytes

_WORD = re.compile(NON_FINITE)
_WORD_BYTES_MAX = len(b"-Infinity ")
"""A word, its sign, and what tells that it ends."""
_ESCAPE_BYTES_MAX = 6
_MAY_BE_WORD = (
    rb"(?:N(?:aN(?![\w.])|a?\Z)|I(?:nfinity(?![\w.])|(?:n(?:f(?:i(?:n(?:it?)?)?)?)?)?\Z))"
)
"""At the end of what is looked at, one that is cut off, too."""
_WITHOUT = re.compile(rb'(?:[^"NI]++|' + STRING + rb"|(?!" + _MAY_BE_WORD + rb")[NI])*+")
"""Whole strings, and what is between them, up to a word or a string that does not end."""


class NonFiniteSearch:
    """Looks for the first word, and stops there.

    Args:
        data: one value of JSON after another, any of which may be broken.
        start: not within a string.
    """

    def __init__(self, data: Bytes, start: int) -> None:
        self.found_at: int | None = None
        """Where the first word is, with its sign; None if none was met."""
        self._data = data
        self._start = start
        self._position: int = start
        self._string: int | None = None
        """Where a string begins that goes on at ``_position``."""
        self._in_string: int | None = None
        """The first word in it, which counts if it turns out to be no string."""

    @property
    def words(self) -> str:
        """Say that there is a number that JSON has not; empty if none was met."""
        at = self.found_at
        return "" if at is None else f" with {non_finite_word(self._data, at)}"

    def look_up_to(self, end: int, *, is_outside: bool) -> None:
        """Look through what is before ``end``; some 100 MB/s at least, and most often 1 GB/s.

        Args:
            end: no less than the last time; at the end of the data everything is decided.
            is_outside: whether ``end`` is known to be in no string, right or wrong.
        """
        if self.found_at is not None:
            return
        if is_outside and self._in_string is None and not self._has_word(self._position, end):
            self._position, self._string = max(end, self._position), None
        is_outside = is_outside or end == len(self._data)
        before = None
        while self.found_at is None and self._position < end and before != self._place:
            before = self._place
            if self._string is None:
                self._look_outside(end)
            else:
                self._look_inside(end, self._string, is_outside=is_outside)

    @property
    def _place(self) -> tuple[int, int | None]:
        return self._position, self._string

    def _has_word(self, start: int, end: int) -> bool:
        """Whether a word begins there, be it in a string."""
        seen = end + _WORD_BYTES_MAX
        return any(0 <= self._data.find(word, start, seen) < end for word in (b"NaN", b"Infinity"))

    def _look_outside(self, end: int) -> None:
        """Look up to where a string begins that does not end, or to a word."""
        data = self._data
        without = _WITHOUT.match(data, self._position, end)
        at = end if without is None else without.end()
        if at < end and data.startswith(b'"', at):
            self._string = at
        elif at < end and _WORD.match(data, at) is not None:
            is_negative = at > self._start and data.startswith(b"-", at - 1)
            self.found_at = at - (is_negative and data.startswith(b"I", at))
        self._position = min(at + 1, end)

    def _look_inside(self, end: int, string: int, *, is_outside: bool) -> None:
        """Look through a string up to its end, or up to what makes it none."""
        data, begin = self._data, self._position
        part = STRING_PART.match(data, begin, end)
        at = self._position = begin if part is None else part.end()
        if self._in_string is None and self._has_word(begin, at):
            word = _WORD.search(data, max(string + 1, begin - 1), at + _WORD_BYTES_MAX)
            self._in_string = word.start() if word is not None and word.start() < at else None
        if at < end and data.startswith(b'"', at):
            self._string, self._in_string, self._position = None, None, at + 1
        elif is_outside or at + _ESCAPE_BYTES_MAX <= end:
            # No quote within begins a string either: the same makes it none.
            self.found_at, self._string, self._in_string = self._in_string, None, None
