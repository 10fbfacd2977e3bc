"""The colours of a row, looked for as far as one sees: it may be many times as wide as the screen.

<a><b>1<a><b>1<a><b>1<a><b>1<a><b>1<a> …
└─────── in view ───────┘└ not looked at
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from operator import itemgetter
from typing import TYPE_CHECKING, overload

from tui.body.sanitise import REPLACED

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Span = tuple[int, int, str]
"""Start and end in characters of the row, end exclusive, and a syntax role of the theme."""

_start, _end = itemgetter(0), itemgetter(1)


class LazySpans(Sequence[Span]):
    """Spans in order, each of them looked for when one comes to it, and kept.

    Args:
        finding: yields them; no two threads may ask for more at once.
    """

    __slots__ = ("_finding", "_found")
    __hash__ = None  # pyright: ignore[reportAssignmentType] - as lists have none

    def __init__(self, finding: Iterator[Span]) -> None:
        self._finding = finding
        self._found: list[Span] = []

    def __iter__(self) -> Iterator[Span]:
        """Yield what is known, then look on."""
        at = 0
        while True:
            if at == len(self._found):
                if (span := next(self._finding, None)) is None:
                    return
                self._found.append(span)
            yield self._found[at]
            at += 1

    def up_to(self, char: int) -> Sequence[Span]:
        """Return those that are known, among them all that begin before a character."""
        found = self._found
        if not found or found[-1][0] < char:
            for span in self._finding:
                found.append(span)
                if span[0] >= char:
                    break
        return found

    def __len__(self) -> int:
        """Return how many there are, all of them looked for."""
        self._found.extend(self._finding)
        return len(self._found)

    @overload
    def __getitem__(self, index: int) -> Span: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Span]: ...
    def __getitem__(self, index: int | slice) -> Span | Sequence[Span]:
        """Return some, all of them looked for."""
        return self._found[: len(self)][index]

    def __eq__(self, other: object) -> bool:
        """Whether the other one has the same spans, also if it is a tuple of them."""
        return tuple(self) == (tuple(other) if isinstance(other, LazySpans) else other)


def spans_within(spans: Sequence[Span], chars: range) -> Sequence[Span]:
    """Return those that have a character of a part of the row."""
    known = spans.up_to(chars.stop) if isinstance(spans, LazySpans) else spans
    first = bisect_right(known, chars.start, key=_end)
    return known[first : bisect_left(known, chars.stop, lo=first, key=_start)]


def with_marks(text: str, spans: Iterable[Span]) -> Iterator[Span]:
    """Colour what stands for a character that must not reach a terminal, if nothing else does.

    Args:
        text: as it came.
        spans: the colours that it has, in order.
    """
    at = 0
    for start, end, role in spans:
        yield from _marks(text, at, start)
        yield start, end, role
        at = end
    yield from _marks(text, at, len(text))


def _marks(text: str, start: int, end: int) -> Iterator[Span]:
    if start < end:
        for found in REPLACED.finditer(text, start, end):
            yield *found.span(), "comment"
