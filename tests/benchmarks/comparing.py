"""Times as ratios: the thing and its reference, turn by turn, in one run on one machine.

A single time says more about the machine than about the program. Here each case brings a
reference of its own; the two are measured alternately, and what is reported is the ratio of the
medians, beside the ratio that the project wants to keep.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from statistics import median

Measure = Callable[[], float]
"""Does the thing once and returns seconds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One comparison."""

    name: str
    measure: Measure
    reference_name: str
    reference: Measure
    at_most: float | None = None
    """The ratio to keep; None for a comparison that is only looked at."""
    is_time: bool = True
    """Whether seconds are measured, and not how many times something else."""
    runs: int = 5
    warm_ups: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What a case came to; all times in seconds."""

    case: Case
    times_s: tuple[float, ...]
    reference_times_s: tuple[float, ...]

    @property
    def ratio(self) -> float:
        return median(self.times_s) / median(self.reference_times_s)

    @property
    def is_kept(self) -> bool:
        return self.case.at_most is None or self.ratio <= self.case.at_most


def run(case: Case) -> Result:
    """Measure ``case``, its reference first in every turn."""
    for _ in range(case.warm_ups):
        case.reference()
        case.measure()
    turns = [(case.reference(), case.measure()) for _ in range(case.runs)]
    references, times = zip(*turns, strict=True)
    return Result(case=case, times_s=times, reference_times_s=references)


def words(result: Result) -> str:
    """Say a result in one line."""
    case = result.case
    wanted = "" if case.at_most is None else f"  (at most {case.at_most:g}x)"
    verdict = "" if result.is_kept else "  MISSED"
    return (
        f"{case.name:<46} {_spread(case, result.times_s)}  "
        f"{case.reference_name:<34} {_spread(case, result.reference_times_s)}  "
        f"{result.ratio:6.2f}x{wanted}{verdict}"
    )


def _spread(case: Case, times: tuple[float, ...]) -> str:
    say = _ms if case.is_time else "{:.2f}".format
    return f"{say(median(times)):>10} ({say(min(times))} to {say(max(times))})"


def _ms(seconds: float) -> str:
    ms = seconds * 1000
    return f"{ms:.2f} ms" if ms < 10 else f"{ms:.0f} ms"
