"""Presets on disk: list, open, save, rename, duplicate, delete, bring back.

    presets/                      one of the folders
      iris smoke test.toml        "iris smoke test"
      team/night run.toml         "team/night run"
      team/night run.4f1c….bin    its body, where no TOML file holds that exactly

Files are the user's: edited by hand, moved by git, shared. None is written over unless it is as it
was when it was read, and a broken one is never written at all. How one is
read and written is `tui.store.presetfiles`, how it reads `tui.store.presetformat`, how a body is
kept `tui.store.bodyformat`.
"""

from __future__ import annotations

import os
from datetime import UTC, datetime
from itertools import chain, count
from pathlib import Path
from typing import TYPE_CHECKING

from tui.domain.errors import StorageFailed
from tui.domain.presets import (
    SUFFIX,
    OpenedPreset,
    PresetPlace,
    TrashedPreset,
    name_problem,
)
from tui.store.bodyformat import FileBeside
from tui.store.files import (
    is_same_file,
    read_text,
    remove,
    remove_if_possible,
)
from tui.store.locking import locked
from tui.store.paths import from_home
from tui.store.presetfiles import checked_text, create_preset, read_preset, write_preset
from tui.store.presetformat import own_file_of
from tui.store.presetlisting import PresetRows, marked_shipped
from tui.store.presetscan import signature_of, sub_folders
from tui.store.presettrash import PresetFiles, PresetTrash
from tui.store.presetuses import read_uses, write_uses
from tui.store.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tui.domain.presets import Preset, PresetEntry
    from tui.store.paths import Paths
    from tui.store.presetscan import Signature


class PresetStore:
    """The folders of presets. All methods block; any thread may call.

    Args:
        folders: absolute, none of which need exist; new presets go to the first.
        trash: folder of deleted presets.
        uses_file: when each preset was sent last.
        shipped: folders that come with the program; they are listed last and never changed.
    """

    def __init__(
        self,
        folders: tuple[Path, ...],
        *,
        trash: Path,
        uses_file: Path,
        shipped: tuple[Path, ...] = (),
    ) -> None:
        self._folders = folders
        self._shipped = shipped
        self._trash = PresetTrash(trash)
        self._uses_file = uses_file
        self._rows = PresetRows()

    @property
    def folders(self) -> tuple[Path, ...]:
        """The user's folders, the one for new presets first."""
        return self._folders

    def is_shipped(self, place: PresetPlace) -> bool:
        """Whether a preset comes with the program, and is not changed but copied."""
        return place.folder in self._shipped

    def entries(self) -> tuple[PresetEntry, ...]:
        """List every preset, broken ones among them, folder by folder, by name."""
        uses = self._uses()
        own = (entry for folder in self._folders for entry in self._rows.entries_in(folder, uses))
        shipped = (
            entry for folder in self._shipped for entry in self._rows.entries_in(folder, uses)
        )
        return (*own, *(marked_shipped(entry) for entry in shipped))

    def signature(self) -> Signature:
        """Return what differs as soon as any file in the folders does; nothing is read."""
        return signature_of((*self._folders, *self._shipped))

    def sub_folders(self, folder: Path) -> tuple[str, ...]:
        """Return the sub-folders of a folder, as they stand in names."""
        return sub_folders(folder)

    def read(self, place: PresetPlace) -> OpenedPreset:
        """Open a preset.

        Raises:
            PresetBroken: the file cannot be understood.
            StorageFailed: it is not there, or cannot be read.
        """
        return read_preset(place)

    def save(self, preset: Preset, place: PresetPlace, *, replacing: str | None) -> OpenedPreset:
        """Write a preset; comments and order of a file that is there stay.

        Args:
            preset: what is written.
            place: where.
            replacing: `OpenedPreset.version` of what is to be replaced; None for a new file.

        Raises:
            FileExists: ``replacing`` is None, and the file is there.
            PresetChanged: the file is not the one that was opened. To replace it all the same,
                `read` it, and pass the version that is there now.
            PresetBroken: the file is broken, and so not to be replaced.
            StorageFailed: anything else; what was there is as it was.
        """
        self._check_place(place)
        with locked(place.path.parent):
            if replacing is None:
                return create_preset(preset, place, like="")
            old_text = checked_text(place, replacing)
            old_file = own_file_of(old_text, place.path)
            new_file = write_preset(preset, place, like=old_text, is_new=False)
            if old_file is not None and old_file != new_file:
                remove_if_possible(old_file)
            return read_preset(place)

    def move(self, opened: OpenedPreset, to: PresetPlace) -> OpenedPreset:
        """Rename a preset, also to another folder; what is unsaved stays unsaved.

        A preset is written under its new name before the old one goes.

        Raises:
            FileExists: the new name is taken.
            PresetChanged, PresetBroken, StorageFailed: as in `save`; the old one stays.
        """
        self._check_place(opened.place)
        self._check_place(to)
        old = opened.place
        with locked(old.path.parent, to.path.parent):
            text = checked_text(old, opened.version)
            if is_same_file(old.path, to.path):
                return self._respell(old, to)
            moved = create_preset(read_preset(old).preset, to, like=text)
            own = own_file_of(text, old.path)
            remove(old.path)
            if own is not None:
                remove_if_possible(own)
            self._move_use(old, to)
            return moved

    def duplicate(self, place: PresetPlace) -> OpenedPreset:
        """Copy a preset to a free name of its own, ``NAME copy``, comments and all.

        Raises:
            PresetBroken, StorageFailed: as in `read` and `save`.
        """
        text = read_text(place.path)
        return create_preset(read_preset(place).preset, self.free_place(place), like=text)

    def free_place(self, place: PresetPlace) -> PresetPlace:
        """Return ``place`` under a free name: ``NAME copy``, or else ``NAME copy 2`` and so on.

        What comes with the program is copied to the user's folder, under its own name if it can.
        """
        copies = (" copy" if number == 1 else f" copy {number}" for number in count(1))
        endings = chain(("",), copies) if self.is_shipped(place) else copies
        folder = self._folders[0] if self.is_shipped(place) else place.folder
        places = (PresetPlace(folder=folder, name=f"{place.name}{ending}") for ending in endings)
        return next(each for each in places if not os.path.lexists(each.path))

    def delete(self, place: PresetPlace) -> TrashedPreset:
        """Move a preset, whole or broken, to the trash.

        Raises:
            StorageFailed: it is where it was.
        """
        self._check_place(place)
        path = place.path
        with locked(path.parent):
            try:
                content = path.read_bytes()
            except OSError as error:
                raise _unreadable(path, error.strerror or str(error)) from error
            own = own_file_of(content.decode("utf-8-sig", "replace"), path)
            beside = FileBeside(name=own.name, content=own.read_bytes()) if own else None
            files = PresetFiles(content=content, beside=beside)
            trashed = self._trash.keep(place, files, datetime.now(UTC))
            remove(path)
            if own is not None:
                remove_if_possible(own)
            return trashed

    def trashed(self) -> tuple[TrashedPreset, ...]:
        """List what `restore` can bring back, deleted last first."""
        return self._trash.trashed()

    def restore(self, trashed: TrashedPreset) -> PresetPlace:
        """Undo a deletion.

        Raises:
            FileExists: something of its name is there by now.
            StorageFailed: it cannot be put back, and stays in the trash.
        """
        self._trash.restore(trashed)
        return trashed.place

    def mark_used(self, place: PresetPlace, at: datetime) -> None:
        """Note that a preset was sent.

        Raises:
            StorageFailed: it is not noted.
        """
        with locked(self._uses_file.parent):
            write_uses(self._uses_file, {**self._uses(), str(place.path): at})

    def find(self, name: str) -> PresetPlace:
        """Return the place of a preset named on a command line: by name, or by the file's path.

        Raises:
            StorageFailed: there is none; it says where was looked.
        """
        if name_problem(name) is None:
            folders = (*self._folders, *self._shipped)
            places = (PresetPlace(folder=folder, name=name) for folder in folders)
            if found := next((place for place in places if place.path.is_file()), None):
                return found
        file = Path(name).expanduser().absolute()
        if file.suffix == SUFFIX and file.is_file():
            return PresetPlace(folder=file.parent, name=file.stem)
        folders = ", ".join(str(folder) for folder in self._folders)
        raise StorageFailed(
            summary=f"There is no preset {name} in {folders}",
            hint="`sagescope presets` lists those that there are.",
        )

    def _check_place(self, place: PresetPlace) -> None:
        if problem := name_problem(place.name):
            raise StorageFailed(
                summary=f"Cannot use the name {place.name}: {problem}",
                hint="Choose another name.",
            )
        if self.is_shipped(place):
            raise StorageFailed(
                summary=f"{place.name} comes with sagescope and is not changed",
                hint="Save it under another name; the copy is yours.",
            )

    def _respell(self, old: PresetPlace, to: PresetPlace) -> OpenedPreset:
        """Change upper and lower case where the file system takes them for one name."""
        try:
            old.path.rename(to.path)
        except OSError as error:
            raise _unreadable(old.path, error.strerror or str(error)) from error
        self._move_use(old, to)
        return read_preset(to)

    def _move_use(self, old: PresetPlace, to: PresetPlace) -> None:
        uses = dict(self._uses())
        if (used := uses.pop(str(old.path), None)) is not None:
            write_uses(self._uses_file, {**uses, str(to.path): used})

    def _uses(self) -> Mapping[str, datetime]:
        """Return when presets were used; a file that says it badly says nothing."""
        uses = read_uses(self._uses_file)
        return {} if isinstance(uses, Problem) else uses


def open_presets(
    paths: Paths, folders: tuple[str, ...] = (), shipped: tuple[Path, ...] = ()
) -> PresetStore:
    """Put the store together; nothing is read or made yet.

    Args:
        paths: where things live.
        folders: of presets, as the settings name them; none means the one in the data folder.
        shipped: folders that come with the program.
    """
    chosen = tuple(from_home(folder).absolute() for folder in folders)
    return PresetStore(
        tuple(dict.fromkeys(chosen)) or (paths.presets,),
        trash=paths.trash,
        uses_file=paths.preset_uses_file,
        shipped=shipped,
    )


def _unreadable(path: Path, reason: str) -> StorageFailed:
    return StorageFailed(summary=f"Cannot read {path}: {reason}", path=str(path))
