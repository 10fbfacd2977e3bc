"""What the history asks: a note on an entry, and leave to delete many."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static

from tui.domain.history import NOTE_CHARS_MAX
from tui.screens.dialog import Dialog

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from tui.domain.history import HistoryEntry


class NoteScreen(Dialog[str]):
    """Gives back the note as it was typed; empty removes it."""

    HELP = "Enter keeps the note, an empty one is removed; escape leaves it as it was."

    def __init__(self, entry: HistoryEntry) -> None:
        super().__init__()
        self._entry = entry

    def compose(self) -> ComposeResult:
        """Lay out the note."""
        with Vertical(id="frame") as frame:
            frame.border_title = Content(f"Note on #{self._entry.id}")
            frame.border_subtitle = "enter keep · escape close"
            yield Input(self._entry.note, compact=True, max_length=NOTE_CHARS_MAX, id="note")

    @on(Input.Submitted, "#note")
    def _take(self, event: Input.Submitted) -> None:
        event.stop()
        self.dismiss(event.value.strip())


class DeleteAllScreen(Dialog[bool]):
    """Gives back True when all may be deleted."""

    HELP = "D deletes all of them, the starred ones too, for good; escape deletes nothing."

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "D",
            "delete",
            "Delete all",
            id="history.confirm-delete-all",
            tooltip="Delete all of them, for good",
        )
    ]

    def __init__(self, count: int) -> None:
        super().__init__()
        self._count = count

    def compose(self) -> ComposeResult:
        """Ask."""
        entries = "entry" if self._count == 1 else "entries"
        with Vertical(id="frame") as frame:
            frame.border_title = "Delete all that is shown?"
            frame.border_subtitle = "D delete all · escape close"
            yield Static(
                Content(f"{self._count:,} {entries}, the starred ones too. This cannot be undone.")
            )

    def action_delete(self) -> None:
        """Allow it."""
        self.dismiss(result=True)
