"""Content negotiation: what a container takes and gives, as its headers say.

RFC 9110, section 12.5.1: the media range with the highest q-value wins; ``;q=0`` forbids. Between
equals the more specific range wins, then the type that the container lists first.
"""

from __future__ import annotations

import re
from http import HTTPStatus
from typing import TYPE_CHECKING, NamedTuple

from tui.demo.containers import RequestRefused

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.demo.containers import ContainerRequest

CSV = "text/csv"
JSON = "application/json"
JSON_LINES = "application/jsonlines"
PLAIN_TEXT = "text/plain"

_QUALITY = re.compile(r"0(\.[0-9]*)?|1(\.0*)?")
_ALIASES = {
    "application/x-ndjson": JSON_LINES,
    "application/jsonl": JSON_LINES,
    "application/x-jsonlines": JSON_LINES,
}
"""Spellings seen in the wild for what SageMaker calls ``application/jsonlines``."""


class _MediaRange(NamedTuple):
    name: str
    quality: float

    def specificity(self, media_type: str) -> int:
        """Return 3 for the type itself, 2 for ``text/*``, 1 for ``*/*``, 0 for no match."""
        if self.name == media_type:
            return 3
        if self.name == media_type.partition("/")[0] + "/*":
            return 2
        return int(self.name == "*/*")


def sent_type(request: ContainerRequest, taken: Sequence[str]) -> str:
    """Return which of ``taken`` the body is, by its Content-Type.

    Raises:
        RequestRefused: 415, it is none of them.
    """
    sent = _ALIASES.get(request.content_type, request.content_type)
    if sent in taken:
        return sent
    problem = f"cannot read Content-Type {sent!r}" if sent else "no Content-Type was sent"
    raise RequestRefused(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, problem, supported=list(taken))


def wanted_type(request: ContainerRequest, given: Sequence[str]) -> str:
    """Return which of ``given`` the client likes best; the first when it does not say.

    Raises:
        RequestRefused: 406, the client wants none of them.
    """
    ranges = _media_ranges(request.accept)
    best = max(given, key=lambda media_type: _liking(media_type, ranges))
    if not ranges or _liking(best, ranges) > _UNWANTED:
        return best
    problem = f"cannot answer with Accept {request.accept!r}"
    raise RequestRefused(HTTPStatus.NOT_ACCEPTABLE, problem, supported=list(given))


_UNWANTED = (0.0, 0)


def _liking(media_type: str, ranges: Sequence[_MediaRange]) -> tuple[float, int]:
    """Return (quality, specificity) of the most specific range that matches."""
    specificity, quality = max(
        ((each.specificity(media_type), each.quality) for each in ranges), default=(0, 0.0)
    )
    return (quality, specificity) if specificity and quality else _UNWANTED


def _media_ranges(accept: str) -> list[_MediaRange]:
    """Read an Accept header, lower case; a q-value that is none counts as 1."""
    found: list[_MediaRange] = []
    for part in accept.split(","):
        name, *parameters = (piece.strip() for piece in part.split(";"))
        if name:
            found.append(_MediaRange(_ALIASES.get(name, name), _quality(parameters)))
    return found


def _quality(parameters: Sequence[str]) -> float:
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "q" and _QUALITY.fullmatch(value.strip()):
            return float(value)
    return 1.0
