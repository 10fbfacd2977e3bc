"""Two classifiers of iris flowers, fitted to Fisher's 150: one container, two sets of coefficients.

Both are linear: a score per species, and a softmax of the scores. How the coefficients came about
is in `iris_fitting`; they disagree on three flowers of the 150.
"""

from __future__ import annotations

import csv
import json
import math
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from tui.demo.containers import ContainerReply
from tui.demo.models.negotiation import CSV, JSON, JSON_LINES, wanted_type
from tui.demo.models.rows import read_rows
from tui.demo.models.texts import read_data
from tui.demo.wire import to_json

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.demo.containers import ContainerRequest
    from tui.demo.wire import Document

FEATURES = ("sepal_length", "sepal_width", "petal_length", "petal_width")
"""In centimetres."""
SPECIES = ("setosa", "versicolor", "virginica")

_GIVEN = (JSON, CSV, JSON_LINES)
_DECIMALS = 6


@dataclass(frozen=True, slots=True)
class LinearClassifier:
    """Scores that are linear in the features, one per species."""

    weights: tuple[tuple[float, ...], ...]
    """[species][feature]."""
    intercepts: tuple[float, ...]

    def probabilities(self, flower: Sequence[float]) -> list[float]:
        """Return the probability of each species; they sum to 1."""
        scores = [
            sum(map(float.__mul__, row, flower), intercept)
            for row, intercept in zip(self.weights, self.intercepts, strict=True)
        ]
        highest = max(scores)
        powers = [math.exp(score - highest) for score in scores]
        total = sum(powers)
        return [power / total for power in powers]


@dataclass(frozen=True, slots=True)
class IrisClassifier:
    """The model server of a variant."""

    model: str
    """A key of `coefficients`."""

    def invoke(self, request: ContainerRequest) -> ContainerReply:
        """Classify every row, and answer in the form that the client wants."""
        wanted = wanted_type(request, _GIVEN)
        classifier = coefficients()[self.model]
        found = [classifier.probabilities(row) for row in read_rows(request, FEATURES)]
        writers = {CSV: self._csv, JSON: self._json, JSON_LINES: self._json_lines}
        return ContainerReply(body=writers[wanted](found), content_type=wanted)

    def _json(self, found: Sequence[Sequence[float]]) -> bytes:
        return to_json({"predictions": [_told(each) for each in found], "model": self.model})

    def _json_lines(self, found: Sequence[Sequence[float]]) -> bytes:
        return b"".join(to_json(_told(each)) + b"\n" for each in found)

    def _csv(self, found: Sequence[Sequence[float]]) -> bytes:
        """Write ``species,p(setosa),p(versicolor),p(virginica)``, without a header."""
        lines = (
            ",".join((_likeliest(each), *(f"{share:.{_DECIMALS}f}" for share in each)))
            for each in found
        )
        return "".join(f"{line}\n" for line in lines).encode()


@cache
def coefficients() -> dict[str, LinearClassifier]:
    """Read the fitted models, by name."""
    document: dict[str, dict[str, list[list[float]]]] = json.loads(
        read_data("iris-coefficients.json")
    )
    return {
        name: LinearClassifier(
            weights=tuple(tuple(row[:-1]) for row in model["weights_and_intercept"]),
            intercepts=tuple(row[-1] for row in model["weights_and_intercept"]),
        )
        for name, model in document.items()
    }


def flowers() -> tuple[list[list[float]], list[int]]:
    """Read Fisher's flowers: their measurements in the order of `FEATURES`, and their species."""
    rows = list(csv.DictReader(read_data("iris.csv").splitlines()))
    measured = [[float(row[feature]) for feature in FEATURES] for row in rows]
    return measured, [SPECIES.index(row["species"]) for row in rows]


def _told(found: Sequence[float]) -> Document:
    shares = {name: round(share, _DECIMALS) for name, share in zip(SPECIES, found, strict=True)}
    return {"class": _likeliest(found), "probabilities": shares}


def _likeliest(found: Sequence[float]) -> str:
    return SPECIES[found.index(max(found))]
