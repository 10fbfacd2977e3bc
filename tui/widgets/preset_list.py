"""The list of saved requests, used last first, under the endpoints.

It is handed entries and tells what the user wants done with one; it never reads a file.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive, var

from tui.body.sanitise import sanitise
from tui.domain.presets import (
    BrokenPreset,
    PresetEntry,
    PresetPlace,
    StoredPreset,
    by_use,
    matching,
    told_apart,
)
from tui.widgets.endpoint_cells import cut
from tui.widgets.row_list import RowList, list_binding, moving_bindings

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from textual import events
    from textual.binding import Binding, BindingType

LOOKS = ("name", "muted", "opened", "problem", "unsaved")
_MARK_CELLS = 2
_GAP_CELLS = 2
_ENDPOINT_CELLS_MIN = 6
"""An endpoint of which less could be shown is left out."""
_EMPTY = "ctrl+s saves the request as a preset"
_NO_FIT = "nothing fits"


def _binding(keys: str, action: str, name: str, tooltip: str, *, show: bool = False) -> Binding:
    return list_binding("presets", keys, action, name, tooltip, show=show)


class PresetList(RowList[PresetEntry]):
    """One row for each preset.

    Component classes: one for each of `LOOKS`.
    """

    HELP = """\
Saved requests, those sent last first. Each is a file of its own; broken ones say why.

Of two with one name, the demo's says so, and yours say their folders where there are several.

Enter takes a preset into the form, ctrl+j takes it and sends it at once. r renames it or moves it
to another folder, c makes a copy, delete removes it and u brings it back. / filters by name,
endpoint and description. ctrl+s saves what is in the form.
"""

    COMPONENT_CLASSES: ClassVar[set[str]] = {f"row-list--{look}" for look in LOOKS}

    DEFAULT_CSS = """
    PresetList {
        scrollbar-gutter: stable;
        & > .row-list--name { color: $text; }
        & > .row-list--muted { color: $text-muted; }
        & > .row-list--opened { text-style: bold; color: $text-primary; }
        & > .row-list--problem { color: $text-error; }
        & > .row-list--unsaved { color: $text-warning; }
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
        *moving_bindings("presets"),
    ]

    entries: reactive[tuple[PresetEntry, ...]] = reactive[tuple[PresetEntry, ...]](())
    needle: reactive[str] = reactive("")
    """Words that name, endpoint or description must hold."""
    opened: reactive[PresetPlace | None] = reactive[PresetPlace | None](None)
    """The preset that is in the form."""
    is_unsaved: reactive[bool] = reactive(default=False)
    """Whether the form differs from it."""
    is_typing: var[bool] = var(default=False)
    """Whether keys go into the filter."""

    _origins: Mapping[PresetPlace, str] = MappingProxyType({})
    """See `told_apart`."""
    _followed: PresetPlace | None = None
    """Where the cursor goes as soon as that preset is among the entries."""

    @dataclass
    class Wanted(Message):
        """The user wants something done with a preset."""

        what: str
        """``open``, ``rename``, ``duplicate`` or ``delete``."""
        entry: PresetEntry

    class UndoWanted(Message):
        """The user wants back what was deleted last."""

    def follow(self, place: PresetPlace) -> None:
        """Put the cursor on a preset that was just made, once it is among the entries."""
        self._followed = place
        self._rebuild()

    def watch_entries(self) -> None:
        """Show other presets; the cursor stays on its preset, else on its row."""
        self._origins = told_apart(self.entries)
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
        rows = matching(by_use(self.entries), self.needle)
        place = held.place if held else None
        if any(each.place == self._followed for each in rows):
            place, self._followed = self._followed, None
        at = next((row for row, each in enumerate(rows) if each.place == place), None)
        if at is None:
            at = self.cursor if else_row is None else else_row
        self.show_rows(rows, at)
        self.hint = _NO_FIT if self.entries else _EMPTY
        self.border_subtitle = self._count_words(len(rows))
        self.refresh_bindings()

    def _count_words(self, shown: int) -> Content:
        if not self.entries:
            return Content("")
        if self.needle or self.is_typing:
            return Content(f"/{sanitise(self.needle)} · {shown} of {len(self.entries)}")
        return Content(f"{len(self.entries)} preset{'s' * (len(self.entries) != 1)}")

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

    def row_clicked(self, chain: int) -> None:
        """A second click opens it."""
        if chain > 1:
            self.action_open()

    # Drawing

    def row_cells(self, row: PresetEntry, width: int) -> Sequence[tuple[str, str]]:
        """Return what stands in a row: its folder and name, and the endpoint at the right."""
        is_opened = row.place == self.opened
        mark = ("● ", "unsaved") if is_opened and self.is_unsaved else ("  ", "name")
        right, look = _right(row)
        folder, slash, name = sanitise(row.place.name).rpartition("/")
        room = max(0, width - _MARK_CELLS)
        folder = cut(f"{folder}{slash}", max(0, room - cell_len(name)))
        origin = self._origins.get(row.place, "")
        origin = f" · {sanitise(origin)}" if origin else ""
        name = cut(name, max(0, room - cell_len(folder) - cell_len(origin)))
        origin = cut(origin, room - cell_len(folder) - cell_len(name))
        left = room - cell_len(folder) - cell_len(name) - cell_len(origin)
        right = cut(right, left - _GAP_CELLS) if left - _GAP_CELLS >= _ENDPOINT_CELLS_MIN else ""
        name_look = "opened" if is_opened else "name"
        return [
            mark,
            (folder, "muted"),
            (name, "problem" if isinstance(row, BrokenPreset) else name_look),
            (origin, "muted"),
            (" " * (left - cell_len(right)), "name"),
            (right, look),
        ]


def _right(entry: PresetEntry) -> tuple[str, str]:
    match entry:
        case BrokenPreset():
            return "broken", "problem"
        case StoredPreset(endpoint_name=name):
            return sanitise(name), "muted"
