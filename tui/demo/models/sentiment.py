"""Sentiment of sentences: naive Bayes, trained on the labelled sentences that ship."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from tui.demo.containers import ContainerReply
from tui.demo.models.naive_bayes import NaiveBayes
from tui.demo.models.texts import labelled_lines, read_texts, words_of
from tui.demo.wire import to_json

if TYPE_CHECKING:
    from tui.demo.containers import ContainerRequest

_DECIMALS = 4


@dataclass(frozen=True, slots=True)
class SentimentClassifier:
    """The model server of one language."""

    language: str
    """``english`` or ``german``: which sentences it has learnt from."""
    knows_pairs: bool = False
    """Whether pairs of neighbouring words count beside the words themselves."""

    def invoke(self, request: ContainerRequest) -> ContainerReply:
        """Answer one ``{"label", "score"}`` a text, as Hugging Face's classifiers do."""
        found = [self.probabilities(text) for text in read_texts(request)]
        likeliest = [next(iter(shares.items())) for shares in found]
        answer = [{"label": label, "score": round(share, _DECIMALS)} for label, share in likeliest]
        return ContainerReply(body=to_json(answer))

    def probabilities(self, text: str) -> dict[str, float]:
        """Return the probability of ``positive`` and ``negative``, the likelier first."""
        trained = _trained(self.language, knows_pairs=self.knows_pairs)
        return trained.probabilities(_features(text, with_pairs=self.knows_pairs))


@cache
def _trained(language: str, *, knows_pairs: bool) -> NaiveBayes:
    sentences = labelled_lines(f"sentiment-{language}.tsv")
    return NaiveBayes((label, _features(text, with_pairs=knows_pairs)) for label, text in sentences)


def _features(text: str, *, with_pairs: bool) -> list[str]:
    words = words_of(text)
    return words + [" ".join(pair) for pair in pairwise(words)] if with_pairs else words
