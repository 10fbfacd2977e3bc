"""Multinomial naive Bayes with add-one smoothing: labels from the features that a text has."""

from __future__ import annotations

import math
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


class NaiveBayes:
    """Counts features per label when it is made, and only compares afterwards.

    Args:
        examples: (label, features) pairs; a label may come often.
    """

    def __init__(self, examples: Iterable[tuple[str, Iterable[str]]]) -> None:
        counts: dict[str, Counter[str]] = {}
        examples_of: Counter[str] = Counter()
        for label, features in examples:
            counts.setdefault(label, Counter()).update(features)
            examples_of[label] += 1
        vocabulary = set[str]().union(*counts.values())
        total = examples_of.total()
        self._priors = {label: math.log(n / total) for label, n in examples_of.items()}
        self._weights = {label: _log_shares(each, vocabulary) for label, each in counts.items()}

    def probabilities(self, features: Iterable[str]) -> dict[str, float]:
        """Return each label's probability, the likeliest first; unknown features say nothing."""
        seen = Counter(features)
        scores = {
            label: prior + _score(seen, self._weights[label])
            for label, prior in self._priors.items()
        }
        highest = max(scores.values())
        powers = {label: math.exp(score - highest) for label, score in scores.items()}
        total = sum(powers.values())
        ranked = sorted(powers, key=lambda label: -powers[label])
        return {label: powers[label] / total for label in ranked}


def _log_shares(counts: Counter[str], vocabulary: set[str]) -> Mapping[str, float]:
    total = counts.total() + len(vocabulary)
    return {feature: math.log((counts[feature] + 1) / total) for feature in vocabulary}


def _score(seen: Counter[str], weights: Mapping[str, float]) -> float:
    return math.fsum(n * weights[feature] for feature, n in seen.items() if feature in weights)
