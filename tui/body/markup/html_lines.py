"""Lines of HTML as most are, taken at a glance: a tag, or an element of text alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.body.json.flags import CLOSER, DEPTH_BITS
from tui.body.markup.html_grammar import (
    CLOSED_NAME,
    IN_LINE,
    IN_LINE_CLOSES,
    IN_LINE_NAME,
    LINE_CLOSES,
    LINE_OPENS,
    NAME,
    RUN,
    START_TAG,
    TEXT_LINE,
    TEXT_LINE_END,
)
from tui.body.markup.html_names import ROLES, Role

if TYPE_CHECKING:
    import re

    from tui.body.growing import Bytes
    from tui.body.markup.html_elements import OpenElements

JOINED_BYTES = 1_000
"""An element of more is not one line, however wide rows are."""
ONCE = (b"html", b"head", b"body")
"""Elements of which a document has one each."""
_SPECIAL = (*ONCE, b"svg", b"math")


class PlainLines:
    """Takes lines that need no second look.

    Args:
        opened: which elements are open around them.
        bytes_max: a longer line is none of them.
    """

    def __init__(self, opened: OpenElements, bytes_max: int) -> None:
        self._open = opened
        self._bytes_max = bytes_max

    def take(self, found: re.Match[bytes], kind: int) -> tuple[int, int] | None:
        """Return the flags of a line and where the next one begins.

        None, and nothing is done, if it takes more than a look at it.
        """
        opened = self._open
        if kind == LINE_CLOSES:
            name = found[CLOSED_NAME].lower()
            if ROLES.get(name) is not Role.BLOCK:
                return None
            is_closer = opened.close(name)
            flag = min(len(opened), DEPTH_BITS) | (CLOSER if is_closer else 0)
            return flag, found.end()
        name = found[NAME].lower()
        role = ROLES.get(name)
        is_void = role is Role.VOID and kind == LINE_OPENS
        if not is_void and (role is not Role.BLOCK or name in _SPECIAL):
            return None
        opens = kind == LINE_OPENS and not is_void
        behind = self._behind_run(found) if opens else None
        if opens and behind is None and not self._is_line(found, kind):
            return None
        opened.end_before(name)
        depth = min(len(opened), DEPTH_BITS)
        if opens:
            opened.open(name)
        return depth, self._end_of_line(found, name, behind)

    def take_text(self, data: Bytes, start: int, limit: int, end: int) -> tuple[list[int], int]:
        """Take lines of text, and of what is within text, up to about ``limit``.

        Returns:
            Where each begins, and what is behind the last one.
        """
        starts, position = list[int](), start
        for found in TEXT_LINE.finditer(data, start, end):
            if found.lastindex != TEXT_LINE_END or found.end(1) - position > self._bytes_max:
                break
            starts.append(position)
            position = found.end()
            if position >= limit:
                break
        if starts:
            self._open.end_head()
        return starts, position

    def _is_line(self, found: re.Match[bytes], kind: int) -> bool:
        """Whether it is plain to see that a start tag is a line without what is in it."""
        data, end = found.string, found.end(kind)
        if found.end() > end:
            return data.find(b"\n", end, found.end()) >= 0
        inner = START_TAG.match(data, end)
        return inner is not None and ROLES.get(inner[1].lower(), Role.INLINE) is not Role.INLINE

    def _behind_run(self, tag: re.Match[bytes]) -> re.Match[bytes] | None:
        """Return the tag behind the text that follows a start tag, if it is plain to see."""
        start, limit = tag.end(LINE_OPENS), tag.start() + JOINED_BYTES
        run = RUN.match(tag.string, start, min(limit, tag.start() + self._bytes_max))
        if run is None or run.end() == start:
            return None
        behind = IN_LINE.match(tag.string, run.end(), limit)
        if behind is None or behind[IN_LINE_NAME] is None:
            return None
        name = behind[IN_LINE_NAME].lower()
        is_own_end = behind[IN_LINE_CLOSES] and name == tag[NAME].lower()
        # What a browser takes for a break is on the line of the text before it.
        is_break = behind[IN_LINE_CLOSES] and ROLES.get(name) is Role.BREAK
        return None if is_own_end or is_break or name not in ROLES else behind

    def _end_of_line(
        self, tag: re.Match[bytes], name: bytes, behind: re.Match[bytes] | None
    ) -> int:
        """Return where a line ends: behind its text, if the tag there ends the element, too."""
        if behind is None:
            return tag.end()
        is_end = bool(behind[IN_LINE_CLOSES])
        if is_end or self._open.would_end(behind[IN_LINE_NAME].lower(), name):
            return behind.start()
        return tag.end()
