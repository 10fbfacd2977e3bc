"""Themes on disk: TOML files found, read and checked for shape.

What a colour is, and which variables exist, is Textual's knowledge and lives in
`tui.widgets.theming`; nothing here knows it. A broken file is a `Problem` beside the themes that
work, never an exception: a typo in one theme must not cost the others.

    themes/*.toml (ours) ─┐
                          ├─> load_theme_files() ─> ThemeFiles(themes, problems)
    the user's themes ────┘   the user's win by name
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, cast

from tui.store.problems import Problem, unknown
from tui.store.tomlfiles import parse_toml, read_toml

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

SECTIONS = ("colors", "syntax", "variables")
"""The tables of a theme file; each maps names to colours."""
KEYS = ("name", "dark", *SECTIONS)
LONGEST_NAME = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemeFile:
    """One theme as written: right in shape, its colours not yet looked at."""

    name: str
    path: Path
    dark: bool = True
    """Light text on dark ground."""
    colors: Mapping[str, str] = field(default_factory=dict[str, str])
    """The base palette, e.g. ``primary``; from it Textual derives shades."""
    syntax: Mapping[str, str] = field(default_factory=dict[str, str])
    """Highlighting role to colour."""
    variables: Mapping[str, str] = field(default_factory=dict[str, str])
    """Single looks that differ from what is derived."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemeFiles:
    """What a look at the theme folders found."""

    themes: tuple[ThemeFile, ...] = ()
    """One for each name, ours first, both parts in the order of their file names."""
    problems: tuple[Problem, ...] = ()


def builtin_themes() -> Path:
    """Return the folder of our own themes: inside the wheel, or at the top of a checkout."""
    package = Path(__file__).resolve().parent.parent
    shipped = package / "themes"
    return shipped if shipped.is_dir() else package.parent / "themes"


def load_theme_files(user_themes: Path, *, ours: Path | None = None) -> ThemeFiles:
    """Read our themes, then the user's, whose names replace ours.

    Args:
        user_themes: the user's folder; it need not exist.
        ours: the folder of our own themes, when not the one that came with the program.
    """
    themes: dict[str, ThemeFile] = {}
    problems: list[Problem] = []
    for folder in (builtin_themes() if ours is None else ours, user_themes):
        found, broken = _read_folder(folder)
        problems += broken
        themes |= found
    return ThemeFiles(themes=tuple(themes.values()), problems=tuple(problems))


def parse_theme(text: str, path: Path) -> ThemeFile | tuple[Problem, ...]:
    """Read one theme file's text; return the theme, or all that is wrong with it."""
    return _theme_of(parse_toml(text, path), path)


def _theme_of(
    content: Mapping[str, object] | Problem, path: Path
) -> ThemeFile | tuple[Problem, ...]:
    if isinstance(content, Problem):
        return (content,)
    if problems := tuple(_shape_problems(content, path)):
        return problems
    sections = {name: cast("dict[str, str]", content.get(name, {})) for name in SECTIONS}
    name, dark = str(content["name"]), bool(content.get("dark", True))
    return ThemeFile(name=name, path=path, dark=dark, **sections)


def name_problem(value: object) -> str | None:
    """Say why ``value`` cannot name a theme; it is typed on command lines and shown in lists."""
    if not isinstance(value, str):
        return "must be a text"
    is_plain = value.isascii() and all(c.isalnum() or c in "-_. " for c in value)
    if not (0 < len(value) <= LONGEST_NAME and is_plain and value == value.strip()):
        return f"must be 1 to {LONGEST_NAME} letters, digits, - _ . or spaces inside"
    return None


def _read_folder(folder: Path) -> tuple[dict[str, ThemeFile], list[Problem]]:
    themes: dict[str, ThemeFile] = {}
    problems: list[Problem] = []
    for path in _theme_paths(folder):
        match _theme_of(read_toml(path), path):
            case ThemeFile(name=name) as theme if name in themes:
                rule = f"is also the name of {themes[name].path.name}; one of them is not used"
                problems.append(_problem(theme.path, "name", rule))
            case ThemeFile(name=name) as theme:
                themes[name] = theme
            case broken:
                problems += broken
    return themes, problems


def _theme_paths(folder: Path) -> list[Path]:
    """List the folder's theme files; no folder means no themes."""
    try:
        return sorted(path for path in folder.iterdir() if path.suffix == ".toml")
    except OSError:
        return []


def _shape_problems(content: Mapping[str, object], path: Path) -> Iterator[Problem]:
    for key in content:
        if key not in KEYS:
            yield _problem(path, key, unknown("key", key, KEYS))
    if rule := name_problem(content.get("name", "")):
        yield _problem(path, "name", rule)
    if not isinstance(content.get("dark", True), bool):
        yield _problem(path, "dark", "must be true or false")
    for section in SECTIONS:
        yield from _section_problems(section, content.get(section, {}), path)


def _section_problems(section: str, table: object, path: Path) -> Iterator[Problem]:
    if not isinstance(table, dict):
        yield _problem(path, section, "must be a table")
        return
    for key, value in cast("dict[str, object]", table).items():
        if not isinstance(value, str):
            yield _problem(path, f"{section}.{key}", 'must be a text such as "#8fbfa8"')


def _problem(path: Path, key: str, rule: str) -> Problem:
    return Problem(source=str(path), key=key, rule=rule)
