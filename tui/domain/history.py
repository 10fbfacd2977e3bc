"""What was sent before and what came of it, kept: the nouns of the history.

    SendStart ── recorded when a send begins ──▶ a row "no outcome known"
                                                  │
    Exchange  ── recorded when it ended ────────▶ the same row, with its outcome
                                                  │
                       HistoryEntry  ◀── in lists ┴ opened ──▶  HistoryRecord

A row whose program was killed in between stays without an outcome: the request went out, and
nobody knows what came of it. Pure values; what keeps them is in `tui.store`.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING, TypeAlias, assert_never

from tui.domain.errors import (
    AccessDenied,
    ConnectionInvalid,
    CredentialsMissing,
    EndpointNotFound,
    EndpointUnavailable,
    ExplorerError,
    ModelFailed,
    NetworkFailed,
    RequestInvalid,
    StorageFailed,
    Throttled,
)
from tui.domain.exchanges import InvocationResult, Stopped
from tui.domain.requests import InlineBody, InvocationRequest

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from tui.domain.connections import Connection, Identity
    from tui.domain.exchanges import Exchange, Outcome

SEARCHED = (
    "endpoint, outcome, status, what failed, variant, target model, container and component, "
    "custom attributes, content type, accept, body file, inference, session and request id, "
    "preset, note, profile, region, account"
)
"""What `HistoryFilter.text` looks into, for the people who type it. Bodies are not searched."""

NOTE_CHARS_MAX = 500
"""A note is a line to find an entry by, not a report."""


class OutcomeKind(StrEnum):
    """How a send ended; the value is what is stored, and what the command line takes."""

    ANSWER = "answer"
    MODEL_ERROR = "model-error"
    TIMEOUT = "timeout"
    NETWORK_FAILURE = "network-failure"
    THROTTLED = "throttled"
    UNAVAILABLE = "unavailable"
    NO_ENDPOINT = "no-endpoint"
    ACCESS_DENIED = "access-denied"
    NO_CREDENTIALS = "no-credentials"
    REFUSED = "refused"
    """The request breaks a rule, or the session is read-only."""
    BAD_CONNECTION = "bad-connection"
    FILE_PROBLEM = "file-problem"
    """The file of the body could not be read."""
    FAILED = "failed"
    """Some other failure."""
    STOPPED = "stopped"
    """The user stopped waiting."""
    UNKNOWN = "unknown"
    """Still under way, or the program was killed while it was."""


_KINDS: tuple[tuple[type[ExplorerError], OutcomeKind], ...] = (
    (ModelFailed, OutcomeKind.MODEL_ERROR),
    (NetworkFailed, OutcomeKind.NETWORK_FAILURE),
    (Throttled, OutcomeKind.THROTTLED),
    (EndpointUnavailable, OutcomeKind.UNAVAILABLE),
    (EndpointNotFound, OutcomeKind.NO_ENDPOINT),
    (AccessDenied, OutcomeKind.ACCESS_DENIED),
    (CredentialsMissing, OutcomeKind.NO_CREDENTIALS),
    (RequestInvalid, OutcomeKind.REFUSED),
    (ConnectionInvalid, OutcomeKind.BAD_CONNECTION),
    (StorageFailed, OutcomeKind.FILE_PROBLEM),
)


def outcome_kind(outcome: Outcome | None) -> OutcomeKind:
    """Name how a send ended; None is no outcome yet."""
    match outcome:
        case None:
            return OutcomeKind.UNKNOWN
        case InvocationResult():
            return OutcomeKind.ANSWER
        case Stopped():
            return OutcomeKind.STOPPED
        case NetworkFailed(timed_out=True):
            return OutcomeKind.TIMEOUT
        case ExplorerError():
            return next((kind for type_, kind in _KINDS if isinstance(outcome, type_)), _OTHER)
        case _:
            assert_never(outcome)


_OTHER = OutcomeKind.FAILED


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a request went and as whom."""

    connection: Connection
    """What was asked for; going there again means `Explorer.switch` to it. The embedded demo
    listens elsewhere at every start, so of a demo only ``is_demo`` still holds."""
    identity: Identity | None = None
    """What that resolved to, as far as it was known when the send began."""

    @property
    def is_demo(self) -> bool:
        """Whether it was the embedded demo."""
        return self.connection.is_demo

    @property
    def profile(self) -> str | None:
        """The profile, resolved where that is known."""
        return (self.identity.profile if self.identity else None) or self.connection.profile

    @property
    def region(self) -> str | None:
        """The region, resolved where that is known."""
        return (self.identity.region if self.identity else None) or self.connection.region

    @property
    def account(self) -> str | None:
        """Twelve digits, where known."""
        return self.identity.account if self.identity else None


@dataclass(frozen=True, slots=True, kw_only=True)
class SendStart:
    """What is known when a send begins."""

    exchange_id: str
    """The `Exchange.id` it will have."""
    request: InvocationRequest
    sent_body: bytes = field(repr=False)
    started_at: datetime
    """Aware, UTC."""
    place: Place
    preset_name: str | None = None
    """The preset that the request was made from."""
    keep_bodies: bool = True
    """False leaves the bodies of this one send out of the history, whatever the settings say."""


class LeftOut(StrEnum):
    """Why a body is not in the history; the value completes "its body was left out: it is…"."""

    SWITCHED_OFF = "not kept, as settings or the preset have it"
    TOO_LARGE = "larger than the settings allow"


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptBody:
    """Whether a body is in the history, and how long it was in any case."""

    size_bytes: int = 0
    """Of the body as it was, kept or not."""
    left_out: LeftOut | None = None
    """None: it is kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryEntry:
    """One row of the list. Texts may come from outside; sanitise before showing."""

    id: int
    """Short, rising, never used twice: what people say and compare by (shown as ``#12``)."""
    started_at: datetime
    """Aware, UTC."""
    place: Place
    endpoint_name: str
    """With U+FFFD for what has no encoding; the record has the request as it was."""
    kind: OutcomeKind
    status: int | None = None
    """HTTP status; None when no HTTP response came."""
    reason: str = ""
    summary: str = ""
    """What failed, one line; empty for an answer."""
    duration_s: float | None = None
    """None while no outcome is known."""
    attempts: int = 0
    request_id: str | None = None
    variant: str | None = None
    """The production variant that answered."""
    sent: KeptBody = KeptBody()
    received: KeptBody | None = None
    """None when no HTTP response came."""
    preset_name: str | None = None
    note: str = ""
    """What the user wrote about it."""
    is_starred: bool = False
    """Starred entries are not dropped when the history is full."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryRecord:
    """One entry with everything that was kept of it."""

    entry: HistoryEntry
    request: InvocationRequest
    """As it was written; of a body that was left out, an empty one stands here."""
    sent_body: bytes = field(repr=False)
    """As it was sent; empty where ``entry.sent.left_out`` says why."""
    exchange: Exchange | None
    """As it was shown; None when no outcome is known. Of a reply's body that was left out
    (``entry.received.left_out``) an empty one stands here."""
    exchange_id: str

    def as_sent(self) -> InvocationRequest:
        """Return the request with the bytes that were sent, whatever its file holds by now.

        A body that was left out cannot be had again: then the request is as it was written.
        """
        if self.entry.sent.left_out is not None or not self.sent_body:
            return self.request
        return replace(self.request, body=InlineBody(data=self.sent_body))


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryFilter:
    """Which entries are wanted: those that satisfy all of it."""

    text: str = ""
    """Words, all of which occur somewhere in what `SEARCHED` names; case does not matter."""
    endpoint_name: str | None = None
    """Exactly this one."""
    kinds: frozenset[OutcomeKind] = frozenset()
    """Any of these; empty for all."""
    status: int | None = None
    is_starred: bool | None = None
    is_demo: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryPage:
    """A stretch of the list, newest first."""

    entries: tuple[HistoryEntry, ...] = ()
    has_more: bool = False
    """Older ones follow: ask with ``before=entries[-1].id``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryUsage:
    """How much there is."""

    entries: int
    size_bytes: int
    """On disk, without what is free to be used again."""


@dataclass(kw_only=True, eq=False)
class NotInHistory(StorageFailed):
    """No entry has this id: never, or not any more."""


@dataclass(frozen=True, slots=True)
class HistoryChanged:
    """This program recorded, changed or deleted something; other copies' doings are not told."""


@dataclass(frozen=True, slots=True)
class RecordingFailed:
    """A send could not be recorded; the user has its answer all the same."""

    error: StorageFailed


@dataclass(frozen=True, slots=True)
class HistorySetAside:
    """The file was damaged: it was renamed, and a new one begun."""

    path: Path
    """Where the damaged one is now."""


HistoryEvent: TypeAlias = HistoryChanged | RecordingFailed | HistorySetAside
