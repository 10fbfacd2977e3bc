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
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tui.body.json.grammar import Mistake
from tui.body.json.layout import BOM, INDENT_CELLS, INDENTED_DEPTH_MAX
from tui.body.markup.grammar import (
    CLOSED_NAME,
    LINE,
    LINE_CLOSES,
    LINE_EMPTY,
    LINE_LEAF,
    LINE_OF_TEXT,
    LINE_OPENS,
    NAME,
    TAG_BEHIND_TEXT,
    TAG_CLOSED_NAME,
    TAG_CLOSES,
    TAG_EMPTY,
    TAG_OPENS,
    Part,
    Piece,
    Within,
    excerpt,
    is_followed_by_text,
    piece_at,
    skip_blank,
)
from tui.body.rows import ROW_BYTES, RowIndex, cut_before

if TYPE_CHECKING:
    import re

DEPTH_SHIFT = 5
"""Above the other bits of a row's flags: rows compare by how deep they are."""
CLOSER = 0x10
"""The flag of a row that is an end tag."""
VERBATIM = 0x08
"""The flag of a row that begins behind a line feed of the document: it has an indent of its own."""
WITHIN_BITS = 0x07
"""The bits that say what a row begins within."""
_DEPTH_MAX = 0x7FF
_ROOM_MIN = 20
_QUOTES = {
    Within.DOUBLE_QUOTES: b'"',
    Within.SINGLE_QUOTES: b"'",
}


@dataclass(slots=True)
class _Row:
    """A row of which the end is not known yet."""

    start: int
    flags: int
    room: int
    is_continued: bool = False


@dataclass(slots=True)
class _Quotes:
    """How far a tag was looked through for what is in quotes, and in which it is there."""

    at: int
    within: Within = Within.TAG


class MarkupLayout:
    """Lays out elements, one root or several after one another, until a mistake or the end.

    ``rows`` holds where each row begins, ``flags`` its depth, `CLOSER`, `VERBATIM` and what it
    begins within. Nothing recurses, and nothing is looked at more than a few times.
    """

    def __init__(self, data: bytes, *, row_bytes: int = ROW_BYTES) -> None:
        self.rows = RowIndex()
        self.flags = array("H")
        self.mistake: Mistake | None = None
        self.broken_at = 0
        """Where the row with the mistake begins."""
        self.is_complete = False
        self.position = skip_blank(data, len(BOM) if data.startswith(BOM) else 0)
        """Bytes looked at so far."""
        self._data = data
        self._row_bytes = row_bytes
        self._least_room = self._room(INDENTED_DEPTH_MAX)
        self._names: list[bytes] = []
        """Of the elements that are open."""
        self._mixed_depth: int | None = None
        """How many are open outside of the outermost one that has text of its own."""
        self._row: _Row | None = None
        self._piece: Piece | None = None
        self._piece_start = 0
        self._quotes = _Quotes(0)

    def goes_on(self, index: int) -> bool:
        """Whether a row, perhaps not known yet, is of the same line as the row before."""
        if index < len(self.flags):
            return bool(self.flags[index] & VERBATIM) or not self.rows.starts_line(index)
        row = self._row
        return row is not None and (row.is_continued or bool(row.flags & VERBATIM))

    def advance(self, budget_bytes: int) -> None:
        """Lay out about so many bytes more."""
        limit = self.position + budget_bytes
        while not self.is_complete and self.position < limit:
            if self._row is None:
                self._take_whole_lines(limit)
            elif self._piece is None:
                self._take_mixed(limit)
            self._take_piece(limit)

    def _take_whole_lines(self, limit: int) -> None:  # noqa: C901 - the loop of every line, unrolled
        """Take lines as most are, a match each."""
        data, names, position = self._data, self._names, self.position
        starts, flags, least_room = list[int](), self.flags, self._least_room
        for found in LINE.finditer(data, position):
            kind, depth = found.lastindex or 0, len(names)
            flag = (depth if depth < _DEPTH_MAX else _DEPTH_MAX) << DEPTH_SHIFT
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
                flag = min(depth - 1, _DEPTH_MAX) << DEPTH_SHIFT | CLOSER
            elif kind not in (LINE_EMPTY, LINE_LEAF):
                break
            starts.append(position)
            flags.append(flag)
            position = found.end()
            if position >= limit:
                break
        self.rows.starts.extend(starts)
        self.rows.end = self.position = position

    def _is_long(self, line: re.Match[bytes], kind: int) -> bool:
        return line.end(kind) - line.start() > self._room(len(self._names))

    def _room(self, depth: int) -> int:
        """Return how many bytes fit on a row beside its indentation."""
        indent = INDENT_CELLS * min(depth, INDENTED_DEPTH_MAX)
        return max(min(self._row_bytes, _ROOM_MIN), self._row_bytes - indent)

    def _take_mixed(self, limit: int) -> None:
        """Take tags with text before them, and no line feed, within the line that has begun."""
        row, names, position = self._row, self._names, self.position
        if row is None or self._mixed_depth is None:
            return
        least = self._mixed_depth + 1
        for found in TAG_BEHIND_TEXT.finditer(self._data, position, limit):
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
        self.position = position

    def _take_lines_of_text(self, piece: Piece, limit: int) -> None:
        """Take the lines of text or of a comment that are a row each."""
        row, position = self._row, self.position
        is_at_start = row is not None and row.start == position and not row.is_continued
        if row is None or not is_at_start or piece.within is Within.TAG:
            return
        starts, flags = list[int](), self.flags
        for found in LINE_OF_TEXT.finditer(self._data, position, min(piece.end, limit)):
            end = found.end()
            if end - position > row.room:
                break
            starts.append(position)
            flags.append(row.flags)
            position = end
        self.rows.starts.extend(starts)
        self.rows.end = self.position = row.start = position
        if position == piece.end:
            row.flags &= ~WITHIN_BITS

    # Piece by piece: what has text in it, line feeds or a mistake, and what is long

    def _take_piece(self, limit: int) -> None:
        if self._piece is None:
            if self.position == len(self._data):
                self._end()
                return
            found = self._next_piece()
            if isinstance(found, Mistake):
                self._break(found)
                return
            self._piece, self._piece_start = found, self.position
            self._quotes = _Quotes(self.position)
            self._row = self._row or self._begin_line(found)
        if self._take_rows(self._piece, limit):
            self._end_piece(self._piece)

    def _next_piece(self) -> Piece | Mistake:
        start = self.position
        found = piece_at(self._data, start)
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

    def _begin_line(self, piece: Piece) -> _Row:
        depth = len(self._names) - (piece.part is Part.CLOSES)
        closer = CLOSER if piece.part is Part.CLOSES else 0
        flags = min(depth, _DEPTH_MAX) << DEPTH_SHIFT | closer
        return _Row(self.position, flags, self._room(depth))

    def _take_rows(self, piece: Piece, limit: int) -> bool:
        """End the rows that end within a piece; false if there is more of it than may be taken."""
        while self.position < piece.end:
            if self.position >= limit:
                return False
            line_feed = self._data.find(b"\n", self.position, piece.end)
            stop = piece.end if line_feed < 0 else line_feed + 1
            self._cut_rows(
                piece, min(stop, limit) if stop - self.position > self._row_bytes else stop
            )
            if self.position == line_feed + 1:
                self._begin_row(self.position, piece, is_continued=False)
                self._take_lines_of_text(piece, limit)
        return True

    def _cut_rows(self, piece: Piece, stop: int) -> None:
        """Go on to an offset on the same line, in as many rows as it takes."""
        while self._row is not None and stop - self._row.start > self._row.room:
            self._begin_row(self._cut(piece, self._row), piece, is_continued=True)
        self.position = max(self.position, stop)

    def _cut(self, piece: Piece, row: _Row) -> int:
        """Return where to cut a row: not within a character, a name or the end of a comment."""
        cut = cut_before(self._data, row.start, row.start + row.room)
        cut -= self._data.startswith(b"\r\n", cut - 1)
        if row.start < self._piece_start < cut < self._piece_start + piece.lead_bytes:
            return self._piece_start
        tail = piece.end - piece.tail_bytes
        return tail if row.start < tail < cut < piece.end else cut

    def _begin_row(self, start: int, piece: Piece, *, is_continued: bool) -> None:
        before = self._row
        if before is None:
            return
        self._end_row(start)
        verbatim = before.flags & VERBATIM if is_continued else VERBATIM
        flags = before.flags & ~(WITHIN_BITS | VERBATIM) | verbatim | self._within(piece, start)
        room = before.room if is_continued else self._row_bytes
        self._row = _Row(start, flags, room, is_continued)

    def _end_row(self, end: int) -> None:
        row = self._row
        if row is None:
            return
        if row.is_continued:
            self.rows.continued.append(len(self.rows))
        self.rows.starts.append(row.start)
        self.flags.append(row.flags)
        self.rows.end = end
        self._row = None

    def _within(self, piece: Piece, at: int) -> Within:
        """Return what a row begins within that begins at an offset."""
        if not self._piece_start < at < piece.end:
            return Within.TEXT
        if piece.within is not Within.TAG:
            return piece.within
        quotes = self._quotes
        while quotes.at < at:
            quotes.at, quotes.within = self._behind_quote(quotes, at)
        return quotes.within

    def _behind_quote(self, quotes: _Quotes, end: int) -> tuple[int, Within]:
        """Return where quotes begin or end next, and what is behind; ``end`` if they do not."""
        closing = _QUOTES.get(quotes.within)
        if closing is not None:
            found = self._data.find(closing, quotes.at, end)
            return (end, quotes.within) if found < 0 else (found + 1, Within.TAG)
        opened = [
            (at, within)
            for within, quote in _QUOTES.items()
            if (at := self._data.find(quote, quotes.at, end)) >= 0
        ]
        return (min(opened)[0] + 1, min(opened)[1]) if opened else (end, Within.TAG)

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
        if self._mixed_depth is None and names and is_followed_by_text(self._data, piece.end):
            self._mixed_depth = len(names) - 1
        if self._mixed_depth is None:
            self._end_row(piece.end)
            self.position = skip_blank(self._data, piece.end)

    def _is_leaf(self, end: int) -> bool:
        """Whether an element ends on the line on which it begins, with nothing in it."""
        closing = skip_blank(self._data, end)
        has_line_feed = self._data.find(b"\n", end, closing) >= 0
        return self._data.startswith(b"</", closing) and not has_line_feed

    def _end(self) -> None:
        self._end_row(self.position)
        if self._names:
            message = f"<{excerpt(self._names[-1])}> is not closed, but the text ends here"
            self._break(Mistake(self.position, message, is_at_end=True))
        elif not len(self.rows):
            self._break(Mistake(self.position, "there is no element", is_at_end=True))
            self.broken_at = self.rows.end = 0
        self.is_complete = True

    def _break(self, mistake: Mistake) -> None:
        self.broken_at = self.position if self._row is None else self._row.start
        self.mistake, self.is_complete = mistake, True
        self.rows.end = self.broken_at
