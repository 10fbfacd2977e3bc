"""JSON Lines, and streams of events."""

from __future__ import annotations

import json
from functools import partial
from typing import TYPE_CHECKING

from tests.benchmarks.bodies import LARGE, body, many_keys, ones_on_a_line
from tests.benchmarks.hostile.making import (
    EVENTS,
    LINES,
    LOREM,
    encoded,
    filled,
    of_items,
    repeated,
    replaced,
    whole,
)

if TYPE_CHECKING:
    import random

    from tests.benchmarks.hostile.making import Kinds

_RECORD = b'{"id": 1, "label": "class 1", "score": 0.5, "box": [0.1, 0.2]}'


def _one_record(size: int) -> bytes:
    return filled(b'{"a": [1, 2], "b": "c"}, ', begin=b'{"a": [', end=b"1]}\n", size=size)


def _chunk(number: int, chance: random.Random) -> bytes:
    word = chance.choice(LOREM.decode().split())
    delta = {"index": 0, "delta": {"content": f" {word}"}, "finish_reason": None}
    chunk = {
        "id": "chatcmpl-1",
        "object": "chat.completion.chunk",
        "created": 1_700_000_000 + number,
        "choices": [delta],
    }
    return b"data: " + json.dumps(chunk).encode()


def _mixed(_number: int, chance: random.Random) -> bytes:
    return chance.choice((b"1", b'"one"', b"null", b"[1, 2]", b'{"a": 1}', b"", b"no JSON"))


JSON_LINES: Kinds = {
    "JSON Lines, records": partial(body, "JSON Lines", LARGE),
    "JSON Lines, digits": repeated(LINES, b"1\n"),
    "JSON Lines, numbers": of_items(
        LINES, lambda number, chance: b"%.6f" % chance.random(), between=b"\n"
    ),
    "JSON Lines, empty objects": repeated(LINES, b"{}\n"),
    "JSON Lines, empty arrays": repeated(LINES, b"[]\n"),
    "JSON Lines, objects of a key": repeated(LINES, b'{"a":1}\n'),
    "JSON Lines, one record": whole(LINES, partial(_one_record, LARGE)),
    "JSON Lines, two records": whole(LINES, lambda: _one_record(LARGE // 2) * 2),
    "JSON Lines, one record full of hits": ones_on_a_line,
    "JSON Lines, 1,000 keys": partial(many_keys, 1_000),
    "JSON Lines, 8,000 keys": partial(many_keys, 8_000),
    "JSON Lines, broken lines": repeated(LINES, b'{"a": [1, 2}\n{"b": 1}\n"c\n'),
    "JSON Lines, one broken line in a thousand": repeated(
        LINES, (_RECORD + b"\n") * 999 + b'{"id": 1, \n'
    ),
    "JSON Lines, empty lines between": repeated(LINES, _RECORD + b"\n\n\n\n"),
    "JSON Lines, empty lines": repeated(LINES, b"\n", end=b'{"a": 1}\n'),
    "JSON Lines, strings": repeated(LINES, b'"class 1"\n"another"\n'),
    "JSON Lines, long strings": repeated(LINES, b'{"a": "' + LOREM * 1_000 + b'"}\n'),
    "JSON Lines, CRLF": repeated(LINES, _RECORD + b"\r\n"),
    "JSON Lines, all types": of_items(LINES, _mixed, between=b"\n"),
    "JSON Lines, arrays 1,000 deep": repeated(LINES, b"[" * 1_000 + b"]" * 1_000 + b"\n"),
    "JSON Lines, arrays without an end": repeated(LINES, b"[[[1\n"),
    "JSON Lines, vectors": repeated(LINES, b'{"embedding": [' + b"0.25, " * 1_023 + b"1]}\n"),
    "JSON Lines, indented": repeated(LINES, b'{\n  "a": 1,\n  "b": [\n    2\n  ]\n}\n'),
    "JSON Lines, UTF-16": encoded(repeated(LINES, _RECORD + b"\n"), "utf-16"),
    "JSON Lines, no line feeds": repeated(LINES, b'{"a": 1} '),
}
_SHORT = repeated(EVENTS, b"data: 1\n\n")
EVENT_STREAMS: Kinds = {
    "events, digits": _SHORT,
    "events, named": repeated(EVENTS, b"event: x\nid: 1\ndata: " + _RECORD + b"\n\n"),
    "events, data of many lines": repeated(EVENTS, b"data: " + LOREM + b" 1\n"),
    "events, data of ten lines": repeated(EVENTS, b"data: lorem 1\n" * 10 + b"\n"),
    "events, one without an end": repeated(EVENTS, LOREM + b" 1 ", begin=b"data: "),
    "events, one of JSON": repeated(
        EVENTS, _RECORD + b", ", begin=b'data: {"a": [', end=b"1]}\n\n"
    ),
    "events, JSON in data": repeated(EVENTS, b"data: " + _RECORD + b"\n\n"),
    "events, JSON over lines of data": repeated(
        EVENTS, b'data: {\ndata:   "a": [1,\ndata:   2]\ndata: }\n\n'
    ),
    "events, comments only": repeated(EVENTS, b": ping 1\n\n"),
    "events, empty data": repeated(EVENTS, b"data:\n\n"),
    "events, empty lines": repeated(EVENTS, b"\n", begin=b"data: 1\n"),
    "events, CRLF": replaced(_SHORT, b"\n", b"\r\n"),
    "events, CR": replaced(_SHORT, b"\n", b"\r"),
    "events, chunks of a chat": of_items(EVENTS, _chunk, between=b"\n\n", end=b"\n\ndata: [DONE]"),
    "events, fields without a colon": repeated(EVENTS, b"data\ndata\nretry\n\n"),
    "events, fields that are none": repeated(EVENTS, b"lorem: 1\n", begin=b"data: 1\n\n"),
    "events, UTF-16": encoded(_SHORT, "utf-16"),
}
LINE_BODIES: Kinds = {**JSON_LINES, **EVENT_STREAMS}
