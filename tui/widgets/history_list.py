"""The list of what was sent before, newest first; more rows are asked for as the end comes near."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.binding import Binding
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from tui.widgets.history_cells import LOOKS, cells

if TYPE_CHECKING:
    from textual import events
    from textual.binding import BindingType

    from tui.domain.history import HistoryEntry

_NEAR_THE_END = 20
"""Rows left below the cursor when more are asked for."""


def _binding(keys: str, action: str, name: str, tooltip: str) -> Binding:
    dashed = name.lower().replace(" ", "-")
    return Binding(keys, action, name, show=False, id=f"history.{dashed}", tooltip=tooltip)


class HistoryList(ScrollView, can_focus=True):
    """One row for each entry; only visible rows are drawn.

    Component classes: ``history-list--cursor`` and one for each look of `history_cells`.
    """

    HELP = """\
Everything that was sent, newest first, whatever came of it. Times are in UTC.

Enter takes the request into the form, as it was sent, and shows what came back; ctrl+j sends it
again at once. * protects an entry from being dropped when the history is full, a writes a note on
it, delete removes it and u brings it back. / filters: words, and endpoint:NAME, status:424,
outcome:timeout, starred.
"""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "history-list--cursor",
        *(f"history-list--{look}" for look in LOOKS),
    }

    DEFAULT_CSS = """
    HistoryList {
        overflow-x: hidden;
        scrollbar-size-vertical: 1;
        background: transparent;
        & > .history-list--text { color: $text; }
        & > .history-list--muted { color: $text-muted; }
        & > .history-list--star { color: $text-warning; }
        & > .history-list--good { color: $text-success; }
        & > .history-list--bad { color: $text-error; }
        & > .history-list--warning { color: $text-warning; }
        & > .history-list--cursor { background: $boost; }
        &:focus > .history-list--cursor { background: $primary 25%; }
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        _binding("enter", "choose", "Open", "Take the request into the form, with its answer"),
        _binding("up,k", "move(-1)", "Up", "One row up"),
        _binding("down,j", "move(1)", "Down", "One row down"),
        _binding("pageup,ctrl+u", "move_page(-1)", "Page up", "One page up"),
        _binding("pagedown,ctrl+d", "move_page(1)", "Page down", "One page down"),
        _binding("home,g", "move_to_end(-1)", "Top", "The newest"),
        _binding("end,G", "move_to_end(1)", "Bottom", "The oldest that was read so far"),
    ]

    entries: reactive[tuple[HistoryEntry, ...]] = reactive[tuple["HistoryEntry", ...]](())
    now: reactive[datetime] = reactive(lambda: datetime.now(UTC))
    """What decides whether a row shows the time or the date."""
    empty_words: reactive[str] = reactive("")
    """What stands where there are no entries; the list keeps the focus, so that u still undoes."""
    cursor: reactive[int] = reactive(0)

    @dataclass
    class Moved(Message):
        """Another entry is under the cursor; None when there is none at all."""

        entry: HistoryEntry | None

    @dataclass
    class Chosen(Message):
        """The user wants an entry in the form."""

        entry: HistoryEntry

    class EndNear(Message):
        """Older entries are wanted, where there are any."""

    @property
    def current(self) -> HistoryEntry | None:
        """The entry under the cursor."""
        return self.entries[self.cursor] if self.cursor < len(self.entries) else None

    def watch_entries(
        self, before: tuple[HistoryEntry, ...], entries: tuple[HistoryEntry, ...]
    ) -> None:
        """Show other entries; the cursor stays on its entry, else on its row."""
        held = before[self.cursor].id if self.cursor < len(before) else None
        at = next((row for row, entry in enumerate(entries) if entry.id == held), self.cursor)
        self.virtual_size = Size(self.scrollable_content_region.width, len(entries))
        self.set_reactive(HistoryList.cursor, self.validate_cursor(at))
        self.watch_cursor()
        self.refresh()

    def validate_cursor(self, cursor: int) -> int:
        """Keep the cursor on a row."""
        return max(0, min(cursor, len(self.entries) - 1))

    def watch_cursor(self) -> None:
        """Keep the cursor in sight, and say where it is."""
        self.scroll_to_region(Region(0, self.cursor, 1, 1), animate=False, force=True)
        self.post_message(self.Moved(self.current))
        if self.cursor >= len(self.entries) - _NEAR_THE_END:
            self.post_message(self.EndNear())

    def on_resize(self) -> None:
        """Stay as wide as the room there is."""
        self.virtual_size = Size(self.scrollable_content_region.width, len(self.entries))
        self.scroll_to_region(Region(0, self.cursor, 1, 1), animate=False, force=True)

    def action_move(self, rows: int) -> None:
        """Move the cursor, negative is up."""
        self.cursor += rows

    def action_move_page(self, direction: int) -> None:
        """Move the cursor by a page less one row."""
        self.cursor += direction * max(1, self.size.height - 1)

    def action_move_to_end(self, direction: int) -> None:
        """Move the cursor to the last row, or for a negative direction to the first."""
        self.cursor = len(self.entries) if direction > 0 else 0

    def action_choose(self) -> None:
        """Take the entry under the cursor."""
        if self.current is not None:
            self.post_message(self.Chosen(self.current))

    def on_click(self, event: events.Click) -> None:
        """A click goes there, a second one takes it."""
        event.stop()
        row = event.y + int(self.scroll_offset.y)
        if row < len(self.entries):
            self.cursor = row
            if event.chain > 1:
                self.action_choose()

    def render_line(self, y: int) -> Strip:
        """Draw one row."""
        index = y + int(self.scroll_offset.y)
        width = self.scrollable_content_region.width
        if index >= len(self.entries):
            words = self.empty_words if y == 0 and not self.entries else ""
            return Strip([Segment(f" {words}", self._look("muted", -1))]).adjust_cell_length(
                width, self._look("text", -1)
            )
        pieces = cells(self.entries[index], width, now=self.now)
        segments = [Segment(text, self._look(look, index)) for text, look in pieces]
        return Strip(segments).adjust_cell_length(width, self._look("text", index))

    def _look(self, name: str, row: int) -> Style:
        look = self.get_component_rich_style(f"history-list--{name}")
        if row != self.cursor:
            return look
        cursor = self.get_component_rich_style("history-list--cursor")
        return look + Style(bgcolor=cursor.bgcolor)
