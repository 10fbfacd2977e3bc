"""The terminal program: its themes, its keys, its first screen.

What belongs to every screen lives here; what a screen shows and does lives with the screen.
"""

from __future__ import annotations

import asyncio
import signal
import sys
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import App
from textual.binding import Binding
from textual.events import Mount

from tui.store.themes import load_theme_files
from tui.widgets.last_net import LAST_NET
from tui.widgets.theming import prepare_themes, variable_defaults

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.binding import BindingType
    from textual.filter import LineFilter
    from textual.screen import Screen

    from tui.explorer import Explorer
    from tui.store.paths import Paths
    from tui.store.settings import Settings


class SagescopeApp(App[None]):
    """sagescope in a terminal."""

    TITLE = "sagescope"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "ctrl+q",
            "quit",
            "Quit",
            show=False,
            priority=True,
            id="app.quit",
            tooltip="End the program; a request that is out is no longer waited for",
        ),
        Binding(
            "ctrl+p",
            "command_palette",
            "Palette",
            priority=True,
            id="app.palette",
            tooltip="Find everything that can be done here by its name",
        ),
    ]

    def __init__(self, *, explorer: Explorer, settings: Settings, paths: Paths) -> None:
        super().__init__()
        self._explorer = explorer
        self._settings = settings
        self._paths = paths
        self.animation_level = "none"  # over ssh an animated page costs 444 kB, a plain one 17 kB
        self._put_on_theme()

    def get_default_screen(self) -> Screen[object]:
        """Return the first screen."""
        from tui.screens.explore import ExploreScreen

        return ExploreScreen(self._explorer, self._settings)

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Give our own variables a value in every theme."""
        return variable_defaults(self.current_theme)

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Put the last net beneath all that is drawn."""
        return [*super().get_line_filters(), LAST_NET]

    @on(Mount)
    def _start(self) -> None:
        self.set_keymap(self._settings.keymap)
        self._end_on_signals()

    def _put_on_theme(self) -> None:
        """Register all themes and wear the chosen one from the first paint on."""
        themes = prepare_themes(load_theme_files(self._paths.user_themes))
        for theme in themes.themes:
            self.register_theme(theme)
        if self._settings.theme in self.available_themes:
            self.set_reactive(App.theme, self._settings.theme)
            self.stylesheet.set_variables(self.get_css_variables())

    def _end_on_signals(self) -> None:
        """End like quit, so that the terminal is put in order; Textual leaves it as it is."""
        if sys.platform == "win32":
            return
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGHUP):
            loop.add_signal_handler(number, partial(self.exit, return_code=128 + number))
