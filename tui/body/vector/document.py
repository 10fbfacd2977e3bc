"""Embeddings and other long arrays of numbers: one row a vector, told by what it comes to.

Kept are the bytes where each vector is and some numbers about it, in arrays: about a hundred
bytes a vector, and the first one whole, for the cosine of each with it.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from dataclasses import dataclass
from functools import partial
from math import isnan, nan
from operator import mul
from typing import TYPE_CHECKING

from tui.body.json.numbers import NUMBER
from tui.body.kinds import Kind, Recognised
from tui.body.lens import Fit
from tui.body.rows import Header, Row
from tui.body.vector.number_sums import NumberSums, Summary
from tui.body.vector.scan import VectorScan
from tui.body.vector.sparklines import Buckets, sparkline

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tui.body.rows import Document
    from tui.body.shown_body import ShownBody
    from tui.body.shown_bytes import ShownBytes

LENGTH_MIN = 16
"""Shorter arrays are not called vectors."""
_LONG = 64
_LOOKED_AT_BYTES = 4_096
_PATHS_MAX = 10_000
_WS = rb"[ \t\n\r]*+"
_NUMBERS = rb"\[(?:" + _WS + NUMBER + _WS + rb",){%d}+"
_SOME = re.compile(_NUMBERS % (LENGTH_MIN - 1))
_EMBEDDING = re.compile(
    (rb'(?:"[a-z_]*(?:embedding|vector)s?"' + _WS + rb":|\A(?=[ \t\n\r\[]*+-?[0-9]++[.eE]))")
    + (rb"[ \t\n\r\[]*" + _NUMBERS % (_LONG - 1))
)
"""Under a name that says so, or fractions from the first byte on."""
_VECTOR_BYTES = 100
_LEAST_PRODUCT, _GREATEST_PRODUCT = 1e-280, 1e300
"""Of two norms: products of the numbers are no floats, or are none of their digits, beyond."""
_NUMBER_BYTES_MIN = 2
"""A digit and what is behind it."""
_SPELT_CELLS_MAX = 24
_SPARK_CELLS = 32
_SPARK = (32, 32 + _SPARK_CELLS)
"""Between which characters of a row the shape is."""


class VectorDocument:
    """The vectors in a body of JSON, in the order in which they came."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self._scan = VectorScan(data)
        self._vector: _Vector | None = None
        """The one that is being summed up."""
        self._first: array[float] | None = None
        """The numbers of the first; none of them where no other can have as many."""
        self._starts, self._ends = array("Q"), array("Q")
        self._counts = array("Q")
        self._lengths: tuple[int, int] = (0, 0)
        """The least and the greatest of them."""
        self._numbers = array("d")
        """Norm, mean and cosine with the first, of each."""
        self._spelt = array("Q")
        """Where the least and the greatest number of each is spelt, from and up to."""
        self._sparks = bytearray()
        self._paths: list[str] = []
        self._spelt_cells = len("greatest")

    # How far it is

    @property
    def row_count(self) -> int:
        """How many vectors there are so far."""
        return len(self._starts)

    @property
    def is_complete(self) -> bool:
        """Whether all are known."""
        return self._vector is None and self._scan.is_complete

    @property
    def progress(self) -> float:
        """How much of the body was looked through, 0 to 1."""
        looked_at = self.reached if self._vector is None else self._vector.sums.position
        return min(1.0, looked_at / max(1, len(self.data)))

    @property
    def reached(self) -> int:
        """Offset of the first byte that no row holds yet."""
        if self._vector is not None:
            return self._vector.start
        return len(self.data) if self.is_complete else self._scan.position

    @property
    def words(self) -> str:
        """How many there are, of how many dimensions, and how like the first two are."""
        count = self.row_count
        if not count:
            return "no vector" if self.is_complete else "vectors"
        least, most = self._lengths
        dimensions = f"{least:,}" if least == most else f"{least:,} to {most:,}"
        words = f"{count:,} vector{'s' * (count != 1)} · {dimensions} dimensions"
        if count == 1 or isnan(self._numbers[5]):
            return words
        return f"{words} · cosine of the first two {self._numbers[5]:.6g}"

    @property
    def index_bytes(self) -> int:
        """How much memory the vectors' numbers take, and the first one."""
        first = array("d") if self._first is None else self._first
        return self.row_count * _VECTOR_BYTES + len(first) * first.itemsize

    def advance(self, budget_bytes: int) -> None:
        """Look through about so many bytes more; numbers take longer than what is between them."""
        vector = self._vector
        if vector is None:
            found = self._scan.advance(budget_bytes)
            if found is not None:
                self._vector = _Vector(self.data, *found, first=self._first)
            return
        vector.sums.advance((budget_bytes + 1) // 2)
        if not vector.sums.is_complete:
            return
        self._vector = None
        if not vector.sums.is_numeric:
            self._scan.enter(vector.start)
        elif (summary := vector.sums.summary) is not None and summary.count >= LENGTH_MIN:
            self._keep(vector, summary)

    def _keep(self, vector: _Vector, summary: Summary) -> None:
        if self._first is None:
            self._first = vector.numbers
        self._starts.append(vector.start)
        self._ends.append(vector.end)
        self._counts.append(summary.count)
        least, most = self._lengths if self._lengths[0] else (summary.count, summary.count)
        self._lengths = min(least, summary.count), max(most, summary.count)
        first_norm = self._numbers[0] if self._numbers else summary.norm
        cosine = vector.cosine(first_norm, summary.norm)
        self._numbers.extend((summary.norm, summary.mean, cosine))
        for text in (summary.least, summary.greatest):
            at = self.data.find(text.encode("ascii"), vector.start, vector.end)
            self._spelt.extend((at, at + len(text)))
            self._spelt_cells = min(_SPELT_CELLS_MAX, max(self._spelt_cells, len(text)))
        self._sparks += vector.buckets.levels
        if len(self._paths) < _PATHS_MAX:
            self._paths.append(self._scan.path)

    # Rows

    @property
    def header(self) -> Header:
        """What the columns are."""
        names = ("dimensions", "norm", "cosine", "shape", "mean", "least", "greatest")
        text = self._line(names)
        return Header(Row(text, text, ((0, len(text), "comment"),)))

    def row(self, index: int) -> Row:
        """Say what one vector comes to."""
        norm, mean, cosine = self._numbers[3 * index : 3 * index + 3]
        spelt = self._spelt[4 * index : 4 * index + 4]
        least, greatest = (self.data[slice(*at)].decode("ascii") for at in (spelt[:2], spelt[2:]))
        levels = self._sparks[index * _SPARK_CELLS : (index + 1) * _SPARK_CELLS]
        text = self._line(
            (
                f"{self._counts[index]:,}",
                f"{norm:.6g}",
                "-" if isnan(cosine) else f"{cosine:.4f}",
                sparkline(levels),
                f"{mean:.6g}",
                least,
                greatest,
            )
        )
        start, end = _SPARK
        spans = ((0, start, "number"), (start, end, "string"), (end, len(text), "number"))
        return Row(text, text, spans)

    def _line(self, words: tuple[str, str, str, str, str, str, str]) -> str:
        count, norm, cosine, shape, mean, *spelt = words
        ends = " ".join(f"{_cut(each, self._spelt_cells):>{self._spelt_cells}}" for each in spelt)
        return f"{count:>10} {norm:>11} {cosine:>7}  {shape:<{_SPARK_CELLS}} {mean:>11} {ends}"

    def number(self, index: int) -> str:
        """Return which vector it is, from 0, as paths count."""
        return str(index)

    def starts_line(self, index: int) -> bool:
        """Every row is a line."""
        del index
        return True

    def span(self, index: int) -> tuple[int, int]:
        """Return the bytes of a vector, and what is before the next one."""
        is_last = index + 1 >= self.row_count
        return self._starts[index], self.reached if is_last else self._starts[index + 1]

    def row_at(self, offset: int) -> int:
        """Return the vector that holds a byte."""
        return max(0, bisect_right(self._starts, offset) - 1)

    def row_of(self, number: int) -> int:
        """Return the vector of that number."""
        return max(0, min(number, self.row_count - 1))

    def columns(self, index: int, start: int, end: int) -> tuple[tuple[int, int], ...]:
        """Mark the shape: no column shows one number, and all of them are in it."""
        return self.shown_in(index).columns(start, end)

    def shown_in(self, index: int) -> ShownBytes:
        """Return which characters of a row show which bytes."""
        return _ShownVector(self._starts[index], self._ends[index])

    def path(self, index: int) -> str:
        """Return where in the value a vector is; not known of more than a few thousand."""
        return self._paths[index] if index < len(self._paths) else ""

    def value(self, index: int) -> bytes | None:
        """Return the vector as it is spelt."""
        return self.data[self._starts[index] - 1 : self._ends[index] + 1]

    def making_value(self, index: int) -> Callable[[], bytes | None]:
        """Return what finds that."""
        return partial(self.value, index)


@dataclass(frozen=True, slots=True)
class _ShownVector:
    """The bytes of a vector, all of them told by its shape."""

    start: int
    end: int

    def columns(self, start: int, end: int) -> tuple[tuple[int, int], ...]:
        return () if end <= self.start or start >= self.end else (_SPARK,)

    def stretches(self, first: int, stop: int) -> Iterator[tuple[int, int, int]]:
        if first < _SPARK[1] and _SPARK[0] < stop:
            yield self.start, self.end, 1


class _Vector:
    """A vector that is being summed up, together with its shape and its product with the first."""

    def __init__(self, data: bytes, start: int, end: int, *, first: array[float] | None) -> None:
        self.start, self.end = start, end
        self.sums = NumberSums(data, start, end, self._take)
        self.buckets = Buckets(data.count(b",", start, end) + 1, _SPARK_CELLS)
        self.numbers = array("d")
        """Its own, of the first one, if there is room behind it for another of as many."""
        self._is_kept = first is None and _NUMBER_BYTES_MIN * self.buckets.count < len(data) - end
        self._first = first
        self._product = 0.0

    def cosine(self, first_norm: float, norm: float) -> float:
        """Return the cosine of the angle to the first vector; nan where there is none."""
        if self._first is None:
            return 1.0 if norm else nan
        is_told = _LEAST_PRODUCT < first_norm * norm < _GREATEST_PRODUCT
        if not is_told or self.buckets.count != len(self._first):
            return nan
        return self._product / first_norm / norm

    def _take(self, at: int, numbers: list[float]) -> None:
        self.buckets.take(at, numbers)
        if self._first is not None:
            self._product += sum(map(mul, self._first[at : at + len(numbers)], numbers))
        elif self._is_kept:  # alone in 25 MB they may take four times as much
            self.numbers.extend(numbers)


def fit_vector(_body: ShownBody, found: Recognised) -> Fit:
    """Say whether there are vectors at the beginning of a body, and whether they are all."""
    if found.kind is not Kind.JSON or found.text is None:
        return Fit.NONE
    head = found.text[:_LOOKED_AT_BYTES]
    if _EMBEDDING.search(head):
        return Fit.MADE_FOR_IT
    return Fit.ASKED_FOR if _SOME.search(head) else Fit.NONE


def open_vector(_body: ShownBody, found: Recognised, _row_bytes: int) -> Document:
    """Look for the vectors of a body; how wide rows are is of no matter."""
    return VectorDocument(found.text or b"")


def _cut(word: str, cells: int) -> str:
    return word if len(word) <= cells else f"{word[: cells - 1]}…"
