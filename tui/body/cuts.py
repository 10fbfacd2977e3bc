"""Where lines that are too long for one row are cut: between characters, never within one."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tui.body.growing import Bytes

_BACKSLASH = 0x5C
_LINE_FEED = 0x0A
_NOT_ASCII = 0x80
_PIECE_BYTES = 65_536


def cut_line(data: Bytes, start: int, end: int, row_bytes: int) -> array[int]:
    """Return where rows of at most ``row_bytes`` begin in a line, cut between characters."""
    if end - start <= row_bytes:
        return array("Q", (start,))
    if data.find(b"\\", start, end) < 0 and _is_ascii(data, start, end):
        return array("Q", range(start, end, row_bytes))
    starts, at, last = [start], start, end - row_bytes
    while at < last:
        at += row_bytes
        before = data[at - 1]
        if before == _BACKSLASH and data[at - 2] != _BACKSLASH:
            at -= 1  # what `cut_before` comes to; a call for every row took half of the time
        elif before == _BACKSLASH or data[at] >= _NOT_ASCII:
            at = cut_before(data, starts[-1], at)
        starts.append(at)
    return array("Q", starts)


def _is_ascii(data: Bytes, start: int, end: int) -> bool:
    """Whether a range is ASCII; by pieces, which are faster to copy than all of it."""
    pieces = range(start, end, _PIECE_BYTES)
    return all(data[at : min(end, at + _PIECE_BYTES)].isascii() for at in pieces)


def before_line_end(data: Bytes, start: int, end: int) -> int:
    """Return where the text of a line ends that goes from ``start`` up to ``end``."""
    if end > start and data[end - 1] == _LINE_FEED:
        end -= 1
    return end - (end > start and data.startswith(b"\r\n", end - 1))


def cut_before(data: Bytes, start: int, limit: int) -> int:
    """Return where to cut at most at ``limit``: between characters, not within an escape."""
    cut = limit
    while cut > limit - 4 and data[cut] & 0xC0 == 0x80:
        cut -= 1
    at, first = cut, max(start, cut - 64)
    while at > first and data[at - 1] == _BACKSLASH:
        at -= 1
    return cut - (cut - at) % 2
