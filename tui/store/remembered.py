"""What the app remembers from one run to the next: the theme that was chosen in it.

The latest decision wins. A choice in the app is kept together with the configured theme that it
replaced, and holds for as long as that is the configured one: whoever edits ``config.toml``
afterwards has decided anew. A flag is for one run and wins over both.

A file that cannot be understood is told and ignored. It is never written over: the next choice
moves it aside first.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from tui.store.files import move_aside, write_atomically
from tui.store.problems import Problem, unknown
from tui.store.settings import LoadedSettings, Origin
from tui.store.themes import name_problem
from tui.store.tomlfiles import read_toml

if TYPE_CHECKING:
    from pathlib import Path

VERSION = 1
_THEMES = ("theme", "configured_theme")


@dataclass(frozen=True, slots=True, kw_only=True)
class Remembered:
    """A choice made in the app."""

    theme: str
    """Chosen."""
    configured_theme: str
    """What `Settings.configured_theme` was then."""


def read_remembered(path: Path) -> Remembered | Problem | None:
    """Read what was remembered; None when nothing was. Blocks."""
    if not os.path.lexists(path):
        return None
    content = read_toml(path)
    if isinstance(content, Problem):
        return content
    for key in ("version", *_THEMES, *content):
        if rule := _rule_broken(key, content):
            return Problem(source=str(path), key=key, rule=rule)
    return Remembered(**{name: str(content[name]) for name in _THEMES})


def remember(path: Path, choice: Remembered) -> None:
    """Keep ``choice`` for the next run. Blocks.

    Raises:
        StorageFailed: it is not kept, and what was there is as it was.
        ValueError: no theme can have such a name.
    """
    if rule := name_problem(choice.theme) or name_problem(choice.configured_theme):
        raise ValueError(rule)
    if isinstance(read_remembered(path), Problem):
        move_aside(path)
    text = (
        "# Written by sagescope: the theme chosen in it, and the configured one it replaced.\n"
        f"version = {VERSION}\n"
        f'theme = "{choice.theme}"\n'
        f'configured_theme = "{choice.configured_theme}"\n'
    )
    write_atomically(path, text.encode())


def with_remembered(loaded: LoadedSettings, choice: Remembered | None) -> LoadedSettings:
    """Return the settings with the choice made in the app, where it still holds."""
    is_current = choice and choice.configured_theme == loaded.settings.configured_theme
    if choice is None or not is_current or loaded.origins["theme"] is Origin.FLAG:
        return loaded
    return replace(
        loaded,
        settings=replace(loaded.settings, theme=choice.theme),
        origins=MappingProxyType({**loaded.origins, "theme": Origin.REMEMBERED}),
    )


def _rule_broken(key: str, content: dict[str, object]) -> str | None:
    if key not in content:
        return "is missing"
    if key == "version":
        is_ours = content[key] == VERSION
        return None if is_ours else f"must be {VERSION}; another sagescope may have written it"
    return name_problem(content[key]) if key in _THEMES else unknown("key", key, _THEMES)
