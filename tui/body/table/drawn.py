"""One record, or the names of the columns, as a row of cells."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tui.body.rows import Row, decode
from tui.body.sanitise import sanitise
from tui.body.table.cells import cut_to, width_cells

if TYPE_CHECKING:
    from tui.body.spans import Span
    from tui.body.table.parts import Part

GAP_CELLS = 2
"""Between two columns."""
PROBLEM_BYTES_MAX = 1_000
"""Of what is no record, no more is drawn."""


@dataclass(frozen=True, slots=True)
class DrawnRecord:
    """A row, and where the cells of it are."""

    row: Row
    places: tuple[tuple[int, int], ...]
    """The first character of each cell in view, and the one behind it."""


class Line:
    """A row that is being drawn, cell by cell, until there is no more room."""

    def __init__(self, room_cells: int) -> None:
        self._room_cells = room_cells
        self._parts: list[str] = []
        self._spans: list[Span] = []
        self._places: list[tuple[int, int]] = []
        self._length = 0

    def add(self, part: Part, width: int) -> None:
        """Add a cell in a column so wide: numbers to the right."""
        width = min(width, self._room_cells)
        if width < 1:
            return
        text, cells = part.text, part.width
        if cells > width:
            text = cut_to(text, width)
            cells = width_cells(sanitise(text))
        gap = " " * min(GAP_CELLS, self._room_cells - width)
        pad = " " * (width - cells)
        before, behind = (pad, gap) if part.is_number else ("", pad + gap)
        start = self._length + len(before)
        end = start + len(text)
        self._parts.append(f"{before}{text}{behind}")
        self._length = end + len(behind)
        self._room_cells -= width + len(gap)
        self._places.append((start, end))
        if part.role:
            self._spans.append((start, end, part.role))

    def drawn(self) -> DrawnRecord:
        """Return the row."""
        source = "".join(self._parts)
        row = Row(sanitise(source), source, tuple(self._spans))
        return DrawnRecord(row, tuple(self._places))


def draw_problem(source: bytes, problem: str, room_cells: int) -> DrawnRecord:
    """Draw what is no record as the text that it is; no more of it than `PROBLEM_BYTES_MAX`."""
    room = max(1, room_cells)
    text = cut_to(decode(source), max(1, room // 2))
    said = cut_to(f"  {problem}", max(1, room - width_cells(sanitise(text))))
    spans = ((0, len(text), "error"), (len(text), len(text) + len(said), "comment"))
    return DrawnRecord(Row(sanitise(text + said), text + said, spans), ())
