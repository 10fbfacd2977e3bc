"""Reading a record of JSON in runs: many members that are not nested deep, or brackets, a match."""

from __future__ import annotations

import re
from itertools import accumulate, chain, islice
from typing import TYPE_CHECKING

from tui.body.json.grammar import STRING, WHITESPACE, State, first_token_offset
from tui.body.table.json_patterns import (
    items_pattern,
    members_pattern,
    run_of_items_pattern,
    run_of_members_pattern,
)

if TYPE_CHECKING:
    from tui.body.json.grammar import JsonScanner

_WS = rb"[ \t\n\r]*+"
_OPENINGS = re.compile(
    rb"(?:\[" + _WS + rb"|\{" + _WS + STRING + _WS + rb":" + _WS + rb"(?=[\[{]))++"
)
"""Arrays, and objects whose first member is one of both, as far as each begins in the other."""
_CLOSINGS = re.compile(rb"(?:" + _WS + rb"[\]}])++")
_CLOSING = re.compile(rb"[\]}]")
_STRING = re.compile(STRING)
_CLOSERS = bytes.maketrans(b"[{", b"]}")
_VALUES = (State.VALUE, State.FIRST_VALUE)
_KEYS = (State.KEY, State.FIRST_KEY)


def skip_run(scanner: JsonScanner, data: bytes, limit: int) -> None:
    """Move a scanner behind white space, or behind as much as can be read with a match or two.

    It may be done then, with nothing of what is behind the value skipped.

    Args:
        scanner: not within a string.
        data: what it reads.
        limit: how far to go.
    """
    at = first_token_offset(data, scanner.position, limit)
    if scanner.state in _VALUES:
        at = _open_all(scanner, data, at, limit)
    elif scanner.state is State.AFTER_VALUE:
        at = _close_all(scanner, data, at, limit)
    if scanner.state in _KEYS:
        found, state = run_of_members_pattern().match(data, at, limit), State.KEY
    elif scanner.state in _VALUES and scanner.closers.endswith(b"]"):
        found, state = run_of_items_pattern().match(data, at, limit), State.VALUE
    else:
        found, state = None, scanner.state
    if found is not None:
        at, scanner.state = found.end(), state
    scanner.position = scanner.reached = at


def _open_all(scanner: JsonScanner, data: bytes, at: int, limit: int) -> int:
    """Open all that begins in one another at an offset, and return where that ends."""
    found = _OPENINGS.match(data, at, limit)
    if found is None:
        return at
    marks = _STRING.sub(b"", found[0]).translate(_CLOSERS, WHITESPACE)
    scanner.closers += marks.replace(b":", b"")
    scanner.state = State.VALUE if marks.endswith(b":") else State.FIRST_VALUE
    return found.end()


def _close_all(scanner: JsonScanner, data: bytes, at: int, limit: int) -> int:
    """Close all that is rightly closed at an offset, and return where that ends."""
    found = _CLOSINGS.match(data, at, limit)
    if found is None:
        return at
    brackets = found[0].translate(None, WHITESPACE)
    wanted = bytes(scanner.closers[: -len(brackets) - 1 : -1])
    count = len(wanted)
    if not brackets.startswith(wanted):
        pairs = zip(brackets, wanted, strict=False)
        count = next(place for place, (met, right) in enumerate(pairs) if met != right)
    del scanner.closers[len(scanner.closers) - count :]
    return found.end() if count == len(brackets) else _end_of_brackets(data, at, count)


def _end_of_brackets(data: bytes, at: int, count: int) -> int:
    """Return where so many brackets end that close, white space between them or not."""
    if len(data[at : at + count].translate(None, WHITESPACE)) == count:
        return at + count
    ends = (closing.end() for closing in _CLOSING.finditer(data, at))
    return next(islice(ends, count - 1, None))


def end_of_run(record: bytes, at: int, *, is_object: bool) -> int:
    """Return where a run ends that may begin at an offset; that itself if there is none.

    Args:
        record: an object or an array.
        at: where a member may begin.
        is_object: which of both it is.
    """
    pattern = run_of_members_pattern() if is_object else run_of_items_pattern()
    run = pattern.match(record, at)
    return at if run is None else run.end()


def members_in_run(
    record: bytes, at: int, end: int, *, is_object: bool
) -> tuple[list[bytes], list[int]]:
    """Return the keys of a run of members, or none of items, and where each begins."""
    if not is_object:
        items = items_pattern().findall(record, at, end)
        return [], list(accumulate(map(len, items[:-1]), initial=at))
    members = members_pattern().findall(record, at, end)
    keys = [key for key, _ in members]
    ends = accumulate(map(len, chain.from_iterable(members[:-1])), initial=at)
    return keys, list(ends)[::2]
