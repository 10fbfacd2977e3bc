"""The local SageMaker as a thing to start and stop.

    with DemoServer() as server:
        boto3.client("sagemaker", endpoint_url=server.url, ...)

It listens on loopback only, because it asks nobody who they are.
"""

from __future__ import annotations

import socket
import sys
from contextlib import suppress
from datetime import UTC, datetime
from functools import partial
from http.server import ThreadingHTTPServer
from ipaddress import AddressValueError, IPv4Address
from threading import Lock, Thread, current_thread
from time import monotonic
from typing import TYPE_CHECKING, TypeAlias

from tui.demo.connection import Connection
from tui.demo.listening import HOST, open_door, url_of
from tui.demo.showcase import showcase
from tui.demo.site import Site
from tui.domain.errors import ConnectionInvalid

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType

    from tui.demo.catalogue import Catalogue
    from tui.demo.wire import ReceivedRequest

    _Accepted: TypeAlias = socket.socket | tuple[bytes, socket.socket]
    """What socketserver calls a request; the tuple is for UDP."""

_POLL_INTERVAL_S = 0.05
_JOIN_TIMEOUT_S = 0.5


def _utc_now() -> datetime:
    return datetime.now(UTC)


class DemoServer:
    """An embedded SageMaker, served from threads of its own until closed.

    Args:
        port: on loopback; 0 takes any free one.
        catalogue: what it serves; the showcase when not given.
        host: an IPv4 loopback address.
        clock: tells the time, aware, UTC. A fixed one makes ages and dates the same in every run.
        seed: makes the choice of variants and the request ids the same in every run.
        door: a socket that listens already, in place of ``host`` and ``port``; closed in the end.
    """

    def __init__(
        self,
        port: int = 0,
        catalogue: Catalogue | None = None,
        *,
        host: str = HOST,
        clock: Callable[[], datetime] = _utc_now,
        seed: int | None = None,
        door: socket.socket | None = None,
    ) -> None:
        self._address = (_loopback(host), port)
        self._door = door
        self._site = Site(catalogue or showcase(), clock=clock, seed=seed)
        self._listener: _Listener | None = None

    def __enter__(self) -> DemoServer:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def url(self) -> str:
        """What ``endpoint_url`` takes, for every service.

        Raises:
            RuntimeError: the server was not started.
        """
        if self._listener is None:
            raise RuntimeError("the demo server was not started")
        return url_of(self._listener.socket)

    @property
    def requests(self) -> tuple[ReceivedRequest, ...]:
        """The last requests received, whole and oldest first; see `RequestLog` for how many."""
        return self._site.log.snapshot()

    def wait_for_requests(self, count: int, timeout_s: float = 10.0) -> bool:
        """Wait until ``count`` requests came, whole; tell whether they did."""
        return self._site.log.wait_for(count, timeout_s)

    def forget_requests(self) -> None:
        """Empty `requests`, and count from zero."""
        self._site.log.clear()

    @property
    def crashes(self) -> tuple[BaseException, ...]:
        """Bugs that cost a client its answer; empty in a good world."""
        return tuple(self._site.crashes)

    def start(self) -> None:
        """Listen, and serve from a thread.

        Raises:
            ConnectionInvalid: the port cannot be had.
        """
        self._listener = _Listener(self._door or open_door(*self._address), self._site)
        serve = partial(self._listener.serve_forever, poll_interval=_POLL_INTERVAL_S)
        Thread(target=serve, name="sagescope-demo", daemon=True).start()

    def close(self) -> None:
        """Stop serving and cut every connection; a model still running is left behind."""
        if self._listener is not None:
            self._listener.close()
            self._listener = None


class _Listener(ThreadingHTTPServer):
    """Accepts connections and remembers them, so that closing can end them."""

    daemon_threads = True

    def __init__(self, door: socket.socket, site: Site) -> None:
        self._site = site
        self._lock = Lock()
        self._open: dict[Thread, _Accepted] = {}
        self._is_closing = False
        super().__init__(door.getsockname(), partial(Connection, site), bind_and_activate=False)
        self.socket.close()
        self.socket = door

    def finish_request(self, request: _Accepted, client_address: object) -> None:
        """Serve one connection to its end; runs in the connection's thread."""
        with self._lock:
            if self._is_closing:
                return
            self._open[current_thread()] = request
        try:
            super().finish_request(request, client_address)
        finally:
            with self._lock:
                del self._open[current_thread()]

    def handle_error(
        self,
        request: _Accepted,  # noqa: ARG002 - socketserver's signature
        client_address: object,  # noqa: ARG002 - socketserver's signature
    ) -> None:
        """Note what a connection died of; that the client went away is its own affair."""
        error = sys.exception()
        if error is not None and not isinstance(error, OSError):
            self._site.crashes.append(error)

    def close(self) -> None:
        """Stop accepting, end every connection, and give their threads a moment to leave."""
        self.shutdown()
        self.server_close()
        with self._lock:
            self._is_closing = True
            threads = dict(self._open)
        for accepted in threads.values():
            _shut_down(accepted)
        deadline = monotonic() + _JOIN_TIMEOUT_S
        for thread in threads:
            thread.join(max(0.0, deadline - monotonic()))


def _shut_down(accepted: _Accepted) -> None:
    if isinstance(accepted, socket.socket):
        # It may have closed by itself meanwhile.
        with suppress(OSError):
            accepted.shutdown(socket.SHUT_RDWR)


def _loopback(host: str) -> str:
    """Return the address to bind.

    Raises:
        ConnectionInvalid: it is not on loopback.
    """
    address = HOST if host == "localhost" else host
    try:
        is_loopback = IPv4Address(address).is_loopback
    except AddressValueError:
        is_loopback = False
    if not is_loopback:
        raise ConnectionInvalid(
            summary=f"The demo serves on loopback only, not on {host}",
            hint="Use 127.0.0.1: whoever reaches the demo may use it.",
        )
    return address
