"""Indented markup of which parts can be folded to one row, and how folds are drawn."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from tui.body.folding import FoldingRows
from tui.body.json.flags import CLOSER, DEPTH_BITS
from tui.body.markup.document import MarkupDocument
from tui.body.markup.folds import MarkupFolds
from tui.body.markup.lines import first_row_of_line, fold_of_line
from tui.body.rows import ROW_BYTES, Row, decode, with_suffix
from tui.body.shown_body import ShownBody

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.body.growing import Bytes

_END_BYTES = 100
_PIECE_BYTES = 4_096
_ENDS = re.compile(rb"(</[^<>]++>|--!?>|\]\]>|\?>)\s*+\Z")


def _end_of_text(data: Bytes, start: int, stop: int) -> int:
    """Return where white space begins that ends a range; all of that may be most of the body."""
    while stop > start:
        piece = data[max(start, stop - _PIECE_BYTES) : stop]
        if text := piece.rstrip():
            return stop - len(piece) + len(text)
        stop -= len(piece)
    return stop


class FoldedMarkup:
    """Draws the rows of markup that have a fold, folded.

    Args:
        markup: where the rows are.
        folds: which of them are folds, and of what.
    """

    def __init__(self, markup: MarkupDocument, folds: MarkupFolds) -> None:
        self._markup = markup
        self._rows = markup.layout.maker
        self._folds = folds

    def draw(self, fold: int, end: int | None) -> Row:
        """Draw a fold in one row.

        Args:
            fold: the row that stays.
            end: the first row behind what it hides; None if that is not known yet.
        """
        head = self.head(fold)
        if end is None:
            return with_suffix(head, (" …", "comment"))
        if self._folds.is_text(fold):
            start, stop = self._rows.index.span(fold)[1], self._rows.index.span(end - 1)[1]
            lines = self._rows.index.line_of(end - 1) - self._rows.index.line_of(fold)
            words = f"{lines:,} line{'s' * (lines != 1)} · {stop - start:,} B"
            return self._row(head, words, stop)
        depth = self._rows.flags[fold] & DEPTH_BITS
        count = self._rows.flags.count(depth + 1, fold + 1, end)
        words = f"{count:,} item{'s' * (count != 1)}"
        closing = first_row_of_line(self._rows, end - 1)
        is_closed = self._rows.flags[closing] == depth | CLOSER
        return self._row(head, words, self._rows.index.span(end - 1)[1] if is_closed else 0)

    def head(self, fold: int) -> Row:
        """Return what stays in sight of a folded line."""
        return self._markup.row(fold)

    def is_beyond_head(self, fold: int, offset: int) -> bool:
        """Whether a byte of a row with a fold is out of sight: all of the row stays."""
        del fold, offset
        return False

    def _row(self, head: Row, words: str, stop: int) -> Row:
        """Add what is said of a fold, and the tag that ends it, if one does before an offset."""
        found = _ENDS.search(self._rows.data, max(0, stop - _END_BYTES), stop)
        if found is None:
            return with_suffix(head, (f" … {words}", "comment"))
        closing = decode(found[1])
        role = "tag" if closing.startswith("</") else "comment"
        return with_suffix(head, (f" … {words} ", "comment"), (closing, role))


class FoldingMarkup(FoldingRows):
    """XML or HTML as `MarkupDocument` lays it out, less what is folded."""

    def __init__(
        self,
        data: Bytes,
        *,
        row_bytes: int = ROW_BYTES,
        is_html: bool = False,
        is_growing: bool = False,
    ) -> None:
        markup = MarkupDocument(data, row_bytes=row_bytes, is_html=is_html, is_growing=is_growing)
        folds = MarkupFolds(markup.layout)
        self._rows = markup.layout.maker
        self._markup_folds = folds
        self._media_type = "text/html" if is_html else "application/xml"
        super().__init__(markup, folds, FoldedMarkup(markup, folds))

    # Values

    def value(self, index: int) -> bytes | None:
        """Return the element, or the text, of a row as it is spelt."""
        return self._value_at(self._seen.row_at(index))

    def making_value(self, index: int) -> Callable[[], bytes | None]:
        """Return what finds the value that a row has now."""
        return partial(self._value_at, self._seen.row_at(index))

    def _value_at(self, row: int) -> bytes | None:
        span = self._value_rows(row)
        if span is None:
            return None
        start, stop = self._rows.index.span(span[0])[0], self._rows.index.span(span[1] - 1)[1]
        return bytes(self.data[start : _end_of_text(self.data, start, stop)])

    def nested(self, index: int) -> ShownBody | None:
        """Return an element of several lines as a body; None of others."""
        span, value = self._value_rows(self._seen.row_at(index)), self.value(index)
        if span is None or value is None or span[1] - span[0] < 2:
            return None
        return ShownBody(value, self._media_type)

    def _value_rows(self, row: int) -> tuple[int, int] | None:
        """Return the first row of what a row begins or ends, and the one behind it."""
        rows = self._rows
        if row >= len(rows.flags):
            return None
        first = first_row_of_line(rows, row)
        fold = fold_of_line(rows, first)
        if fold is None and rows.flags[first] & CLOSER:
            fold = self._markup_folds.fold_of(first)
            first = first if fold is None else first_row_of_line(rows, fold)
        end = first + 1 if fold is None else self._markup_folds.end_of(fold)
        return first, len(rows.flags) if end is None else end
