"""How a fold of pretty JSON is drawn: what stays in sight of it, and what is said of the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from tui.body.embedded import HEAD_BYTES, string_in_line, words_of_string
from tui.body.json.brackets import end_of_line, first_row_of_line
from tui.body.json.flags import CLOSER, DEPTH_BITS
from tui.body.rows import Document, Row, with_suffix

if TYPE_CHECKING:
    from tui.body.json.brackets import LaidOut
    from tui.body.json.fold_words import FoldWords
    from tui.body.json.folds import BracketFolds


class JsonRows(Document, Protocol):
    """A document with rows of JSON."""

    def row_until(self, index: int, end: int) -> Row:
        """Draw the part of a row of JSON that is before an offset."""
        ...


class FoldRows:
    """Draws the rows that have a fold, folded.

    Args:
        json: the rows.
        layout: where they are.
        folds: which of them are folds, and of what.
        words: what is said of brackets.
    """

    def __init__(
        self, json: JsonRows, layout: LaidOut, folds: BracketFolds, words: FoldWords
    ) -> None:
        self._json = json
        self._layout = layout
        self._folds = folds
        self._words = words

    def draw(self, fold: int, end: int | None) -> Row:
        """Draw a fold in one row.

        Args:
            fold: the row that stays.
            end: the first row behind what it hides; None if that is not known yet.
        """
        if self._folds.is_string(fold):
            return self._string_row(fold)
        return self._bracket_row(fold, end)

    def head(self, fold: int) -> Row:
        """Return what stays in sight of a folded line."""
        if not self._folds.is_string(fold):
            return self._json.row(fold)
        start, end = self._line(fold)
        string = string_in_line(self._json.data, start, end)
        if string is None:
            # A number of any length, or a name: its first row, as it is unfolded.
            return self._json.row(fold)
        return self._json.row_until(fold, string[0] + 1 + HEAD_BYTES)

    def is_beyond_head(self, fold: int, offset: int) -> bool:
        """Whether a byte of a row with a fold is out of sight."""
        limit = len(self.head(fold).text)
        return all(first >= limit for first, _ in self._json.columns(fold, offset, offset + 1))

    def _line(self, fold: int) -> tuple[int, int]:
        end = end_of_line(self._layout, fold)
        return self._json.span(fold)[0], self._json.span(end - 1)[1]

    def _bracket_row(self, fold: int, end: int | None) -> Row:
        closing = None if end is None else first_row_of_line(self._layout, end - 1)
        flags = self._layout.flags
        if closing is None or flags[closing] != (flags[fold] & DEPTH_BITS) | CLOSER:
            return with_suffix(self.head(fold), (" …", "comment"))
        words = self._words.words(fold, closing)
        bracket = self._json.row(closing).source.strip()
        return with_suffix(self.head(fold), (f" … {words} ", "comment"), (bracket, "punctuation"))

    def _string_row(self, fold: int) -> Row:
        data = self._json.data
        start, end = self._line(fold)
        string = string_in_line(data, start, end)
        if string is None:
            return with_suffix(self.head(fold), (" …", "comment"))
        words = words_of_string(data, *string)
        comma = data[string[1] : end].decode("ascii", "replace").strip()
        return with_suffix(
            self.head(fold),
            ('…"', "string"),
            (f" {words}", "comment"),
            (comma, "punctuation"),
        )
