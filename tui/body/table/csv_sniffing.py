"""How CSV is written, told by its beginning: its dialect, and whether names come first.

SageMaker's own algorithms answer CSV without a header, so that a first record counts as one only
where it says so: by the content type (RFC 4180 has a parameter for it), or by what is below it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from tui.body.table.csv_dialect import CsvDialect
from tui.body.table.csv_names import begins_with_names
from tui.body.table.csv_reading import (
    Reading,
    is_in_apostrophes,
    is_with_backslashes,
    is_with_spaces,
    read_in,
)

LOOKED_AT_BYTES = 16 * 1024
_DELIMITERS = (b"\t", b";", b"|", b",")
"""Tabs, and others; among equals the first one: commas are in texts, too."""
_COLUMNS_OF_NUMBERS = CsvDialect(delimiter=b" ", is_spaced=True)
"""As NumPy writes them; texts have spaces in them, so that these part nothing but numbers."""
_MAY_BE_IN_APOSTROPHES = re.compile(rb"(?:\A|[\r\n\t!-/:-@\[-`{-~]) *+'")
_DELIMITER_TOLD = re.compile(
    rb"(?:\xef\xbb\xbf)?+(\"?)(?i:sep)=([\t!#-&(-/:-@\[\]-`{-~])\1(?:\r\n?|\n)(?=[\s\S])"
)
"""A first line for Excel, which is shown in no row: ``sep=;``."""

_BLANK_LINES = re.compile(rb"(?:\xef\xbb\xbf)?+(?:\r\n?|\n)++(?=[^\r\n])")
"""Before the names of the columns."""


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
    beginning = _beginning(data)
    is_whole = len(beginning) == len(data)
    return _sniffed(beginning, is_whole=is_whole, is_tsv=is_tsv, has_header=has_header)


@lru_cache(maxsize=4)  # asked for whenever a lens is, and takes some 3 ms
def _sniffed(beginning: bytes, *, is_whole: bool, is_tsv: bool, has_header: bool | None) -> Sniffed:
    dialects = _dialects(beginning, is_tsv=is_tsv)
    readings = [_read(beginning, each, is_whole=is_whole) for each in dialects]
    best = max(readings, key=_likeness)
    if not is_tsv and not best.regularity:
        columns = read_in(beginning, _COLUMNS_OF_NUMBERS, is_whole=is_whole)
        best = columns if columns.is_all_numbers else readings[-1]
    if has_header is None:
        has_header = begins_with_names(best.records)
    blank = _BLANK_LINES.match(beginning) if has_header else None
    begin = blank.end() if blank else best.dialect.begin
    return Sniffed(
        dialect=replace(best.dialect, has_header=has_header, begin=begin),
        record_count=len(best.records),
        is_regular=best.regularity == 1.0,
    )


def _beginning(data: bytes) -> bytes:
    """Return whole lines if there are any."""
    start = data[:LOOKED_AT_BYTES]
    is_all = len(start) == len(data)
    cut = len(start) if is_all else max(start.rfind(b"\n"), start.rfind(b"\r")) + 1
    return start[: cut or len(start)]


def _dialects(beginning: bytes, *, is_tsv: bool) -> list[CsvDialect]:
    """Return those of all delimiters that there may be."""
    told = _DELIMITER_TOLD.match(beginning)
    if told is not None:
        return [CsvDialect(delimiter=told[2], begin=told.end())]
    return [CsvDialect(delimiter=each) for each in (_DELIMITERS[:1] if is_tsv else _DELIMITERS)]


def _read(beginning: bytes, dialect: CsvDialect, *, is_whole: bool) -> Reading:
    """Read in the quotes that fields are in, as far as they are known to be."""
    usual = _read_quotes(beginning, dialect, is_whole=is_whole)
    if not _MAY_BE_IN_APOSTROPHES.search(beginning):
        return usual
    quoted = replace(dialect, quote=b"'")
    reading = _read_quotes(beginning, quoted, is_whole=is_whole)
    return reading if is_in_apostrophes(reading, usual) else usual


def _read_quotes(beginning: bytes, dialect: CsvDialect, *, is_whole: bool) -> Reading:
    """Read without spaces before fields if these are known to be no parts of them."""
    usual = _read_backslashes(beginning, dialect, is_whole=is_whole)
    if dialect.delimiter + b" " not in beginning:
        return usual
    spaced = replace(dialect, is_spaced=True)
    reading = _read_backslashes(beginning, spaced, is_whole=is_whole)
    return reading if is_with_spaces(reading, usual) else usual


def _read_backslashes(beginning: bytes, dialect: CsvDialect, *, is_whole: bool) -> Reading:
    """Read with backslashes before quotes if these are known to be parts of fields."""
    usual = read_in(beginning, dialect, is_whole=is_whole)
    if b"\\" + dialect.quote not in beginning:
        return usual
    reading = read_in(beginning, replace(dialect, is_escaped=True), is_whole=is_whole)
    return reading if is_with_backslashes(reading, usual) else usual


def _likeness(reading: Reading) -> tuple[float, bool, bool, float]:
    """Return what to choose a delimiter by: first, how regular records are.

    Then, whether quotes end where fields do, whether they say how they are written, and how much
    of the records is numbers.
    """
    if not reading.is_regular:
        return reading.regularity / 2, False, False, 0.0
    dialect = reading.dialect
    is_told = dialect.quote != b'"' or dialect.is_escaped
    is_told |= dialect.is_spaced and bool(reading.quoted)
    return round(reading.regularity, 1), reading.is_clean, is_told, reading.number_share
