"""What rows are drawn on: its colours, and how far it scrolls, at little cost a frame.

A body that is laid out, or that comes, changes how many rows there are many times a second. To
Textual another size is a reason to lay out the whole screen; here only the scrollbar is told.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.style import Style
from textual.geometry import Size
from textual.reactive import Reactive
from textual.scroll_view import ScrollView

if TYPE_CHECKING:
    from typing import Self

    from textual.geometry import Region
    from textual.strip import Strip

_THUMB_STEPS = 8
"""In which a scrollbar draws a cell."""


class BodyCanvas(ScrollView):
    """A view that finds out its colours once for all rows of a frame."""

    virtual_size: Reactive[Size] = Reactive(Size(0, 0), layout=True)

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._looks: dict[str, Style] = {}
        """Until something is drawn anew, as Textual keeps those of component classes."""
        self._grounds: dict[str, Style] = {}
        self.is_for_screen = False
        """Whether a line is drawn to be seen, rather than to tell where the mouse is in it."""
        self._base: Style | None = None

    # Lines

    def render_lines(self, crop: Region) -> list[Strip]:
        """Draw lines to be seen; for where the mouse is, Textual asks for one by `render_line`.

        To say so of each of thousands of marks takes longer than to draw them.
        """
        self.is_for_screen = True
        try:
            return super().render_lines(crop)
        finally:
            self.is_for_screen = False

    # Colours

    def refresh(
        self,
        *regions: Region,
        repaint: bool = True,
        layout: bool = False,
        recompose: bool = False,
    ) -> Self:
        """Draw anew, in the colours that there are by then."""
        self._looks.clear()
        self._grounds.clear()
        self._base = None
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)

    @property
    def rich_style(self) -> Style:
        """The style of text that has none of its own; all ancestors have a say in it."""
        if self._base is None:
            self._base = super().rich_style
        return self._base

    def look(self, name: str) -> Style:
        """Return the colour of text of a component class, by the end of its name."""
        look = self._looks.get(name)
        if look is None:
            style = self.get_component_rich_style(f"body-view--{name}")
            look = Style(color=style.color, bold=style.bold, italic=style.italic)
            self._looks[name] = look
        return look

    def ground(self, name: str) -> Style:
        """Return what lies beneath text of a component class, its alpha blended with ours."""
        ground = self._grounds.get(name)
        if ground is None:
            style = self.get_component_rich_style(f"body-view--{name}")
            ground = self._grounds[name] = Style(bgcolor=style.bgcolor)
        return ground

    # Room

    def make_room(self, width: int, height: int) -> None:
        """Let one scroll over so many cells and rows; lays out the screen only if it must."""
        before, size = self.virtual_size, Size(width, height)
        is_larger = width >= before.width and height >= before.height
        if not is_larger or self._scrollbars_for(size) != self._scrollbars:
            self.virtual_size = size
        elif size != before:
            is_at_end = self.scroll_y >= self.max_scroll_y
            self.set_reactive(BodyCanvas.virtual_size, size)
            if self.show_vertical_scrollbar:
                self._tell_scrollbar(height, is_exact=is_at_end)

    def watch_show_vertical_scrollbar(self) -> None:
        """Tell the scrollbar how far it is: Textual tells one that is shown, as that changes."""
        if self.show_vertical_scrollbar:
            self.vertical_scrollbar.position = self.scroll_y

    def watch_show_horizontal_scrollbar(self) -> None:
        """Do the same for the one below."""
        if self.show_horizontal_scrollbar:
            self.horizontal_scrollbar.position = self.scroll_x

    def _tell_scrollbar(self, height: int, *, is_exact: bool) -> None:
        """Let it draw its thumb, if that looks different by an eighth of a cell or is held."""
        scrollbar = self.vertical_scrollbar
        seen = scrollbar.window_virtual_size * (1 + 1 / (_THUMB_STEPS * (self.size.height or 1)))
        if is_exact or scrollbar.grabbed or height > seen:
            scrollbar.window_virtual_size = height

    @property
    def _scrollbars(self) -> tuple[bool, bool]:
        return self.show_horizontal_scrollbar, self.show_vertical_scrollbar

    def _scrollbars_for(self, size: Size) -> tuple[bool, bool]:
        """Return whether there are to be scrollbars, sideways and downwards."""
        room = self.container_size
        is_long = size.height > room.height
        beside = self.styles.scrollbar_size_vertical if is_long else 0
        return size.width > room.width - beside, is_long
