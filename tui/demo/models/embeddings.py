"""Sentence embeddings by feature hashing: texts with letters in common point the same way.

Weinberger et al., "Feature Hashing for Large Scale Multitask Learning", ICML 2009.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING
from zlib import crc32

from tui.demo.containers import ContainerReply
from tui.demo.models.texts import read_texts, words_of
from tui.demo.wire import to_json

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tui.demo.containers import ContainerRequest

DIMENSIONS = 64

_DECIMALS = 6
_GROUP_SIZES = (3, 4)


class HashedEmbeddings:
    """A model server that needs no training."""

    def invoke(self, request: ContainerRequest) -> ContainerReply:
        """Answer one vector of length 1 a text, as text-embeddings-inference does."""
        vectors = [
            [round(value, _DECIMALS) for value in embed(text)] for text in read_texts(request)
        ]
        return ContainerReply(body=to_json(vectors))


def embed(text: str) -> list[float]:
    """Return a unit vector; the zero vector for a text without words."""
    vector = [0.0] * DIMENSIONS
    for feature in _features(text):
        code = crc32(feature.encode("utf-8", "surrogatepass"))
        vector[code % DIMENSIONS] += 1.0 if code & 0x80000000 else -1.0
    length = math.hypot(*vector)
    return [value / length for value in vector] if length else vector


def _features(text: str) -> Iterator[str]:
    """Yield each word and its groups of three and four letters."""
    for word in words_of(text):
        yield word
        padded = f" {word} "
        for size in _GROUP_SIZES:
            for start in range(len(padded) - size + 1):
                yield padded[start : start + size]
