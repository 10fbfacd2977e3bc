"""The rows of the list of presets: each file with its name, endpoint and description, or fault.

The files of bodies are not looked into, so that a list of presets with large ones is as quick.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from time import time
from typing import TYPE_CHECKING, TypeAlias

from tui.domain.presets import SUFFIX, BrokenPreset, PresetPlace, StoredPreset, name_problem
from tui.store.files import Unreadable, read_text
from tui.store.presetformat import Fault, parse_heading
from tui.store.presetscan import UnreadableFolder, preset_paths

if TYPE_CHECKING:
    import os
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from tui.domain.presets import PresetEntry


_SETTLED_S = 2.0
"""A file that is so old cannot change any more without a new time; a younger one can."""

Heading: TypeAlias = tuple[str, str] | Fault
"""(endpoint, description), or what is wrong."""


class PresetRows:
    """Reads rows, each file only when it differs from the one it was. Any thread may call."""

    def __init__(self) -> None:
        self._known: dict[Path, tuple[tuple[int, ...], Heading]] = {}

    def entries_in(self, folder: Path, uses: Mapping[str, datetime]) -> Iterator[PresetEntry]:
        """Yield a row for every preset below a folder, whole or broken, by name. Blocks.

        Args:
            folder: absolute; it need not exist.
            uses: when presets were sent last, by the path of the file.
        """
        for found in preset_paths(folder):
            if isinstance(found, UnreadableFolder):
                name = found.path.relative_to(folder).as_posix()
                place = PresetPlace(folder=folder, name=name)
                reason = f"cannot be read: {found.reason}"
                yield BrokenPreset(place=place, reason=reason, is_folder=True)
            else:
                name = found.relative_to(folder).as_posix().removesuffix(SUFFIX)
                yield self._entry(PresetPlace(folder=folder, name=name), uses.get(str(found)))

    def _entry(self, place: PresetPlace, last_used_at: datetime | None) -> PresetEntry:
        if problem := name_problem(place.name):
            return BrokenPreset(place=place, reason=f"its name cannot be used: {problem}")
        path = place.path
        try:
            stat = path.stat()
            heading = self._heading(path, stat)
        except Unreadable as error:
            return BrokenPreset(place=place, reason=f"cannot be read: {error.reason}")
        except OSError as error:
            return BrokenPreset(place=place, reason=f"cannot be read: {error.strerror or error}")
        if isinstance(heading, Fault):
            return broken_entry(place, heading)
        return StoredPreset(
            place=place,
            modified_at=datetime.fromtimestamp(stat.st_mtime, UTC),
            endpoint_name=heading[0],
            description=heading[1],
            last_used_at=last_used_at,
        )

    def _heading(self, path: Path, stat: os.stat_result) -> Heading:
        stamp = (stat.st_mtime_ns, stat.st_size, stat.st_ino, stat.st_dev)
        known = self._known.get(path)
        if known is not None and known[0] == stamp:
            return known[1]
        heading = parse_heading(read_text(path), path)
        if time() - stat.st_mtime > _SETTLED_S:
            self._known[path] = (stamp, heading)
        return heading


def marked_shipped(entry: PresetEntry) -> PresetEntry:
    """Return the row of a preset that comes with the program."""
    return replace(entry, is_shipped=True) if isinstance(entry, StoredPreset) else entry


def broken_entry(place: PresetPlace, fault: Fault) -> BrokenPreset:
    """Return the row of a file that cannot be understood."""
    return BrokenPreset(place=place, reason=fault.reason, key=fault.key, line=fault.line)
