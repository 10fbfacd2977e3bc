"""Where the demo is found before there is one.

    AwaitedDemo ── somebody connects ──▶ DemoServer, on the same socket

The program draws its first screen before it asks the demo anything, and shall not wait for models.
"""

from __future__ import annotations

from select import select
from threading import Event, Thread
from typing import TYPE_CHECKING

from tui.demo.listening import HOST, open_door, url_of

if TYPE_CHECKING:
    import socket
    from types import TracebackType

_POLL_INTERVAL_S = 0.05


class AwaitedDemo:
    """An embedded SageMaker that is made when the first client connects.

    Args:
        port: on loopback; 0 takes any free one.
        fillers: endpoints to add to the showcase.
    """

    def __init__(self, port: int = 0, *, fillers: int = 0) -> None:
        self._port = port
        self._fillers = fillers
        self._is_over = Event()

    def __enter__(self) -> AwaitedDemo:
        self._door = open_door(HOST, self._port)
        self._serving = Thread(target=self._serve, name="sagescope-awaited-demo", daemon=True)
        self._serving.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._is_over.set()
        self._serving.join()

    @property
    def url(self) -> str:
        """What ``endpoint_url`` takes, for every service."""
        return url_of(self._door)

    def _serve(self) -> None:
        with self._door as door:
            while not self._is_over.is_set():
                if select([door], [], [], _POLL_INTERVAL_S)[0]:
                    self._serve_at(door)

    def _serve_at(self, door: socket.socket) -> None:
        # Imported here: 75 ms with http.server, and as many again to make the showcase.
        from tui.demo.server import DemoServer
        from tui.demo.showcase import showcase

        with DemoServer(catalogue=showcase().with_fillers(self._fillers), door=door):
            self._is_over.wait()
