"""The top line: which program, which account, which region, and whether it may invoke."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on
from textual.content import Content
from textual.events import Click
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from tui.body.sanitise import sanitise
from tui.domain.connections import Connection, Identity

if TYPE_CHECKING:
    from tui.domain.errors import ExplorerError


class ConnectionBar(Widget):
    """One line, always on screen; a click asks for another connection."""

    DEFAULT_CSS = """
    ConnectionBar {
        height: 1;
        padding: 0 1;
        background: $panel;
        color: $text;
        &:hover { background: $boost; }
    }
    """

    connection: reactive[Connection] = reactive(Connection())
    identity: reactive[Identity | None] = reactive[Identity | None](None)
    problem: reactive[ExplorerError | None] = reactive["ExplorerError | None"](None)
    read_only: reactive[bool] = reactive(default=False)

    class Clicked(Message):
        """The user wants another connection."""

    def render(self) -> Content:
        """Draw the line."""
        words = connection_words(self.connection, self.identity, is_connecting=self.problem is None)
        return Content.assemble(
            ("sagescope", "bold $text-primary"),
            "  ",
            (" · ".join(words), "$text"),
            ("  read-only", "bold $text-warning") if self.read_only else "",
            # Why stands where the endpoints would.
            ("  not connected", "bold $text-error") if self.problem else "",
        )

    @on(Click)
    def _ask_for_another(self, event: Click) -> None:
        event.stop()
        self.post_message(self.Clicked())


def connection_words(
    connection: Connection, identity: Identity | None, *, is_connecting: bool = True
) -> tuple[str, ...]:
    """Name profile (or "demo"), region and account, sanitised, as far as they are known."""
    profile = (identity.profile if identity else None) or connection.profile
    region = (identity.region if identity else None) or connection.region
    who = "demo" if connection.is_demo else profile or "default credentials"
    words = [who]
    if region:
        words.append(region)
    elif identity is not None:
        words.append("no region")
    elif is_connecting:
        words.append("…")
    if identity is not None and identity.account:
        words.append(identity.account)
    if connection.endpoint_url and not connection.is_demo:
        words.append(without_userinfo(connection.endpoint_url))
    return tuple(map(sanitise, words))


def without_userinfo(url: str) -> str:
    """Return a URL without the name and password that may stand before its host."""
    scheme, separator, rest = url.partition("://")
    authority, slash, path = rest.partition("/")
    return f"{scheme}{separator}{authority.rpartition('@')[2]}{slash}{path}"
