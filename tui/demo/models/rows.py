"""Rows of numbers out of CSV, JSON and JSON Lines, and exact words for what is wrong with them.

Rows and columns are counted from 1, as a spreadsheet does.
"""

from __future__ import annotations

import math
import re
from http import HTTPStatus
from typing import TYPE_CHECKING

from tui.demo.containers import RequestRefused
from tui.demo.models.negotiation import CSV, JSON, JSON_LINES, sent_type
from tui.demo.wire import is_json_list, is_json_number, is_json_object, parse_json

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tui.demo.containers import ContainerRequest
    from tui.demo.wire import JsonValue

TAKEN = (CSV, JSON, JSON_LINES)

_LIMIT = 1e6
_NUMBER = re.compile(r"\s*[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?\s*", re.ASCII)
_SHOWN_CHARS = 60


def read_rows(request: ContainerRequest, features: Sequence[str]) -> list[list[float]]:
    """Read the rows of a request's body, each with one number per feature.

    JSON is ``{"instances": [row, …]}``, JSON Lines is one row a line; there a row is a list of
    numbers, ``{"features": [number, …]}``, or an object with the features by name. CSV has no
    header.

    Raises:
        RequestRefused: 415 for another content type, 400 for a body that holds no such rows.
    """
    readers = {CSV: _csv_rows, JSON: _json_rows, JSON_LINES: _json_lines_rows}
    read = readers[sent_type(request, TAKEN)]
    rows = [_numbers(cells, features, row) for row, cells in read(request.body, features)]
    if not rows:
        raise _refused("the body holds no rows")
    return rows


def _csv_rows(body: bytes, _features: Sequence[str]) -> Iterator[tuple[int, list[object]]]:
    for number, line in enumerate(_text(body).splitlines(), start=1):
        if line.strip():
            yield number, [_csv_cell(cell) for cell in line.split(",")]


def _csv_cell(cell: str) -> object:
    return float(cell) if _NUMBER.fullmatch(cell) else cell.strip()


def _json_rows(body: bytes, features: Sequence[str]) -> Iterator[tuple[int, list[object]]]:
    document = _parsed(body)
    instances = document.get("instances") if is_json_object(document) else None
    if not is_json_list(instances):
        raise _refused('the body is not {"instances": [...]}')
    for number, instance in enumerate(instances, start=1):
        yield number, _cells(instance, features, number)


def _json_lines_rows(body: bytes, features: Sequence[str]) -> Iterator[tuple[int, list[object]]]:
    for number, line in enumerate(_text(body).split("\n"), start=1):
        if line.strip():
            yield number, _cells(_parsed(line.encode(), number), features, number)


def _cells(instance: object, features: Sequence[str], row: int) -> list[object]:
    """Return a JSON row's values in the order of the features."""
    if is_json_object(instance):
        instance = instance.get("features", [instance.get(name) for name in features])
    if not is_json_list(instance):
        raise _refused("a row is neither a list of numbers nor an object", row=row)
    return list(instance)


def _numbers(cells: list[object], features: Sequence[str], row: int) -> list[float]:
    if len(cells) != len(features):
        problem = f"row {row} has {len(cells)} values, but the model takes {len(features)}"
        raise _refused(problem, row=row, features=list(features))
    return [_number(cell, features, row, column) for column, cell in enumerate(cells, start=1)]


def _number(cell: object, features: Sequence[str], row: int, column: int) -> float:
    if is_json_number(cell) and abs(cell) <= _LIMIT:
        return float(cell)
    problem = f"row {row}, column {column} ({features[column - 1]}): {_fault(cell)}"
    raise _refused(problem, row=row, column=column, feature=features[column - 1])


def _fault(cell: object) -> str:
    if isinstance(cell, float) and math.isnan(cell):
        return "NaN is not a measurement"
    if is_json_number(cell):
        return f"the number is beyond ±{_LIMIT:,.0f}"
    shown = "nothing" if cell in (None, "") else repr(cell)
    return f"{shown[:_SHOWN_CHARS]} is not a number"


def _text(body: bytes) -> str:
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _refused(f"the body is not UTF-8: byte {error.start} is no character") from error


def _parsed(body: bytes, row: int | None = None) -> object:
    try:
        return parse_json(body)
    except ValueError as error:
        where = {} if row is None else {"row": row}
        raise _refused(f"not JSON: {error}", **where) from error


def _refused(problem: str, **details: JsonValue) -> RequestRefused:
    return RequestRefused(HTTPStatus.BAD_REQUEST, problem, **details)
