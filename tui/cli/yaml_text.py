"""Data as ``--output yaml`` of the AWS CLI has it: a name or an item a line, indented.

What could be taken for something else than the text that it is stands in double quotes, with
escapes for all that a terminal might obey; so does what is not ASCII only.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tui.cli.data import Data, Scalar

_PLAIN = re.compile(r"[A-Za-z](?:[\w ./@+=-]|:(?=\S))*(?<! )", re.ASCII)
"""Needs no quotes, unless it is one of the next."""
_WORDS = frozenset({"y", "yes", "n", "no", "true", "false", "on", "off", "null"})


def as_yaml(data: Data) -> str:
    """Return lines."""
    return "".join(f"{line}\n" for line in _lines(data))


def _lines(data: Data) -> Iterator[str]:
    match data:
        case dict() if data:
            for name, each in data.items():
                yield from _entry(f"{_text(name)}:", each)
        case list() if data:
            for each in data:
                first, *others = _lines(each)
                yield f"- {first}"
                yield from (f"  {line}" for line in others)
        case dict():
            yield "{}"
        case list():
            yield "[]"
        case _:
            yield _scalar(data)


def _entry(name: str, value: Data) -> Iterator[str]:
    if not isinstance(value, dict | list) or not value:
        yield f"{name} {next(_lines(value))}"
        return
    yield name
    indent = "  " if isinstance(value, dict) else ""
    yield from (f"{indent}{line}" for line in _lines(value))


def _scalar(value: Scalar) -> str:
    match value:
        case str():
            return _text(value)
        case float():
            return _number(value)
        case _:
            return json.dumps(value)


def _number(value: float) -> str:
    """Spell it so that it is a number also where YAML wants a point in one."""
    text = json.dumps(value)
    if text.lstrip("-") in ("Infinity", "NaN"):
        return text.replace("Infinity", ".inf").replace("NaN", ".nan")
    return text if "." in text else text.replace("e", ".0e")


def _text(text: str) -> str:
    if _PLAIN.fullmatch(text) and text.casefold() not in _WORDS:
        return text
    quoted = json.dumps(text, ensure_ascii=False)
    return quoted if quoted.isprintable() else "".join(map(_escaped, quoted))


def _escaped(character: str) -> str:
    if character.isprintable():
        return character
    code = ord(character)
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"
