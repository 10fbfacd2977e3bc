"""What the app remembers from one run to the next: theme and lenses chosen in it.

The latest decision wins. A choice in the app is kept together with the configured theme that it
replaced, and holds for as long as that is the configured one: whoever edits ``config.toml``
afterwards has decided anew. A flag is for one run and wins over both.

A lens is for bodies of a media type; no setting says otherwise.

A file that cannot be understood is told and ignored. It is never written over: the next choice
moves it aside first.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, cast

from tui.store.files import move_aside, write_atomically
from tui.store.problems import Problem, unknown
from tui.store.settings import LoadedSettings, Origin
from tui.store.themes import name_problem
from tui.store.tomlfiles import read_toml

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

VERSION = 1
_THEMES = ("theme", "configured_theme")
_LENSES = "lenses"
_LENSES_MAX = 100
_PLAIN = re.compile(r"[ !#-\[\]-~]{1,200}")
"""What a string of TOML needs no escape for; a media type with anything else is not remembered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Remembered:
    """Choices made in the app."""

    theme: str = ""
    """Chosen; empty while none was."""
    configured_theme: str = ""
    """What `Settings.configured_theme` was then."""
    lenses: Mapping[str, str] = field(default_factory=dict[str, str])
    """The lens chosen for each media type, the latest at the end."""


def read_remembered(path: Path) -> Remembered | Problem | None:
    """Read what was remembered; None when nothing was. Blocks."""
    if not os.path.lexists(path):
        return None
    content = read_toml(path)
    if isinstance(content, Problem):
        return content
    for key in ("version", *_needed(content), *content):
        if rule := _rule_broken(key, content):
            return Problem(source=str(path), key=key, rule=rule)
    themes = {name: str(content[name]) for name in _THEMES if name in content}
    return Remembered(**themes, lenses=_lenses_in(content) or {})


def remember(path: Path, choice: Remembered) -> None:
    """Keep a theme for the next run. Blocks.

    Raises:
        StorageFailed: it is not kept, and what was there is as it was.
        ValueError: no theme can have such a name.
    """
    if rule := name_problem(choice.theme) or name_problem(choice.configured_theme):
        raise ValueError(rule)
    _write(path, replace(choice, lenses={**_before(path).lenses, **choice.lenses}))


def remember_lens(path: Path, media_type: str, lens: str) -> None:
    """Keep the lens for bodies of a media type for the next run. Blocks.

    Raises:
        StorageFailed: it is not kept, and what was there is as it was.
    """
    if _PLAIN.fullmatch(media_type) and _PLAIN.fullmatch(lens):
        before = _before(path)
        others = {name: each for name, each in before.lenses.items() if name != media_type}
        latest = [*others.items(), (media_type, lens)][-_LENSES_MAX:]
        _write(path, replace(before, lenses=dict(latest)))


def _before(path: Path) -> Remembered:
    """Return what was remembered; what cannot be understood is moved aside first."""
    before = read_remembered(path)
    if isinstance(before, Problem):
        move_aside(path)
        return Remembered()
    return before or Remembered()


def _write(path: Path, choice: Remembered) -> None:
    lines = [
        "# Written by sagescope: the theme chosen in it, and the configured one it replaced;",
        "# the lens for bodies of each media type.",
        f"version = {VERSION}",
    ]
    if choice.theme:
        lines += [f'theme = "{choice.theme}"', f'configured_theme = "{choice.configured_theme}"']
    if choice.lenses:
        lines += ["", f"[{_LENSES}]"]
        lines += [f'"{media_type}" = "{lens}"' for media_type, lens in choice.lenses.items()]
    write_atomically(path, "\n".join([*lines, ""]).encode())


def with_remembered(loaded: LoadedSettings, choice: Remembered | None) -> LoadedSettings:
    """Return the settings with the choice made in the app, where it still holds."""
    is_current = (
        choice and choice.theme and choice.configured_theme == loaded.settings.configured_theme
    )
    if choice is None or not is_current or loaded.origins["theme"] is Origin.FLAG:
        return loaded
    return replace(
        loaded,
        settings=replace(loaded.settings, theme=choice.theme),
        origins=MappingProxyType({**loaded.origins, "theme": Origin.REMEMBERED}),
    )


def _needed(content: dict[str, object]) -> tuple[str, ...]:
    """Return the keys that must be there: those of a theme, unless it is about lenses alone."""
    return () if _LENSES in content and not set(_THEMES) & content.keys() else _THEMES


def _rule_broken(key: str, content: dict[str, object]) -> str | None:
    if key not in content:
        return "is missing"
    match key:
        case "version":
            is_ours = content[key] == VERSION
            return None if is_ours else f"must be {VERSION}; another sagescope may have written it"
        case "theme" | "configured_theme":
            return name_problem(content[key])
        case "lenses":
            is_known = _lenses_in(content) is not None
            return None if is_known else "must be a table of media types and names of lenses"
        case _:
            return unknown("key", key, (*_THEMES, _LENSES))


def _lenses_in(content: dict[str, object]) -> dict[str, str] | None:
    """Return the table of lenses; None if there is something else in it."""
    table = content.get(_LENSES, {})
    if not isinstance(table, dict):
        return None
    named = cast("dict[str, object]", table)
    lenses = {name: lens for name, lens in named.items() if isinstance(lens, str)}
    is_plain = all(_PLAIN.fullmatch(name + lens) for name, lens in lenses.items())
    return lenses if is_plain and len(lenses) == len(named) else None
