"""The list of saved requests, used last first, under the endpoints.

It is handed entries and tells what the user wants done with one; it never reads a file.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.binding import Binding
from textual.content import Content
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive, var
from textual.scroll_view import ScrollView
from textual.strip import Strip

from tui.body.sanitise import sanitise
from tui.domain.presets import (
    BrokenPreset,
    PresetEntry,
    PresetPlace,
    StoredPreset,
    by_use,
    matching,
)
from tui.widgets.endpoint_cells import cut

if TYPE_CHECKING:
    from textual import events
    from textual.binding import BindingType

LOOKS = ("name", "muted", "opened", "problem", "unsaved")
_MARK_CELLS = 2
_GAP_CELLS = 2
_ENDPOINT_CELLS_MIN = 6
"""An endpoint of which less could be shown is left out."""
_EMPTY = "ctrl+s saves the request as a preset"
_NO_FIT = "nothing fits"


def _binding(keys: str, action: str, name: str, tooltip: str, *, show: bool = False) -> Binding:
    dashed = name.lower().replace(" ", "-")
    return Binding(keys, action, name, show=show, id=f"presets.{dashed}", tooltip=tooltip)


class PresetList(ScrollView, can_focus=True):
    """One row for each preset; only visible rows are drawn.

    Component classes: ``preset-list--cursor`` and one for each of `LOOKS`.
    """

    HELP = """\
Saved requests, those sent last first. Each is a file of its own; broken ones say why.

Enter takes a preset into the form, ctrl+j takes it and sends it at once. r renames it or moves it
to another folder, c makes a copy, delete removes it and u brings it back. / filters by name,
endpoint and description. ctrl+s saves what is in the form.
"""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "preset-list--cursor",
        *(f"preset-list--{look}" for look in LOOKS),
    }

    DEFAULT_CSS = """
    PresetList {
        overflow-x: hidden;
        scrollbar-gutter: stable;
        scrollbar-size-vertical: 1;
        background: transparent;
        & > .preset-list--name { color: $text; }
        & > .preset-list--muted { color: $text-muted; }
        & > .preset-list--opened { text-style: bold; color: $text-primary; }
        & > .preset-list--problem { color: $text-error; }
        & > .preset-list--unsaved { color: $text-warning; }
        & > .preset-list--cursor { background: $boost; }
        &:focus > .preset-list--cursor { background: $primary 25%; }
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        _binding("enter", "open", "Open", "Take it into the form", show=True),
        _binding("r", "rename", "Rename", "Give it another name, or another folder", show=True),
        _binding("c", "duplicate", "Duplicate", "Make a copy next to it"),
        _binding("delete,x", "delete", "Delete", "Delete it; u brings it back"),
        _binding("u", "undo", "Undo delete", "Bring back what was deleted last"),
        _binding("slash", "filter", "Filter presets", "Look for one by name or endpoint"),
        _binding("escape", "clear_filter", "Show all", "Show all presets again"),
        _binding("up,k", "move(-1)", "Up", "One row up"),
        _binding("down,j", "move(1)", "Down", "One row down"),
        _binding("pageup,ctrl+u", "move_page(-1)", "Page up", "One page up"),
        _binding("pagedown,ctrl+d", "move_page(1)", "Page down", "One page down"),
        _binding("home,g", "move_to_end(-1)", "Top", "First row"),
        _binding("end,G", "move_to_end(1)", "Bottom", "Last row"),
    ]

    entries: reactive[tuple[PresetEntry, ...]] = reactive[tuple[PresetEntry, ...]](())
    needle: reactive[str] = reactive("")
    """Words that name, endpoint or description must hold."""
    opened: reactive[PresetPlace | None] = reactive[PresetPlace | None](None)
    """The preset that is in the form."""
    is_unsaved: reactive[bool] = reactive(default=False)
    """Whether the form differs from it."""
    cursor: reactive[int] = reactive(0)
    is_typing: var[bool] = var(default=False)
    """Whether keys go into the filter."""

    @dataclass
    class Wanted(Message):
        """The user wants something done with a preset."""

        what: str
        """``open``, ``rename``, ``duplicate`` or ``delete``."""
        entry: PresetEntry

    class UndoWanted(Message):
        """The user wants back what was deleted last."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._rows: tuple[PresetEntry, ...] = ()

    @property
    def current(self) -> PresetEntry | None:
        """What is under the cursor."""
        return self._rows[self.cursor] if self.cursor < len(self._rows) else None

    def watch_entries(self) -> None:
        """Show other presets; the cursor stays on its preset, else on its row."""
        self._rebuild()

    def watch_needle(self) -> None:
        """Show those that fit; a cursor whose preset does not goes to the first."""
        self._rebuild(else_row=0)

    def watch_opened(self) -> None:
        """Draw another one as opened."""
        self.refresh()

    def watch_is_unsaved(self) -> None:
        """Draw the mark, or draw it no more."""
        self.refresh()

    def _rebuild(self, *, else_row: int | None = None) -> None:
        held = self.current
        self._rows = matching(by_use(self.entries), self.needle)
        place = held.place if held else None
        at = next((row for row, each in enumerate(self._rows) if each.place == place), None)
        if at is None:
            at = self.cursor if else_row is None else else_row
        self.virtual_size = Size(self.scrollable_content_region.width, len(self._rows))
        self.cursor = at
        self.watch_cursor()
        self.border_subtitle = self._count_words()
        self.refresh()
        self.refresh_bindings()

    def _count_words(self) -> Content:
        if self.needle or self.is_typing:
            return Content(f"/{sanitise(self.needle)} · {len(self._rows)} of {len(self.entries)}")
        return Content(f"{len(self.entries)}" if self.entries else "")

    def validate_cursor(self, cursor: int) -> int:
        """Keep the cursor on a row."""
        return max(0, min(cursor, len(self._rows) - 1))

    def watch_cursor(self) -> None:
        """Keep the cursor in sight."""
        self.scroll_to_region(Region(0, self.cursor, 1, 1), animate=False, force=True)

    def on_resize(self) -> None:
        """Stay as wide as the room there is."""
        self.virtual_size = Size(self.scrollable_content_region.width, len(self._rows))
        self.watch_cursor()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what can be done with the preset under the cursor."""
        if action in {"open", "rename", "duplicate", "delete"}:
            return self.current is not None and not self.is_typing
        if action == "clear_filter":
            return bool(self.needle)
        return super().check_action(action, parameters)

    def action_open(self) -> None:
        """Take the preset into the form."""
        self._want("open")

    def action_rename(self) -> None:
        """Give it another name."""
        self._want("rename")

    def action_duplicate(self) -> None:
        """Make a copy."""
        self._want("duplicate")

    def action_delete(self) -> None:
        """Delete it."""
        self._want("delete")

    def action_undo(self) -> None:
        """Bring back what was deleted last."""
        self.post_message(self.UndoWanted())

    def _want(self, what: str) -> None:
        if (entry := self.current) is not None:
            self.post_message(self.Wanted(what, entry))

    def action_move(self, rows: int) -> None:
        """Move the cursor, negative is up."""
        self.cursor += rows

    def action_move_page(self, direction: int) -> None:
        """Move the cursor by a page less one row."""
        self.cursor += direction * max(1, self.size.height - 1)

    def action_move_to_end(self, direction: int) -> None:
        """Move the cursor to the last row, or for a negative direction to the first."""
        self.cursor = len(self._rows) if direction > 0 else 0

    # The filter

    def action_filter(self) -> None:
        """Type what to look for."""
        self.is_typing = True
        self._rebuild()

    def action_clear_filter(self) -> None:
        """Show all again."""
        self._type("", is_over=True)

    def on_key(self, event: events.Key) -> None:
        """While a filter is typed, letters go into it; the arrows move on."""
        if not self.is_typing:
            return
        match event.key:
            case "enter":
                self._type(self.needle, is_over=True)
            case "escape":
                self._type("", is_over=True)
            case "backspace":
                self._type(self.needle[:-1])
            case _ if event.character is not None and event.character.isprintable():
                self._type(self.needle + event.character)
            case _:
                return
        event.stop()
        event.prevent_default()

    def on_blur(self) -> None:
        """Stop typing; what is filtered stays so."""
        self.is_typing = False

    def _type(self, needle: str, *, is_over: bool = False) -> None:
        self.is_typing = not is_over
        self.needle = needle
        self._rebuild()

    def on_click(self, event: events.Click) -> None:
        """A click goes there, a second one opens it."""
        event.stop()
        offset = event.get_content_offset(self)
        row = -1 if offset is None else offset.y + int(self.scroll_offset.y)
        if 0 <= row < len(self._rows):
            self.cursor = row
            if event.chain > 1:
                self.action_open()

    # Drawing

    def render_line(self, y: int) -> Strip:
        """Draw one row."""
        index = y + int(self.scroll_offset.y)
        width = self.scrollable_content_region.width
        if index >= len(self._rows):
            words = self._hint() if y == 0 and not self._rows else ""
            return Strip([Segment(words, self._look("muted", -1))]).adjust_cell_length(
                width, self._look("name", -1)
            )
        pieces = self._cells(self._rows[index], width)
        segments = [Segment(text, self._look(look, index)) for text, look in pieces]
        return Strip(segments).adjust_cell_length(width, self._look("name", index))

    def _hint(self) -> str:
        return _NO_FIT if self.entries else _EMPTY

    def _cells(self, entry: PresetEntry, width: int) -> list[tuple[str, str]]:
        is_opened = entry.place == self.opened
        mark = ("● ", "unsaved") if is_opened and self.is_unsaved else ("  ", "name")
        right, look = _right(entry)
        folder, slash, name = sanitise(entry.place.name).rpartition("/")
        room = max(0, width - _MARK_CELLS)
        folder = cut(f"{folder}{slash}", max(0, room - cell_len(name)))
        name = cut(name, room - cell_len(folder))
        left = room - cell_len(folder) - cell_len(name)
        right = cut(right, left - _GAP_CELLS) if left - _GAP_CELLS >= _ENDPOINT_CELLS_MIN else ""
        name_look = "opened" if is_opened else "name"
        return [
            mark,
            (folder, "muted"),
            (name, "problem" if isinstance(entry, BrokenPreset) else name_look),
            (" " * (left - cell_len(right)), "name"),
            (right, look),
        ]

    def _look(self, name: str, row: int) -> Style:
        look = self.get_component_rich_style(f"preset-list--{name}")
        if row != self.cursor or row < 0:
            return look
        cursor = self.get_component_rich_style("preset-list--cursor")
        return look + Style(bgcolor=cursor.bgcolor)


def _right(entry: PresetEntry) -> tuple[str, str]:
    match entry:
        case BrokenPreset():
            return "broken", "problem"
        case StoredPreset(endpoint_name=name):
            return sanitise(name), "muted"
