"""Finding where the lines of indented XML begin, slice by slice, in bytes of any size.

A tag begins a line, unless text says something beside it: what is in an element with text of its
own is left as it is, from that text on, since white space there is part of it. An element of text
alone is one line. Lines that have line feeds within, and those that are too long, are several rows.

    <a><b>text</b><c>one <i>two</i></c></a>     ──▶     <a>
                                                          <b>text</b>
                                                          <c>one <i>two</i></c>
                                                        </a>
"""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING

from tui.body.json.flags import CLOSER, DEPTH_BITS
from tui.body.json.grammar import Mistake
from tui.body.json.layout import BOM, INDENTED_DEPTH_MAX
from tui.body.markup.cutting import MarkupRows
from tui.body.markup.grammar import (
    CLOSED_NAME,
    LINE,
    LINE_CLOSES,
    LINE_EMPTY,
    LINE_LEAF,
    LINE_OPENS,
    NAME,
    TAG_BEHIND_TEXT,
    TAG_CLOSED_NAME,
    TAG_CLOSES,
    TAG_EMPTY,
    TAG_OPENS,
    Part,
    excerpt,
    is_followed_by_text,
    piece_at,
    skip_blank,
)
from tui.body.rows import ROW_BYTES

if TYPE_CHECKING:
    import re

    from tui.body.markup.cutting import OpenRow
    from tui.body.markup.grammar import Piece


class MarkupLayout:
    """Lays out elements, one root or several after one another, until a mistake or the end.

    What comes of it is in ``maker``. Nothing recurses, and nothing is looked at more than a few
    times.
    """

    def __init__(self, data: bytes, *, row_bytes: int = ROW_BYTES) -> None:
        self.maker = MarkupRows(data, row_bytes)
        self.mistake: Mistake | None = None
        self.broken_at = 0
        """Where the row with the mistake begins."""
        self.is_complete = False
        self.maker.position = skip_blank(data, len(BOM) if data.startswith(BOM) else 0)
        self._least_room = self.maker.room(INDENTED_DEPTH_MAX)
        self._names: list[bytes] = []
        """Of the elements that are open."""
        self._mixed_depth: int | None = None
        """How many are open outside of the outermost one that has text of its own."""
        self._piece: Piece | None = None

    def advance(self, budget_bytes: int) -> None:
        """Lay out about so many bytes more."""
        maker = self.maker
        limit = maker.position + budget_bytes
        while not self.is_complete and maker.position < limit:
            if maker.row is None:
                self._take_whole_lines(limit)
            elif self._piece is None:
                self._take_mixed(maker.row, limit)
            self._take_piece(limit)

    def _take_whole_lines(self, limit: int) -> None:  # noqa: C901 - the loop of every line, unrolled
        """Take lines as most are, a match each."""
        names, position = self._names, self.maker.position
        starts, flags, least_room = list[int](), array("H"), self._least_room
        for found in LINE.finditer(self.maker.data, position):
            kind, depth = found.lastindex or 0, len(names)
            flag = depth if depth < DEPTH_BITS else DEPTH_BITS
            if found.end(kind) - position > least_room and self._is_long(found, kind):
                break
            if kind == LINE_OPENS:
                if b"xml:space" in found[0]:
                    break
                names.append(found[NAME])
            elif kind == LINE_CLOSES:
                if not names or names[-1] != found[CLOSED_NAME]:
                    break
                names.pop()
                flag = min(depth - 1, DEPTH_BITS) | CLOSER
            elif kind not in (LINE_EMPTY, LINE_LEAF):
                break
            starts.append(position)
            flags.append(flag)
            position = found.end()
            if position >= limit:
                break
        self.maker.add_lines(starts, flags, position)

    def _is_long(self, line: re.Match[bytes], kind: int) -> bool:
        return line.end(kind) - line.start() > self.maker.room(len(self._names))

    def _take_mixed(self, row: OpenRow, limit: int) -> None:
        """Take tags with text before them, and no line feed, within the line that has begun."""
        names, position = self._names, self.maker.position
        if self._mixed_depth is None:
            return
        least = self._mixed_depth + 1
        for found in TAG_BEHIND_TEXT.finditer(self.maker.data, position, limit):
            kind, end = found.lastindex or 0, found.end()
            if end - row.start > row.room:
                break
            if kind == TAG_OPENS:
                names.append(found[NAME])
            elif kind == TAG_CLOSES:
                # The end of what has text of its own may be that of the line.
                if len(names) <= least or names[-1] != found[TAG_CLOSED_NAME]:
                    break
                names.pop()
            elif kind != TAG_EMPTY:
                break
            position = end
        self.maker.position = position

    # Piece by piece: what has text in it, line feeds or a mistake, and what is long

    def _take_piece(self, limit: int) -> None:
        if self._piece is None:
            if self.maker.position == len(self.maker.data):
                self._end()
                return
            found = self._next_piece()
            if isinstance(found, Mistake):
                self._break(found)
                return
            self._piece = found
            if self.maker.row is None:
                is_closer = found.part is Part.CLOSES
                self.maker.begin_line(len(self._names) - is_closer, is_closer=is_closer)
            self.maker.begin_piece(found)
        if self.maker.take(self._piece, limit):
            self._end_piece(self._piece)

    def _next_piece(self) -> Piece | Mistake:
        start = self.maker.position
        found = piece_at(self.maker.data, start)
        if isinstance(found, Mistake):
            return found
        if found.part is Part.TEXT and not self._names:
            return Mistake(start, "this is text outside of an element")
        if found.part is Part.CLOSES and (not self._names or self._names[-1] != found.name):
            closer = f"</{excerpt(found.name)}>"
            if self._names:
                return Mistake(start, f"</{excerpt(self._names[-1])}> is expected, not {closer}")
            return Mistake(start, f"{closer} closes no element")
        return found

    def _end_piece(self, piece: Piece) -> None:
        self._piece = None
        names = self._names
        match piece.part:
            case Part.OPENS:
                names.append(piece.name)
                is_mixed = piece.keeps_space or self._is_leaf(piece.end)
                if self._mixed_depth is None and is_mixed:
                    self._mixed_depth = len(names) - 1
            case Part.CLOSES:
                names.pop()
                if self._mixed_depth == len(names):
                    self._mixed_depth = None
            case Part.NOTHING | Part.TEXT:
                pass
        if self._mixed_depth is None and names and is_followed_by_text(self.maker.data, piece.end):
            self._mixed_depth = len(names) - 1
        if self._mixed_depth is None:
            self.maker.end_row(piece.end)
            self.maker.position = skip_blank(self.maker.data, piece.end)

    def _is_leaf(self, end: int) -> bool:
        """Whether an element ends on the line on which it begins, with nothing in it."""
        closing = skip_blank(self.maker.data, end)
        has_line_feed = self.maker.data.find(b"\n", end, closing) >= 0
        return self.maker.data.startswith(b"</", closing) and not has_line_feed

    def _end(self) -> None:
        self.maker.end_row(self.maker.position)
        if self._names:
            message = f"<{excerpt(self._names[-1])}> is not closed, but the text ends here"
            self._break(Mistake(self.maker.position, message, is_at_end=True))
        elif not len(self.maker.index):
            self._break(Mistake(self.maker.position, "there is no element", is_at_end=True))
            self.broken_at = self.maker.index.end = 0
        self.is_complete = True

    def _break(self, mistake: Mistake) -> None:
        row = self.maker.row
        self.broken_at = self.maker.position if row is None else row.start
        self.mistake, self.is_complete = mistake, True
        self.maker.index.end = self.broken_at
