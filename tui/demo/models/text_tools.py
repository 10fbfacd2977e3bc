"""Three small tools for texts: where the tokens are, which language it is, what is in it."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING

from tui.demo.containers import ContainerReply
from tui.demo.models.naive_bayes import NaiveBayes
from tui.demo.models.texts import labelled_lines, read_texts, words_of
from tui.demo.wire import to_json

if TYPE_CHECKING:
    from tui.demo.containers import ContainerRequest
    from tui.demo.wire import Document

_TOKEN = re.compile(r"(?P<number>\d+(?:[.,]\d+)*)|(?P<word>\w+(?:['\u2019]\w+)*)|(?P<mark>[^\w\s])")
_MOST_FREQUENT = 5
_DECIMALS = 4


class Tokenizer:
    """Splits texts into words, numbers and marks."""

    def invoke(self, request: ContainerRequest) -> ContainerReply:
        """Answer a list of tokens a text, each with its place, in characters."""
        tokens = [_tokens(text) for text in read_texts(request)]
        return ContainerReply(body=to_json({"tokens": tokens}))


def _tokens(text: str) -> list[Document]:
    return [
        {"text": found[0], "kind": found.lastgroup, "start": found.start(), "end": found.end()}
        for found in _TOKEN.finditer(text)
    ]


class LanguageDetector:
    """Tells seven languages apart by their groups of letters."""

    def invoke(self, request: ContainerRequest) -> ContainerReply:
        """Answer the likeliest language of each text, and the share of every other."""
        found = [detect_language(text) for text in read_texts(request)]
        answer = [{"language": next(iter(shares)), "probabilities": shares} for shares in found]
        return ContainerReply(body=to_json({"predictions": answer}))


def detect_language(text: str) -> dict[str, float]:
    """Return the probability of each language, the likeliest first."""
    shares = _trained_on_languages().probabilities(_letter_groups(text))
    return {language: round(share, _DECIMALS) for language, share in shares.items()}


@cache
def _trained_on_languages() -> NaiveBayes:
    samples = labelled_lines("languages.tsv")
    return NaiveBayes((language, _letter_groups(text)) for language, text in samples)


def _letter_groups(text: str) -> list[str]:
    """Return all groups of two to five letters; a word's edge counts as a letter."""
    return [
        padded[start : start + size]
        for padded in (f" {word} " for word in words_of(text))
        for size in range(2, 6)
        for start in range(len(padded) - size + 1)
    ]


class WordCounter:
    """Counts."""

    def invoke(self, request: ContainerRequest) -> ContainerReply:
        """Answer, for each text, how much of what is in it."""
        return ContainerReply(body=to_json({"counts": [_counts(t) for t in read_texts(request)]}))


def _counts(text: str) -> Document:
    words = Counter(words_of(text))
    frequent = [{"word": word, "count": n} for word, n in words.most_common(_MOST_FREQUENT)]
    return {
        "characters": len(text),
        "lines": len(text.splitlines()),
        "words": words.total(),
        "different_words": len(words),
        "most_frequent": frequent,
    }
