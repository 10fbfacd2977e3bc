"""``sagescope info``: every path, version and setting, for a bug report or a script.

It answers also when the settings are broken, since that is when it is asked.
"""

from __future__ import annotations

import json
import platform
import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from tui.body.sanitise import sanitise
from tui.cli.exits import BAD_CONFIGURATION
from tui.cli.output import Format, output_of, print_data
from tui.cli.printing import PROGRAM, complain_of_problems, say
from tui.cli.starting import all_problems, program_version
from tui.store.settings import KEYMAP, RULES
from tui.store.themes import builtin_themes

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterable, Iterator, Mapping

    from tui.cli.data import Data
    from tui.cli.starting import Start
    from tui.store.paths import Paths
    from tui.store.problems import Problem
    from tui.store.settings import LoadedSettings, Settings

_NO_KEYS: Mapping[str, tuple[str, str]] = MappingProxyType({})
_LIBRARIES = ("textual", "rich", "boto3", "botocore")


def show_info(begun: Start, arguments: Namespace, *, with_keys: bool = False) -> int:
    """Print it; return the exit status, which tells whether the settings can be used.

    Args:
        begun: paths and settings.
        arguments: what `add_output_flags` took; text is columns for people, not for `cut`.
        with_keys: list all key bindings; this loads the whole program.
    """
    problems = all_problems(begun)
    told = (*problems, *begun.warnings)
    keys = bound_keys(begun.loaded.settings.keymap) if with_keys else _NO_KEYS
    output = output_of(arguments, {}, default=Format.TEXT)
    if output.format is Format.TEXT and output.query is None:
        say(_as_text(begun, keys))
    else:
        print_data(_data(begun, told, keys), output, title="Info")
    complain_of_problems(told)
    return BAD_CONFIGURATION if problems else 0


def versions() -> Mapping[str, str]:
    """Return program, interpreter, system and libraries, each with its version."""
    return {
        PROGRAM: program_version(),
        "python": platform.python_version(),
        "platform": platform.platform(),
        **{library: _version(library) for library in _LIBRARIES},
    }


def locations(paths: Paths) -> Mapping[str, Path]:
    """Return every path that is read or written, by a name of one word or two."""
    return {
        "config": paths.config_file,
        "themes": builtin_themes(),
        "user themes": paths.user_themes,
        "presets": paths.presets,
        "history": paths.history_file,
        "remembered": paths.remembered_file,
        "drafts": paths.drafts,
        "trash": paths.trash,
        "log": paths.log_file,
        "cache": paths.cache,
        "python": Path(sys.executable),
    }


def bound_keys(keymap: Mapping[str, str]) -> Mapping[str, tuple[str, str]]:
    """Return (keys in force, what they do) by the name that a keymap takes, in its order."""
    from tui.app import SagescopeApp
    from tui.screens.keymap import all_bound

    found = {
        each.id: (",".join(each.keys(keymap)), each.binding.tooltip or each.binding.description)
        for each in all_bound(SagescopeApp)
    }
    return dict(sorted(found.items()))


def _version(library: str) -> str:
    try:
        return version(library)
    except PackageNotFoundError:
        return "not installed"


def _data(begun: Start, problems: Iterable[Problem], keys: Mapping[str, tuple[str, str]]) -> Data:
    settings, origins = begun.loaded.settings, begun.loaded.origins
    content: dict[str, Data] = {
        "versions": dict(versions()),
        "paths": {
            name.replace(" ", "_"): str(path) for name, path in locations(begun.paths).items()
        },
        "settings": {
            **{name: {"value": _value(settings, name), "origin": origins[name]} for name in RULES},
            KEYMAP: {"value": dict(settings.keymap), "origin": origins[KEYMAP]},
        },
        "problems": [
            {"source": problem.source, "key": problem.key, "rule": problem.rule}
            for problem in problems
        ],
    }
    if keys:
        content["keys"] = {
            name: {"keys": each, "does": does} for name, (each, does) in keys.items()
        }
    return content


def _value(settings: Settings, name: str) -> Data:
    value: Data | tuple[str, ...] = getattr(settings, name)
    return list(value) if isinstance(value, tuple) else value


def _as_text(begun: Start, keys: Mapping[str, tuple[str, str]]) -> str:
    tables = [
        _table("versions", ((name, text, "") for name, text in versions().items())),
        _table("paths", _path_rows(begun.paths)),
        _table("settings", _setting_rows(begun.loaded)),
    ]
    if keys:
        tables.append(_table("keys", ((name, *row) for name, row in keys.items())))
    return "\n".join(tables)


def _path_rows(paths: Paths) -> Iterator[tuple[str, str, str]]:
    for name, path in locations(paths).items():
        yield name, str(path), "" if path.exists() else "not there"


def _setting_rows(loaded: LoadedSettings) -> Iterator[tuple[str, str, str]]:
    for name in RULES:
        yield name, _toml(getattr(loaded.settings, name)), loaded.origins[name]
    for binding, keys in sorted(loaded.settings.keymap.items()):
        yield f"{KEYMAP}.{binding}", _toml(keys), loaded.origins[KEYMAP]


def _toml(value: object) -> str:
    """Spell a setting as one would write it into the file."""
    return json.dumps(value, ensure_ascii=False)


def _table(title: str, rows: Iterable[tuple[str, str, str]]) -> str:
    """Lay out (name, value, remark) in columns under a title."""
    safe = [tuple(sanitise(cell) for cell in row) for row in rows]
    names, values = (max(len(row[column]) for row in safe) for column in (0, 1))
    lines = (f"  {name:{names}}  {value:{values}}  {remark}" for name, value, remark in safe)
    return "\n".join((title, *(line.rstrip() for line in lines), ""))
