"""The cells of the records in view as they are drawn: so much text, so wide, in such a role.

A screen of a wide table has thousands. One that came into view stays spelt while one scrolls, in
either direction, until it goes out of view:

    look_at(left, ...) ──▶ of(record) ──▶ spelt: what is new on either side, and no more
                                 └── keep(records in view) ──▶ all others go
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tui.body.sanitise import sanitise
from tui.body.table.cells import (
    MISSING,
    CellKind,
    cut_to,
    is_among_numbers,
    role_of,
    spell,
    width_cells,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tui.body.table.cells import Cell
    from tui.body.table.records import Records

_AS_IT_STANDS = (CellKind.PLAIN, CellKind.NUMBER, CellKind.KEYWORD, CellKind.STRING)
"""What is so spelt is drawn so, if it is short and plain ASCII."""


class Part(NamedTuple):
    """A cell, as it is drawn."""

    text: str
    width: int
    role: str
    is_number: bool


class _Spelt(NamedTuple):
    """The parts of a record from one column up to another; fewer if it ends before."""

    first: int
    stop: int
    parts: tuple[Part, ...]


MISSING_PART = Part(MISSING, 1, "comment", is_number=False)


class PartsInView:
    """Spells the cells of some columns, of the records in view."""

    def __init__(self, records: Records) -> None:
        self.searched_bytes = 0
        """How much was looked through to cut records."""
        self._records = records
        self._first = self._stop = 0
        self._width_max = 0
        self._parts: dict[int, _Spelt | str] = {}

    def look_at(self, first: int, count: int, width_max: int) -> None:
        """Say which columns are in view, and how wide they may be."""
        if width_max != self._width_max:
            self._parts.clear()
        self._first, self._stop, self._width_max = first, first + count, width_max

    def is_known(self, record: int) -> bool:
        """Whether nothing of a record is left to be cut."""
        known = self._parts.get(record)
        if known is None or isinstance(known, str):
            return known is not None
        return known.first <= self._first and self._stop <= known.stop

    def of(self, record: int) -> tuple[Part, ...] | str:
        """Return the cells of a record in view, or what is drawn where it is none."""
        known = self._parts.get(record)
        if isinstance(known, str):
            return known
        if known is None or known.first != self._first or known.stop != self._stop:
            known = self._parts[record] = self._completed(record, known)
        return known if isinstance(known, str) else known.parts

    def keep(self, records: Iterable[int]) -> None:
        """Keep the parts of some records, and no others.

        Kept for longer, they are old when they go: work for the garbage collector, and a frame.
        """
        self._parts = {each: self._parts[each] for each in records if each in self._parts}

    def clear(self) -> None:
        """Spell all anew."""
        self._parts.clear()

    def _completed(self, record: int, known: _Spelt | None) -> _Spelt | str:
        """Spell what is missing on the left, or on the right, of what is known."""
        first, stop = self._first, self._stop
        if known is None or known.stop <= first or stop <= known.first:
            known = _Spelt(first, first, ())
        before = self._spelt(record, first, known.first)
        behind = self._spelt(record, known.stop, stop)
        if isinstance(before, str) or isinstance(behind, str):
            return before if isinstance(before, str) else str(behind)
        kept = known.parts[max(0, first - known.first) : max(0, stop - known.first)]
        return _Spelt(first, stop, (*before, *kept, *behind))

    def _spelt(self, record: int, first: int, stop: int) -> tuple[Part, ...] | str:
        if first >= stop:
            return ()
        cut = self._records.cut(record, first, stop)
        self.searched_bytes += cut.searched_bytes
        if cut.problem:
            return cut.problem
        limit = self._width_max
        return tuple(MISSING_PART if cell is None else _part(cell, limit) for cell in cut.cells)


def _part(cell: Cell, width_max: int) -> Part:
    source, kind = cell.source, cell.kind
    if len(source) <= width_max and kind in _AS_IT_STANDS and b"\\" not in source:
        text = source.decode("ascii", "replace")
        if source.isascii() and text.isprintable():
            role = role_of(cell)
            return Part(text, len(text), role, role == "number" or is_among_numbers(cell))
    spelling = spell(cell, width_max + 1)
    text = cut_to(spelling.text, width_max, is_whole=spelling.is_whole)
    return Part(text, width_cells(sanitise(text)), role_of(cell), is_among_numbers(cell))
