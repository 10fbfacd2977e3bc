"""The process that filters a body with JMESPath.

Parsing 25 MB of JSON holds the interpreter for a quarter of a second, and what is kept of it makes
every collection of garbage take another 70 ms. Here both happen to nobody. It is run by its path,
with the program's own library path; the other end is `tui.body.search.filtering`.

    in      size of the expression, the expression, the body
    out     the result as JSON; exit status 0
            or how many lines are no JSON, and the result with null for them; exit status `PARTLY`
            or where the expression fails and why; exit status `REFUSED`
"""

from __future__ import annotations

import json
import re
import struct
import sys
from json.encoder import encode_basestring, encode_basestring_ascii

import jmespath
from jmespath.exceptions import ArityError, JMESPathError, JMESPathTypeError, UnknownFunctionError

TYPE_CHECKING = False  # that of `typing` takes 5 ms to load
if TYPE_CHECKING:
    from typing import BinaryIO, TypeAlias

    Value: TypeAlias = str | float | bool | list["Value"] | dict[str, "Value"] | None

HEAD = struct.Struct("<Q")
"""Size of the expression that follows."""
FAILED_AT = struct.Struct("<q")
"""Where the expression fails, in characters; -1 where that is not known. The reason follows."""
REFUSED = 3
BROKEN_LINES = struct.Struct("<Q")
"""How many lines are no JSON. The result follows."""
PARTLY = 4

_BOM = "\ufeff"
_BLANK = re.compile(r"[ \t\r\n]*+")
_SURROGATE = re.compile("[\ud800-\udfff]")
_RECURSION_MAX = 16_000
"""Enough for 5,000 brackets within one another."""
_FUNCTION = re.compile(r"[A-Za-z_][A-Za-z0-9_]*(?=\()")


class Spelt(float):
    """A number that remembers how it was spelt: ``1E5`` stays ``1E5``, ``1e400`` stays finite."""

    spelling: str

    def __new__(cls, spelling: str) -> Spelt:
        """Read a number."""
        number = super().__new__(cls, spelling)
        number.spelling = spelling
        return number


Spelt.__name__ = "float"  # JMESPath tells numbers by the names of their types


def parse(text: str) -> Value:
    """Return the value of JSON; several after one another count as one array.

    Raises:
        json.JSONDecodeError: it is not JSON.
    """
    decoder = json.JSONDecoder(parse_float=_read_number)
    values: list[Value] = []
    at = _after_blank(text, len(_BOM) if text.startswith(_BOM) else 0)
    while at < len(text) or not values:
        value, at = decoder.raw_decode(text, at)
        values.append(value)
        at = _after_blank(text, at)
    return values[0] if len(values) == 1 else values


def parse_lines(text: str) -> tuple[list[Value], int]:
    """Return the values of JSON Lines, and how many lines are none; nothing at all if most are.

    A line that is none is null, so that all others are where their paths say.
    What is one value over many lines has lines that are JSON, too.
    """
    decoder = json.JSONDecoder(parse_float=_read_number)
    values: list[Value] = []
    broken = 0
    are_records = True
    for line in text.removeprefix(_BOM).split("\n"):
        if not line.strip():
            continue
        try:
            values.append(decoder.decode(line))
            are_records = are_records and isinstance(values[-1], (dict, list))
        except (json.JSONDecodeError, RecursionError):
            values.append(None)
            broken += 1
    return (values, broken) if are_records and len(values) >= 2 * broken else ([], broken)


def spell(value: Value) -> str:
    """Return a value as JSON on one line."""
    if isinstance(value, str):
        return _spell_string(value)
    if isinstance(value, Spelt):
        return value.spelling
    if isinstance(value, list):
        return f"[{', '.join([spell(each) for each in value])}]"
    if isinstance(value, dict):
        members = [f"{_spell_string(key)}: {spell(each)}" for key, each in value.items()]
        return f"{{{', '.join(members)}}}"
    return json.dumps(value)


def main(requests: BinaryIO, answers: BinaryIO) -> int:
    """Filter one body and return the exit status."""
    (size,) = HEAD.unpack(requests.read(HEAD.size))
    expression = requests.read(size).decode("utf-8", "surrogatepass")
    sys.setrecursionlimit(_RECURSION_MAX)
    sys.set_int_max_str_digits(0)
    try:
        value, broken = _read(requests.read().decode("utf-8", "replace"))
        result = spell(jmespath.search(expression, value))
    except (JMESPathError, ValueError, ArithmeticError, RecursionError, TypeError) as error:
        at, reason = _failure(error, expression)
        answers.write(FAILED_AT.pack(at) + reason.encode("utf-8", "replace"))
        return REFUSED
    if broken:
        answers.write(BROKEN_LINES.pack(broken))
    answers.write(result.encode("utf-8"))
    return PARTLY if broken else 0


def _read(text: str) -> tuple[Value, int]:
    """Return the value of a body, and how many lines of it are null, being no JSON."""
    try:
        return parse(text), 0
    except json.JSONDecodeError:
        values, broken = parse_lines(text)
        if not values:
            raise
        return values, broken


def _read_number(spelling: str) -> float:
    """Read a number; most are spelt as Python spells them, and need no memory of it."""
    number = float(spelling)
    return number if repr(number) == spelling else Spelt(spelling)


def _spell_string(text: str) -> str:
    # A lone surrogate has no bytes in UTF-8, but JSON can spell it.
    return encode_basestring_ascii(text) if _SURROGATE.search(text) else encode_basestring(text)


def _after_blank(text: str, at: int) -> int:
    found = _BLANK.match(text, at)
    return found.end() if found else at


def _failure(error: Exception, expression: str) -> tuple[int, str]:
    """Return where in the expression it failed, if it did there, and why."""
    match error:
        case json.JSONDecodeError():
            return -1, f"the body is not JSON: line {error.lineno}, column {error.colno}"
        case RecursionError():
            return -1, "nested too deeply"
        case JMESPathTypeError():
            wanted = " or ".join(error.expected_types)
            reason = f"{error.function_name}() takes {wanted}, this is {error.actual_type}"
            return _place_of(error.function_name, expression), reason
        case ArityError():
            return _place_of(error.function_name, expression), str(error)
        case UnknownFunctionError():
            name = next(iter(_FUNCTION.findall(str(error))), "")
            return _place_of(name, expression), f"there is no function {name}()"
        case _:
            return -1, str(error)


def _place_of(function_name: str, expression: str) -> int:
    found = re.search(rf"\b{re.escape(function_name)}\(", expression)
    return found.start() if found else -1


if __name__ == "__main__":
    sys.exit(main(sys.stdin.buffer, sys.stdout.buffer))
