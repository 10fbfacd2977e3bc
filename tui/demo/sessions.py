"""Stateful sessions: a model server that knows which requests belong together.

As AWS's own ``model-hosting-container-standards`` has it, from which statuses, headers and words
are taken (0.1.16): a body that is ``{"requestType": "NEW_SESSION"}`` opens a session, one that is
``{"requestType": "CLOSE"}`` closes the one that the header names, and every other body goes to the
model, with the session that the header names.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from threading import Lock
from typing import TYPE_CHECKING, Protocol
from uuid import uuid4

from tui.demo.containers import ContainerReply
from tui.demo.wire import is_json_object, parse_json, to_json

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.demo.containers import ContainerRequest

SESSION_HEADER = "X-Amzn-SageMaker-Session-Id"
NEW_SESSION = "NEW_SESSION"
"""What SessionId says where there is no session yet, and what a body asks for one with."""
LIFETIME = timedelta(minutes=20)
"""The standard's own, unless a container says otherwise."""

_CLOSE = "CLOSE"
_KEPT_MAX = 1_000
"""Open sessions; the oldest gives way. The standard has no limit, a demo must."""
_TEXT_CHARS_MAX = 100_000


@dataclass(slots=True, kw_only=True)
class Session:
    """What a model remembers between requests."""

    id: str
    expires: datetime
    lock: Lock = field(default_factory=Lock, repr=False)
    text: str = field(default="", repr=False)
    """All that was said so far, the latest last."""

    def add(self, text: str) -> None:
        """Remember more, and forget what is long ago."""
        self.text = (self.text + text)[-_TEXT_CHARS_MAX:]


class StatefulModel(Protocol):
    """A model that can go on where a session ended."""

    def answer(self, request: ContainerRequest, session: Session | None) -> ContainerReply:
        """Answer one invocation; a session is asked one thing at a time.

        Raises:
            RequestRefused: the request is not one that the model takes.
        """
        ...


def _utc_now() -> datetime:
    return datetime.now(UTC)


class Stateful:
    """A container that keeps sessions for a model."""

    def __init__(
        self,
        model: StatefulModel,
        *,
        lifetime: timedelta = LIFETIME,
        clock: Callable[[], datetime] = _utc_now,
    ) -> None:
        self._model = model
        self._lifetime = lifetime
        self._clock = clock
        self._sessions: dict[str, Session] = {}
        self._lock = Lock()

    def invoke(self, request: ContainerRequest) -> ContainerReply:
        """Open or close a session, or let the model answer."""
        wish = _wish(request.body)
        if wish not in (None, NEW_SESSION, _CLOSE):
            rule = f'"requestType" must be {NEW_SESSION} or {_CLOSE}, and all that is said'
            return _detail(HTTPStatus.BAD_REQUEST, rule)
        session_id = request.header(SESSION_HEADER)
        try:
            session = self._session(session_id)
        except LookupError as error:
            return _detail(HTTPStatus.BAD_REQUEST, f"Bad request: {error.args[0]}")
        if wish == NEW_SESSION:
            return self._open()
        return self._close(session_id) if wish == _CLOSE else self._ask(request, session)

    def _ask(self, request: ContainerRequest, session: Session | None) -> ContainerReply:
        if session is None:
            return self._model.answer(request, None)
        with session.lock:
            return self._model.answer(request, session)

    def _open(self) -> ContainerReply:
        now = self._clock()
        session = Session(id=str(uuid4()), expires=now + self._lifetime)
        with self._lock:
            alive = [each for each in self._sessions.values() if each.expires >= now]
            kept = (*alive[-(_KEPT_MAX - 1) :], session)
            self._sessions = {each.id: each for each in kept}
        return ContainerReply(
            body=f"Session {session.id} created".encode(),
            content_type="text/plain",
            new_session_id=f"{session.id}; Expires={session.expires:%Y-%m-%dT%H:%M:%SZ}",
        )

    def _close(self, session_id: str | None) -> ContainerReply:
        with self._lock:
            closed = self._sessions.pop(session_id or "", None)
        if closed is None:
            why = f"session not found: {session_id}" if session_id else "invalid session_id: None"
            return _detail(HTTPStatus.FAILED_DEPENDENCY, f"Failed to close session: {why}")
        return ContainerReply(
            body=f"Session {closed.id} closed".encode(),
            content_type="text/plain",
            closed_session_id=closed.id,
        )

    def _session(self, session_id: str | None) -> Session | None:
        """Return the session of that id; None for no id, and once for one that has expired.

        Raises:
            LookupError: there is none.
        """
        if not session_id or session_id == NEW_SESSION:
            return None
        with self._lock:
            session = self._sessions.get(session_id)
            if session is None:
                raise LookupError(f"session not found: {session_id}")
            if session.expires >= self._clock():
                return session
            # The standard forgets it, and answers this request as if it had no session.
            del self._sessions[session_id]
            return None


def _wish(body: bytes) -> str | None:
    """Return what a body asks of its session; None if it is for the model, "" if it is wrong."""
    try:
        document = parse_json(body)
    except ValueError:
        return None
    if not is_json_object(document) or "requestType" not in document:
        return None
    wish = document["requestType"]
    return wish if isinstance(wish, str) and len(document) == 1 else ""


def _detail(status: HTTPStatus, detail: str) -> ContainerReply:
    """Refuse as FastAPI does, on which the standard is built."""
    return ContainerReply(status=status, body=to_json({"detail": detail}))
