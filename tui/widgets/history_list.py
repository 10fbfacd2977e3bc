"""The list of what was sent before, newest first; more rows are asked for as the end comes near."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, ClassVar

from textual.message import Message
from textual.reactive import reactive

from tui.widgets.history_cells import LOOKS, cells
from tui.widgets.row_list import RowList, list_binding, moving_bindings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.binding import BindingType

    from tui.domain.history import HistoryEntry

_NEAR_THE_END = 20
"""Rows left below the cursor when more are asked for."""


class HistoryList(RowList["HistoryEntry"]):
    """One row for each entry.

    Component classes: one for each look of `history_cells`.
    """

    HELP = """\
Everything that was sent, newest first, whatever came of it. Times are in UTC.

Enter takes the request into the form, as it was sent, and shows what came back; ctrl+j sends it
again at once. * protects an entry from being dropped when the history is full, a writes a note on
it, delete removes it and u brings it back. / filters: words, and endpoint:NAME, status:424,
outcome:timeout, starred.
"""

    COMPONENT_CLASSES: ClassVar[set[str]] = {f"row-list--{look}" for look in LOOKS}

    DEFAULT_CSS = """
    HistoryList {
        & > .row-list--text { color: $text; }
        & > .row-list--muted { color: $text-muted; }
        & > .row-list--star { color: $text-warning; }
        & > .row-list--good { color: $text-success; }
        & > .row-list--bad { color: $text-error; }
        & > .row-list--warning { color: $text-warning; }
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        list_binding(
            "history",
            "enter",
            "choose",
            "Open",
            "Take the request into the form, with its answer",
        ),
        *moving_bindings("history", first="The newest", last="The oldest that was read so far"),
    ]

    PLAIN: ClassVar[str] = "text"

    entries: reactive[tuple[HistoryEntry, ...]] = reactive[tuple["HistoryEntry", ...]](())
    now: reactive[datetime] = reactive(lambda: datetime.now(UTC))
    """What decides whether a row shows the time or the date."""

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

    def watch_entries(
        self, before: tuple[HistoryEntry, ...], entries: tuple[HistoryEntry, ...]
    ) -> None:
        """Show other entries; the cursor stays on its entry, else on its row."""
        held = before[self.cursor].id if self.cursor < len(before) else None
        at = next((row for row, entry in enumerate(entries) if entry.id == held), self.cursor)
        self.show_rows(entries, at)

    def watch_cursor(self) -> None:
        """Keep the cursor in sight, and say where it is."""
        super().watch_cursor()
        self.post_message(self.Moved(self.current))
        if self.cursor >= len(self.entries) - _NEAR_THE_END:
            self.post_message(self.EndNear())

    def action_choose(self) -> None:
        """Take the entry under the cursor."""
        if self.current is not None:
            self.post_message(self.Chosen(self.current))

    def row_clicked(self, chain: int) -> None:
        """A second click takes it."""
        if chain > 1:
            self.action_choose()

    def row_cells(self, row: HistoryEntry, width: int) -> Sequence[tuple[str, str]]:
        """Return what stands in a row."""
        return cells(row, width, now=self.now)
