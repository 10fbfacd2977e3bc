"""One row of server-sent events as text: the field in colour, and the JSON in it."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from tui.body.json.rows import draw_json
from tui.body.json.text import json_spans
from tui.body.rows import Row, plain_row

if TYPE_CHECKING:
    from tui.body.spans import Span

COLOURED_BYTES_MAX = 8_000
"""Of longer lines only the name of the field is coloured."""
DONE = "[DONE]"
"""What OpenAI's API, and all that talk like it, send as the last data."""
_FIELD = re.compile(r"(?P<name>data|event|id|retry)(?P<colon>:) ?+(?P<value>.*+)", re.DOTALL)
_LABEL = re.compile(r"data: ?+")


def draw_line(text: str, line: str, start: int) -> Row:
    """Draw a row of a line.

    Args:
        text: what is in the row.
        line: the line from its beginning, as far as the row goes or further.
        start: where in that the row begins, in characters.
    """
    end = start + len(text)
    spans = tuple(
        (max(begin, start) - start, min(stop, end) - start, role)
        for begin, stop, role in _line_spans(line)
        if stop > start and begin < end
    )
    return plain_row(text, spans)


def draw_first_json(text: str) -> Row:
    """Draw the first row of JSON, with the name of the field before it."""
    found = _LABEL.match(text)
    label = 0 if found is None else found.end()
    json = draw_json(text[label:], depth=0, is_continued=False, is_in_string=False)
    gap = " " * (label == len("data:"))
    shift = label + len(gap)
    colon = len("data:")
    spans: list[Span] = [(0, colon - 1, "tag"), (colon - 1, colon, "punctuation")]
    spans += [(begin + shift, end + shift, role) for begin, end, role in json.spans]
    runs = [(column + shift, char + label, count) for column, char, count in json.runs]
    return replace(
        json,
        text=text[:label] + gap + json.text,
        source=text[:label] + gap + json.source,
        spans=tuple(spans),
        runs=((0, 0, label), *runs),
    )


@lru_cache(maxsize=8)
def _line_spans(text: str) -> tuple[Span, ...]:
    """Return the colours of a line; kept, since all rows of a long line ask for the same."""
    if text.startswith(":"):
        return ((0, len(text), "comment"),)
    found = _FIELD.match(text)
    if found is None:
        return ()
    spans: list[Span] = [(*found.span("name"), "tag"), (*found.span("colon"), "punctuation")]
    begin, value = found.start("value"), found["value"]
    if found["name"] != "data" or value.strip() == DONE:
        role = "keyword" if found["name"] == "data" else "string"
        return (*spans, (begin, len(text), role)) if value else tuple(spans)
    if value.lstrip()[:1] in ("{", "[", '"'):
        spans += [
            (begin + start, begin + end, role)
            for start, end, role in json_spans(value)
            if role != "error"
        ]
    return tuple(spans)
