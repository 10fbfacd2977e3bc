"""What Python expressions come to, worked out without running them."""

from __future__ import annotations

import ast
import binascii
import json
from base64 import b64decode
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

Value: TypeAlias = "str | bytes | int | float | bool | Path | list[Value] | dict[str, Value] | None"
"""A `Path` stands for the bytes of that file."""

_DUMPS_KEYWORDS = frozenset({"indent", "separators", "ensure_ascii", "sort_keys"})


class CannotTell(Exception):
    """An expression would have to be run."""


class Values:
    """Names as they were set so far, and what expressions come to with them."""

    def __init__(self, names: dict[str, Value] | None = None) -> None:
        self._names: dict[str, Value] = dict(names or {})

    def copy(self) -> Values:
        """Return what is known now."""
        return Values(self._names)

    def learn(self, statement: ast.stmt) -> None:
        """Take note of ``name = value``, or forget what a name was."""
        match statement:
            case ast.Assign(targets=[ast.Name(id=name)], value=node):
                self._set(name, node)
            case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as node):
                self._set(name, node)
            case ast.With(items=[ast.withitem(optional_vars=ast.Name(id=name), context_expr=node)]):
                self._set(name, node)
            case _:
                pass

    def _set(self, name: str, node: ast.expr) -> None:
        try:
            self._names[name] = self.of(node)
        except CannotTell:
            self._names.pop(name, None)

    def of(self, node: ast.expr) -> Value:
        """Return what an expression comes to.

        Raises:
            CannotTell: it would have to be run.
        """
        match node:
            case ast.Name(id=name) if name in self._names:
                return self._names[name]
            case ast.Call():
                return self._called(node)
            case ast.BinOp(left=left, op=ast.Add(), right=right):
                return _joined(self.of(left), self.of(right))
            case ast.Dict(keys=keys, values=values):
                return {
                    self._key(key): self.of(value) for key, value in zip(keys, values, strict=True)
                }
            case ast.List(elts=items) | ast.Tuple(elts=items):
                return [self.of(item) for item in items]
            case _:
                return _literal(node)

    def _key(self, node: ast.expr | None) -> str:
        key = None if node is None else self.of(node)
        if not isinstance(key, str):
            raise CannotTell
        return key

    def _called(self, call: ast.Call) -> Value:
        match call:
            case ast.Call(func=ast.Attribute(value=ast.Name(id="json"), attr="dumps"), args=[node]):
                return self._dumped(node, call.keywords)
            case ast.Call(func=ast.Name(id="dict"), args=[], keywords=keywords):
                return {each.arg or "": self.of(each.value) for each in keywords}
            case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name), args=[node, *_]) if (
                made := _MAKERS.get(name)
            ):
                return made(self.of(node))
            case ast.Call(func=ast.Attribute(value=inner, attr=method)):
                return _method_of(self.of(inner), method)
            case _:
                raise CannotTell

    def _dumped(self, node: ast.expr, keywords: list[ast.keyword]) -> str:
        """Do as ``json.dumps`` does, with the keywords that change how text is spelt."""
        options: dict[str, Value] = {}
        for each in keywords:
            if each.arg not in _DUMPS_KEYWORDS:
                raise CannotTell
            options[each.arg] = self.of(each.value)
        return _dumps(self.of(node), options)


def _dumps(value: Value, options: dict[str, Value]) -> str:
    indent = options.get("indent")
    separators = options.get("separators")
    match separators:
        case None:
            between = None
        case [str() as item, str() as key]:
            between = (item, key)
        case _:
            raise CannotTell
    try:
        return json.dumps(
            value,
            indent=indent if isinstance(indent, int | str) else None,
            separators=between,
            ensure_ascii=bool(options.get("ensure_ascii", True)),
            sort_keys=bool(options.get("sort_keys", False)),
        )
    except (TypeError, ValueError) as error:
        raise CannotTell from error


def _literal(node: ast.expr) -> Value:
    try:
        value: object = ast.literal_eval(node)
    except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError) as error:
        raise CannotTell from error
    if value is None or isinstance(value, str | bytes | int | float):
        return value
    raise CannotTell


def _joined(left: Value, right: Value) -> Value:
    match left, right:
        case str(), str():
            return left + right
        case bytes(), bytes():
            return left + right
        case _:
            raise CannotTell


def _method_of(value: Value, method: str) -> Value:
    match method, value:
        case "encode", str():
            return value.encode("utf-8", "surrogatepass")
        case "decode", bytes():
            return value.decode("utf-8", "replace")
        case "read" | "read_bytes" | "read_text" | "open" | "getvalue", Path():
            return value
        case "strip", str() | bytes():
            return value.strip()
        case _:
            raise CannotTell


def _encoded(value: Value) -> bytes:
    match value:
        case str():
            return value.encode("utf-8", "surrogatepass")
        case bytes():
            return value
        case _:
            raise CannotTell


def _decoded(value: Value) -> bytes:
    try:
        return b64decode(_encoded(value))
    except (binascii.Error, ValueError) as error:
        raise CannotTell from error


def _path(value: Value) -> Path:
    match value:
        case str():
            return Path(value)
        case Path():
            return value
        case _:
            raise CannotTell


def _same(value: Value) -> Value:
    return value


_MAKERS: Mapping[str, Callable[[Value], Value]] = {
    "b64decode": _decoded,
    "BytesIO": _same,
    "StringIO": _same,
    "bytes": _encoded,
    "bytearray": _encoded,
    "open": _path,
    "Path": _path,
}
"""Functions that make a value of their first argument."""
