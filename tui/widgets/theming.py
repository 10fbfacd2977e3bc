"""Our own theme variables and their defaults, so that every style has a value in every theme.

Textual ends the program over a theme with one bad colour, and over a style that names a variable
which the theme lacks. So a theme file is checked here, value by value, before Textual sees it, and
every variable of ours has a default derived from the theme in use, Textual's own themes included.
Reading files is the store's business; which theme is on is the app's.

    ThemeFile (text) --theme_problems()--> to_textual() --> textual.theme.Theme
    Theme --variable_defaults()--> $syntax-key, $status-failed, ...
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

from textual.color import Color, ColorParseError
from textual.theme import Theme

from tui.store.problems import Problem, unknown

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tui.store.themes import ThemeFile, ThemeFiles

SYNTAX_ROLES = (
    "key",
    "string",
    "number",
    "keyword",
    "punctuation",
    "comment",
    "tag",
    "attribute",
    "error",
    "control",
)
"""What highlighted text can be; each is the theme variable ``syntax-ROLE``."""

MUTED = "muted"
"""Not a variable: the foreground, halfway faded towards the background."""

SELECTED = "selected"
"""Not a variable: the theme's ground of what is selected, if it has one of its own.

Textual's is half the primary colour, on which coloured text has as little contrast as 1.3.
"""

DEFAULT_LOOKS: Mapping[str, str] = MappingProxyType(
    {
        "syntax-key": "text-primary",
        "syntax-string": "text-success",
        "syntax-number": "text-warning",
        "syntax-keyword": "text-accent",
        "syntax-punctuation": MUTED,
        "syntax-comment": MUTED,
        "syntax-tag": "text-primary",
        "syntax-attribute": "text-warning",
        "syntax-error": "text-error",
        "syntax-control": "text-error",
        "status-in-service": "text-success",
        "status-changing": "text-warning",
        "status-failed": "text-error",
        "status-off": MUTED,
        "border-focus": "primary",
        "border-idle": "border-blurred",
        "body-selection": SELECTED,
    }
)
"""Every variable of ours, and whose colour it has in a theme that says nothing about it."""

COLORS = (
    "primary",
    "secondary",
    "accent",
    "foreground",
    "background",
    "surface",
    "panel",
    "success",
    "warning",
    "error",
    "boost",
)
"""The base palette, as `textual.theme.Theme` spells it."""

TEXT_VARIABLES = (
    "text",
    "text-muted",
    "text-disabled",
    "block-cursor-foreground",
    "button-color-foreground",
)
"""Textual's variables that may also be "auto N%": black or white, whichever can be read."""

TEXTUAL_VARIABLES = (
    *TEXT_VARIABLES,
    "text-primary",
    "text-secondary",
    "text-accent",
    "text-success",
    "text-warning",
    "text-error",
    "foreground-muted",
    "border",
    "border-blurred",
    "block-cursor-background",
    "block-cursor-blurred-foreground",
    "block-cursor-blurred-background",
    "block-hover-background",
    "surface-active",
    "input-cursor-background",
    "input-cursor-foreground",
    "input-selection-background",
    "input-selection-foreground",
    "screen-selection-background",
    "screen-selection-foreground",
    "button-foreground",
    "footer-foreground",
    "footer-background",
    "footer-key-foreground",
    "footer-key-background",
    "footer-description-foreground",
    "scrollbar",
    "scrollbar-hover",
    "scrollbar-active",
    "scrollbar-background",
    "scrollbar-background-hover",
    "scrollbar-background-active",
    "scrollbar-corner-color",
    "link-color",
    "link-color-hover",
    "link-background-hover",
)
"""Textual's variables that a theme file may set; all are colours."""

VARIABLES = (
    *TEXTUAL_VARIABLES,
    *(name for name in DEFAULT_LOOKS if not name.startswith("syntax-")),
)
"""All that ``[variables]`` of a theme file may name; syntax colours have a table of their own."""

_COLOR_AND_SHARE = re.compile(r"(?P<color>.{1,60}?)(?:\s+(?P<percent>\d{1,3})%)?", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Themes:
    """The themes that the app can register, and what kept others out."""

    themes: tuple[Theme, ...] = ()
    problems: tuple[Problem, ...] = field(default=())


def prepare_themes(files: ThemeFiles) -> Themes:
    """Turn theme files into themes of Textual's, keeping out those that it would choke on."""
    themes: list[Theme] = []
    problems = list(files.problems)
    for file in files.themes:
        found = theme_problems(file)
        problems += found
        if not found:
            themes.append(to_textual(file))
    return Themes(themes=tuple(themes), problems=tuple(problems))


def theme_problems(file: ThemeFile) -> tuple[Problem, ...]:
    """Say all that is wrong in a theme file; empty means that `to_textual` works on it."""
    return tuple(
        Problem(source=str(file.path), key=key, rule=rule) for key, rule in _broken_rules(file)
    )


def to_textual(file: ThemeFile) -> Theme:
    """Build Textual's theme from a file without `theme_problems`."""
    palette = {name: Color.parse(value).clamped.hex for name, value in file.colors.items()}
    syntax = {f"syntax-{role}": _css_value(value) for role, value in file.syntax.items()}
    variables = {name: _css_value(value) for name, value in file.variables.items()}
    if "boost" in palette:  # Textual forgets it in a theme that has a panel colour too
        variables["boost"] = palette["boost"]
    theme = Theme(
        name=file.name,
        dark=file.dark,
        primary=palette["primary"],
        variables={**syntax, **variables},
    )
    for name, value in palette.items():
        setattr(theme, name, value)
    return theme


def variable_defaults(theme: Theme) -> dict[str, str]:
    """Return a plain colour for every variable of ours, derived from ``theme``.

    Plain, because Textual does not resolve a variable inside the value of another.
    """
    colors = {**theme.to_color_system().generate(), **theme.variables}
    colors[MUTED] = "ansi_bright_black" if theme.ansi else _muted(colors)
    colors[SELECTED] = theme.variables.get("screen-selection-background") or _selected(colors)
    return {name: colors[look] for name, look in DEFAULT_LOOKS.items()}


def color_problem(value: str) -> str | None:
    """Say why ``value`` is not one opaque colour."""
    try:
        color = Color.parse(value)
    except ColorParseError:
        return f'{value!r} is not a colour; write it as "#8fbfa8"'
    if color.ansi is not None:
        return f"{value!r} is the terminal's own colour; the theme ansi-dark is made of those"
    if color.a != 1:
        return f"{value!r} must be opaque"
    return None


def look_problem(name: str, value: str) -> str | None:
    """Say why ``value`` cannot be the value of the theme variable ``name``."""
    parts = _COLOR_AND_SHARE.fullmatch(value)
    if parts is None:
        return f'{value!r} is not a colour; write it as "#8fbfa8" or "#8fbfa8 40%"'
    if parts["percent"] and int(parts["percent"]) > 100:
        return f"{value!r} must be 0 to 100 %"
    if parts["color"] == "auto":
        return None if name in TEXT_VARIABLES else f"auto is for {', '.join(TEXT_VARIABLES)}"
    return color_problem(parts["color"])


def _broken_rules(file: ThemeFile) -> Iterator[tuple[str, str]]:
    """Yield (dotted key, rule) for each broken rule."""
    if "primary" not in file.colors:
        yield "colors.primary", "is missing; all other colours can be derived from it"
    for name, value in file.colors.items():
        yield from _known_and(color_problem(value), "colors", name, COLORS)
    for role, value in file.syntax.items():
        yield from _known_and(color_problem(value), "syntax", role, SYNTAX_ROLES)
    for name, value in file.variables.items():
        yield from _known_and(look_problem(name, value), "variables", name, VARIABLES)


def _known_and(
    problem: str | None, section: str, name: str, known: tuple[str, ...]
) -> Iterator[tuple[str, str]]:
    """Yield the rule that ``section.name`` breaks: the name's own, else its value's."""
    rule = problem if name in known else unknown("key", name, known)
    if rule:
        yield f"{section}.{name}", rule


def _css_value(value: str) -> str:
    """Spell a checked colour so that Textual's style sheets read it: ``#RRGGBB`` or with ``N%``."""
    parts = _COLOR_AND_SHARE.fullmatch(value)
    color, percent = (parts["color"], parts["percent"]) if parts else (value, None)
    plain = color if color == "auto" else Color.parse(color).clamped.hex
    return f"{plain} {percent}%" if percent else plain


def _muted(colors: Mapping[str, str]) -> str:
    background, foreground = Color.parse(colors["background"]), Color.parse(colors["foreground"])
    return background.blend(foreground, 0.65).hex


def _selected(colors: Mapping[str, str]) -> str:
    """Tint the background no more than all syntax colours can be read on."""
    background, primary = Color.parse(colors["background"]), Color.parse(colors["primary"])
    return background.blend(primary, 0.2).hex
