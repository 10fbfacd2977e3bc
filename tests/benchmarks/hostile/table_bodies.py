"""CSV: short, wide, ragged, quoted, and in other encodings."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from tests.benchmarks.bodies import LARGE, body, in_latin_1, pixels, short_records
from tests.benchmarks.hostile.making import (
    CSV,
    LOREM,
    broken,
    encoded,
    of_items,
    repeated,
    replaced,
)

if TYPE_CHECKING:
    import random

    from tests.benchmarks.hostile.making import Kinds

_ROWS = partial(body, "CSV", LARGE)
_NAMES = b"id,score,label\n"
_TSV = "text/tab-separated-values"


def _row(number: int, chance: random.Random) -> bytes:
    return b"%d,%.6f,class %d" % (number, chance.random(), number % 17)


def _ragged(_number: int, chance: random.Random) -> bytes:
    return b",".join([b"%d" % chance.randrange(100)] * chance.randrange(1, 40))


def _wide(columns: int, _number: int, chance: random.Random) -> bytes:
    return b",".join(b"%d" % chance.randrange(1000) for _ in range(columns))


def _one(_number: int, chance: random.Random) -> bytes:
    return b"%.6f" % chance.random()


TABLE_BODIES: Kinds = {
    "CSV, rows": _ROWS,
    "CSV, short rows": short_records,
    "CSV, rows of two digits": repeated(CSV, b"1,2\n"),
    "CSV, quoted": repeated(CSV, b'"1","lorem, ipsum","say ""no"""\n', begin=_NAMES),
    "CSV, quoted with line feeds": repeated(CSV, b'1,"lorem\nipsum\n",0.5\n', begin=_NAMES),
    "CSV, quoted with CRLF": repeated(CSV, b'1,"lorem\r\nipsum\r\n",0.5\r\n', begin=_NAMES),
    "CSV, a quote without an end at the start": broken(_ROWS, 0.00001, b'\n"'),
    "CSV, a quote without an end in the middle": broken(_ROWS, 0.5, b'\n"'),
    "CSV, one cell of quotes": repeated(CSV, b'""', begin=b'a,b\n1,"', end=b'"\n'),
    "CSV, quotes in cells that are not quoted": repeated(CSV, b'1,5" by 3",2\n', begin=_NAMES),
    "CSV, quoted with apostrophes": repeated(CSV, b"1,'lorem, ipsum',2\n", begin=_NAMES),
    "CSV, pixels, 784 columns": pixels,
    "CSV, 10,000 columns": of_items(CSV, partial(_wide, 10_000), between=b"\n"),
    "CSV, ragged": of_items(CSV, _ragged, begin=_NAMES, between=b"\n"),
    "CSV, one column": of_items(CSV, _one, begin=b"score\n", between=b"\n"),
    "CSV, one column of digits": repeated(CSV, b"1\n"),
    "CSV, tabs": replaced(replaced(_ROWS, b",", b"\t"), b"class ", b"class"),
    "CSV, tabs of their own type": of_items(
        _TSV, lambda number, chance: _row(number, chance).replace(b",", b"\t"), between=b"\n"
    ),
    "CSV, semicolons": replaced(_ROWS, b",", b";"),
    "CSV, vertical bars": replaced(_ROWS, b",", b"|"),
    "CSV, Latin-1": partial(in_latin_1, "CSV"),
    "CSV, UTF-16": encoded(_ROWS, "utf-16"),
    "CSV, UTF-16 by charset": encoded(_ROWS, "utf-16-le", "utf-16le"),
    "CSV, a byte order mark": broken(_ROWS, 0, b"\xef\xbb\xbf"),
    "CSV, one row": repeated(CSV, b"1,"),
    "CSV, one row of texts": repeated(CSV, b"lorem ipsum 1,", begin=_NAMES),
    "CSV, two long rows": repeated(CSV, b"1,2," * 3_000_000 + b"3\n"),
    "CSV, one long cell": repeated(CSV, LOREM, begin=b"a,b\n1,", end=b"\n2,3\n"),
    "CSV, one long quoted cell": repeated(CSV, LOREM + b"\n", begin=b'a,b\n1,"', end=b'"\n2,3\n'),
    "CSV, long cells": repeated(CSV, b"1," + LOREM * 120 + b",2\n", begin=_NAMES),
    "CSV, empty cells": repeated(CSV, b"," * 20 + b"\n"),
    "CSV, empty cells of one row": repeated(CSV, b","),
    "CSV, empty rows": repeated(CSV, b"\n", begin=_NAMES),
    "CSV, CRLF": replaced(_ROWS, b"\n", b"\r\n"),
    "CSV, CR": replaced(_ROWS, b"\n", b"\r"),
    "CSV, bytes that are no UTF-8": repeated(CSV, b"1,a\xff\xe9,0.5\n", begin=_NAMES),
    "CSV, NUL": repeated(CSV, b"1,a\x00b,0.5\n", begin=_NAMES + b"1,a,0.5\n" * 600),
    "CSV, emoji": repeated(CSV, "1,👍🏽 é,0.5\n".encode(), begin=_NAMES),
    "CSV, JSON in cells": repeated(CSV, b'1,"{""a"": [1, 2]}",0.5\n', begin=_NAMES),
}
