"""Where the parts of the main screen stand, at any size.

    120 and more    endpoints │ request            body beside headers
                    presets   │ response
    100 to 119      the same, body or headers
    below 100       endpoints, or request over response; choosing an endpoint goes on

Only looks: which parts are visible, how large, which one is maximised.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from textual import getters
from textual.containers import Vertical
from textual.reactive import reactive, var
from textual.screen import Screen

from tui.screens.dialog import any_app
from tui.screens.explore.endpoints import EndpointsPane
from tui.widgets.connection_bar import ConnectionBar
from tui.widgets.key_bar import KeyBar
from tui.widgets.preset_list import PresetList
from tui.widgets.request_form.form import RequestForm
from tui.widgets.response_pane import ResponsePane

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual import events
    from textual.app import ComposeResult
    from textual.binding import ActiveBinding
    from textual.widget import Widget

    from tui.screens.services import Services


_NARROW_CELLS = 100
"""Below this, endpoints and request do not fit beside each other."""
_WIDE_CELLS = 120
"""From here on, body and headers do."""

_TALL_ROWS = 30
"""Below this, the answer takes the row of the form's help."""


class ExploreLayout(Screen[None]):
    """The panes of the main screen.

    Classes: ``-narrow``, ``-short``; ``-no-sidebar``; ``-answered`` (the response takes the larger
    share); ``-max-endpoints``, ``-max-presets``, ``-max-request``, ``-max-response``.
    """

    DEFAULT_CSS = """
    ExploreLayout {
        & #panes { height: 1fr; layout: horizontal; }
        & #main { width: 1fr; }
        & EndpointsPane, & PresetList, & RequestForm, & ResponsePane {
            border: round $border-idle;
            border-title-color: $text-muted;
            border-subtitle-color: $text-muted;
            &:focus-within {
                border: round $border-focus;
                border-title-color: $text-primary;
                border-title-style: bold;
            }
        }
        & #sidebar { width: 30%; min-width: 42; max-width: 52; }
        & EndpointsPane { height: 2fr; padding-left: 1; }
        & PresetList { height: 1fr; padding-left: 1; }
        & RequestForm { padding: 0 1; min-height: 10; }
        & ResponsePane { height: 4; }
        &.-answered RequestForm { height: 2fr; }
        &.-answered ResponsePane { height: 3fr; }

        &.-answered.-short HelpLine { display: none; }

        &.-no-sidebar #sidebar { display: none; }
        &.-narrow #sidebar { width: 1fr; max-width: 100%; }
        &.-narrow #main { display: none; }
        &.-narrow.-no-sidebar #main { display: block; }

        &.-max-endpoints #main, &.-max-endpoints PresetList { display: none; }
        &.-max-presets #main, &.-max-presets EndpointsPane { display: none; }
        &.-max-endpoints #sidebar, &.-max-presets #sidebar {
            width: 1fr; max-width: 100%; display: block;
        }
        &.-max-request #sidebar, &.-max-request ResponsePane { display: none; }
        &.-max-response #sidebar, &.-max-response RequestForm { display: none; }
        &.-max-request #main, &.-max-response #main { display: block; }
        &.-max-request RequestForm, &.-max-response ResponsePane { height: 1fr; }
    }
    """

    AUTO_FOCUS = "EndpointList"

    app = getters.app(any_app)

    is_sidebar_wanted: var[bool] = var(default=True)
    """What the user asked for, at any width."""
    has_given_way: var[bool] = var(default=False)
    """Where there is no room for both: whether the request is in front."""
    maximised: reactive[str] = reactive("", init=False)
    """``endpoints``, ``presets``, ``request`` or ``response``; empty when none is."""

    connection_bar = getters.query_one(ConnectionBar)
    endpoints_pane = getters.query_one(EndpointsPane)
    preset_list = getters.query_one(PresetList)
    form = getters.query_one(RequestForm)
    response_pane = getters.query_one(ResponsePane)

    def __init__(self, services: Services) -> None:
        super().__init__()
        self._explorer = services.explorer
        self._settings = services.settings

    def compose(self) -> ComposeResult:
        """Yield the panes."""
        yield ConnectionBar()
        with Vertical(id="panes"):
            with Vertical(id="sidebar"):
                yield EndpointsPane(
                    self._explorer, self._settings.refresh_interval_s, id="endpoints"
                )
                yield PresetList(id="presets")
            with Vertical(id="main"):
                yield RequestForm(id="request")
                yield ResponsePane(id="response")
        yield KeyBar()

    @property
    def is_narrow(self) -> bool:
        """Whether endpoints and request do not fit beside each other."""
        return self.size.width < _NARROW_CELLS

    @property
    def is_sidebar_visible(self) -> bool:
        """Whether the endpoints are on screen."""
        return self.is_sidebar_wanted and not (self.is_narrow and self.has_given_way)

    @property
    def active_bindings(self) -> dict[str, ActiveBinding]:
        """What can be pressed now; the key to the endpoints leads away from them as well."""
        found = super().active_bindings
        if not (self.is_narrow and self.is_sidebar_visible):
            return found
        return {
            key: _to_request(each) if each.binding.action == "toggle_sidebar" else each
            for key, each in found.items()
        }

    def show_sidebar(self, *, is_shown: bool) -> None:
        """Show or hide the endpoints; where both do not fit, the other part is then in front."""
        if self.is_narrow:
            self.has_given_way = not is_shown
            self.is_sidebar_wanted = self.is_sidebar_wanted or is_shown
        else:
            self.is_sidebar_wanted = is_shown
        self.maximised = ""
        self._arrange()

    def give_way(self) -> None:
        """Bring the request to the front where both do not fit."""
        self.has_given_way = True
        self._arrange()

    def watch_maximised(self, name: str) -> None:
        """Show one pane only, or all again."""
        for each in self.panes():
            self.set_class(each == name, f"-max-{each}")

    def on_resize(self, event: events.Resize) -> None:
        """Arrange for another size."""
        self.set_class(event.size.width < _NARROW_CELLS, "-narrow")
        self.set_class(event.size.height < _TALL_ROWS, "-short")
        self.response_pane.has_tabs = event.size.width < _WIDE_CELLS
        self._arrange()

    def panes(self) -> Mapping[str, Widget]:
        """Name the panes, in the order of the tab key."""
        return {
            "endpoints": self.endpoints_pane,
            "presets": self.preset_list,
            "request": self.form,
            "response": self.response_pane,
        }

    @property
    def focused_pane(self) -> str:
        """Name the pane with the focus; empty when none has it."""
        focused = self.focused
        if focused is None:
            return ""
        lineage = focused.ancestors_with_self
        return next((name for name, pane in self.panes().items() if pane in lineage), "")

    def _arrange(self) -> None:
        self.set_class(not self.is_sidebar_visible, "-no-sidebar")
        self.refresh_bindings()


def _to_request(toggle: ActiveBinding) -> ActiveBinding:
    words = "Go to the request, where a name can be typed"
    return toggle._replace(
        binding=replace(toggle.binding, description="Request", tooltip=words), tooltip=words
    )
