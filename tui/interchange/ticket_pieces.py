r"""Where in a ticket a request may stand: in fenced blocks, in `backquotes`, between two sentences.

An apostrophe of the words around a command would open a quote for a shell, and a fence substitutes
a command. So parts of the text are tried one after another, the likeliest first.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_HINT = re.compile(r"sagemaker-runtime\b|runtime\.sagemaker\b|\binvoke_endpoint\(|/invocations\b")
_CITED = re.compile(r"^>[ \t]?", re.MULTILINE)
_FENCED = re.compile(
    r"^[ \t]*(```|~~~)[^\n]*\n(.*?)(?:\n|(?<=\n))[ \t]*\1[ \t]*$", re.DOTALL | re.MULTILINE
)
_IN_BACKQUOTES = re.compile(r"`([^`\n]+)`")
_BEGINNING = re.compile(r"(?:^|(?<=[\s:]))(?:aws|curl)(?:\.exe)?[ \t\xa0]", re.MULTILINE)
_MOST = 20
"""So many blocks and spans are tried."""
_MOST_BEGINNINGS = 6
"""Each is the whole rest of a text, which may be long."""


def is_hinted(text: str) -> bool:
    """Whether anything in a text hints at a request; cheap."""
    return _HINT.search(text) is not None


def pieces(text: str) -> Iterator[str]:
    """Yield the parts of a text that may be a request by themselves, and the text."""
    if not is_hinted(text):
        yield text
        return
    text = _not_cited(text)
    fenced = [found[2] for found in _FENCED.finditer(text)]
    parts = [part for part in fenced if is_hinted(part)]
    if parts:
        yield "\n".join(fenced)  # one of them may set what another uses
        yield from parts[:_MOST]
    yield text
    spans = (found[1] for found in _IN_BACKQUOTES.finditer(text) if is_hinted(found[1]))
    yield from islice(spans, _MOST)
    yield from islice(_beginnings(text), _MOST_BEGINNINGS)


def _beginnings(text: str) -> Iterator[str]:
    """Yield what is left of a text from each command on that something hints at."""
    starts = [found.start() for found in _BEGINNING.finditer(text)]
    last = -1
    for hint in _HINT.finditer(text):
        number = bisect_right(starts, hint.start()) - 1
        if number <= last:
            continue
        last, start = number, starts[number]
        line = text.rfind("\n", 0, start) + 1
        yield text[line:]  # with what is set before the command
        if line < start:
            yield text[start:]


def _not_cited(text: str) -> str:
    """Return a text without the marks with which a mail cites another."""
    lines = [line for line in text.split("\n") if line.strip()]
    is_cited = bool(lines) and all(line.startswith(">") for line in lines)
    return _CITED.sub("", text) if is_cited and not text.startswith(">>>") else text
