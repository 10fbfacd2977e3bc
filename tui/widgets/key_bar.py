"""The bottom line: at most eight keys, those of the screen first, then those of the focus.

Textual's Footer shows every key of the focus first, as many as there are, and mounts a widget for
each at every change of focus; this is one widget and keeps the screen's own keys where they were.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual import getters, on
from textual.app import App
from textual.content import Content
from textual.events import Click, Mount
from textual.reactive import reactive
from textual.screen import Screen
from textual.widget import Widget

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from textual.binding import ActiveBinding, Binding

MOST_KEYS = 8
GAP_CELLS = 2


class Owner(IntEnum):
    """Whose key it is; the order is that of the line."""

    SCREEN = 0
    FOCUS = 1
    APP = 2
    PALETTE = 3
    """The app's too, but it stands at the right end."""


EXPENDABLE = (Owner.FOCUS, Owner.SCREEN, Owner.APP, Owner.PALETTE)
"""Who gives way first when there are too many keys."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownKey:
    """One key of the line."""

    key: str
    """As `App.simulate_key` takes it."""
    display: str
    description: str
    owner: Owner
    enabled: bool = True

    @property
    def width_cells(self) -> int:
        """Key, space, description."""
        return cell_len(self.display) + 1 + cell_len(self.description)


def _any_app() -> type[App[object]]:
    """Name the app's class for the type checker, which else calls it unknown."""
    return App


class KeyBar(Widget, can_focus=False):
    """Keys that work now; a click presses one."""

    DEFAULT_CSS = """
    KeyBar {
        dock: bottom;
        height: 1;
        padding: 0 1;
        background: $footer-background;
        color: $footer-description-foreground;
        text-wrap: nowrap;
        text-overflow: clip;
    }
    """

    ALLOW_SELECT = False

    app = getters.app(_any_app)
    keys: reactive[tuple[ShownKey, ...]] = reactive[tuple[ShownKey, ...]](())

    def render(self) -> Content:
        """Draw the keys that fit."""
        line = Content("")
        for start, key in lay_out(self.keys, self.content_size.width):
            line = line.pad_right(start - line.cell_length) + _key_words(key)
        return line

    @on(Mount)
    def _follow_screen(self) -> None:
        signal = self.screen.bindings_updated_signal  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType] - Textual leaves open what its screens return
        signal.subscribe(self, self._show_keys_of)  # pyright: ignore[reportUnknownMemberType] - as above
        self._show_keys_of(self.screen)

    @on(Click)
    def _press(self, event: Click) -> None:
        event.stop()
        clicked_cell = event.get_content_offset_capture(self).x
        for start, key in lay_out(self.keys, self.content_size.width):
            if start <= clicked_cell < start + key.width_cells:
                self.app.simulate_key(key.key)

    def _show_keys_of(self, screen: Screen[object]) -> None:
        self.keys = shown_keys(screen.active_bindings.values(), self.app.get_key_display)


def shown_keys(
    active: Iterable[ActiveBinding], display: Callable[[Binding], str]
) -> tuple[ShownKey, ...]:
    """Choose from what is bound now; one key for each action, in the order of the line."""
    found: dict[tuple[int, str], ShownKey] = {}
    for node, binding, enabled, _tooltip in active:
        if binding.show and binding.description:
            found.setdefault(
                (id(node), binding.action),
                ShownKey(
                    key=binding.key,
                    display=display(binding),
                    description=binding.description,
                    owner=_owner(node, binding),
                    enabled=enabled,
                ),
            )
    return tuple(sorted(found.values(), key=lambda key: key.owner))


def lay_out(keys: Sequence[ShownKey], width_cells: int) -> list[tuple[int, ShownKey]]:
    """Return (first cell, key) for the keys that have a place in ``width_cells``."""
    fitting = list(keys)
    while fitting and (len(fitting) > MOST_KEYS or _needed_cells(fitting) > width_cells):
        fitting.remove(_most_expendable(fitting))
    places: list[tuple[int, ShownKey]] = []
    start = 0
    for key in fitting:
        if key.owner is Owner.PALETTE:
            start = width_cells - key.width_cells
        places.append((start, key))
        start += key.width_cells + GAP_CELLS
    return places


def _needed_cells(keys: Sequence[ShownKey]) -> int:
    return sum(key.width_cells for key in keys) + GAP_CELLS * (len(keys) - 1)


def _most_expendable(keys: Sequence[ShownKey]) -> ShownKey:
    owner = next(owner for owner in EXPENDABLE if any(key.owner is owner for key in keys))
    return [key for key in keys if key.owner is owner][-1]


def _owner(node: object, binding: Binding) -> Owner:
    if isinstance(node, App):
        return Owner.PALETTE if binding.action.endswith("command_palette") else Owner.APP
    return Owner.SCREEN if isinstance(node, Screen) else Owner.FOCUS


def _key_words(key: ShownKey) -> Content:
    if not key.enabled:
        return Content.styled(f"{key.display} {key.description}", "$text-disabled")
    return Content.assemble(
        (key.display, "bold $footer-key-foreground"), " ", Content(key.description)
    )
