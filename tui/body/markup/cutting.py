"""Rows of markup, as pieces of it are taken one after another: where they begin, and as what.

A row ends where who takes the pieces says so. Rows that go on with the same line are made here:
behind a line feed within a piece, and where a line is too long for one row.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tui.body.cuts import before_line_end, cut_before
from tui.body.json.flags import CLOSER, CONTINUED, DEPTH_BITS, IN_STRING, RowFlags
from tui.body.json.layout import INDENT_CELLS, INDENTED_DEPTH_MAX
from tui.body.markup.grammar import LINE_OF_TEXT, Within
from tui.body.rows import RowIndex

if TYPE_CHECKING:
    from tui.body.growing import Bytes
    from tui.body.markup.grammar import Piece

VERBATIM = IN_STRING
"""The flag of a row that begins behind a line feed of the document: it has an indent of its own.

It has the bit that JSON has another use for.
"""
_ROOM_MIN = 20
_QUOTES = {Within.DOUBLE_QUOTES: b'"', Within.SINGLE_QUOTES: b"'"}


@dataclass(slots=True)
class OpenRow:
    """A row of which the end is not known yet."""

    start: int
    flags: int
    room: int
    within: Within = Within.TEXT
    """What its first character is within."""

    @property
    def goes_on(self) -> bool:
        """Whether it is of the same line as the row before."""
        return bool(self.flags & (VERBATIM | CONTINUED))


@dataclass(slots=True)
class _Quotes:
    """How far a tag was looked through for what is in quotes, and in which it is there."""

    at: int
    within: Within = Within.TAG


class MarkupRows:
    """Where rows begin (`index`), and their depth, `CLOSER`, `VERBATIM` and `CONTINUED` (`flags`).

    Nothing recurses, and nothing is looked at more than a few times.
    """

    def __init__(self, data: Bytes, row_bytes: int, *, has_case: bool = True) -> None:
        self.data = data
        self.has_case = has_case
        """Whether names that differ in case are different ones."""
        self.index = RowIndex()
        self.flags = RowFlags()
        self.row: OpenRow | None = None
        """The one that has begun."""
        self.position = 0
        """Bytes taken so far."""
        self._row_bytes = row_bytes
        self._inside = array("I")
        """Rows that begin within a tag, a comment or the like."""
        self._withins = bytearray()
        self.piece_start = 0
        """Where the piece begins that is being taken."""
        self._quotes = _Quotes(0)

    @property
    def size_bytes(self) -> int:
        """How much memory they take."""
        inside = len(self._inside) * (self._inside.itemsize + 1)
        return self.index.size_bytes + self.flags.size_bytes + inside

    def room(self, depth: int) -> int:
        """Return how many bytes fit on a row beside its indentation."""
        indent = INDENT_CELLS * min(depth, INDENTED_DEPTH_MAX)
        return max(min(self._row_bytes, _ROOM_MIN), self._row_bytes - indent)

    def goes_on(self, index: int) -> bool:
        """Whether a row, perhaps not known yet, is of the same line as the row before."""
        if index < len(self.flags):
            return bool(self.flags[index] & (VERBATIM | CONTINUED))
        return self.row is not None and self.row.goes_on

    def within(self, index: int) -> Within:
        """Return what the first character of a row is within."""
        at = bisect_left(self._inside, index)
        is_inside = at < len(self._inside) and self._inside[at] == index
        return Within(self._withins[at]) if is_inside else Within.TEXT

    # Whole lines

    def add_lines(self, starts: list[int], flags: array[int], end: int) -> None:
        """Add lines that are a row each, the last one up to an offset."""
        self.index.starts.extend(starts)
        self.flags.extend(flags)
        self.index.end = self.position = end

    def begin_line(self, depth: int, *, is_closer: bool) -> None:
        """Begin a row with what is taken next."""
        flags = min(depth, DEPTH_BITS) | (CLOSER if is_closer else 0)
        self.row = OpenRow(self.position, flags, self.room(depth))

    def begin_piece(self, piece: Piece) -> None:
        """Be told that another piece begins."""
        self.piece_start = self.position
        self._quotes = _Quotes(self.position)
        if self.row is not None and self.row.start == self.position:
            self.row.within = Within.RAW if piece.within is Within.RAW else Within.TEXT

    def has_line_feed(self, start: int, end: int) -> bool:
        """Whether a line ends in some bytes."""
        return self.data.find(b"\n", start, end) >= 0

    def end_row(self, end: int) -> None:
        """End the row that has begun, if one has."""
        row, self.row = self.row, None
        if row is None or row.start == end:
            return
        self._note_within(row.within)
        if row.flags & CONTINUED:
            self.index.continued.append(len(self.index))
        self.index.starts.append(row.start)
        self.flags.extend(array("H", [row.flags]))
        self.index.end = end

    # Rows of a piece

    def take(self, piece: Piece, limit: int) -> bool:
        """End the rows that end within a piece; false if there is more of it than may be taken."""
        while self.position < piece.end:
            if self.position >= limit:
                return False
            line_feed = self.data.find(b"\n", self.position, piece.end)
            stop = piece.end if line_feed < 0 else line_feed + 1
            self._cut_rows(
                piece, min(stop, limit) if stop - self.position > self._row_bytes else stop
            )
            if self.position == line_feed + 1 and not piece.ends_line:
                self._begin_row(self.position, piece, is_continued=False)
                self._take_lines_of_text(piece, limit)
        return True

    def _take_lines_of_text(self, piece: Piece, limit: int) -> None:
        """Take the lines of text or of a comment that are a row each."""
        row, position = self.row, self.position
        if row is None or piece.within is Within.TAG:
            return
        starts = list[int]()
        for found in LINE_OF_TEXT.finditer(self.data, position, min(piece.end, limit)):
            end = found.end()
            if end - position > row.room:
                break
            self._note_within(row.within, len(starts))
            starts.append(position)
            position = end
        self.add_lines(starts, array("H", [row.flags]) * len(starts), position)
        row.start = position
        if position == piece.end:
            row.within = Within.TEXT

    def _cut_rows(self, piece: Piece, stop: int) -> None:
        """Go on to an offset on the same line, in as many rows as it takes."""
        end = before_line_end(self.data, 0, stop)
        while self.row is not None and end - self.row.start > self.row.room:
            self._begin_row(self._cut(piece, self.row), piece, is_continued=True)
        self.position = max(self.position, stop)

    def _cut(self, piece: Piece, row: OpenRow) -> int:
        """Return where to cut a row: not within a character, a name or the end of a comment."""
        cut = cut_before(self.data, row.start, row.start + row.room)
        cut -= self.data.startswith(b"\r\n", cut - 1)
        if row.start < self.piece_start < cut < self.piece_start + piece.lead_bytes:
            return self.piece_start
        tail = piece.end - piece.tail_bytes
        return tail if row.start < tail < cut < piece.end else cut

    def _begin_row(self, start: int, piece: Piece, *, is_continued: bool) -> None:
        before = self.row
        if before is None:
            return
        self.end_row(start)
        flags = before.flags & ~CONTINUED | (CONTINUED if is_continued else VERBATIM)
        # What is raw may be drawn as far in as its tag is.
        keeps_room = is_continued or piece.within is Within.RAW
        room = before.room if keeps_room else self._row_bytes
        self.row = OpenRow(start, flags, room, self._within(piece, start))

    def _note_within(self, within: Within, ahead: int = 0) -> None:
        """Keep what a row begins within, the next one or one further on."""
        if within is not Within.TEXT:
            self._inside.append(len(self.index) + ahead)
            self._withins.append(within)

    def _within(self, piece: Piece, at: int) -> Within:
        """Return what a row begins within that begins at an offset."""
        if piece.within is Within.RAW:
            return Within.RAW if at < piece.end else Within.TEXT
        if not self.piece_start < at < piece.end:
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
            found = self.data.find(closing, quotes.at, end)
            return (end, quotes.within) if found < 0 else (found + 1, Within.TAG)
        opened = [
            (at, within)
            for within, quote in _QUOTES.items()
            if (at := self.data.find(quote, quotes.at, end)) >= 0
        ]
        return (min(opened)[0] + 1, min(opened)[1]) if opened else (end, Within.TAG)
