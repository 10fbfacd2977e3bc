"""Rows back to text: what is copied is what came, not how it was cut to fit the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tui.body.rows import Document


def text_of_rows(document: Document, first: int, end: int) -> str:
    """Return the text of the rows from ``first`` up to, not including, ``end``."""
    return join_rows(document, first, [document.row(index).source for index in range(first, end)])


def join_rows(document: Document, first: int, sources: list[str]) -> str:
    """Put the sources of rows together as lines.

    Args:
        document: where the rows are.
        first: the row that the first source is of; the others follow it.
        sources: texts, the outer ones perhaps cut to a selection.
    """
    parts = sources[:1]
    for index, text in enumerate(sources[1:], first + 1):
        parts += ["\n" if document.starts_line(index) else "", text]
    return "".join(parts)
