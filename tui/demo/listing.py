"""Filters, sorting and pages of the List operations.

Works on anything that has a name, a status and two ages; what a row looks like on the wire is not
its business. The input has passed `limits.check` before it comes here.
"""

from __future__ import annotations

import base64
import re
import zlib
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

from tui.demo.wire import AwsError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import timedelta

_DEFAULT_MAX_RESULTS = 10
_TOKEN = re.compile(r"page:([0-9a-f]{8}):([0-9]{1,9})")
_PAGING = frozenset({"NextToken", "MaxResults"})


class Listed(Protocol):
    """What a row of a list can be filtered and sorted by."""

    @property
    def name(self) -> str:
        """Unique in its list."""
        ...

    @property
    def status(self) -> str:
        """AWS's word."""
        ...

    @property
    def age(self) -> timedelta:
        """Time since creation, at the server's start."""
        ...

    @property
    def modified_ago(self) -> timedelta:
        """Time since the last change, at the server's start."""
        ...


Row = TypeVar("Row", bound=Listed)


class Listing(Generic[Row]):
    """Rows that never change, to be asked for page by page; safe to use from any thread.

    Args:
        rows: in any order.
        epoch: turns an age into Unix time, in seconds.
    """

    def __init__(self, rows: Iterable[Row], epoch: Callable[[timedelta], float]) -> None:
        self._rows = tuple(rows)
        self._epoch = epoch
        self._last: tuple[str, list[Row]] | None = None

    def page(self, query: Mapping[str, object]) -> tuple[list[Row], str | None]:
        """Return one page and the token of the next, None on the last.

        Args:
            query: the List operation's input.

        Raises:
            AwsError: the token belongs to no such listing.
        """
        start = _start(query)
        limit = query.get("MaxResults")
        end = start + (limit if isinstance(limit, int) else _DEFAULT_MAX_RESULTS)
        found = self._found(query)
        return found[start:end], _token(query, end) if end < len(found) else None

    def _found(self, query: Mapping[str, object]) -> list[Row]:
        """Filter and sort; remembered, because the next page asks the same: 40 ms at 10,000."""
        asked, last = _asked(query), self._last
        if last is not None and last[0] == asked:
            return last[1]
        found = [row for row in self._rows if _matches(row, query, self._epoch)]
        found.sort(key=_sort_key(query), reverse=query.get("SortOrder") != "Ascending")
        self._last = (asked, found)
        return found


def _matches(row: Listed, query: Mapping[str, object], epoch: Callable[[timedelta], float]) -> bool:
    name_part = query.get("NameContains")
    status = query.get("StatusEquals")
    return (
        (not isinstance(name_part, str) or name_part in row.name)
        and (status is None or row.status == status)
        and _is_within(epoch(row.age), query, "CreationTime")
        and _is_within(epoch(row.modified_ago), query, "LastModifiedTime")
    )


def _is_within(time: float, query: Mapping[str, object], member: str) -> bool:
    """Apply ``…After`` (included) and ``…Before`` (not included), as the API reference says."""
    after, before = query.get(f"{member}After"), query.get(f"{member}Before")
    return (not isinstance(after, int | float) or time >= after) and (
        not isinstance(before, int | float) or time < before
    )


def _sort_key(query: Mapping[str, object]) -> Callable[[Listed], tuple[str | timedelta, str]]:
    """Sort by the wanted member, then by name, so that pages never overlap."""
    match query.get("SortBy"):
        case "Name":
            return lambda row: (row.name, "")
        case "Status":
            return lambda row: (row.status, row.name)
        case _:
            return lambda row: (-row.age, row.name)


def _asked(query: Mapping[str, object]) -> str:
    """Spell what is asked for, whatever the page."""
    return repr(sorted((name, value) for name, value in query.items() if name not in _PAGING))


def _fingerprint(query: Mapping[str, object]) -> str:
    """Tell listings apart, so that a token of one is refused by another."""
    return f"{zlib.crc32(_asked(query).encode('utf-8', 'surrogatepass')):08x}"


def _token(query: Mapping[str, object], start: int) -> str:
    return base64.urlsafe_b64encode(f"page:{_fingerprint(query)}:{start}".encode()).decode()


def _start(query: Mapping[str, object]) -> int:
    token = query.get("NextToken")
    if not isinstance(token, str) or not token:
        return 0
    try:
        text = base64.urlsafe_b64decode(token.encode("ascii")).decode("ascii")
    except ValueError:
        text = ""
    known = _TOKEN.fullmatch(text)
    if known is None or known.group(1) != _fingerprint(query):
        raise AwsError("ValidationException", "Invalid pagination token given.")
    return int(known.group(2))
