"""What every connection of one server shares: the services, the clock, ids, and the records."""

from __future__ import annotations

from collections import deque
from random import Random
from threading import Lock
from typing import TYPE_CHECKING
from uuid import UUID

from tui.demo.request_log import RequestLog
from tui.demo.services import Services

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from tui.demo.catalogue import Catalogue
    from tui.demo.wire import Answer, ReceivedRequest

_MAX_CRASHES = 100


class Site:
    """One local AWS, without its sockets; safe to use from any thread."""

    def __init__(
        self, catalogue: Catalogue, *, clock: Callable[[], datetime], seed: int | None
    ) -> None:
        self.log = RequestLog()
        self.crashes: deque[BaseException] = deque(maxlen=_MAX_CRASHES)
        self._clock = clock
        self._services = Services(catalogue, started_at=clock(), seed=seed)
        self._random = Random(seed)  # noqa: S311 - names requests, guards nothing
        self._lock = Lock()

    def now(self) -> datetime:
        """Tell the time, aware, UTC."""
        return self._clock()

    def new_request_id(self) -> str:
        """Return a UUID: a random one, or with a seed the same in every run."""
        with self._lock:
            return str(UUID(int=self._random.getrandbits(128), version=4))

    def answer(self, request: ReceivedRequest) -> Answer:
        """Answer a request, having written it down."""
        self.log.add(request)
        return self._services.answer(request)
