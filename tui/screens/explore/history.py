"""The way from the main screen to the history, and what comes back from there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual import work
from textual.message import Message

from tui.screens.explore.lenses import ExploreLenses

if TYPE_CHECKING:
    from tui.screens.history_reading import Recalled


class ExploreHistory(ExploreLenses):
    """The main screen, as far as the history goes."""

    @dataclass
    class RecalledFromHistory(Message):
        """The user took something out of the history."""

        recalled: Recalled

    @work(exclusive=True, group="history", description="look into the history")
    async def action_show_history(self) -> None:
        """Look at what was sent before."""
        # Imported when first wanted: 12 ms.
        from tui.screens.history import HistoryScreen

        history = self._explorer.history
        if history is None:
            self.notify("No history is kept: the settings have it off.", markup=False)
            return
        screen = HistoryScreen(
            history,
            is_demo=self._explorer.connection.is_demo,
            can_send=not self._settings.read_only,
            make_bundle=self.bundle_record,
            lenses_by_type=self.response_pane.lenses_by_type,
            choose_lens=self.choose_lens,
        )
        recalled = await self.app.push_screen_wait(screen)
        if recalled is not None:
            self.post_message(self.RecalledFromHistory(recalled))
