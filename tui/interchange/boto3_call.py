"""A boto3 call of ``invoke_endpoint``, read as a request and never run.

The text is parsed as Python; values are worked out where that needs no running: literals, names
that were set to such before, ``json.dumps``, ``.encode()``, ``open(…).read()``, ``b64decode``, and
the like. What cannot be worked out is a note, with the expression as it stands.
"""

from __future__ import annotations

import ast
import re
from pathlib import Path
from textwrap import dedent
from typing import TYPE_CHECKING

from tui.domain.errors import RequestInvalid
from tui.domain.fields import FIELDS
from tui.domain.requests import FileBody, InlineBody
from tui.interchange.pasted import Pasted, Reading
from tui.interchange.python_values import CannotTell, Values

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tui.interchange.python_values import Value

CALL = "invoke_endpoint"
_OTHER_CALLS = ("invoke_endpoint_async", "invoke_endpoint_with_response_stream")
_ATTRIBUTES = {each.api_name: each.attribute for each in FIELDS}
_PROMPT = re.compile(r"^(?:>>>|\.\.\.|In \[\d+\]:)[ ]?", re.MULTILINE)
_CONNECTION = {"profile_name": "profile", "region_name": "region", "endpoint_url": "endpoint_url"}


def is_boto3_call(text: str) -> bool:
    """Whether a text calls boto3's method."""
    return re.search(rf"\.\s*{CALL}\w*\s*\(", text) is not None


def read_boto3_call(text: str) -> Pasted:
    """Read the last call in a text.

    Raises:
        RequestInvalid: it is no Python, or calls another operation only.
    """
    reading, values = Reading(), Values()
    found: tuple[ast.Call, Values] | None = None
    for statement in _statements(_parsed(text).body):
        values.learn(statement)
        for call in _calls(statement):
            _read_connection(call, values, reading)
            if _method(call) == CALL:
                found = call, values.copy()
    if found is None:
        raise RequestInvalid(
            summary="The text does not call invoke_endpoint",
            hint="Its arguments can be typed into the form.",
        )
    _read_arguments(*found, reading)
    return reading.finish()


def _parsed(text: str) -> ast.Module:
    cleaned = dedent(_PROMPT.sub("", text)).strip("\n")
    try:
        return ast.parse(cleaned)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        call = _call_alone(cleaned)
        if call is not None:
            return call
        raise RequestInvalid(
            summary=f"This is no Python that can be read: {_reason(error)}",
            hint="Copy the whole call, from its name to the closing bracket.",
        ) from error


def _reason(error: Exception) -> str:
    if isinstance(error, SyntaxError):
        return f"{error.msg} in line {error.lineno}"
    return "it is nested too deeply" if isinstance(error, RecursionError) else f"{error}"


def _call_alone(text: str) -> ast.Module | None:
    """Parse from the call on to the first bracket with which it is whole."""
    found = re.search(rf"[\w.]+\.{CALL}\s*\(", text)
    if found is None:
        return None
    for closing in list(re.finditer(r"\)", text[found.start() :]))[:200]:
        try:
            return ast.parse(text[found.start() : found.start() + closing.end()])
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            continue
    return None


def _statements(body: list[ast.stmt]) -> Iterator[ast.stmt]:
    """Yield simple statements in their order, those inside functions and blocks too."""
    for statement in body:
        inner = [
            child
            for name in ("body", "handlers", "orelse", "finalbody")
            for child in getattr(statement, name, [])
        ]
        if not inner:
            yield statement
            continue
        for child in inner:
            yield from _statements(child.body if isinstance(child, ast.ExceptHandler) else [child])


def _calls(statement: ast.stmt) -> Iterator[ast.Call]:
    return (node for node in ast.walk(statement) if isinstance(node, ast.Call))


def _method(call: ast.Call) -> str:
    match call.func:
        case ast.Attribute(attr=name):
            return name
        case _:
            return ""


def _read_connection(call: ast.Call, values: Values, reading: Reading) -> None:
    """Take profile, region and address from ``Session(…)`` and ``client(…)``."""
    if _method(call) not in ("Session", "client"):
        return
    for keyword in call.keywords:
        attribute = _CONNECTION.get(keyword.arg or "")
        if attribute is None:
            continue
        try:
            value = values.of(keyword.value)
        except CannotTell:
            continue
        if isinstance(value, str):
            setattr(reading, attribute, value)


def _read_arguments(call: ast.Call, values: Values, reading: Reading) -> None:
    for name, node in _arguments(call, values, reading):
        attribute = _ATTRIBUTES.get(name)
        if attribute is None:
            reading.note(f"{name} is no member of InvokeEndpoint and was left out")
            continue
        try:
            value = values.of(node) if isinstance(node, ast.expr) else node
        except CannotTell:
            shown = ast.unparse(node) if isinstance(node, ast.expr) else ""
            reading.note(f"{name} is worked out by the script and was left out: {shown}")
            continue
        _take(name, attribute, value, reading)


def _arguments(
    call: ast.Call, values: Values, reading: Reading
) -> Iterator[tuple[str, ast.expr | Value]]:
    for keyword in call.keywords:
        if keyword.arg is not None:
            yield keyword.arg, keyword.value
            continue
        try:
            spread = values.of(keyword.value)
        except CannotTell:
            spread = None
        if isinstance(spread, dict):
            yield from spread.items()
        else:
            reading.note(f"**{ast.unparse(keyword.value)} could not be read and was left out")


def _take(name: str, attribute: str, value: Value, reading: Reading) -> None:
    match value:
        case str() | bytes() | Path() if attribute == "body":
            reading.body = _body(value)
        case str():
            reading.members[attribute] = value
        case None:
            pass
        case _:
            reading.note(f"{name} is no text and was left out")


def _body(value: str | bytes | Path) -> InlineBody | FileBody:
    match value:
        case str():
            return InlineBody(data=value.encode("utf-8", "surrogatepass"))
        case bytes():
            return InlineBody(data=value)
        case _:
            return FileBody(path=value)
