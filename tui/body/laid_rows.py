"""Rows that a layout has found, and behind them those of the text that it could not lay out."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from tui.body.rows import RowIndex
    from tui.body.shown_bytes import ShownBytes


class Rest(Protocol):
    """What is shown behind the rows of a layout, in bytes of the same body."""

    first_offset: int

    @property
    def row_count(self) -> int:
        """How many rows there are so far."""
        ...

    @property
    def line_count(self) -> int:
        """How many lines there are so far."""
        ...

    @property
    def reached(self) -> int:
        """Offset of the first byte that no row holds yet."""
        ...

    def span(self, index: int) -> tuple[int, int]:
        """Return the first byte of a row, and the first one behind it."""
        ...

    def row_at(self, offset: int) -> int:
        """Return the row that holds a byte."""
        ...

    def row_of(self, number: int) -> int:
        """Return the row where the line of that number begins."""
        ...

    def number(self, index: int) -> str:
        """Return the number of the line that a row begins."""
        ...

    def starts_line(self, index: int) -> bool:
        """Whether a row begins a line."""
        ...


class LaidRows(ABC):
    """Where rows are: those of an index first, then those of ``rest``, numbered on."""

    def __init__(self, index: RowIndex) -> None:
        self._index = index
        self._rest: Rest | None = None

    @property
    def row_count(self) -> int:
        """How many rows there are so far."""
        return len(self._index) + (self._rest.row_count if self._rest else 0)

    @property
    def has_open_rows(self) -> bool:
        """Whether there are rows behind those of the index."""
        return self._rest is not None

    @property
    def line_count(self) -> int:
        """How many lines there are so far."""
        return self._index.line_count + (self._rest.line_count if self._rest else 0)

    @property
    def reached(self) -> int:
        """Offset of the first byte that no row holds yet."""
        rest = self._rest
        # A rest that has no rows has reached nothing, wherever it begins.
        return rest.reached if rest is not None and rest.row_count else self._index.end

    def span(self, index: int) -> tuple[int, int]:
        """Return the first byte of a row, and the first one behind it."""
        if index < len(self._index) or self._rest is None:
            return self._index.span(index)
        return self._rest.span(index - len(self._index))

    @abstractmethod
    def shown_in(self, index: int) -> ShownBytes:
        """Return which characters of a row show which bytes."""

    def columns(self, index: int, start: int, end: int) -> tuple[tuple[int, int], ...]:
        """Return which characters of a row show a range of bytes."""
        return self.shown_in(index).columns(start, end)

    def row_at(self, offset: int) -> int:
        """Return the row that holds a byte."""
        if self._rest is None or offset < self._rest.first_offset:
            return self._index.row_at(offset)
        return max(0, min(len(self._index) + self._rest.row_at(offset), self.row_count - 1))

    def row_of(self, number: int) -> int:
        """Return the row where the line of that number begins."""
        before = self._index.line_count
        if self._rest is None or number <= before:
            return self._index.row_of(number)
        row = len(self._index) + self._rest.row_of(number - before)
        return max(0, min(row, self.row_count - 1))

    def number(self, index: int) -> str:
        """Return the number of the line that a row begins."""
        if index < len(self._index) or self._rest is None:
            return self._index.number(index)
        own = self._rest.number(index - len(self._index))
        return str(int(own) + self._index.line_count) if own else ""

    def starts_line(self, index: int) -> bool:
        """Whether a row begins a line."""
        if index < len(self._index) or self._rest is None:
            return self._index.starts_line(index)
        return self._rest.starts_line(index - len(self._index))
