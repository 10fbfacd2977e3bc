"""How much of the rows of a table is looked through in one turn of the event loop.

In a turn they are measured many times: as one goes to a row, to a column of it, and as they are
drawn. All of these share what one of them may take.
"""

from __future__ import annotations

from asyncio import get_running_loop

from tui.body.table.tabular import FIT_BYTES, FIT_SHORT_BYTES


class FitBudget:
    """What `Tabular.fit` is given."""

    def __init__(self) -> None:
        self._bytes: int | None = FIT_BYTES
        """None for what is left of what was given in this turn."""

    def take(self) -> int | None:
        """Return what there is in a turn; after that, None until the next one."""
        taken, self._bytes = self._bytes, None
        if taken is not None:
            get_running_loop().call_soon(self.renew)
        return taken

    def renew(self) -> None:
        """Have all that there is in a turn."""
        self._bytes = FIT_BYTES

    def keep_short(self) -> None:
        """Leave long records to another turn: something else takes long in this one."""
        if self.take() is not None:
            self._bytes = FIT_SHORT_BYTES
