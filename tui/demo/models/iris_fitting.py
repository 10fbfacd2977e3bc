"""How the two iris models come out of Fisher's flowers: ``python -m tui.demo.models.iris_fitting``.

Writes ``data/iris-coefficients.json``. Plain Python, because it runs once and 150 flowers are few.
A flower is taken here with a 1 behind its features, so that the intercept is a weight like others.
"""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import TYPE_CHECKING

from tui.demo.models.iris import SPECIES, LinearClassifier, flowers

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from typing import TypeAlias

    Vector: TypeAlias = list[float]
    Matrix: TypeAlias = list[list[float]]

_CLASSES = len(SPECIES)
_NEWTON_STEPS = 25
_INTERCEPT_RIDGE = 1e-9


def fit_softmax_regression(
    measured: Sequence[Sequence[float]], species: Sequence[int]
) -> LinearClassifier:
    """Fit multinomial logistic regression with an L2 penalty of ½ on the weights.

    Newton's method. The intercepts are not penalised but for a trace that makes them unique.
    """
    rows = [[*row, 1.0] for row in measured]
    width = len(rows[0])
    ridge = ([1.0] * (width - 1) + [_INTERCEPT_RIDGE]) * _CLASSES
    weights = [0.0] * (width * _CLASSES)
    for _ in range(_NEWTON_STEPS):
        gradient, hessian = _softmax_slopes(rows, species, weights, ridge)
        step = _solve(hessian, gradient)
        weights = [weight - change for weight, change in zip(weights, step, strict=True)]
    return _classifier([weights[k * width : (k + 1) * width] for k in range(_CLASSES)])


def fit_linear_discriminant(
    measured: Sequence[Sequence[float]], species: Sequence[int]
) -> LinearClassifier:
    """Fit Fisher's linear discriminant: one covariance for all classes, priors as counted."""
    groups = [
        [row for row, each in zip(measured, species, strict=True) if each == k]
        for k in range(_CLASSES)
    ]
    means = [
        [math.fsum(column) / len(group) for column in zip(*group, strict=True)] for group in groups
    ]
    centred = [
        [value - centre for value, centre in zip(row, means[each], strict=True)]
        for row, each in zip(measured, species, strict=True)
    ]
    covariance = _scaled(_products(centred), 1.0 / (len(centred) - _CLASSES))
    rows: Matrix = []
    for group, mean in zip(groups, means, strict=True):
        weights = _solve(covariance, mean)
        prior = math.log(len(group) / len(measured))
        rows.append([*weights, prior - _dot(weights, mean) / 2])
    return _classifier(rows)


FITS: Mapping[str, Callable[[Sequence[Sequence[float]], Sequence[int]], LinearClassifier]] = {
    "softmax-regression": fit_softmax_regression,
    "linear-discriminant": fit_linear_discriminant,
}


def _softmax_slopes(
    rows: Matrix, species: Sequence[int], weights: Vector, ridge: Vector
) -> tuple[Vector, Matrix]:
    """Return gradient and Hessian of the penalised negative log-likelihood."""
    width, size = len(rows[0]), len(weights)
    model = _classifier([weights[k * width : (k + 1) * width] for k in range(_CLASSES)])
    gradient = [share * weight for share, weight in zip(ridge, weights, strict=True)]
    hessian = [[ridge[i] if i == j else 0.0 for j in range(size)] for i in range(size)]
    for row, truth in zip(rows, species, strict=True):
        shares = model.probabilities(row[:-1])
        for k in range(_CLASSES):
            error = shares[k] - (k == truth)
            for i, value in enumerate(row):
                gradient[k * width + i] += error * value
            for m in range(_CLASSES):
                curvature = shares[k] * ((k == m) - shares[m])
                _add_outer(hessian, row, curvature, k * width, m * width)
    return gradient, hessian


def _add_outer(matrix: Matrix, row: Vector, factor: float, top: int, left: int) -> None:
    for i, value in enumerate(row):
        target = matrix[top + i]
        for j, other in enumerate(row):
            target[left + j] += factor * value * other


def _classifier(rows: Matrix) -> LinearClassifier:
    return LinearClassifier(
        weights=tuple(tuple(row[:-1]) for row in rows),
        intercepts=tuple(row[-1] for row in rows),
    )


def _dot(left: Sequence[float], right: Sequence[float]) -> float:
    return math.fsum(a * b for a, b in zip(left, right, strict=True))


def _products(rows: Matrix) -> Matrix:
    columns = list(zip(*rows, strict=True))
    return [[_dot(left, right) for right in columns] for left in columns]


def _scaled(matrix: Matrix, factor: float) -> Matrix:
    return [[value * factor for value in row] for row in matrix]


def _solve(matrix: Matrix, right: Sequence[float]) -> Vector:
    """Solve a linear system by Gaussian elimination with partial pivoting."""
    rows = [[*row, value] for row, value in zip(matrix, right, strict=True)]
    size = len(rows)
    for pivot in range(size):
        best = max(range(pivot, size), key=lambda i: abs(rows[i][pivot]))
        rows[pivot], rows[best] = rows[best], rows[pivot]
        for i in range(pivot + 1, size):
            factor = rows[i][pivot] / rows[pivot][pivot]
            rows[i] = [a - factor * b for a, b in zip(rows[i], rows[pivot], strict=True)]
    solution = [0.0] * size
    for i in reversed(range(size)):
        known = _dot(rows[i][i + 1 : size], solution[i + 1 :])
        solution[i] = (rows[i][size] - known) / rows[i][i]
    return solution


def _spelt() -> str:
    """Fit all models and spell them as the data file does."""
    document = {
        name: {
            "weights_and_intercept": [
                [float(f"{value:.12g}") for value in (*row, intercept)]
                for row, intercept in zip(model.weights, model.intercepts, strict=True)
            ]
        }
        for name, model in ((name, fit(*flowers())) for name, fit in FITS.items())
    }
    return json.dumps(document, indent=1) + "\n"


if __name__ == "__main__":
    path = Path(__file__).with_name("data") / "iris-coefficients.json"
    path.write_text(_spelt(), encoding="utf-8")
