"""The body of the answer on the main screen: copied, written to a file, handed to other programs.

What is made of it within its own view (filters, commands) is the view's; here is what needs a
clipboard, a file or the terminal.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING

from textual import work
from textual.app import SuspendNotSupported

from tui.blocking import run_blocking
from tui.body.sanitise import sanitise
from tui.body.shown_body import ShownBody
from tui.domain.errors import ExplorerError, StorageFailed
from tui.screens.explore.history import ExploreHistory
from tui.screens.terminal import with_terminal
from tui.store.files import write_user_file
from tui.store.problems import Problem
from tui.store.remembered import read_remembered, remember_lens
from tui.widgets.copying import CopyRequested

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.body.kinds import Recognised
    from tui.screens.services import Services
    from tui.widgets.body_view.view import BodyView

_AT_ONCE_S = 0.5
"""A pager that ends sooner has shown nothing: the program's own screen comes back over it."""


@dataclass(frozen=True, slots=True)
class _Written:
    """What is going to be written, and what its file is named for."""

    endpoint_name: str
    moment: datetime
    body: ShownBody = field(repr=False)


class ExploreBody(ExploreHistory):
    """The main screen, as far as what came is taken elsewhere."""

    def __init__(self, services: Services) -> None:
        super().__init__(services)
        self._remembered_file = services.remembered_file

    @property
    def shown_body(self) -> BodyView | None:
        """What shows the body that came, or that of the preview while that has the focus."""
        # Asked also before there is a form or a response.
        preview = self.form.focused_preview if self.focused is not None else None
        if preview is not None:
            return preview
        if self.shown_exchange is None or self.shown_exchange.reply is None:
            return None
        answer = self.response_pane.answer
        # Asked also between its mounting and the mounting of what is in it.
        return answer.body_view if answer is not None and answer.is_mounted else None

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what can be done with a body while there is one."""
        if action in ("write_body", "page_body", "read_elsewhere"):
            return self.shown_body is not None
        return super().check_action(action, parameters)

    # Copying and writing

    def action_copy(self) -> None:
        """Copy what the focused pane is about."""
        answer, body = self.response_pane.answer, self.shown_body
        header = answer.focused_header if answer is not None else None
        name = self.endpoints_pane.browser.endpoint_list.current_endpoint
        if header is not None:
            self.post_message(CopyRequested(f"{header[0]}: {header[1]}", "the header"))
        elif self.focused_pane == "endpoints" and name:
            self.post_message(CopyRequested(name, "the name"))
        elif body is not None:
            self.post_message(body.copying("the body"))

    @work(exclusive=True, group="write-body", description="write the body to a file")
    async def action_write_body(self) -> None:
        """Write what came, or what was made of it and is shown, to a file of the user's choice."""
        body = self.shown_body
        source = self._written_of(body) if body is not None else None
        if body is None or source is None:
            return
        # Imported when first wanted: 3 ms with the tables of file types.
        from tui.body.copying import whole_text
        from tui.screens.explore.saving import SaveScreen, suggested_name, written

        data, suffix = source.body.data, _suffix(source.body.content_type, body.found)
        name = suggested_name(source.endpoint_name, source.moment, suffix)
        screen = SaveScreen(name, len(data), body.lens, body.trail)
        chosen = await self.app.push_screen_wait(screen)
        if chosen is None:
            return
        document = body.open_anew() if chosen.as_shown else None
        try:
            if document is not None:
                data = await run_blocking(partial(whole_text, document), name="lay-out")
            write = partial(write_user_file, chosen.path, data)
            is_written = await written(self.app, chosen.path, write)
        except StorageFailed as error:
            self.report(error)
        else:
            if is_written:
                self.notify(f"Written to {sanitise(str(chosen.path))}", markup=False)

    def _written_of(self, view: BodyView) -> _Written | None:
        """Return what `w` writes: what was made and is shown; else all that came, or goes out."""
        exchange = self.shown_exchange
        is_preview = view is self.form.focused_preview
        if is_preview or exchange is None or exchange.reply is None:
            name, moment, whole = self.form.request.endpoint_name, datetime.now(UTC), view.shown
        else:
            name, moment = exchange.request.endpoint_name, exchange.started_at
            whole = ShownBody(exchange.reply.body, exchange.reply.content_type)
        body = view.shown if view.trail else whole
        if body is None:
            return None
        return _Written(name, moment, ShownBody(body.data, body.content_type))

    # Other programs

    @work(exclusive=True, group="pager", description="show the body in a pager")
    async def action_page_body(self) -> None:
        """Hand the terminal to the user's pager, and to it the text as it is shown."""
        document = self.shown_body.open_anew() if self.shown_body is not None else None
        if document is None:
            self.notify("The body is empty; there is nothing to page through.", markup=False)
            return
        from tui.screens.explore.programs import page, pager_command

        duration_s = self._hand_over(lambda: page(document, pager_command(os.environ)))
        if duration_s is not None and duration_s < _AT_ONCE_S:
            self.notify(
                "The pager ended at once. For short text, less does so when $LESS has -F.",
                markup=False,
            )

    @work(exclusive=True, group="editor", description="read the body in an editor")
    async def action_read_elsewhere(self) -> None:
        """Hand the terminal to the user's editor, and to it a copy of what is shown."""
        body = self.shown_body
        shown = body.shown if body is not None else None
        if body is not None and shown is not None:
            from tui.screens.explore.programs import editor_command, read_copy

            suffix = _suffix(shown.content_type, body.found)
            self._hand_over(lambda: read_copy(shown.data, suffix, editor_command(os.environ)))

    def _hand_over(self, run: Callable[[], float]) -> float | None:
        """Let a program own the terminal; return its seconds, None if it could not run."""
        try:
            return with_terminal(self.app, run)
        except SuspendNotSupported:
            words = (
                "This terminal cannot be handed to another program; w writes the body to a file."
            )
            self.notify(words, markup=False)
        except StorageFailed as error:
            self.report(error)
        return None

    # Lenses

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
        chosen = {event.media_type: event.lens}
        self.response_pane.lenses_by_type = {**self.response_pane.lenses_by_type, **chosen}
        self._remember_lens(event.media_type, event.lens)

    @work(group="remember", description="remember a lens")
    async def _remember_lens(self, media_type: str, lens: str) -> None:
        if self._remembered_file is None:
            return
        try:
            await run_blocking(partial(remember_lens, self._remembered_file, media_type, lens))
        except ExplorerError as error:
            self.report(error)


def _suffix(content_type: str | None, found: Recognised | None) -> str:
    """Return the suffix of a file by what it is called, else by what it was found to be."""
    from tui.screens.explore.saving import suffix_of

    return (
        suffix_of(content_type or "")
        if found is None
        else suffix_of(content_type or "", found.kind)
    )
