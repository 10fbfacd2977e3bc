"""The rows of the list of presets: each file with its name, endpoint and description, or fault.

The files of bodies are not looked into, so that a list of presets with large ones is as quick.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from tui.domain.presets import SUFFIX, BrokenPreset, PresetPlace, StoredPreset, name_problem
from tui.store.files import Unreadable, read_text
from tui.store.presetformat import Fault, parse_heading
from tui.store.presetscan import UnreadableFolder, preset_paths

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from tui.domain.presets import PresetEntry


def entries_in(folder: Path, uses: Mapping[str, datetime]) -> Iterator[PresetEntry]:
    """Yield a row for every preset below a folder, whole or broken, in the order of names. Blocks.

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
            yield _entry(PresetPlace(folder=folder, name=name), uses.get(str(found)))


def _entry(place: PresetPlace, last_used_at: datetime | None) -> PresetEntry:
    if problem := name_problem(place.name):
        return BrokenPreset(place=place, reason=f"its name cannot be used: {problem}")
    path = place.path
    try:
        modified_at = datetime.fromtimestamp(path.stat().st_mtime, UTC)
        heading = parse_heading(read_text(path), path)
    except Unreadable as error:
        return BrokenPreset(place=place, reason=f"cannot be read: {error.reason}")
    except OSError as error:
        return BrokenPreset(place=place, reason=f"cannot be read: {error.strerror or error}")
    if isinstance(heading, Fault):
        return broken_entry(place, heading)
    endpoint_name, description = heading
    return StoredPreset(
        place=place,
        modified_at=modified_at,
        endpoint_name=endpoint_name,
        description=description,
        last_used_at=last_used_at,
    )


def marked_shipped(entry: PresetEntry) -> PresetEntry:
    """Return the row of a preset that comes with the program."""
    return replace(entry, is_shipped=True) if isinstance(entry, StoredPreset) else entry


def broken_entry(place: PresetPlace, fault: Fault) -> BrokenPreset:
    """Return the row of a file that cannot be understood."""
    return BrokenPreset(place=place, reason=fault.reason, key=fault.key, line=fault.line)
