"""White space that may go on when more comes: where it ends, looking at none of it again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.body.json.grammar import first_token_offset

if TYPE_CHECKING:
    from tui.body.growing import Bytes


class Blank:
    """The white space behind one place, as far as it was looked at."""

    def __init__(self) -> None:
        self._start = self._end = 0
        self._searched = 0
        """There is no line feed before this."""

    def end(self, data: Bytes, start: int) -> int:
        """Return the offset of the first byte from ``start`` on that is not white space."""
        if start != self._start:
            self._start = self._end = self._searched = start
        self._end = first_token_offset(data, self._end)
        return self._end

    def has_line_feed(self, data: Bytes, start: int) -> bool:
        """Whether a line of the text ends in the white space from ``start`` on."""
        end = self.end(data, start)
        line_feed = data.find(b"\n", self._searched, end)
        self._searched = end if line_feed < 0 else line_feed
        return line_feed >= 0
