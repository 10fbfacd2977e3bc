"""The last net beneath everything that is drawn: no control character leaves for the terminal.

Text from outside is made visible where it is shown (`tui.body.sanitise`). Textual itself sends on
what it is given, escape sequences included, so one forgotten place would hand a stranger the
terminal. This filter sees every line of every widget on its way out and deletes what is left.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.segment import Segment
from textual.filter import LineFilter

from tui.body.sanitise import remove_unsafe

if TYPE_CHECKING:
    from textual.color import Color


class LastNet(LineFilter):
    """Deletes from every drawn line what a terminal would obey."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:  # noqa: ARG002 - Textual's signature
        """Return the line unharmed; the usual line comes back as it is."""
        if all(text.isprintable() for text, _style, _control in segments):
            return segments
        return [Segment(remove_unsafe(text), style, control) for text, style, control in segments]


LAST_NET = LastNet()
"""It has no state, so one serves every app."""
