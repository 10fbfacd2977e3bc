"""Finding where the lines of indented HTML begin, slice by slice, in bytes of any size.

Elements that hold others begin a line; those that are within text stay in it, and text has the
lines that it came in. Where white space says something, and where nothing is markup, all is left as
it is. An element without line feeds that holds text alone is one line.

    <ul><li>one <b>two</b><li>three</ul><pre>     ──▶     <ul>
     four</pre>                                             <li>one <b>two</b>
                                                            <li>three
                                                          </ul>
                                                          <pre>
                                                           four</pre>
"""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING

from tui.body.json.flags import DEPTH_BITS
from tui.body.json.layout import INDENTED_DEPTH_MAX
from tui.body.markup.grammar import Part, Piece, Within
from tui.body.markup.html_elements import OpenElements
from tui.body.markup.html_grammar import (
    IN_LINE,
    IN_LINE_CLOSES,
    IN_LINE_NAME,
    IN_LINE_NOTHING,
    LINE,
    LINE_OTHER,
    RawText,
    piece_at,
    piece_of,
    skip_blank,
)
from tui.body.markup.html_lines import JOINED_BYTES, ONCE, PlainLines
from tui.body.markup.html_names import Role
from tui.body.markup.laying_out import LINE_BYTES, LayingOut
from tui.body.markup.open_piece import OpenPiece
from tui.body.rows import ROW_BYTES

if TYPE_CHECKING:
    from tui.body.growing import Bytes
    from tui.body.markup.cutting import OpenRow

_LINE_BYTES = 4_096
"""A line that goes on for so long behind the end of a slice takes a second look."""


class HtmlLayout(LayingOut):
    """Lays out HTML; whatever comes is HTML of some kind, so that there is no mistake."""

    def __init__(
        self, data: Bytes, *, row_bytes: int = ROW_BYTES, is_growing: bool = False
    ) -> None:
        super().__init__(data, row_bytes=row_bytes, is_growing=is_growing, has_case=False)
        self._open = OpenElements()
        self._line_bytes = min(self.maker.room(INDENTED_DEPTH_MAX), JOINED_BYTES)
        self._lines = PlainLines(self._open, self._line_bytes)
        self._piece: Piece | None = None
        self._role = Role.INLINE
        """Of the piece."""
        self._raw: RawText | None = None
        """In which element nothing is markup."""
        self._kept_depth: int | None = None
        """How many are open outside of the one in which white space says something."""
        self._line_depth: int | None = None
        """How many are open outside of the one that is to end on the line that has begun."""

    def go_on(self, limit: int) -> None:
        """Take what comes next, up to about an offset; or wait, or end."""
        maker = self.maker
        if self._piece is None and self.open_piece is None and not self._is_kept:
            if maker.row is not None:
                self._take_in_line(maker.row, limit)
            if maker.row is None:
                self._take_whole_lines(limit)
                if maker.position >= limit:
                    return
        self._take_piece(limit)

    @property
    def _is_kept(self) -> bool:
        return self._raw is not None or self._kept_depth is not None

    # Lines as most are

    def _take_whole_lines(self, limit: int) -> None:
        """Take tags that are a line, elements of text alone, and lines of text, a match each."""
        data = self.maker.data
        position = skip_blank(data, self.maker.position, limit)
        starts, flags = list[int](), array("H")
        if not self._open.is_foreign:
            last = min(len(data), limit + _LINE_BYTES)
            while position < limit:
                if line := self._plain_line(data, position, last):
                    starts.append(position)
                    flags.append(line[0])
                    position = line[1]
                    limit -= LINE_BYTES
                    continue
                begun, position = self._lines.take_text(data, position, limit, last)
                if not begun:
                    break
                limit -= LINE_BYTES * len(begun)
                starts += begun
                flags.extend([min(len(self._open), DEPTH_BITS)] * len(begun))
        self.maker.add_lines(starts, flags, position)

    def _plain_line(self, data: Bytes, start: int, last: int) -> tuple[int, int] | None:
        """Return the flags of a line and where the next one begins; None if it is not plain."""
        found = LINE.match(data, start, last)
        if found is None or (kind := found.lastindex or LINE_OTHER) == LINE_OTHER:
            return None
        is_short = found.end(kind) - start <= self._line_bytes
        return self._lines.take(found, kind) if is_short else None

    def _take_in_line(self, row: OpenRow, limit: int) -> None:
        """Take text and what is within text, without a line feed, on the line that has begun.

        It ends before an element that begins a line, which may be as plain as most.
        """
        position = self.maker.position
        for found in IN_LINE.finditer(self.maker.data, position, limit):
            end, name = found.end(), found[IN_LINE_NAME]
            if found.lastindex == IN_LINE_NOTHING or end - row.start > row.room:
                break
            if name is not None and self._open.role_of(name.lower()) is not Role.INLINE:
                if self._open.role_of(name.lower()) is Role.BLOCK and not found[IN_LINE_CLOSES]:
                    self.maker.end_row(position)
                    self._line_depth = None
                break
            position = end
        self.maker.position = position

    # Token by token

    def _take_piece(self, limit: int) -> None:
        maker = self.maker
        if self._piece is None:
            piece = self._next_piece()
            if piece is None:
                return
            self._piece, self._role = piece, self._role_of(piece)
            self._begin(piece, self._role)
            maker.begin_piece(piece)
        if maker.take(self._piece, limit):
            ends_line = self._ends_line(self._piece, self._role)
            if ends_line is None:
                self.is_waiting = True
                return
            if ends_line:
                maker.end_row(maker.position)
                self._line_depth = None
            self._piece = None

    def _next_piece(self) -> Piece | None:
        """Return what comes next; None if that has not come, or nothing comes."""
        data, start = self.maker.data, self.maker.position
        if start == len(data) and not self.is_growing:
            self._end()
            return None
        found = None if start == len(data) else self._piece_at(data, start)
        if isinstance(found, OpenPiece):
            self.open_piece = found
            return None
        self.is_waiting = self.is_growing and (found is None or found.is_cut)
        return None if self.is_waiting else found

    def _piece_at(self, data: Bytes, start: int) -> Piece | OpenPiece:
        opened, self.open_piece = self.open_piece, None
        is_foreign = self._open.is_foreign
        if self._raw is not None:
            if opened is None:
                return self._raw.piece_at(data, start, is_growing=self.is_growing)
            end = len(data) if opened.end is None else opened.end
            return Piece(Part.CLOSES, Within.TAG, end, self._raw.name, is_cut=opened.end is None)
        if opened is None:
            return piece_at(data, start, is_kept=self._is_kept, is_foreign=is_foreign)
        return piece_of(data, opened, is_foreign=is_foreign)

    def _role_of(self, piece: Piece) -> Role:
        name = piece.name
        if not name:
            return Role.VOID if piece.within is Within.DOCTYPE else Role.INLINE
        if self._raw is not None:
            return Role.RAW
        role = self._open.role_of(name)
        is_void = piece.part is Part.NOTHING and role is not Role.INLINE
        if is_void or (piece.part is Part.OPENS and self._is_again(name)):
            return Role.VOID
        return role

    def _is_again(self, name: bytes) -> bool:
        is_open = self._open.is_open
        return name in ONCE and (is_open(name) or (name == b"head" and is_open(b"body")))

    def _begin(self, piece: Piece, role: Role) -> None:
        """Begin a line with a piece, or go on with one; know what is open in the piece."""
        maker, opened = self.maker, self._open
        if role not in (Role.INLINE, Role.BREAK):
            self._begin_or_end_element(piece, role)
        elif maker.row is None:
            if piece.within is not Within.COMMENT:
                opened.end_head()
            maker.begin_line(len(opened), is_closer=False)

    def _begin_or_end_element(self, piece: Piece, role: Role) -> None:
        maker, opened = self.maker, self._open
        is_closer = piece.part is Part.CLOSES and self._close(piece.name, role)
        if piece.part is not Part.CLOSES:
            opened.end_before(piece.name)
        depth = len(opened)
        if self._kept_depth is not None and depth <= self._kept_depth:
            self._kept_depth = None
        if not self._is_kept and not (is_closer and depth == self._line_depth):
            maker.end_row(maker.position)
        if maker.row is None:
            self._line_depth = depth
            maker.begin_line(depth, is_closer=is_closer)
        if piece.part is Part.OPENS:
            self._open_element(piece.name, role)

    def _close(self, name: bytes, role: Role) -> bool:
        """End an element; false if there is none that a tag ends."""
        if self._raw is not None:
            self._raw = None
            return True
        return role in (Role.BLOCK, Role.KEPT) and self._open.close(name)

    def _open_element(self, name: bytes, role: Role) -> None:
        match role:
            case Role.RAW:
                self._raw = RawText(name)
            case Role.KEPT | Role.BLOCK:
                if role is Role.KEPT and self._kept_depth is None:
                    self._kept_depth = len(self._open)
                self._open.open(name)
            case Role.INLINE | Role.VOID | Role.BREAK:
                pass

    def _ends_line(self, piece: Piece, role: Role) -> bool | None:
        """Whether a line ends behind a piece; None if what has not come yet decides."""
        if self._is_kept:
            return False
        if role is Role.INLINE:
            is_comment = piece.within is Within.COMMENT
            start = self.maker.piece_start
            return piece.ends_line or (is_comment and self.maker.has_line_feed(start, piece.end))
        if role is not Role.BLOCK or piece.part is not Part.OPENS:
            return True
        joins = self._joins(piece)
        return None if joins is None else not joins

    def _joins(self, piece: Piece) -> bool | None:
        """Whether an element is one line: it has no line feed, and is not too long."""
        at, end = piece.end, self.maker.piece_start + JOINED_BYTES
        for found in IN_LINE.finditer(self.maker.data, at, end):
            name = found[IN_LINE_NAME]
            if found.lastindex == IN_LINE_NOTHING:
                break
            if name is None or self._open.role_of(name.lower()) is Role.INLINE:
                at = found.end()
            elif found[IN_LINE_CLOSES]:
                return at > piece.end or name.lower() == piece.name
            else:
                return at > piece.end and self._open.would_end(name.lower(), piece.name)
        data = self.maker.data
        if self.is_growing and len(data) < end and not data.startswith(b"\n", at):
            return None
        return at > piece.end and at == len(data)

    def _end(self) -> None:
        maker = self.maker
        if maker.row is None and not len(maker.index):
            maker.position = 0
            maker.begin_line(0, is_closer=False)
        maker.position = len(maker.data)
        maker.end_row(maker.position)
        self.is_complete = True
