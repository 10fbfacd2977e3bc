"""The last line of the form: what the focused field is for, and how full it is."""

from __future__ import annotations

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget


class HelpLine(Widget):
    """Help on the left, cut to the room there is; a count on the right."""

    DEFAULT_CSS = """
    HelpLine { height: 1; width: 1fr; color: $text-muted; }
    """

    help_words: reactive[Content] = reactive(Content(""))
    count_words: reactive[Content] = reactive(Content(""))

    def render(self) -> Content:
        """Wrap the help to the lines there are; the count ends the first."""
        width, height = self.content_size
        count = self.count_words
        room = width - count.cell_length - 2
        if room < 1:
            return count
        lines = self.help_words.wrap(room)
        shown = lines[: max(height, 1)] or [Content("")]
        if len(lines) > len(shown):
            rest = Content(" ").join([shown[-1], lines[len(shown)]])
            shown[-1] = rest.truncate(room, ellipsis=True)
        shown[0] = Content.assemble(shown[0].pad_right(room - shown[0].cell_length), "  ", count)
        return Content("\n").join(shown)
