"""What a bug report needs: versions, paths, sizes, connection, the last error. No secrets."""

from __future__ import annotations

import platform
from importlib import metadata
from typing import TYPE_CHECKING, ClassVar, Protocol, TypeAlias, runtime_checkable

from rich.cells import cell_len
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from tui.body.sanitise import sanitise
from tui.domain.errors import ExplorerError
from tui.domain.exchanges import Done, Idle, InFlight, SendState
from tui.screens.dialog import Dialog
from tui.widgets.connection_bar import connection_words, without_userinfo
from tui.widgets.copying import CopyRequested

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from textual.app import App, ComposeResult

    from tui.domain.connections import Connection
    from tui.domain.exchanges import Exchange
    from tui.store.paths import Paths

Facts: TypeAlias = tuple[tuple[str, str], ...]
"""(name, value) pairs; values may hold text from outside."""

PACKAGES = ("sagescope", "textual", "boto3", "botocore")
TERMINAL_VARIABLES = ("TERM", "COLORTERM", "TERM_PROGRAM", "TMUX", "SSH_CONNECTION", "NO_COLOR")
"""Of these it is told whether they are set; only the kind of terminal is told in full."""
_TOLD_IN_FULL = ("TERM", "COLORTERM", "TERM_PROGRAM")


@runtime_checkable
class Sends(Protocol):
    """A screen that sends requests."""

    @property
    def send_state(self) -> SendState:
        """How the last request stands."""
        ...


class DebugScreen(Dialog[None]):
    """A table of facts that can be copied whole."""

    HELP = "What a bug report needs. y copies it all; it holds no credentials and no bodies."

    DEFAULT_CSS = """
    DebugScreen {
        & > #frame { scrollbar-size-vertical: 1; padding: 1 2; }
        & Static { height: auto; }
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "copy", "Copy", id="debug.copy", tooltip="Copy all of it"),
    ]

    def __init__(self, facts: Facts) -> None:
        super().__init__()
        self._facts = facts

    def compose(self) -> ComposeResult:
        """Lay out the table."""
        with VerticalScroll(id="frame") as frame:
            frame.border_title = "Debug information"
            frame.border_subtitle = "y copy · escape close"
            yield Static(facts_table(self._facts))

    def action_copy(self) -> None:
        """Copy all facts as lines of text."""
        text = "".join(f"{name}: {value}\n" for name, value in self._facts)
        self.post_message(CopyRequested(text, "the debug information"))


def gather_facts(
    app: App[object], connection: Connection, paths: Paths, environ: Mapping[str, str]
) -> Facts:
    """Tell all of it."""
    states = [each.send_state for each in app.screen_stack if isinstance(each, Sends)]
    return (
        *program_facts(),
        *terminal_facts(app, environ),
        *connection_facts(connection),
        *(fact for state in states for fact in sending_facts(state)),
        *place_facts(paths),
    )


def sending_facts(state: SendState) -> Facts:
    """Tell how the last request ended: sizes, kinds and codes, none of the words."""
    match state:
        case Idle():
            return ()
        case InFlight(started_at=started_at):
            return (("last request", f"under way since {started_at:%H:%M:%S} UTC"),)
        case Done(exchange=exchange):
            reply = exchange.reply
            received = f", {len(reply.body)} bytes received" if reply else ""
            sent = f"{len(exchange.sent_body)} bytes sent{received} in {exchange.duration_s:.3f} s"
            return (("last request", sent), ("last error", error_words(exchange)))


def error_words(exchange: Exchange) -> str:
    """Name an error by kind, code, status and request id; its message may hold data."""
    if not isinstance(exchange.outcome, ExplorerError):
        return "none"
    reply = exchange.reply
    parts = (
        type(exchange.outcome).__name__,
        exchange.outcome.code,
        f"HTTP {reply.status}" if reply else "no response",
        (reply.request_id if reply else None) or "",
    )
    return " · ".join(part for part in parts if part)


def program_facts() -> Facts:
    """Tell which versions of what run here."""
    versions = tuple((package, package_version(package)) for package in PACKAGES)
    return (*versions, ("python", platform.python_version()), ("system", platform.platform()))


def terminal_facts(app: App[object], environ: Mapping[str, str]) -> Facts:
    """Tell what kind of terminal this is, and how it is drawn on."""

    def told() -> Iterator[str]:
        for name in TERMINAL_VARIABLES:
            if value := environ.get(name):
                yield f"{name}={value}" if name in _TOLD_IN_FULL else name

    return (
        ("terminal", f"{app.size.width}×{app.size.height}  {'  '.join(told())}".rstrip()),
        ("colours", str(app.console.color_system)),
        ("theme", app.theme),
    )


def place_facts(paths: Paths) -> Facts:
    """Tell where files are."""
    return (
        ("settings", str(paths.config_file)),
        ("themes", str(paths.user_themes)),
        ("data", str(paths.data)),
        ("state", str(paths.state)),
        ("cache", str(paths.cache)),
        ("log", str(paths.log_file)),
    )


def connection_facts(connection: Connection) -> Facts:
    """Tell where requests go."""
    facts = [("connection", " · ".join(connection_words(connection, None)))]
    if connection.endpoint_url:
        facts.append(("endpoint URL", without_userinfo(connection.endpoint_url)))
    return tuple(facts)


def package_version(package: str) -> str:
    """Return a package's version as installed."""
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return "not installed"


def facts_table(facts: Facts) -> Content:
    """Draw names and values in two columns."""
    width_cells = max((cell_len(name) for name, _value in facts), default=0)
    return Content("\n").join(
        Content.assemble((sanitise(name).ljust(width_cells), "$text-muted"), f"  {sanitise(value)}")
        for name, value in facts
    )
