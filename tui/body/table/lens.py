"""Which bodies are tables: CSV, JSON Lines, and JSON around one array of records."""

from __future__ import annotations

import json
from email.message import Message
from typing import TYPE_CHECKING

from tui.body.json.layout import BOM
from tui.body.kinds import Kind, is_json_lines
from tui.body.lens import Fit
from tui.body.rows import ROW_BYTES
from tui.body.table.csv import CsvRecords
from tui.body.table.csv_sniffing import sniff
from tui.body.table.document import TableDocument
from tui.body.table.json_array import JsonArrayRecords, find_array
from tui.body.table.json_lines import JsonLinesRecords

if TYPE_CHECKING:
    from tui.body.kinds import Recognised
    from tui.body.shown_body import ShownBody
    from tui.body.table.csv_sniffing import Sniffed
    from tui.body.table.records import Records

_LINES_BYTES = 64 * 1024
_LINES_MAX = 3
_FIT_BYTES = 4 * 1024
_OPEN_BYTES = 64 * 1024
_VAGUE_TYPES = ("", "text/plain", "application/octet-stream", "binary/octet-stream")
_TSV_TYPE = "text/tab-separated-values"


def fit_table(body: ShownBody, found: Recognised) -> Fit:
    """Say how well a body reads as a table."""
    match found.kind:
        case Kind.JSON if _is_csv_called_json(body, found):
            return Fit.ASKED_FOR
        case Kind.JSON:
            return _fit_json(found)
        case Kind.TEXT:
            return _fit_csv(body, found)
        case Kind.EMPTY | Kind.BYTES:
            return Fit.NONE


def open_table(body: ShownBody, found: Recognised, row_bytes: int) -> TableDocument:
    """Begin to lay out a table; columns are as wide as their cells where lines are to wrap."""
    return TableDocument(records_in(body, found), is_wide=row_bytes != ROW_BYTES)


def records_in(body: ShownBody, found: Recognised) -> Records:
    """Begin to look for the records of a body that fits."""
    text = found.text or b""
    if found.kind is Kind.TEXT or _is_csv_called_json(body, found):
        return CsvRecords(text, _csv_name(found), _sniffed(body, found).dialect)
    if _fit_lines(text, found.media_type) is not Fit.NONE:
        return JsonLinesRecords(text, "JSON Lines")
    array = find_array(text, _OPEN_BYTES) or find_array(text, _FIT_BYTES)
    return (
        JsonLinesRecords(text, "JSON") if array is None else JsonArrayRecords(text, "JSON", array)
    )


def _fit_json(found: Recognised) -> Fit:
    text = found.text or b""
    fit = _fit_lines(text, found.media_type)
    if fit is Fit.NONE and find_array(text, _FIT_BYTES) is not None:
        return Fit.ASKED_FOR
    return fit


def _fit_lines(text: bytes, media_type: str) -> Fit:
    lines = text[:_LINES_BYTES].removeprefix(BOM).split(b"\n")
    whole = [line for line in lines if line.strip()][:_LINES_MAX]
    values = [_value(line) for line in whole]
    is_called_so = is_json_lines(media_type)
    if len(values) > 1 and any(isinstance(value, dict) for value in values):
        is_clear = is_called_so or isinstance(values[0], dict)
        return Fit.MADE_FOR_IT if is_clear else Fit.NONE
    is_array = len(values) > 1 and isinstance(values[0], list)
    return Fit.ASKED_FOR if is_called_so or is_array else Fit.NONE


def _value(line: bytes) -> object:
    """Return what a line says by itself; None if that is no JSON, or cut off."""
    try:
        return json.loads(line)
    except (ValueError, RecursionError):
        return None


def _fit_csv(body: ShownBody, found: Recognised) -> Fit:
    is_csv = _is_csv(found.media_type)
    if not is_csv and found.media_type not in _VAGUE_TYPES:
        return Fit.NONE
    sniffed = _sniffed(body, found)
    if is_csv:
        return Fit.MADE_FOR_IT if sniffed.record_count > 1 else Fit.ASKED_FOR
    return Fit.ASKED_FOR if _is_regular(sniffed) else Fit.NONE


def _is_regular(sniffed: Sniffed) -> bool:
    return sniffed.is_regular and sniffed.record_count > 1


def _is_csv_called_json(body: ShownBody, found: Recognised) -> bool:
    """Whether there is no JSON in what is called so, from its first line on, but a table."""
    line = (found.text or b"")[:_LINES_BYTES].removeprefix(BOM).lstrip().partition(b"\n")[0]
    if line.startswith((b"{", b"[")) or _value(line) is not None:
        return False
    return _is_regular(_sniffed(body, found))


def _sniffed(body: ShownBody, found: Recognised) -> Sniffed:
    is_tsv = found.media_type == _TSV_TYPE
    return sniff(found.text or b"", is_tsv=is_tsv, has_header=_header_parameter(body.content_type))


def _is_csv(media_type: str) -> bool:
    return "csv" in media_type or media_type == _TSV_TYPE


def _csv_name(found: Recognised) -> str:
    return found.name if _is_csv(found.media_type) else "CSV"


def _header_parameter(content_type: str | None) -> bool | None:
    """Return what ``text/csv; header=present`` says (RFC 4180, section 3); None if nothing."""
    message = Message()
    plain = (content_type or "").encode("ascii", "replace").decode("ascii")
    message["content-type"] = plain.replace("\r", " ").replace("\n", " ")
    match message.get_param("header"):
        case "present":
            return True
        case "absent":
            return False
        case _:
            return None
