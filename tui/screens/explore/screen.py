"""The main screen: endpoints, the request, the answer.

Each class adds one thing to the one before it, from the bottom up: where things stand on the screen
(`explore_layout`), what goes on (`explore_invoking`), what is in the form (`explore_form`,
`explore_request`), other tools' text and bundles, the history, what is done with a body, presets,
how one is sent (`explore_sending`), drafts; and here what joins them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.content import Content

from tui.domain.errors import ExplorerError
from tui.domain.exchanges import Done, Idle, InFlight
from tui.domain.presets import Preset
from tui.domain.sessions import NO_SESSIONS
from tui.screens.explore import keys as explore_keys
from tui.screens.explore.drafts import ExploreDrafts
from tui.screens.explore.history import ExploreHistory
from tui.widgets.connection_bar import ConnectionBar
from tui.widgets.request_form.form import RequestForm

if TYPE_CHECKING:
    from textual.binding import BindingType

    from tui.domain.bundles import OpenedBundle
    from tui.domain.connections import Connection
    from tui.domain.requests import InvocationRequest
    from tui.screens.services import Services


class ExploreScreen(ExploreDrafts):
    """All of it; sends requests and shows what comes of them."""

    BINDINGS: ClassVar[list[BindingType]] = [*explore_keys.ALL]

    def __init__(self, services: Services) -> None:
        super().__init__(services)
        started_on = services.explorer.connection
        self._demo: Connection | None = started_on if started_on.is_demo else None
        """Where the embedded SageMaker is, so that one can come back to it."""

    def on_mount(self) -> None:
        """Show what is known; ask for the rest once the first frame is painted."""
        self.endpoints_pane.border_title = "Endpoints"
        self.preset_list.border_title = "Presets"
        self.connection_bar.connection = self._explorer.connection
        self.connection_bar.read_only = self._settings.read_only
        self.form.read_only = self._settings.read_only
        self.watch_send_state(self.send_state)
        self._show_request(self.form.request)
        self.call_after_refresh(self._start_over)
        self.call_after_refresh(self.recall_lenses)
        self.call_after_refresh(self.begin_watching)

    def _show_request(self, request: InvocationRequest) -> None:
        super()._show_request(request)
        self.form.session_ids = self._sessions.get(request.endpoint_name, ())
        self.show_preset()
        self.response_pane.next_step = next_step(request, is_read_only=self._settings.read_only)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what can be done now."""
        match action:
            case "send" if self._settings.read_only:
                return None
            case "send":
                return not isinstance(self.send_state, InFlight)
            case "stop_waiting":
                return isinstance(self.send_state, InFlight)
            case "switch_tab":
                return self._reply is not None and self.response_pane.has_tabs
            case "bring_back" | "bring_along":
                return bool(self._replaced)
            case _:
                return super().check_action(action, parameters)

    def action_send(self) -> None:
        """Send what is in the form."""
        self.want_send()

    @on(RequestForm.Submitted)
    def _submit(self, event: RequestForm.Submitted) -> None:
        event.stop()
        self.want_send()

    @on(ExploreHistory.RecalledFromHistory)
    def _recall_exchange(self, event: ExploreHistory.RecalledFromHistory) -> None:
        """Show a request and its answer as they were; send the request again if that is wanted."""
        event.stop()
        record = event.recalled.record
        self.action_stop_waiting()
        self.recall(Preset(request=record.as_sent(), has_placeholders=False))
        self.send_state = Done(exchange=record.exchange) if record.exchange else Idle()
        if event.recalled.sends_now:
            self.want_send()

    @on(ExploreDrafts.BundleOpened)
    def _show_bundle(self, event: ExploreDrafts.BundleOpened) -> None:
        event.stop()
        self.call_after_refresh(self._open_bundle, event.bundle)

    @work(exclusive=True, group="bundle-open", description="show a bundle that was opened")
    async def _open_bundle(self, bundle: OpenedBundle) -> None:
        """Show request and answer as they were; ctrl+r brings the draft back that was there."""
        await self.until_restored()
        self.action_stop_waiting()
        self.recall(Preset(request=bundle.request, has_placeholders=False))
        self.send_state = Done(exchange=bundle.exchange) if bundle.exchange else Idle()
        self.tell_bundle(bundle)

    def action_new_request(self) -> None:
        """Begin from nothing; nobody waits for the last answer any more."""
        self.action_stop_waiting()
        self.send_state = Idle()
        super().action_new_request()

    @on(RequestForm.PreviewWanted)
    def _want_preview(self, event: RequestForm.PreviewWanted) -> None:
        event.stop()
        self._preview(event.request)

    @work(exclusive=True, group="preview", description="sign without sending")
    async def _preview(self, request: InvocationRequest) -> None:
        try:
            preview = await self._explorer.preview(request, self.filling_for_preview())
        except ExplorerError as error:
            preview = error
        if request == self.form.request:
            self.form.preview = preview

    def _start_over(self) -> None:
        """Show another connection, from nothing; what was in the form there comes back."""
        self.restore_draft()
        self.connection_bar.connection = self._explorer.connection
        self.connection_bar.identity = self.connection_bar.problem = None
        self.form.description = None
        self._identify(self._explorer.connection)
        self.endpoints_pane.start_over()
        if name := self.form.request.endpoint_name:
            self.endpoints_pane.describe(name)

    def action_look_again(self) -> None:
        """Read credentials, identity and endpoints anew."""
        self._explorer.reconnect()
        self._identify(self._explorer.connection)
        self.endpoints_pane.look_again()

    @work(exclusive=True, group="identify", description="resolve the connection")
    async def _identify(self, connection: Connection) -> None:
        try:
            identity, problem = await self._explorer.identify(), None
        except ExplorerError as error:
            identity, problem = None, error
        if connection == self._explorer.connection:
            self.connection_bar.identity = identity
            self.connection_bar.problem = problem

    @on(ConnectionBar.Clicked)
    def _click_connection(self, event: ConnectionBar.Clicked) -> None:
        event.stop()
        self.action_switch_connection()

    @work(exclusive=True, group="connection", description="switch the connection")
    async def action_switch_connection(self) -> None:
        """Ask for another connection and go there; what was typed stays."""
        # Imported when first wanted: 3 ms with the picker.
        from tui.screens.connect import ConnectScreen

        connection = await self.app.push_screen_wait(ConnectScreen(self._explorer, demo=self._demo))
        if connection is not None:
            self.leave_connection()
            self._explorer.switch(connection)
            self._sessions = NO_SESSIONS
            self._start_over()

    def action_filter_endpoints(self) -> None:
        """Bring the list to the front and type what to look for."""
        self.show_sidebar(is_shown=True)
        entry = self.endpoints_pane.browser.filter_input
        if entry.focusable:
            self.set_focus(entry)
        else:
            entry.focus()

    def action_toggle_sidebar(self) -> None:
        """Show or hide the list; the focus goes where one can see it."""
        is_shown = not self.is_sidebar_visible
        had_focus = self.focused_pane == "endpoints"
        self.show_sidebar(is_shown=is_shown)
        if is_shown:
            self.endpoints_pane.browser.endpoint_list.focus()
        elif had_focus:
            self.form.focus_body()

    def action_maximise(self) -> None:
        """Give the focused pane all the room, or give it back."""
        self.maximised = "" if self.maximised else self.focused_pane

    def action_switch_tab(self) -> None:
        """Go from body to headers or back."""
        if self.response_pane.answer is not None:
            self.response_pane.answer.switch_tab()


def next_step(request: InvocationRequest, *, is_read_only: bool) -> Content:
    """Say in two lines what to do before anything was sent."""
    if is_read_only:
        return Content(
            "Read-only: nothing is sent.\nEndpoints can be looked at, d shows all of one."
        )
    first = "enter takes an endpoint into the request, ctrl+j sends it."
    if request.endpoint_name:
        first = "ctrl+j sends the request."
    return Content(f"{first}\nThe answer appears here, its headers beside it.")
