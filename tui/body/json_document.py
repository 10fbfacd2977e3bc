"""JSON laid out with one value or key a line, without re-spelling a token, at any size.

Nothing is parsed into values and no indented text is made: `JsonLayout` finds where each line
begins in the bytes, and a line becomes text when it is drawn. From the line where the JSON
breaks on, the rest is shown as the text that it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.body.json_flags import CONTINUED, DEPTH_BITS, IN_STRING
from tui.body.json_layout import JsonLayout
from tui.body.json_paths import path_of
from tui.body.json_rows import draw_json
from tui.body.json_text import problem_at
from tui.body.rows import ROW_BYTES, Row, columns_of, decode, plain_row
from tui.body.text_document import TextDocument

if TYPE_CHECKING:
    from tui.body.json_text import JsonProblem


class JsonDocument:
    """One value of JSON or several after one another (JSON Lines), as rows.

    `problem` says where the text stops being JSON; from that line on rows are plain text.
    """

    def __init__(self, data: bytes, *, row_bytes: int = ROW_BYTES) -> None:
        self.problem: JsonProblem | None = None
        self.data = data
        self._row_bytes = row_bytes
        self.layout = JsonLayout(data, row_bytes=row_bytes)
        self._rest: TextDocument | None = None

    @property
    def row_count(self) -> int:
        """How many rows there are so far."""
        return len(self.layout.rows) + (self._rest.row_count if self._rest else 0)

    @property
    def line_count(self) -> int:
        """Lines of the pretty form, and of the plain rest."""
        return self.layout.rows.line_count + (self._rest.line_count if self._rest else 0)

    @property
    def is_complete(self) -> bool:
        """Whether all rows are known."""
        return self._rest.is_complete if self._rest else self.layout.is_complete

    @property
    def progress(self) -> float:
        """How much of the body is laid out, 0 to 1."""
        if self.is_complete:
            return 1.0
        return self._rest.progress if self._rest else self.layout.position / len(self.data)

    @property
    def words(self) -> str:
        """What this is, and where it breaks."""
        lines = f"{self.line_count:,} line{'s' * (self.line_count != 1)}"
        if self.problem is not None:
            return f"not JSON: {self.problem} · {lines}"
        values = self.layout.value_count
        return f"{values:,} JSON values · {lines}" if values > 1 else f"JSON · {lines}"

    @property
    def index_bytes(self) -> int:
        """How much memory it takes to know where rows are."""
        own = self.layout.rows.size_bytes + self.layout.flags.size_bytes
        return own + (self._rest.index_bytes if self._rest else 0)

    def advance(self, budget_bytes: int) -> None:
        """Lay out about so many bytes more."""
        if self._rest is not None:
            self._rest.advance(budget_bytes)
            return
        self.layout.advance(budget_bytes)
        if self.layout.mistake is not None:
            self.problem = problem_at(self.data, self.layout.mistake)
            self._rest = TextDocument(
                self.data,
                "text",
                first_offset=self.layout.broken_at,
                row_bytes=self._row_bytes,
            )

    def row(self, index: int) -> Row:
        """Cut, decode and colour one row."""
        rows = self.layout.rows
        if index >= len(rows) and self._rest is not None:
            return self._rest_row(index - len(rows), self._rest)
        return self.row_until(index, rows.span(index)[1])

    def row_until(self, index: int, end: int) -> Row:
        """Do the same for the part of a row of JSON that is before an offset."""
        start, stop = self.layout.rows.span(index)
        flags = self.layout.flags[index]
        return draw_json(
            decode(self.data[start : min(end, stop)]),
            depth=flags & DEPTH_BITS,
            is_continued=bool(flags & CONTINUED),
            is_in_string=bool(flags & IN_STRING),
        )

    @property
    def reached(self) -> int:
        """Offset of the first byte that no row holds yet."""
        return self._rest.reached if self._rest else self.layout.rows.end

    def span(self, index: int) -> tuple[int, int]:
        """Return the first byte of a row, and the first one behind it."""
        rows = self.layout.rows
        if index < len(rows) or self._rest is None:
            return rows.span(index)
        return self._rest.span(index - len(rows))

    def row_at(self, offset: int) -> int:
        """Return the row that holds a byte."""
        rows = self.layout.rows
        if self._rest is None or offset < self._rest.first_offset:
            return rows.row_at(offset)
        return len(rows) + self._rest.row_at(offset)

    def row_of(self, number: int) -> int:
        """Return the row where the line of that number begins."""
        rows = self.layout.rows
        if self._rest is None or number <= rows.line_count:
            return rows.row_of(number)
        return len(rows) + self._rest.row_of(number - rows.line_count)

    def columns(self, index: int, start: int, end: int) -> tuple[tuple[int, int], ...]:
        """Return which characters of a row show a range of bytes."""
        row_start, row_end = self.span(index)
        return columns_of(self.row(index), self.data, row_start, start, min(end, row_end))

    def path(self, index: int) -> str:
        """Return where in the value a row is: ``predictions[17].score``."""
        if index >= len(self.layout.rows):
            return ""
        return path_of(self.data, self.layout, index)

    def number(self, index: int) -> str:
        """Return the number of the line that a row begins."""
        rows = self.layout.rows
        if index < len(rows) or self._rest is None:
            return rows.number(index)
        own = self._rest.number(index - len(rows))
        return str(int(own) + rows.line_count) if own else ""

    def starts_line(self, index: int) -> bool:
        """Whether a row begins a line."""
        rows = self.layout.rows
        if index < len(rows) or self._rest is None:
            return rows.starts_line(index)
        return self._rest.starts_line(index - len(rows))

    def _rest_row(self, index: int, rest: TextDocument) -> Row:
        """Return a row of the plain rest, the place of the mistake marked."""
        start, end = rest.span(index)
        if self.problem is None or not start <= self.problem.offset < end:
            return rest.row(index)
        column = len(decode(self.data[start : self.problem.offset]))
        return plain_row(rest.source(index), ((column, column + 1, "error"),))
