"""What goes on: nothing, a wait, or an answer that came.

    Idle ── begin ──▶ InFlight ── answer, failure, stopped ──▶ Done
      ▲                                                          │
      └──────────────────── new request ─────────────────────────┘

It is in `send_state` and nowhere else; everything shown derives from it. What is sent is put
together in `explore_sending`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from uuid import uuid4

from textual import work
from textual.content import Content
from textual.reactive import reactive

from tui.body.sanitise import sanitise
from tui.domain.exchanges import Done, Idle, InFlight, SendState
from tui.domain.sessions import NO_SESSIONS, heard_of
from tui.domain.stopping import StopSwitch
from tui.screens.explore.layout import ExploreLayout

if TYPE_CHECKING:
    from tui.domain.exchanges import Exchange
    from tui.domain.http import HttpReply
    from tui.domain.placeholders import Filling
    from tui.domain.requests import InvocationRequest
    from tui.screens.services import Services


@dataclass(frozen=True, slots=True, kw_only=True)
class ToSend:
    """A request with all that its preset says of how it is sent."""

    request: InvocationRequest = field(repr=False)
    filling: Filling | None = field(default=None, repr=False)
    preset_name: str | None = None
    keep_bodies: bool = True


class ExploreInvoking(ExploreLayout):
    """The main screen, as far as sending and waiting go."""

    send_state: reactive[SendState] = reactive[SendState](Idle(), init=False, bindings=True)

    def __init__(self, services: Services) -> None:
        super().__init__(services)
        self._sessions = NO_SESSIONS

    def watch_send_state(self, state: SendState) -> None:
        """Show what goes on."""
        self.form.is_in_flight = isinstance(state, InFlight)
        self.response_pane.state = state
        self.set_class(not isinstance(state, Idle), "-answered")
        self._title_response()

    @property
    def shown_exchange(self) -> Exchange | None:
        """What the response pane shows."""
        match self.send_state:
            case Done(exchange=exchange) | InFlight(previous=exchange):
                return exchange
            case Idle():
                return None

    @property
    def _reply(self) -> HttpReply | None:
        return self.shown_exchange.reply if self.shown_exchange else None

    @property
    def may_send(self) -> bool:
        """Whether a request can go out now."""
        return not (isinstance(self.send_state, InFlight) or self._settings.read_only)

    def begin(self, sending: ToSend) -> None:
        """Send once; what comes of it becomes the state."""
        if not self.may_send:
            return
        waiting = InFlight(
            id=uuid4().hex,
            request=sending.request,
            started_at=datetime.now(UTC),
            stop=StopSwitch(),
            previous=self.shown_exchange,
        )
        self.send_state = waiting
        if self.maximised != "response":
            self.maximised = ""
        self.give_way()
        self._send(waiting, sending)

    @work(exclusive=True, group="send", description="send a request")
    async def _send(self, waiting: InFlight, sending: ToSend) -> None:
        exchange = await self._explorer.invoke(
            sending.request,
            waiting.stop,
            filling=sending.filling,
            preset_name=sending.preset_name,
            keep_bodies=sending.keep_bodies,
        )
        self._remember_session(exchange)
        now = self.send_state
        if isinstance(now, InFlight) and now.id == waiting.id:
            self.send_state = Done(exchange=exchange)

    def _remember_session(self, exchange: Exchange) -> None:
        """Offer a session that was opened, and one that was closed no more."""
        self._sessions = heard_of(self._sessions, exchange)
        self.form.session_ids = self._sessions.get(self.form.request.endpoint_name, ())
        if exchange.reply is not None and exchange.reply.new_session_id:
            self.notify("A session is open; SessionId, in Options, offers its id.", markup=False)

    def action_stop_waiting(self) -> None:
        """Wait no longer; the exchange ends as stopped."""
        if isinstance(self.send_state, InFlight):
            self.send_state.stop.stop()

    def _title_response(self) -> None:
        exchange = self.shown_exchange
        title = "Response"
        if exchange is not None and exchange.request.endpoint_name:
            title = f"{title} · {exchange.request.endpoint_name}"
        if exchange is not None and isinstance(self.send_state, InFlight):
            title = f"{title} · previous"
        self.response_pane.border_title = Content(sanitise(title))
