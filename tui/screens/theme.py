"""Choosing a theme: the one under the cursor is worn at once, and kept with enter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on
from textual.containers import Vertical

from tui.screens.dialog import Dialog
from tui.widgets.picker import Choice, Picker

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult
    from textual.theme import Theme
    from textual.timer import Timer

PREVIEW_DELAY_S = 0.08
"""Dressing the main screen anew takes longer than a key repeats."""


class ThemeScreen(Dialog[str]):
    """Gives back the name of the theme to keep; None puts the old one back on."""

    HELP = "Up and down try a theme on, enter keeps it, escape puts the old one back on."

    DEFAULT_CSS = """
    ThemeScreen {
        background: transparent;
        align: right top;
        & > #frame { width: 44; max-width: 100%; margin: 1 2; }
        & Picker { height: auto; max-height: 24; border: none; &:focus-within { border: none; } }
    }
    """

    def __init__(self, themes: Sequence[Theme], current: str) -> None:
        super().__init__()
        self._choices = theme_choices(themes, current)
        self._before = current
        self._trying: Timer | None = None

    def compose(self) -> ComposeResult:
        """Lay out the list."""
        with Vertical(id="frame") as frame:
            frame.border_title = "Theme"
            frame.border_subtitle = "enter keep · escape put back"
            yield Picker(self._choices, takes_free_text=False)

    def action_leave(self) -> None:
        """Put the old theme back on and leave."""
        self._stop_trying()
        self.app.theme = self._before
        super().action_leave()

    @on(Picker.Moved)
    def _try_on(self, event: Picker.Moved) -> None:
        event.stop()
        self._stop_trying()
        name = event.choice.value
        if name is not None and name != self.app.theme:
            self._trying = self.set_timer(PREVIEW_DELAY_S, lambda: self._wear(name))

    @on(Picker.Chosen)
    def _keep(self, event: Picker.Chosen) -> None:
        event.stop()
        self._stop_trying()
        self.dismiss(event.choice.value)

    def _wear(self, name: str) -> None:
        # A theme file may have been deleted while the list was open.
        if name in self.app.available_themes:
            self.app.theme = name

    def _stop_trying(self) -> None:
        if self._trying is not None:
            self._trying.stop()


def theme_choices(themes: Sequence[Theme], current: str) -> tuple[Choice, ...]:
    """List themes in the order given, each with what it is for."""
    return tuple(
        Choice(
            label=theme.name,
            value=theme.name,
            note="" if theme.dark else "light",
            is_current=theme.name == current,
        )
        for theme in themes
    )
