r"""The beginning of CSV as it reads in one dialect, and what speaks for reading it so.

Apostrophes are quotes only where a machine wrote them as such. People write them, too, in front of
a word ('twas, rock 'n' roll) and behind it, and Python does in a list (['a', 'b']); so each one
that begins a field has to end one, right before what parts it from the next. That alone only says
that nothing is broken. What is to be seen besides is one of two things:

    'a, b'  'it''s'    a delimiter, an end of a line or a doubled quote in them, which would
                       be no part of the field else
    'a'  'b'  'c'      all texts of a column in them, in several records: whoever writes each in
                       quotes does so for the one with a delimiter, too, which may be further on

Where some texts of a column have them, and none needs them, they stay: they may be part of it.

A backslash may be what a field ends with ("C:\"), so that it counts only where quotes end in the
middle of a field if it does not, and nowhere if it does. Spaces are no part of the field behind
them where each delimiter has some, or where quotes behind them make the records more regular.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise, zip_longest
from typing import TYPE_CHECKING

from tui.body.table.cells import CellKind, is_among_numbers, is_number
from tui.body.table.csv_dialect import patterns_of
from tui.body.table.csv_fields import CsvFields
from tui.body.table.csv_names import begins_with_names
from tui.body.table.csv_starts import CsvStarts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.body.table.cells import Cell
    from tui.body.table.csv_dialect import CsvDialect

_RECORDS_MAX = 50
_READ_BYTES = 2 * 1024
"""Records are looked for in so many bytes at a time, until there are enough of them."""
_COLUMNS_MAX = 200
_REGULAR = 0.9
"""So many records at least have the same number of fields where the delimiter is the right one."""
_QUOTED_MIN = 2
"""One field alone may begin and end with an apostrophe by chance."""
_IN_A_COLUMN_MIN = 3
"""So many of a column, where none of them needs its quotes."""
_NUMBERS_MIN = 2
"""One line of numbers may be anything."""
_MISSING = (b"", b"NA", b"NaN", b"nan", b"null", b"NULL", b"None", b"?", rb"\N")
"""What stands for no text, without quotes where all texts have some."""


@dataclass(frozen=True, kw_only=True)
class Reading:
    """Records of some text, read in a dialect; empty ones are left out."""

    dialect: CsvDialect
    records: Sequence[tuple[Cell, ...]]

    @property
    def regularity(self) -> float:
        """Which share of records has as many fields as most; 0 if that is one."""
        count, share = self._usual_count
        return share if count > 1 else 0.0

    @property
    def uniformity(self) -> float:
        """Which share of records has as many fields as most."""
        return self._usual_count[1]

    @property
    def number_share(self) -> float:
        """How much of regular records is numbers; 0 if they are not regular."""
        if self.regularity < _REGULAR:
            return 0.0
        cells = [cell for each in self.records for cell in each]
        return sum(map(is_number, cells)) / len(cells)

    @property
    def is_regular(self) -> bool:
        """Whether nearly all records have the same number of fields, and more than one."""
        return self.regularity >= _REGULAR

    @property
    def is_all_numbers(self) -> bool:
        """Whether several records have the same number of fields, and hold nothing but numbers.

        The first one may be the names of the columns.
        """
        below = self.records[begins_with_names(self.records) :]
        cells = [cell for each in below for cell in each]
        is_enough = len(below) >= _NUMBERS_MIN and self.regularity == 1.0
        return is_enough and all(map(is_among_numbers, cells)) and any(map(is_number, cells))

    @cached_property
    def quoted(self) -> Sequence[Cell]:
        """The fields that begin with a quote, whether they end with one or not."""
        quote = self.dialect.quote
        return [cell for each in self.records for cell in each if cell.source.startswith(quote)]

    @property
    def is_clean(self) -> bool:
        """Whether each quote that begins a field ends one, too."""
        return all(map(self._is_whole, self.quoted))

    @property
    def needs_quotes(self) -> bool:
        """Whether there is something in quotes that would be no part of a field without."""
        marks = (self.dialect.delimiter, self.dialect.quote, b"\n", b"\r")
        return any(mark in cell.source[1:-1] for cell in self.quoted for mark in marks)

    @property
    def has_quoted_lines(self) -> bool:
        """Whether there is an end of a line in quotes."""
        return any(end in cell.source for cell in self.quoted for end in (b"\n", b"\r"))

    @property
    def is_quoted_by_column(self) -> bool:
        """Whether there are quotes around all texts of a column, or around none.

        A name over a column may have none, and what stands for no text.
        """
        rows = self.records
        if rows and not any(map(_is_quoted, rows[0])):
            rows = rows[1:]
        columns = [
            [cell for cell in column if cell is not None and cell.source not in _MISSING]
            for column in zip_longest(*rows)
        ]
        with_some = [column for column in columns if any(map(_is_quoted, column))]
        return any(len(column) >= _IN_A_COLUMN_MIN for column in with_some) and all(
            all(map(_is_quoted, column)) for column in with_some
        )

    @property
    def is_spaced(self) -> bool:
        """Whether spaces come before each field but the first ones, empty ones aside."""
        pairs = [pair for each in self.records for pair in pairwise(each) if pair[1].source]
        return bool(pairs) and all(
            before.start + len(before.source) + 1 < cell.start for before, cell in pairs
        )

    @property
    def has_other_quotes(self) -> bool:
        """Whether a field begins with an apostrophe that is no quote, as in lists of Python."""
        cells = (cell for each in self.records for cell in each)
        return self.dialect.quote != b"'" and any(cell.source.startswith(b"'") for cell in cells)

    @cached_property
    def _usual_count(self) -> tuple[int, float]:
        """How many fields most records have, and how many of all have so many."""
        counts = Counter(map(len, self.records)).most_common(1)
        return (counts[0][0], counts[0][1] / len(self.records)) if counts else (0, 0.0)

    def _is_whole(self, cell: Cell) -> bool:
        found = patterns_of(self.dialect).quoted.fullmatch(cell.source)
        return found is not None


def read_in(beginning: bytes, dialect: CsvDialect, *, is_whole: bool) -> Reading:
    """Read the beginning of a text.

    Args:
        beginning: up to the end of a line, which may be in the middle of a field.
        dialect: how it is supposed to be written.
        is_whole: whether nothing comes behind it.
    """
    starts = CsvStarts(beginning, dialect)
    while not starts.is_complete and len(starts) <= _RECORDS_MAX:
        starts.advance(_READ_BYTES)
    # A quote that is not closed may be closed further on, unless all would be in there.
    count = len(starts) if is_whole else starts.unclosed_in or len(starts)
    fields = CsvFields(beginning, dialect)
    lines = map(starts.line, range(min(count, _RECORDS_MAX)))
    records = [fields.cut(start, end, 0, _COLUMNS_MAX) for start, end in lines if start < end]
    return Reading(dialect=dialect, records=records)


def is_in_apostrophes(reading: Reading, usual: Reading) -> bool:
    """Say whether apostrophes are what fields are quoted with.

    Args:
        reading: with them for quotes.
        usual: the same text without.
    """
    if len(reading.quoted) < max(_QUOTED_MIN, len(usual.quoted) + 1) or not reading.is_clean:
        return False
    is_as_uniform = reading.uniformity >= usual.uniformity
    if reading.has_quoted_lines:  # two records may have an apostrophe each by chance
        is_as_uniform = reading.uniformity > usual.uniformity
    return is_as_uniform and (reading.needs_quotes or reading.is_quoted_by_column)


def is_with_backslashes(reading: Reading, usual: Reading) -> bool:
    """Say whether backslashes take quotes for a part of a field.

    Args:
        reading: where they do.
        usual: the same text where they do not.
    """
    is_as_uniform = reading.uniformity >= usual.uniformity
    return reading.is_clean and not usual.is_clean and is_as_uniform


def is_with_spaces(reading: Reading, usual: Reading) -> bool:
    """Say whether spaces before fields are no part of them.

    Args:
        reading: where they are none.
        usual: the same text where they are one.
    """
    if not reading.is_clean or reading.uniformity < usual.uniformity:
        return False
    is_throughout = reading.is_spaced and not reading.has_other_quotes
    return is_throughout or reading.uniformity > usual.uniformity


def _is_quoted(cell: Cell) -> bool:
    return cell.kind in (CellKind.QUOTED, CellKind.ESCAPED)
