"""Pictures in a body view: drawn in a thread for the room that there is, anew when that changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import work

from tui.blocking import run_blocking
from tui.body.binary.pictured import Pictured, Room
from tui.widgets.body_view.lens import BodyLens

if TYPE_CHECKING:
    from tui.body.rows import Document

_BESIDE_CELLS = 6
"""Of the gutter, as wide as it gets here, and the scrollbar: room that must not come and go."""


class BodyPicture(BodyLens):
    """Draws a `Pictured` document; leaves all others as they are."""

    def show_document(self, document: Document | None, *, offset: int = 0) -> None:
        """Show what there is of a picture until it is drawn."""
        super().show_document(document, offset=offset)
        self._draw_picture()

    def open_anew(self) -> Document | None:
        """Have a picture as it is drawn here, in characters."""
        return self.document if isinstance(self.document, Pictured) else super().open_anew()

    def on_resize(self) -> None:
        """Draw it for another room; Textual calls those of the other classes, too."""
        self._draw_picture()

    def words(self) -> list[str]:
        """Say that a picture is none here, too."""
        words = super().words()
        if isinstance(self.document, Pictured) and not self.has_colours:
            words.append("in characters: the terminal has too few colours, or NO_COLOR is set")
        return words

    def _draw_picture(self) -> None:
        document, room = self.document, self._room
        if isinstance(document, Pictured) and room is not None and not document.is_drawn_for(room):
            self._draw_for(document, room)

    @property
    def _room(self) -> Room | None:
        """What there is for rows, whether or not a scrollbar is shown; None before the layout."""
        width, height = self.content_region.size
        if width <= _BESIDE_CELLS or height < 1:
            return None
        return Room(width_cells=width - _BESIDE_CELLS, height_rows=height)

    @work(exclusive=True, group="picture", description="draw a picture")
    async def _draw_for(self, document: Pictured, room: Room) -> None:
        drawn = await run_blocking(lambda: document.drawn_for(room), name="picture")
        shown = self.document
        if isinstance(shown, Pictured) and shown is document:
            offset = self.offset_of_cursor
            self.take_up(drawn, offset)
            self.show_document(drawn, offset=offset)
            self.describe()
