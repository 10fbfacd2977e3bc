"""What every dialog has in common: a frame in the middle of the screen that escape closes."""

from __future__ import annotations

from typing import ClassVar, TypeVar

from textual import getters
from textual.app import App
from textual.binding import Binding, BindingType
from textual.screen import ModalScreen

T = TypeVar("T")


def any_app() -> type[App[object]]:
    """Name the app's class for the type checker, which else calls it unknown."""
    return App


class Dialog(ModalScreen[T | None]):
    """Gives back what was chosen, or None when it is left; its frame is ``#frame``."""

    DEFAULT_CSS = """
    Dialog {
        align: center middle;
        background: $background 70%;
        & > #frame {
            width: 90%;
            max-width: 100;
            height: auto;
            max-height: 90%;
            padding: 0 1;
            background: $surface;
            border: round $border-focus;
            border-title-color: $text-primary;
            border-title-style: bold;
            border-subtitle-color: $text-muted;
        }
    }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "escape",
            "leave",
            "Close",
            id="dialog.close",
            tooltip="Close this and go back to where you were",
        ),
    ]

    app = getters.app(any_app)

    def action_leave(self) -> None:
        """Close without a choice."""
        self.dismiss(None)
