"""Every setting, once: what each may be, where it can be written, and which place wins.

    flag > environment (SAGESCOPE_NAME) > config.toml > default

The result is one frozen object, built by `cli` and passed down by value. Nothing is guessed: a
broken value or an unknown name is a `Problem` that says where it stands, and all of them are
collected, so that a person mends a file once. Nothing here draws or knows Textual's keys.
"""

from __future__ import annotations

import os
from collections import ChainMap
from dataclasses import dataclass, field, replace
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeAlias, assert_never, cast

from tui.store.paths import HOME_VARIABLE, from_home
from tui.store.problems import Problem, unknown
from tui.store.themes import name_problem
from tui.store.tomlfiles import read_toml

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

PREFIX = "SAGESCOPE_"
"""What the name of every environment variable of ours begins with."""
OF_MODELS = "SAGESCOPE_EXAMPLE_"
"""Begins those that a model's container has (see `ExampleRequest`); they are not for this program,
and may well be set where somebody builds such a container."""
KEYMAP = "keymap"
"""The one table of the file; the other settings are single values."""
DEFAULT_THEME = "sagescope-dark"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What the user chose; the defaults are what holds where nobody chose."""

    theme: str = DEFAULT_THEME
    connect_timeout_s: float = 5.0
    """Seconds to make a TCP connection."""
    read_timeout_s: float = 70.0
    """Seconds without a byte before a send counts as timed out; models get 60 s from SageMaker."""
    total_max_attempts: int = 1
    """HTTP requests one send may make; more than one invokes the model again on failure."""
    refresh_interval_s: float = 15.0
    """Seconds between looks at the list while an endpoint is changing."""
    read_only: bool = False
    """Invoking is switched off."""
    presets: tuple[str, ...] = ()
    """Folders of presets, new ones go to the first; none means the one in the data folder."""
    history: bool = True
    """Sends are recorded; what was recorded before can be looked at in any case."""
    history_bodies: bool = True
    """Bodies are recorded too."""
    history_entries_max: int = 100_000
    """Above this the oldest entries without a star are dropped."""
    history_bytes_max: int = 500_000_000
    """As `history_entries_max`, for what the history takes on disk."""
    history_body_bytes_max: int = 25_000_000
    """A larger body is left out of its entry, which says so."""
    keymap: Mapping[str, str] = field(default_factory=dict[str, str])
    """Binding id to comma-separated keys, Textual's spelling."""
    configured_theme: str = DEFAULT_THEME
    """The theme by environment, file or default; a flag for one run, or a choice made in the app,
    leaves it as it is. Not a setting: what is chosen in the app is remembered against it."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "keymap", MappingProxyType(dict(self.keymap)))


class Origin(StrEnum):
    """Where a setting's value came from, strongest first."""

    FLAG = "flag"
    REMEMBERED = "remembered"
    """Chosen in the app; see `tui.store.remembered`."""
    ENVIRONMENT = "environment"
    FILE = "file"
    DEFAULT = "default"


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadedSettings:
    """Settings, and how they came to be."""

    settings: Settings
    """Made of what is right; where there are problems, weaker origins fill the gaps."""
    origins: Mapping[str, Origin]
    """One for every setting, `KEYMAP` as a whole."""
    problems: tuple[Problem, ...] = ()


Value: TypeAlias = str | float | bool | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ThemeName:
    """The name of a theme, whether or not there is one."""


@dataclass(frozen=True, slots=True)
class Switch:
    """On or off."""


@dataclass(frozen=True, slots=True)
class Number:
    """From ``lowest`` to ``highest``, both allowed."""

    lowest: float
    highest: float
    is_whole: bool = False


@dataclass(frozen=True, slots=True)
class Folders:
    """Folders, which need not exist; in a variable they are separated as in ``PATH``."""


Rule: TypeAlias = ThemeName | Switch | Number | Folders

RULES: Mapping[str, Rule] = MappingProxyType(
    {
        "theme": ThemeName(),
        "connect_timeout_s": Number(0.1, 600),
        "read_timeout_s": Number(0.1, 3600),
        "total_max_attempts": Number(1, 10, is_whole=True),
        "refresh_interval_s": Number(1, 3600),
        "read_only": Switch(),
        "presets": Folders(),
        "history": Switch(),
        "history_bodies": Switch(),
        "history_entries_max": Number(1, 1_000_000, is_whole=True),
        "history_bytes_max": Number(1_000_000, 100_000_000_000, is_whole=True),
        "history_body_bytes_max": Number(0, 500_000_000, is_whole=True),
    }
)
"""Every setting that is a single value."""

VARIABLES: Mapping[str, str] = MappingProxyType({PREFIX + name.upper(): name for name in RULES})
"""Environment variable to setting."""

_WORDS_FOR_SWITCH = {
    **dict.fromkeys(("1", "true", "yes", "on"), True),
    **dict.fromkeys(("0", "false", "no", "off"), False),
}


def setting_problem(name: str, value: object) -> str | None:
    """Say which rule ``value``, as TOML reads it, breaks as the setting ``name`` of `RULES`."""
    rule = RULES[name]
    match rule:
        case ThemeName():
            return name_problem(value)
        case Switch():
            return None if isinstance(value, bool) else f"must be true or false, not {value!r}"
        case Number():
            return _number_problem(rule, value)
        case Folders():
            return _folders_problem(value)
        case _:
            assert_never(rule)


def load_settings(
    config_file: Path, environ: Mapping[str, str], flags: Mapping[str, Value | None]
) -> LoadedSettings:
    """Read every place where settings are written.

    Args:
        config_file: it need not exist.
        environ: variables of others are no concern of ours; an empty one of ours counts as unset.
        flags: setting to value, None when the flag was not given.
    """
    problems: list[Problem] = []
    given = {name: value for name, value in flags.items() if value is not None}
    from_flags = _right(given, "command line", _flag, problems)
    from_environment = _right(_environment(environ, problems), "environment", _variable, problems)
    table, keymap = _file(config_file, problems)
    from_file = _anchored(_right(table, str(config_file), str, problems), config_file.parent)
    standing = ChainMap(from_environment, from_file)
    values = ChainMap(from_flags, *standing.maps)
    settings = replace(
        Settings(),
        **values,
        keymap=keymap,
        configured_theme=standing.get("theme", DEFAULT_THEME),
    )
    origins = dict.fromkeys((*RULES, KEYMAP), Origin.DEFAULT)
    origins |= dict.fromkeys(from_file, Origin.FILE)
    origins |= dict.fromkeys(from_environment, Origin.ENVIRONMENT)
    origins |= dict.fromkeys(from_flags, Origin.FLAG)
    if keymap:
        origins[KEYMAP] = Origin.FILE
    return LoadedSettings(
        settings=settings, origins=MappingProxyType(origins), problems=tuple(problems)
    )


def _number_problem(rule: Number, value: object) -> str | None:
    kind = "a whole number" if rule.is_whole else "a number"
    fits = isinstance(value, int if rule.is_whole else (int, float))
    # In Python, True is an int; of NaN no comparison holds.
    if fits and not isinstance(value, bool) and rule.lowest <= cast("float", value) <= rule.highest:
        return None
    return f"must be {kind} from {rule.lowest:g} to {rule.highest:g}, not {value!r}"


def _folders_problem(value: object) -> str | None:
    folders = cast("Sequence[object]", value) if isinstance(value, list | tuple) else (value,)
    if folders is value and all(isinstance(each, str) and _is_path(each) for each in folders):
        return None
    return f'must be a list of folders such as ["~/presets"], not {value!r}'


def _is_path(text: str) -> bool:
    return bool(text.strip()) and "\0" not in text


def _anchored(values: dict[str, object], folder: Path) -> dict[str, object]:
    """Let folders that a file names begin where the file is, wherever the program is started."""
    anchored = {
        name: tuple(str(folder / from_home(each)) for each in cast("tuple[str]", value))
        for name, value in values.items()
        if isinstance(value, tuple)
    }
    return {**values, **anchored}


def _right(
    values: Mapping[str, object],
    source: str,
    spell: Callable[[str], str],
    problems: list[Problem],
) -> dict[str, object]:
    """Return the settings among ``values`` that keep their rules; tell of the others."""
    right: dict[str, object] = {}
    for name, value in values.items():
        if name not in RULES:
            rule = unknown("setting", name, (*RULES, KEYMAP))
        else:
            rule = setting_problem(name, value)
        if rule is None:
            right[name] = _settled(name, value)
        else:
            problems.append(Problem(source=source, key=spell(name), rule=rule))
    return right


def _settled(name: str, value: object) -> object:
    """Return a right value as `Settings` holds it."""
    match value:
        case int() if _is_seconds(name):
            return float(value)
        case list():
            return tuple(cast("list[object]", value))
        case _:
            return value


def _is_seconds(name: str) -> bool:
    return name.endswith("_s")


def _flag(name: str) -> str:
    return f"--{name.replace('_', '-')}"


def _variable(name: str) -> str:
    return PREFIX + name.upper()


def _environment(environ: Mapping[str, str], problems: list[Problem]) -> dict[str, object]:
    """Return our variables' values by setting; tell of those that mean nothing."""
    ours = {
        name: text
        for name, text in environ.items()
        if name.startswith(PREFIX) and not name.startswith(OF_MODELS) and text
    }
    ours.pop(HOME_VARIABLE, None)
    for name in ours.keys() - VARIABLES.keys():
        rule = unknown("variable", name, (*VARIABLES, HOME_VARIABLE))
        problems.append(Problem(source="environment", key=name, rule=rule))
    return {
        setting: _value_of(RULES[setting], ours[variable])
        for variable, setting in VARIABLES.items()
        if variable in ours
    }


def _value_of(rule: Rule, text: str) -> object:
    """Read a variable's text; what cannot be read stays text, and so breaks its rule."""
    match rule:
        case ThemeName():
            return text
        case Switch():
            return _WORDS_FOR_SWITCH.get(text.strip().lower(), text)
        case Number(is_whole=is_whole):
            try:
                return int(text) if is_whole else float(text)
            except ValueError:
                return text
        case Folders():
            return tuple(each for each in text.split(os.pathsep) if each)
        case _:
            assert_never(rule)


def _file(path: Path, problems: list[Problem]) -> tuple[dict[str, object], dict[str, str]]:
    """Return (the file's values but for the keymap, its keymap)."""
    if _is_missing(path):
        return {}, {}
    content = read_toml(path)
    if isinstance(content, Problem):
        problems.append(content)
        return {}, {}
    keymap: dict[str, str] = {}
    for key, keys in _leaves(KEYMAP, content.pop(KEYMAP, {})):
        binding = key.removeprefix(f"{KEYMAP}.")
        if rule := _keys_problem(key, keys, already=binding in keymap):
            problems.append(Problem(source=str(path), key=key, rule=rule))
        else:
            keymap[binding] = str(keys)
    return content, keymap


def _is_missing(path: Path) -> bool:
    """Whether nothing is there at all; what is there and cannot be read is another matter."""
    try:
        os.lstat(path)
    except (FileNotFoundError, NotADirectoryError):
        return True
    except (OSError, ValueError):
        return False
    return False


def _leaves(key: str, value: object) -> Iterator[tuple[str, object]]:
    """Yield (dotted key, value) for all values under a table.

    TOML reads ``request.send = "f9"`` as a table in a table, ``"request.send" = "f9"`` as one key.
    """
    if not isinstance(value, dict):
        yield key, value
        return
    for name, inner in cast("dict[str, object]", value).items():
        yield from _leaves(f"{key}.{name}", inner)


def _keys_problem(key: str, keys: object, *, already: bool) -> str | None:
    if key == KEYMAP:
        return "must be a table of key bindings"
    if already:
        return "is given twice, with and without quotes"
    if not isinstance(keys, str) or not all(each.strip() for each in keys.split(",")):
        return 'must be keys such as "f9" or "f9,ctrl+j"'
    return None
