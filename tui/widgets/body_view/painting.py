"""Rows of a body as strips of coloured cells."""

from __future__ import annotations

from bisect import bisect_right
from functools import lru_cache
from itertools import chain, groupby
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.color import Color
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from tui.body.rows import plain_row

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from tui.body.rows import Row

Mark = tuple[int, int, Style]
"""Characters of a row, from and up to, that are drawn with a style on top of theirs."""


def paint(row: Row, base: Style, look: Callable[[str], Style], marks: Iterable[Mark] = ()) -> Strip:
    """Draw a whole row.

    Args:
        row: what is drawn.
        base: the style of what has no role.
        look: what a syntax role looks like.
        marks: in any order; where they overlap, the last one is above the others.
    """
    strip = Strip(_pixels(row) if row.pixels else _segments(row, base, look))
    placed = [
        (cell_len(row.text[:start]), cell_len(row.text[:end]), style) for start, end, style in marks
    ]
    return _marked(strip, placed) if placed else strip


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
    at = 0
    for start, end, role in row.spans:
        if at < start:
            yield Segment(row.text[at:start], base)
        yield Segment(row.text[start:end], base + look(role))
        at = end
    yield Segment(row.text[at:], base)


def _pixels(row: Row) -> Iterator[Segment]:
    """Draw the characters of a picture, those of the same colours together."""
    at = 0
    cells = (row.pixels[start : start + 6] for start in range(0, len(row.pixels), 6))
    for colours, same in groupby(cells):
        count = sum(1 for _ in same)
        yield Segment(row.text[at : at + count], _colours(colours))
        at += count


@lru_cache(maxsize=4_096)
def _colours(pair: bytes) -> Style:
    return Style.from_color(Color.from_rgb(*pair[:3]), Color.from_rgb(*pair[3:]))


def _marked(strip: Strip, marks: Sequence[Mark]) -> Strip:
    """Put styles on cells, from one up to another; all at once, as cutting a strip takes long."""
    length = strip.cell_length
    inside = {at for start, end, _ in marks for at in (start, end) if 0 < at < length}
    cuts = [*sorted(inside), length]
    # Cut at its end, a strip would lose an accent that is a segment by itself there.
    longer = Strip([*strip, Segment(" ")], length + 1)
    pieces = [list(piece) for piece in longer.divide([*cuts[:-1], length + 1])]
    pieces[-1].pop()
    for start, end, style in marks:
        for at in range(bisect_right(cuts, start), bisect_right(cuts, end)):
            pieces[at] = [Segment(part.text, (part.style or style) + style) for part in pieces[at]]
    return Strip(chain.from_iterable(pieces), length)
