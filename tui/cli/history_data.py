"""Entries of the history as data: AWS's own names for what AWS knows, the same for lists and one.

A body is text where it is UTF-8, and base64 where it is not; ``export`` writes the bytes.
"""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

from tui.domain.errors import ExplorerError, ModelFailed
from tui.domain.fields import FIELDS
from tui.domain.requests import FileBody

if TYPE_CHECKING:
    from tui.cli.data import Data
    from tui.domain.exchanges import Exchange
    from tui.domain.history import HistoryEntry, HistoryRecord, KeptBody
    from tui.domain.http import HttpReply


def entry_data(entry: HistoryEntry) -> dict[str, Data]:
    """Return a row of the list."""
    return {
        "Id": entry.id,
        "StartTime": entry.started_at.isoformat(timespec="milliseconds"),
        "EndpointName": entry.endpoint_name,
        "Outcome": str(entry.kind),
        "Status": entry.status,
        "DurationSeconds": None if entry.duration_s is None else round(entry.duration_s, 6),
        "Profile": entry.place.profile,
        "Region": entry.place.region,
        "Demo": entry.place.is_demo,
        "PresetName": entry.preset_name,
        "Starred": entry.is_starred,
        "Note": entry.note or None,
    }


def record_data(record: HistoryRecord) -> dict[str, Data]:
    """Return all of an entry; what there was not is left out."""
    entry = record.entry
    data: dict[str, Data] = {
        **entry_data(entry),
        "Account": entry.place.account,
        "EndpointUrl": entry.place.connection.endpoint_url,
        "Attempts": entry.attempts,
        "Request": {**_request(record), **_body(record.sent_body, entry.sent)},
    }
    exchange = record.exchange
    if exchange is not None and exchange.reply is not None and entry.received is not None:
        data["Response"] = {
            **_response(exchange.reply),
            **_body(exchange.reply.body, entry.received),
        }
    if exchange is not None and isinstance(exchange.outcome, ExplorerError):
        data["Error"] = _error(exchange, exchange.outcome)
    return data


def _request(record: HistoryRecord) -> dict[str, Data]:
    members: dict[str, Data] = {}
    for field in FIELDS:
        value = getattr(record.request, field.attribute)
        if isinstance(value, str):
            members[field.api_name] = value
    if isinstance(record.request.body, FileBody):
        members["BodyFile"] = str(record.request.body.path)
    return members


def _response(reply: HttpReply) -> dict[str, Data]:
    return {
        "Status": reply.status,
        "Reason": reply.reason,
        "Headers": [{"Name": name, "Value": value} for name, value in reply.headers],
    }


def _body(body: bytes, kept: KeptBody) -> dict[str, Data]:
    size: dict[str, Data] = {"BodyBytes": kept.size_bytes}
    if kept.left_out is not None:
        return {**size, "BodyLeftOut": str(kept.left_out)}
    try:
        return {**size, "Body": body.decode("utf-8")}
    except UnicodeDecodeError:
        return {**size, "BodyBase64": base64.b64encode(body).decode("ascii")}


def _error(exchange: Exchange, error: ExplorerError) -> dict[str, Data]:
    told: dict[str, Data] = {
        "Code": error.code or None,
        "Message": error.summary,
        "Hint": error.hint or None,
        "Attempts": exchange.attempts,
    }
    if isinstance(error, ModelFailed):
        told |= {
            "OriginalStatusCode": error.original_status_code,
            "OriginalMessage": error.original_message,
            "LogStreamArn": error.log_stream_arn or None,
        }
    return told
