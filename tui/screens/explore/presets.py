"""Presets on the main screen: the list as the files are, one of them in the form.

    PresetList ──open──▶ recalled into the form ──▶ differs from the file: unsaved

What is replaced in the form can be brought back, its preset with it. Saving and the like are in
`explore_preset_files`, how a preset is sent in `explore_sending`.
"""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from textual import work
from textual.content import Content

from tui.body.sanitise import sanitise
from tui.domain.errors import ExplorerError, StorageFailed
from tui.domain.placeholders import placeholders_in
from tui.domain.presets import StoredPreset, is_unsaved
from tui.screens.explore.body import ExploreBody

if TYPE_CHECKING:
    from collections.abc import Awaitable

    from textual.timer import Timer

    from tui.domain.presets import Preset, PresetEntry, PresetPlace
    from tui.screens.services import Services
    from tui.store.presetscan import Signature

T = TypeVar("T")

_WATCHED_EVERY_S = 1.5


class ExplorePresets(ExploreBody):
    """The main screen, as far as saved requests go."""

    def __init__(self, services: Services) -> None:
        super().__init__(services)
        self.saved = services.saved
        self._looking = asyncio.Lock()
        self._signature: Signature | None = None
        self._watching: Timer | None = None

    def begin_watching(self) -> None:
        """Read the presets now, and again whenever a file of theirs has changed."""
        self._look_at_presets()
        self._watching = self.set_interval(_WATCHED_EVERY_S, self._look_at_presets)

    # Not exclusive: on a slow disk, each look would end the one before it, and none be seen.
    @work(group="presets", description="look at the presets")
    async def _look_at_presets(self) -> None:
        if not self._looking.locked():
            await self._look()

    @work(group="presets", description="read the presets again")
    async def read_again(self) -> None:
        """Read the list although no file seems to have changed."""
        self._signature = None
        await self._look()

    async def _look(self) -> None:
        """Read the list, if it has changed since the last look."""
        async with self._looking:
            try:
                signature = await self.saved.signature()
                if signature == self._signature:
                    return
                entries = await self.saved.list()
            except StorageFailed as error:
                self._stop_watching()
                self.report(error)
                return
            self._signature = signature
            self.preset_list.entries = entries
            await self._follow_the_file(entries)

    def _stop_watching(self) -> None:
        """Say once what is wrong, not every second."""
        if self._watching is not None:
            self._watching.stop()

    async def _follow_the_file(self, entries: tuple[PresetEntry, ...]) -> None:
        """Take over what was written into the opened preset's file by others."""
        opened = self.opened
        if opened is None or not _is_listed(opened.place, entries):
            return
        try:
            now = await self.saved.open(opened.place)
        except StorageFailed as error:
            self.report(error)
            return
        if now.version == opened.version or self.opened is not opened:
            return
        if is_unsaved(opened, self.current_preset):
            self.notify(
                sanitise(f"{opened.place.name} was changed outside; saving will ask."),
                severity="warning",
                markup=False,
            )
            return
        self.recall(now.preset, now)
        self.notify(sanitise(f"{opened.place.name} was changed outside: read again."), markup=False)

    @work(exclusive=True, group="preset", description="open a preset")
    async def open_preset(self, place: PresetPlace) -> None:
        """Take a preset into the form."""
        await self.bring_in(place)

    @work(exclusive=True, group="preset", description="choose a starting point")
    async def action_take_starter(self) -> None:
        """Offer bodies of the usual shapes; the endpoint stays."""
        # Imported when first wanted.
        from tui.screens.starters import StartersScreen

        starter = await self.app.push_screen_wait(StartersScreen())
        if starter is not None:
            request = replace(
                self.form.request,
                body=starter.request.body,
                content_type=starter.request.content_type,
                accept=starter.request.accept,
            )
            self.recall(replace(starter, request=request))

    async def bring_in(self, place: PresetPlace) -> bool:
        """Take a preset into the form; tell whether that went well."""
        opened = await self.tried(self.saved.open(place))
        if opened is None:
            return False
        if is_unsaved(self.opened, self.current_preset) and not self.is_untouched:
            inside = f" in {self.opened.place.name}" if self.opened else ""
            words = f"What was unsaved{inside} is kept: ctrl+r brings it back."
            self.notify(sanitise(words), markup=False)
        self.recall(opened.preset, opened, keeps_focus=True)
        return True

    async def tried(self, work: Awaitable[T]) -> T | None:
        """Await; say why where it fails."""
        try:
            return await work
        except ExplorerError as error:
            self.report(error)
            return None

    # What is shown

    def show_preset(self) -> None:
        """Show which preset is in the form, whether it is saved, and what will be filled in."""
        preset, opened = self.current_preset, self.opened
        unsaved = is_unsaved(opened, preset) and not self.is_untouched
        self.preset_list.opened = opened.place if opened else None
        self.preset_list.is_unsaved = unsaved
        self.form.variables = (
            frozenset(each.name for each in preset.variables) if preset.has_placeholders else None
        )
        self.form.border_subtitle = Content("  ").join(
            [
                *([Content(sanitise(opened.place.name))] if opened else []),
                *([Content.styled("● unsaved", "$text-warning")] if unsaved else []),
                *([Content(words)] if (words := _filled_words(preset)) else []),
            ]
        )


def _filled_words(preset: Preset) -> str:
    found = placeholders_in(preset)
    if not found:
        return ""
    first = ", ".join(each.text for each in found[:2])
    return sanitise(f"fills in {first}{' …' if len(found) > 2 else ''}")


def _is_listed(place: PresetPlace, entries: tuple[PresetEntry, ...]) -> bool:
    return any(entry.place == place and isinstance(entry, StoredPreset) for entry in entries)
