"""The last line of the form: what the focused field is for, and how full it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from tui.domain.fields import FIELDS, field_named
from tui.widgets.body_editor.editor import BodyEditor
from tui.widgets.field_row.row import FieldRow

if TYPE_CHECKING:
    from tui.domain.fields import Field
    from tui.widgets.request_form.fields import RowBook

_PREVIEW_HELP = "What Send would put on the wire, signed and not sent; secrets are masked."


class HelpLine(Widget):
    """Help on the left, cut to the room there is; a count on the right."""

    DEFAULT_CSS = """
    HelpLine { height: 1; width: 1fr; color: $text-muted; }
    """

    help_words: reactive[Content] = reactive(Content(FIELDS[0].help))
    count_words: reactive[Content] = reactive(Content(""))

    def __init__(self, rows: RowBook) -> None:
        super().__init__()
        self._rows = rows
        self._field: Field | None = FIELDS[0]
        """Whose help is shown; None for that of the preview."""

    def explain(self, focused: Widget) -> None:
        """Say what ``focused`` is for; what is no field leaves the last words standing."""
        field = _field_of(focused)
        if field is None and not _is_in_preview(focused):
            return
        self._field = field
        self.help_words = Content(field.help if field else _PREVIEW_HELP)
        self.count()

    def count(self) -> None:
        """Say how full the explained field is now."""
        row = self._rows.get(self._field.attribute) if self._field else None
        self.count_words = row.count_words() if row else Content("")

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


def _field_of(focused: Widget) -> Field | None:
    for each in focused.ancestors:
        match each:
            case FieldRow(field=field):
                return field
            case BodyEditor():
                return field_named("body")
            case _:
                pass
    return None


def _is_in_preview(widget: Widget) -> bool:
    return any(each.id == "request-preview" for each in widget.ancestors_with_self)
