"""Models of a series of numbers: where it goes, and which values do not belong.

Forecast: Holt's linear exponential smoothing (1957). Outliers: the modified z-score by the median
absolute deviation (Iglewicz and Hoaglin, "How to Detect and Handle Outliers", 1993).
"""

from __future__ import annotations

from itertools import product
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

from tui.demo.containers import ContainerReply
from tui.demo.models.options import read_options
from tui.demo.wire import to_json

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.demo.containers import ContainerRequest

_BOUND = 1e12
_MAX_LENGTH = 10_000
_MAX_HORIZON = 365
_DECIMALS = 4
_WEIGHTS = tuple(step / 10 for step in range(1, 10))
_OUTLIER_FROM = 3.5
"""Iglewicz and Hoaglin's recommendation."""
_HIGHEST_SCORE = 1e6
_NORMAL_QUARTILE = 0.6745
"""Third quartile of the standard normal distribution, which scales the deviation."""


class Forecaster:
    """A model server for ``{"series": [numbers], "horizon": 6}``."""

    def invoke(self, request: ContainerRequest) -> ContainerReply:
        """Smooth the series with the weights that would have foreseen it best, and go on."""
        options = read_options(request)
        series = options.numbers("series", bound=_BOUND, fewest=2, most=_MAX_LENGTH)
        horizon = options.integer("horizon", default=6, least=1, most=_MAX_HORIZON)
        # The weights are chosen by the recent past, which keeps a long series cheap.
        recent = series[-200:]
        best = min(
            (smooth(recent, level, trend) for level, trend in product(_WEIGHTS, _WEIGHTS)),
            key=lambda fitted: fitted.squared_error,
        )
        ahead = [best.level + best.trend * step for step in range(1, horizon + 1)]
        answer = {
            "forecast": [round(value, _DECIMALS) for value in ahead],
            "weights": {"level": best.level_weight, "trend": best.trend_weight},
        }
        return ContainerReply(body=to_json(answer))


class Smoothed(NamedTuple):
    """A series, smoothed."""

    level: float
    trend: float
    level_weight: float
    trend_weight: float
    squared_error: float
    """Of the forecasts one step ahead, summed."""


def smooth(series: Sequence[float], level_weight: float, trend_weight: float) -> Smoothed:
    """Smooth at least two numbers."""
    level, trend, squared_error = series[0], series[1] - series[0], 0.0
    for value in series[1:]:
        foreseen = level + trend
        squared_error += (value - foreseen) ** 2
        before = level
        level = foreseen + level_weight * (value - foreseen)
        trend += trend_weight * (level - before - trend)
    return Smoothed(level, trend, level_weight, trend_weight, squared_error)


class OutlierDetector:
    """A model server for ``{"values": [numbers]}``."""

    def invoke(self, request: ContainerRequest) -> ContainerReply:
        """Score every value by its distance from the median; 3.5 and more is an outlier."""
        options = read_options(request)
        values = options.numbers("values", bound=_BOUND, fewest=1, most=_MAX_LENGTH)
        scores = outlier_scores(values)
        found = [index for index, score in enumerate(scores) if score >= _OUTLIER_FROM]
        rounded = [round(score, _DECIMALS) for score in scores]
        return ContainerReply(body=to_json({"outliers": found, "scores": rounded}))


def outlier_scores(values: Sequence[float]) -> list[float]:
    """Return a modified z-score a value, capped; all 0 when more than half of them are equal."""
    centre = median(values)
    deviations = [abs(value - centre) for value in values]
    spread = median(deviations)
    if not spread:
        return [0.0] * len(deviations)
    return [min(_NORMAL_QUARTILE * each / spread, _HIGHEST_SCORE) for each in deviations]
