"""JSON that reads as a table, or as vectors: records, predictions, matrices, embeddings."""

from __future__ import annotations

import json
from functools import partial
from typing import TYPE_CHECKING

from tests.benchmarks.bodies import LARGE, body, words_in_an_item
from tests.benchmarks.hostile.making import JSON, LOREM, of_items, repeated

if TYPE_CHECKING:
    import random

    from tests.benchmarks.hostile.making import Kinds, Make, MakeItem

_BEGIN, _END = b'{"predictions": [', b"]}"


def _numbers(count: int, _number: int, chance: random.Random) -> bytes:
    return json.dumps([round(chance.uniform(-1, 1), 6) for _ in range(count)]).encode()


def _long_numbers(count: int, _number: int, chance: random.Random) -> bytes:
    return json.dumps([chance.uniform(-1, 1) for _ in range(count)]).encode()


def _keys(count: int, _number: int, chance: random.Random) -> bytes:
    return json.dumps({f"key_{at}": chance.randrange(100) for at in range(count)}).encode()


def _keys_of_any_type(number: int, chance: random.Random) -> bytes:
    values = (1, "one", None, True, [1, 2], {"a": 1}, 0.5, "", [], {})
    return json.dumps({f"key_{at}": chance.choice(values) for at in range(8)}).encode()


def _mixed(_number: int, chance: random.Random) -> bytes:
    return chance.choice((b"1", b'"one"', b"null", b"true", b"[1, 2]", b'{"a": 1}', b"0.5"))


def _deep(number: int, chance: random.Random) -> bytes:
    boxes = [{"box": [1, 2, 3, 4], "score": chance.random()} for _ in range(3)]
    return json.dumps({"id": number, "found": {"boxes": boxes, "size": {"w": 1}}}).encode()


def _ragged(_number: int, chance: random.Random) -> bytes:
    keys = chance.sample(range(40), chance.randrange(12))
    return json.dumps({f"key_{key}": key for key in keys}).encode()


def _other_keys(number: int, _chance: random.Random) -> bytes:
    return b'{"key_%d": %d}' % (number, number)


def _large(number: int, chance: random.Random) -> bytes:
    values = [round(chance.random(), 6) for _ in range(28_000)]
    return json.dumps({"id": number, "values": values}).encode()


def _texts(number: int, chance: random.Random) -> bytes:
    text = "\n".join([LOREM.decode()] * chance.randrange(1, 40))
    return json.dumps({"id": number, "generated_text": text}).encode()


def _predictions(make_item: MakeItem, *, between: bytes = b", ") -> Make:
    return of_items(JSON, make_item, begin=_BEGIN, between=between, end=_END)


JSON_TABLES: Kinds = {
    "JSON, a matrix 784 wide": of_items(JSON, partial(_numbers, 784), begin=b"[", end=b"]"),
    "JSON, a matrix 3 wide": of_items(JSON, partial(_numbers, 3), begin=b"[", end=b"]"),
    "JSON, a matrix 3 wide of digits": repeated(JSON, b"[1,2,3],", begin=b"[", end=b"[4,5,6]]"),
    "JSON, a matrix 1 wide of digits": repeated(JSON, b"[1],", begin=b"[", end=b"[2]]"),
    "JSON, matrices of matrices": repeated(
        JSON, b"[[[1,2],[3,4]],[[5,6],[7,8]]],", begin=b"[", end=b"[[[1]]]]"
    ),
    "JSON, embeddings of 1,024": partial(body, "embedding", LARGE),
    "JSON, embeddings of 1": of_items(
        JSON, partial(_long_numbers, 1), begin=b'{"embeddings": [', end=b"]}"
    ),
    "JSON, an embedding of 1.25 million": of_items(
        JSON,
        lambda number, chance: b"%.16f" % chance.random(),
        begin=b'{"embedding": [',
        end=b"]}",
    ),
    "JSON, embeddings of OpenAI": of_items(
        JSON,
        lambda number, chance: (
            b'{"object": "embedding", "index": %d, "embedding": %s}'
            % (number, _long_numbers(1536, number, chance))
        ),
        begin=b'{"object": "list", "data": [',
        end=b'], "model": "a"}',
    ),
    "JSON, predictions of numbers": _predictions(lambda number, chance: b"%.6f" % chance.random()),
    "JSON, predictions of all types": _predictions(_mixed),
    "JSON, predictions within predictions": _predictions(_deep),
    "JSON, predictions of an array of a record": repeated(
        JSON, b'[{"label": "a", "score": 0.1}],', begin=b"[", end=b"[]]"
    ),
    "JSON, a table of 1,000 keys": _predictions(partial(_keys, 1_000)),
    "JSON, a table of 8,000 keys": _predictions(partial(_keys, 8_000)),
    "JSON, a table of values of all types": _predictions(_keys_of_any_type),
    "JSON, a table of ragged records": _predictions(_ragged),
    "JSON, a table of records with other keys each": _predictions(_other_keys),
    "JSON, a table of empty records": repeated(JSON, b"{},", begin=_BEGIN, end=b'{"a": 1}]}'),
    "JSON, a table of records of 250 kB": _predictions(_large),
    "JSON, a table of one record of words": words_in_an_item,
    "JSON, a table of long texts": _predictions(_texts),
    "JSON, a table of short records": repeated(
        JSON, b'{"a":1,"b":2},', begin=b"[", end=b'{"a":3,"b":4}]'
    ),
    "JSON, a table by columns": of_items(
        JSON, lambda number, chance: b"%d" % number, begin=b'{"a": [1, 2], "b": [', end=b"]}"
    ),
    "JSON, a table with white space": repeated(
        JSON, b'{\n    "a" : 1 ,\n    "b" : "two"\n}\n,\n', begin=b"[", end=b'{"a": 3}]'
    ),
}
