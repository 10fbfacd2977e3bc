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
from tui.widgets.compact import make_compact
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
    """Where one types what to look for."""

    HELP = """\
Words that the name or the status of an endpoint must hold, in any case.

Enter or the down arrow goes to the list, escape clears the filter.
"""

    def __init__(self) -> None:
        super().__init__(placeholder="/ filter", id="endpoint-filter")
        make_compact(self)


class EndpointBrowser(Vertical):
    """Shows a `Listing`, filtered by what is typed."""

    DEFAULT_CSS = """
    EndpointBrowser {
        & > FilterInput {
            background: transparent;
            &:focus { background: $boost; background-tint: transparent; }
        }
        & > EndpointList { height: 1fr; }
        & > #endpoint-note { height: auto; max-height: 12; color: $text-muted; }
        & > #endpoint-note.-problem { color: $text; padding: 1 1 1 0; }
        &.-empty > EndpointList { display: none; }
        &.-empty > #endpoint-note { height: 1fr; max-height: 100%; padding: 1 1 1 0; }
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "escape",
            "clear_filter",
            "Clear filter",
            show=False,
            id="filter.clear",
            tooltip="Show every endpoint again",
        ),
        Binding(
            "down",
            "leave_filter",
            "To the list",
            show=False,
            id="filter.to-list",
            tooltip="Go from the filter to the list of endpoints",
        ),
    ]

    listing: reactive[Listing] = reactive(Listing())

    filter_input = query_one(FilterInput)
    endpoint_list = query_one(EndpointList)
    note = query_one("#endpoint-note", Static)

    def compose(self) -> ComposeResult:
        """Yield the filter, the list and the line beneath."""
        yield FilterInput()
        yield EndpointList(id="endpoint-list")
        yield Static(id="endpoint-note", markup=False)

    def on_mount(self) -> None:
        """Show what was known before there was anything to show it in."""
        self.watch_listing(self.listing)

    def watch_listing(self, listing: Listing) -> None:
        """Show the endpoints and how the list stands."""
        if not self.is_mounted:
            return
        self.endpoint_list.endpoints = listing.endpoints
        self._show_state()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave escape to others unless there is a filter to clear."""
        if action == "clear_filter":
            return self.filter_input.has_focus and bool(self.filter_input.value)
        if action == "leave_filter":
            return self.filter_input.has_focus
        return super().check_action(action, parameters)

    def action_clear_filter(self) -> None:
        """Show every endpoint again."""
        self.filter_input.value = ""

    def action_leave_filter(self) -> None:
        """Go to the list."""
        self.endpoint_list.focus()

    @on(Input.Submitted, "#endpoint-filter")
    def _leave_filter(self, event: Input.Submitted) -> None:
        """Go to the list; a second enter, typed before the focus had moved, is for the list."""
        event.stop()
        if self.filter_input.has_focus:
            self.action_leave_filter()
        else:
            self.endpoint_list.action_choose()

    @on(Input.Changed, "#endpoint-filter")
    def _filter(self, event: Input.Changed) -> None:
        event.stop()
        self.endpoint_list.needle = event.value
        self._show_state()

    def _show_state(self) -> None:
        shown = self.endpoint_list.shown_count
        self.set_class(not shown, "-empty")
        self.note.set_class(self.listing.problem is not None, "-problem")
        self.note.update(state_words(self.listing, shown, self.endpoint_list.needle))


def state_words(listing: Listing, shown: int, needle: str) -> Content:
    """Say in a line (or, when nothing is listed, in a few) how the list stands."""
    total = len(listing.endpoints)
    if listing.problem is not None:
        return _problem_words(listing.problem, is_empty=total == 0)
    if listing.is_loading and not needle.strip():
        return Content(f"{total:,} so far, reading on …" if total else "Reading endpoints …")
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


def _problem_words(problem: ExplorerError, *, is_empty: bool) -> Content:
    hint = Content("\n\n" + sanitise(problem.hint) if problem.hint else "")
    again = "f9 changes the connection, f5 tries again."
    way_on = f"{again} A name can be typed in the request all the same."
    return Content.assemble(
        (sanitise(problem.summary), "$text-error"),
        hint,
        ("\n\n" + (way_on if is_empty else again), "$text-muted"),
    )
