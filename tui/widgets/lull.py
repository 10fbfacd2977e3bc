"""What is worth doing once the user has stopped typing, and not at every key."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.timer import Timer
    from textual.widget import Widget


class Lull:
    """Does something when nobody has wanted it for a moment.

    Args:
        widget: whose it is; with the widget it ends.
        delay_s: how long nobody wants it before it is done.
        act: what is done.
    """

    def __init__(self, widget: Widget, delay_s: float, act: Callable[[], None]) -> None:
        self._widget = widget
        self._delay_s = delay_s
        self._act = act
        self._timer: Timer | None = None

    def want(self) -> None:
        """Have it done, a moment from now at the earliest."""
        if self._timer is None:
            self._timer = self._widget.set_timer(self._delay_s, self._act_now)
        else:
            self._timer.reset()

    def cancel(self) -> None:
        """Have it not done."""
        if self._timer is not None:
            self._timer.stop()
            self._timer = None

    def _act_now(self) -> None:
        self._timer = None
        self._act()
