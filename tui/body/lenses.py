"""The ways to look at a body, and which of them suits it.

A new one is a module of its own with a `Document`, and an entry in `LENSES`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pygments.lexers import (
    get_lexer_for_mimetype,  # pyright: ignore[reportUnknownVariableType] - its options have no types
)
from pygments.util import ClassNotFound

from tui.body.hex_document import HexDocument
from tui.body.highlighted_document import LEXED_BYTES_MAX, HighlightedDocument
from tui.body.json.folding import FoldingJson
from tui.body.json.lines_layout import spans_lines
from tui.body.kinds import EVENT_STREAM, Kind, Recognised, is_html, is_json_lines, is_plain, is_xml
from tui.body.lens import Fit, Lens, later
from tui.body.rows import ROW_BYTES
from tui.body.text_document import TextDocument

if TYPE_CHECKING:
    from pygments.lexer import Lexer

    from tui.body.events.folding import FoldingEvents
    from tui.body.lens import LensParts
    from tui.body.markup.folding import FoldingMarkup
    from tui.body.rows import Document
    from tui.body.shown_body import ShownBody

PRETTY, RAW, HEX, TABLE, VECTOR = "pretty", "raw", "hex", "table", "vector"
IMAGE, NPY, ABOUT = "image", "npy", "about"


def lenses_for(body: ShownBody, found: Recognised) -> tuple[str, ...]:
    """Return the names of the lenses that show a body, the best one first."""
    return tuple(lens.name for lens in _fitting(body, found))


def open_document(
    body: ShownBody, found: Recognised, name: str, *, row_bytes: int = ROW_BYTES
) -> Document:
    """Begin to lay out a body; nothing much is done before its first `advance`.

    Args:
        body: what is shown.
        found: what it was recognised to be.
        name: one of `lenses_for`; any other opens a hex dump.
        row_bytes: where longer lines are cut; the width in cells, for lines to be wrapped.
    """
    named = (lens for lens in LENSES if lens.name == name and lens.fit(body, found) is not Fit.NONE)
    return next(named, _HEX).open(body, found, row_bytes)


def cuts_rows(name: str) -> bool:
    """Whether rows end where there is no room for more of a line, through lenses of that name."""
    return any(lens.is_cut for lens in LENSES if lens.name == name)


def load_lenses() -> None:
    """Import what lenses are made of, and make their patterns, before a body is there to be shown.

    Takes some 100 ms, for any thread; else the first bodies that are shown wait for it.
    """
    from tui.body.table.json_patterns import make_patterns

    for load in (_table, _vector, _image, _npy, _about, _folding_markup, _folding_events):
        load()
    make_patterns()


def _fitting(body: ShownBody, found: Recognised) -> list[Lens]:
    """Return what suits a body, the best first; in the order of the table among equals."""
    fits = [(lens.fit(body, found), lens) for lens in LENSES]
    fits.sort(key=lambda each: each[0], reverse=True)
    return [lens for fit, lens in fits if fit is not Fit.NONE]


def _fit_json(_body: ShownBody, found: Recognised) -> Fit:
    return Fit.READABLE if found.kind is Kind.JSON else Fit.NONE


def _open_json(_body: ShownBody, found: Recognised, row_bytes: int) -> Document:
    text = found.text or b""
    are_lines = is_json_lines(found.media_type) and not spans_lines(text)
    return FoldingJson(text, row_bytes=row_bytes, are_lines=are_lines)


def _fit_markup(_body: ShownBody, found: Recognised) -> Fit:
    is_markup = is_xml(found.media_type) or is_html(found.media_type)
    return Fit.READABLE if found.kind is Kind.TEXT and is_markup else Fit.NONE


def _folding_markup() -> type[FoldingMarkup]:
    # Here, as the table is.
    from tui.body.markup.folding import FoldingMarkup

    return FoldingMarkup


def _open_markup(_body: ShownBody, found: Recognised, row_bytes: int) -> Document:
    is_page = is_html(found.media_type)
    return _folding_markup()(found.text or b"", row_bytes=row_bytes, is_html=is_page)


def _fit_events(_body: ShownBody, found: Recognised) -> Fit:
    is_stream = found.kind is Kind.TEXT and found.media_type == EVENT_STREAM
    return Fit.READABLE if is_stream else Fit.NONE


def _folding_events() -> type[FoldingEvents]:
    # Here, as the table is.
    from tui.body.events.folding import FoldingEvents

    return FoldingEvents


def _open_events(_body: ShownBody, found: Recognised, row_bytes: int) -> Document:
    return _folding_events()(found.text or b"", row_bytes=row_bytes)


def _fit_language(body: ShownBody, found: Recognised) -> Fit:
    has_its_own = _fit_markup(body, found) is not Fit.NONE or found.media_type == EVENT_STREAM
    return Fit.READABLE if found.kind is Kind.TEXT and not has_its_own else Fit.NONE


def _open_language(_body: ShownBody, found: Recognised, row_bytes: int) -> Document:
    text = found.text or b""
    lexer = _lexer_for(found)
    if lexer is None:
        return TextDocument(text, found.name, row_bytes=row_bytes)
    return HighlightedDocument(text, found.name, lexer, row_bytes=row_bytes)


def _table() -> LensParts:
    from tui.body.table.lens import fit_table, open_table

    return fit_table, open_table


def _vector() -> LensParts:
    from tui.body.vector.document import fit_vector, open_vector

    return fit_vector, open_vector


def _image() -> LensParts:
    from tui.body.binary.image_document import fit_image, open_image

    return fit_image, open_image


def _npy() -> LensParts:
    from tui.body.binary.npy_document import fit_npy, open_npy

    return fit_npy, open_npy


def _about() -> LensParts:
    from tui.body.about_document import fit_about, open_about

    return fit_about, open_about


def _fit_raw(body: ShownBody, found: Recognised) -> Fit:
    """Show what is no text so, too: there may be words in it, or it only seems to be none."""
    if found.text is None:
        return Fit.LAST if body.data else Fit.NONE
    return Fit.AS_IT_CAME


def _open_raw(body: ShownBody, found: Recognised, row_bytes: int) -> Document:
    text = body.data if found.text is None else found.text
    return TextDocument(text, f"{found.name}, as it came", row_bytes=row_bytes)


def _fit_hex(body: ShownBody, _found: Recognised) -> Fit:
    return Fit.BYTES if body.data else Fit.NONE


def _open_hex(body: ShownBody, found: Recognised, _row_bytes: int) -> Document:
    return HexDocument(body.data, found.name)


def _lexer_for(found: Recognised) -> Lexer | None:
    if found.text is None or found.is_begun or is_plain(found.media_type):
        return None
    if len(found.text) > LEXED_BYTES_MAX:
        return None
    try:
        return get_lexer_for_mimetype(found.media_type)
    except ClassNotFound:
        return None


_HEX = Lens(name=HEX, fit=_fit_hex, open=_open_hex, is_cut=False)

LENSES: tuple[Lens, ...] = (
    Lens(name=PRETTY, fit=_fit_json, open=_open_json),
    Lens(name=PRETTY, fit=_fit_markup, open=_open_markup),
    Lens(name=PRETTY, fit=_fit_events, open=_open_events),
    Lens(name=PRETTY, fit=_fit_language, open=_open_language),
    later(VECTOR, _vector),
    later(TABLE, _table),
    later(IMAGE, _image),
    later(NPY, _npy),
    Lens(name=RAW, fit=_fit_raw, open=_open_raw),
    _HEX,
    later(ABOUT, _about),
)
