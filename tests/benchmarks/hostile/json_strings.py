"""JSON that is mostly strings: long ones, many, escaped ones, and files in base64."""

from __future__ import annotations

from base64 import b64encode
from functools import partial
from io import BytesIO
from typing import TYPE_CHECKING

from PIL import Image

from tests.benchmarks.bodies import LARGE, image
from tests.benchmarks.hostile.making import (
    JSON,
    LOREM,
    chance_of,
    filled,
    of_items,
    repeated,
    whole,
)

if TYPE_CHECKING:
    import random

    from tests.benchmarks.hostile.making import Kinds, Make

_ONE_STRING = {
    "plain": LOREM + b" ",
    "of line feeds, escaped": rb"\n",
    "of escapes": rb"lorem\tipsum\n\\dolor\/sit\r\n ",
    "of escaped letters": rb"lorem \u00e9 ipsum 1, ",
    "of letters": "é1 ".encode(),
    "of emoji": "👩‍👩‍👧‍👦 1, ".encode(),
    "of escaped emoji": rb"\ud83d\ude00",
    "of halves of emoji": rb"\ud83d 1 \ude00\ude00",
    "of quotes, escaped": rb"\"",
    "of backslashes, escaped": rb"\\",
    "of escapes that are none": rb"\x \q \u12 ",
    "of control characters": b"a\x01\x02\x1b[31m\x7f1 ",
    "of line feeds": b"lorem ipsum 1\n",
    "of bytes that are no UTF-8": b"lorem \xff\xfe ipsum 1 \xc3 ",
    "of the lead of a character": b"\xe2\x82",
    "of digits": b"1",
    "of JSON": rb"{\"a\": [1, 2, {\"b\": \"c\"}]}, ",
    "of brackets": b"[{]}",
    "of HTML": rb"<p class=\"a\">one &amp; two</p>\n",
    "of Thai": "กำลังเรียน 1 ".encode(),
    "of combining characters": b"a" + "\u0301\u0323".encode() * 20,
}
_BEGIN = b'{"text": "' + LOREM * 60 + b'", '
"""Enough to be told from bytes that are no text."""
_STRINGS_OF = {"1 kB": 1_000, "100 kB": 100_000, "5 MB": 5_000_000}


def _strings(size: int) -> Make:
    words = filled(LOREM + rb"\n", size=size)
    return repeated(JSON, b'"' + words + b'", ', begin=b"[", end=b"1]")


def _picture(width: int, height: int) -> bytes:
    """Return a PNG of noise."""
    noise = chance_of("picture").randbytes(width * height * 3)
    file = BytesIO()
    Image.frombytes("RGB", (width, height), noise).save(file, "png")
    return file.getvalue()


def _picture_in_json() -> bytes:
    return b'{"image": "' + b64encode(_picture(2500, 2500)) + b'"}'


def _pictures(width: int) -> bytes:
    encoded = b64encode(_picture(width, width))
    return filled(b'{"image": "' + encoded + b'"}, ', begin=b'{"images": [', end=b"1]}")


def _noise(size: int, _number: int, chance: random.Random) -> bytes:
    return b'"' + b64encode(chance.randbytes(size)) + b'"'


def _short(number: int, _chance: random.Random) -> bytes:
    return b'"class %d"' % (number % 17)


JSON_STRINGS: Kinds = {
    **{
        f"JSON, one string {what}": repeated(JSON, unit, begin=_BEGIN + b'"a": "', end=b'"}')
        for what, unit in _ONE_STRING.items()
    },
    "JSON, nothing but a string": repeated(JSON, LOREM + b" ", begin=b'"', end=b'"'),
    **{f"JSON, strings of {what}": _strings(size) for what, size in _STRINGS_OF.items()},
    "JSON, strings of escapes": repeated(
        JSON, rb'"\u00e9\n\"1\"", "\ud83d\ude00", ', begin=b"[", end=b"1]"
    ),
    "JSON, strings of control characters": repeated(
        JSON, b'"a\x00b\x1b[1m1", ', begin=_BEGIN + b'"a": [', end=b"1]}"
    ),
    "JSON, strings that are no UTF-8": repeated(
        JSON, b'"a\xff1\xe9", ', begin=_BEGIN + b'"a": [', end=b"1]}"
    ),
    "JSON, strings of emoji": repeated(JSON, '"👍🏽 1", '.encode(), begin=b"[", end=b"1]"),
    "JSON, predictions of strings": of_items(JSON, _short, begin=b'{"predictions": [', end=b"]}"),
    "JSON, base64 of noise": image,
    "JSON, base64 of a PNG": whole(JSON, _picture_in_json),
    "JSON, base64 of small PNGs": whole(JSON, partial(_pictures, 8)),
    "JSON, base64 of PNGs of 100 kB": whole(JSON, partial(_pictures, 180)),
    "JSON, base64 of 20 bytes": of_items(JSON, partial(_noise, 20), begin=b"[", end=b"]"),
    "JSON, base64 of 1 kB": of_items(JSON, partial(_noise, 1_000), begin=b"[", end=b"]"),
    "JSON, base64 in lines": repeated(
        JSON, b64encode(bytes(range(57))) + rb"\n", begin=b'{"a": "', end=b'"}', size=LARGE
    ),
}
