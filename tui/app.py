"""The terminal program: its first screen, and what belongs to every screen.

Keys that work everywhere, help, jumping, the palette, the clipboard; the last net beneath all that
is drawn, and the end, whichever way it comes. Themes are in `tui.screens.themed_app`.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from functools import partial
from typing import TYPE_CHECKING, ClassVar, assert_never

from rich.text import Text
from textual import on, work
from textual.events import Mount, Unmount

from tui.body.sanitise import sanitise
from tui.domain.errors import StorageFailed
from tui.saved import open_saved
from tui.screens import app_keys
from tui.screens.themed_app import ThemedApp
from tui.screens.typing_order import TypingOrder, is_typed
from tui.widgets.copying import CopyRequested
from tui.widgets.last_net import LAST_NET

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from textual.binding import BindingType
    from textual.command import Provider
    from textual.driver import Driver
    from textual.events import Event
    from textual.filter import LineFilter
    from textual.screen import Screen

    from tui.body.pieces import Pieces
    from tui.domain.bundles import OpenedBundle
    from tui.domain.history import HistoryEvent
    from tui.explorer import Explorer
    from tui.store.paths import Paths
    from tui.store.problems import Problem
    from tui.store.settings import Settings


def _everything_bound() -> type[Provider]:
    from tui.screens.commands import EverythingBound

    return EverythingBound


class SagescopeApp(ThemedApp):
    """sagescope in a terminal."""

    TITLE = "sagescope"
    CSS = app_keys.LOOKS
    COMMANDS = {_everything_bound}  # noqa: RUF012 - Textual declares it so
    BINDINGS: ClassVar[list[BindingType]] = [*app_keys.ALL]

    def __init__(
        self,
        *,
        explorer: Explorer,
        settings: Settings,
        paths: Paths,
        shipped_presets: tuple[Path, ...] = (),
        bundle: OpenedBundle | None = None,
    ) -> None:
        super().__init__(settings=settings, paths=paths)
        self._saved = open_saved(paths, settings.presets, shipped_presets)
        self._explorer = explorer
        self._bundle = bundle
        self._copied: Pieces = ()
        self._stop_listening: Callable[[], None] = _do_nothing
        self._typing_order = TypingOrder(self, super().on_event)
        self.animation_level = "none"  # over ssh an animated page costs 444 kB, a plain one 17 kB

    def get_default_screen(self) -> Screen[None]:
        """Return the first screen."""
        from tui.screens.explore.screen import ExploreScreen
        from tui.screens.services import Services

        services = Services(
            explorer=self._explorer,
            settings=self._settings,
            saved=self._saved,
            remembered_file=self._paths.remembered_file,
        )
        return ExploreScreen(services)

    async def on_event(self, event: Event) -> None:
        """Take keys one by one, each when the one before has had its effect."""
        if is_typed(event):
            await self._typing_order.take(event)
        else:
            await super().on_event(event)

    def get_driver_class(self) -> type[Driver]:
        """Return what draws on a terminal, and outlives it."""
        usual = super().get_driver_class()
        if usual.__name__ != "LinuxDriver":
            return usual
        from tui.screens.terminal_driver import TerminalDriver

        return TerminalDriver

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Put the last net beneath all that is drawn."""
        return [*super().get_line_filters(), LAST_NET]

    @property
    def clipboard(self) -> str:
        """What was copied last, for ctrl+v in an input; not put together before that is pressed."""
        return "".join(self._copied)

    def copy_to_clipboard(self, text: str) -> None:
        """Let Textual's own copying go the same way as ours."""
        self.post_message(CopyRequested(text, "the selection"))

    def action_command_palette(self) -> None:
        """Find everything that can be done here by its name."""
        from tui.screens.palette import Palette

        if not Palette.is_open(self):
            self.push_screen(Palette(id="--command-palette"))

    def action_show_help(self) -> None:
        """Help for what has the focus; pressed again, close it."""
        from tui.screens.help import HelpScreen, help_page

        if isinstance(self.screen, HelpScreen):
            self.screen.action_leave()
        else:
            self.push_screen(HelpScreen(help_page(self, self.screen)))

    def action_jump(self) -> None:
        """Let a letter say where the focus goes."""
        from tui.screens.jump import JumpScreen, jump_targets

        screen = self.screen
        targets = jump_targets(screen)
        if targets and not isinstance(screen, JumpScreen):
            self.push_screen(JumpScreen(targets), screen.set_focus)

    def action_show_debug(self) -> None:
        """Show what a bug report needs."""
        from tui.screens.debug import DebugScreen, gather_facts

        if not isinstance(self.screen, DebugScreen):
            facts = gather_facts(self, self._explorer.connection, self._paths, os.environ)
            self.push_screen(DebugScreen(facts))

    @on(Mount)
    def _start(self) -> None:
        self.set_keymap(self._settings.keymap)
        self._end_on_signals()
        if (history := self._explorer.history) is not None:
            self._stop_listening = history.listen(self._tell_history)
        if self._bundle is not None:
            self.call_after_refresh(self._show_bundle, self._bundle)

    def _show_bundle(self, bundle: OpenedBundle) -> None:
        """Begin with the request and the answer of a bundle."""
        from tui.screens.explore.bundle import ExploreBundle

        self.screen.post_message(ExploreBundle.BundleOpened(bundle))

    @on(Unmount)
    def _end(self) -> None:
        self._stop_listening()

    def _tell_history(self, event: HistoryEvent) -> None:
        """Say what went wrong with the history; the answer was shown all the same."""
        from tui.domain.history import HistoryChanged, HistorySetAside, RecordingFailed

        match event:
            case HistoryChanged():
                pass
            case RecordingFailed(error=error):
                self.tell_failure(error)
            case HistorySetAside(path=path):
                words = f"The history was damaged: it is now {path}, and a new one was begun"
                self.notify(sanitise(words), severity="warning", markup=False)
            case _:
                assert_never(event)

    @on(CopyRequested)
    def _take_copy(self, event: CopyRequested) -> None:
        event.stop()
        self._copied = event.pieces
        self._copy(event)

    @work(group="copy", description="copy to a clipboard")
    async def _copy(self, event: CopyRequested) -> None:
        # Imported here: 1 ms with what runs programs.
        from tui.screens.copying import copied

        file = self._paths.cache / "copied.txt"
        try:
            words = await copied(event, write_to_terminal=self._write_to_terminal, file=file)
        except StorageFailed as error:
            self.tell_failure(error)
        else:
            self.notify(sanitise(words), markup=False)

    def _write_to_terminal(self, sequence: str) -> None:
        if self._driver is not None:
            self._driver.write(sequence)

    def _end_on_signals(self) -> None:
        """End like quit, so that the terminal is put in order; Textual leaves it as it is."""
        if sys.platform == "win32":
            return
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGHUP):
            loop.add_signal_handler(number, partial(self.exit, return_code=128 + number))

    def _fatal_error(self) -> None:
        """Report what nobody caught; Textual would print local variables, secrets among them."""
        from tui.screens.crash import last_words
        from tui.screens.debug import package_version

        if (error := sys.exception()) is not None:
            program = f"{self.title} {package_version(self.title)}"
            self.panic(Text(last_words(error, self._paths.log_file, program=program)))


def _do_nothing() -> None:
    """Stand where there is nothing to stop."""


def keymap_problems(keymap: Mapping[str, str]) -> tuple[Problem, ...]:
    """Say all that is wrong in a keymap; the source is left open, the caller knows the file."""
    if not keymap:
        return ()
    from tui.screens.keymap import all_bound, find_problems

    return find_problems(keymap, all_bound(SagescopeApp))
