"""How CSV is written, told by its beginning: what parts its fields, and whether names come first.

SageMaker's own algorithms answer CSV without a header, so that a first record counts as one only
where it says so: by the content type (RFC 4180 has a parameter for it), or by what is below it.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from tui.body.table.cells import is_number
from tui.body.table.csv import CsvRecords
from tui.body.table.csv_dialect import CsvDialect
from tui.body.table.csv_names import begins_with_names

if TYPE_CHECKING:
    from tui.body.table.cells import Cell

LOOKED_AT_BYTES = 16 * 1024
_RECORDS_MAX = 50
_COLUMNS_MAX = 200
_DELIMITERS = (b"\t", b";", b"|", b",")
"""Among equals the first one: commas are in texts, too."""
_REGULAR = 0.9
"""So many records at least have the same number of fields where the delimiter is the right one."""

_Records = list[tuple["Cell", ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sniffed:
    """What the beginning of a text looks like, read as CSV."""

    dialect: CsvDialect
    record_count: int
    """In the beginning that was looked at."""
    is_regular: bool
    """Whether all records have the same number of fields, and more than one."""


def sniff(data: bytes, *, is_tsv: bool, has_header: bool | None) -> Sniffed:
    """Say how CSV is written.

    Args:
        data: UTF-8.
        is_tsv: whether it is known that tabs part the fields.
        has_header: None if that has to be found out.
    """
    return _sniffed(_beginning(data), is_tsv=is_tsv, has_header=has_header)


@lru_cache(maxsize=4)  # asked for whenever a lens is, and takes some 3 ms
def _sniffed(beginning: bytes, *, is_tsv: bool, has_header: bool | None) -> Sniffed:
    delimiters = (b"\t",) if is_tsv else _DELIMITERS
    readings = [(each, _read(beginning, each)) for each in delimiters]
    delimiter, records = max(readings, key=lambda reading: _likeness(reading[1]))
    if not is_tsv and _likeness(records) == (0.0, 0.0):
        delimiter, records = readings[-1]
    if has_header is None:
        has_header = begins_with_names(records)
    return Sniffed(
        dialect=CsvDialect(delimiter=delimiter, has_header=has_header),
        record_count=len(records),
        is_regular=_regularity(records) == 1.0,
    )


def _beginning(data: bytes) -> bytes:
    """Return whole lines if there are any."""
    start = data[:LOOKED_AT_BYTES]
    cut = len(start) if len(start) == len(data) else start.rfind(b"\n") + 1
    return start[: cut or len(start)]


def _read(beginning: bytes, delimiter: bytes) -> _Records:
    found = CsvRecords(beginning, "", CsvDialect(delimiter=delimiter))
    while not found.is_complete:
        found.advance(len(beginning))
    records = (found.cut(at, 0, _COLUMNS_MAX) for at in range(min(found.count, _RECORDS_MAX)))
    return [cells for each in records if (cells := tuple(filter(None, each.cells)))]


def _likeness(records: _Records) -> tuple[float, float]:
    """Return how regular records are, and how much of them is numbers; zeros for one column."""
    regularity = _regularity(records)
    if regularity < _REGULAR:
        return regularity / 2, 0.0
    cells = [cell for each in records for cell in each]
    return round(regularity, 1), sum(map(is_number, cells)) / len(cells)


def _regularity(records: _Records) -> float:
    """Return which share of records has as many fields as most; 0 if that is one."""
    counts = Counter(map(len, records)).most_common(1)
    return counts[0][1] / len(records) if counts and counts[0][0] > 1 else 0.0
