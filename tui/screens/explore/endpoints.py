"""The left part of the screen: which endpoints there are and what each of them is.

    reload ─▶ listing ── page by page ──▶ complete ── while any is changing ─▶ after a while, again
    open, choose, type a name ─▶ describe ─▶ Described

It lists and describes through the explorer, and tells the screen what was chosen and learnt.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from math import inf
from time import monotonic
from typing import TYPE_CHECKING, TypeAlias

from textual import on, work
from textual.containers import Vertical
from textual.getters import query_one
from textual.message import Message
from textual.reactive import reactive

from tui.domain.endpoints import EndpointDescription
from tui.domain.errors import ExplorerError
from tui.widgets.endpoint_browser import EndpointBrowser, Listing
from tui.widgets.endpoint_list import EndpointList
from tui.widgets.endpoint_rows import NO_TARGET

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual.app import ComposeResult
    from textual.timer import Timer

    from tui.explorer import Explorer
    from tui.widgets.endpoint_rows import Target

Known: TypeAlias = EndpointDescription | ExplorerError
"""What came of describing an endpoint."""

_AGES_S = 30.0
"""Seconds between redraws of the ages."""
_TELL_EVERY_S = 0.2
"""Pages come faster than they can be painted: a hundred of them took 10 s, one by one."""


class EndpointsPane(Vertical):
    """Lists endpoints and describes those that are asked for.

    Args:
        explorer: where they come from.
        refresh_interval_s: how long to wait between looks while an endpoint is changing.
    """

    DEFAULT_CSS = """
    EndpointsPane > EndpointBrowser { height: 1fr; }
    """

    listing: reactive[Listing] = reactive(Listing(is_loading=True))
    descriptions: reactive[Mapping[str, Known]] = reactive["Mapping[str, Known]"](dict)
    """What is known of the endpoints that were opened or chosen."""
    chosen: reactive[Target] = reactive["Target"](NO_TARGET)
    """What the request is for."""

    browser = query_one(EndpointBrowser)

    @dataclass
    class Listed(Message):
        """More endpoints are known, or fewer."""

        names: tuple[str, ...]

    @dataclass
    class Described(Message):
        """An endpoint was described, or could not be."""

        endpoint_name: str
        known: Known

    def __init__(self, explorer: Explorer, refresh_interval_s: float, *, id: str) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._explorer = explorer
        self._refresh_interval_s = refresh_interval_s
        self._era = 0
        """Counts connections; what was asked on an earlier one is dropped when it comes."""
        self._asked: set[str] = set()
        self._next_look: Timer | None = None

    def compose(self) -> ComposeResult:
        """Yield the browser."""
        # Empty as it will be found to be, which would style all of it anew.
        browser = EndpointBrowser(id="endpoint-browser", classes="-empty")
        yield browser.data_bind(EndpointsPane.listing)

    def on_mount(self) -> None:
        """Let ages grow."""
        self.set_interval(_AGES_S, self._tell_time)
        self.watch_descriptions(self.descriptions)
        self.watch_chosen(self.chosen)

    def watch_listing(self, listing: Listing) -> None:
        """Tell the names."""
        self.post_message(self.Listed(tuple(each.name for each in listing.endpoints)))

    def watch_descriptions(self, descriptions: Mapping[str, Known]) -> None:
        """Show variants."""
        if self.is_mounted:
            self.browser.endpoint_list.descriptions = descriptions

    def watch_chosen(self, chosen: Target) -> None:
        """Show what the request is for."""
        if self.is_mounted:
            self.browser.endpoint_list.chosen = chosen

    def start_over(self) -> None:
        """Forget everything, for another connection, and look."""
        self._era += 1
        self._asked.clear()
        self.descriptions = {}
        self.listing = Listing(is_loading=True)
        self._list(self._era)

    def look_again(self) -> None:
        """List anew; what is shown stays until the new list is complete."""
        self._asked.clear()
        self._list(self._era)
        for name in self.descriptions:
            self.describe(name)

    def describe(self, name: str) -> None:
        """Ask for an endpoint once; `Described` follows, at once if it is known already."""
        if name in self._asked:
            known = self.descriptions.get(name)
            if known is not None:
                self.post_message(self.Described(name, known))
            return
        self._asked.add(name)
        self._describe(name, self._era)

    def is_listed(self, name: str) -> bool:
        """Whether an endpoint of that name is in the list."""
        return any(each.name == name for each in self.listing.endpoints)

    @work(exclusive=True, group="list-endpoints", description="list endpoints")
    async def _list(self, era: int) -> None:
        shown = self.listing
        found = Listing(is_loading=True, place=self._explorer.connection.region or "")
        self.listing = replace(shown, is_loading=True, problem=None)
        told_at = -inf
        try:
            async for page in self._explorer.list_endpoints():
                if era != self._era:
                    return
                found = found.with_page(page)
                if not shown.endpoints and monotonic() - told_at > _TELL_EVERY_S:
                    self.listing, told_at = found, monotonic()
        except ExplorerError as error:
            kept = found.endpoints or shown.endpoints
            found = replace(found, endpoints=kept, problem=error)
        if era == self._era:
            self.listing = replace(found, is_loading=False)
            self._look_later()

    def _look_later(self) -> None:
        """Look again after a while, only while something is changing."""
        if self._next_look is not None:
            self._next_look.stop()
        if any(each.status.is_changing for each in self.listing.endpoints):
            self._next_look = self.set_timer(self._refresh_interval_s, self._follow_changes)

    def _follow_changes(self) -> None:
        self._list(self._era)
        for each in self.listing.endpoints:
            if each.status.is_changing and each.name in self.descriptions:
                self._describe(each.name, self._era)

    @work(group="describe-endpoint", description="describe an endpoint")
    async def _describe(self, name: str, era: int) -> None:
        known: Known
        try:
            known = await self._explorer.describe_endpoint(name)
        except ExplorerError as error:
            known = error
            self._asked.discard(name)
        if era == self._era:
            self.descriptions = {**self.descriptions, name: known}
            self.post_message(self.Described(name, known))

    def _tell_time(self) -> None:
        self.browser.endpoint_list.now = datetime.now(UTC)

    @on(EndpointList.Opened)
    def _learn(self, event: EndpointList.Opened) -> None:
        event.stop()
        self.describe(event.endpoint_name)
