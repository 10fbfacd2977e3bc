"""A body that the editor does not hold: too large to edit, or no text at all.

It is shown, sent and kept byte for byte; what can be done with it here is take it away.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from textual import on
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.reactive import reactive
from textual.widgets import Button, Static

from tui.body.shown_body import ShownBody
from tui.widgets.body_view.view import BodyView

if TYPE_CHECKING:
    from textual.app import ComposeResult


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What the pane shows."""

    data: bytes = field(default=b"", repr=False)
    reason: str = ""
    content_type: str = ""
    can_restore: bool = False
    """Whether there is a typed body to go back to."""


class KeptBody(Vertical):
    """The reason, what can be done about it, and the body itself, read only."""

    DEFAULT_CSS = """
    KeptBody {
        height: 1fr;
        & > #kept-bar { height: 1; }
        & > #kept-bar > #kept-reason {
            width: 1fr; color: $text-warning;
            text-wrap: nowrap; text-overflow: ellipsis;
        }
        & > #kept-bar > Button { min-width: 0; margin-left: 1; }
        & > BodyView { height: 1fr; }
    }
    """

    kept: reactive[Kept] = reactive(Kept())

    @dataclass
    class Restored(Message):
        """The typed body from before is wanted back."""

    @dataclass
    class Cleared(Message):
        """An empty body is wanted."""

    def __init__(self) -> None:
        super().__init__()
        self._reason = Static(id="kept-reason", markup=False)
        self._restore_button = Button("Back to typing", id="kept-restore", compact=True)
        self._view = BodyView(id="kept-body")

    def compose(self) -> ComposeResult:
        """Yield one line of words and buttons, and the body."""
        with Horizontal(id="kept-bar"):
            yield self._reason
            yield self._restore_button
            yield Button("Clear", id="kept-clear", compact=True)
        yield self._view

    def watch_kept(self, kept: Kept) -> None:
        """Show another body."""
        self._reason.update(kept.reason)
        self._restore_button.display = kept.can_restore
        self._view.shown = ShownBody(data=kept.data, content_type=kept.content_type or None)

    def focus_view(self) -> None:
        """Focus the body."""
        self._view.focus()

    @on(Button.Pressed, "#kept-restore")
    def _restore(self, event: Button.Pressed) -> None:
        event.stop()
        self.post_message(self.Restored())

    @on(Button.Pressed, "#kept-clear")
    def _clear(self, event: Button.Pressed) -> None:
        event.stop()
        self.post_message(self.Cleared())
