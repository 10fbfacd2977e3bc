"""Jump mode: a letter on everything that can have the focus; pressing it goes there.

A screen may choose places and letters itself, by a method ``jump_targets() -> {letter: widget}``;
without one, whatever can be focused gets the next letter of the home row.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, runtime_checkable

from textual import on
from textual.content import Content
from textual.events import Click, Key, Resize
from textual.geometry import Offset, Region
from textual.widget import Widget
from textual.widgets import Static

from tui.screens.dialog import Dialog

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual.app import ComposeResult
    from textual.screen import Screen

LETTER_CELLS = 3
LETTERS = "asdfghjklqwertyuiopzxcvbnm"


@runtime_checkable
class ChoosesJumpTargets(Protocol):
    """A screen that names its places itself."""

    def jump_targets(self) -> Mapping[str, Widget]:
        """Map a small letter to each place; those that are not visible may be among them."""
        ...


class JumpScreen(Dialog[Widget]):
    """Gives back the widget whose letter was pressed."""

    HELP = "Press a letter to go there; escape stays."

    DEFAULT_CSS = """
    JumpScreen {
        background: $background 40%;
        & > .jump-letter {
            position: absolute;
            width: 3;
            height: 1;
            background: $block-cursor-background;
            color: $block-cursor-foreground;
            text-style: bold;
            text-align: center;
        }
        & > #jump-hint {
            dock: bottom;
            height: 1;
            padding: 0 1;
            background: $panel;
            color: $text;
        }
    }
    """

    def __init__(self, targets: Mapping[str, Widget]) -> None:
        super().__init__()
        self._targets = targets

    def compose(self) -> ComposeResult:
        """Put a letter on each place."""
        for letter, target in self._targets.items():
            label = Static(Content(letter), classes="jump-letter")
            label.offset = letter_offset(target)
            yield label
        yield Static(Content("press a letter to go there · escape stays"), id="jump-hint")

    @on(Key)
    def _take_letter(self, event: Key) -> None:
        # A modifier alone, which some terminals report as a key, has no character.
        if event.character is not None and event.character.lower() in self._targets:
            event.stop()
            self.dismiss(self._targets[event.character.lower()])

    @on(Click)
    def _leave_to_mouse(self, event: Click) -> None:
        event.stop()
        self.action_leave()

    @on(Resize)
    def _follow_layout(self) -> None:
        self.call_after_refresh(self._place_letters)

    def _place_letters(self) -> None:
        labels = self.query(".jump-letter")
        for label, target in zip(labels, self._targets.values(), strict=True):
            label.offset = letter_offset(target)


def jump_targets(screen: Screen[object]) -> dict[str, Widget]:
    """Return letter to widget for what can be gone to on ``screen`` now."""
    if isinstance(screen, ChoosesJumpTargets):
        chosen = screen.jump_targets()
        return {letter: each for letter, each in chosen.items() if is_reachable(each)}
    reachable = filter(is_reachable, screen.focus_chain)
    return dict(zip(LETTERS, reachable, strict=False))


def is_reachable(widget: Widget) -> bool:
    """Whether a widget takes the focus and at least a part of it is on screen."""
    return widget.focusable and _visible(widget).area > 0


def letter_offset(target: Widget) -> Offset:
    """Return where a target's letter stands: at the left of its first visible line."""
    region = _visible(target)
    return Offset(region.x + (1 if region.width > LETTER_CELLS else 0), region.y)


def _visible(widget: Widget) -> Region:
    return widget.screen.find_widget(widget).visible_region if widget.is_on_screen else Region()
