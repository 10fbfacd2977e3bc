"""JSON laid out with one value or key a line, without re-spelling a token, at any size.

Nothing is parsed into values and no indented text is made: `JsonLayout` finds where each line
begins in the bytes, and a line becomes text when it is drawn. From the line where the JSON
breaks on, the rest is shown as the text that it is; of JSON Lines, that line.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from tui.body.json.brackets import end_of_line, is_text
from tui.body.json.flags import CONTINUED, DEPTH_BITS, IN_STRING
from tui.body.json.grammar import WHITESPACE
from tui.body.json.layout import STEP_BYTES, JsonLayout
from tui.body.json.lines_layout import JsonLinesLayout
from tui.body.json.open_line import OpenLine
from tui.body.json.paths import path_of
from tui.body.json.rows import draw_json
from tui.body.json.text import non_finite_mistake, non_finite_word, problem_at
from tui.body.json.value_numbers import ValueNumbers
from tui.body.laid_rows import LaidRows
from tui.body.rows import ROW_BYTES, Row, decode, plain_row
from tui.body.shown_bytes import ShownText
from tui.body.text_document import TextDocument

if TYPE_CHECKING:
    from tui.body.growing import Bytes
    from tui.body.json.text import JsonProblem
    from tui.body.shown_bytes import ShownBytes

_LONG_BYTES = 4_096
"""A line of JSON Lines of which more was read is shown as text until all of it was."""
_BEGINNING_BYTES = 65_536
"""So much of it: more than a page."""


class JsonDocument(LaidRows):
    """One value of JSON or several after one another (JSON Lines), as rows.

    `problem` says where the text stops being JSON; from that line on rows are plain text.

    Args:
        data: the text.
        row_bytes: longer lines are cut.
        is_growing: whether more may come.
        are_lines: whether there is one value a line of the text; the gutter numbers these, then.
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
        self._loosely = ""
        """Where it is JSON for Python only."""
        self._row_bytes = row_bytes
        make = JsonLinesLayout if are_lines else JsonLayout
        self.layout: JsonLayout = make(data, row_bytes=row_bytes, is_growing=is_growing)
        super().__init__(self.layout.rows)
        self._values = ValueNumbers(self.layout) if are_lines else None
        self._text: TextDocument | None = None
        """All behind a mistake, or the line of JSON Lines that is still open."""
        self._open = OpenLine(self.layout) if is_growing and not are_lines else None
        self._rest = self._open

    @property
    def data(self) -> Bytes:
        """The bytes that rows are made of."""
        return self.layout.data

    @property
    def is_growing(self) -> bool:
        """Whether more may come."""
        return self.layout.is_growing

    @property
    def final_row_count(self) -> int:
        """How many rows are as they will stay."""
        return len(self.layout.rows) + (self._broken.final_row_count if self._broken else 0)

    @property
    def is_complete(self) -> bool:
        """Whether all rows are known."""
        return self._broken.is_complete if self._broken else self.layout.is_complete

    @property
    def is_waiting(self) -> bool:
        """Whether more may come, and all that came so far is laid out."""
        is_text_laid_out = self._text is None or self._text.is_waiting
        return is_text_laid_out if self._broken else self.layout.is_waiting and is_text_laid_out

    @property
    def progress(self) -> float:
        """How much of the body is laid out, 0 to 1."""
        if self.is_complete or not self.data:
            return 1.0
        return self._broken.progress if self._broken else self.layout.position / len(self.data)

    @property
    def words(self) -> str:
        """What this is, and where it breaks."""
        lines = f"{self.line_count:,} line{'s' * (self.line_count != 1)}"
        if self._broken is not None:
            return f"not JSON: {self.problem} · {lines}"
        broken = _broken_words(self.layout, self.problem)
        values = self.layout.value_count
        what = f"{values:,} {'lines' if broken else 'JSON values'}" if values > 1 else "JSON"
        return f"{what}{broken}{self._loosely} · {lines}"

    @property
    def index_bytes(self) -> int:
        """How much memory it takes to know where rows are."""
        own = self.layout.rows.size_bytes + self.layout.flags.size_bytes
        return own + (self._text.index_bytes if self._text else 0)

    @property
    def _broken(self) -> TextDocument | None:
        """All behind a mistake."""
        return self._text if self.layout.mistake is not None else None

    def append(self, data: bytes) -> None:
        """Take in what came next."""
        self.layout.append(data)
        if self._text is not None:
            self._text.grow_to(self.data)

    def finish(self, data: bytes) -> None:
        """Take in that nothing comes any more."""
        self.layout.finish(data)
        self._tell_non_finite()
        if self._broken is not None:
            self._broken.finish(data)
            self._tell_problem()
        elif self._text is not None:
            self._rest = self._text = None

    def advance(self, budget_bytes: int) -> None:
        """Lay out about so many bytes more."""
        if self._broken is not None:
            self._broken.advance(budget_bytes)
            return
        self.layout.advance(budget_bytes, step_bytes=STEP_BYTES)
        if self.problem is None:
            self._tell_problem()
        if not self._loosely:
            self._tell_non_finite()
        if self.layout.mistake is not None:
            self._rest = self._text = self._text_from(self.layout.broken_at)
        elif self.layout.is_complete:
            self._rest = self._text = None
        elif self._open is not None:
            self._open.update()
        elif self._values is not None:
            self._show_open_line(budget_bytes)

    def _show_open_line(self, budget_bytes: int) -> None:
        """Show the line of JSON Lines that is still open, once all before it is laid out.

        Of a long one that is being read, what it begins with.
        """
        begin = self.layout.rows.end
        if self._text is not None and self._text.first_offset < begin:
            self._rest = self._text = None
        if self.layout.is_waiting and begin < len(self.data):
            self._show_text(begin, budget_bytes)
        elif self._text is None and self.layout.position - begin >= _LONG_BYTES:
            self._show_text(begin, _BEGINNING_BYTES)

    def _show_text(self, begin: int, budget_bytes: int) -> None:
        if self._text is None:
            self._text = self._text_from(begin)
        self._text.advance(budget_bytes)
        self._rest = self._text if self._text.row_count else None

    def _text_from(self, offset: int) -> TextDocument:
        return TextDocument(
            self.data,
            "text",
            first_offset=offset,
            row_bytes=self._row_bytes,
            is_growing=self.is_growing,
        )

    def _tell_problem(self) -> None:
        layout = self.layout
        broken = layout.first_broken if isinstance(layout, JsonLinesLayout) else None
        mistake = broken or layout.mistake
        if mistake is not None:
            self.problem = problem_at(self.data, mistake)

    def _tell_non_finite(self) -> None:
        if self.layout.non_finite_at is not None:
            at = self.layout.non_finite_at
            found = problem_at(self.data, non_finite_mistake(self.data, at))
            self._loosely = (
                f" with {non_finite_word(self.data, at)} (line {found.line}, column {found.column})"
            )

    def row(self, index: int) -> Row:
        """Cut, decode and colour one row."""
        rows = self.layout.rows
        if index >= len(rows) and self._rest is not None:
            return self._row_behind(index - len(rows))
        return self.row_until(index, rows.span(index)[1])

    def row_until(self, index: int, end: int) -> Row:
        """Do the same for the part of a row of JSON that is before an offset."""
        start, stop = self.layout.rows.span(index)
        if is_text(self.layout, index):
            text = self.data[start : min(end, stop)]
            is_last = end_of_line(self.layout, index) == index + 1
            return self._marked(start, text.rstrip(WHITESPACE) if is_last else text)
        flags = self.layout.flags[index]
        return draw_json(
            # White space behind it is of the row, too, however much there is.
            decode(self.data[start : min(end, stop, start + self._row_bytes)]),
            depth=flags & DEPTH_BITS,
            is_continued=bool(flags & CONTINUED),
            is_in_string=bool(flags & IN_STRING),
        )

    def row_at(self, offset: int) -> int:
        """Return the row that holds a byte."""
        return max(0, min(super().row_at(offset), self.row_count - 1))

    def row_of(self, number: int) -> int:
        """Return the row where the line, or the value, of that number begins."""
        before = self._numbered
        if self._values is not None and (self._rest is None or number <= before):
            return self._values.row_of(number)
        shift = self.layout.rows.line_count - before
        return max(0, min(super().row_of(number + shift), self.row_count - 1))

    def shown_in(self, index: int) -> ShownBytes:
        """Return which characters of a row show which bytes."""
        return ShownText(self.row(index).runs, self.data, *self.span(index))

    def path(self, index: int) -> str:
        """Return where in the value a row is: ``predictions[17].score``."""
        return self.path_end(index, sys.maxsize)

    def path_end(self, index: int, chars_max: int) -> str:
        """Return the end of that only, if it is longer."""
        return path_of(self.data, self.layout, index, chars_max)

    def number(self, index: int) -> str:
        """Return the number of the line, or of the value, that a row begins."""
        if self._values is None:
            return super().number(index)
        rows = self.layout.rows
        if index < len(rows) or self._rest is None:
            return self._values.number(index)
        own = self._rest.number(index - len(rows))
        return str(int(own) + self._numbered) if own else ""

    @property
    def _numbered(self) -> int:
        """How many numbers the rows of the layout have."""
        return self.layout.rows.line_count if self._values is None else self._values.count

    def _row_behind(self, index: int) -> Row:
        """Return a row of what is no JSON, or not known to be."""
        if self._text is not None:
            return self._marked(self._text.span(index)[0], self._text.shown(index))
        return plain_row("") if self._open is None else self._open.row(index)

    def _marked(self, start: int, text: Bytes) -> Row:
        """Draw a row of text with a mark where it breaks."""
        mistake = self.mistake_from(start)
        if mistake is None or mistake >= start + len(text):
            return plain_row(decode(text))
        column = len(decode(text[: mistake - start]))
        return plain_row(decode(text), ((column, column + 1, "error"),))

    def mistake_from(self, offset: int) -> int | None:
        """Return the byte at which JSON breaks first, from an offset on; None if it does not."""
        layout = self.layout
        if not isinstance(layout, JsonLinesLayout):
            problem = self.problem
            return problem.offset if problem is not None and problem.offset >= offset else None
        at = layout.broken.count_below(offset)
        return layout.broken[at] if at < len(layout.broken) else None


def _broken_words(layout: JsonLayout, problem: JsonProblem | None) -> str:
    """Say how many lines are no JSON, and where the first one breaks."""
    if not isinstance(layout, JsonLinesLayout) or problem is None:
        return ""
    count = len(layout.broken)
    if count == 1:
        return f", 1 is not JSON: {problem}"
    return f", {count:,} are not JSON, the first at {problem}"
