"""Stop waiting for a call that another thread is in.

Lives in the ground floor because the explorer flips the switch and the gateway, which knows the
socket, hangs its callback on it; neither may import the other.
"""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


class StopSwitch:
    """A one-way switch, safe to use from any thread."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._stopped = False
        self._callbacks: list[Callable[[], object]] = []

    @property
    def is_stopped(self) -> bool:
        """Whether somebody asked to stop waiting."""
        return self._stopped

    def stop(self) -> None:
        """Flip the switch; runs every callback once, in this thread. A second call does nothing."""
        with self._lock:
            if self._stopped:
                return
            self._stopped = True
            callbacks, self._callbacks = self._callbacks, []
        for callback in callbacks:
            callback()

    def on_stop(self, callback: Callable[[], object]) -> None:
        """Run ``callback`` when the switch flips; at once, in this thread, if it already has."""
        with self._lock:
            if not self._stopped:
                self._callbacks.append(callback)
                return
        callback()


class StoppedWaiting(Exception):
    """Raised out of a blocking call whose `StopSwitch` was flipped."""
