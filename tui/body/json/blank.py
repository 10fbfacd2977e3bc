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

    def look(self, data: Bytes, start: int, budget_bytes: int) -> bool:
        """Look for its end in some bytes more; true if that is known, or it is that of the text."""
        if start != self._start:
            self._start = self._end = self._searched = start
        limit = min(self._end + budget_bytes, len(data))
        self._end = first_token_offset(data, self._end, limit)
        return self._end < limit or limit == len(data)

    def end(self, data: Bytes, start: int) -> int:
        """Return the offset of the first byte from ``start`` on that is not white space."""
        if start != self._start:
            self._start = self._end = self._searched = start
        self._end = first_token_offset(data, self._end)
        return self._end

    def row_start(self, data: Bytes, position: int) -> int:
        """Return where the next row begins: of the white space before it, with that after a comma.

        It is what a match of `LINE` comes to, wherever slices and pieces of the body end.
        """
        return position if _is_behind_comma(data, position) else self.end(data, position)

    def is_all(self, data: Bytes, position: int) -> bool:
        """Whether nothing but white space is left, which is of the row before what it is behind."""
        return _is_behind_comma(data, position) and self.end(data, position) == len(data)

    def has_line_feed(self, data: Bytes, start: int) -> bool:
        """Whether a line of the text ends in the white space from ``start`` on."""
        end = self.end(data, start)
        line_feed = data.find(b"\n", self._searched, end)
        self._searched = end if line_feed < 0 else line_feed
        return line_feed >= 0


def _is_behind_comma(data: Bytes, position: int) -> bool:
    return data.startswith(b",", position - 1) and position > 0
