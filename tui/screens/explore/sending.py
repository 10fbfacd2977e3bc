"""How what is in the form is sent: a preset opened first, variables asked for, placeholders filled.

ctrl+j ──▶ preset under the cursor? open it ──▶ variables? ask ──▶ ToSend ──▶ `begin`
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import work

from tui.domain.errors import RequestInvalid
from tui.domain.placeholder_places import variable_alone
from tui.domain.placeholders import filling_of, filling_so_far, wanted_variables
from tui.domain.presets import StoredPreset
from tui.screens.explore.invoking import ToSend
from tui.screens.explore.preset_files import ExplorePresetFiles

if TYPE_CHECKING:
    from pathlib import Path

    from tui.domain.placeholders import Filling
    from tui.domain.presets import Preset, PresetPlace
    from tui.screens.services import Services


class ExploreSending(ExplorePresetFiles):
    """The main screen, up to the moment of sending."""

    def __init__(self, services: Services) -> None:
        super().__init__(services)
        self._answers: dict[str, str] = {}
        """What variables were answered with last."""
        self._unnamed: Preset | None = None
        """What was to be sent without an endpoint's name; once more, and it is."""

    def want_send(self) -> None:
        """Send what is in the form, or the preset under the cursor; ask for variables first."""
        if not self.may_send:
            return
        if (place := self._preset_to_send()) is not None:
            self._open_and_send(place)
            return
        preset = self.current_preset
        if not preset.request.endpoint_name and preset != self._unnamed:
            self._ask_for_a_name(preset)
        elif wanted_variables(preset):
            self._ask_and_send(preset)
        else:
            self._send_filled(preset)

    def _ask_for_a_name(self, preset: Preset) -> None:
        """Say what is missing, once: a bad request may be what is to be tested."""
        self._unnamed = preset
        if self.is_narrow:
            self.give_way()
        self.form.focus_endpoint()
        words = "Choose an endpoint, or type its name. ctrl+j once more sends this without one."
        self.notify(words, severity="warning", markup=False)

    @work(exclusive=True, group="variables", description="ask for variables")
    async def _ask_and_send(self, preset: Preset) -> None:
        # Imported when first wanted.
        from tui.screens.preset_dialogs import VariablesScreen

        at_hand = {**self._answers, **self._session_at_hand(preset)}
        asking = VariablesScreen(wanted_variables(preset), at_hand)
        answers = await self.app.push_screen_wait(asking)
        if answers is not None:
            self._answers = {**self._answers, **answers}
            self._send_filled(preset)

    def _session_at_hand(self, preset: Preset) -> dict[str, str]:
        """Return the session that the endpoint opened last, for the variable that is SessionId."""
        name = variable_alone(preset.request.session_id or "")
        sessions = self._sessions.get(preset.request.endpoint_name, ())
        return {name: sessions[0]} if name and sessions else {}

    def _send_filled(self, preset: Preset) -> None:
        self.settle()
        opened = self.opened
        try:
            filling = filling_of(preset, self._preset_folder, self._answers)
        except RequestInvalid as error:
            self.report(error)
            return
        self.begin(
            ToSend(
                request=preset.request,
                filling=filling,
                preset_name=opened.place.name if opened else None,
                keep_bodies=preset.keeps_bodies,
            )
        )
        if opened is not None:
            self._mark_used(opened.place)

    @work(exclusive=True, group="preset-use", description="note that a preset was sent")
    async def _mark_used(self, place: PresetPlace) -> None:
        await self.tried(self.saved.mark_used(place))
        self.read_again()

    @property
    def _preset_folder(self) -> Path | None:
        return self.opened.place.path.parent if self.opened else None

    def filling_for_preview(self) -> Filling | None:
        """Say how placeholders would be filled in; what is yet to be asked for stays as it is."""
        return filling_so_far(self.current_preset, self._preset_folder, self._answers)

    def _preset_to_send(self) -> PresetPlace | None:
        """Return the preset under the cursor, where sending means to open it first."""
        entry = self.preset_list.current if self.preset_list.has_focus else None
        if not isinstance(entry, StoredPreset):
            return None
        is_open = self.opened is not None and self.opened.place == entry.place
        return None if is_open else entry.place

    @work(exclusive=True, group="preset", description="open a preset and send it")
    async def _open_and_send(self, place: PresetPlace) -> None:
        if await self.bring_in(place):
            self.want_send()
