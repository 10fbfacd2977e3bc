"""A Markov chain of words: the next token by the two before it, or by one where two are unknown.

Tokens are words and marks; a paragraph of the corpus begins and ends with `EDGE`.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from random import Random

EDGE = ""
"""Before the first and behind the last token of a paragraph."""

_TOKEN = re.compile(r"\w+(?:['-]\w+)*|[^\w\s]")
_NO_SPACE_BEFORE = frozenset(".,;:!?)\N{RIGHT DOUBLE QUOTATION MARK}")
_NO_SPACE_AFTER = frozenset("(\N{LEFT DOUBLE QUOTATION MARK}")


class Step(NamedTuple):
    """One generated token."""

    token: str
    probability: float
    """Before the temperature."""


class MarkovChain:
    """Counts what follows what when it is made; safe to use from any thread afterwards."""

    def __init__(self, paragraphs: Iterable[str]) -> None:
        self._after: dict[tuple[str, ...], Counter[str]] = {}
        for paragraph in paragraphs:
            self._learn([EDGE, *tokens_of(paragraph), EDGE])
        self.vocabulary: Mapping[str, int] = {
            token: number for number, token in enumerate(sorted(self._after[()]))
        }
        """Token to id."""

    def _learn(self, tokens: Sequence[str]) -> None:
        for index in range(1, len(tokens)):
            for order in range(3):
                context = tuple(tokens[max(0, index - order) : index])
                self._after.setdefault(context, Counter())[tokens[index]] += 1

    def steps(self, prompt: str, random: Random, temperature: float) -> Iterator[Step]:
        """Yield what may follow ``prompt``, without end; `EDGE` ends a paragraph.

        Args:
            prompt: any text; its last two tokens count.
            random: decides.
            temperature: above 1 evens the chances out, towards 0 the likeliest always wins.
        """
        context = tuple([EDGE, *tokens_of(prompt)][-2:])
        while True:
            choices = self._choices(context)
            step = _choose(choices, random, temperature)
            yield step
            context = (EDGE,) if step.token == EDGE else (context[-1], step.token)

    def _choices(self, context: tuple[str, ...]) -> Counter[str]:
        """Return what followed the longest known end of ``context``."""
        for start in range(len(context) + 1):
            if choices := self._after.get(context[start:]):
                return choices
        raise ValueError("the corpus is empty")


def tokens_of(text: str) -> list[str]:
    """Split a text into words and marks."""
    return _TOKEN.findall(text)


def join(before: str, token: str) -> str:
    """Return ``token`` as it stands behind the text ``before``: with a space or without."""
    if not before or before[-1].isspace() or token in _NO_SPACE_BEFORE:
        return token
    return token if before[-1] in _NO_SPACE_AFTER else f" {token}"


def _choose(choices: Counter[str], random: Random, temperature: float) -> Step:
    tokens = list(choices)
    highest = max(choices.values())
    weights = [(choices[token] / highest) ** (1 / temperature) for token in tokens]
    token = random.choices(tokens, weights)[0]
    return Step(token, choices[token] / choices.total())
