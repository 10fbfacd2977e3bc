"""Text: in lines and without, of letters that are wide, of none, and of other languages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.benchmarks.bodies import empty_lines
from tests.benchmarks.hostile.making import LOREM, TEXT, encoded, of_items, repeated

if TYPE_CHECKING:
    import random

    from tests.benchmarks.hostile.making import Kinds

_LINE = LOREM + b" 1\n"
_PYTHON = b'''@cache
def answer(number: int = 1, *, is_sure: bool = True) -> str:
    """Say it."""
    return f"{number:,}" if is_sure else "no 'idea'"  # as ever


'''
_YAML = b"""- name: one
  values: [1, 2, 3]
  text: >
    lorem ipsum
  nested: {a: 1, b: "two"}
"""


def _log_line(number: int, chance: random.Random) -> bytes:
    at = b"2024-05-%02dT%02d:%02d:%02d.%03dZ" % (
        1 + number // 86_400 % 28,
        number // 3_600 % 24,
        number // 60 % 60,
        number % 60,
        chance.randrange(1000),
    )
    return at + chance.choice((b" INFO", b" WARN", b" ERROR")) + b" worker-1 took %d ms" % number


TEXT_BODIES: Kinds = {
    "text, lines": repeated(TEXT, _LINE),
    "text, one line": repeated(TEXT, LOREM + b" 1 "),
    "text, one line without spaces": repeated(TEXT, b"lorem1"),
    "text, one letter": repeated(TEXT, b"1"),
    "text, empty lines": empty_lines,
    "text, empty lines, CRLF": repeated(TEXT, b"\r\n"),
    "text, lines of a digit": repeated(TEXT, b"1\n"),
    "text, CR": repeated(TEXT, LOREM + b" 1\r"),
    "text, CR only": repeated(TEXT, b"\r"),
    "text, CRLF": repeated(TEXT, LOREM + b" 1\r\n"),
    "text, other line ends": repeated(TEXT, "lorem 1\x0b2\x0c3\x854\u20285\u20296".encode()),
    "text, lines of 10 kB": repeated(TEXT, LOREM * 125 + b" 1\n"),
    "text, spaces": repeated(TEXT, b" "),
    "text, emoji": repeated(TEXT, "👩‍👩‍👧‍👦 👍🏽 🇩🇪 1\n".encode()),
    "text, one line of emoji": repeated(TEXT, "😀".encode()),
    "text, one line of families": repeated(TEXT, "👩‍👩‍👧‍👦".encode()),
    "text, combining characters": repeated(TEXT, "a\u0301\u0323\u0308 1\n".encode()),
    "text, one line of combining characters": repeated(TEXT, "\u0301".encode(), begin=b"a"),
    "text, one line of joiners": repeated(TEXT, "\u200d".encode(), begin=b"a"),
    "text, wide": repeated(TEXT, "東京の天気は晴れです。1\n".encode()),
    "text, one line of wide": repeated(TEXT, "東京の天気".encode()),
    "text, bidirectional": repeated(TEXT, "אבג 1 \u202eדה\u202c world\n".encode()),
    "text, one line from the right": repeated(TEXT, "אבג ".encode()),
    "text, tabs": repeated(TEXT, b"a\tb\t\t1\n"),
    "text, one line of tabs": repeated(TEXT, b"\t"),
    "text, escapes of a terminal": repeated(TEXT, b"\x1b[31mred\x1b[0m 1\x07\n"),
    "text, one line of escapes": repeated(TEXT, b"\x1b]8;;http://a\x1b\\1\x1b]8;;\x1b\\"),
    "text, control characters": repeated(TEXT, b"a\x01\x08\x7f1\n", begin=_LINE * 60),
    "text, bytes that are no UTF-8": repeated(TEXT, b"\xff\xc3(1\n", begin=_LINE * 60),
    "text, Python": repeated("text/x-python", _PYTHON),
    "text, YAML": repeated("application/yaml", _YAML),
    "text, JavaScript on a line": repeated("text/javascript", b"a(function(){return 1});"),
    "text, one string of Python": repeated("text/x-python", _LINE, begin=b'"""'),
    "text, a log": of_items(TEXT, _log_line, between=b"\n"),
    "text, Latin-1": encoded(repeated(TEXT, "Orléans é 1\n".encode()), "latin-1", "latin-1"),
    "text, Latin-1 that is not called so": encoded(
        repeated(TEXT, "Orleans le 1er ete, et apres é\n".encode()), "latin-1"
    ),
    "text, UTF-16": encoded(repeated(TEXT, _LINE), "utf-16"),
    "text, UTF-16, one line": encoded(repeated(TEXT, "é1 ".encode()), "utf-16"),
    "text, of no type": repeated("", _LINE),
    "text, of a type nobody knows": repeated("application/x-none", _LINE),
    "text, prometheus metrics": repeated(
        "text/plain; version=0.0.4", b'requests_total{code="200",path="/a"} 1027 1395066363000\n'
    ),
}
