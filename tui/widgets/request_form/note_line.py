"""The line beneath the endpoint's name: what to know before sending."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content
from textual.widgets import Static

if TYPE_CHECKING:
    from tui.widgets.request_form.rules import Note


class NoteLine(Static):
    """Says notes side by side; takes no row while there are none."""

    DEFAULT_CSS = """
    NoteLine { height: 1; color: $text-muted; text-wrap: nowrap; text-overflow: ellipsis; }
    """

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id, markup=False)

    def tell(self, found: tuple[Note, ...]) -> None:
        """Say these notes instead of those before."""
        self.display = bool(found)
        styled = (Content.styled(note.words, note.look) for note in found)
        self.update(Content(" · ").join(styled))
