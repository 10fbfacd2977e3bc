"""What is in the form outlives the program: kept soon after each change, brought back at the start.

change ──▶ typing pauses ──▶ kept on disk      start, other connection ──▶ the latest comes back
                                ▲              an endpoint is chosen ────▶ its own comes back
leaving, another endpoint ──────┘
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from rich.text import Text
from textual import on, work
from textual.worker import WorkerCancelled

from tui.body.sanitise import sanitise
from tui.domain.errors import StorageFailed
from tui.screens.explore.form import Held
from tui.screens.explore.sending import ExploreSending
from tui.widgets.request_form.form import RequestForm

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual.timer import Timer
    from textual.worker import Worker

    from tui.domain.connections import Connection
    from tui.domain.drafts import Draft, KeptDraft
    from tui.domain.presets import OpenedPreset
    from tui.screens.services import Services
    from tui.store.drafts import DraftSetAside

_PAUSE_S = 0.4
"""What is typed is kept when typing pauses this long."""


class ExploreDrafts(ExploreSending):
    """The main screen, as far as drafts go."""

    def __init__(self, services: Services) -> None:
        super().__init__(services)
        self._keeping: Timer | None = None
        self._kept: Draft | None = None
        """What is on disk."""
        self._pending: dict[tuple[Connection, str | None], Draft] = {}
        """What is not there yet, by what it is kept in place of: an endpoint's own, or nobody's."""
        self._cannot_keep = False
        self._restoring: Worker[None] | None = None

    @on(RequestForm.Changed)
    def _keep_soon(self) -> None:
        self._schedule()

    def show_preset(self) -> None:
        """Show what is in the form, and keep it soon."""
        super().show_preset()
        self._schedule()

    def left_behind(self) -> None:
        """Keep at once what was typed, about to be replaced or moved."""
        held = self.here
        if held.is_own:
            self._want_kept(_draft_of(held))
            self._keep()

    def _schedule(self) -> None:
        draft = self._draft_to_keep()
        if draft is not None:
            self._want_kept(draft)
        if self._keeping is not None:
            self._keeping.stop()
        self._keeping = self.set_timer(_PAUSE_S, self._keep)

    def _want_kept(self, draft: Draft) -> None:
        """Have it kept, in place of what was to be kept in its place; the latest one last."""
        place = (self._explorer.connection, _own_name(draft))
        self._pending.pop(place, None)
        self._pending[place] = draft

    def _draft_to_keep(self) -> Draft | None:
        """Return what would be lost now; None where it is nothing, or is on disk."""
        here = self.here
        if self._kept is None and not self._pending and here.is_nothing:
            return None
        request = self.form.request
        # Half a name is no endpoint yet; and an endpoint's draft is looked at before it goes.
        is_settled = request.endpoint_name == self.endpoint_name and self._left is None
        is_own = here.is_own and is_settled
        held = replace(here, preset=replace(here.preset, request=request), is_own=is_own)
        draft = _draft_of(held)
        return None if draft == self._kept and not self._pending else draft

    # Not exclusive: what is being written is written whole, and the store lets the later one win.
    @work(group="draft", description="keep a draft")
    async def _keep(self) -> None:
        for place, draft in tuple(self._pending.items()):
            try:
                await self.saved.keep_draft(place[0], draft)
            except StorageFailed as error:
                if not self._cannot_keep:  # said once, not at every pause
                    self.report(error)
                self._cannot_keep = True
                return
            self._kept, self._cannot_keep = draft, False
            if self._pending.get(place) is draft:
                del self._pending[place]

    def on_unmount(self) -> None:
        """Keep what the last pause did not; there is no loop to wait on any more."""
        try:
            for (connection, _), draft in self._pending.items():
                self.saved.drafts.keep(connection, draft, datetime.now(UTC))
            self.saved.close()
        except StorageFailed as error:
            words = Text(sanitise(f"What was in the form could not be kept: {error.summary}"))
            self.app.exit(self.app.return_value, self.app.return_code or 0, words)

    def leave_connection(self) -> None:
        """Keep what is in the form for this connection; it goes along to another, as of there."""
        self.left_behind()
        self._kept = None

    # Coming back to an endpoint

    def arrived(self, row: Mapping[str, str | None]) -> None:
        """Bring back what was typed for the endpoint that is named now, or hold it at hand."""
        if self._left is not None or self.form.request.endpoint_name != self.endpoint_name:
            self._arrive(row, self._explorer.connection)

    @work(exclusive=True, group="own-draft", description="look for an endpoint's own draft")
    async def _arrive(self, row: Mapping[str, str | None], connection: Connection) -> None:
        name = self.form.request.endpoint_name
        own = await self._own_draft(connection, name)
        opened = None if own is None else await self._opened_of(own)
        if name != self.form.request.endpoint_name or connection != self._explorer.connection:
            return
        if own is not None and name != self.endpoint_name:
            self._move(name)
        left, self._left = self._left, None
        if own is None or left is None:
            self._schedule()
            return
        request = replace(own.preset.request, **row)
        held = _held_of(replace(own, preset=replace(own.preset, request=request)), opened)
        if left.is_guest or self.is_typed:
            self._hold_at_hand(held)
        else:
            self._come_back(held, left)
        await self._hold_earlier(connection, name)

    async def _hold_earlier(self, connection: Connection, name: str | None) -> None:
        """Have ctrl+r bring back, after all else, what copies left that ran at once.

        Args:
            connection: where it was typed.
            name: the endpoint whose own it is; None for what is nobody's.
        """
        earlier = await self.tried(self.saved.earlier_drafts(connection, name))
        if earlier is None or not earlier.drafts:
            return
        drafts = [kept.draft for kept in earlier.drafts]
        held = [_held_of(draft, await self._opened_of(draft)) for draft in drafts]
        if connection == self._explorer.connection and self._hold_behind(held) and earlier.has_news:
            words = f"Two copies of sagescope were open. ctrl+r: what the other had{_at(name)}."
            self.notify(sanitise(words), markup=False)

    async def _own_draft(self, connection: Connection, name: str) -> Draft | None:
        """Return what was typed for an endpoint, a moment ago or in an earlier run."""
        if (pending := self._pending.get((connection, name))) is not None:
            return pending
        kept = await self.tried(self.saved.draft(connection, name))
        return None if kept is None else self._draft_in(kept)

    def _draft_in(self, kept: KeptDraft | DraftSetAside) -> Draft | None:
        """Return the draft; say why there is none."""
        from tui.domain.drafts import KeptDraft

        if isinstance(kept, KeptDraft):
            return kept.draft
        self.notify(sanitise(str(kept)), severity="warning", markup=False)
        return None

    def _hold_at_hand(self, held: Held) -> None:
        self._schedule()
        if held.preset.request == self.form.request:
            return
        self._hold_for_return(held)
        name = held.preset.request.endpoint_name
        words = f"The request goes along. ctrl+r: what was typed for {name} last."
        self.notify(sanitise(words), markup=False)

    def _come_back(self, held: Held, left: Held) -> None:
        name = held.preset.request.endpoint_name
        if not left.is_nothing:
            self._hold_for_return(left)
        self._example = None
        self._take(held)
        others = "" if left.is_nothing else "ctrl+r: the other request, alt+r: that one here, "
        keys = f"{others}ctrl+n: a new one, alt+e: the example."
        words = sanitise(f"This is what was typed for {name} last.")
        self.notify(f"{words}\n{keys}", markup=False)

    # The start

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
        draft = None if kept is None else self._draft_in(kept)
        opened = None if draft is None else await self._opened_of(draft)
        if draft is None or not self.is_untouched or connection != self._explorer.connection:
            return
        self._kept = draft
        self._take(_held_of(draft, opened))
        for name in {_own_name(draft), None}:
            await self._hold_earlier(connection, name)

    async def _opened_of(self, draft: Draft) -> OpenedPreset | None:
        """Return the preset that a draft began as, where it can still be had."""
        if draft.opened_from is None:
            return None
        try:
            return await self.saved.open(draft.opened_from)
        except StorageFailed:  # gone or broken by now: the draft is all there is of it
            return None


def _draft_of(held: Held) -> Draft:
    # Imported here: 1 ms, and nothing is in the form at the first paint.
    from tui.domain.drafts import Draft

    return Draft(
        preset=held.preset,
        opened_from=held.opened.place if held.opened else None,
        version=held.opened.version if held.opened else "",
        is_own=held.is_own,
    )


def _held_of(draft: Draft, opened: OpenedPreset | None) -> Held:
    is_guest = opened is not None or not draft.is_own
    return Held(preset=draft.preset, opened=opened, is_own=draft.is_own, is_guest=is_guest)


def _own_name(draft: Draft) -> str | None:
    return draft.preset.request.endpoint_name if draft.is_own else None


def _at(name: str | None) -> str:
    return f" for {name}" if name else ""
