"""Rows of a body as strips of coloured cells."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, groupby
from typing import TYPE_CHECKING

from rich.cells import cell_len, get_character_cell_size
from rich.color import Color
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from tui.body.rows import Row, plain_row
from tui.body.spans import spans_within

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

Mark = tuple[int, int, Style]
"""Characters of a row, from and up to, that are drawn with a style on top of theirs."""
_WIDENS = "\ufe0f"
_PIXEL_BYTES = 6
"""Of each character of a picture: two colours."""


@dataclass(frozen=True, slots=True)
class Sight:
    """What is in view of a row that may be wider."""

    chars: range
    """The characters that are, also in part."""
    before: int
    """How many cells of the first of them are not."""
    cells: int
    """How many there are to be drawn in."""
    goes_on: bool
    """Whether there is more behind them."""

    def crop(self, strip: Strip) -> Strip:
        """Cut off what is not in view, of a row drawn in these characters."""
        return strip.crop(self.before, self.before + self.cells)


def sight_of(text: str, left: int, cells: int) -> Sight:
    """Return what of a row's text is in view, a cell less where it goes on behind that.

    Args:
        text: sanitised.
        left: the first cell in view.
        cells: how many are.
    """
    if text.isascii():
        goes_on = 0 < cells < len(text) - left
        cells -= goes_on
        return Sight(range(len(text))[left : left + cells], 0, cells, goes_on)
    ends = _ends_up_to(text, left + cells)
    # What is behind a narrow character may make it wide.
    wide = cell_len(text) if _WIDENS in text else ends[-1] if ends else 0
    goes_on = 0 < cells < wide - left
    cells -= goes_on
    if left == 0 and not goes_on:
        return Sight(range(len(text)), 0, cells, goes_on)
    first, stop = bisect_right(ends, left), bisect_right(ends, left + cells)
    begins = ends[first - 1] if first else 0
    is_cut = stop < len(ends) and (ends[stop - 1] if stop else 0) < left + cells
    return Sight(range(first, stop + is_cut), left - begins, cells, goes_on)


def _ends_up_to(text: str, cells: int) -> list[int]:
    """Return behind which cell each character ends, up to the first one beyond so many."""
    ends: list[int] = []
    for end in accumulate(map(get_character_cell_size, text)):
        ends.append(end)
        if end > cells:
            break
    return ends


def paint(
    row: Row,
    base: Style,
    look: Callable[[str], Style],
    marks: Iterable[Mark] = (),
    chars: range | None = None,
) -> Strip:
    """Draw a row.

    Args:
        row: what is drawn.
        base: the style of what has no role.
        look: what a syntax role looks like.
        marks: in any order; where they overlap, the last one is above the others.
        chars: draw these characters only, rather than all.
    """
    placed = [(*_seen(row.text, start, end), style) for start, end, style in marks if start < end]
    if chars is not None:
        row = part_of(row, chars)
        placed = [
            (max(0, start - chars.start), end - chars.start, style)
            for start, end, style in placed
            if chars.start < end and start < chars.stop
        ]
    parts = _pixels(row) if row.pixels else _segments(row, base, look)
    cells = len(row.text) if row.text.isascii() else None
    return Strip(_marked(parts, placed) if placed else parts, cells)


def without_colours(row: Row) -> Row:
    """Return a row that needs none: of a picture the characters that look alike."""
    return plain_row(row.source) if row.pixels else row


def on_ground(strip: Strip, ground: Style, base: Style) -> Strip:
    """Put a ground beneath what has none of its own yet, only that of ``base``."""
    return Strip(
        [
            Segment(part.text, part.style + ground, part.control)
            if part.style is not None and part.style.bgcolor == base.bgcolor
            else part
            for part in strip
        ],
        strip.cell_length,
    )


def with_offsets(parts: Iterable[Segment], first: int, index: int) -> Iterator[Segment]:
    """Tell of each part which character of a row it begins with, for selecting with the mouse."""
    for part in parts:
        offset = Style.from_meta({"offset": (first, index)})
        yield Segment(part.text, offset if part.style is None else part.style + offset)
        first += len(part.text)


def _segments(row: Row, base: Style, look: Callable[[str], Style]) -> Iterator[Segment]:
    at, looks = 0, dict[str, Style]()
    for start, end, role in row.spans:
        if at < start:
            yield Segment(row.text[at:start], base)
        if (style := looks.get(role)) is None:
            style = looks[role] = base + look(role)
        yield Segment(row.text[start:end], style)
        at = end
    if at < len(row.text):
        yield Segment(row.text[at:], base)


def _pixels(row: Row) -> Iterator[Segment]:
    """Draw the characters of a picture, those of the same colours together."""
    at = 0
    cells = (
        row.pixels[start : start + _PIXEL_BYTES]
        for start in range(0, len(row.pixels), _PIXEL_BYTES)
    )
    for colours, same in groupby(cells):
        count = sum(1 for _ in same)
        yield Segment(row.text[at : at + count], _colours(colours))
        at += count


@lru_cache(maxsize=4_096)
def _colours(pair: bytes) -> Style:
    return Style.from_color(Color.from_rgb(*pair[:3]), Color.from_rgb(*pair[3:]))


def part_of(row: Row, chars: range) -> Row:
    """Return some characters of a row, to be drawn."""
    first, stop = chars.start, chars.stop
    if first == 0 and stop == len(row.text):
        return row
    within = spans_within(row.spans, chars)
    spans = [(start - first, end - first, role) for start, end, role in within]
    if spans:  # each other one is within them
        spans[0] = max(0, spans[0][0]), *spans[0][1:]
        start, end, role = spans[-1]
        spans[-1] = start, min(end, stop - first), role
    pixels = row.pixels[first * _PIXEL_BYTES : stop * _PIXEL_BYTES]
    return Row(row.text[first:stop], row.source[first:stop], tuple(spans), pixels=pixels)


def _seen(text: str, start: int, end: int) -> tuple[int, int]:
    """Return what is to be marked for characters of a row to be seen: an accent with its letter."""
    if not text.isascii():
        while 0 < start < len(text) and not cell_len(text[start:end]):
            start -= 1
    return start, end


def _marked(parts: Iterable[Segment], marks: Sequence[Mark]) -> Iterator[Segment]:
    """Put styles on characters, from one up to another; in one go, as there may be hundreds."""
    edges = sorted({at for start, end, _ in marks for at in (start, end)})
    looks: list[Style | None] = [None] * len(edges)
    for start, end, style in marks:
        for at in range(bisect_left(edges, start), bisect_left(edges, end)):
            below = looks[at]
            looks[at] = style if below is None else below + style
    begin, edge, look = 0, 0, None
    for part in parts:
        cut, end = begin, begin + len(part.text)
        while edge < len(edges) and edges[edge] < end:
            if cut < edges[edge]:
                yield _looking(part.text[cut - begin : edges[edge] - begin], part.style, look)
                cut = edges[edge]
            look = looks[edge]
            edge += 1
        if cut == begin and look is None:
            yield part
        elif cut < end:
            yield _looking(part.text[cut - begin :], part.style, look)
        begin = end


def _looking(text: str, style: Style | None, look: Style | None) -> Segment:
    if look is None:
        return Segment(text, style)
    return Segment(text, look if style is None else style + look)
