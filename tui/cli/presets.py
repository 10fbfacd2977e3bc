"""``sagescope presets``: the saved requests, a row each, without opening the program.

All that ``sagescope send`` finds are listed, the user's and those that come with the demo.

A broken file costs none of the others: it is told on standard error, is part of the data, and makes
the exit status say so, so that a folder of presets can be checked where it is shared.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from tui.cli.exits import BAD_CONFIGURATION, FAILED
from tui.cli.output import output_of, print_data
from tui.cli.printing import PROGRAM, complain, complain_of_problems
from tui.demo.preset_files import demo_presets
from tui.domain.presets import BrokenPreset, StoredPreset, by_use
from tui.store.presets import open_presets

if TYPE_CHECKING:
    from argparse import Namespace
    from datetime import datetime

    from tui.cli.data import Data
    from tui.cli.starting import Start


def list_presets(arguments: Namespace, begun: Start) -> int:
    """Print them, used last first; return the exit status.

    Raises:
        RequestInvalid: the flags cannot be used.
    """
    if begun.loaded.problems:
        complain_of_problems(begun.loaded.problems)
        return BAD_CONFIGURATION
    output = output_of(arguments, os.environ)
    presets = open_presets(begun.paths, begun.loaded.settings.presets, (demo_presets(),))
    entries = by_use(presets.entries())
    broken = [entry for entry in entries if isinstance(entry, BrokenPreset)]
    data: dict[str, Data] = {
        "Presets": [_row(entry) for entry in entries if isinstance(entry, StoredPreset)]
    }
    if broken:
        data["BrokenPresets"] = [_broken_row(entry) for entry in broken]
    print_data(data, output, title="Presets")
    complain(*(f"{PROGRAM}: {entry}" for entry in broken))
    if all(presets.is_shipped(entry.place) for entry in entries):
        folders = ", ".join(map(str, presets.folders))
        complain(f"{PROGRAM}: no presets in {folders}; these come with the demo")
    return FAILED if broken else 0


def _row(entry: StoredPreset) -> dict[str, Data]:
    place = entry.place
    return {
        "Name": place.name,
        "EndpointName": entry.endpoint_name or None,
        "Description": entry.description or None,
        "ModifiedTime": _spelled(entry.modified_at),
        "Source": "demo" if entry.is_shipped else "user",
        "LastUsedTime": None if entry.last_used_at is None else _spelled(entry.last_used_at),
        "Path": str(place.path),
    }


def _broken_row(entry: BrokenPreset) -> dict[str, Data]:
    return {
        "Name": entry.place.name,
        "Path": str(entry.path),
        "Line": entry.line,
        "Key": entry.key or None,
        "Reason": entry.reason,
    }


def _spelled(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")
