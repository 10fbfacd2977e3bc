"""Textual's inputs on one row, made without the cost of saying so afterwards."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from textual.widgets import Button, Input, TextArea


def make_compact(widget: Input | TextArea | Button) -> None:
    """Give a widget that is not on screen yet the look of ``compact=True``.

    Textual would style it at once, alone, and again when it is mounted: 1 ms each.
    """
    widget.add_class("-textual-compact", update=False)
