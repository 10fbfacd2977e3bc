"""Holding what is selected, while the rows that it is in become others.

selected ──▶ `OpenPlaces` ── more comes, or nothing any more ──▶ the same text selected
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from tui.widgets.body_view.following import BodyFollowing
from tui.widgets.body_view.open_places import OpenPlaces

if TYPE_CHECKING:
    from collections.abc import Generator, Mapping, Sequence

    from tui.body.rows import Document
    from tui.widgets.body_view.held import Place

_SLICES_MAX = 8
_SLICE_BYTES = 16 * 1024
"""So much is laid out at once for what is selected to be found again; most often it is one line."""


class BodyHolding(BodyFollowing):
    """Keeps selected what was, and the cursor in a row that there is."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._held_in: Document | None = None
        """That of which rows are about to become others."""

    def show_document(self, document: Document | None, *, offset: int = 0) -> None:
        """Hold nothing in another document."""
        self._held_in = None
        super().show_document(document, offset=offset)

    @contextmanager
    def holding_places(self) -> Generator[None]:
        """Have the same selected, wherever that is when rows have become others within."""
        document, growing = self.document, self.growing
        if document is None or growing is None or self._held_in is document:
            yield
            return
        ends, held = self._ends_of_held_rows(), self._held_now
        places = OpenPlaces(document, [*self.held_places(), *ends], growing.final_row_count)
        self._held_in = document
        yield
        if self._held_in is not document:  # another one is shown
            return
        self._held_in = None
        for _ in range(_SLICES_MAX):
            if growing.is_waiting or places.is_known_in(document):
                break
            document.advance(_SLICE_BYTES)
        if now := places.moved(document):
            self.forget_rows(min(row for row, _ in now))
            if self._held_now == held:
                self._move_selected(ends, now)
            else:  # one was led elsewhere within
                self.drop_mouse_selection()
        if self.cursor >= self.row_count > 0:
            self.cursor = self.row_count - 1

    @property
    def _held_now(self) -> tuple[list[Place], int | None, int]:
        """What is selected, and where the cursor is."""
        return self.held_places(), self.selected_from, self.cursor

    def _ends_of_held_rows(self) -> list[Place]:
        """Return where the first row begins that is selected as a whole, and the last one ends."""
        if self.selected_from is None:
            return []
        first, last = sorted((self.selected_from, self.cursor))
        return [(first, 0), (last, len(self.row(last).text))]

    def _move_selected(self, ends: Sequence[Place], now: Mapping[Place, Place]) -> None:
        """Have selected what is elsewhere now; the cursor goes there without following."""
        self._is_led_on = True
        self.move_held(now)
        if self.selected_from is not None:
            first, last = (now[each][0] for each in ends)
            is_up = self.cursor < self.selected_from
            self.cursor, self.selected_from = (first, last) if is_up else (last, first)
        self._is_led_on = False
