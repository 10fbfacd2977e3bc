"""The sidebar: a filter, the endpoint list, and one quiet line that says how things stand."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.getters import query_one
from textual.reactive import reactive
from textual.widgets import Input, Static

from tui.body.sanitise import sanitise
from tui.widgets.endpoint_list import EndpointList

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from tui.domain.endpoints import EndpointSummary
    from tui.domain.errors import ExplorerError


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """How far the list of endpoints has come."""

    endpoints: tuple[EndpointSummary, ...] = ()
    is_loading: bool = False
    problem: ExplorerError | None = None
    place: str = ""
    """Where was looked, for the empty state: ``us-east-1``."""

    def with_page(self, page: tuple[EndpointSummary, ...]) -> Listing:
        """Append a page that arrived."""
        return replace(self, endpoints=self.endpoints + page)


class FilterInput(Input):
    """Where one types what to look for; escape clears it, down goes to the list."""

    HELP = "Words that the name or the status must hold. Enter or down goes to the list."

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "escape",
            "leave",
            "Clear filter",
            show=False,
            id="filter.clear",
            tooltip="Clear the filter and go to the list",
        ),
        Binding(
            "down,enter",
            "screen.focus('#endpoint-list')",
            "To the list",
            show=False,
            id="filter.to-list",
            tooltip="Go to the list of endpoints",
        ),
    ]

    def action_leave(self) -> None:
        """Clear the filter and hand the focus to the list."""
        self.value = ""
        self.screen.set_focus(self.screen.query_one("#endpoint-list"))


class EndpointBrowser(Vertical):
    """Filter, list and state line; hands on what the list tells."""

    DEFAULT_CSS = """
    EndpointBrowser {
        & > FilterInput { margin: 0 1; }
        & > EndpointList { height: 1fr; margin: 0 0 0 1; }
        & > #endpoint-note { height: auto; padding: 0 1; color: $text-muted; }
        & > #endpoint-note.-problem { color: $text; padding: 1 1; }
        &.-empty > EndpointList { display: none; }
        &.-empty > #endpoint-note { height: 1fr; padding: 1 1; }
    }
    """

    listing: reactive[Listing] = reactive(Listing())

    filter_input = query_one(FilterInput)
    endpoint_list = query_one(EndpointList)
    note = query_one("#endpoint-note", Static)

    def compose(self) -> ComposeResult:
        yield FilterInput(placeholder="/ filter", compact=True, id="endpoint-filter")
        yield EndpointList(id="endpoint-list")
        yield Static(id="endpoint-note", markup=False)

    def watch_listing(self, listing: Listing) -> None:
        if not self.is_mounted:
            return
        self.endpoint_list.endpoints = listing.endpoints
        self._show_state()

    def on_mount(self) -> None:
        self.watch_listing(self.listing)

    @on(Input.Changed, "#endpoint-filter")
    def _filter(self, event: Input.Changed) -> None:
        event.stop()
        self.endpoint_list.needle = event.value
        self._show_state()

    def _show_state(self) -> None:
        listing = self.listing
        shown = self.endpoint_list.shown_count
        self.set_class(not shown, "-empty")
        self.note.set_class(listing.problem is not None, "-problem")
        self.note.update(state_words(listing, shown, self.endpoint_list.needle))


def state_words(listing: Listing, shown: int, needle: str) -> Content:
    """Say in a line (or, when nothing is listed, in a few) how the list stands."""
    total = len(listing.endpoints)
    if listing.problem is not None:
        return _problem_words(listing.problem)
    if listing.is_loading:
        return Content(f"reading … {total:,}" if total else "reading endpoints …")
    if total == 0:
        return Content(
            f"No endpoints in {sanitise(listing.place) or 'this region'}.\n\n"
            "f9 switches profile or region, f5 looks again. "
            "A name can be typed in the request all the same."
        )
    if shown == 0:
        return Content(f"None of {total:,} endpoints matches “{sanitise(needle)}”.")
    return Content(f"{shown:,} of {total:,}" if needle.strip() else _count(total))


def _count(total: int) -> str:
    return "1 endpoint" if total == 1 else f"{total:,} endpoints"


def _problem_words(problem: ExplorerError) -> Content:
    return Content.assemble(
        (sanitise(problem.summary), "$text-error"),
        ("\n\n" + sanitise(problem.hint) if problem.hint else ""),
        ("\n\nA name can be typed in the request all the same.", "$text-muted"),
    )
