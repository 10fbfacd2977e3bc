"""What opens in a row by itself, unless that is all that is shown already."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Protocol

    from tui.body.growing import Bytes
    from tui.body.rows import Nested
    from tui.body.shown_body import ShownBody

    class Opens(Nested, Protocol):
        """A document with bodies within rows."""

        @property
        def data(self) -> Bytes:
            """The bytes that rows are made of."""
            ...


_AROUND_BYTES_MAX = 4_000
_HEAD_BYTES = 64
_PROLOG = re.compile(rb"\s*+(?:<(?:!--(?:(?!-->).)*+--|[?!][^>]*+)>\s*+)*+", re.DOTALL)
"""What may stand before the only element of a page: declarations, comments."""


def opened_in(document: Opens, row: int) -> ShownBody | None:
    """Return the body within a row; None if there is none, or if it is the whole one.

    Opening the outermost brackets or element would show the same page again. Any thread may call.
    """
    body = document.nested(row)
    return None if body is not None and _is_all(body.data, document.data) else body


def _is_all(part: bytes, whole: Bytes) -> bool:
    """Whether there is nothing around a part that tells it from the whole."""
    around = len(whole) - len(part)
    if not 0 <= around <= _AROUND_BYTES_MAX:
        return False
    start = _start_of(part, whole, around) if part else -1
    if start < 0:
        return False
    return _PROLOG.fullmatch(whole, 0, start) is not None and not whole[start + len(part) :].strip()


def _start_of(part: bytes, whole: Bytes, around: int) -> int:
    """Return where a part begins that has so many bytes around it; negative if nowhere.

    It is compared at the few places where it begins as it does; finding 25 MB takes 70 ms.
    """
    head, at = part[:_HEAD_BYTES], -1
    while (at := whole.find(head, at + 1, around + len(head))) >= 0:
        if whole.startswith(part, at):
            return at
    return -1
