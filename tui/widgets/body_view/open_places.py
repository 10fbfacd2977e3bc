"""Where a selection begins and ends in rows that may yet become others: at bytes of the body.

<p>o│ne<b      ── more comes ──▶        <p>
 row 7, character 4                       o│ne
                                          row 8, character 9
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.body.rows import Document
    from tui.widgets.body_view.held import Place


class _AtByte(NamedTuple):
    """What stands before a place, and the byte that is beside it."""

    text: str
    byte: int
    is_behind: bool
    """Whether the place is behind the character of that byte, rather than before it."""
    is_at_end: bool
    """Whether nothing of the row is behind it."""


class OpenPlaces:
    """Places of a selection, as they are before a document goes on.

    Args:
        document: in which they are.
        places: the least of them is where what is selected begins.
        final_row_count: rows before this one stay as they are.
    """

    def __init__(self, document: Document, places: Sequence[Place], final_row_count: int) -> None:
        first = min(places, default=None)
        self._places = {
            each: _at_byte(document, each, is_behind=each != first)
            for each in places
            if final_row_count <= each[0] < document.row_count
        }
        self._others = [each for each in places if each not in self._places]

    def is_known_in(self, document: Document) -> bool:
        """Whether it is known by now where all of them are."""
        last = max((at.byte for at in self._places.values() if at is not None), default=-1)
        return last < document.reached or document.is_complete

    def moved(self, document: Document) -> dict[Place, Place]:
        """Return where all of them are now; empty if they are where they were."""
        last_row = max(0, document.row_count - 1)
        now = {
            (row, character): (min(row, last_row), character)
            if at is None
            else _place_of(document, row, character, at)
            for (row, character), at in self._places.items()
        }
        if all(place == each for place, each in now.items()):
            return {}
        return {**now, **{each: each for each in self._others}}


def _at_byte(document: Document, place: Place, *, is_behind: bool) -> _AtByte | None:
    """Return the byte that is on one side of a place, or on its other side; None if none is."""
    row, character = place
    shown, text = document.shown_in(row), document.row(row).text
    is_at_end = character >= len(text)
    behind = [*shown.stretches(0, character)][-1:]
    before = next(iter(shown.stretches(character, len(text))), None)
    if behind and (is_behind or before is None):
        start, end, _ = behind[0]
        last = max(start, end - 1)  # what is folded may be nothing yet
        return _AtByte(text[:character], last, is_behind=True, is_at_end=is_at_end)
    if before is None:
        return None
    return _AtByte(text[:character], before[0], is_behind=False, is_at_end=is_at_end)


def _place_of(document: Document, row_before: int, character: int, at: _AtByte) -> Place:
    """Return where a byte is shown now; beside it if that is nowhere."""
    row = document.row_at(at.byte)
    is_same = row == row_before and document.row(row).text.startswith(at.text)
    if is_same and not at.is_at_end:  # the words of a fold may be others
        return row, character
    if shown := document.columns(row, at.byte, at.byte + 1):
        # A byte in hex is shown twice.
        return row, min((each[at.is_behind] for each in shown), key=lambda to: abs(to - character))
    start, end = document.span(row)
    if at.is_behind:
        shown = document.columns(row, start, at.byte + 1)
        return row, shown[-1][1] if shown else document.row(row).hanging
    shown = document.columns(row, at.byte, end)
    return row, shown[0][0] if shown else len(document.row(row).text)
