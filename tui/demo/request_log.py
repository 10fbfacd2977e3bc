"""The requests a demo server has received, kept so that tests and people can look at them.

Bounded by count and by bytes: a server left running for a week must not grow.
"""

from __future__ import annotations

from collections import deque
from threading import Condition
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tui.demo.wire import ReceivedRequest


class RequestLog:
    """The last requests, oldest first; safe to use from any thread."""

    def __init__(self, *, max_count: int = 1000, max_bytes: int = 64 * 2**20) -> None:
        self._changed = Condition()
        self._received = 0
        self._requests: deque[ReceivedRequest] = deque()
        self._size_bytes = 0
        self._max_count = max_count
        self._max_bytes = max_bytes

    def add(self, request: ReceivedRequest) -> None:
        """Keep a request, dropping the oldest ones as needed; never the one just added."""
        with self._changed:
            self._requests.append(request)
            self._size_bytes += len(request.body)
            while len(self._requests) > 1 and self._is_too_large():
                self._size_bytes -= len(self._requests.popleft().body)
            self._received += 1
            self._changed.notify_all()

    def wait_for(self, count: int, timeout_s: float) -> bool:
        """Wait until ``count`` requests came since the start or the last `clear`.

        Returns:
            Whether they came within ``timeout_s`` seconds.
        """
        with self._changed:
            return self._changed.wait_for(lambda: self._received >= count, timeout_s)

    def snapshot(self) -> tuple[ReceivedRequest, ...]:
        """Return what is kept now, oldest first."""
        with self._changed:
            return tuple(self._requests)

    def clear(self) -> None:
        """Forget everything."""
        with self._changed:
            self._requests.clear()
            self._size_bytes = 0
            self._received = 0

    def _is_too_large(self) -> bool:
        return len(self._requests) > self._max_count or self._size_bytes > self._max_bytes
