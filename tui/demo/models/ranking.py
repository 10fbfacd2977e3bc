"""Documents ranked against a query: Okapi BM25.

Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond", 2009.
"""

from __future__ import annotations

import math
from collections import Counter
from typing import TYPE_CHECKING

from tui.demo.containers import ContainerReply
from tui.demo.models.options import read_options
from tui.demo.models.texts import words_of
from tui.demo.wire import to_json

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.demo.containers import ContainerRequest

_K1 = 1.2
_B = 0.75
_MAX_DOCUMENTS = 1000
_DECIMALS = 4


class Ranker:
    """A model server for ``{"query": "…", "documents": ["…", …]}``."""

    def invoke(self, request: ContainerRequest) -> ContainerReply:
        """Answer the documents' indices, from 0, with their scores, the best first."""
        options = read_options(request)
        query = options.text("query")
        scores = rank(query, options.texts("documents", most=_MAX_DOCUMENTS))
        order = sorted(range(len(scores)), key=lambda index: -scores[index])
        ranked = [{"index": index, "score": round(scores[index], _DECIMALS)} for index in order]
        return ContainerReply(body=to_json({"results": ranked}))


def rank(query: str, documents: Sequence[str]) -> list[float]:
    """Return a score a document, 0 where it has no word of the query."""
    counts = [Counter(words_of(document)) for document in documents]
    sizes = [each.total() for each in counts]
    mean_size = sum(sizes) / len(sizes) or 1.0
    scores = [0.0] * len(documents)
    for word in set(words_of(query)):
        having = sum(word in each for each in counts)
        rarity = math.log(1 + (len(documents) - having + 0.5) / (having + 0.5))
        for index, each in enumerate(counts):
            length = 1 - _B + _B * sizes[index] / mean_size
            scores[index] += rarity * each[word] * (_K1 + 1) / (each[word] + _K1 * length)
    return scores
