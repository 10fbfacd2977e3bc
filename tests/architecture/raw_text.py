"""Finds text that could reach a widget unsanitised.

Textual reads markup in most strings it is handed and passes control characters on. So a string in
such a place must be written in the source, or be wrapped: in `Content`, in `Text`, or by
`sanitise`. This looks at the shape of the argument only, through a local name and through calls of
functions whose annotation says that they return `Content`; what it cannot see through is refused.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

CONSTRUCTORS = frozenset({"Static", "Label", "Button", "Option", "Checkbox", "Tab", "Collapsible"})
METHODS = frozenset({"notify", "add_row", "add_column", "add_option", "write_line"})
ATTRIBUTES = frozenset({"border_title", "border_subtitle", "tooltip", "placeholder"})
RETURNED = frozenset({"Content", "ContentText", "Text", "Table"})
WRAPPERS = frozenset({"Content", "Text", "sanitise", "sanitise_block", "sanitised"})


@dataclass(frozen=True, slots=True)
class Finding:
    """One place; `text` is the argument as written."""

    line: int
    sink: str
    text: str


def findings(source: str, wrappers: frozenset[str] = WRAPPERS) -> list[Finding]:
    """List the places of a module where text is neither constant nor wrapped.

    Args:
        source: the module.
        wrappers: names of what makes text safe.
    """
    tree = ast.parse(source)
    look = _Look(wrappers, _assigned(tree))
    return [
        Finding(getattr(node, "lineno", 0), sink, ast.unparse(value))
        for node in ast.walk(tree)
        for sink, value in _sinks(node)
        if not look.is_safe(value)
    ]


def functions_of_content(paths: Iterable[Path]) -> frozenset[str]:
    """Name the functions that say they return `Content`, a `Text` or a table of those."""
    trees = (ast.parse(path.read_text(encoding="utf-8")) for path in paths)
    return frozenset(
        node.name
        for tree in trees
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef) and node.returns is not None
        if ast.unparse(node.returns) in RETURNED
    )


def _sinks(node: ast.AST) -> Iterator[tuple[str, ast.expr]]:
    if isinstance(node, ast.Call) and node.args:
        name = _name(node.func)
        if name in CONSTRUCTORS or name in METHODS:
            yield name, node.args[0]
    if isinstance(node, ast.Assign):
        for target in node.targets:
            if isinstance(target, ast.Attribute) and target.attr in ATTRIBUTES:
                yield target.attr, node.value


def _name(node: ast.expr) -> str:
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def _assigned(tree: ast.AST) -> dict[str, list[ast.expr]]:
    """Map each name of the module to all that is ever assigned to it."""
    found: dict[str, list[ast.expr]] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign):
            for target in node.targets:
                found.setdefault(ast.unparse(target), []).append(node.value)
    return found


@dataclass(frozen=True, slots=True)
class _Look:
    wrappers: frozenset[str]
    assigned: dict[str, list[ast.expr]]

    def is_safe(self, value: ast.expr) -> bool:
        match value:
            case ast.Constant():
                return True
            case ast.Call(func=ast.Attribute(value=ast.Constant(), attr="join"), args=[parts]):
                return bool(_names_in(parts) & self.wrappers)
            case ast.Call(func=func):
                return bool(_names_in(func) & self.wrappers)
            case ast.JoinedStr() | ast.FormattedValue() | ast.IfExp() | ast.BinOp():
                return all(self.is_safe(part) for part in _parts(value))
            case ast.Name(id=name):
                values = self.assigned.get(name, ())
                return name.isupper() or (bool(values) and all(map(self.is_safe, values)))
            case _:
                return False


def _parts(value: ast.expr) -> list[ast.expr]:
    match value:
        case ast.JoinedStr(values=parts):
            return parts
        case ast.FormattedValue(value=inner):
            return [inner]
        case ast.IfExp(body=first, orelse=second) | ast.BinOp(left=first, right=second):
            return [first, second]
        case _:
            return []


def _names_in(func: ast.expr) -> set[str]:
    """Names along a call such as ``Content.assemble`` or ``Content(" ").join``."""
    return {_name(node) for node in ast.walk(func) if isinstance(node, ast.Attribute | ast.Name)}
