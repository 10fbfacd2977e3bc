"""Presets as files, from the main screen: saved, renamed, copied, deleted and brought back."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from textual import on, work

from tui.body.sanitise import sanitise
from tui.domain.errors import StorageFailed
from tui.domain.presets import BrokenPreset, StoredPreset
from tui.screens.explore.presets import ExplorePresets
from tui.store.files import FileExists
from tui.widgets.preset_list import PresetList

if TYPE_CHECKING:
    from tui.domain.presets import OpenedPreset, Preset, PresetEntry, PresetPlace, TrashedPreset
    from tui.screens.services import Services


class ExplorePresetFiles(ExplorePresets):
    """The main screen, as far as files of presets go."""

    def __init__(self, services: Services) -> None:
        super().__init__(services)
        self._trashed: list[TrashedPreset] = []
        """What was deleted, last at the end."""

    @on(PresetList.Wanted)
    def _take_wish(self, event: PresetList.Wanted) -> None:
        event.stop()
        match event.what, event.entry:
            case "rename" | "delete", StoredPreset(place=place) if self.saved.is_shipped(place):
                words = f"{place.name} comes with sagescope and stays; c makes a copy of your own."
                self.notify(sanitise(words), severity="warning", markup=False)
            case "delete", entry:
                self._delete(entry)
            case _, BrokenPreset() as broken:
                self.notify(sanitise(str(broken)), severity="error", markup=False)
            case "open", StoredPreset(place=place):
                self.open_preset(place)
            case "rename", StoredPreset(place=place):
                self._rename(place)
            case "duplicate", StoredPreset(place=place):
                self._duplicate(place)
            case _:
                pass

    # Saving

    @work(exclusive=True, group="preset", description="save the preset")
    async def action_save_preset(self) -> None:
        """Save what is in the form into its file; ask for a name where it has none."""
        opened = self.opened
        if opened is None or self.saved.is_shipped(opened.place):
            await self._save_as()
        else:
            await self._save(self.current_preset, opened.place, replacing=opened.version)

    @work(exclusive=True, group="preset", description="save the preset under another name")
    async def action_save_preset_as(self) -> None:
        """Ask for a name, description and variables, and save."""
        await self._save_as()

    async def _save_as(self) -> None:
        from tui.screens.preset_dialogs import SavePresetScreen, suggested_place

        opened, folder = self.opened, self.saved.folders[0]
        if opened is None:
            place = suggested_place(folder, self.form.request.endpoint_name)
        elif self.saved.is_shipped(opened.place):
            place = replace(opened.place, folder=folder)
        else:
            place = opened.place
        wanted = await self.app.push_screen_wait(SavePresetScreen(place, self.current_preset))
        if wanted is None:
            return
        is_same = opened is not None and opened.place == wanted.place
        replacing = opened.version if opened and is_same else None
        await self._save(wanted.preset, wanted.place, replacing=replacing)

    async def _save(self, preset: Preset, place: PresetPlace, *, replacing: str | None) -> None:
        # Imported here: 8 ms that the thread which reads the list has spent by now.
        from tui.store.presetfiles import PresetChanged

        try:
            saved = await self.saved.save(preset, place, replacing=replacing)
        except FileExists:
            await self._save_over(preset, place, "there is a preset of this name already.")
        except PresetChanged:
            await self._save_over(preset, place, "the file was changed outside since it was read.")
        except StorageFailed as error:
            self.report(error)
        else:
            self._show_saved(saved)

    async def _save_over(self, preset: Preset, place: PresetPlace, reason: str) -> None:
        from tui.screens.preset_dialogs import ReplacePresetScreen
        from tui.store.presetfiles import PresetBroken

        if not await self.app.push_screen_wait(ReplacePresetScreen(place, reason)):
            return
        try:
            there = (await self.saved.open(place)).version
        except PresetBroken as error:
            self.report(error)
            return
        except StorageFailed:  # gone by now: then it is saved as something new
            there = None
        saved = await self.tried(self.saved.save(preset, place, replacing=there))
        if saved is not None:
            self._show_saved(saved)

    def _show_saved(self, saved: OpenedPreset) -> None:
        self.base = saved.preset
        self.opened = saved
        self.show_preset()
        self.notify(sanitise(f"Saved as {saved.place.name}"), markup=False)
        self.read_again()

    # Files

    @work(exclusive=True, group="preset", description="rename a preset")
    async def _rename(self, place: PresetPlace) -> None:
        from tui.screens.preset_dialogs import RenamePresetScreen

        wanted = await self.app.push_screen_wait(RenamePresetScreen(place))
        opened = None if wanted is None else await self.tried(self.saved.open(place))
        if wanted is None or opened is None or wanted.place == place:
            return
        try:
            moved = await self.saved.move(opened, wanted.place)
        except FileExists:
            words = f"There is a preset {wanted.place.name} already; it stays as it is."
            self.notify(sanitise(words), severity="error", markup=False)
        except StorageFailed as error:
            self.report(error)
        else:
            if self.opened is not None and self.opened.place == place:
                self.opened = replace(self.opened, place=moved.place, version=moved.version)
            self.show_preset()
            self.preset_list.follow(moved.place)
            self.read_again()

    @work(exclusive=True, group="preset", description="copy a preset")
    async def _duplicate(self, place: PresetPlace) -> None:
        copied = await self.tried(self.saved.duplicate(place))
        if copied is not None:
            self.recall(copied.preset, copied, keeps_focus=True)
            self.notify(sanitise(f"Copied as {copied.place.name}, and opened."), markup=False)
            self.preset_list.follow(copied.place)
            self.read_again()

    @work(exclusive=True, group="preset", description="delete a preset")
    async def _delete(self, entry: PresetEntry) -> None:
        trashed = await self.tried(self.saved.delete(entry.place))
        if trashed is None:
            return
        self._trashed.append(trashed)
        if self.opened is not None and self.opened.place == entry.place:
            self.opened = None
            self.show_preset()
        self.notify(sanitise(f"{entry.place.name} is deleted. u brings it back."), markup=False)
        self.read_again()

    @on(PresetList.UndoWanted)
    @work(exclusive=True, group="preset", description="bring a preset back")
    async def _undo(self, event: PresetList.UndoWanted) -> None:
        event.stop()
        if not self._trashed:
            self.notify("Nothing was deleted.", markup=False)
            return
        place = await self.tried(self.saved.restore(self._trashed[-1]))
        if place is not None:
            self._trashed.pop()
            self.read_again()
