"""What the layouts of all languages of markup have in common: they go on slice by slice, and grow.

While more may come, a layout waits before a piece of which the end has not come, and before what
is decided by what follows. What is behind `settled` is in no row of it yet.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING

from tui.body.growing import grown
from tui.body.json.layout import BOM
from tui.body.markup.cutting import MarkupRows

if TYPE_CHECKING:
    from tui.body.growing import Bytes
    from tui.body.json.grammar import Mistake
    from tui.body.markup.open_piece import OpenPiece

_PIECE_BYTES = 32
"""A piece takes as long as so many bytes of lines, beside its own."""
LINE_BYTES = 16
"""So does a line."""


class LayingOut(ABC):
    """Lays out markup until a mistake or the end; what comes of it is in ``maker``."""

    def __init__(
        self, data: Bytes, *, row_bytes: int, is_growing: bool = False, has_case: bool = True
    ) -> None:
        self.maker = MarkupRows(data, row_bytes, has_case=has_case)
        self.mistake: Mistake | None = None
        self.broken_at = 0
        """Where the row with the mistake begins."""
        self.is_complete = False
        self.is_growing = is_growing
        """Whether more may come."""
        self.is_waiting = False
        """Whether more may come, and nothing is left that can be laid out without it."""
        self.open_piece: OpenPiece | None = None
        """What is next, if its end is being looked for, or was found."""
        self._is_begun = False

    @property
    def settled(self) -> int:
        """Offset of the first byte that no row holds yet."""
        row = self.maker.row
        return self.maker.position if row is None else row.start

    def append(self, data: bytes) -> None:
        """Take in what came next."""
        self.maker.data = grown(self.maker.data, data)
        self.is_waiting = False

    def finish(self, data: bytes) -> None:
        """Take in that nothing comes any more."""
        self.maker.data = data
        self.is_growing = self.is_waiting = False
        self.open_piece = None

    def advance(self, budget_bytes: int) -> None:
        """Lay out about so many bytes more."""
        self._skip_mark()
        limit = self.maker.position + budget_bytes
        while not (self.is_complete or self.is_waiting) and self.maker.position < limit:
            if self.open_piece is not None and not self._look_for_end(
                self.open_piece, budget_bytes
            ):
                return
            made = len(self.maker.index)
            self.go_on(limit)
            limit -= _PIECE_BYTES + LINE_BYTES * (len(self.maker.index) - made)

    def _look_for_end(self, piece: OpenPiece, budget_bytes: int) -> bool:
        """Look on for the end of a piece; true if it is known, or that it does not end."""
        is_looked_through = piece.look(self.maker.data, budget_bytes)
        self.is_waiting = self.is_growing and is_looked_through and piece.end is None
        return is_looked_through and not self.is_waiting

    @abstractmethod
    def go_on(self, limit: int) -> None:
        """Take what comes next, up to about an offset; or wait, or end."""

    def _skip_mark(self) -> None:
        """Skip a byte order mark, once it is known whether there is one."""
        if self._is_begun:
            return
        start = bytes(self.maker.data[: len(BOM)])
        self.is_waiting = self.is_growing and start != BOM and BOM.startswith(start)
        self._is_begun = not self.is_waiting
        if start == BOM:
            self.maker.position = len(BOM)
