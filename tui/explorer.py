"""The use cases: connect, list, describe, preview, invoke. What the program *does*.

Screens and headless commands call the same methods. Failures of a browse call are raised as
`ExplorerError`; a send always ends in an `Exchange`, whatever happened. Nothing here knows
Textual or botocore.
"""

from __future__ import annotations

import asyncio
import os
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from time import perf_counter
from typing import TYPE_CHECKING, Protocol, TypeVar, assert_never
from uuid import uuid4

from tui.blocking import run_blocking
from tui.domain.errors import ExplorerError, RequestInvalid
from tui.domain.exchanges import Exchange, Outcome, Stopped
from tui.domain.requests import FileBody, InlineBody
from tui.domain.stopping import StoppedWaiting
from tui.store.surroundings import here, read_body_file

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Coroutine, Iterator

    from tui.domain.connections import Connection, Identity
    from tui.domain.endpoints import (
        EndpointDescription,
        EndpointQuery,
        EndpointSummary,
        FoundEndpoints,
    )
    from tui.domain.exchanges import InvocationResult
    from tui.domain.history import SendStart
    from tui.domain.http import HttpRequest
    from tui.domain.placeholders import Filling, Surroundings
    from tui.domain.requests import InvocationRequest, RequestBody
    from tui.domain.stopping import StopSwitch
    from tui.history import History

T = TypeVar("T")


class Gateway(Protocol):
    """One connection to SageMaker; every method blocks and may be called from any thread.

    Raises:
        ExplorerError: from every method; nothing of botocore gets through.
    """

    @property
    def connection(self) -> Connection:
        """What this gateway was opened with."""
        ...

    @property
    def resolved(self) -> Identity:
        """Profile and region as the configuration has them; asks nobody."""
        ...

    def identify(self) -> Identity:
        """Resolve profile, region and, when STS answers, the account."""
        ...

    def list_endpoints(self) -> Iterator[tuple[EndpointSummary, ...]]:
        """Yield pages, newest endpoint first."""
        ...

    def find_endpoints(self, query: EndpointQuery) -> FoundEndpoints:
        """Ask for endpoints and wait for all of the answer."""
        ...

    def describe_endpoint(self, name: str) -> EndpointDescription:
        """Read all that may be read about one endpoint; gaps are told, not raised."""
        ...

    def preview(self, request: InvocationRequest, body: bytes) -> HttpRequest:
        """Return the signed request that `invoke` would send, secrets masked, sending nothing."""
        ...

    def invoke(self, request: InvocationRequest, body: bytes, stop: StopSwitch) -> InvocationResult:
        """Send one HTTP request and read the whole answer.

        Raises:
            StoppedWaiting: ``stop`` was flipped.
        """
        ...


class Connector(Protocol):
    """Opens gateways and knows which connections this machine can make. Methods block."""

    def connect(self, connection: Connection) -> Gateway:
        """Open a gateway; reads configuration only, no network.

        Raises:
            ExplorerError: the profile or region cannot be used.
        """
        ...

    def profiles(self) -> tuple[str, ...]:
        """Name the profiles of the AWS configuration."""
        ...

    def regions(self) -> tuple[str, ...]:
        """Name the regions where botocore knows the SageMaker runtime."""
        ...


class Explorer:
    """The program without a face. All methods belong to the event loop's thread.

    Args:
        connector: opens the connections.
        connection: the one to begin with.
        read_only: refuse to invoke; nothing is sent, browsing and previews work.
        history: where sends are recorded; None keeps none.
        stopwatch: tells seconds, from any beginning; called from several threads.
        surroundings: makes what placeholders take from this machine, anew for each send.
    """

    def __init__(
        self,
        connector: Connector,
        connection: Connection,
        *,
        read_only: bool = False,
        history: History | None = None,
        stopwatch: Callable[[], float] = perf_counter,
        surroundings: Callable[[], Surroundings] = here,
    ) -> None:
        self._connector = connector
        self._connection = connection
        self._read_only = read_only
        self._history = history
        self._stopwatch = stopwatch
        self._surroundings = surroundings
        self._identity: Identity | None = None
        """Of the connection in use, once somebody asked."""
        self._connecting: asyncio.Future[Gateway] | None = None

    @property
    def connection(self) -> Connection:
        """The connection in use, whether or not it works."""
        return self._connection

    @property
    def read_only(self) -> bool:
        """Whether invoking is refused."""
        return self._read_only

    @property
    def history(self) -> History | None:
        """What was sent before; None where none is kept."""
        return self._history

    def switch(self, connection: Connection) -> None:
        """Use another connection from the next call on; calls under way run out on the old one."""
        self._connection = connection
        self.reconnect()

    def reconnect(self) -> None:
        """Open the connection anew at the next call: credentials are read again."""
        self._connecting = self._identity = None

    async def connection_choices(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return the (profiles, regions) that can be switched to."""
        connector = self._connector
        return await run_blocking(
            lambda: (connector.profiles(), connector.regions()), name="choices"
        )

    async def identify(self) -> Identity:
        """Resolve the connection; see `Gateway.identify`."""
        gateway = await self._gateway()
        identity = await run_blocking(gateway.identify, name="identify")
        if gateway.connection == self._connection:
            self._identity = identity
        return identity

    async def list_endpoints(self) -> AsyncIterator[tuple[EndpointSummary, ...]]:
        """Yield pages as they arrive, newest endpoint first."""
        gateway = await self._gateway()
        pages = gateway.list_endpoints()
        while page := await run_blocking(lambda: next(pages, ()), name="list"):
            yield page

    async def find_endpoints(self, query: EndpointQuery) -> FoundEndpoints:
        """Ask for some of the endpoints, or for all in another order."""
        gateway = await self._gateway()
        return await run_blocking(partial(gateway.find_endpoints, query), name="list")

    async def describe_endpoint(self, name: str) -> EndpointDescription:
        """Read all that may be read about one endpoint."""
        gateway = await self._gateway()
        return await run_blocking(lambda: gateway.describe_endpoint(name), name="describe")

    async def preview(
        self, request: InvocationRequest, filling: Filling | None = None
    ) -> HttpRequest:
        """Return the signed request that `invoke` would send, without sending it.

        Raises:
            RequestInvalid: a placeholder cannot be filled in; see `invoke`.
        """
        gateway = await self._gateway()
        request = await self._filled(request, filling)
        body = await _body_bytes(request.body)
        return await run_blocking(lambda: gateway.preview(request, body), name="preview")

    async def invoke(
        self,
        request: InvocationRequest,
        stop: StopSwitch,
        *,
        filling: Filling | None = None,
        preset_name: str | None = None,
        keep_bodies: bool = True,
    ) -> Exchange:
        """Send ``request`` once and return how it ended; never raises `ExplorerError`.

        The history has it by then, or soon after; a failure to record is an event of `History`.

        Args:
            request: what to send; the exchange holds what was sent, placeholders filled in.
            stop: flipped, ends the wait at once, also while the connection is still being made.
            filling: what placeholders are filled in with; None sends all as it stands.
            preset_name: where the request came from, for the history.
            keep_bodies: False leaves this send's bodies out of the history.
        """
        start = self._start(request, preset_name=preset_name, keep_bodies=keep_bodies)
        attempts, clock = 0, self._stopwatch()
        try:
            self._check_may_invoke()
            start = await _unless_stopped(self._filled_in(start, filling), stop)
            start = await _unless_stopped(_with_body(start), stop)
            gateway = await _unless_stopped(self._gateway(), stop)
            start = _placed(start, gateway)
            self._record_start(start)
            attempts, clock = 1, self._stopwatch()
            sending = run_blocking(partial(self._send, gateway, start, stop), name="invoke")
            outcome, duration_s = await _unless_stopped(sending, stop)
        except StoppedWaiting:
            outcome, duration_s = Stopped(attempts=attempts), self._stopwatch() - clock
        except ExplorerError as error:
            outcome, duration_s = error, self._stopwatch() - clock
        except asyncio.CancelledError:  # nobody waits any more, as when the program is left
            self._record_end(start, Stopped(attempts=attempts), self._stopwatch() - clock)
            raise
        return await self._ended(start, outcome, duration_s)

    async def close(self) -> None:
        """Write what is still to be recorded; to be called before the program ends."""
        if self._history is not None:
            await self._history.close()

    def _start(
        self, request: InvocationRequest, *, preset_name: str | None, keep_bodies: bool
    ) -> SendStart:
        # Nobody sends before the first paint, which would come 7 ms later.
        from tui.domain.history import Place, SendStart

        return SendStart(
            exchange_id=uuid4().hex,
            request=request,
            sent_body=b"",
            started_at=datetime.now(UTC),
            place=Place(connection=self._connection, identity=self._identity),
            preset_name=preset_name,
            keep_bodies=keep_bodies,
        )

    def _record_start(self, start: SendStart) -> None:
        if self._history is not None:
            self._history.begin(start)

    def _record_end(self, start: SendStart, outcome: Outcome, duration_s: float) -> Exchange:
        exchange = Exchange(
            id=start.exchange_id,
            request=start.request,
            sent_body=start.sent_body,
            outcome=outcome,
            started_at=start.started_at,
            duration_s=duration_s,
        )
        if self._history is not None:
            self._history.finish(start, exchange)
        return exchange

    async def _ended(self, start: SendStart, outcome: Outcome, duration_s: float) -> Exchange:
        """Record how a send ended; what is seen is also kept, unless that takes long."""
        exchange = self._record_end(start, outcome, duration_s)
        if self._history is not None:
            await self._history.settle()
        return exchange

    def _check_may_invoke(self) -> None:
        if self._read_only:
            raise RequestInvalid(
                summary="Nothing was sent: this is a read-only session",
                hint="Start without --read-only to invoke.",
            )

    async def _filled(
        self, request: InvocationRequest, filling: Filling | None
    ) -> InvocationRequest:
        if filling is None:
            return request
        # Its patterns take some 3 ms, which the first paint need not wait for.
        from tui.domain.placeholders import fill

        filling_in = partial(fill, request, filling, self._surroundings())
        return await run_blocking(filling_in, name="fill")

    async def _filled_in(self, start: SendStart, filling: Filling | None) -> SendStart:
        return replace(start, request=await self._filled(start.request, filling))

    def _send(self, gateway: Gateway, start: SendStart, stop: StopSwitch) -> tuple[Outcome, float]:
        """Invoke in the calling thread; return (outcome, seconds)."""
        clock = self._stopwatch()
        outcome: Outcome
        try:
            outcome = gateway.invoke(start.request, start.sent_body, stop)
        except StoppedWaiting:
            outcome = Stopped()
        except ExplorerError as error:
            outcome = error
        return outcome, self._stopwatch() - clock

    async def _gateway(self) -> Gateway:
        """Open the connection once; a failure is not remembered, so the next call tries again."""
        if self._connecting is None:
            opening = partial(self._connector.connect, self._connection)
            self._connecting = asyncio.ensure_future(run_blocking(opening, name="connect"))
            self._connecting.add_done_callback(self._forget_failure)
        return await asyncio.shield(self._connecting)

    def _forget_failure(self, connecting: asyncio.Future[Gateway]) -> None:
        """Runs also when every caller has left; asking for the exception marks it as seen."""
        has_failed = connecting.cancelled() or connecting.exception() is not None
        if has_failed and self._connecting is connecting:
            self._connecting = None


def _placed(start: SendStart, gateway: Gateway) -> SendStart:
    """Say where it goes also where nobody asked for the account."""
    place = start.place
    if place.identity is not None or gateway.connection != place.connection:
        return start
    return replace(start, place=replace(place, identity=gateway.resolved))


async def _with_body(start: SendStart) -> SendStart:
    return replace(start, sent_body=await _body_bytes(start.request.body))


async def _body_bytes(body: RequestBody) -> bytes:
    match body:
        case InlineBody(data=data):
            return data
        case FileBody(path=path):
            return await run_blocking(partial(read_body_file, path, os.environ), name="read-body")
        case _:
            assert_never(body)


async def _unless_stopped(work: Coroutine[object, object, T], stop: StopSwitch) -> T:
    """Await ``work``, or abandon it as soon as ``stop`` is flipped.

    Raises:
        StoppedWaiting: ``stop`` was flipped first; before the start, ``work`` never begins.
    """
    if stop.is_stopped:
        work.close()
        raise StoppedWaiting
    loop = asyncio.get_running_loop()
    stopped = asyncio.Event()
    stop.on_stop(lambda: loop.call_soon_threadsafe(stopped.set))
    working = asyncio.ensure_future(work)
    stopping = asyncio.ensure_future(stopped.wait())
    try:
        await asyncio.wait({working, stopping}, return_when=asyncio.FIRST_COMPLETED)
        if working.done():
            return working.result()
        raise StoppedWaiting
    finally:
        stopping.cancel()
        working.cancel()
