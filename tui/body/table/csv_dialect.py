"""How CSV may be written, and the patterns by which its records and fields are found."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache


@dataclass(frozen=True, slots=True, kw_only=True)
class CsvDialect:
    """How fields are told apart, and what the first record is."""

    delimiter: bytes = b","
    """One ASCII character."""
    has_header: bool = False


@dataclass(frozen=True, slots=True)
class CsvPatterns:
    """What is in records of one dialect."""

    inside: re.Pattern[bytes]
    """What is between the quotes of a field, up to the last one."""
    record: re.Pattern[bytes]
    """One whole record, or nothing at all."""
    text: re.Pattern[bytes]
    """What may come before the end of a record, its first field not being quoted."""
    field: re.Pattern[bytes]
    """A field as it is in group 1 if it is quoted, in group 2 if it is not."""
    fields: re.Pattern[bytes]
    """A field and the delimiter behind it, or the end."""


@lru_cache(maxsize=8)
def patterns_of(dialect: CsvDialect) -> CsvPatterns:
    """Return the patterns of a dialect."""
    mark = re.escape(dialect.delimiter)
    inside = rb'[^"]*+(?:""[^"]*+)*+'
    quoted, plain = rb'"' + inside + rb'"', rb"[^" + mark + rb"]*+"
    after, not_after = rb"(?<=" + mark + rb")", rb"(?<!" + mark + rb")"
    text = rb'(?:[^"\r\n]++|' + after + quoted + rb"|" + not_after + rb'")*+'
    return CsvPatterns(
        inside=re.compile(inside),
        record=re.compile(rb"(?:" + quoted + rb'|(?!"))' + text + rb"(?:\r\n?|\n)|"),
        text=re.compile(text),
        field=re.compile(rb"(" + quoted + plain + rb")|(" + plain + rb")"),
        fields=re.compile(rb"(?:" + quoted + rb")?+" + plain + rb"(?:" + mark + rb"|\Z)"),
    )
