"""JSON of all shapes: deep, flat, empty, spaced, broken, and in other encodings."""

from __future__ import annotations

import json
from functools import partial
from typing import TYPE_CHECKING

from tests.benchmarks.bodies import LARGE, body, digits, long_name, nested
from tests.benchmarks.hostile.making import (
    JSON,
    LOREM,
    block_of,
    broken,
    encoded,
    filled,
    of_items,
    repeated,
    replaced,
    whole,
)
from tui.body.shown_body import ShownBody

if TYPE_CHECKING:
    import random

    from tests.benchmarks.hostile.making import Kinds, Make

_DEEP = 5_000
_RECORDS = partial(body, "records", LARGE)


def _record(number: int, chance: random.Random) -> bytes:
    return json.dumps({"id": number, "score": chance.random(), "box": [1, 2, [3]]}).encode()


def _lettered(number: int, chance: random.Random) -> bytes:
    record = {"id": number, "name": "Zoë", "city": "Orléans", "score": chance.random()}
    return json.dumps(record, ensure_ascii=False).encode()


_LETTERED = of_items(JSON, _lettered, begin=b"[", end=b"]")


def _member(number: int, chance: random.Random) -> bytes:
    return b'"key %d": %d' % (number, chance.randrange(1000))


def _long_member(number: int, _chance: random.Random) -> bytes:
    return b'"%d %s": 1' % (number, LOREM * 12)


def _number(_number: int, chance: random.Random) -> bytes:
    return b"%d" % chance.randrange(10 ** chance.choice((1, 2, 5, 20, 300)))


def _power(_number: int, chance: random.Random) -> bytes:
    return b"%.3fe%+d" % (chance.random(), chance.randrange(-(10**9), 10**9))


def _scalar(_number: int, chance: random.Random) -> bytes:
    return chance.choice((b"true", b"false", b"null", b"0", b'""'))


def _spaced(space: bytes, at_line_ends: bytes = b"") -> Make:
    """Return records with white space around each token."""
    tokens = (b"[", b"{", b'"a"', b":", b"1", b",", b'"b"', b":", b'"c"', b"}", b"]", b",")
    unit = (space + at_line_ends).join(tokens) + space
    return repeated(JSON, unit, begin=b"[", end=b"1]")


def _indented(by: int | str) -> bytes:
    records = json.loads(b"[%s]" % b",".join(block_of(_record, 200_000)))
    lines = json.dumps(records, indent=by).encode()
    return filled(lines[1:-1].rstrip() + b",", begin=b"[", end=lines[1:])


def _in_one_another() -> bytes:
    depth = LARGE // 6
    return b'{"a":' * depth + b"1" + b"}" * depth


def _wide_and_deep() -> bytes:
    """Make a list as functional languages do: each holds a value and the rest."""
    depth = LARGE // 5
    return b"[1, " * depth + b"1" + b"]" * depth


SHAPES: Kinds = {
    "JSON, records": _RECORDS,
    "JSON, arrays 5,000 deep, again and again": repeated(
        JSON, b"[" * _DEEP + b"]" * _DEEP + b",", begin=b"[", end=b"1]"
    ),
    "JSON, objects 5,000 deep, again and again": repeated(
        JSON, b'{"a":' * _DEEP + b"1" + b"}" * _DEEP + b",", begin=b"[", end=b"1]"
    ),
    "JSON, 5 million arrays in one another (10 MB)": nested,
    "JSON, objects in one another": whole(JSON, _in_one_another),
    "JSON, lists of a value and the rest": whole(JSON, _wide_and_deep),
    "JSON, only opening brackets (10 MB)": repeated(JSON, b"[", size=10_000_000),
    "JSON, only closing brackets (10 MB)": repeated(JSON, b"]", begin=b"[", size=10_000_000),
    "JSON, digits": digits,
    "JSON, empty arrays": repeated(JSON, b"[],", begin=b"[", end=b"[]]"),
    "JSON, empty objects": repeated(JSON, b"{},", begin=b"[", end=b"{}]"),
    "JSON, empty strings": repeated(JSON, b'"",', begin=b"[", end=b'""]'),
    "JSON, arrays of an empty one": repeated(JSON, b"[[]],", begin=b"[", end=b"[]]"),
    "JSON, objects of a key": repeated(JSON, b'{"a":1},', begin=b"[", end=b"1]"),
    "JSON, one object of many keys": of_items(JSON, _member, begin=b"{", end=b"}"),
    "JSON, the same key": repeated(JSON, b'"a":1,', begin=b"{", end=b'"b":2}'),
    "JSON, the same key of an object": repeated(
        JSON, b'"a":{"b":[1,2]},', begin=b"{", end=b'"b":2}'
    ),
    "JSON, long names": of_items(JSON, _long_member, begin=b"{", end=b"}"),
    "JSON, one name": long_name,
    "JSON, commas without values": repeated(JSON, b",", begin=b"[", end=b"]"),
    "JSON, colons": repeated(JSON, b":", begin=b'{"a"', end=b"}"),
    "JSON, values behind one another": repeated(JSON, b"{}1[]2", begin=b"{}"),
    "JSON, events of Lambda": repeated(
        JSON, b'{"body": "{\\"a\\": [1, 2, {\\"b\\": 3}]}"}, ', begin=b"[", end=b"1]"
    ),
}
NUMBERS: Kinds = {
    "JSON, one number": repeated(JSON, b"1234567890"),
    "JSON, one number in an array": repeated(JSON, b"1234567890", begin=b"[0, ", end=b"]"),
    "JSON, NaN and Infinity": repeated(
        JSON, b"NaN, Infinity, -Infinity, 1, ", begin=b"[", end=b"0]"
    ),
    "JSON, numbers of all lengths": of_items(JSON, _number, begin=b"[", end=b"]"),
    "JSON, large exponents": of_items(JSON, _power, begin=b"[", end=b"]"),
    "JSON, true, false and null": of_items(JSON, _scalar, begin=b"[", between=b",", end=b"]"),
    "JSON, a word that is none": repeated(JSON, b"nul, ", begin=b"[", end=b"1]"),
    "JSON, one word that is none": repeated(JSON, b"tru", begin=b"[", end=b"]"),
}
SPACES: Kinds = {
    "JSON, white space only": repeated(JSON, b"  \t \r\n"),
    "JSON, white space before": repeated(JSON, b"  \t \r\n", end=b'{"a": 1}'),
    "JSON, white space within": repeated(JSON, b" " * 79 + b"\n", begin=b'{"a": [1,', end=b"2]}"),
    "JSON, a space around each token": _spaced(b" "),
    "JSON, tabs around each token": _spaced(b"\t\t\t"),
    "JSON, CRLF around each token": _spaced(b"\r\n"),
    "JSON, 10 kB of spaces around each token": _spaced(b" " * 10_000),
    "JSON, empty lines around each token": _spaced(b"\n" * 40),
    "JSON, indented by 2": whole(JSON, partial(_indented, 2)),
    "JSON, indented by 40": whole(JSON, partial(_indented, 40)),
    "JSON, indented by tabs": whole(JSON, partial(_indented, "\t")),
    "JSON, indented with CRLF": replaced(whole(JSON, partial(_indented, 2)), b"\n", b"\r\n"),
}
BROKEN: Kinds = {
    "JSON, broken at the start": broken(_RECORDS, 0.0001, b"]]}"),
    "JSON, broken in the middle": broken(_RECORDS, 0.5, b"]]}"),
    "JSON, broken at the end": broken(_RECORDS, 0.99999, b"]]}"),
    "JSON, broken all over": repeated(
        JSON, b'{"a": [1, 2}, "b": ], ', begin=b'[{"a": 1}, ', end=b"1]"
    ),
    "JSON, a string without an end at the start": broken(_RECORDS, 0.0001, b'"'),
    "JSON, cut in the middle of a string": lambda: ShownBody(
        filled(LOREM + b" ", begin=b'{"a": [1, 2, 3], "b": "'), JSON
    ),
    "JSON, quoted by apostrophes": repeated(JSON, b"{'a': 'b', 'c': None}, ", begin=b"[", end=b"]"),
    "JSON, comments": repeated(JSON, b'{"a": 1}, // one\n/* two */ ', begin=b"[", end=b"1]"),
}
ENCODINGS: Kinds = {
    "JSON, UTF-8 with a byte order mark": broken(_RECORDS, 0, b"\xef\xbb\xbf"),
    "JSON, UTF-16 with a byte order mark": encoded(_RECORDS, "utf-16"),
    "JSON, UTF-16, big-endian": broken(encoded(_RECORDS, "utf-16-be"), 0, b"\xfe\xff"),
    "JSON, UTF-16 by charset": encoded(_RECORDS, "utf-16-le", "utf-16le"),
    "JSON, UTF-32": encoded(_RECORDS, "utf-32"),
    "JSON, Latin-1": encoded(_LETTERED, "latin-1", "iso-8859-1"),
    "JSON, letters beyond ASCII": _LETTERED,
    "JSON, Shift_JIS": encoded(
        repeated(JSON, '{"name": "東京の天気", "id": 1}, '.encode(), begin=b"[", end=b"1]"),
        "shift_jis",
        "shift_jis",
    ),
}
JSON_BODIES: Kinds = {**SHAPES, **NUMBERS, **SPACES, **BROKEN, **ENCODINGS}
