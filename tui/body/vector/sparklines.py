"""Many numbers as a line of a few bars: the mean of each part, from the least to the greatest."""

from __future__ import annotations

from math import isfinite

_BARS = "▁▂▃▄▅▆▇█"
_GAP = len(_BARS)
"""The level of a part with no number in it that can be drawn."""


class Buckets:
    """Means of equal parts of a known count of numbers, taken in order."""

    def __init__(self, count: int, parts: int) -> None:
        self.count = count
        self._parts = parts
        self._sums = [0.0] * parts
        self._counts = [0] * parts

    def take(self, at: int, numbers: list[float]) -> None:
        """Take in numbers, of which the first has that index."""
        begin = 0
        while begin < len(numbers):
            part = min(self._parts - 1, (at + begin) * self._parts // self.count)
            end = min(len(numbers), max(begin + 1, -(-(part + 1) * self.count // self._parts) - at))
            self._sums[part] += sum(numbers[begin:end])
            self._counts[part] += end - begin
            begin = end

    @property
    def levels(self) -> bytes:
        """How high the bar of each part is, 0 to 7; 8 for none."""
        means = [
            total / max(1, count) for total, count in zip(self._sums, self._counts, strict=True)
        ]
        drawn = [
            mean
            for mean, count in zip(means, self._counts, strict=True)
            if count and isfinite(mean)
        ]
        if not drawn:
            return bytes([_GAP]) * self._parts
        least, room = min(drawn), max(drawn) - min(drawn)
        is_flat = not room or not isfinite(room)
        return bytes(
            (0 if is_flat else round((mean - least) / room * (len(_BARS) - 1)))
            if count and isfinite(mean)
            else _GAP
            for mean, count in zip(means, self._counts, strict=True)
        )


def sparkline(levels: bytes | bytearray) -> str:
    """Draw levels."""
    return "".join((_BARS + " ")[level] for level in levels)
