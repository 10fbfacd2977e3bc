"""Finds text that could reach a widget unsanitised, or be read there as markup.

Textual reads markup in most strings it is handed and passes control characters on. So what goes
into such a place must be LITERAL: written in the source, or made into `Content` or a `Text`. Where
markup is off, a SANITISED string will do. Everything else is BARE, and so is whatever this cannot
see through: it looks at the shape of the argument, at what a function's own names are bound to,
and at annotations that say that `Content` is returned.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass, field
from enum import IntEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

CONSTRUCTORS = frozenset(
    {
        "Static", "Label", "Button", "Option", "Checkbox", "TickBox", "RadioButton", "Tab",
        "TabPane", "Collapsible", "Selection", "ListItem", "Link", "Header",
    }
)  # fmt: skip
"""Widgets and parts of widgets that draw their arguments."""
METHODS = frozenset(
    {
        "notify", "add_row", "add_rows", "add_column", "add_columns", "add_option", "add_options",
        "add_leaf", "set_label", "update", "update_cell", "write_line", "add_tab", "panic",
    }
)  # fmt: skip
"""Methods of those, drawing their arguments."""
ATTRIBUTES = frozenset({"border_title", "border_subtitle", "tooltip", "label", "prompt"})
"""Attributes that are drawn."""
NOT_DRAWN = frozenset(
    {
        "id", "classes", "name", "severity", "timeout", "markup", "variant", "disabled", "key",
        "width", "height", "data", "value", "action", "url", "expand", "collapsed", "default",
        "compact", "flat", "show_clock", "icon", "time_format", "allow_expand", "before", "after",
        "shrink", "layout", "min_width", "max_width", "no_wrap",
    }
)  # fmt: skip
"""Keyword arguments of all of them that are not."""
MADE = frozenset({"Content", "ContentText", "Text", "Table", "Option", "Selection"})
"""Types whose text is taken as it is; what options are made of is looked at on its own."""
NUMBERS = frozenset({"int", "float", "bool"})
SANITISERS = frozenset({"sanitise", "sanitise_block", "remove_unsafe"})
FROM_MARKUP = frozenset({"from_markup", "assemble_markup"})


class Grade(IntEnum):
    """How far a text may go."""

    BARE = 0
    SANITISED = 1
    LITERAL = 2


@dataclass(frozen=True, slots=True)
class Finding:
    """One place; `text` is the argument as written."""

    line: int
    sink: str
    text: str


def findings(source: str, made: frozenset[str] = MADE) -> list[Finding]:
    """List the places of a module that may be handed what they should not.

    Args:
        source: the module.
        made: names of types, and of functions that return them, whose text is taken as it is.
    """
    return list(_in_scope(ast.parse(source), _Names(made)))


def functions_of_content(paths: Iterable[Path]) -> frozenset[str]:
    """Name the functions that say they return one of `MADE`."""
    trees = (ast.parse(path.read_text(encoding="utf-8")) for path in paths)
    return frozenset(
        node.name
        for tree in trees
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef) and node.returns is not None
        if ast.unparse(node.returns) in MADE
    )


@dataclass(frozen=True, slots=True)
class _Names:
    """What is known of names in one scope; None among the values means: something unknown."""

    made: frozenset[str]
    bound: dict[str, list[ast.expr | None]] = field(default_factory=dict)

    def inside(self, scope: ast.AST) -> _Names:
        return _Names(self.made, {**self.bound, **_bound_in(scope)})

    def grade(self, value: ast.expr, seen: frozenset[str] = frozenset()) -> Grade:
        match value:
            case ast.Constant():
                return Grade.LITERAL
            case ast.JoinedStr(values=parts):
                return min((self._spliced(part, seen) for part in parts), default=Grade.LITERAL)
            case ast.IfExp(body=first, orelse=second) | ast.BinOp(left=first, right=second):
                return min(self.grade(first, seen), self.grade(second, seen))
            case ast.BoolOp(values=values) | ast.Tuple(elts=values) | ast.List(elts=values):
                return min((self.grade(each, seen) for each in values), default=Grade.LITERAL)
            case ast.Starred(value=each) | ast.GeneratorExp(elt=each) | ast.ListComp(elt=each):
                return self.grade(each, seen)
            case ast.Call():
                return self._of_call(value, seen)
            case ast.Name(id=name):
                return self._of_name(name, seen)
            case _:
                return Grade.BARE

    def _spliced(self, part: ast.expr, seen: frozenset[str]) -> Grade:
        """Grade a part of an f-string: `Content` inside becomes a plain string again."""
        inner = part.value if isinstance(part, ast.FormattedValue) else part
        if isinstance(inner, ast.Call) and self._makes(inner):
            return Grade.BARE
        return self.grade(inner, seen)

    def _of_name(self, name: str, seen: frozenset[str]) -> Grade:
        if name in seen:  # bound to itself and something more, which is graded where it stands
            return Grade.LITERAL
        if name not in self.bound:
            return Grade.LITERAL if name.isupper() else Grade.BARE
        values = self.bound[name]
        return min(
            Grade.BARE if each is None else self.grade(each, seen | {name}) for each in values
        )

    def _of_call(self, call: ast.Call, seen: frozenset[str]) -> Grade:
        name = _name(call.func)
        if name in FROM_MARKUP:
            return self.grade(call.args[0], seen) if call.args else Grade.BARE
        if self._makes(call):
            return Grade.LITERAL
        if name in SANITISERS:
            return Grade.SANITISED
        if name == "join" and call.args:
            return self._of_join(call.args[0], seen)
        return Grade.BARE

    def _of_join(self, parts: ast.expr, seen: frozenset[str]) -> Grade:
        match parts:
            case ast.Call(func=ast.Name(id="map"), args=[ast.Name(id=name), *_]):
                return Grade.SANITISED if name in SANITISERS else Grade.BARE
            case ast.Call(func=ast.Name(id="filter"), args=[ast.Constant(value=None), kept]):
                return self.grade(kept, seen)
            case ast.GeneratorExp(elt=each) | ast.ListComp(elt=each):
                return self._spliced(each, seen)
            case _:
                return self.grade(parts, seen)

    def _makes(self, call: ast.Call) -> bool:
        """Whether a call is ``Content(...)``, ``Content.assemble(...)``, ``Content(" ").join``."""
        chain = {
            _name(node)
            for node in ast.walk(call.func)
            if isinstance(node, ast.Attribute | ast.Name)
        }
        return bool(chain & self.made)


def _in_scope(scope: ast.AST, names: _Names) -> Iterator[Finding]:
    """Yield the findings of a module or function, those of the functions in it included."""
    known = names.inside(scope)
    for node in _own_nodes(scope):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            yield from _in_scope(node, known)
            continue
        for sink, value, needed in _sinks(node):
            if known.grade(value) < needed:
                yield Finding(value.lineno, sink, ast.unparse(value))


def _own_nodes(scope: ast.AST) -> Iterator[ast.AST]:
    """Yield what is in a scope, functions in it unopened."""
    for child in ast.iter_child_nodes(scope):
        yield child
        if not isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            yield from _own_nodes(child)


def _sinks(node: ast.AST) -> Iterator[tuple[str, ast.expr, Grade]]:
    """Yield (place, what it is handed, what it needs)."""
    if isinstance(node, ast.Call):
        name = _name(node.func)
        is_method = isinstance(node.func, ast.Attribute)
        if name in CONSTRUCTORS or (is_method and name in METHODS):
            yield from ((name, value, _needed(node)) for value in _drawn(node))
    if isinstance(node, ast.Assign | ast.AnnAssign | ast.AugAssign) and node.value is not None:
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        for target in targets:
            if isinstance(target, ast.Attribute) and target.attr in ATTRIBUTES:
                yield target.attr, node.value, Grade.LITERAL


def _drawn(call: ast.Call) -> list[ast.expr]:
    named = [each.value for each in call.keywords if each.arg not in {*NOT_DRAWN, None}]
    return [*call.args, *named]


def _needed(call: ast.Call) -> Grade:
    off = any(
        each.arg == "markup" and isinstance(each.value, ast.Constant) and each.value.value is False
        for each in call.keywords
    )
    return Grade.SANITISED if off else Grade.LITERAL


def _bound_in(scope: ast.AST) -> dict[str, list[ast.expr | None]]:
    """Map each name that a scope binds to what it is bound to."""
    bound: dict[str, list[ast.expr | None]] = {}
    if isinstance(scope, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
        for argument in ast.walk(scope.args):
            if isinstance(argument, ast.arg):
                kind = ast.unparse(argument.annotation) if argument.annotation else ""
                is_safe = kind in MADE | NUMBERS
                bound.setdefault(argument.arg, []).append(ast.Constant("") if is_safe else None)
    plain: set[ast.AST] = set()
    for node in _own_nodes(scope):
        for target, value in _plain_bindings(node):
            plain.add(target)
            bound.setdefault(target.id, []).append(value)
    for node in _own_nodes(scope):
        is_target = isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
        if is_target and node not in plain:
            bound.setdefault(node.id, []).append(None)
    return bound


def _plain_bindings(node: ast.AST) -> Iterator[tuple[ast.Name, ast.expr]]:
    match node:
        case ast.Assign(targets=targets, value=value):
            yield from ((each, value) for each in targets if isinstance(each, ast.Name))
        case ast.AnnAssign(target=ast.Name() as target, value=ast.expr() as value):
            yield target, value
        case ast.AugAssign(target=ast.Name() as target, value=value):
            yield target, value
        case ast.NamedExpr(target=target, value=value):
            yield target, value


def _name(node: ast.expr) -> str:
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""
