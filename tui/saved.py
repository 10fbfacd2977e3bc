"""Saved requests for the event loop: presets and drafts, each call on a thread of its own.

The same methods serve the screens and the headless commands. What fails is raised as
`StorageFailed`, with words to show; kinds that ask for another answer than words are named at the
method. Nothing here knows Textual.

    opened = await saved.open(place)            opened.preset goes into the form
    is_unsaved(opened, current)                 the mark
    opened = await saved.save(current, opened.place, replacing=opened.version)
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from threading import Lock
from typing import TYPE_CHECKING, Generic, TypeVar

from tui.blocking import run_blocking

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tui.domain.connections import Connection
    from tui.domain.drafts import Draft, EarlierDrafts, KeptDraft
    from tui.domain.presets import (
        OpenedPreset,
        Preset,
        PresetEntry,
        PresetPlace,
        TrashedPreset,
    )
    from tui.store.drafts import DraftSetAside, DraftStore
    from tui.store.paths import Paths
    from tui.store.presets import PresetStore
    from tui.store.presetscan import Signature

T = TypeVar("T")

_TICK = timedelta(microseconds=1)


class _Store(Generic[T]):
    """A store that is made at its first use, on whichever thread that is."""

    def __init__(self, make: Callable[[], T]) -> None:
        self._make = make
        self._made: T | None = None
        self._making = Lock()

    @property
    def made(self) -> T | None:
        """The store; None while nobody has used it."""
        return self._made

    def __call__(self) -> T:
        with self._making:
            if self._made is None:
                self._made = self._make()
            return self._made


class Saved:
    """Presets and drafts. All methods belong to the event loop's thread.

    Args:
        presets: opens the folders of presets, at their first use; they block.
        drafts: opens the folder of drafts, likewise.
    """

    def __init__(
        self, presets: Callable[[], PresetStore], drafts: Callable[[], DraftStore]
    ) -> None:
        self._presets = _Store(presets)
        self._drafts = _Store(drafts)
        self._kept_at = datetime.min.replace(tzinfo=UTC)

    @property
    def folders(self) -> tuple[Path, ...]:
        """The folders of presets, absolute; new ones go to the first."""
        return self._presets().folders

    def is_shipped(self, place: PresetPlace) -> bool:
        """Whether a preset comes with the program: it can be copied, but not changed."""
        return self._presets().is_shipped(place)

    @property
    def drafts(self) -> DraftStore:
        """The drafts themselves: on its way out, a program has no loop to wait on."""
        return self._drafts()

    def close(self) -> None:
        """Leave the drafts to other copies of the program; blocks, on the way out."""
        if self._drafts.made is not None:
            self._drafts.made.close()

    async def list(self) -> tuple[PresetEntry, ...]:
        """Read the list: every preset of every folder; broken ones are rows too.

        `tui.domain.presets.by_use` orders it, `matching` filters it.
        """
        return await run_blocking(lambda: self._presets().entries(), name="list-presets")

    async def signature(self) -> Signature:
        """Return what differs from the last one as soon as a file came, went or was written.

        Cheap enough to be asked every second or two; `list` again when it differs, and `open` the
        preset in the form again: its version says whether that file was the one.
        """
        return await run_blocking(lambda: self._presets().signature(), name="watch-presets")

    async def sub_folders(self, folder: Path) -> tuple[str, ...]:
        """Return the sub-folders of a folder of presets, as they begin names: ``team/nightly``."""
        return await run_blocking(lambda: self._presets().sub_folders(folder), name="folders")

    async def open(self, place: PresetPlace) -> OpenedPreset:
        """Read one preset.

        Raises:
            PresetBroken: it cannot be understood; its ``entry`` says where and why.
            StorageFailed: it cannot be read.
        """
        return await run_blocking(lambda: self._presets().read(place), name="open-preset")

    async def save(
        self, preset: Preset, place: PresetPlace, *, replacing: str | None
    ) -> OpenedPreset:
        """Write a preset; what is returned belongs into the form.

        It is the preset that was given, but that a body's file is named as it was written: whole.

        Args:
            preset: what stands in the form.
            place: where to; `tui.domain.presets.name_problem` checks a name while it is typed.
            replacing: the version of what was opened from there; None to save as something new.

        Raises:
            FileExists: ``replacing`` is None, and there is one of that name.
            PresetChanged: the file was edited, replaced or deleted outside. To replace it all the
                same, `open` it and save with that version.
            PresetBroken: the file there is broken; it is never replaced.
            StorageFailed: anything else; the file is as it was.
        """
        return await run_blocking(
            lambda: self._presets().save(preset, place, replacing=replacing), name="save-preset"
        )

    async def move(self, opened: OpenedPreset, to: PresetPlace) -> OpenedPreset:
        """Rename the file, also into another sub-folder or folder; it is not saved thereby.

        Raises:
            FileExists: the name is taken.
            PresetChanged, PresetBroken, StorageFailed: the file is where and as it was.
        """
        return await run_blocking(lambda: self._presets().move(opened, to), name="move-preset")

    async def duplicate(self, place: PresetPlace) -> OpenedPreset:
        """Copy the file to ``NAME copy``, and open that.

        Raises:
            PresetBroken, StorageFailed: there is no copy.
        """
        return await run_blocking(lambda: self._presets().duplicate(place), name="copy-preset")

    async def delete(self, place: PresetPlace) -> TrashedPreset:
        """Move a preset, whole or broken, to the trash; `restore` undoes it.

        Raises:
            StorageFailed: it is where it was.
        """
        return await run_blocking(lambda: self._presets().delete(place), name="delete-preset")

    async def restore(self, trashed: TrashedPreset) -> PresetPlace:
        """Bring a deleted preset back to its place.

        Raises:
            FileExists: something of its name is there by now.
            StorageFailed: it stays in the trash.
        """
        return await run_blocking(lambda: self._presets().restore(trashed), name="restore-preset")

    async def trashed(self) -> tuple[TrashedPreset, ...]:
        """List what `restore` can bring back, also from earlier runs, deleted last first."""
        return await run_blocking(lambda: self._presets().trashed(), name="list-trash")

    async def mark_used(self, place: PresetPlace) -> None:
        """Note that a preset was sent, so that it is among the first of the list.

        Raises:
            StorageFailed: it is not noted; nothing else is the worse for it.
        """
        now = datetime.now(UTC)
        await run_blocking(lambda: self._presets().mark_used(place, now), name="mark-used")

    async def keep_draft(self, connection: Connection, draft: Draft) -> None:
        """Keep what stands in the form, for the endpoint that its request names.

        Call it soon after each change; a later call wins, whichever thread is faster.

        Raises:
            StorageFailed: what was kept before is as it was.
        """
        # A clock may tell two calls the same time; which of them was later must not be lost.
        self._kept_at = at = max(datetime.now(UTC), self._kept_at + _TICK)
        await run_blocking(lambda: self._drafts().keep(connection, draft, at), name="keep-draft")

    async def draft(
        self, connection: Connection, endpoint_name: str
    ) -> KeptDraft | DraftSetAside | None:
        """Return what was kept for an endpoint; `DraftSetAside` is to be told, as its `str`."""
        return await run_blocking(
            lambda: self._drafts().read(connection, endpoint_name), name="read-draft"
        )

    async def latest_draft(self, connection: Connection) -> KeptDraft | DraftSetAside | None:
        """Return what was kept last on a connection: what the next start continues with."""
        return await run_blocking(lambda: self._drafts().latest(connection), name="latest-draft")

    async def earlier_drafts(
        self, connection: Connection, endpoint_name: str | None
    ) -> EarlierDrafts:
        """Return what copies of the program left that ran at once; see `DraftStore.earlier`."""
        return await run_blocking(
            lambda: self._drafts().earlier(connection, endpoint_name), name="earlier-drafts"
        )

    async def forget_draft(self, connection: Connection, endpoint_name: str) -> None:
        """Throw a draft away: the user said so, or it is saved."""
        await run_blocking(
            lambda: self._drafts().forget(connection, endpoint_name), name="forget-draft"
        )


def open_saved(
    paths: Paths, folders: tuple[str, ...] = (), shipped: tuple[Path, ...] = ()
) -> Saved:
    """Put the stores together; nothing is read or made yet.

    Args:
        paths: where things live.
        folders: of presets, `Settings.presets`; none means the one in the data folder.
        shipped: folders that come with the program, on the demo its `demo_presets`.
    """

    # Imported at first use, in the program on a thread after the first paint: 10 ms.
    def presets() -> PresetStore:
        from tui.store.presets import open_presets

        return open_presets(paths, folders, shipped)

    def drafts() -> DraftStore:
        from tui.store.drafts import DraftStore

        return DraftStore(paths.drafts)

    return Saved(presets, drafts)
