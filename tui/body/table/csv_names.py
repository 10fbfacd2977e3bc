"""Whether the first record of CSV is the names of its columns, told by what comes below them.

Names over numbers are clear. Where all is text, one has to be sure of several things: they look
like names, none of them comes again, and they are called what columns are called, or differ from
what is below. Where that is not clear nothing is taken for names; a key says so.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from tui.body.table.cells import is_among_numbers, is_number, text_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.body.table.cells import Cell

_NAME = re.compile(r"[^\W\d][\w.()/#%-]{0,39}(?: [\w.()/#%-]{1,20}){0,3}")
_LAST_WORD = re.compile(r"[A-Z]?[a-z]+\Z|[A-Z]+\Z")
_USUAL = re.compile(
    "address|age|amount|answer|at|author|body|category|city|class|code|comment|content|count"
    "|country|currency|date|description|email|file|filename|gender|id|index|input|instruction|key"
    "|label|lang|language|link|message|name|notes|output|path|phone|prediction|price|product"
    "|prompt|question|region|response|role|score|source|state|status|summary|tags?|target|text"
    "|time|timestamp|title|topic|type|uri|url|user|username|uuid|value|version|year|zip"
)
"""What columns are called, by the last word of their names: ``customer_id``, ``createdAt``."""
_SHAPES = tuple(map(re.compile, (r"[0-9]", r"\s", r"[:/@{\[]")))
"""What all texts of a column may have in them, and its name not."""
_COMPARED_MIN = 3
"""So few texts may have something in common by chance."""
_REPEATED_MIN = 8
_ENOUGH = 2
"""So many things speak for names; one more where there is but one row to compare them with."""


def begins_with_names(records: Sequence[Sequence[Cell]]) -> bool:
    """Say whether the first one of some records, all their cells plain, is names."""
    if len(records) <= 1:
        return False
    names = [text_of(cell).strip() for cell in records[0]]
    # The first may be missing: pandas does not name its index.
    if any(map(is_among_numbers, records[0])) or not all(names[1:]) or len({*names}) < len(names):
        return False
    columns = [
        [each[at] for each in records[1:] if at < len(each) and each[at].source]
        for at in range(len(names))
    ]
    return any(map(_are_numbers, columns)) or _are_names_of_texts(names, columns)


def _are_numbers(cells: Sequence[Cell]) -> bool:
    return any(map(is_number, cells)) and all(map(is_among_numbers, cells))


def _are_names_of_texts(names: Sequence[str], columns: Sequence[Sequence[Cell]]) -> bool:
    if not all(_NAME.fullmatch(name) for name in names if name):
        return False
    texts = [[text_of(cell).strip() for cell in cells] for cells in columns]
    if any(name in below for name, below in zip(names, texts, strict=True)):
        return False
    usual = sum(map(_is_usual, names))
    unlike = sum(map(_is_unlike, names, texts))
    is_one = max(map(len, texts)) == 1
    return usual + unlike + any(map(_are_few, texts)) >= _ENOUGH + is_one


def _is_usual(name: str) -> bool:
    word = _LAST_WORD.search(name)
    return word is not None and _USUAL.fullmatch(word[0].lower()) is not None


def _is_unlike(name: str, below: Sequence[str]) -> bool:
    """Whether all texts of a column have something that its name has not."""
    return len(below) >= _COMPARED_MIN and any(
        not shape.search(name) and all(map(shape.search, below)) for shape in _SHAPES
    )


def _are_few(below: Sequence[str]) -> bool:
    """Whether each text comes several times, and the name, which is known, never."""
    return len(below) >= _REPEATED_MIN and min(Counter(below).values()) > 1
