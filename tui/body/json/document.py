"""JSON laid out with one value or key a line, without re-spelling a token, at any size.

Nothing is parsed into values and no indented text is made: `JsonLayout` finds where each line
begins in the bytes, and a line becomes text when it is drawn. From the line where the JSON
breaks on, the rest is shown as the text that it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.body.json.flags import CONTINUED, DEPTH_BITS, IN_STRING
from tui.body.json.layout import JsonLayout
from tui.body.json.open_line import OpenLine
from tui.body.json.paths import path_of
from tui.body.json.rows import draw_json
from tui.body.json.text import problem_at
from tui.body.json.value_numbers import ValueNumbers
from tui.body.rows import ROW_BYTES, Row, columns_of, decode, plain_row
from tui.body.text_document import TextDocument

if TYPE_CHECKING:
    from tui.body.growing import Bytes
    from tui.body.json.text import JsonProblem


class JsonDocument:
    """One value of JSON or several after one another (JSON Lines), as rows.

    `problem` says where the text stops being JSON; from that line on rows are plain text.

    Args:
        data: the text.
        row_bytes: longer lines are cut.
        is_growing: whether more may come.
        are_lines: whether the gutter numbers values, which are lines of the text, not rows.
    """

    def __init__(
        self,
        data: Bytes,
        *,
        row_bytes: int = ROW_BYTES,
        is_growing: bool = False,
        are_lines: bool = False,
    ) -> None:
        self.problem: JsonProblem | None = None
        self._row_bytes = row_bytes
        self.layout = JsonLayout(data, row_bytes=row_bytes, is_growing=is_growing)
        self._values = ValueNumbers(self.layout) if are_lines else None
        self._behind: TextDocument | OpenLine | None = OpenLine(self.layout) if is_growing else None
        """Rows behind those of the layout: what is no JSON, or may not be yet."""

    @property
    def data(self) -> Bytes:
        """The bytes that rows are made of."""
        return self.layout.data

    @property
    def is_growing(self) -> bool:
        """Whether more may come."""
        return self.layout.is_growing

    @property
    def row_count(self) -> int:
        """How many rows there are so far."""
        return len(self.layout.rows) + (self._behind.row_count if self._behind else 0)

    @property
    def final_row_count(self) -> int:
        """How many rows are as they will stay."""
        return len(self.layout.rows) + (self._behind.final_row_count if self._behind else 0)

    @property
    def line_count(self) -> int:
        """Lines of the pretty form, and of the plain rest."""
        return self.layout.rows.line_count + (self._behind.line_count if self._behind else 0)

    @property
    def is_complete(self) -> bool:
        """Whether all rows are known."""
        return self._rest.is_complete if self._rest else self.layout.is_complete

    @property
    def is_waiting(self) -> bool:
        """Whether more may come, and all that came so far is laid out."""
        return self._rest.is_waiting if self._rest else self.layout.is_waiting

    @property
    def progress(self) -> float:
        """How much of the body is laid out, 0 to 1."""
        if self.is_complete or not self.data:
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

    @property
    def _rest(self) -> TextDocument | None:
        return self._behind if isinstance(self._behind, TextDocument) else None

    def append(self, data: bytes) -> None:
        """Take in what came next."""
        self.layout.append(data)
        if self._rest is not None:
            self._rest.grow_to(self.data)

    def finish(self, data: bytes) -> None:
        """Take in that nothing comes any more."""
        self.layout.finish(data)
        if self._rest is not None:
            self._rest.finish(data)
            self._tell_problem()

    def advance(self, budget_bytes: int) -> None:
        """Lay out about so many bytes more."""
        if self._rest is not None:
            self._rest.advance(budget_bytes)
            return
        self.layout.advance(budget_bytes)
        if self.layout.mistake is not None:
            self._tell_problem()
            self._behind = TextDocument(
                self.data,
                "text",
                first_offset=self.layout.broken_at,
                row_bytes=self._row_bytes,
                is_growing=self.is_growing,
            )
        elif self.layout.is_complete:
            self._behind = None
        elif isinstance(self._behind, OpenLine):
            self._behind.update()

    def _tell_problem(self) -> None:
        if self.layout.mistake is not None:
            self.problem = problem_at(self.data, self.layout.mistake)

    def row(self, index: int) -> Row:
        """Cut, decode and colour one row."""
        rows = self.layout.rows
        if index >= len(rows) and self._behind is not None:
            return self._row_behind(index - len(rows), self._behind)
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
        return self._behind.reached if self._behind else self.layout.rows.end

    def span(self, index: int) -> tuple[int, int]:
        """Return the first byte of a row, and the first one behind it."""
        rows = self.layout.rows
        if index < len(rows) or self._behind is None:
            return rows.span(index)
        return self._behind.span(index - len(rows))

    def row_at(self, offset: int) -> int:
        """Return the row that holds a byte."""
        rows = self.layout.rows
        if self._behind is None or offset < self._behind.first_offset:
            return rows.row_at(offset)
        return max(0, min(len(rows) + self._behind.row_at(offset), self.row_count - 1))

    def row_of(self, number: int) -> int:
        """Return the row where the line, or the value, of that number begins."""
        rows = self.layout.rows
        before = self._numbered
        if self._behind is None or number <= before:
            return rows.row_of(number) if self._values is None else self._values.row_of(number)
        row = len(rows) + self._behind.row_of(number - before)
        return max(0, min(row, self.row_count - 1))

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
        """Return the number of the line, or of the value, that a row begins."""
        rows = self.layout.rows
        if index < len(rows) or self._behind is None:
            return rows.number(index) if self._values is None else self._values.number(index)
        if self._values is not None and isinstance(self._behind, OpenLine):
            return ""
        own = self._behind.number(index - len(rows))
        return str(int(own) + self._numbered) if own else ""

    @property
    def _numbered(self) -> int:
        """How many numbers the rows of the layout have."""
        return self.layout.rows.line_count if self._values is None else self._values.count

    def starts_line(self, index: int) -> bool:
        """Whether a row begins a line."""
        rows = self.layout.rows
        if index < len(rows) or self._behind is None:
            return rows.starts_line(index)
        return self._behind.starts_line(index - len(rows))

    def _row_behind(self, index: int, behind: TextDocument | OpenLine) -> Row:
        """Return a row of what is no JSON, the place of the mistake marked, or not known to be."""
        start, end = behind.span(index)
        at = self.problem.offset if self.problem is not None else -1
        if not start <= at < end or isinstance(behind, OpenLine):
            return behind.row(index)
        column = len(decode(self.data[start:at]))
        return plain_row(behind.source(index), ((column, column + 1, "error"),))
