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
from tui.body.json.layout import INDENTED_DEPTH_MAX
from tui.body.markup.grammar import (
    AT_ONCE_BYTES,
    CLOSED_NAME,
    LINE,
    LINE_CLOSES,
    LINE_EMPTY,
    LINE_LEAF,
    LINE_OPENS,
    LOOKED_AHEAD_BYTES,
    NAME,
    TAG_BEHIND_TEXT,
    TAG_CLOSED_NAME,
    TAG_CLOSES,
    TAG_EMPTY,
    TAG_OPENS,
    Part,
    Piece,
    excerpt,
    is_followed_by_text,
    piece_at,
    piece_of,
    skip_blank,
)
from tui.body.markup.laying_out import LayingOut
from tui.body.markup.open_names import INNER_MAX, OpenNames
from tui.body.markup.open_piece import OpenPiece, Stand
from tui.body.rows import ROW_BYTES

if TYPE_CHECKING:
    import re

    from tui.body.growing import Bytes
    from tui.body.markup.cutting import OpenRow


class MarkupLayout(LayingOut):
    """Lays out elements of XML, one root or several after one another."""

    def __init__(
        self, data: Bytes, *, row_bytes: int = ROW_BYTES, is_growing: bool = False
    ) -> None:
        super().__init__(data, row_bytes=row_bytes, is_growing=is_growing)
        self._least_room = self.maker.room(INDENTED_DEPTH_MAX)
        self._names = OpenNames()
        self._mixed_depth: int | None = None
        """How many are open outside of the outermost one that has text of its own."""
        self._piece: Piece | None = None
        """It is taken, and what is behind it looked at, up to the position."""

    def go_on(self, limit: int) -> None:
        """Take what comes next, up to about an offset; or wait, or end."""
        maker = self.maker
        if self.open_piece is not None:
            pass
        elif maker.row is None:
            maker.position = skip_blank(maker.data, maker.position, limit)
            self._take_whole_lines(limit)
            if maker.position >= limit:
                return
        elif self._piece is None:
            self._take_mixed(maker.row, limit)
        self._take_piece(limit)

    def _take_whole_lines(self, limit: int) -> None:  # noqa: C901 - the loop of every line, unrolled
        """Take lines as most are, a match each."""
        names, outer_count = self._names.inner, self._names.outer_count
        position, least_room = self.maker.position, self._least_room
        starts, flags = list[int](), array("H")
        end = min(len(self.maker.data), limit + AT_ONCE_BYTES)
        has_all = end == len(self.maker.data) and not self.is_growing
        last = end if has_all else end - LOOKED_AHEAD_BYTES
        for found in LINE.finditer(self.maker.data, position, end):
            kind, depth = found.lastindex or 0, outer_count + len(names)
            flag = depth if depth < DEPTH_BITS else DEPTH_BITS
            if found.end(kind) - position > least_room and self._is_long(found, kind):
                break
            if found.end() > last:
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
        if not names or len(names) > INNER_MAX:
            self._names.settle()
        self.maker.add_lines(starts, flags, position)

    def _is_long(self, line: re.Match[bytes], kind: int) -> bool:
        return line.end(kind) - line.start() > self.maker.room(len(self._names))

    def _take_mixed(self, row: OpenRow, limit: int) -> None:
        """Take tags with text before them, and no line feed, within the line that has begun."""
        names, position = self._names.inner, self.maker.position
        if self._mixed_depth is None:
            return
        least = max(0, self._mixed_depth + 1 - self._names.outer_count)
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
        self._names.settle()
        self.maker.position = position

    # Piece by piece: what has text in it, line feeds or a mistake, and what is long

    def _take_piece(self, limit: int) -> None:
        if self._piece is None:
            found = self._next_piece()
            if found is None:
                self.is_waiting = self.is_growing and self.open_piece is None
                return
            if isinstance(found, Mistake):
                self._break(found)
                return
            self._piece = found
            if self.maker.row is None:
                is_closer = found.part is Part.CLOSES
                self.maker.begin_line(len(self._names) - is_closer, is_closer=is_closer)
            self.maker.begin_piece(found)
        if self.maker.take(self._piece, limit) and self._look_behind(self._piece, limit):
            self._end_piece(self._piece)

    def _look_behind(self, piece: Piece, limit: int) -> bool:
        """Look through white space behind a piece; true if what follows that is known.

        It decides what the piece is to its line.
        """
        maker, length = self.maker, len(self.maker.data)
        maker.position = skip_blank(maker.data, maker.position, limit)
        if limit <= maker.position < length:
            return False
        is_text = piece.part is Part.TEXT
        has_come = maker.position <= length - LOOKED_AHEAD_BYTES
        self.is_waiting = self.is_growing and not is_text and not has_come
        return not self.is_waiting

    def _next_piece(self) -> Piece | Mistake | None:
        """Return what comes next; None if that has not come yet."""
        start, data = self.maker.position, self.maker.data
        if start == len(data):
            return None if self.is_growing else self._end()
        opened, self.open_piece = self.open_piece, None
        found = piece_at(data, start) if opened is None else piece_of(data, opened)
        if isinstance(found, OpenPiece):
            self.open_piece = found
            return None
        found = self._in_place(found) if isinstance(found, Piece) else found
        if self.is_growing and isinstance(found, Mistake):
            if start + LOOKED_AHEAD_BYTES <= len(data):
                self.open_piece = OpenPiece(start, start, Stand.WRONG)
            return None
        return found

    def _in_place(self, piece: Piece) -> Piece | Mistake:
        """Return a piece, or what is wrong with it where it stands."""
        start = self.maker.position
        if piece.part is Part.TEXT and not self._names:
            return Mistake(start, "this is text outside of an element")
        innermost = self._names.innermost
        if piece.part is Part.CLOSES and innermost != piece.name:
            closer = f"</{excerpt(piece.name)}>"
            if innermost is not None:
                return Mistake(start, f"</{excerpt(innermost)}> is expected, not {closer}")
            return Mistake(start, f"{closer} closes no element")
        return piece

    def _end_piece(self, piece: Piece) -> None:
        self._piece = None
        names, behind = self._names, self.maker.position
        match piece.part:
            case Part.OPENS:
                names.append(piece.name)
                is_mixed = piece.keeps_space or self._is_leaf(piece.end, behind)
                if self._mixed_depth is None and is_mixed:
                    self._mixed_depth = len(names) - 1
            case Part.CLOSES:
                names.pop()
                if self._mixed_depth == len(names):
                    self._mixed_depth = None
            case Part.NOTHING | Part.TEXT:
                pass
        if self._mixed_depth is None and names and is_followed_by_text(self.maker.data, behind):
            self._mixed_depth = len(names) - 1
        if self._mixed_depth is None:
            self.maker.end_row(piece.end)
        else:
            self.maker.position = piece.end

    def _is_leaf(self, end: int, closing: int) -> bool:
        """Whether an element ends on the line on which it begins, with nothing in it.

        Args:
            end: the offset behind its start tag.
            closing: the one behind the white space there.
        """
        has_line_feed = self.maker.data.find(b"\n", end, closing) >= 0
        return self.maker.data.startswith(b"</", closing) and not has_line_feed

    def _end(self) -> Mistake | None:
        """End the last row; return what is wrong with where it ends."""
        position = self.maker.position
        self.maker.end_row(position)
        self.is_complete = True
        if (innermost := self._names.innermost) is not None:
            message = f"<{excerpt(innermost)}> is not closed, but the text ends here"
            return Mistake(position, message, is_at_end=True)
        if len(self.maker.index):
            return None
        self.maker.position = 0
        return Mistake(position, "there is no element", is_at_end=True)

    def _break(self, mistake: Mistake) -> None:
        self.broken_at = self.settled
        self.mistake, self.is_complete = mistake, True
        self.maker.index.end = self.broken_at
