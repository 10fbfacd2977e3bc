"""Reading what is not nested deep in a record of JSON in runs: many members, or items, a match."""

from __future__ import annotations

from itertools import accumulate, chain
from typing import TYPE_CHECKING

from tui.body.json.grammar import State, first_token_offset
from tui.body.table.json_patterns import (
    items_pattern,
    members_pattern,
    run_of_items_pattern,
    run_of_members_pattern,
)

if TYPE_CHECKING:
    from tui.body.json.grammar import JsonScanner


def skip_run(scanner: JsonScanner, data: bytes, limit: int) -> None:
    """Move a scanner behind white space, or behind as much as can be read with one match.

    Args:
        scanner: not within a string.
        data: what it reads.
        limit: how far to go.
    """
    at = first_token_offset(data, scanner.position, limit)
    if scanner.state in (State.KEY, State.FIRST_KEY):
        found, state = run_of_members_pattern().match(data, at, limit), State.KEY
    elif scanner.state in (State.VALUE, State.FIRST_VALUE) and scanner.closers.endswith(b"]"):
        found, state = run_of_items_pattern().match(data, at, limit), State.VALUE
    else:
        found, state = None, scanner.state
    if found is not None:
        at, scanner.state = found.end(), state
    scanner.position = scanner.reached = at


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
