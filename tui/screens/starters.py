"""Starting points for a new request, to choose from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on
from textual.containers import Vertical

from tui.domain.presets import Preset
from tui.domain.starters import STARTERS
from tui.screens.dialog import Dialog
from tui.widgets.picker import Choice, Picker

if TYPE_CHECKING:
    from textual.app import ComposeResult


class StartersScreen(Dialog[Preset]):
    """Gives back a starting point; it names no endpoint."""

    HELP = """\
Each is a body of a shape that many models take, with the types that go with it. The numbers and
words in it are there to be replaced by yours; the endpoint stays the one that you chose.
"""

    DEFAULT_CSS = """
    StartersScreen > #frame { max-width: 90; }
    """

    def compose(self) -> ComposeResult:
        """Lay out the choices."""
        choices = tuple(
            Choice(label=each.title, value=str(number), note=each.models)
            for number, each in enumerate(STARTERS)
        )
        with Vertical(id="frame") as frame:
            frame.border_title = "Begin with a body of the usual shape"
            frame.border_subtitle = "enter take it · escape close"
            yield Picker(choices, takes_free_text=False, id="starters")

    def on_mount(self) -> None:
        """Begin to type."""
        self.query_one(Picker).needle.focus()

    @on(Picker.Chosen)
    def _take(self, event: Picker.Chosen) -> None:
        event.stop()
        if event.choice.value is not None:
            self.dismiss(STARTERS[int(event.choice.value)].preset)
