"""Requests, outcomes and places as JSON, exactly, and without anything that is secret.

A request is kept as its members, never as the signed headers it became. Of what comes back, a few
headers would open doors (cookies, tokens): their names stay, their values do not. AWS repeats the
session token in its answer to a wrong signature; that is taken out as well. User name and password
in an endpoint URL are left out.

Text is UTF-8 with lone surrogates let through: header bytes and typed text come back as they were.
"""

from __future__ import annotations

import json
import re
from dataclasses import fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, NotRequired, TypedDict, assert_never
from urllib.parse import urlsplit, urlunsplit

from tui.domain.connections import Connection, Identity
from tui.domain.error_kinds import KINDS, Told, kind_of, told_by
from tui.domain.errors import (
    AccessDenied,
    ExplorerError,
    ModelFailed,
    NetworkFailed,
    StorageFailed,
)
from tui.domain.exchanges import InvocationResult, Stopped
from tui.domain.history import Place
from tui.domain.http import HttpReply
from tui.domain.requests import FileBody, InlineBody, InvocationRequest

if TYPE_CHECKING:
    from tui.domain.exchanges import Outcome
    from tui.domain.http import Headers

NOT_KEPT = "(not kept)"
"""Stands where a secret was."""

_SECRET_HEADERS = frozenset(
    {
        "authorization",
        "cookie",
        "proxy-authorization",
        "set-cookie",
        "x-amz-security-token",
    }
)
_LEAKED = r"(?i)(x-amz-security-token[\"']?\s*[:=]\s*[\"']?)[A-Za-z0-9/+=%_-]+"
_IN_TEXT = re.compile(_LEAKED)
_IN_BYTES = re.compile(_LEAKED.encode())
_ANSWER, _STOPPED = "answer", "stopped"


class _PlaceJson(TypedDict):
    profile: str | None
    region: str | None
    endpoint_url: str | None
    is_demo: bool
    identity: _IdentityJson | None


class _IdentityJson(TypedDict):
    profile: str | None
    region: str | None
    account: str | None
    arn: str | None


class _ReplyJson(TypedDict):
    status: int
    reason: str
    headers: list[tuple[str, str]]


class _OutcomeJson(TypedDict):
    type: str
    attempts: int
    reply: NotRequired[_ReplyJson | None]
    summary: NotRequired[str]
    hint: NotRequired[str]
    code: NotRequired[str]
    service_message: NotRequired[str | None]
    operation: NotRequired[str]
    action: NotRequired[str]
    original_status_code: NotRequired[int | None]
    original_message: NotRequired[str]
    log_stream_arn: NotRequired[str]
    timed_out: NotRequired[bool]
    path: NotRequired[str]


def text_for_sql(text: str) -> str:
    """Return what a column of text can hold: U+FFFD stands for what has no encoding."""
    return text.encode("utf-8", "replace").decode() if not text.isascii() else text


def encode_request(request: InvocationRequest) -> bytes:
    """Return all members but the bytes of an inline body."""
    members = {
        each.name: getattr(request, each.name)
        for each in fields(request)
        if each.name != "body" and getattr(request, each.name) is not None
    }
    match request.body:
        case InlineBody():
            return _dumped(members)
        case FileBody(path=path):
            return _dumped({**members, "body_file": str(path)})
        case _:
            assert_never(request.body)


def decode_request(encoded: bytes, inline: bytes) -> InvocationRequest:
    """Return the request, its inline body being ``inline``."""
    members: dict[str, str] = json.loads(_text(encoded))
    file = members.pop("body_file", None)
    body = InlineBody(data=inline) if file is None else FileBody(path=Path(file))
    return InvocationRequest(body=body, **members)


def encode_place(place: Place) -> bytes:
    """Return a place without user name, password and query in its URL."""
    connection, identity = place.connection, place.identity
    return _dumped(
        {
            "profile": connection.profile,
            "region": connection.region,
            "endpoint_url": connection.endpoint_url and _bare_url(connection.endpoint_url),
            "is_demo": connection.is_demo,
            "identity": identity
            and {each.name: getattr(identity, each.name) for each in fields(identity)},
        }
    )


def decode_place(encoded: bytes) -> Place:
    """Return what `encode_place` was given."""
    found: _PlaceJson = json.loads(_text(encoded))
    identity = found["identity"]
    return Place(
        connection=Connection(
            profile=found["profile"],
            region=found["region"],
            endpoint_url=found["endpoint_url"],
            is_demo=found["is_demo"],
        ),
        identity=None if identity is None else Identity(**identity),
    )


def encode_outcome(outcome: Outcome) -> bytes:
    """Return an outcome without the body of its reply."""
    match outcome:
        case InvocationResult(reply=reply, attempts=attempts):
            return _dumped({"type": _ANSWER, "attempts": attempts, "reply": _reply(reply)})
        case Stopped(attempts=attempts):
            return _dumped({"type": _STOPPED, "attempts": attempts})
        case ExplorerError():
            return _dumped(_error(outcome))
        case _:
            assert_never(outcome)


def decode_outcome(encoded: bytes, reply_body: bytes) -> Outcome:
    """Return the outcome, its reply's body being ``reply_body``."""
    found: _OutcomeJson = json.loads(_text(encoded))
    reply = _decoded_reply(found.get("reply"), reply_body)
    if found["type"] == _STOPPED:
        return Stopped(attempts=found["attempts"])
    if found["type"] == _ANSWER and reply is not None:
        return InvocationResult(reply=reply, attempts=found["attempts"])
    told = Told(
        summary=found.get("summary", ""),
        hint=found.get("hint", ""),
        code=found.get("code", ""),
        service_message=found.get("service_message"),
        operation=found.get("operation", ""),
        attempts=found["attempts"],
        reply=reply,
    )
    return _decoded_error(found, told)


def safe_outcome(outcome: Outcome, *, keep_bodies: bool) -> Outcome:
    """Return an outcome as it may be written to disk.

    Args:
        outcome: as it was shown.
        keep_bodies: False also takes out what the container said, wherever that stands.
    """
    match outcome:
        case InvocationResult(reply=reply):
            return replace(outcome, reply=replace(reply, headers=_safe_headers(reply.headers)))
        case Stopped():
            return outcome
        case ExplorerError():
            return _safe_error(outcome, keep_bodies=keep_bodies)
        case _:
            assert_never(outcome)


def _safe_error(error: ExplorerError, *, keep_bodies: bool) -> ExplorerError:
    reply = error.reply and replace(
        error.reply,
        headers=_safe_headers(error.reply.headers),
        body=_IN_BYTES.sub(rb"\1" + NOT_KEPT.encode(), error.reply.body),
    )
    summary = _without_token(error.summary)
    message = error.service_message and _without_token(error.service_message)
    if isinstance(error, ModelFailed) and not keep_bodies:
        # The container's words stand in each of these, and they are its body.
        summary = summary.partition(": ")[0]
        message = message and NOT_KEPT
        error = replace(error, original_message="")
    return replace(error, summary=summary, service_message=message, reply=reply)


def _without_token(text: str) -> str:
    return _IN_TEXT.sub(rf"\1{NOT_KEPT}", text)


def _error(error: ExplorerError) -> dict[str, object]:
    reply = None if error.reply is None else _reply(error.reply)
    return {"type": kind_of(error).__name__, **told_by(error), "reply": reply}


def _reply(reply: HttpReply) -> dict[str, object]:
    return {"status": reply.status, "reason": reply.reason, "headers": reply.headers}


def _decoded_reply(found: _ReplyJson | None, body: bytes) -> HttpReply | None:
    if found is None:
        return None
    headers = tuple((name, value) for name, value in found["headers"])
    return HttpReply(status=found["status"], reason=found["reason"], headers=headers, body=body)


def _decoded_error(found: _OutcomeJson, told: Told) -> ExplorerError:
    match found["type"]:
        case "ModelFailed":
            return ModelFailed(
                **told,
                original_status_code=found.get("original_status_code"),
                original_message=found.get("original_message", ""),
                log_stream_arn=found.get("log_stream_arn", ""),
            )
        case "NetworkFailed":
            return NetworkFailed(**told, timed_out=found.get("timed_out", False))
        case "AccessDenied":
            return AccessDenied(**told, action=found.get("action", ""))
        case "StorageFailed":
            return StorageFailed(**told, path=found.get("path", ""))
        case kind:
            return KINDS[kind](**told)


def _safe_headers(headers: Headers) -> Headers:
    return tuple(
        (name, NOT_KEPT if name.lower() in _SECRET_HEADERS else value) for name, value in headers
    )


def _bare_url(url: str) -> str:
    parts = urlsplit(url)
    host = parts.netloc.rpartition("@")[2]
    return urlunsplit(parts._replace(netloc=host, query="", fragment=""))


def _dumped(value: dict[str, object]) -> bytes:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.encode("utf-8", "surrogatepass")


def _text(encoded: bytes) -> str:
    return encoded.decode("utf-8", "surrogatepass")
