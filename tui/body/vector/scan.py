"""Finding arrays of numbers in JSON, and where in the value each is, a slice at a time.

Nothing is parsed: strings, brackets and commas are looked at, numbers are skipped.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from tui.body.json.grammar import WHITESPACE
from tui.body.json.paths import step_to
from tui.body.rows import decode

_TOKEN = re.compile(
    rb'(?P<string>"(?:[^"\\]++|\\.)*+)(?P<quote>")?+'
    rb"|(?P<numbers>\[(?=[ \t\n\r]*+-?[0-9]))|[\[{}\],]",
    re.DOTALL,
)


@dataclass(slots=True)
class _Level:
    """An open bracket: what the value in it is called that one is at."""

    is_array: bool
    index: int = 0
    key: bytes = b""

    @property
    def step(self) -> str:
        """Spell it as JMESPath does."""
        return f"[{self.index}]" if self.is_array else step_to(decode(self.key))


class VectorScan:
    """Goes from array of numbers to array of numbers."""

    def __init__(self, data: bytes) -> None:
        self.position = 0
        self._data = data
        self._levels: list[_Level] = []
        self._slack: int = 0

    @property
    def is_complete(self) -> bool:
        """Whether there are no more."""
        return self.position >= len(self._data)

    @property
    def path(self) -> str:
        """Where in the value one is: ``data[0].embedding``."""
        return "".join(level.step for level in self._levels).removeprefix(".")

    def advance(self, budget_bytes: int) -> tuple[int, int] | None:
        """Go on to the next array that begins with a number and holds no other array.

        Returns:
            The bytes between its brackets, if that is not further than the budget; `path` is
            then where it is. If there is more than numbers in it, `enter` it.
        """
        data = self._data
        limit = min(len(data), self.position + budget_bytes + self._slack)
        for token in _TOKEN.finditer(data, self.position, limit):
            if limit < len(data) and _may_go_on(token, data[token.end() : limit]):
                # Look further next time.
                self.position, self._slack = token.start(), 2 * (limit - token.start())
                return None
            if token["numbers"] is not None:
                end = data.find(b"]", token.end())
                if end >= 0 and data.find(b"[", token.end(), end) < 0:
                    self.position, self._slack = end + 1, 0
                    return token.end(), end
            self._take(token[0])
        self.position, self._slack = limit, 0
        return None

    def enter(self, start: int) -> None:
        """Look into the array that begins there after all: there are not only numbers in it."""
        self._levels.append(_Level(is_array=True))
        self.position = start

    def _take(self, token: bytes) -> None:
        levels = self._levels
        match token[:1]:
            case b"[" | b"{":
                levels.append(_Level(is_array=token == b"["))
            case b"]" | b"}" if levels:
                levels.pop()
            case b"," if levels:
                levels[-1].index += 1
            case b'"' if levels:
                levels[-1].key = token
            case _:
                pass


def _may_go_on(token: re.Match[bytes], following: bytes) -> bool:
    """Whether more bytes than were looked at might make another token of this one."""
    if token["string"] is not None:
        return token["quote"] is None
    return token[0] == b"[" and following.lstrip(WHITESPACE) in (b"", b"-")
