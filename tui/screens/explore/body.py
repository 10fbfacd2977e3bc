"""The body of the answer on the main screen: copied, written to a file, handed to other programs.

Which body that is, is decided here; how it is taken is `body_taking`'s.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from textual import work

from tui.body.shown_body import ShownBody
from tui.screens.body_taking import BodySource, page_body, read_elsewhere, write_body
from tui.screens.explore.history import ExploreHistory
from tui.widgets.copying import CopyRequested

if TYPE_CHECKING:
    from tui.widgets.body_view.view import BodyView


class ExploreBody(ExploreHistory):
    """The main screen, as far as what came is taken elsewhere."""

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
            body.copy("the body")

    @work(exclusive=True, group="write-body", description="write the body to a file")
    async def action_write_body(self) -> None:
        """Write what came, or what was made of it and is shown, to a file of the user's choice."""
        if (body := self.shown_body) is not None:
            await write_body(self.app, self._source_of(body))

    def _source_of(self, view: BodyView) -> BodySource:
        """Say what a body is of: of the answer, or of the request that would go out."""
        exchange = self.shown_exchange
        is_preview = view is self.form.focused_preview
        if is_preview or exchange is None or exchange.reply is None:
            name = self.form.request.endpoint_name
            return BodySource(
                view=view, what="the request", endpoint_name=name, moment=datetime.now(UTC)
            )
        return BodySource(
            view=view,
            what="the answer",
            endpoint_name=exchange.request.endpoint_name,
            moment=exchange.started_at,
            whole=ShownBody(exchange.reply.body, exchange.reply.content_type),
        )

    # Other programs

    @work(exclusive=True, group="pager", description="show the body in a pager")
    async def action_page_body(self) -> None:
        """Hand the terminal to the user's pager, and to it the text as it is shown."""
        page_body(self.app, self.shown_body)

    @work(exclusive=True, group="editor", description="read the body in an editor")
    async def action_read_elsewhere(self) -> None:
        """Hand the terminal to the user's editor, and to it a copy of what is shown."""
        read_elsewhere(self.app, self.shown_body)
