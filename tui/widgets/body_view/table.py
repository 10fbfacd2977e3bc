"""What a body view does with a table: a cursor in its columns, sorting, and the whole of a cell.

left, right ──▶ column of the cursor ──▶ `Tabular.fit` ──▶ rows drawn anew
s, a click on a name ──▶ `Tabular.sort` ──▶ worked on between frames, as laying out is
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.segment import Segment
from textual.strip import Strip

from tui.body.sanitise import sanitise
from tui.body.table.cells import cut_to
from tui.body.table.tabular import Tabular, Told
from tui.widgets.body_view.copying import SELECTION, BodyCopying, Copied
from tui.widgets.body_view.drawing import GOES_ON
from tui.widgets.body_view.fit_budget import FitBudget
from tui.widgets.body_view.held import HeldPlaces
from tui.widgets.body_view.painting import on_ground
from tui.widgets.body_view.rows import TURN_S

if TYPE_CHECKING:
    from collections.abc import Callable

    from rich.style import Style

    from tui.body.pieces import Pieces
    from tui.body.rows import Document

_ACTIONS = ("sort_column", "toggle_header")


class BodyTable(BodyCopying):
    """Shows a `Tabular` document as what it is; all others as ever."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._table: Tabular | None = None
        self._was_sorting = False
        self._budget = FitBudget()
        self._names = ""
        """Those of the columns as they are drawn: other ones if columns are, or are elsewhere."""
        self._held = HeldPlaces(lambda index: self.row(index).text)
        """Where what is selected begins and ends."""
        self._went_to = (0, 0)
        """The bytes that one went to last, from and up to."""

    @property
    def table(self) -> Tabular | None:
        """What is shown, if it is a table."""
        return self._table if self._table is self.document else None

    def take_up(self, document: Document, offset: int) -> None:
        """See whether it is a table."""
        self._table = document if isinstance(document, Tabular) else None
        self._was_sorting = self.is_other_work_long = False
        super().take_up(document, offset)

    def open_anew(self) -> Document | None:
        """Have the rows in the order that they are in here."""
        document = super().open_anew()
        if isinstance(document, Tabular) and self.table is not None:
            document.sorted_by = self.table.sorted_by
        return document

    def words(self) -> list[str]:
        """Say how far sorting is, too."""
        words = super().words()
        if self.table is not None and self.table.is_sorting and self.document is not None:
            words[1:2] = [f"{self.document.progress:.0%} sorted"]
        return words

    def on_worked(self) -> None:
        """Go to the top of what has been sorted."""
        is_sorting = self.table is not None and self.table.is_sorting
        is_sorted = self._was_sorting and not is_sorting and self.is_laid_out
        self._was_sorting = is_sorting
        if is_sorted:
            self.drop_mouse_selection()
            self.go_to(0)
            self.redraw()
            self._tell_path()
        super().on_worked()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave the keys of tables to others where there is none."""
        if action in _ACTIONS:
            return self.table is not None
        return super().check_action(action, parameters)

    # Columns

    def measure(self) -> None:
        """Make room for what is in view; a table itself sees to what fits beside it."""
        if self.table is None:
            super().measure()
            return
        if self._names == self._names_drawn:
            self._held.hold(self.table, self.held_places())
        rows = tuple(self._visible_rows())
        in_view = range(rows[0], rows[-1] + 1) if rows else range(0)
        room = max(0, self._width_for_rows - self.gutter_cells)
        if self.table.fit(in_view, room, self._budget.take()):
            self.forget_rows()
            self.refresh()
        self.is_other_work_long = self.table.is_cutting
        self._see_columns(self.table)
        self.make_room(1, self.row_count + self.header_rows)
        self.wake()

    @property
    def _names_drawn(self) -> str:
        return self._headed.header.row.text if self._headed else ""

    def _see_columns(self, table: Tabular) -> None:
        """Keep selected what was, where that stands elsewhere by now; nothing if it is gone."""
        before, self._names = self._names, self._names_drawn
        places = () if self._names == before else self.held_places()
        if places:
            self.move_held(self._held.moved(table, places))

    @property
    def has_other_work(self) -> bool:
        """Whether rows in view are not drawn yet, for they are very long."""
        is_cutting = self.table is not None and self.table.is_cutting
        return is_cutting or super().has_other_work

    def advance_others(self, budget_bytes: int) -> None:
        """Draw some of them."""
        super().advance_others(budget_bytes)
        if self.table is not None and self.table.is_cutting:
            self._budget.renew()
            self.measure()

    def work(self, *, turn_s: float = TURN_S) -> None:
        """Leave long rows that come into view in a turn of work to the next one."""
        self._budget.keep_short()
        super().work(turn_s=turn_s)

    @property
    def _width_for_rows(self) -> int:
        """How wide the view is beside the scrollbar, also where that is only about to appear."""
        region = self.scrollable_content_region
        is_long = self.row_count + self.header_rows > region.height
        beside = is_long and not self.show_vertical_scrollbar
        return region.width - (self.styles.scrollbar_size_vertical if beside else 0)

    def action_scroll_columns(self, columns: int) -> None:
        """Go to the next column, or the previous one."""
        if self.table is None:
            super().action_scroll_columns(columns)
            return
        self.table.move_column(1 if columns > 0 else -1)
        self._show_column()

    def look_sideways(self, steps: int) -> None:
        """Go to the next column, or the previous one."""
        if self.table is None:
            super().look_sideways(steps)
        else:
            self.action_scroll_columns(steps)

    def action_toggle_wrap(self) -> None:
        """Widen columns to what is in them, or have them as narrow as usual."""
        if self.table is None:
            super().action_toggle_wrap()
            return
        self.table.toggle_wide()
        self.rows_changed(self.cursor)

    def action_toggle_header(self) -> None:
        """Take the first record for names, or for a row."""
        if self.table is not None:
            self.table.toggle_header()
            self.rows_changed(self.cursor)
            self._show_column()

    def _show_column(self) -> None:
        self.redraw()
        self._tell_path()
        self.describe()

    def go_to(self, row: int) -> None:
        """Go to a row; the hit that one was at is no longer told at the bottom, in any row."""
        was_gone_to = self.gone_to
        super().go_to(row)
        if self.table is not None and self.gone_to != was_gone_to:
            self.refresh()

    def go_where_wanted(self) -> None:
        """Go to the cell that holds what is looked for, not only to its row."""
        wanted = self._wanted
        self._budget.keep_short()  # to find out which column it is may take long
        super().go_where_wanted()
        is_there = wanted is not None and self._wanted is None
        if is_there and wanted is not None and wanted[0] < wanted[1] and self.table is not None:
            self._went_to = wanted
            self.table.go_to_byte(self.cursor, wanted[0])
            self._tell_path_soon()  # it may be in the row that one is in
            self.redraw()

    # Sorting

    def action_sort_column(self, is_descending_first: bool) -> None:  # noqa: FBT001 - of a key
        """Sort by the column of the cursor, or no longer."""
        document, table = self.document, self.table
        if document is None or table is None or not self.row_count:
            return
        number = document.number(self.cursor)
        table.sort(is_descending_first=is_descending_first)
        self.drop_mouse_selection()
        if table.is_sorting:
            self._was_sorting = True
            self.go_to(self.cursor)  # until then rows are as they came
            self.work()
        else:
            self.go_to(document.row_of(int(number)))
        self.redraw()
        self.describe()

    def click_header(self, cell: int) -> None:
        """Sort by the column whose name is clicked on."""
        if self._go_to_column_at(cell):
            self.action_sort_column(is_descending_first=False)

    def click_row(self, row: int, cell: int, times: int) -> None:
        """Put the cursor on the cell that is clicked on."""
        super().click_row(row, cell, times)
        if self._go_to_column_at(cell):
            self._show_column()

    def _go_to_column_at(self, cell: int) -> bool:
        """Put the cursor on the column at a cell of the view; false if there is none."""
        if self.table is None or cell < self.gutter_cells:
            return False
        column = self.table.column_at(cell - self.gutter_cells)
        if column is not None:
            self.table.go_to_column(column)
        return column is not None

    # The cell at the cursor

    def _on_its_ground(self, strip: Strip, index: int) -> Strip:
        """Put a ground beneath the cell at the cursor, too."""
        document, table = self.document, self.table
        if document is None or table is None or index != self.cursor or not self.has_focus:
            return super()._on_its_ground(strip, index)
        if (place := table.place(index)) is not None:
            text, gutter = self.row(index).text, self.gutter_cells
            start, end = (gutter + cell_len(text[:each]) for each in place)
            cell = on_ground(strip.crop(start, end), self.ground("selection"), self.rich_style)
            strip = Strip.join([strip.crop(0, start), cell, strip.crop(end)])
        return super()._on_its_ground(strip, index)

    def bottom_strip(self, width: int) -> Strip | None:
        """Tell what is in the cell at the cursor where its column is too narrow for it."""
        above = super().bottom_strip(width)
        if above is not None or self.table is None or not self.row_count or not self.has_focus:
            return above
        start, end = self._went_to if self._went_to[0] == self.gone_to else (0, 0)
        told = self.table.told(self.cursor, start, end)
        if told is None:
            return None
        base = self.rich_style + self.ground("prompt") + self.look("prompt")
        hit = base + self.ground("current-hit") + self.look("current-hit")
        return _told_strip(told, width, base, hit).adjust_cell_length(width, base)

    # Copying

    def selected_part(self) -> Copied | None:
        """Return rows that are selected as they came, rather than as they are drawn."""
        table = self.table
        if table is None or self.text_selection is not None or self.selected_from is None:
            return super().selected_part()
        first, last = sorted((self.selected_from, self.cursor))
        return Copied(SELECTION, last + 1 - first, table.making_copy(first, last + 1))

    def _making_all(self, document: Document) -> Callable[[], Pieces]:
        """Return a table as it came."""
        return super()._making_all(document) if self.table is None else self._making_as_it_came()


def _told_strip(told: Told, width: int, base: Style, hit: Style) -> Strip:
    """Draw as much as there is room for, with what is to be seen in the middle if it is far."""
    first, stop = told.seen or (0, 0)
    head = f" {cut_to(sanitise(told.name), max(1, width // 2))}: "
    near = max(0, first - width)
    text = sanitise(told.text[near : max(stop, near + 2 * width)])
    first, stop = first - near, stop - near
    left = _left_of(text, first, stop, width - cell_len(head))
    parts = (
        (head + GOES_ON * (near + left > 0) + text[left:first], base),
        (text[first:stop], hit),
        (text[stop:], base),
    )
    return Strip([Segment(part, style) for part, style in parts if part])


def _left_of(text: str, first: int, stop: int, room_cells: int) -> int:
    """Return from which character on to draw a text for a part of it to be in sight."""
    if cell_len(text[:stop]) <= room_cells:
        return 0
    cells = 0
    while first > 0 and cells < room_cells // 2:
        first -= 1
        cells += cell_len(text[first])
    return first
