"""Another profile, region or endpoint URL, without a restart."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar
from urllib.parse import urlsplit

from textual import on, work
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.events import Mount
from textual.getters import query_one
from textual.widgets import Button, Input, Static

from tui.body.sanitise import sanitise
from tui.domain.connections import Connection
from tui.domain.errors import ExplorerError
from tui.screens.dialog import Dialog
from tui.widgets.picker import Choice, Picker

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult

    from tui.explorer import Explorer

DEFAULT_CREDENTIALS = "default credentials"
OWN_REGION = "the profile's own region"


class ConnectScreen(Dialog[Connection]):
    """Gives back the connection to use from now on."""

    HELP = """\
Where requests go and as whom. The profiles are those of the AWS configuration; nothing is sent
before you connect.

Type to filter, enter goes to the next field, ctrl+j connects. A name that is not listed can be
typed all the same.
"""

    DEFAULT_CSS = """
    ConnectScreen {
        & #lists { height: 14; max-height: 1fr; }
        & #lists > Picker { width: 1fr; height: 100%; }
        & #url-row {
            height: 3;
            border: round $border-idle;
            border-title-color: $text-muted;
            padding: 0 1;
            &:focus-within { border: round $border-focus; border-title-color: $text-primary; }
            & > Input { background: transparent; padding: 0; &:focus { background: transparent; } }
        }
        & #note { height: auto; max-height: 3; padding: 0 1; color: $text-muted; }
        & #note.-problem { color: $text-error; }
        & #buttons {
            height: 1;
            margin: 0 1;
            align-horizontal: right;
            & > Button { margin: 0 0 0 2; }
        }
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "ctrl+j",
            "connect",
            "Connect",
            priority=True,
            id="connect.connect",
            tooltip="Use this profile, region and URL from now on",
        ),
    ]

    profiles = query_one("#profiles", Picker)
    regions = query_one("#regions", Picker)
    url = query_one("#url", Input)
    note = query_one("#note", Static)

    def __init__(self, explorer: Explorer, *, demo: Connection | None = None) -> None:
        """Offer connections.

        Args:
            explorer: knows what can be chosen and what is in use.
            demo: the demo's connection, when the program was started with it.
        """
        super().__init__()
        self._explorer = explorer
        current = explorer.connection
        self._demo = demo or (current if current.is_demo else None)
        self._demo_choice = Choice(
            label="demo", note="inside this program", is_current=current.is_demo
        )

    def compose(self) -> ComposeResult:
        """Lay out two lists, the URL, one line of notes and the buttons."""
        current = self._explorer.connection
        with Vertical(id="frame") as frame:
            frame.border_title = "Connection"
            frame.border_subtitle = "enter next · ctrl+j connect · escape close"
            with Horizontal(id="lists"):
                yield Picker(self._profile_choices(()), placeholder="filter or type", id="profiles")
                yield Picker(
                    region_choices((), current), placeholder="filter or type", id="regions"
                )
            with Vertical(id="url-row") as row:
                row.border_title = "Endpoint URL"
                yield Input(
                    "" if current.is_demo else current.endpoint_url or "",
                    placeholder="AWS itself; or http://127.0.0.1:8080",
                    compact=True,
                    id="url",
                )
            yield Static("reading profiles and regions …", id="note", markup=False)
            with Horizontal(id="buttons"):
                yield Button("Cancel", compact=True, id="cancel")
                yield Button("Connect", variant="primary", compact=True, id="connect")

    @on(Mount)
    def _start(self) -> None:
        self.profiles.border_title = "Profile"
        self.regions.border_title = "Region"
        self.profiles.needle.focus()
        self._read_choices()

    @work(exclusive=True, group="choices", description="read profiles and regions")
    async def _read_choices(self) -> None:
        try:
            profiles, regions = await self._explorer.connection_choices()
        except ExplorerError as error:
            self._tell(f"{error.summary} Names can be typed all the same.")
            return
        self.profiles.choices = self._profile_choices(profiles)
        self.regions.choices = region_choices(regions, self._explorer.connection)
        self._tell("")

    @on(Picker.Chosen, "#profiles")
    def _go_to_regions(self, event: Picker.Chosen) -> None:
        event.stop()
        self.regions.needle.focus()

    @on(Picker.Chosen, "#regions")
    def _go_to_url(self, event: Picker.Chosen) -> None:
        event.stop()
        if self.url.disabled:
            self.action_connect()
        else:
            self.url.focus()

    @on(Picker.Moved, "#profiles")
    def _close_url_for_demo(self, event: Picker.Moved) -> None:
        event.stop()
        self.url.disabled = event.choice is self._demo_choice

    @on(Input.Changed, "#url")
    def _check_url(self, event: Input.Changed) -> None:
        event.stop()
        self._tell_problem(url_problem(event.value))

    @on(Input.Submitted, "#url")
    @on(Button.Pressed, "#connect")
    def _connect(self, event: Input.Submitted | Button.Pressed) -> None:
        event.stop()
        self.action_connect()

    @on(Button.Pressed, "#cancel")
    def _cancel(self, event: Button.Pressed) -> None:
        event.stop()
        self.action_leave()

    def action_connect(self) -> None:
        """Give back what is chosen, unless it cannot be a connection."""
        connection = self._chosen()
        if problem := url_problem(self.url.value):
            self._tell_problem(problem)
            self.url.focus()
        elif connection is not None:
            self.dismiss(connection)

    def _chosen(self) -> Connection | None:
        profile, region = self.profiles.choice, self.regions.choice
        if profile is None or region is None:
            return None
        if self._demo is not None and profile is self._demo_choice:
            return replace(self._demo, region=region.value or self._demo.region)
        url = self.url.value.strip() or None
        return Connection(profile=profile.value, region=region.value, endpoint_url=url)

    def _profile_choices(self, profiles: Sequence[str]) -> tuple[Choice, ...]:
        demo = (self._demo_choice,) if self._demo is not None else ()
        return (*demo, *profile_choices(profiles, self._explorer.connection))

    def _tell_problem(self, problem: str | None) -> None:
        self.note.set_class(problem is not None, "-problem")
        self._tell(problem or "")

    def _tell(self, words: str) -> None:
        self.note.update(Content(sanitise(words)))


def profile_choices(profiles: Sequence[str], current: Connection) -> tuple[Choice, ...]:
    """Offer the default credentials, every profile, and the one in use although unlisted."""
    in_use = current.profile
    names = list(profiles)
    if in_use is not None and in_use not in names:
        names.insert(0, in_use)
    return (
        Choice(
            label=DEFAULT_CREDENTIALS,
            is_current=in_use is None and not current.is_demo,
        ),
        *(Choice(label=name, value=name, is_current=name == in_use) for name in names),
    )


def region_choices(regions: Sequence[str], current: Connection) -> tuple[Choice, ...]:
    """Offer the profile's own region, every region, and the one in use although unlisted."""
    in_use = current.region
    names = list(regions)
    if in_use is not None and in_use not in names:
        names.insert(0, in_use)
    return (
        Choice(label=OWN_REGION, is_current=in_use is None),
        *(Choice(label=name, value=name, is_current=name == in_use) for name in names),
    )


def url_problem(url: str) -> str | None:
    """Say why ``url`` cannot be an endpoint URL; empty means AWS itself."""
    if not url.strip():
        return None
    try:
        parts = urlsplit(url.strip())
        is_usable = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        is_usable = False
    return None if is_usable else "An endpoint URL is http:// or https:// and a host"
