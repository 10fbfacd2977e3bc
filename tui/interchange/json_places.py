"""Values inside a JSON text, found by path and replaced, all else staying byte for byte.

The text is walked token by token and never parsed and written anew, so that spelling, order and
duplicate keys survive. A path is spelt as the body view copies it: ``predictions[17].score``, keys
that are no plain word in quotes (``headers."x-id"``); ``[*]`` and ``.*`` stand for any step.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from tui.domain.errors import RequestInvalid

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Step: TypeAlias = str | int | None
"""A key, an index, or any of them."""
Path: TypeAlias = tuple[Step, ...]

_STEP = re.compile(
    r"""\.?(?P<quoted>"(?:[^"\\]|\\.)*")|\.?(?P<any>\*)|\[(?P<index>\d{1,9}|\*)\]"""
    r"""|\.?(?P<key>[^.\[\]"*\s]+)"""
)
_TOKEN = re.compile(
    rb'[ \t\n\r]*+(?P<token>"(?:[^"\\]++|\\.)*+"?|[][{},:]|[^][{},:"\s]++)', re.DOTALL
)


def parse_path(text: str) -> Path:
    """Read a path.

    Raises:
        RequestInvalid: it is none.
    """
    steps: list[Step] = []
    at, stripped = 0, text.strip()
    while at < len(stripped):
        found = _STEP.match(stripped, at)
        if found is None or (at and found[0][0] not in ".["):
            break
        steps.append(_step(found))
        at = found.end()
    if not steps or at < len(stripped):
        raise RequestInvalid(
            summary=f"{text} is no path in a JSON text",
            hint='Paths are spelt like inputs[0].name, items[*]."user-id".',
        )
    return tuple(steps)


def _step(found: re.Match[str]) -> Step:
    if found["any"] or found["index"] == "*":
        return None
    if found["index"]:
        return int(found["index"])
    if found["quoted"]:
        return _decoded(found["quoted"].encode())
    return found["key"]


def spans_at(data: bytes, paths: Iterable[Path]) -> list[tuple[int, int]]:
    """Return the (begin, end) of each value at one of the paths, in order, none inside another.

    Several values after one another count as one array too, as in JSON Lines; a path without that
    index leads into each of them.
    """
    walk = _Walk(data, tuple(paths))
    found = list(walk.found())
    has_several = walk.top.index > 1
    return _outermost(
        (begin, end) for begin, end, as_one_array in found if has_several or not as_one_array
    )


def _outermost(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for begin, end in sorted(spans, key=lambda span: (span[0], -span[1])):
        if not found or begin >= found[-1][1]:
            found.append((begin, end))
    return found


def replaced(data: bytes, spans: Iterable[tuple[int, int]], value: bytes) -> bytes:
    """Put ``value`` in place of each span."""
    parts: list[bytes] = []
    at = 0
    for begin, end in spans:
        parts += (data[at:begin], value)
        at = end
    return b"".join((*parts, data[at:]))


def scalars_in(value: bytes) -> Iterator[tuple[bytes, str]]:
    """Yield (as it is spelt without quotes, what it says) of each text and number in a value."""
    for found in _TOKEN.finditer(value):
        token = found["token"]
        if token.startswith(b'"'):
            yield token[1:].removesuffix(b'"'), _decoded(token)
        elif token not in b"[]{},:":
            yield token, token.decode("utf-8", "surrogateescape")


def _decoded(token: bytes) -> str:
    """Return what a JSON string says; what is wrong in it stands as it is spelt."""
    text = token.decode("utf-8", "surrogateescape")
    try:
        return str(json.loads(text, strict=False))
    except ValueError:
        return text.strip('"')


@dataclass
class _Open:
    """A container, or the row of values at the top, that the walk is in."""

    begin: int
    is_object: bool
    key: str = ""
    index: int = 0
    awaits_key: bool = False

    @property
    def step(self) -> Step:
        return self.key if self.is_object else self.index


@dataclass
class _Walk:
    data: bytes
    paths: tuple[Path, ...]
    stack: list[_Open] = field(default_factory=list[_Open])
    top: _Open = field(default_factory=lambda: _Open(begin=0, is_object=False))

    def found(self) -> Iterator[tuple[int, int, bool]]:
        """Yield (begin, end, whether that is so only if all values are one array)."""
        for found in _TOKEN.finditer(self.data):
            begin, end = found.span("token")
            match found["token"]:
                case b"{" | b"[" as bracket:
                    is_object = bracket == b"{"
                    self.stack.append(_Open(begin, is_object, awaits_key=is_object))
                case b"}" | b"]":
                    yield from self._close(end)
                case b",":
                    self._go_on()
                case b":":
                    pass
                case token:
                    yield from self._scalar(token, begin, end)
        # What is cut off belongs to its value all the same: nothing of it may be left.
        while self.stack:
            yield from self._close(len(self.data))

    def _go_on(self) -> None:
        if self.stack:
            here = self.stack[-1]
            here.index += 1
            here.awaits_key = here.is_object

    def _close(self, end: int) -> Iterator[tuple[int, int, bool]]:
        if self.stack:
            yield from self._ended(self.stack.pop().begin, end)

    def _scalar(self, token: bytes, begin: int, end: int) -> Iterator[tuple[int, int, bool]]:
        here = self.stack[-1] if self.stack else self.top
        if here.awaits_key:
            here.key, here.awaits_key = _decoded(token), False
        else:
            yield from self._ended(begin, end)

    def _ended(self, begin: int, end: int) -> Iterator[tuple[int, int, bool]]:
        """Yield a value that is over, if a path leads to it."""
        steps = [each.step for each in self.stack]
        if any(_leads_to(path, steps) for path in self.paths):
            yield begin, end, False
        elif any(_leads_to(path, [self.top.index, *steps]) for path in self.paths):
            yield begin, end, True
        if not self.stack:
            self.top.index += 1


def _leads_to(path: Path, steps: list[Step]) -> bool:
    return len(path) == len(steps) and all(
        wanted is None or wanted == step for wanted, step in zip(path, steps, strict=True)
    )
