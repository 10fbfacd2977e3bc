"""Bodies of the kinds that models answer, of any size, the same ones every time."""

from __future__ import annotations

import json
import random
from base64 import b64encode
from functools import cache
from typing import TYPE_CHECKING

from tui.body.shown_body import ShownBody

if TYPE_CHECKING:
    from collections.abc import Callable

LARGE, MEDIUM, SMALL = 25_000_000, 5_000_000, 25_000
TABLES = ("CSV", "JSON Lines")
"""What opens as a table."""
MARKUP = ("HTML", "XML")
LINES = ("one line", "one line of escapes")
"""One string of JSON: text with a line feed every 80 characters, and text that is not English,
spelt in ASCII."""
KINDS = ("records", "embedding", *LINES, "CSV", "JSON Lines", *MARKUP, "bytes")


_LOREM = b"lorem ipsum dolor sit amet, consetetur sadipscing elitr, sed diam nonumy eirmod"


@cache
def body(kind: str, size_bytes: int) -> ShownBody:
    """Make a body of about that size, the same one every time."""
    chance = random.Random(kind)  # noqa: S311 - made up, not secret
    if kind in LINES:
        words = _LOREM + rb"\n" if kind == "one line" else rb"lorem ipsum \u00e9 dolor sit amet, "
        data = b'{"generated_text": "' + words * (size_bytes // len(words)) + b'"}'
        return ShownBody(data, "application/json")
    if kind == "bytes":
        return ShownBody(chance.randbytes(size_bytes), "application/octet-stream")
    make_item, begin, between, end, content_type = _SPELLINGS[kind]
    items: list[bytes] = []
    size = 0
    while size < size_bytes:
        items.append(make_item(len(items), chance))
        size += len(items[-1]) + len(between)
    return ShownBody(begin + between.join(items) + end, content_type)


def _record(number: int, chance: random.Random) -> bytes:
    record = {
        "id": number,
        "label": f"class {number % 17}",
        "score": chance.random(),
        "is_sure": chance.random() > 0.5,
        "box": [round(chance.random(), 3) for _ in range(4)],
        "text": "short answers, and longer ones too: " * chance.randrange(1, 4),
    }
    return json.dumps(record).encode()


def _vector(_number: int, chance: random.Random) -> bytes:
    return json.dumps([chance.uniform(-1, 1) for _ in range(1024)]).encode()


def _row(number: int, chance: random.Random) -> bytes:
    return f"{number},{chance.random():.6f},class {number % 17},{chance.random():.6f}".encode()


def _table_row(number: int, chance: random.Random) -> bytes:
    return (
        f'<tr class="row"><td>{number}<td><a href="/items/{number}">class {number % 17}</a>'
        f"<td>{chance.random():.6f}<td>sure, or <b>not so sure</b> &amp; more</tr>"
    ).encode()


def _element(number: int, chance: random.Random) -> bytes:
    return (
        f'<record id="{number}"><label>class {number % 17}</label><score>{chance.random():.6f}'
        "</score><note>sure, or <b>not so sure</b></note></record>"
    ).encode()


_Spelling = tuple["Callable[[int, random.Random], bytes]", bytes, bytes, bytes, str]
_SPELLINGS: dict[str, _Spelling] = {
    "records": (_record, b'{"predictions": [', b", ", b"]}", "application/json"),
    "embedding": (_vector, b'{"embeddings": [', b", ", b"]}", "application/json"),
    "CSV": (_row, b"", b"\n", b"\n", "text/csv"),
    "HTML": (_table_row, b"<!doctype html><table>", b"\n", b"</table>", "text/html"),
    "XML": (_element, b"<records>", b"", b"</records>", "application/xml"),
    "JSON Lines": (_record, b"", b"\n", b"\n", "application/jsonlines"),
}


@cache
def digits() -> ShownBody:
    """Make the shortest items that there can be: as many rows as half the bytes."""
    return ShownBody(b"[" + b"1," * (LARGE // 2 - 1) + b"1]", "application/json")


@cache
def ones_on_a_line() -> ShownBody:
    """Make one record of JSON Lines that is nearly all of the body, and full of hits."""
    ones = b"1, " * (LARGE // 3)
    return ShownBody(b'[0]\n{"a": [' + ones + b"1]}\n", "application/jsonlines")


@cache
def words_in_an_item() -> ShownBody:
    """Make one record of an array, full of strings that say what would be no number of JSON."""
    words = b'"NaN", ' * (LARGE // 7)
    return ShownBody(b'{"predictions": [{"a": [' + words + b"1]}]}", "application/json")


@cache
def many_keys(count: int) -> ShownBody:
    """Make records of JSON Lines with so many keys each, as features of a model come."""
    chance = random.Random(count)  # noqa: S311 - made up, not secret
    record = json.dumps({f"feature_{at}": round(chance.random(), 6) for at in range(count)})
    line = record.encode() + b"\n"
    return ShownBody(line * (LARGE // len(line)), "application/jsonlines")


@cache
def pixels() -> ShownBody:
    """Make a table of 784 columns, as pictures of digits come."""
    chance = random.Random("pixels")  # noqa: S311 - made up, not secret
    names = b",".join(b"pixel%d" % at for at in range(784))
    row = _pixels(chance)
    rows = [names, *(_pixels(chance) for _ in range(64))]
    return ShownBody(b"\n".join(rows + rows[1:] * (LARGE // (64 * len(row)))), "text/csv")


def _pixels(chance: random.Random) -> bytes:
    """Return a picture with an empty margin."""
    inked = (chance.randrange(256) if 200 <= at < 600 else 0 for at in range(784))
    return b",".join(b"%d" % value for value in inked)


@cache
def in_latin_1(kind: str) -> ShownBody:
    """Make a body that is not in UTF-8, and has letters in which that matters."""
    made = body(kind, LARGE)
    data = made.data.replace(b"class", b"cl\xe9ss")
    return ShownBody(data, f"{made.content_type}; charset=iso-8859-1")


@cache
def nested() -> ShownBody:
    """Make arrays in one another, deeper than is told."""
    return ShownBody(b"[" * (LARGE // 5) + b"1" + b"]" * (LARGE // 5), "application/json")


@cache
def long_name() -> ShownBody:
    """Make an object of which nearly all is the name of its only member."""
    words = _LOREM + b" "
    return ShownBody(b'{"' + words * (LARGE // len(words)) + b'": 1}', "application/json")


@cache
def image() -> ShownBody:
    """Make one string of base64, as models that draw answer."""
    drawn = random.Random("image").randbytes(LARGE * 3 // 4)  # noqa: S311 - made up, not secret
    return ShownBody(b'{"image": "' + b64encode(drawn) + b'"}', "application/json")


@cache
def empty_lines() -> ShownBody:
    """Make the shortest lines that there can be."""
    return ShownBody(b"\n" * LARGE, "text/plain")


@cache
def short_records() -> ShownBody:
    """Make the shortest records of a table that there can be."""
    return ShownBody(b"3\n1\n2\n0\n7\n" * (LARGE // 10), "text/csv; header=absent")
