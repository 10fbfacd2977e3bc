"""The button that sends: what pressing it would do now, in one word."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content
from textual.reactive import reactive
from textual.widgets import Button

from tui.widgets.compact import make_compact

if TYPE_CHECKING:
    from textual.content import ContentText

_SEND = Content.assemble(("Send", "bold"), " ^j")


class SendButton(Button):
    """Sends; disabled while a request is out, and in read-only."""

    FOCUS_ON_CLICK = False
    """The next try begins where the last one was typed."""

    help_text = "Sends the request as it stands, once. ctrl+j does the same from anywhere."

    DEFAULT_CSS = """
    SendButton.-textual-compact {
        width: auto;
        min-width: 11;
        height: 1;
        margin-left: 1;
        background: $primary;
        color: $button-color-foreground;
        text-style: none;
        &:hover { background: $primary-lighten-1; }
        &:focus { text-style: bold underline; background-tint: $foreground 10%; }
        &:disabled { background: $panel; color: $text-muted; text-opacity: 100%; }
    }
    """

    is_in_flight: reactive[bool] = reactive(default=False)
    read_only: reactive[bool] = reactive(default=False)

    def __init__(self) -> None:
        super().__init__(_SEND, id="request-send")
        make_compact(self)

    def watch_is_in_flight(self) -> None:
        """Say that something is out."""
        self._update()

    def watch_read_only(self) -> None:
        """Say that nothing may be sent."""
        self._update()

    def _update(self) -> None:
        self.disabled = self.is_in_flight or self.read_only
        self.label = self._words()

    def _words(self) -> ContentText:
        if self.read_only:
            return Content("Read-only")
        if self.is_in_flight:
            return Content("Waiting…")
        return _SEND
