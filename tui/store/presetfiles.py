"""The files of one preset: read, known again, written with the body beside them.

None is written over unless it is as it was when it was read. Names, folders and locks are
`tui.store.presets`'.
"""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tui.domain.errors import StorageFailed
from tui.domain.presets import BrokenPreset, OpenedPreset
from tui.store.files import create_atomically, read_text, sweep, write_atomically
from tui.store.presetformat import Fault, own_file_of, parse_preset, spell_preset
from tui.store.presetlisting import broken_entry

if TYPE_CHECKING:
    from pathlib import Path

    from tui.domain.presets import Preset, PresetPlace


@dataclass(kw_only=True, eq=False)
class PresetBroken(StorageFailed):
    """The file cannot be understood; it is left as it is."""

    entry: BrokenPreset


@dataclass(kw_only=True, eq=False)
class PresetChanged(StorageFailed):
    """The file is not as it was when it was opened: edited, replaced or deleted outside."""

    is_gone: bool = False


def read_preset(place: PresetPlace) -> OpenedPreset:
    """Open a preset.

    Raises:
        PresetBroken: the file cannot be understood.
        StorageFailed: it is not there, or cannot be read.
    """
    text = read_text(place.path)
    preset = parse_preset(text, place.path)
    if isinstance(preset, Fault):
        entry = broken_entry(place, preset)
        raise PresetBroken(
            summary=str(entry),
            hint="Mend the file; sagescope leaves it as it is.",
            path=str(place.path),
            entry=entry,
        )
    return OpenedPreset(place=place, preset=preset, version=_version(text, place.path))


def create_preset(preset: Preset, place: PresetPlace, *, like: str) -> OpenedPreset:
    """Write a preset where there is none yet.

    Raises:
        FileExists: there is one.
        StorageFailed: it cannot be written.
    """
    if os.path.lexists(place.path):
        create_atomically(place.path, b"")  # says that the name is taken
    write_preset(preset, place, like=like, is_new=True)
    return read_preset(place)


def write_preset(preset: Preset, place: PresetPlace, *, like: str, is_new: bool) -> Path | None:
    """Write the body's file, then the preset; return the former, if there is one."""
    path = place.path
    try:
        spelled = spell_preset(preset, path, root=place.folder, old_text=like)
        content = spelled.text.encode()
    except ValueError as error:
        raise StorageFailed(
            summary=f"Cannot write {path}: a text in the request is no Unicode ({error})",
            hint="Type it anew.",
            path=str(path),
        ) from error
    sweep(path.parent)
    file = path.with_name(spelled.beside.name) if spelled.beside else None
    if file is not None and spelled.beside is not None:
        write_atomically(file, spelled.beside.content)
    if is_new:
        create_atomically(path, content)
    else:
        write_atomically(path, content, keep_mode=True, check=lambda: _check(place, like))
    return file


def checked_text(place: PresetPlace, version: str) -> str:
    """Return the text of a file, once it is known to be the one of that version."""
    path = place.path
    if not os.path.lexists(path):
        raise PresetChanged(
            summary=f"{path} is gone since it was opened",
            hint="Save under a new name keeps what you have.",
            path=str(path),
            is_gone=True,
        )
    opened = read_preset(place)
    if opened.version != version:
        raise _changed(place)
    return read_text(place.path)


def _version(text: str, path: Path) -> str:
    digest = hashlib.sha256(text.encode())
    # The own file's name has the hash of its content, so that the text tells both; unless somebody
    # has changed the file, which then is no longer the preset's own.
    digest.update(str(own_file_of(text, path)).encode())
    return digest.hexdigest()


def _check(place: PresetPlace, text: str) -> None:
    """Look once more right before a file is replaced: an editor knows nothing of our lock."""
    if not os.path.lexists(place.path) or read_text(place.path) != text:
        raise _changed(place)


def _changed(place: PresetPlace) -> PresetChanged:
    return PresetChanged(
        summary=f"{place.path} was changed outside since it was opened",
        hint="Open it again, replace it, or save under another name.",
        path=str(place.path),
    )
