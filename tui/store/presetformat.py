"""A preset as a TOML file: readable, diffable, shared by git.

    version = 1
    operation = "InvokeEndpoint"
    description = "Two flowers"             optional, as all below
    endpoint_name = "iris-classifier"       the SageMaker members, in snake_case
    content_type = "text/csv"
    placeholders = false                    send double braces as they stand
    keep_bodies = false                     keep no bodies in the history
    body = '5.1,3.5,1.4,0.2'                see `tui.store.bodyformat`

    [variables]
    city = { prompt = "Which city?", default = "Zürich" }

An unknown key is a fault, since it is a typing error more often than not. A file that is there is
changed where the preset differs and nowhere else: comments, order and spelling are the user's.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, cast

from tui.domain.fields import TEXT_FIELDS
from tui.domain.presets import Preset, Variable, variable_name_problem
from tui.domain.requests import FileBody, InlineBody, InvocationRequest
from tui.store.bodyformat import (
    BODY_KEYS,
    FileBeside,
    own_file,
    read_body,
    settled_path,
    spell_body,
)
from tui.store.problems import Problem, unknown
from tui.store.tomlfiles import parse_toml
from tui.store.tomlwriting import spelled_key, spelled_literal, spelled_switch, spelled_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from tui.domain.requests import RequestBody

VERSION = 1
OPERATION = "InvokeEndpoint"
MEMBERS = tuple(field.attribute for field in TEXT_FIELDS)
SWITCHES = ("placeholders", "keep_bodies")
KEYS = ("version", "operation", "description", *MEMBERS, *SWITCHES, *BODY_KEYS, "variables")
VARIABLE_KEYS = ("prompt", "default")

_LINE_IN_MESSAGE = re.compile(r"at line (\d+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """The first thing that is wrong in a file."""

    reason: str
    key: str = ""
    line: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SpelledPreset:
    """A preset as it goes to disk."""

    text: str
    beside: FileBeside | None = None


def parse_preset(text: str, path: Path) -> Preset | Fault:
    """Read a preset's text, and the file beside it that holds its body, if there is one. Blocks.

    Args:
        text: of the TOML file.
        path: the TOML file, absolute; files are named from there.
    """
    table = parse_toml(text, path)
    if isinstance(table, Problem):
        return _not_toml(table.rule, text)
    preset = preset_of_table(table, path)
    return _at_line(preset, text) if isinstance(preset, Fault) else preset


def preset_of_table(table: Mapping[str, object], path: Path) -> Preset | Fault:
    """Read a preset's table, and the file beside it that holds its body. Blocks.

    Args:
        table: TOML that has nothing else in it.
        path: the file that it came from, absolute.
    """
    if fault := next(_faults(table), None):
        return fault
    body = read_body(table, path)
    if isinstance(body, tuple):
        return Fault(key=body[0], reason=body[1])
    return _preset_of(table, body)


def parse_heading(text: str, path: Path) -> tuple[str, str] | Fault:
    """Check a preset's text and return (endpoint, description); files beside are not looked at."""
    table = parse_toml(text, path)
    if isinstance(table, Problem):
        return _not_toml(table.rule, text)
    if fault := next(_faults(table), None) or _body_fault(table, path):
        return _at_line(fault, text)
    return str(table.get("endpoint_name", "")), str(table.get("description", ""))


def own_file_of(text: str, path: Path) -> Path | None:
    """Return the file beside a preset that holds its body and is its own, if any. Blocks."""
    table = parse_toml(text, path)
    return None if isinstance(table, Problem) else own_file(table, path)


def spell_preset(preset: Preset, path: Path, *, root: Path, old_text: str = "") -> SpelledPreset:
    """Spell a preset for the TOML file ``path``.

    Args:
        preset: what is to be spelled.
        path: of the file.
        root: the folder of presets; see `spell_body`.
        old_text: what the file, a valid preset, holds now; empty when it is new.

    Raises:
        ValueError: a text that no TOML can hold, which is one with a lone surrogate.
    """
    preset = settled(preset)
    request = preset.request
    body = spell_body(request.body, path, root=root, content_type=request.content_type)
    fresh = SpelledPreset(text="\n".join(_lines(preset, body.line)), beside=body.beside)
    old = parse_toml(old_text, path) if old_text else {}
    if isinstance(old, Problem) or not old:
        return fresh
    # A body that is the same stays as somebody wrote it, in whichever of the three ways.
    kept = BODY_KEYS if body.beside is None and read_body(old, path) == request.body else ()
    if tuple(_variables(old)) == preset.variables:
        kept = (*kept, "variables")
    lines = tuple(_lines(preset, body.line))
    ways = ((_with_new_lines(old_text, old, lines), ()), (old_text, ()), (old_text, ("variables",)))
    candidates = (_merged(text, fresh.text, kept, whole) for text, whole in ways)
    # Whatever a merge makes of odd but valid files, what is written reads back as what was saved.
    exact = (text for text in candidates if text and _reads_as(text, preset, path, fresh.beside))
    return replace(fresh, text=next(exact, fresh.text))


def settled(preset: Preset) -> Preset:
    """Return a preset whose body's file is named as it can be written: from the root, or ``~``."""
    match preset.request.body:
        case FileBody(path=path):
            body = FileBody(path=settled_path(path))
            return replace(preset, request=replace(preset.request, body=body))
        case InlineBody():
            return preset


def _with_new_lines(text: str, old: Mapping[str, object], lines: tuple[str, ...]) -> str:
    """Put each new key behind the key that it follows in a new file, not at the end of the old."""
    before = ""
    for line in lines:
        key = line.partition(" = ")[0]
        if key in KEYS and key not in old:
            looks = re.compile(rf"(?m)^[ \t]*{before}[ \t]*=(?!.*(\'{{3}}|\"{{3}})).*\n")
            if found := looks.search(text):
                text = f"{text[: found.end()]}{line}\n{text[found.end() :]}"
        before = key
    return text


def _reads_as(text: str, preset: Preset, path: Path, beside: FileBeside | None) -> bool:
    table = parse_toml(text, path)
    if isinstance(table, Problem) or any(_faults(table)):
        return False
    if beside is None:
        is_body = read_body(table, path) == preset.request.body
    else:
        is_body = table.get("body_file") == beside.name
    return is_body and _preset_of(table, preset.request.body) == preset


def _merged(
    old_text: str, new_text: str, kept: tuple[str, ...], whole: tuple[str, ...]
) -> str | None:
    # Imported here: it takes longer than all of `sagescope presets`, and only saving needs it.
    from tui.store.tomlmerging import merged

    return merged(old_text, new_text, kept=kept, whole=whole)


def _lines(preset: Preset, body: str) -> Iterator[str]:
    """Yield the whole file in pieces to be joined by line breaks; the last one ends it."""
    yield f"version = {VERSION}"
    yield f'operation = "{OPERATION}"'
    if preset.description:
        yield f"description = {_spelled_lines(preset.description)}"
    for member in MEMBERS:
        value: str | None = getattr(preset.request, member)
        if value is not None and (value or member != "endpoint_name"):
            yield f"{member} = {spelled_text(value)}"
    if not preset.has_placeholders:
        yield f"placeholders = {spelled_switch(False)}"  # noqa: FBT003 - the value
    if not preset.keeps_bodies:
        yield f"keep_bodies = {spelled_switch(False)}"  # noqa: FBT003 - the value
    if body:
        yield body
    if preset.variables:
        yield "\n[variables]"
        yield from map(_spelled_variable, preset.variables)
    yield ""


def _spelled_lines(text: str) -> str:
    """Spell several lines as lines, where that is exact."""
    return ("\n" in text and spelled_literal(text)) or spelled_text(text)


def _spelled_variable(variable: Variable) -> str:
    values = (("prompt", variable.prompt or None), ("default", variable.default))
    pairs = ", ".join(
        f"{key} = {spelled_text(value)}" for key, value in values if value is not None
    )
    return f"{spelled_key(variable.name)} = {{ {pairs} }}" if pairs else f"{variable.name} = {{}}"


def _preset_of(table: Mapping[str, object], body: RequestBody) -> Preset:
    members = {name: str(table[name]) for name in MEMBERS if name in table}
    return Preset(
        request=InvocationRequest(body=body, **members),
        description=str(table.get("description", "")),
        variables=tuple(_variables(table)),
        has_placeholders=bool(table.get("placeholders", True)),
        keeps_bodies=bool(table.get("keep_bodies", True)),
    )


def _variables(table: Mapping[str, object]) -> Iterator[Variable]:
    for name, given in _declared(table):
        default = given.get("default")
        yield Variable(
            name=name,
            prompt=str(given.get("prompt", "")),
            default=None if default is None else str(default),
        )


def _declared(table: Mapping[str, object]) -> Iterator[tuple[str, Mapping[str, object]]]:
    """Yield (name, its table) for every variable; a text alone is its default."""
    for name, given in cast("Mapping[str, object]", table.get("variables", {})).items():
        is_table = isinstance(given, dict)
        yield name, cast("Mapping[str, object]", given) if is_table else {"default": given}


def _faults(table: Mapping[str, object]) -> Iterator[Fault]:
    for key in table:
        if key not in KEYS:
            yield Fault(key=key, reason=unknown("key", key, KEYS))
    yield from _heading_faults(table)
    for key in ("description", *MEMBERS):
        if not isinstance(table.get(key, ""), str):
            yield Fault(key=key, reason='must be a text such as "text/csv"')
    for key in SWITCHES:
        if not isinstance(table.get(key, True), bool):
            yield Fault(key=key, reason="must be true or false")
    if isinstance(table.get("variables", {}), dict):
        yield from _variable_faults(table)
    else:
        yield Fault(key="variables", reason="must be a table")


def _heading_faults(table: Mapping[str, object]) -> Iterator[Fault]:
    for key, value in (("version", VERSION), ("operation", OPERATION)):
        if key not in table:
            yield Fault(key=key, reason=f"is missing; it is {json.dumps(value)}")
        # In Python, True is 1.
        elif table[key] != value or isinstance(table[key], bool):
            reason = f"must be {json.dumps(value)}; another sagescope may have written it"
            yield Fault(key=key, reason=reason)


def _variable_faults(table: Mapping[str, object]) -> Iterator[Fault]:
    for name, given in _declared(table):
        if problem := variable_name_problem(name):
            yield Fault(key=f"variables.{name}", reason=problem)
        for key, value in given.items():
            if key not in VARIABLE_KEYS:
                yield Fault(
                    key=f"variables.{name}.{key}", reason=unknown("key", key, VARIABLE_KEYS)
                )
            elif not isinstance(value, str):
                yield Fault(key=f"variables.{name}", reason="must be a text, or a table of texts")


def _body_fault(table: Mapping[str, object], path: Path) -> Fault | None:
    body = read_body(table, path, with_own_file=False)
    return Fault(key=body[0], reason=body[1]) if isinstance(body, tuple) else None


def _not_toml(rule: str, text: str) -> Fault:
    if "at end of document" in rule:
        return Fault(reason=rule, line=max(1, len(text.splitlines())))
    found = _LINE_IN_MESSAGE.search(rule)
    return Fault(reason=rule, line=int(found.group(1)) if found else None)


def _at_line(fault: Fault, text: str) -> Fault:
    """Find the line of a fault: the first that begins with its key, or with the table it is in."""
    lines = tuple(enumerate(text.splitlines(), start=1))
    for name in reversed(fault.key.split(".")):
        looks = re.compile(
            rf"""\s*(?:\[\s*)?(?:[\w"'-]+\s*\.\s*)*["']?{re.escape(name)}["']?\s*[]=.]"""
        )
        if found := next((number for number, line in lines if looks.match(line)), None):
            return replace(fault, line=found)
    return fault
