"""What an entry of the history holds, taken elsewhere: copied, to a file, a pager, an editor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import work

from tui.body.shown_body import ShownBody
from tui.screens.body_taking import BodySource, page_body, read_elsewhere, write_body
from tui.screens.history_reading import HistoryReading
from tui.widgets.copying import CopyRequested
from tui.widgets.history_detail import REQUEST

if TYPE_CHECKING:
    from tui.domain.history import HistoryRecord
    from tui.widgets.body_view.view import BodyView


class HistoryTaking(HistoryReading):
    """Hands over what is in front of one entry: what was sent, or what came back."""

    @property
    def _body_in_front(self) -> BodyView:
        detail = self.detail
        return detail.sent_body if detail.part == REQUEST else detail.answer.body_view

    def action_copy(self) -> None:
        """Copy what has the focus."""
        if self.detail.has_focus_within:
            if (header := self._focused_header) is None:
                self._body_in_front.copy("the body")
            else:
                self.post_message(CopyRequested(f"{header[0]}: {header[1]}", "the header"))
        elif (entry := self._current) is not None:
            ids = " ".join(filter(None, (f"#{entry.id}", entry.request_id)))
            self.post_message(CopyRequested(ids, "the ids"))

    @property
    def _focused_header(self) -> tuple[str, str] | None:
        detail = self.detail
        if detail.part == REQUEST:
            return detail.members.current if detail.members.has_focus else None
        return detail.answer.focused_header

    @work(exclusive=True, group="write-body", description="write a body to a file")
    async def action_write_body(self) -> None:
        """Write what was sent, or what came back, to a file of the user's choice."""
        if (record := self.detail.record) is not None:
            await write_body(self.app, self._source_of(record))

    def _source_of(self, record: HistoryRecord) -> BodySource:
        exchange = record.exchange
        reply = exchange.reply if exchange is not None and self.detail.part != REQUEST else None
        return BodySource(
            view=self._body_in_front,
            what="the request" if self.detail.part == REQUEST else "the answer",
            endpoint_name=record.request.endpoint_name,
            moment=record.entry.started_at,
            whole=None if reply is None else ShownBody(reply.body, reply.content_type),
        )

    @work(exclusive=True, group="pager", description="show a body in a pager")
    async def action_page_body(self) -> None:
        """Hand the terminal to the user's pager, and to it the text as it is shown."""
        page_body(self.app, self._body_in_front)

    @work(exclusive=True, group="editor", description="read a body in an editor")
    async def action_read_elsewhere(self) -> None:
        """Hand the terminal to the user's editor, and to it a copy of what is shown."""
        read_elsewhere(self.app, self._body_in_front)
