"""Ways to make a large body of a small part, or of many that chance makes."""

from __future__ import annotations

import random
from collections.abc import Callable
from functools import partial

from tests.benchmarks.bodies import LARGE
from tui.body.shown_body import ShownBody

Make = Callable[[], ShownBody]
Kinds = dict[str, Make]
MakeItem = Callable[[int, random.Random], bytes]
"""Makes the item of that number."""
JSON, LINES, EVENTS = "application/json", "application/jsonlines", "text/event-stream"
XML, HTML, CSV, TEXT = "application/xml", "text/html", "text/csv", "text/plain"
BYTES = "application/octet-stream"
_BLOCK_BYTES = 1_000_000
"""What chance makes is made once, and comes again and again."""
LOREM = b"lorem ipsum dolor sit amet, consetetur sadipscing elitr, sed diam nonumy eirmod"


def chance_of(name: str) -> random.Random:
    """Return the same chance every time."""
    return random.Random(name)  # noqa: S311 - made up, not secret


def filled(unit: bytes, *, begin: bytes = b"", end: bytes = b"", size: int = LARGE) -> bytes:
    """Put as many of ``unit`` between two ends as there is room for."""
    return begin + unit * ((size - len(begin) - len(end)) // len(unit)) + end


def repeated(
    content_type: str, unit: bytes, *, begin: bytes = b"", end: bytes = b"", size: int = LARGE
) -> Make:
    """Return what makes a body of one part, again and again."""
    return partial(_repeat, content_type, unit, begin, end, size)


def _repeat(content_type: str, unit: bytes, begin: bytes, end: bytes, size: int) -> ShownBody:
    return ShownBody(filled(unit, begin=begin, end=end, size=size), content_type)


def of_items(
    content_type: str,
    make_item: MakeItem,
    *,
    begin: bytes = b"",
    between: bytes = b", ",
    end: bytes = b"",
    block_bytes: int = _BLOCK_BYTES,
) -> Make:
    """Return what makes a body of many items, each followed by ``between`` but the last."""
    return partial(_of_items, content_type, make_item, begin, between, end, block_bytes)


def _of_items(
    content_type: str,
    make_item: MakeItem,
    begin: bytes,
    between: bytes,
    end: bytes,
    block_bytes: int,
) -> ShownBody:
    block = between.join(block_of(make_item, block_bytes, len(between)))
    body = filled(block + between, begin=begin, end=block + end)
    return ShownBody(body, content_type)


def block_of(make_item: MakeItem, size: int = _BLOCK_BYTES, beside: int = 0) -> list[bytes]:
    """Make items until they have so many bytes, with some beside each."""
    chance = chance_of("items")
    items: list[bytes] = []
    made = 0
    while made < size:
        items.append(make_item(len(items), chance))
        made += len(items[-1]) + beside
    return items


def whole(content_type: str, make: Callable[[], bytes]) -> Make:
    """Return what makes a body of bytes that something else makes."""
    return lambda: ShownBody(make(), content_type)


def encoded(make: Make, encoding: str, charset: str = "") -> Make:
    """Return what makes the same body in another encoding, which its type says if it is named."""

    def make_encoded() -> ShownBody:
        made = make()
        named = f"{made.content_type}; charset={charset}" if charset else made.content_type
        return ShownBody(made.data.decode()[: LARGE // 2].encode(encoding), named)

    return make_encoded


def replaced(make: Make, old: bytes, new: bytes) -> Make:
    """Return what makes the same body with something else in some places."""

    def make_replaced() -> ShownBody:
        made = make()
        return ShownBody(made.data.replace(old, new), made.content_type)

    return make_replaced


def broken(make: Make, at: float, mistake: bytes) -> Make:
    """Return what makes the same body with a mistake in it, after so much of it."""

    def make_broken() -> ShownBody:
        made = make()
        place = int(at * len(made.data))
        return ShownBody(made.data[:place] + mistake + made.data[place:], made.content_type)

    return make_broken
