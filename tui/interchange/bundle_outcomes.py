"""How a send ended, as JSON in a bundle, and back; whatever a stranger's file holds is checked.

Bodies are files of their own; here is all the rest. Text is spelt in ASCII with escapes, so that
header bytes and lone surrogates come back as they were.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, TypeAlias, TypeVar, assert_never

from tui.domain.error_kinds import KINDS, Told, kind_of, told_by
from tui.domain.errors import (
    AccessDenied,
    ExplorerError,
    ModelFailed,
    NetworkFailed,
    RequestInvalid,
    StorageFailed,
)
from tui.domain.exchanges import InvocationResult, Stopped
from tui.domain.http import HttpReply

if TYPE_CHECKING:
    from tui.domain.exchanges import Outcome

Json: TypeAlias = "Mapping[str, Json] | list[Json] | str | int | float | bool | None"

T = TypeVar("T")

_ANSWER, _STOPPED = "Answer", "Stopped"


def outcome_data(outcome: Outcome) -> dict[str, Json]:
    """Return all but the body of the reply."""
    match outcome:
        case InvocationResult(reply=reply, attempts=attempts):
            return {"type": _ANSWER, "attempts": attempts, "response": _reply_data(reply)}
        case Stopped(attempts=attempts):
            return {"type": _STOPPED, "attempts": attempts}
        case ExplorerError(reply=reply):
            response = None if reply is None else _reply_data(reply)
            kind = kind_of(outcome).__name__
            return {"type": kind, **told_by(outcome), "response": response}
        case _:
            assert_never(outcome)


def outcome_of(data: Json, body: bytes | None) -> Outcome:
    """Return what `outcome_data` was given.

    Args:
        data: as it was read.
        body: of the reply; None where there is none.

    Raises:
        RequestInvalid: something else is in it.
    """
    table = table_of(data, "outcome")
    attempts = _checked(table.get("attempts"), int, "outcome.attempts")
    kind = text_of(table.get("type"), "outcome.type")
    if kind == _STOPPED:
        return Stopped(attempts=attempts)
    response = table.get("response")
    reply = None if response is None else _reply_of(response, body or b"")
    if kind == _ANSWER and reply is not None:
        return InvocationResult(reply=reply, attempts=attempts)
    return _error_of(kind, table, reply)


def _error_of(kind: str, table: Mapping[str, Json], reply: HttpReply | None) -> ExplorerError:
    told: Told = {
        "summary": _said(table, "summary"),
        "hint": _said(table, "hint"),
        "code": _said(table, "code"),
        "service_message": _or_null(table, "service_message", str),
        # Not in bundles of earlier versions.
        "operation": _said(table, "operation") if "operation" in table else "",
        "attempts": _checked(table.get("attempts"), int, "outcome.attempts"),
        "reply": reply,
    }
    match kind:
        case "ModelFailed":
            return ModelFailed(
                **told,
                original_status_code=_or_null(table, "original_status_code", int),
                original_message=_said(table, "original_message"),
                log_stream_arn=_said(table, "log_stream_arn"),
            )
        case "NetworkFailed":
            timed_out = _checked(table.get("timed_out"), bool, "outcome.timed_out")
            return NetworkFailed(**told, timed_out=timed_out)
        case "AccessDenied":
            return AccessDenied(**told, action=_said(table, "action"))
        case "StorageFailed":
            return StorageFailed(**told, path=_said(table, "path"))
        case _ if kind in KINDS:
            return KINDS[kind](**told)
        case _:
            raise foreign("outcome.type")


def _said(table: Mapping[str, Json], name: str) -> str:
    return text_of(table.get(name), f"outcome.{name}")


def _or_null(table: Mapping[str, Json], name: str, kind: type[T]) -> T | None:
    value = table.get(name)
    return None if value is None else _checked(value, kind, f"outcome.{name}")


def _reply_data(reply: HttpReply) -> dict[str, Json]:
    headers: list[Json] = [[name, value] for name, value in reply.headers]
    return {"status": reply.status, "reason": reply.reason, "headers": headers}


def _reply_of(data: Json, body: bytes) -> HttpReply:
    table = table_of(data, "outcome.response")
    headers = table.get("headers")
    if not isinstance(headers, list):
        raise foreign("outcome.response.headers")
    return HttpReply(
        status=_checked(table.get("status"), int, "outcome.response.status"),
        reason=text_of(table.get("reason"), "outcome.response.reason"),
        headers=tuple(map(_header_of, headers)),
        body=body,
    )


def _header_of(data: Json) -> tuple[str, str]:
    match data:
        case [str(name), str(value)]:
            return name, value
        case _:
            raise foreign("outcome.response.headers")


def _checked(value: Json, kind: type[T], key: str) -> T:
    # In Python, True is an int.
    is_bool = isinstance(value, bool)
    if is_bool is not (kind is bool) or not isinstance(value, kind):
        raise foreign(key)
    return value


def table_of(data: Json, key: str) -> Mapping[str, Json]:
    """Return ``data`` if it is an object.

    Raises:
        RequestInvalid: it is something else.
    """
    if not isinstance(data, Mapping):
        raise foreign(key)
    return data


def text_of(data: Json, key: str) -> str:
    """Return ``data`` if it is a text.

    Raises:
        RequestInvalid: it is something else.
    """
    if not isinstance(data, str):
        raise foreign(key)
    return data


def foreign(key: str) -> RequestInvalid:
    """Say where a file differs from what a bundle has there."""
    return RequestInvalid(
        summary=f"This is no bundle that this version can read: {key} is not as expected",
        hint="Look at the bundle's README.md; its bodies and scripts work without sagescope.",
    )
