"""Where a string of JSON ends, however long it is: looked for in slices.

No match lets another thread run before it has ended; between two of them, another may, and does.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tui.body.pieces import let_others_run

if TYPE_CHECKING:
    from tui.body.growing import Bytes

SLICE_BYTES = 16 * 1024
_IN_STRING = re.compile(rb'(?:[^"\\]++|\\.)*+', re.DOTALL)
_BLANK = re.compile(rb"[ \t\n\r]*+")


def end_in_string(data: Bytes, start: int, limit: int) -> int:
    """Return where a string ends that goes on at ``start``, or where it was looked for no more."""
    at, limit = start, min(len(data), limit)
    while at < limit:
        found = _IN_STRING.match(data, at, min(at + SLICE_BYTES, limit))
        if found is None or found.end() == at or data.startswith(b'"', found.end()):
            return at if found is None else found.end()
        at = found.end()
        let_others_run()
    return at


def behind_key(data: Bytes, start: int, end: int) -> int:
    """Return where the value begins in a line of JSON, behind white space and its key.

    Args:
        data: the JSON.
        start: where the line begins.
        end: where it ends.
    """
    begin = _behind_blank(data, start, end)
    if begin >= end or not data.startswith(b'"', begin):
        return begin
    quote = end_in_string(data, begin + 1, end)
    colon = _behind_blank(data, quote + 1, end)
    is_key = colon < end and data[quote : quote + 1] == b'"' and data[colon : colon + 1] == b":"
    return _behind_blank(data, colon + 1, end) if is_key else begin


def _behind_blank(data: Bytes, start: int, end: int) -> int:
    at = start
    while at < end:
        found = _BLANK.match(data, at, min(at + SLICE_BYTES, end))
        if found is None or found.end() == at:
            break
        at = found.end()
    return at
