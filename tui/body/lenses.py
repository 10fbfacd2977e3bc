"""The ways to look at a body, and which of them suits it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pygments.lexers import (
    get_lexer_for_mimetype,  # pyright: ignore[reportUnknownVariableType] - its options have no types
)
from pygments.util import ClassNotFound

from tui.body.hex_document import HexDocument
from tui.body.highlighted_document import LEXED_BYTES_MAX, HighlightedDocument
from tui.body.json_document import JsonDocument
from tui.body.kinds import Kind, Recognised, is_plain
from tui.body.rows import ROW_BYTES
from tui.body.text_document import TextDocument

if TYPE_CHECKING:
    from pygments.lexer import Lexer

    from tui.body.rows import Document
    from tui.body.shown_body import ShownBody

PRETTY, RAW, HEX = "pretty", "raw", "hex"


def lenses_for(found: Recognised) -> tuple[str, ...]:
    """Return the names of the lenses that show a body, the best one first."""
    match found.kind:
        case Kind.EMPTY:
            return ()
        case Kind.BYTES:
            return (HEX,)
        case Kind.JSON | Kind.TEXT:
            return (PRETTY, RAW, HEX)


def open_document(
    body: ShownBody, found: Recognised, lens: str, *, row_bytes: int = ROW_BYTES
) -> Document:
    """Begin to lay out a body; nothing much is done before its first `advance`.

    Args:
        body: what is shown.
        found: what it was recognised to be.
        lens: one of `lenses_for`.
        row_bytes: where longer lines are cut; the width in cells, for lines to be wrapped.
    """
    if lens == HEX or found.text is None:
        return HexDocument(body.data, found.name)
    if lens == RAW:
        return TextDocument(found.text, f"{found.name}, as it came", row_bytes=row_bytes)
    if found.kind is Kind.JSON:
        return JsonDocument(found.text, row_bytes=row_bytes)
    lexer = _lexer_for(found)
    if lexer is None:
        return TextDocument(found.text, found.name, row_bytes=row_bytes)
    return HighlightedDocument(found.text, found.name, lexer, row_bytes=row_bytes)


def _lexer_for(found: Recognised) -> Lexer | None:
    if found.text is None or len(found.text) > LEXED_BYTES_MAX or is_plain(found.media_type):
        return None
    try:
        return get_lexer_for_mimetype(found.media_type)
    except ClassNotFound:
        return None
