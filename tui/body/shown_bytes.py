"""Which characters of a row show which bytes: found out once a row, then asked for all its marks.

bytes   {"id":7,"text":"7"}      hits at 6 and 16
row     "id": 7,                 one of them, at the character 6
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tui.body.growing import Bytes


_CHARACTER_BYTES_MAX = 4


class ShownBytes(Protocol):
    """What a row shows of the bytes that it is made of."""

    def columns(self, start: int, end: int) -> tuple[tuple[int, int], ...]:
        """Return which characters of the row show the bytes from ``start`` up to ``end``."""
        ...

    def stretches(self, first: int, stop: int) -> Iterator[tuple[int, int, int]]:
        """Yield ranges of bytes that some characters of the row show, and perhaps more.

        Args:
            first: the first character.
            stop: the one behind the last.

        Yields:
            the first byte, the one behind the last, and how many places among them can be told
            apart at most.
        """
        ...


class ShownText:
    """A row of text, of which each character shows its own bytes.

    Args:
        runs: where the characters of the row come from, see `Row`.
        data: the bytes of all rows.
        start: where those of the row begin,
        end: and end.
    """

    def __init__(
        self, runs: tuple[tuple[int, int, int], ...], data: Bytes, start: int, end: int
    ) -> None:
        self._runs = runs
        self._start = start
        if runs:
            # The white space behind what is shown may be as long as the body.
            end = min(end, start + _behind_run(runs[-1]) * _CHARACTER_BYTES_MAX)
        text = data[start:end].decode("utf-8", "surrogateescape")
        self._edges: Sequence[int] = range(len(text) + 1)
        """Where each character begins, and the last one ends, from the row's first byte on."""
        if len(text) < end - start:
            sizes = (len(char.encode("utf-8", "surrogateescape")) for char in text)
            self._edges = tuple(accumulate(sizes, initial=0))

    def columns(self, start: int, end: int) -> tuple[tuple[int, int], ...]:
        """Return which characters of the row show a range of bytes."""
        first = max(0, bisect_right(self._edges, start - self._start) - 1)
        last = bisect_left(self._edges, end - self._start)
        found: list[tuple[int, int]] = []
        for at in range(bisect_right(self._runs, first, key=_behind_run), len(self._runs)):
            column, char, count = self._runs[at]
            if char >= last:
                break
            begin, stop = max(first, char), min(last, char + count)
            if begin < stop:
                found.append((column + begin - char, column + stop - char))
        return tuple(found)

    def stretches(self, first: int, stop: int) -> Iterator[tuple[int, int, int]]:
        """Yield the bytes of characters of the row."""
        for column, char, count in self._runs:
            begin, end = max(first, column), min(stop, column + count)
            if begin < end:
                shift = char - column
                yield (
                    self._start + self._edges[begin + shift],
                    self._start + self._edges[end + shift],
                    end - begin,
                )


class ShownFold:
    """A row into which others are folded, and perhaps its own end: its last words stand for them.

    Args:
        line: the row as it is unfolded.
        words: which characters of the folded row are those words.
        end: the byte behind the row,
        behind: and the one behind all that is folded into it.
    """

    def __init__(self, line: ShownBytes, words: tuple[int, int], end: int, behind: int) -> None:
        self._line = line
        self._words = words
        self._end = end
        self._behind = behind

    def columns(self, start: int, end: int) -> tuple[tuple[int, int], ...]:
        """Return which characters of the row show a range of bytes: the words, what is folded."""
        limit = self._words[0]
        columns = self._line.columns(start, end)
        shown = tuple((first, min(last, limit)) for first, last in columns if first < limit)
        is_beyond = end > self._end or len(shown) < len(columns)
        return (*shown, self._words) if is_beyond else shown

    def stretches(self, first: int, stop: int) -> Iterator[tuple[int, int, int]]:
        """Yield the bytes that are in sight, and all those that are not as one place."""
        limit, end = self._words
        yield from self._line.stretches(first, min(stop, limit))
        if first < end and limit < stop:
            hidden = [begin for begin, _, _ in self._line.stretches(limit, max(limit, self._end))]
            yield min([*hidden, self._end]), self._behind, 1


def _behind_run(run: tuple[int, int, int]) -> int:
    _, char, count = run
    return char + count
