"""One row of server-sent events as text: the field in colour, and the JSON in it."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from tui.body.json.rows import draw_json
from tui.body.json.text import json_spans
from tui.body.rows import Row, plain_row

if TYPE_CHECKING:
    from tui.body.rows import Span

COLOURED_BYTES_MAX = 8_000
"""Of longer lines only the name of the field is coloured."""
DONE = "[DONE]"
"""What OpenAI's API, and all that talk like it, send as the last data."""
_FIELD = re.compile(r"(?P<name>data|event|id|retry)(?P<colon>:) ?+(?P<value>.*+)", re.DOTALL)
_LABEL = re.compile(r"data: ?+")


def draw_line(text: str, start: int) -> Row:
    """Draw the end of what is known of a line.

    Args:
        text: the line as far as the row goes.
        start: where the row begins, in characters.
    """
    spans = tuple(
        (max(begin, start) - start, end - start, role)
        for begin, end, role in _line_spans(text)
        if end > start
    )
    return plain_row(text[start:], spans)


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


def _line_spans(text: str) -> list[Span]:
    if text.startswith(":"):
        return [(0, len(text), "comment")]
    found = _FIELD.match(text)
    if found is None:
        return []
    spans: list[Span] = [(*found.span("name"), "tag"), (*found.span("colon"), "punctuation")]
    begin, value = found.start("value"), found["value"]
    if found["name"] != "data" or value.strip() == DONE:
        role = "keyword" if found["name"] == "data" else "string"
        return [*spans, (begin, len(text), role)] if value else spans
    if value.lstrip()[:1] in ("{", "[", '"'):
        spans += [
            (begin + start, begin + end, role)
            for start, end, role in json_spans(value)
            if role != "error"
        ]
    return spans
