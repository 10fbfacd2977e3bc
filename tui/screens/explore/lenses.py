"""The lens that was chosen for each media type: for all answers, here and in the history.

remembered ── at the start ──▶ lenses_by_type ──▶ what is shown from then on
v ── LensChosen ──▶ lenses_by_type, remembered

What is on the screen already stays as one looks at it.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from textual import work

from tui.blocking import run_blocking
from tui.domain.errors import ExplorerError
from tui.screens.explore.bundle import ExploreBundle
from tui.store.problems import Problem
from tui.store.remembered import read_remembered, remember_lens

if TYPE_CHECKING:
    from tui.screens.services import Services
    from tui.widgets.body_view.view import BodyView


class ExploreLenses(ExploreBundle):
    """The main screen, as far as it knows how bodies are looked at."""

    def __init__(self, services: Services) -> None:
        super().__init__(services)
        self._remembered_file = services.remembered_file

    @work(exclusive=True, group="recall-lenses", description="read which lenses were chosen")
    async def recall_lenses(self) -> None:
        """Look at bodies as it was chosen for their types in earlier runs."""
        if self._remembered_file is None:
            return
        known = await run_blocking(partial(read_remembered, self._remembered_file), name="recall")
        if known is not None and not isinstance(known, Problem):
            self.response_pane.lenses_by_type = known.lenses

    def on_body_view_lens_chosen(self, event: BodyView.LensChosen) -> None:
        """Remember a lens; by its name, lest the view is imported before it is needed."""
        event.stop()
        self.choose_lens(event.media_type, event.lens)

    def choose_lens(self, media_type: str, lens: str) -> None:
        """Look at answers of a media type so from now on, and in later runs."""
        lenses = self.response_pane.lenses_by_type
        self.response_pane.lenses_by_type = {**lenses, media_type: lens}
        self._remember_lens(media_type, lens)

    @work(group="remember", description="remember a lens")
    async def _remember_lens(self, media_type: str, lens: str) -> None:
        if self._remembered_file is None:
            return
        try:
            await run_blocking(partial(remember_lens, self._remembered_file, media_type, lens))
        except ExplorerError as error:
            self.report(error)
