"""What a document can do that is a picture: be drawn anew for the room that it has."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, runtime_checkable

if TYPE_CHECKING:
    from tui.body.rows import Document


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """How much of the screen there is for the rows of a document."""

    width_cells: int
    height_rows: int


@runtime_checkable
class Pictured(Protocol):
    """A document whose rows depend on the room there is, and take too long for the event loop."""

    def is_drawn_for(self, room: Room) -> bool:
        """Whether its rows are those for that room."""
        ...

    def drawn_for(self, room: Room) -> Document:
        """Return the same, drawn for that room; any thread may call."""
        ...
