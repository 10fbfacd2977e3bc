"""From sends to rows of the history's tables and back; the statements are in `history`.

Bodies are in a table of their own, each content once, compressed where that saves room.
"""

from __future__ import annotations

import hashlib
import zlib
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, TypeAlias

from tui.domain.errors import ExplorerError, StorageFailed
from tui.domain.exchanges import Exchange
from tui.domain.history import (
    HistoryEntry,
    HistoryRecord,
    KeptBody,
    LeftOut,
    OutcomeKind,
    SendStart,
    outcome_kind,
)
from tui.domain.requests import FileBody, InlineBody
from tui.store.history_values import (
    decode_outcome,
    decode_place,
    decode_request,
    encode_outcome,
    encode_place,
    encode_request,
    safe_outcome,
    text_for_sql,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from sqlite3 import Row

    from tui.domain.requests import InvocationRequest

LISTED = (
    "id, started_at, endpoint_name, kind, status, reason, summary, duration_s, attempts, "
    "request_id, variant, preset_name, is_starred, note, sent_size_bytes, sent_left_out, "
    "received_size_bytes, received_left_out, place"
)
"""The columns of a `HistoryEntry`."""

_SEARCHED_MEMBERS = (
    "target_variant",
    "target_model",
    "target_container_hostname",
    "inference_component_name",
    "custom_attributes",
    "inference_id",
    "session_id",
    "content_type",
    "accept",
)
_TRY_TO_COMPRESS_BYTES = 128
_SAMPLE_BYTES = 16_384
_FAST_FROM_BYTES = 1_000_000
"""From here on speed counts for more than the last percent."""
_WORTH_IT = 0.9
_UNREADABLE = (ValueError, KeyError, TypeError, zlib.error)
"""What reading raises where a disk has changed what was written."""


Columns: TypeAlias = dict[str, object]
"""Column to value; bodies are bytes here, and become references when they are written."""

BODY_COLUMNS = ("request_body", "sent_body", "received_body")


def judge(size_bytes: int, *, keep_bodies: bool, at_most_bytes: int) -> KeptBody:
    """Decide whether a body is kept."""
    if size_bytes and not keep_bodies:
        return KeptBody(size_bytes=size_bytes, left_out=LeftOut.SWITCHED_OFF)
    if size_bytes > at_most_bytes:
        return KeptBody(size_bytes=size_bytes, left_out=LeftOut.TOO_LARGE)
    return KeptBody(size_bytes=size_bytes)


def beginning(start: SendStart, sent: KeptBody) -> Columns:
    """Return the columns of a send that has begun; ``sent`` says whether its body is kept."""
    request = start.request
    is_kept = sent.left_out is None
    inline = request.body.data if isinstance(request.body, InlineBody) else b""
    return {
        "exchange_id": text_for_sql(start.exchange_id),
        "started_at": start.started_at.isoformat(),
        "endpoint_name": text_for_sql(request.endpoint_name),
        "kind": OutcomeKind.UNKNOWN,
        "reason": "",
        "summary": "",
        "attempts": 0,
        "preset_name": None if start.preset_name is None else text_for_sql(start.preset_name),
        "is_demo": start.place.is_demo,
        "words": _words(start, None),
        "sent_size_bytes": sent.size_bytes,
        "sent_left_out": _name(sent.left_out),
        "request_body": inline if is_kept else b"",
        "sent_body": start.sent_body if is_kept else b"",
        "place": encode_place(start.place),
        "request": encode_request(request),
    }


def ending(start: SendStart, exchange: Exchange, received: KeptBody | None) -> Columns:
    """Return the columns that change when a send ends.

    Args:
        start: how it began.
        exchange: its outcome free of secrets.
        received: whether the body of the reply is kept; None where there is no reply.
    """
    outcome, reply = exchange.outcome, exchange.reply
    columns: Columns = {
        "kind": outcome_kind(outcome),
        "summary": text_for_sql(outcome.summary) if isinstance(outcome, ExplorerError) else "",
        "duration_s": exchange.duration_s,
        "attempts": exchange.attempts,
        "words": _words(start, exchange),
        "outcome": encode_outcome(outcome),
    }
    if reply is not None and received is not None:
        columns |= {
            "status": reply.status,
            "reason": text_for_sql(reply.reason),
            "request_id": _text(reply.request_id),
            "variant": _text(reply.invoked_production_variant),
            "received_size_bytes": received.size_bytes,
            "received_left_out": _name(received.left_out),
            "received_body": reply.body if received.left_out is None else b"",
        }
    return columns


def safe_exchange(exchange: Exchange, *, keep_bodies: bool) -> Exchange:
    """Return an exchange as it may be written to disk; see `safe_outcome`."""
    return replace(exchange, outcome=safe_outcome(exchange.outcome, keep_bodies=keep_bodies))


def entry_of(row: Row) -> HistoryEntry:
    """Read the `LISTED` columns.

    Raises:
        StorageFailed: what stands there was not written so.
    """
    try:
        return _entry(row)
    except _UNREADABLE as error:
        raise _damaged(row) from error


def record_of(row: Row, body: Callable[[int | None], bytes]) -> HistoryRecord:
    """Read all columns.

    Args:
        row: one of ``entries``.
        body: returns the body that a reference points to, an empty one for None.

    Raises:
        StorageFailed: what stands there was not written so.
    """
    try:
        return _record(row, body)
    except _UNREADABLE as error:
        raise _damaged(row) from error


def columns_of(record: HistoryRecord) -> Columns:
    """Return all columns of a record, to write it again as it was."""
    entry = record.entry
    start = SendStart(
        exchange_id=record.exchange_id,
        request=record.request,
        sent_body=record.sent_body,
        started_at=entry.started_at,
        place=entry.place,
        preset_name=entry.preset_name,
    )
    columns = beginning(start, entry.sent)
    if record.exchange is not None:
        columns |= ending(start, record.exchange, entry.received)
    return {
        **columns,
        "id": entry.id,
        "is_starred": entry.is_starred,
        "note": entry.note,
        "note_words": fold(entry.note),
    }


def fold(text: str) -> str:
    """Return ``text`` in the form in which words are looked for."""
    return text_for_sql(text).casefold()


def packed(data: bytes) -> tuple[bool, bytes]:
    """Return (whether it is compressed, the bytes to store)."""
    if len(data) < _TRY_TO_COMPRESS_BYTES or not _pays(data[:_SAMPLE_BYTES]):
        return False, data
    smaller = _compressed(data)
    return (True, smaller) if len(smaller) < len(data) * _WORTH_IT else (False, data)


def _pays(sample: bytes) -> bool:
    """Whether the beginning of a body can be compressed; images, for one, cannot."""
    return len(_compressed(sample)) < len(sample) * _WORTH_IT


def _compressed(data: bytes) -> bytes:
    return zlib.compress(data, 1 if len(data) >= _FAST_FROM_BYTES else 6)


def unpacked(row: Row) -> bytes:
    """Return the body that a row of ``bodies`` holds.

    Raises:
        ValueError: these are not the bytes that were written.
    """
    stored: bytes = row["data"]
    data = zlib.decompress(stored) if row["is_compressed"] else stored
    if hashlib.sha256(data).digest() != row["sha256"]:
        raise ValueError("other bytes than were written")
    return data


def _kept(size_bytes: int, left_out: str | None) -> KeptBody:
    return KeptBody(size_bytes=size_bytes, left_out=None if left_out is None else LeftOut[left_out])


def _name(left_out: LeftOut | None) -> str | None:
    """Return what is stored; the value is words for people, which may change."""
    return None if left_out is None else left_out.name


def _words(start: SendStart, exchange: Exchange | None) -> str:
    """Join what can be looked for; a line feed keeps the parts from running into one another."""
    place, request = start.place, start.request
    parts = [request.endpoint_name, *_member_texts(request), start.preset_name]
    parts += [place.profile, place.region, place.account, "demo" if place.is_demo else None]
    parts += [outcome_kind(exchange.outcome if exchange else None)]
    if exchange is not None:
        parts += _outcome_texts(exchange)
    return fold("\n".join(part for part in parts if part))


def _member_texts(request: InvocationRequest) -> list[str | None]:
    file = str(request.body.path) if isinstance(request.body, FileBody) else None
    return [*(getattr(request, name) for name in _SEARCHED_MEMBERS), file]


def _outcome_texts(exchange: Exchange) -> list[str | None]:
    outcome, reply = exchange.outcome, exchange.reply
    texts: list[str | None] = []
    if isinstance(outcome, ExplorerError):
        texts += [outcome.summary, outcome.code]
    if reply is not None:
        texts += [f"{reply.status} {reply.reason}", reply.request_id]
        texts += [reply.invoked_production_variant]
    return texts


def _text(text: str | None) -> str | None:
    return None if text is None else text_for_sql(text)


def _entry(row: Row) -> HistoryEntry:
    return HistoryEntry(
        id=row["id"],
        started_at=datetime.fromisoformat(row["started_at"]),
        place=decode_place(row["place"]),
        endpoint_name=row["endpoint_name"],
        kind=OutcomeKind(row["kind"]),
        status=row["status"],
        reason=row["reason"],
        summary=row["summary"],
        duration_s=row["duration_s"],
        attempts=row["attempts"],
        request_id=row["request_id"],
        variant=row["variant"],
        sent=_kept(row["sent_size_bytes"], row["sent_left_out"]),
        received=None
        if row["received_size_bytes"] is None
        else _kept(row["received_size_bytes"], row["received_left_out"]),
        preset_name=row["preset_name"],
        note=row["note"],
        is_starred=bool(row["is_starred"]),
    )


def _record(row: Row, body: Callable[[int | None], bytes]) -> HistoryRecord:
    entry = _entry(row)
    request = decode_request(row["request"], body(row["request_body"]))
    sent_body = body(row["sent_body"])
    exchange = None
    if row["outcome"] is not None:
        exchange = Exchange(
            id=row["exchange_id"],
            request=request,
            sent_body=sent_body,
            outcome=decode_outcome(row["outcome"], body(row["received_body"])),
            started_at=entry.started_at,
            duration_s=row["duration_s"],
        )
    return HistoryRecord(
        entry=entry,
        request=request,
        sent_body=sent_body,
        exchange=exchange,
        exchange_id=row["exchange_id"],
    )


def _damaged(row: Row) -> StorageFailed:
    return StorageFailed(
        summary=f"Entry {row['id']} of the history is damaged and cannot be read",
        hint=f"`sagescope history delete {row['id']}` removes it; the others are as they were.",
    )
