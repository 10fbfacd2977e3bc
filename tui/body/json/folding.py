"""Pretty JSON of which parts can be folded to one row."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from tui.body.embedded import open_string
from tui.body.folding import FoldingRows
from tui.body.json.brackets import is_text
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
        self.are_lines = are_lines
        """Whether there is one value a line of the text."""
        super().__init__(json, folds, FoldRows(json, json.layout, folds, self._words))

    @property
    def is_summed_up(self) -> bool:
        """Whether nothing is left to be said of what is folded."""
        return self._words.is_complete

    def sum_up(self, budget_bytes: int) -> bool:
        """Go on with what is to be said of folds; true if rows look different by now."""
        return self._words.advance(budget_bytes)

    def mistake_from(self, offset: int) -> int | None:
        """Return the byte at which JSON breaks first, from an offset on; None if it does not."""
        return self._json.mistake_from(offset)

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
