"""What the columns of CSV are called: the fields of a header, cut out when asked for, or numbers.

A record of 256 kB may have as many fields; all their names would take several frames.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, overload

from tui.body.table.cells import text_of

if TYPE_CHECKING:
    from tui.body.table.csv_fields import CsvFields


class CsvColumns(Sequence[str]):
    """Their titles, not sanitised; more as they are met.

    Args:
        fields: cuts the header.
        header: where it begins and ends; empty if there is none.
    """

    def __init__(self, fields: CsvFields, header: tuple[int, int] = (0, 0)) -> None:
        start, end = header
        self._fields = fields
        self._header = header
        self._named_count = fields.count(start, end) if start < end else 0
        self._count = self._named_count

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, column: int) -> str: ...

    @overload
    def __getitem__(self, column: slice) -> Sequence[str]: ...

    def __getitem__(self, column: int | slice) -> str | Sequence[str]:
        columns = range(self._count)[column]
        return self._title(columns) if isinstance(columns, int) else list(map(self._title, columns))

    def meet(self, count: int) -> None:
        """Take in that a record has so many fields."""
        self._count = max(self._count, count)

    def _title(self, column: int) -> str:
        is_named = column < self._named_count
        cells = self._fields.cut(*self._header, column, column + 1) if is_named else ()
        return "".join(map(text_of, cells)) or f"[{column}]"
