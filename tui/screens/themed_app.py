"""The app as far as themes go: taken in from files, tried on, kept, followed when edited.

theme files ──▶ taken in at the start, and again when one changes
                    │ a broken one is told and stays as it was before
                    ▼
settings.theme ──▶ worn ◀── chosen in the theme dialog, and remembered
"""

from __future__ import annotations

from asyncio import Lock
from functools import partial
from typing import TYPE_CHECKING

from textual import on, work
from textual.app import App
from textual.events import Mount

from tui.blocking import run_blocking
from tui.body.sanitise import sanitise
from tui.domain.errors import StorageFailed
from tui.store.problems import Problem, unknown
from tui.store.remembered import Remembered, remember
from tui.store.settings import Settings
from tui.store.themes import ThemeFiles, load_theme_files
from tui.widgets.theming import prepare_themes, variable_defaults

if TYPE_CHECKING:
    from textual.theme import Theme

    from tui.store.paths import Paths

POLL_S = 2.0
"""Between looks at the theme files: soon enough for somebody who edits one."""
TOLD_FOR_S = 10.0
"""A problem names a file, a key and a rule; that takes longer to read than most notes."""


class ThemedApp(App[object]):
    """An app that wears the themes of the theme files, and Textual's."""

    def __init__(self, *, settings: Settings, paths: Paths) -> None:
        super().__init__()
        self._settings = settings
        self._paths = paths
        self._theme_files = ThemeFiles()
        self._told: frozenset[Problem] = frozenset()
        self._looking_at_themes = Lock()
        self._untold = self._take_in(load_theme_files(paths.user_themes))
        self._put_on_first_theme()

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Give our own variables a value in every theme."""
        return variable_defaults(self.current_theme)

    def themes_in_order(self) -> tuple[Theme, ...]:
        """Return those of theme files first, then Textual's."""
        own = {file.name for file in self._theme_files.themes}
        return tuple(sorted(self.available_themes.values(), key=lambda each: each.name not in own))

    def keep_theme(self, name: str | None) -> None:
        """Wear a theme from now on, in later runs too; None changes nothing."""
        if name is not None and name in self.available_themes:
            self.theme = name
            self._remember_theme(name)

    def action_change_theme(self) -> None:
        """Offer the themes."""
        from tui.screens.theme import ThemeScreen

        self.push_screen(ThemeScreen(self.themes_in_order(), self.theme), self.keep_theme)

    def tell_failure(self, error: StorageFailed) -> None:
        """Tell what could not be read or written."""
        self.notify(sanitise(error.summary), severity="error", markup=False)

    @on(Mount)
    def _begin_following_themes(self) -> None:
        self._tell_problems(self._untold)
        self.set_interval(POLL_S, self._follow_theme_files)

    # Not exclusive: on a slow disk, each look would end the one before it, and none be seen.
    @work(group="themes", description="look for changed theme files")
    async def _follow_theme_files(self) -> None:
        if self._looking_at_themes.locked():
            return
        async with self._looking_at_themes:
            files = await run_blocking(
                partial(load_theme_files, self._paths.user_themes), name="read-themes"
            )
        if files != self._theme_files:
            self._tell_problems(self._take_in(files))
            self.mutate_reactive(App.theme)  # the one in use may be the one that changed

    @work(group="remember", exclusive=True, description="remember the theme")
    async def _remember_theme(self, name: str) -> None:
        choice = Remembered(theme=name, configured_theme=self._settings.configured_theme)
        try:
            await run_blocking(partial(remember, self._paths.remembered_file, choice))
        except StorageFailed as error:
            self.tell_failure(error)

    def _take_in(self, files: ThemeFiles) -> tuple[Problem, ...]:
        """Register what can be worn and return what cannot; that stays as it was."""
        self._theme_files = files
        themes = prepare_themes(files)
        for theme in themes.themes:
            self.register_theme(theme)
        return themes.problems

    def _put_on_first_theme(self) -> None:
        """Wear the chosen theme from the first paint on, so that no second one follows."""
        name = self._settings.theme
        if name not in self.available_themes:
            rule = unknown("theme", name, self.available_themes)
            self._untold += (Problem(source="theme", key=name, rule=rule),)
            name = Settings().theme
        self.set_reactive(App.theme, name)
        # What Textual does when the theme changes, but for drawing a screen that is not there yet.
        self.set_class(self.current_theme.dark, "-dark-mode", update=False)
        self.set_class(not self.current_theme.dark, "-light-mode", update=False)
        self._refresh_truecolor_filter(self.ansi_theme)
        self.stylesheet.set_variables(self.get_css_variables())

    def _tell_problems(self, problems: tuple[Problem, ...]) -> None:
        """Tell each problem once, until it is gone and comes back."""
        for problem in problems:
            if problem not in self._told:
                words = sanitise(str(problem))
                self.notify(words, severity="warning", timeout=TOLD_FOR_S, markup=False)
        self._told = frozenset(problems)
