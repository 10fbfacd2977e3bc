"""What we said, what we heard, when.

Idle ── send ──▶ InFlight ── answer, failure or escape ──▶ Done(Exchange)
 ▲                  ▲                                        │
 └── new request ───┴──────────────── send again ────────────┘
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from tui.domain.errors import ExplorerError

if TYPE_CHECKING:
    from datetime import datetime

    from tui.domain.http import HttpReply
    from tui.domain.requests import InvocationRequest
    from tui.domain.stopping import StopSwitch


@dataclass(frozen=True, slots=True, kw_only=True)
class InvocationResult:
    """The model answered."""

    reply: HttpReply
    attempts: int
    """HTTP requests that left this machine; 1 unless the user asked for retries."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stopped:
    """The user stopped waiting. The model may still run, and bill."""

    attempts: int = 1


Outcome: TypeAlias = InvocationResult | ExplorerError | Stopped


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """One finished send: the request as it was sent and what came of it."""

    id: str
    request: InvocationRequest
    sent_body: bytes = field(repr=False)
    """The bytes that were sent; a file body is read once, here is what it held."""
    outcome: Outcome = field(repr=False)
    started_at: datetime
    """Aware, UTC."""
    duration_s: float
    """From handing the request to botocore to the last byte of the body."""

    @property
    def reply(self) -> HttpReply | None:
        """The HTTP response, whichever way the call ended; None when none came."""
        match self.outcome:
            case InvocationResult(reply=reply):
                return reply
            case ExplorerError() as error:
                return error.reply
            case Stopped():
                return None

    @property
    def attempts(self) -> int:
        """HTTP requests that left this machine."""
        return self.outcome.attempts


@dataclass(frozen=True, slots=True)
class Idle:
    """Nothing was sent since the request was opened."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InFlight:
    """A request is out."""

    id: str
    request: InvocationRequest
    started_at: datetime
    stop: StopSwitch = field(repr=False, compare=False)
    previous: Exchange | None = None
    """What the response pane still shows, dimmed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """The last request ended, one way or another."""

    exchange: Exchange


SendState: TypeAlias = Idle | InFlight | Done
