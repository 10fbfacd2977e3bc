"""The last net beneath everything that is drawn: no control character leaves for the terminal.

Text from outside is made visible where it is shown (`tui.body.sanitise`). Textual itself sends on
what it is given, escape sequences included, so one forgotten place would hand a stranger the
terminal. This filter sees every line of every widget on its way out and deletes what is left.

Nor does a character leave that terminals differ about: a heart that U+FE0F makes an emoji has two
cells in the layout and in some terminals, one in tmux and others; a tone of skin has none, or two
of its own. One of them moves the rest of the row, and the border of the pane with it. The sign
without it is as wide everywhere.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.segment import Segment
from textual.filter import LineFilter

from tui.body.sanitise import remove_unsafe

if TYPE_CHECKING:
    from textual.color import Color


_DISPUTED = re.compile("[\ufe0f\U0001f3fb-\U0001f3ff]+")
"""What makes an emoji of the sign before it, or gives it a tone of skin."""


class LastNet(LineFilter):
    """Deletes from every drawn line what a terminal would obey, or might count otherwise."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:  # noqa: ARG002 - Textual's signature
        """Return the line unharmed; the usual line comes back as it is."""
        if all(_is_harmless(text) for text, _style, _control in segments):
            return segments
        return [
            Segment(_without_disputed(remove_unsafe(text)), style, control)
            for text, style, control in segments
        ]


def _is_harmless(text: str) -> bool:
    return text.isprintable() and (text.isascii() or _DISPUTED.search(text) is None)


def _without_disputed(text: str) -> str:
    """Return the signs alone, and spaces where the layout counts more cells for what is gone."""
    return _DISPUTED.sub(
        lambda found: " " * (cell_len(text[: found.end()]) - cell_len(text[: found.start()])), text
    )


LAST_NET = LastNet()
"""It has no state, so one serves every app."""
