"""What every command begins with: where things live, and which settings hold."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from tui.cli.printing import PROGRAM, say
from tui.store.paths import Paths, find_paths
from tui.store.problems import Problem
from tui.store.remembered import read_remembered, with_remembered
from tui.store.settings import LoadedSettings, load_settings

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tui.domain.connections import Connection
    from tui.explorer import Explorer
    from tui.history import History
    from tui.store.history import HistoryFile
    from tui.store.settings import Value


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """The ground that a command stands on."""

    paths: Paths
    loaded: LoadedSettings
    warnings: tuple[Problem, ...] = ()
    """What is wrong and keeps nobody from starting."""


def start(environ: Mapping[str, str], flags: Mapping[str, Value | None]) -> Start:
    """Read settings and what was remembered; what is wrong in them is part of the result."""
    paths = find_paths(environ)
    loaded = load_settings(paths.config_file, environ, flags)
    choice = read_remembered(paths.remembered_file)
    if isinstance(choice, Problem):
        return Start(paths=paths, loaded=loaded, warnings=(choice,))
    return Start(paths=paths, loaded=with_remembered(loaded, choice))


def all_problems(begun: Start) -> tuple[Problem, ...]:
    """Return what keeps the program from starting, the keymap's ids and keys among it.

    Only the app knows those. Loading it takes longer than the rest of a start, and is for somebody
    who has a keymap.
    """
    keymap = begun.loaded.settings.keymap
    if not keymap:
        return begun.loaded.problems
    from tui.app import keymap_problems

    source = str(begun.paths.config_file)
    found = (replace(problem, source=source) for problem in keymap_problems(keymap))
    return (*begun.loaded.problems, *found)


def make_explorer(connection: Connection, begun: Start) -> Explorer:
    """Put together what does the work, with or without a face; nothing is opened yet."""
    from tui.aws.connector import AwsConnector
    from tui.explorer import Explorer

    settings = begun.loaded.settings
    connector = AwsConnector(
        connect_timeout_s=settings.connect_timeout_s,
        read_timeout_s=settings.read_timeout_s,
        total_max_attempts=settings.total_max_attempts,
    )
    return Explorer(
        connector, connection, read_only=settings.read_only, history=make_history(begun)
    )


def make_history(begun: Start) -> History:
    """Return the history as the settings want it; its file is opened at first use."""
    from tui.history import History

    return History(partial(open_history, begun), is_recording=begun.loaded.settings.history)


def open_history(begun: Start) -> HistoryFile:
    """Return the store of the history, in the bounds of the settings."""
    # Imported here, in the program on a thread after the first paint: SQLite and zlib take 10 ms.
    from tui.store.history import HistoryBounds, HistoryFile

    settings = begun.loaded.settings
    bounds = HistoryBounds(
        entries_max=settings.history_entries_max,
        bytes_max=settings.history_bytes_max,
        body_bytes_max=settings.history_body_bytes_max,
        keep_bodies=settings.history_bodies,
    )
    return HistoryFile(begun.paths.history_file, bounds)


def tell_version() -> None:
    """Print what ``--version`` does."""
    say(f"{PROGRAM} {program_version()}\n")


def program_version() -> str:
    """Return our version as installed."""
    # Imported here: 12 ms, and only `--version` and `info` ask.
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version(PROGRAM)
    except PackageNotFoundError:
        return "unknown (it is not installed)"
