"""Least, greatest, mean and norm of numbers as they are spelt in JSON, a slice at a time."""

from __future__ import annotations

from dataclasses import dataclass
from math import hypot, isnan
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.body.growing import Bytes

_SPELT_CHARS_MAX = 40
_NUMBER_BYTES_MAX = 1_000_000
"""A longer one is not read: that takes 2 ms a megabyte."""
_NOT_IN_NUMBERS = b"[] \t\n\r"


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What can be said of many numbers."""

    count: int
    least: str
    """As it is spelt, and so is `greatest`."""
    greatest: str
    mean: float
    norm: float
    """The square root of the sum of squares (L2)."""
    nan_count: int = 0
    """How many are not a number; least, greatest, mean and norm are of the others."""

    def __str__(self) -> str:
        """Return all but the count in a few drawable words."""
        least, greatest = _short(self.least), _short(self.greatest)
        words = f"min {least} · max {greatest} · mean {self.mean:.6g} · norm {self.norm:.6g}"
        return words + (f" · {self.nan_count:,} NaN" if self.nan_count else "")


def _short(number: str) -> str:
    """Return a number as it is spelt, but not if that is as long as a body."""
    return number if len(number) <= _SPELT_CHARS_MAX else f"{number[:_SPELT_CHARS_MAX]}…"


class NumberSums:
    """Goes through the numbers in a range of bytes, arrays of them and commas between.

    What holds anything but numbers and brackets has no summary, nor has a number as long as a
    body. About 15 MB/s; nothing is kept.

    Args:
        data: the body.
        start: where the first number begins, or what is before it.
        end: behind the last one.
        observe: is told of numbers in order, with the index of the first of them.
    """

    def __init__(
        self,
        data: Bytes,
        start: int,
        end: int,
        observe: Callable[[int, list[float]], None] | None = None,
    ) -> None:
        self.is_complete = start >= end
        self.is_numeric = True
        """So far."""
        self._data = data
        self._position = start
        self._begun = b""
        """The digits of the number that was not over there."""
        self._end = end
        self._count = self._nan_count = 0
        self._least = self._greatest = (0.0, b"")
        self._sum = self._norm = 0.0
        self._observe = observe

    @property
    def position(self) -> int:
        """Up to which offset numbers were looked at."""
        return self._position

    @property
    def summary(self) -> Summary | None:
        """What there is to say; None where there are no numbers, or not only numbers."""
        if self._count == self._nan_count or not self.is_numeric or not self.is_complete:
            return None
        return Summary(
            count=self._count,
            least=self._least[1].decode("ascii"),
            greatest=self._greatest[1].decode("ascii"),
            mean=self._sum / (self._count - self._nan_count),
            norm=self._norm,
            nan_count=self._nan_count,
        )

    def advance(self, budget_bytes: int) -> None:
        """Take in so many bytes more: the numbers up to the last comma, and what is begun."""
        if self.is_complete:
            return
        stop = min(self._position + max(1, budget_bytes), self._end)
        self._begun += bytes(self._data[self._position : stop]).translate(None, _NOT_IN_NUMBERS)
        self._position = stop
        self.is_complete = stop == self._end
        *spelt, self._begun = self._begun.split(b",")
        if self.is_complete:
            spelt.append(self._begun)
        try:
            self._take_in(spelt, [float(each) for each in spelt])
        except ValueError:
            self._give_up()
        if len(self._begun) > _NUMBER_BYTES_MAX:
            self._give_up()

    def _give_up(self) -> None:
        self.is_numeric, self.is_complete = False, True

    def _take_in(self, spelt: list[bytes], numbers: list[float]) -> None:
        if self._observe is not None:
            self._observe(self._count, numbers)
        is_first = self._count == self._nan_count
        self._count += len(numbers)
        total = sum(numbers)
        if isnan(total):
            spelt = [word for word, number in zip(spelt, numbers, strict=True) if number == number]
            self._nan_count += len(numbers) - len(spelt)
            numbers = [float(word) for word in spelt]
            total = sum(numbers)
        if not numbers:
            return
        least, greatest = min(numbers), max(numbers)
        if is_first or least < self._least[0]:
            self._least = least, spelt[numbers.index(least)]
        if is_first or greatest > self._greatest[0]:
            self._greatest = greatest, spelt[numbers.index(greatest)]
        self._sum += total
        self._norm = hypot(self._norm, *numbers)  # squares of what is far from 1 are no floats
