"""Selecting characters of a body view with the keyboard, as in editors.

    no column     shift+up and down select whole rows; left and right look sideways
      │ shift+left, right, home, end
      ▼
    a column      shift and a key that moves selects from there; left and right move in the row
      └── escape ──▶ no column

A selection is from an anchor up to the column of the cursor, which is before a character.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.style import Style
from textual.reactive import reactive
from textual.strip import Strip

from tui.widgets.body_view.copying import BodyCopying, Copied, copied_rows
from tui.widgets.body_view.deriving import BodyDeriving
from tui.widgets.body_view.held import Place
from tui.widgets.body_view.painting import on_ground

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual import events

    from tui.body.rows import Document, Row


class BodySelecting(BodyDeriving, BodyCopying):
    """Has a column besides the cursor, once one asks for it."""

    column: reactive[int | None] = reactive[int | None](None)
    """The character that has the cursor, 0-based; None while whole rows have it."""
    selected_at: reactive[Place | None] = reactive[Place | None](None)
    """Where the selected characters begin, or end."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._wanted_column = 0
        """Where the column goes back to in rows that are long enough."""

    @property
    def _row(self) -> Row | None:
        return self.row(self.cursor) if self.row_count else None

    def selected(self) -> tuple[Place, Place] | None:
        """Return from where up to where characters are selected; None while none are."""
        if self.selected_at is None or self.column is None:
            return None
        first, last = sorted((self.selected_at, (self.cursor, self.column)))
        return (first, last) if first < last else None

    @property
    def is_held(self) -> bool:
        """Whether something is selected, or about to be."""
        return self.column is not None or super().is_held

    def watch_column(self) -> None:
        """Be held by the column, too."""
        self.tell_held()

    @property
    def is_unmoved(self) -> bool:
        """Whether one is where one went to; not where characters are selected."""
        return self.selected() is None and super().is_unmoved

    # Moving

    def action_select_columns(self, where: str) -> None:
        """Select ``left`` or ``right`` by a character, or to ``home`` or ``end`` of the row."""
        if self._row is None:
            return
        if self.column is None:
            self.column = self._first_column(self._row, where)
        self._hold()
        self._go(where)

    def action_select(self, rows: int) -> None:
        """Select rows, or characters if there is a column."""
        if self.column is None:
            super().action_select(rows)
            return
        self._hold()
        self.cursor += rows
        self._stay_in_row()

    def action_scroll_columns(self, columns: int) -> None:
        """Move the column, if there is one; else look sideways."""
        if self.column is None:
            super().action_scroll_columns(columns)
            return
        self.selected_at = None
        self._go("left" if columns < 0 else "right")

    def go_to(self, row: int) -> None:
        """Go to a row; nothing is selected any more."""
        super().go_to(row)
        self.selected_at = None
        if self.column is not None:
            self._stay_in_row()

    def rows_changed(self, cursor: int) -> None:
        """Forget what was selected among other rows."""
        self.column = self.selected_at = None
        super().rows_changed(cursor)

    def drop_selection(self) -> None:
        """Drop the column, too."""
        self.column = self.selected_at = None
        super().drop_selection()

    def held_places(self) -> list[Place]:
        """Return where the column is and where what is selected begins, too."""
        anchors = [] if self.selected_at is None else [self.selected_at]
        carets = [] if self.column is None else [(self.cursor, self.column)]
        return [*super().held_places(), *anchors, *carets]

    def move_held(self, now: Mapping[Place, Place]) -> None:
        """Have both where the same text is by now; neither if that is nowhere."""
        super().move_held(now)
        if not now:
            self.column = self.selected_at = None
        elif self.column is not None:
            self.selected_at = self.selected_at and now[self.selected_at]
            self.cursor, self.column = now[self.cursor, self.column]
            self._wanted_column = self.column

    def show_document(self, document: Document | None, *, offset: int = 0) -> None:
        """Forget what was selected in another document."""
        self.column = self.selected_at = None
        super().show_document(document, offset=offset)

    def click_row(self, row: int, cell: int, times: int) -> None:
        """Put the column where one clicks, if there is one."""
        if self.column is not None and times == 1 and cell >= self.gutter_cells:
            self._wanted_column = self.character_at(row, cell)
        super().click_row(row, cell, times)

    def _hold(self) -> None:
        if self.selected_at is None and self.column is not None:
            self.selected_at = (self.cursor, self.column)
        self.selected_from = None

    def _first_column(self, row: Row, where: str) -> int:
        """Return where the column is first: where the text in view begins, or at its end."""
        if where in ("left", "home"):
            return len(row.text)
        left, indented = int(self.scroll_offset.x), len(row.text) - len(row.text.lstrip())
        at = max(row.hanging, indented)
        while at < len(row.text) and cell_len(row.text[:at]) < left:
            at += 1
        return at

    def _go(self, where: str) -> None:
        """Move the column; from the ends of a row on to the next or the previous one."""
        row = self._row
        if row is None or self.column is None:
            return
        match where:
            case "home":
                self.column = row.hanging
            case "end":
                self.column = len(row.text)
            case "left" if self.column > row.hanging:
                self.column -= 1
            case "left" if self.cursor > 0:
                self.cursor -= 1
                self.column = self._length
            case "right" if self.column < len(row.text):
                self.column += 1
            case "right" if self.cursor + 1 < self.row_count:
                self.cursor += 1
                self.column = 0
            case _:
                pass
        self._wanted_column = self.column
        self._stay_in_row()

    @property
    def _length(self) -> int:
        return len(self._row.text) if self._row is not None else 0

    def _stay_in_row(self) -> None:
        if (row := self._row) is None:
            return
        self.column = max(row.hanging, min(self._wanted_column, len(row.text)))
        self._show_columns(row.text, self.column, min(self.column + 1, len(row.text)))

    # Going back

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Let escape drop what is selected, first of all."""
        if action == "leave_derived" and self._has_selection:
            return True
        return super().check_action(action, parameters)

    def action_leave_derived(self) -> None:
        """Drop the column and what is selected; else go back as ever."""
        if self._has_selection and not self.is_running:
            self.drop_selection()
        else:
            super().action_leave_derived()

    def key_escape(self, event: events.Key) -> None:
        """Drop what the mouse selected, and no more; the screen would, before it goes back."""
        if self.text_selection is not None and not self.is_running:
            event.stop()
            self.drop_selection()

    @property
    def _has_selection(self) -> bool:
        is_selected = self.selected_from is not None or self.text_selection is not None
        return is_selected or self.column is not None

    # Drawing and copying

    def _on_its_ground(self, strip: Strip, index: int) -> Strip:
        """Put the selection's ground beneath characters, and show the column."""
        if self.document is not None and self.column is not None:
            text = self.row(index).text
            if (span := self._selected_in(index, len(text))) is not None:
                strip = self._with_cells(strip, text, span, self.ground("selection"))
            if index == self.cursor and self.has_focus:
                column = (self.column, self.column + 1)
                strip = self._with_cells(strip, f"{text} ", column, Style(reverse=True))
        return super()._on_its_ground(strip, index)

    def _selected_in(self, index: int, length: int) -> tuple[int, int] | None:
        selected = self.selected()
        if selected is None or not selected[0][0] <= index <= selected[1][0]:
            return None
        (first_row, first), (last_row, last) = selected
        return (first if index == first_row else 0, last if index == last_row else length)

    def _with_cells(self, strip: Strip, text: str, span: tuple[int, int], look: Style) -> Strip:
        """Lay a look over characters of a row that is scrolled sideways, beside its gutter."""
        shift = self.gutter_cells - int(self.scroll_offset.x)
        start, end = (max(self.gutter_cells, shift + cell_len(text[:each])) for each in span)
        inside = strip.crop(start, end)
        drawn = (
            inside.apply_style(look) if look.reverse else on_ground(inside, look, self.rich_style)
        )
        return Strip.join([strip.crop(0, start), drawn, strip.crop(end)])

    def selected_part(self) -> Copied | None:
        """Return the characters that are selected."""
        selected = self.selected()
        if selected is None or self.document is None or self.text_selection is not None:
            return super().selected_part()
        (first_row, first), (last_row, last) = selected
        return copied_rows(
            self.document, first_row, last_row + 1, first_column=first, last_column=last
        )
