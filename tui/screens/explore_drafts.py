"""What is in the form outlives the program: kept soon after each change, brought back at the start.

change ──▶ typing pauses ──▶ kept on disk      start, other connection ──▶ brought back
                                ▲
leaving ────────────────────────┘
"""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from rich.text import Text
from textual import on, work
from textual.worker import WorkerCancelled

from tui.body.sanitise import sanitise
from tui.domain.errors import StorageFailed
from tui.screens.explore_sending import ExploreSending
from tui.widgets.request_form import RequestForm

if TYPE_CHECKING:
    from pathlib import Path

    from textual.timer import Timer
    from textual.worker import Worker

    from tui.domain.connections import Connection
    from tui.domain.drafts import Draft
    from tui.domain.presets import OpenedPreset
    from tui.explorer import Explorer
    from tui.saved import Saved
    from tui.store.settings import Settings

_PAUSE_S = 0.4
"""What is typed is kept when typing pauses this long."""


class ExploreDrafts(ExploreSending):
    """The main screen, as far as drafts go."""

    def __init__(
        self,
        explorer: Explorer,
        settings: Settings,
        saved: Saved,
        remembered_file: Path | None = None,
    ) -> None:
        super().__init__(explorer, settings, saved, remembered_file)
        self._keeping: Timer | None = None
        self._kept: Draft | None = None
        """What is on disk."""
        self._pending: Draft | None = None
        """What is not there yet; None while nothing could be lost."""
        self._cannot_keep = False
        self._restoring: Worker[None] | None = None

    @on(RequestForm.Changed)
    def _keep_soon(self) -> None:
        self._schedule()

    def show_preset(self) -> None:
        """Show what is in the form, and keep it soon."""
        super().show_preset()
        self._schedule()

    def _schedule(self) -> None:
        self._pending = self._draft_to_keep()
        if self._keeping is not None:
            self._keeping.stop()
        self._keeping = self.set_timer(_PAUSE_S, self._keep)

    def _draft_to_keep(self) -> Draft | None:
        """Return what would be lost now; None where it is nothing, or is on disk."""
        opened = self.opened
        if self._kept is None and opened is None and self.is_untouched:
            return None
        # Imported here: 1 ms, and nothing is in the form at the first paint.
        from tui.domain.drafts import Draft

        draft = Draft(
            preset=self.current_preset,
            opened_from=opened.place if opened else None,
            version=opened.version if opened else "",
        )
        return None if draft == self._kept else draft

    # Not exclusive: what is being written is written whole, and the store lets the later one win.
    @work(group="draft", description="keep a draft")
    async def _keep(self) -> None:
        if (draft := self._pending) is None:
            return
        try:
            await self.saved.keep_draft(self._explorer.connection, draft)
        except StorageFailed as error:
            if not self._cannot_keep:  # said once, not at every pause
                self.report(error)
            self._cannot_keep = True
        else:
            self._kept, self._cannot_keep = draft, False
            if self._pending is draft:
                self._pending = None

    def on_unmount(self) -> None:
        """Keep what the last pause did not; there is no loop to wait on any more."""
        if self._pending is None:
            return
        try:
            self.saved.drafts.keep(self._explorer.connection, self._pending, datetime.now(UTC))
        except StorageFailed as error:
            words = Text(sanitise(f"What was in the form could not be kept: {error.summary}"))
            self.app.exit(self.app.return_value, self.app.return_code or 0, words)

    def restore_draft(self) -> None:
        """Bring back what was in the form on this connection, unless there is something in it."""
        if self.is_untouched and self.opened is None:
            self._restoring = self._restore(self._explorer.connection)

    async def until_restored(self) -> None:
        """Wait until a draft that is being brought back is in the form."""
        if self._restoring is not None:
            with suppress(WorkerCancelled):
                await self._restoring.wait()

    @work(exclusive=True, group="draft-restore", description="bring a draft back")
    async def _restore(self, connection: Connection) -> None:
        kept = await self.tried(self.saved.latest_draft(connection))
        if kept is None or not self.is_untouched or connection != self._explorer.connection:
            return
        from tui.domain.drafts import KeptDraft

        if not isinstance(kept, KeptDraft):
            self.notify(sanitise(str(kept)), severity="warning", markup=False)
            return
        draft = kept.draft
        self._kept = draft
        self.recall(draft.preset, await self._opened_of(draft), keeps_focus=True)
        self._replaced = ()

    async def _opened_of(self, draft: Draft) -> OpenedPreset | None:
        """Return the preset that a draft began as, where it can still be had."""
        if draft.opened_from is None:
            return None
        try:
            return await self.saved.open(draft.opened_from)
        except StorageFailed:  # gone or broken by now: the draft is all there is of it
            return None
