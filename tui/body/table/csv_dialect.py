"""How CSV may be written, and the patterns by which its records and fields are found."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache


@dataclass(frozen=True, slots=True, kw_only=True)
class CsvDialect:
    """How fields are told apart, and what the first record is."""

    delimiter: bytes = b","
    """One ASCII character; a space stands for any number of them, if `is_spaced`."""
    quote: bytes = b'"'
    """What fields may be in, twice where it is part of one: that, or an apostrophe."""
    is_spaced: bool = False
    """Whether spaces before a field are no part of it."""
    is_escaped: bool = False
    """Whether a backslash in quotes takes a quote, or another one, for a part of the field."""
    has_header: bool = False
    begin: int = 0
    """The first byte of the first record, if a line before it tells the delimiter."""


@dataclass(frozen=True, slots=True)
class CsvPatterns:
    """What is in records of one dialect."""

    before: re.Pattern[bytes]
    """What may come before a field, or nothing at all."""
    inside: re.Pattern[bytes]
    """What is between the quotes of a field, up to the last one."""
    quoted: re.Pattern[bytes]
    """A field in quotes, and nothing behind them."""
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
    mark, quote = re.escape(dialect.delimiter), dialect.quote
    other, pair = b"[^%b]*+" % quote, quote * 2
    if dialect.is_escaped:
        other, pair = rb"[^%b\\]*+" % quote, rb"(?:%b|\\[\s\S])" % pair
    inside = b"%b(?:%b%b)*+" % (other, pair, other)
    quoted, plain = quote + inside + quote, b"[^%b]*+" % mark
    before = b" *+" if dialect.is_spaced else b""
    text = _text_of(mark, quote, quoted, before)
    return CsvPatterns(
        before=re.compile(before),
        inside=re.compile(inside),
        quoted=re.compile(quoted),
        record=re.compile(rb"%b(?:%b|(?!%b))%b(?:\r\n?|\n)|" % (before, quoted, quote, text)),
        text=re.compile(text),
        field=re.compile(b"%b(?:(%b%b)|(%b))" % (before, quoted, plain, plain)),
        fields=re.compile(rb"%b(?:%b)?+%b(?:%b|\Z)" % (before, quoted, plain, mark)),
    )


@lru_cache(maxsize=8)
def field_pattern(dialect: CsvDialect, column: int) -> re.Pattern[bytes]:
    """Find the field of a record that is in a column, from where the record begins.

    It is in group 1 if it is quoted, in group 2 if it is not.
    """
    mark, patterns = re.escape(dialect.delimiter), patterns_of(dialect)
    before = b"(?:%b(?:%b)?+[^%b]*+%b){%d}" % (
        patterns.before.pattern,
        patterns.quoted.pattern,
        mark,
        mark,
        column,
    )
    return re.compile(before + patterns.field.pattern)


def _text_of(mark: bytes, quote: bytes, quoted: bytes, before: bytes) -> bytes:
    """Return a pattern of what comes behind the beginning of a record's first field.

    A quote ends it that begins a field and is not closed. Where nothing comes between a delimiter
    and a quote, several plain fields are read at once.
    """
    if not before:
        after, not_after = b"(?<=%b)" % mark, b"(?<!%b)" % mark
        return rb"(?:[^%b\r\n]++|%b%b|%b%b)*+" % (quote, after, quoted, not_after, quote)
    field = b"%b%b(?:%b|(?!%b))" % (mark, before, quoted, quote)
    text = rb"(?:[^%b%b\r\n]++|%b|%b)*+" % (quote, mark, field, quote)
    return b"%b(?:%b%b(?=%b))?+" % (text, mark, before, quote)
