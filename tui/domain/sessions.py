"""Stateful sessions that answers told of, so that SessionId can offer them.

A container opens a session with the header NewSessionId, ``ID; Expires=2026-01-31T12:00:00Z``, and
ends one with ClosedSessionId. Both are the container's words: nothing is known of a session whose
answer was not seen here.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from tui.domain.exchanges import Exchange

OpenSessions: TypeAlias = Mapping[str, tuple[str, ...]]
"""Endpoint name to ids of sessions, the latest first; raw, from outside."""

NO_SESSIONS: OpenSessions = MappingProxyType({})
_KEPT_MAX = 20


def session_id_of(new_session_id: str) -> str:
    """Return what SessionId takes of a NewSessionId, which tells the expiry too."""
    return new_session_id.partition(";")[0].strip()


def heard_of(sessions: OpenSessions, exchange: Exchange) -> OpenSessions:
    """Return the sessions that are open after an exchange, as far as is known."""
    reply, name = exchange.reply, exchange.request.endpoint_name
    if reply is None:
        return sessions
    opened = session_id_of(reply.new_session_id or "")
    closed = (reply.closed_session_id or "").strip()
    others = (each for each in sessions.get(name, ()) if each not in (opened, closed))
    ids = (opened, *others) if opened else tuple(others)
    return {**sessions, name: ids[:_KEPT_MAX]}
