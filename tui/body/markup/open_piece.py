"""Pieces of markup that end far away, or have not come as a whole: where they end.

What was looked at is not looked at again, whether a piece comes little by little or is looked
through slice by slice:

    <a b="     ──▶     TAG ── " ──▶ DOUBLE_QUOTES ── " ──▶ TAG ── > ──▶ END
"""

from __future__ import annotations

import re
from enum import IntEnum, auto
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tui.body.growing import Bytes

_STEP_BYTES = 32
"""A step takes as long as looking through so many bytes."""
_PRESERVED = re.compile(rb"\sxml:space\s{0,9}+=\s{0,9}+[\"']preserve")
_PRESERVED_BYTES_MAX = 64
"""It takes fewer."""


class Stand(IntEnum):
    """Where one stands in a piece of which a part was looked at."""

    END = auto()
    WRONG = auto()
    """Whatever comes, this is no piece of markup."""
    COMMENT = auto()
    CDATA = auto()
    INSTRUCTION = auto()
    TAG = auto()
    DOUBLE_QUOTES = auto()
    SINGLE_QUOTES = auto()
    END_TAG = auto()
    """In its name."""
    END_TAG_SPACE = auto()
    """Behind its name."""
    DOCTYPE = auto()
    DOCTYPE_DOUBLE_QUOTES = auto()
    DOCTYPE_SINGLE_QUOTES = auto()
    SUBSET = auto()
    """Between the brackets of a DOCTYPE."""
    SUBSET_DOUBLE_QUOTES = auto()
    SUBSET_SINGLE_QUOTES = auto()
    SUBSET_COMMENT = auto()
    AFTER_SUBSET = auto()
    COMMENT_START = auto()
    """This, and what follows, is called so in the standard of HTML (13.2.5)."""
    HTML_COMMENT = auto()
    BOGUS_COMMENT = auto()
    TAG_NAME = auto()
    BEFORE_ATTRIBUTE_NAME = auto()
    ATTRIBUTE_NAME = auto()
    AFTER_ATTRIBUTE_NAME = auto()
    BEFORE_ATTRIBUTE_VALUE = auto()
    ATTRIBUTE_VALUE_DOUBLE_QUOTED = auto()
    ATTRIBUTE_VALUE_SINGLE_QUOTED = auto()
    ATTRIBUTE_VALUE_UNQUOTED = auto()


class _Step:
    """What is looked for where one stands, and where one stands behind it.

    Args:
        pattern: finds it.
        behind: where one stands behind some of what is found.
        others: where one stands behind anything else.
        bytes_max: of what is found.
    """

    __slots__ = ("behind", "bytes_max", "others", "pattern")

    def __init__(
        self,
        pattern: bytes,
        behind: dict[bytes, Stand] | None = None,
        others: Stand = Stand.END,
        bytes_max: int = 1,
    ) -> None:
        self.pattern = re.compile(pattern)
        self.behind = behind or {}
        self.others = others
        self.bytes_max = bytes_max


_SPACE = rb"\t\n\f\r "
_STEPS = {
    Stand.COMMENT: _Step(b"-->", bytes_max=3),
    Stand.CDATA: _Step(b"]]>", bytes_max=3),
    Stand.INSTRUCTION: _Step(rb"\?>", bytes_max=2),
    Stand.TAG: _Step(
        b"[<>\"']",
        {b"<": Stand.WRONG, b'"': Stand.DOUBLE_QUOTES, b"'": Stand.SINGLE_QUOTES},
    ),
    Stand.DOUBLE_QUOTES: _Step(b'[<"]', {b"<": Stand.WRONG}, Stand.TAG),
    Stand.SINGLE_QUOTES: _Step(b"[<']", {b"<": Stand.WRONG}, Stand.TAG),
    Stand.END_TAG: _Step(
        rb"[^\w:.\x80-\xff-]",
        {b">": Stand.END} | dict.fromkeys((b" ", b"\t", b"\r", b"\n"), Stand.END_TAG_SPACE),
        Stand.WRONG,
    ),
    Stand.END_TAG_SPACE: _Step(rb"[^ \t\r\n]", {b">": Stand.END}, Stand.WRONG),
    Stand.DOCTYPE: _Step(
        rb"[\[>\"']",
        {
            b"[": Stand.SUBSET,
            b'"': Stand.DOCTYPE_DOUBLE_QUOTES,
            b"'": Stand.DOCTYPE_SINGLE_QUOTES,
        },
    ),
    Stand.DOCTYPE_DOUBLE_QUOTES: _Step(b'"', others=Stand.DOCTYPE),
    Stand.DOCTYPE_SINGLE_QUOTES: _Step(b"'", others=Stand.DOCTYPE),
    Stand.SUBSET: _Step(
        rb"[\]\"']|<!--",
        {
            b"]": Stand.AFTER_SUBSET,
            b'"': Stand.SUBSET_DOUBLE_QUOTES,
            b"'": Stand.SUBSET_SINGLE_QUOTES,
        },
        Stand.SUBSET_COMMENT,
        bytes_max=4,
    ),
    Stand.SUBSET_DOUBLE_QUOTES: _Step(b'"', others=Stand.SUBSET),
    Stand.SUBSET_SINGLE_QUOTES: _Step(b"'", others=Stand.SUBSET),
    Stand.SUBSET_COMMENT: _Step(b"-->", others=Stand.SUBSET, bytes_max=3),
    Stand.AFTER_SUBSET: _Step(rb"[^ \t\r\n]", {b">": Stand.END}, Stand.WRONG),
    Stand.COMMENT_START: _Step(rb"-?>|(?=[^>-]|-[^>])", {b"": Stand.HTML_COMMENT}, bytes_max=2),
    Stand.HTML_COMMENT: _Step(b"--!?>", bytes_max=4),
    Stand.BOGUS_COMMENT: _Step(b">"),
    Stand.TAG_NAME: _Step(b"[%b/>]" % _SPACE, {b">": Stand.END}, Stand.BEFORE_ATTRIBUTE_NAME),
    Stand.BEFORE_ATTRIBUTE_NAME: _Step(b"[^%b/]" % _SPACE, {b">": Stand.END}, Stand.ATTRIBUTE_NAME),
    Stand.ATTRIBUTE_NAME: _Step(
        b"[%b/>=]" % _SPACE,
        {
            b">": Stand.END,
            b"/": Stand.BEFORE_ATTRIBUTE_NAME,
            b"=": Stand.BEFORE_ATTRIBUTE_VALUE,
        },
        Stand.AFTER_ATTRIBUTE_NAME,
    ),
    Stand.AFTER_ATTRIBUTE_NAME: _Step(
        b"[^%b]" % _SPACE,
        {
            b">": Stand.END,
            b"/": Stand.BEFORE_ATTRIBUTE_NAME,
            b"=": Stand.BEFORE_ATTRIBUTE_VALUE,
        },
        Stand.ATTRIBUTE_NAME,
    ),
    Stand.BEFORE_ATTRIBUTE_VALUE: _Step(
        b"[^%b]" % _SPACE,
        {
            b">": Stand.END,
            b'"': Stand.ATTRIBUTE_VALUE_DOUBLE_QUOTED,
            b"'": Stand.ATTRIBUTE_VALUE_SINGLE_QUOTED,
        },
        Stand.ATTRIBUTE_VALUE_UNQUOTED,
    ),
    Stand.ATTRIBUTE_VALUE_DOUBLE_QUOTED: _Step(b'"', others=Stand.BEFORE_ATTRIBUTE_NAME),
    Stand.ATTRIBUTE_VALUE_SINGLE_QUOTED: _Step(b"'", others=Stand.BEFORE_ATTRIBUTE_NAME),
    Stand.ATTRIBUTE_VALUE_UNQUOTED: _Step(
        b"[%b>]" % _SPACE, {b">": Stand.END}, Stand.BEFORE_ATTRIBUTE_NAME
    ),
}


def keeps_space(data: Bytes, start: int, end: int) -> bool:
    """Whether a tag says that white space in its element says something."""
    has_word = data.find(b"xml:space", start, end) >= 0
    return has_word and _PRESERVED.search(data, start, end) is not None


class OpenPiece:
    """A piece of which a part was looked at.

    Args:
        start: where it begins.
        position: behind what tells its kind.
        kind: where one stands there.
    """

    def __init__(self, start: int, position: int, kind: Stand) -> None:
        self.start = start
        self.kind = kind
        self._position: int = position
        """It does not end before this."""
        self._since = position
        """From where on one stands where one does."""
        self._stand = kind
        self.keeps_space = False
        """Of a tag of XML: whether what was looked at of it says so of its element."""

    @property
    def end(self) -> int | None:
        """Where it ends; None if that is not known yet, or it does not."""
        return self._position if self._stand is Stand.END else None

    def look(self, data: Bytes, budget_bytes: int) -> bool:
        """Look on; true if its end is known, or nothing is left to be looked at."""
        begin = max(self.start, self._position - _PRESERVED_BYTES_MAX)
        is_looked_through = self._look(data, budget_bytes)
        if self.kind is Stand.TAG and not self.keeps_space:
            self.keeps_space = keeps_space(data, begin, self._position)
        return is_looked_through

    def _look(self, data: Bytes, budget_bytes: int) -> bool:
        until = self._position + budget_bytes
        while self._stand not in (Stand.END, Stand.WRONG):
            step, limit = _STEPS[self._stand], min(len(data), until)
            begin = max(self._since, self._position - step.bytes_max + 1)
            found = step.pattern.search(data, begin, limit)
            if found is None:
                self._position = max(self._position, limit)
                return limit == len(data)
            self._position = self._since = found.end()
            self._stand = step.behind.get(found[0], step.others)
            until -= _STEP_BYTES
        return True
