"""Deleted presets, kept so that deleting can be undone.

trash/20261125T120000000000-1f2e…/
    preset.toml     the file as it was
    body            the file beside that held its body, if it had one of its own
    origin.toml     where it was; written last, so that half a copy is none
"""

from __future__ import annotations

import shutil
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

from tui.domain.errors import StorageFailed
from tui.domain.presets import PresetPlace, TrashedPreset
from tui.store.files import create_atomically, write_atomically
from tui.store.problems import Problem
from tui.store.tomlfiles import read_toml
from tui.store.tomlwriting import spelled_text, spelled_time

if TYPE_CHECKING:
    from tui.store.bodyformat import FileBeside

MOST_TRASHED = 200
"""Older ones are gone for good."""

_PRESET, _BODY, _ORIGIN = "preset.toml", "body", "origin.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class PresetFiles:
    """The files of one preset, as bytes."""

    content: bytes = field(repr=False)
    beside: FileBeside | None = None


class PresetTrash:
    """The folder of deleted presets. All methods block; any thread may call.

    Args:
        folder: it need not exist.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, place: PresetPlace, files: PresetFiles, deleted_at: datetime) -> TrashedPreset:
        """Copy a preset here; it is for the caller to remove it from where it is.

        Raises:
            StorageFailed: it is not kept, so that it must not be removed.
        """
        moment = deleted_at.astimezone(UTC)
        identity = f"{moment:%Y%m%dT%H%M%S%f}-{uuid4().hex[:8]}"
        folder = self._folder / identity
        origin = [
            f"folder = {spelled_text(str(place.folder))}",
            f"name = {spelled_text(place.name)}",
            f"deleted_at = {spelled_time(moment)}",
        ]
        if files.beside:
            write_atomically(folder / _BODY, files.beside.content)
            origin.append(f"body = {spelled_text(files.beside.name)}")
        write_atomically(folder / _PRESET, files.content)
        write_atomically(folder / _ORIGIN, "\n".join((*origin, "")).encode())
        self._forget_oldest()
        return TrashedPreset(id=identity, place=place, deleted_at=moment)

    def trashed(self) -> tuple[TrashedPreset, ...]:
        """List what can come back, deleted last first; half a copy is none."""
        found = (self._read(identity) for identity in self._identities())
        return tuple(each for each in found if each is not None)

    def restore(self, trashed: TrashedPreset) -> None:
        """Put a preset back where it was.

        Raises:
            FileExists: something of its name is there; the preset stays in the trash.
            StorageFailed: it cannot be put back, and stays in the trash.
        """
        folder = self._folder / trashed.id
        path = trashed.place.path
        try:
            origin = read_toml(folder / _ORIGIN)
            beside = None if isinstance(origin, Problem) else origin.get("body")
            content = (folder / _PRESET).read_bytes()
            if isinstance(beside, str):
                write_atomically(path.with_name(beside), (folder / _BODY).read_bytes())
        except OSError as error:
            raise StorageFailed(
                summary=f"Cannot bring back {trashed.place.name}: {error.strerror or error}",
                hint=f"What is left of it is in {folder}.",
                path=str(folder),
            ) from error
        create_atomically(path, content)
        self._remove(trashed.id)

    def _read(self, identity: str) -> TrashedPreset | None:
        table = read_toml(self._folder / identity / _ORIGIN)
        if isinstance(table, Problem):
            return None
        match table:
            case {"folder": str(folder), "name": str(name), "deleted_at": datetime() as moment}:
                place = PresetPlace(folder=Path(folder), name=name)
                return TrashedPreset(id=identity, place=place, deleted_at=moment)
            case _:
                return None

    def _identities(self) -> list[str]:
        """Name what is here, latest first: names begin with the time."""
        try:
            return sorted((each.name for each in self._folder.iterdir()), reverse=True)
        except FileNotFoundError:
            return []
        except OSError as error:
            raise StorageFailed(
                summary=f"Cannot read {self._folder}: {error.strerror or error}",
                path=str(self._folder),
            ) from error

    def _forget_oldest(self) -> None:
        for identity in self._identities()[MOST_TRASHED:]:
            self._remove(identity)

    def _remove(self, identity: str) -> None:
        # What cannot be removed stays a copy too many, and does nobody harm.
        with suppress(OSError):
            shutil.rmtree(self._folder / identity)
