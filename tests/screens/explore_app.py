"""The main screen, opened as the command line opens it, on whatever answers."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from textual.widgets import Static

from tests.app.waiting import until
from tests.patience import PATIENCE_S
from tui.app import SagescopeApp
from tui.aws.connector import AwsConnector
from tui.domain.connections import Connection
from tui.domain.exchanges import Done
from tui.explorer import Explorer
from tui.history import History
from tui.store.history import HistoryBounds, HistoryFile
from tui.store.paths import find_paths
from tui.store.settings import Settings
from tui.widgets.copying import CopyRequested
from tui.widgets.facts_strip import FactsStrip

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from textual.pilot import Pilot

    from tui.demo.wire import ReceivedRequest
    from tui.screens.explore.screen import ExploreScreen


def invocations(server) -> list[ReceivedRequest]:
    """Return what was sent to models; lists and descriptions are asked for at any time."""
    return [each for each in server.requests if each.path.endswith("/invocations")]


class Opened:
    """The program under a pilot, with what a test asks of it."""

    def __init__(self, app: SagescopeApp, pilot: Pilot[None]) -> None:
        self.app = app
        self.pilot = pilot
        self.screen: ExploreScreen = app.screen
        self._copies: dict[int, CopyRequested] = {}

    def note(self, message) -> None:
        """Remember what is to be copied; a message comes by once for every node on its way."""
        if isinstance(message, CopyRequested):
            self._copies[id(message)] = message

    @property
    def copied(self) -> list[str]:
        return [each.text for each in self._copies.values()]

    async def until(self, is_so: Callable[[], object]) -> None:
        """Wait for a condition, within reason, and for what follows from it at once."""
        await self.pilot.pause()
        await until(is_so)

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)

    async def listed(self) -> None:
        listing = lambda: self.screen.endpoints_pane.listing  # noqa: E731 - read anew each time
        await self.until(lambda: listing().endpoints and not listing().is_loading)

    async def choose(self, name: str) -> None:
        """Filter for an endpoint and take it into the request, once it is described."""
        await self.listed()
        self.screen.action_filter_endpoints()
        self.screen.endpoints_pane.browser.filter_input.value = name
        await self.pilot.pause()
        await self.press("enter", "enter")
        await self.until(lambda: getattr(self.screen.form.description, "name", "") == name)
        await self.pilot.pause()

    async def send(self) -> None:
        """Send, and wait until it has ended."""
        before = self.screen.send_state
        await self.press("ctrl+j")
        await self.until(
            lambda: (
                isinstance(self.screen.send_state, Done) and self.screen.send_state is not before
            )
        )
        await self.pilot.pause()

    @property
    def request(self):
        return self.screen.form.request

    @property
    def answer(self):
        return self.screen.response_pane.answer

    @property
    def facts(self) -> str:
        return self.screen.query_one(FactsStrip).render().plain

    @property
    def explanation(self) -> str:
        return self.words("#response-explanation")

    @property
    def title(self) -> str:
        return str(self.screen.response_pane.border_title)

    def words(self, selector: str) -> str:
        return self.screen.query_one(selector, Static).render().plain


@asynccontextmanager
async def opened(
    home, *, server=None, door=None, size=(140, 44), shipped_presets=(), **settings
) -> AsyncIterator[Opened]:
    """Open the program on a demo server, or on a door of the test's own."""
    url = server.url if server is not None else None
    connection = Connection(is_demo=True, endpoint_url=url, region="us-east-1")
    connector = AwsConnector(read_timeout_s=PATIENCE_S) if door is None else door
    chosen = Settings(**settings)
    paths = find_paths({"SAGESCOPE_HOME": str(home)})
    history = History(lambda: HistoryFile(paths.history_file, HistoryBounds()))
    explorer = Explorer(connector, connection, read_only=chosen.read_only, history=history)
    app = SagescopeApp(
        explorer=explorer, settings=chosen, paths=paths, shipped_presets=shipped_presets
    )
    heard: list[Opened] = []

    def hear(message) -> None:
        for each in heard:
            each.note(message)

    async with app.run_test(size=size, message_hook=hear) as pilot:
        await pilot.pause()
        heard.append(Opened(app, pilot))
        try:
            yield heard[0]
        finally:
            # As the program does when it quits, and Textual's pilot does not.
            app.workers.cancel_all()
    await explorer.close()
