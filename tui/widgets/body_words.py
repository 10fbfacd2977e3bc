"""What is said of a body above it, cut to the room there is, what one looks for least of all."""

from __future__ import annotations

from dataclasses import dataclass

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

_GAP = "  "
_SEPARATOR = " · "


@dataclass(frozen=True, slots=True)
class BodyWords:
    """Words that say what a body is, and where in it one is; all drawable."""

    what: str = ""
    """What it is, how it was made, and what is being done with it."""
    where: str = ""
    """Which place of what was looked for one is at, and the path of the line."""

    def __str__(self) -> str:
        """Return all of it."""
        return _SEPARATOR.join(filter(None, (self.what, self.where)))

    def fit(self, room_cells: int) -> Content:
        """Return it no wider than that: what it is gives way to the place that one is at."""
        return self._cut(room_cells).stylize("$text-muted")

    def _cut(self, room_cells: int) -> Content:
        whole = Content(str(self))
        if whole.cell_length <= room_cells or not self.where:
            return whole.truncate(max(0, room_cells), ellipsis=True)
        where = Content(self.where).truncate(room_cells, ellipsis=True)
        rest_cells = room_cells - where.cell_length - len(_SEPARATOR)
        if rest_cells < 1 or not self.what:
            return where
        what = Content(self.what).truncate(rest_cells, ellipsis=True)
        return Content.assemble(what, _SEPARATOR, where)


class BodyTitle(Widget):
    """The word "Body", and what is said of it, on one line."""

    DEFAULT_CSS = "BodyTitle { height: 1; color: $text-muted; }"

    said: reactive[BodyWords] = reactive(BodyWords())

    def render(self) -> Content:
        """Draw as much as there is room for."""
        name = Content.styled("Body", "bold $text")
        room_cells = self.size.width - name.cell_length - len(_GAP)
        return Content.assemble(name, _GAP, self.said.fit(room_cells))
