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

    from tui.domain.requests import InvocationRequest
    from tui.domain.stopping import StopSwitch

Headers: TypeAlias = tuple[tuple[str, str], ...]
"""(name, value) pairs in the order and spelling in which they came, repeats included."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HttpRequest:
    """One HTTP request as botocore would put it on the wire."""

    method: str
    url: str
    headers: Headers = field(repr=False)
    body: bytes = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class HttpReply:
    """One HTTP response, untouched."""

    status: int
    reason: str
    headers: Headers = field(repr=False)
    body: bytes = field(default=b"", repr=False)

    def header(self, name: str) -> str | None:
        """Return the first value of a header, its name in any case."""
        wanted = name.lower()
        return next((value for key, value in self.headers if key.lower() == wanted), None)

    @property
    def content_type(self) -> str | None:
        """The ``Content-Type`` header."""
        return self.header("content-type")

    @property
    def request_id(self) -> str | None:
        """The ``x-amzn-RequestId`` header."""
        return self.header("x-amzn-requestid")

    @property
    def invoked_production_variant(self) -> str | None:
        """InvokedProductionVariant, from ``x-Amzn-Invoked-Production-Variant``."""
        return self.header("x-amzn-invoked-production-variant")

    @property
    def custom_attributes(self) -> str | None:
        """CustomAttributes, as the container returned them."""
        return self.header("x-amzn-sagemaker-custom-attributes")

    @property
    def new_session_id(self) -> str | None:
        """NewSessionId: id and expiry in one string, ``ID; Expires=…``."""
        return self.header("x-amzn-sagemaker-new-session-id")

    @property
    def closed_session_id(self) -> str | None:
        """ClosedSessionId."""
        return self.header("x-amzn-sagemaker-closed-session-id")


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
