"""Patterns of the parts of a record of JSON: one match reads a member, an item, or a run of them.

What is nested deeper than they allow is none of it. ``NaN`` and ``Infinity`` are let through:
Python writes them.
"""

from __future__ import annotations

import re
from functools import lru_cache

from tui.body.json.grammar import LITERAL, NON_FINITE, STRING
from tui.body.json.numbers import NUMBER

_DEPTH = 3
_ITEM_DEPTH = _DEPTH + 1
"""So many brackets may be open at once in a record that is read with one match."""
_RUN_DEPTH = 2
_WS = rb"[ \t\n\r]*+"
_KEYWORD = LITERAL + rb"|" + NON_FINITE
_FLAT = rb"(?:" + STRING + rb"|" + NUMBER + rb"|" + _KEYWORD + rb")"
_COMMA_IN_ARRAY = rb"(?:," + _WS + rb"(?!\])|(?=\]))"
_COMMA_IN_OBJECT = rb"(?:," + _WS + rb"(?!\})|(?=\}))"
_REST = rb"|[\s\S]++"
"""What is none of them ends the search: from there on nothing is looked at twice."""


def _value(depth: int) -> bytes:
    """Return the pattern of a value in which no more than so many brackets are open at once."""
    return rb"(?:" + _FLAT + rb"|" + _nested(depth) + rb")" if depth else _FLAT


def _nested(depth: int) -> bytes:
    value = _value(depth - 1) + _WS
    key = STRING + _WS + rb":" + _WS
    items = rb"\[" + _WS + rb"(?:" + value + _COMMA_IN_ARRAY + rb")*+\]"
    members = rb"\{" + _WS + rb"(?:" + key + value + _COMMA_IN_OBJECT + rb")*+\}"
    return rb"(?:" + items + rb"|" + members + rb")"


# Each pattern is made when it is first needed: that takes 5 to 20 ms.


@lru_cache(maxsize=1)
def value_pattern() -> re.Pattern[bytes]:
    """Find a value, whatever it is."""
    return re.compile(_value(_ITEM_DEPTH))


@lru_cache(maxsize=1)
def item_pattern() -> re.Pattern[bytes]:
    """Find an item (1) and its comma (2), or nothing."""
    value = _value(_ITEM_DEPTH)
    return re.compile(_WS + rb"(" + value + rb")" + _WS + rb"(?:(,)|(?=\]))|")


@lru_cache(maxsize=1)
def members_pattern() -> re.Pattern[bytes]:
    """Find the key of a member (1), and what comes up to the next one (2); or all the rest."""
    return re.compile(rb"(" + STRING + rb")(" + _in_member() + _COMMA_IN_OBJECT + rb")" + _REST)


@lru_cache(maxsize=1)
def items_pattern() -> re.Pattern[bytes]:
    """Find an item and what comes up to the next one (1), or all the rest."""
    return re.compile(rb"(" + _value(_DEPTH) + _WS + _COMMA_IN_ARRAY + rb")" + _REST)


@lru_cache(maxsize=1)
def keys_pattern() -> re.Pattern[bytes]:
    """Find the key of a member; nothing at the end, and once more where there is something else."""
    end = rb"(?:," + _WS + rb"(?!\})|\}\Z)"
    return re.compile(_WS + rb"(" + STRING + rb")" + _in_member() + end + _REST + rb"|")


@lru_cache(maxsize=1)
def scalar_pattern() -> re.Pattern[bytes]:
    """Find a value that is neither an object nor an array."""
    return re.compile(_WS + rb"(" + _FLAT + rb")" + _WS)


@lru_cache(maxsize=1)
def run_of_members_pattern() -> re.Pattern[bytes]:
    """Find members of an object, each with the comma behind it, in which little is nested."""
    member = STRING + _WS + rb":" + _WS + _value(_RUN_DEPTH)
    return re.compile(rb"(?:" + _WS + member + _WS + rb",)++")


@lru_cache(maxsize=1)
def run_of_items_pattern() -> re.Pattern[bytes]:
    """Find items of an array, each with the comma behind it, in which little is nested."""
    return re.compile(rb"(?:" + _WS + _value(_RUN_DEPTH) + _WS + rb",)++")


def make_patterns() -> None:
    """Make all of them: some 65 ms."""
    for make in (
        value_pattern,
        item_pattern,
        members_pattern,
        items_pattern,
        keys_pattern,
        scalar_pattern,
        run_of_members_pattern,
        run_of_items_pattern,
    ):
        make()


def _in_member() -> bytes:
    return _WS + rb":" + _WS + _value(_DEPTH) + _WS
