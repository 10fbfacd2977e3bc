"""Pretty JSON of which parts can be folded to one row."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from tui.body.embedded import open_string
from tui.body.folding import FoldingRows
from tui.body.json.brackets import is_text
from tui.body.json.broken_utf8 import BrokenUtf8
from tui.body.json.document import JsonDocument
from tui.body.json.fold_rows import FoldRows
from tui.body.json.fold_words import FoldWords
from tui.body.json.folds import JsonFolds
from tui.body.json.values import value_span
from tui.body.rows import ROW_BYTES
from tui.body.shown_body import ShownBody

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.body.growing import Bytes

_CHECKED_TIMES = 8
"""Bytes are checked for text so much faster than numbers are summed up."""


class FoldingJson(FoldingRows):
    """JSON as `JsonDocument` lays it out, less what is folded."""

    def __init__(
        self,
        data: Bytes,
        *,
        row_bytes: int = ROW_BYTES,
        is_growing: bool = False,
        are_lines: bool = False,
    ) -> None:
        json = JsonDocument(data, row_bytes=row_bytes, is_growing=is_growing, are_lines=are_lines)
        folds = JsonFolds(json.layout, are_lines=are_lines)
        self._layout = json.layout
        self._words = FoldWords(json.layout)
        self._json = json
        self._broken = BrokenUtf8()
        self.are_lines = are_lines
        """Whether there is one value a line of the text."""
        super().__init__(json, folds, FoldRows(json, json.layout, folds, self._words))

    @property
    def words(self) -> str:
        """What this is, where it breaks, and which bytes are no text."""
        return " · ".join(filter(None, (super().words, self._broken.words(self.data))))

    @property
    def index_bytes(self) -> int:
        """How much memory it takes to know where rows are, and bytes that are no text."""
        return super().index_bytes + self._broken.size_bytes

    @property
    def is_summed_up(self) -> bool:
        """Whether nothing is left to be said of what is folded, and of what is no text."""
        is_checked = self._broken.is_known(self.data, self._layout.position)
        return is_checked and self._words.is_complete

    def sum_up(self, budget_bytes: int) -> bool:
        """Go on with what is to be said; true if rows look different by now."""
        checked = _CHECKED_TIMES * budget_bytes
        self._broken.advance(self.data, self._layout.position, checked)
        return self._words.advance(budget_bytes)

    def mistake_from(self, offset: int) -> int | None:
        """Return the byte at which JSON breaks first, from an offset on; None if it does not."""
        found = self._json.mistake_from(offset), self._broken.first_from(offset)
        return min((each for each in found if each is not None), default=None)

    # Values

    def value(self, index: int) -> bytes | None:
        """Return the value of a row as it is spelt."""
        return self._value_at(self._seen.row_at(index))

    def making_value(self, index: int) -> Callable[[], bytes | None]:
        """Return what finds the value that a row has now."""
        return partial(self._value_at, self._seen.row_at(index))

    def _value_at(self, row: int) -> bytes | None:
        if row >= len(self._layout.flags):
            return None
        span = value_span(self.data, self._layout, row)
        return None if span is None else bytes(self.data[slice(*span)])

    def nested(self, index: int) -> ShownBody | None:
        """Return what is in brackets, or in a string, as a body; None of numbers and words."""
        value = self.value(index)
        if value is None or value[:1] not in (b'"', b"{", b"["):
            return None
        is_string = value[:1] == b'"' and not is_text(self._layout, self._seen.row_at(index))
        return open_string(value) if is_string else ShownBody(value, "application/json")
