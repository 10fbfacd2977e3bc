"""XML or HTML with one element a line, indented, without re-spelling a piece of it, at any size.

`MarkupLayout` finds where each line begins in the bytes, and a line becomes text when it is drawn.
From the row where the markup breaks on, the rest is shown as the text that it is.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tui.body.cuts import before_line_end
from tui.body.json.flags import CONTINUED, DEPTH_BITS
from tui.body.json.layout import INDENT_CELLS, INDENTED_DEPTH_MAX
from tui.body.json.text import problem_at
from tui.body.laid_rows import LaidRows
from tui.body.markup.cutting import VERBATIM
from tui.body.markup.grammar import BLANK
from tui.body.markup.html_layout import HtmlLayout
from tui.body.markup.layout import MarkupLayout
from tui.body.markup.lines import first_row_of_line
from tui.body.markup.paths import path_of_row
from tui.body.markup.rows import draw_markup, runs_of
from tui.body.rows import ROW_BYTES, Row, decode, plain_row
from tui.body.sanitise import sanitise
from tui.body.shown_bytes import ShownText
from tui.body.text_document import TextDocument

if TYPE_CHECKING:
    from tui.body.growing import Bytes
    from tui.body.json.text import JsonProblem
    from tui.body.shown_bytes import ShownBytes

_CODE = re.compile(rb"<(?:script|style)[\t\n\f\r />]", re.IGNORECASE)
_BLANKS = re.compile(rb"[ \t]*+")
_LINE_BYTES = 4_096
"""A line that begins further up is not indented."""


class MarkupDocument(LaidRows):
    """Elements as rows; `problem` says where the text stops being XML, which HTML never does.

    Args:
        data: the text.
        row_bytes: longer lines are cut.
        is_html: whether it is that, rather than XML.
        is_growing: whether more may come.
    """

    def __init__(
        self,
        data: Bytes,
        *,
        row_bytes: int = ROW_BYTES,
        is_html: bool = False,
        is_growing: bool = False,
    ) -> None:
        layout = HtmlLayout if is_html else MarkupLayout
        self.layout = layout(data, row_bytes=row_bytes, is_growing=is_growing)
        self.is_html = is_html
        super().__init__(self.layout.maker.index)
        self.problem: JsonProblem | None = None
        self._row_bytes = row_bytes
        self._text: TextDocument | None = None
        """Rows behind those of the layout: what is no markup, or has not come as a whole."""
        self._known_line = (0, 0)
        """A row that was asked for, and the first one of its line."""

    @property
    def data(self) -> Bytes:
        """The bytes that rows are made of."""
        return self.layout.maker.data

    @property
    def is_growing(self) -> bool:
        """Whether more may come."""
        return self.layout.is_growing

    @property
    def final_row_count(self) -> int:
        """How many rows are as they will stay."""
        is_text = self.layout.mistake is not None and self._text is not None
        return len(self._index) + (self._text.final_row_count if is_text and self._text else 0)

    @property
    def has_open_rows(self) -> bool:
        """Whether there are rows of a line that goes on, or of what is no line yet."""
        row = self.layout.maker.row
        return super().has_open_rows or (row is not None and row.goes_on)

    @property
    def is_complete(self) -> bool:
        """Whether all rows are known."""
        return self.layout.is_complete and (self._text is None or self._text.is_complete)

    @property
    def is_waiting(self) -> bool:
        """Whether more may come, and all that came so far is laid out."""
        is_laid_out = self.layout.is_waiting or (self.is_growing and self.layout.is_complete)
        return is_laid_out and (self._text is None or self._text.is_waiting)

    @property
    def progress(self) -> float:
        """How much of the body is laid out, 0 to 1."""
        if self.is_complete or not self.data:
            return 1.0
        return self._text.progress if self._text else self.layout.maker.position / len(self.data)

    @property
    def index_bytes(self) -> int:
        """How much memory it takes to know where rows are."""
        return self.layout.maker.size_bytes + (self._text.index_bytes if self._text else 0)

    @property
    def words(self) -> str:
        """What this is, and where it breaks."""
        lines = f"{self.line_count:,} line{'s' * (self.line_count != 1)}"
        if self.problem is None:
            return f"{'HTML' if self.is_html else 'XML'} · {lines}"
        return f"not XML: {sanitise(str(self.problem))} · {lines}"

    def append(self, data: bytes) -> None:
        """Take in what came next."""
        self.layout.append(data)
        if self._text is not None:
            self._text.grow_to(self.data)

    def finish(self, data: bytes) -> None:
        """Take in that nothing comes any more."""
        self.layout.finish(data)
        if self.layout.mistake is None:
            self._rest = self._text = None
        elif self._text is not None:
            self._text.finish(data)
            self._tell_problem()

    def advance(self, budget_bytes: int) -> None:
        """Lay out about so many bytes more."""
        if not self.layout.is_complete:
            self.layout.advance(budget_bytes)
        if self.layout.mistake is not None:
            self._tell_problem()
            self._show_rest(self.layout.broken_at, budget_bytes)
        elif self.layout.is_waiting:
            self._show_rest(self.layout.settled, budget_bytes)
        elif self._text is not None and self._text.first_offset != self.layout.settled:
            self._rest = self._text = None

    def _show_rest(self, start: int, budget_bytes: int) -> None:
        """Lay out as text what is behind the rows of the layout."""
        text = self._text
        if text is None or text.first_offset != start:
            self._rest = self._text = TextDocument(
                self.data,
                "text",
                first_offset=start,
                row_bytes=self._row_bytes,
                is_growing=self.is_growing,
            )
        else:
            text.advance(budget_bytes)

    def _tell_problem(self) -> None:
        if self.problem is None and self.layout.mistake is not None:
            self.problem = problem_at(self.data, self.layout.mistake)

    def row(self, index: int) -> Row:
        """Cut, decode and colour one row."""
        rows = self.layout.maker
        if index >= len(rows.index) and self._text is not None:
            return self._rest_row(index - len(rows.index), self._text)
        depth, shift_cells = self._place(index)
        return draw_markup(
            self._shown(index),
            depth=depth,
            within=rows.within(index),
            is_continued=bool(rows.flags[index] & CONTINUED),
            is_html=self.is_html,
            shift_cells=shift_cells,
        )

    def _place(self, index: int) -> tuple[int, int]:
        """Return how far a row is indented, and how much further it is drawn than it came."""
        flags = self.layout.maker.flags[index]
        return (0, self._shift_cells(index)) if flags & VERBATIM else (flags & DEPTH_BITS, 0)

    def _shift_cells(self, index: int) -> int:
        """Return how much further in a row of a script or of a style sheet is drawn than it came.

        As much as the line with its tag, so that it stays as far from that as it was.
        """
        rows, data = self.layout.maker, self.data
        first = self._first_of_line(index)
        start = rows.index.span(first)[0]
        if not self.is_html or not _CODE.match(data, start):
            return 0
        line = data.rfind(b"\n", max(0, start - _LINE_BYTES), start) + 1
        blank = _BLANKS.match(data, line, start) if line else None
        was = 0 if blank is None else blank.end() - line
        depth = min(rows.flags[first] & DEPTH_BITS, INDENTED_DEPTH_MAX)
        return max(0, INDENT_CELLS * depth - was)

    def _first_of_line(self, index: int) -> int:
        """Return the row where the line begins that a row is of; it may have a million rows."""
        rows, (known, first) = self.layout.maker, self._known_line
        if not first <= index <= known:
            found = first_row_of_line(rows, index, known if index > known else 0)
            is_same = found == known < index and rows.goes_on(known)
            first = first if is_same else found
            self._known_line = index, first
        return first

    def shown_in(self, index: int) -> ShownBytes:
        """Return which characters of a row show which bytes."""
        if index >= len(self.layout.maker.index):
            runs = self.row(index).runs
        else:
            # Without finding its colours, which takes longer than all else.
            runs = runs_of(len(self._shown(index)), *self._place(index))
        return ShownText(runs, self.data, *self.span(index))

    def path(self, index: int) -> str:
        """Return which element a row is of: ``/catalog/book[2]/title``, as XPath spells it."""
        rows = self.layout.maker
        return "" if index >= len(rows.index) else path_of_row(rows, index)

    def _shown(self, index: int) -> str:
        """Return a row without its line feed, and without white space that is between lines."""
        start, end = self.layout.maker.index.span(index)
        if self.layout.maker.goes_on(index + 1):
            return decode(self.data[start : before_line_end(self.data, start, end)])
        # What is between lines is of the row before, however much it is.
        return decode(self.data[start : min(end, start + self._row_bytes)].rstrip(BLANK))

    def _rest_row(self, index: int, rest: TextDocument) -> Row:
        """Return a row of the plain rest, the place of the mistake marked."""
        start, end = rest.span(index)
        if self.problem is None or not start <= self.problem.offset < end:
            return rest.row(index)
        column = len(decode(self.data[start : self.problem.offset]))
        return plain_row(rest.source(index), ((column, column + 1, "error"),))
