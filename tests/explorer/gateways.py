"""Gateways whose every step the test decides; the seam is `Gateway`, the explorer is real."""

from __future__ import annotations

from datetime import UTC, datetime
from threading import Event, current_thread
from typing import TYPE_CHECKING

from tests.patience import HUNG_S
from tui.domain.connections import Connection, Identity
from tui.domain.endpoints import (
    EndpointDescription,
    EndpointQuery,
    EndpointStatus,
    EndpointSummary,
    FoundEndpoints,
)
from tui.domain.exchanges import InvocationResult
from tui.domain.http import HttpReply, HttpRequest
from tui.domain.stopping import StoppedWaiting

if TYPE_CHECKING:
    from tui.domain.requests import InvocationRequest
    from tui.domain.stopping import StopSwitch

MOMENT = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


def summary(name: str) -> EndpointSummary:
    return EndpointSummary(
        name=name,
        arn=f"arn:aws:sagemaker:us-east-1:000000000000:endpoint/{name}",
        status=EndpointStatus.IN_SERVICE,
        created_at=MOMENT,
        modified_at=MOMENT,
    )


class EchoGateway:
    """Answers an invocation with its own body, and remembers in which thread it was called."""

    def __init__(self, connection: Connection, pages=()) -> None:
        self.connection = connection
        self.pages = pages
        self.threads = []
        self.invoked: list[InvocationRequest] = []

    @property
    def resolved(self) -> Identity:
        return Identity(profile=self.connection.profile, region="us-east-1")

    def identify(self) -> Identity:
        self.threads.append(current_thread())
        return Identity(profile=self.connection.profile, region="us-east-1", account="0" * 12)

    def list_endpoints(self):
        for page in self.pages:
            self.threads.append(current_thread())
            if isinstance(page, Exception):
                raise page
            yield page

    def find_endpoints(self, query: EndpointQuery) -> FoundEndpoints:
        self.threads.append(current_thread())
        return FoundEndpoints(endpoints=tuple(each for page in self.pages for each in page))

    def describe_endpoint(self, name: str) -> EndpointDescription:
        self.threads.append(current_thread())
        return EndpointDescription(name=name, arn="arn", status=EndpointStatus.IN_SERVICE)

    def preview(self, request: InvocationRequest, body: bytes) -> HttpRequest:
        self.threads.append(current_thread())
        return HttpRequest(method="POST", url=request.endpoint_name, headers=(), body=body)

    def invoke(self, request: InvocationRequest, body: bytes, stop: StopSwitch) -> InvocationResult:
        self.threads.append(current_thread())
        self.invoked.append(request)
        return answer(body)


def answer(body: bytes) -> InvocationResult:
    return InvocationResult(
        reply=HttpReply(status=200, reason="OK", headers=(), body=body), attempts=1
    )


class FailingGateway(EchoGateway):
    """Fails every call with the error that it was given."""

    def __init__(self, connection: Connection, error: Exception) -> None:
        super().__init__(connection, pages=(error,))
        self.error = error

    def identify(self) -> Identity:
        raise self.error

    def describe_endpoint(self, name: str) -> EndpointDescription:
        raise self.error

    def preview(self, request: InvocationRequest, body: bytes) -> HttpRequest:
        raise self.error

    def invoke(self, request: InvocationRequest, body: bytes, stop: StopSwitch) -> InvocationResult:
        raise self.error


class HungGateway(EchoGateway):
    """Hangs in `invoke`, whatever the switch says, until the test lets it go."""

    def __init__(self, connection: Connection) -> None:
        super().__init__(connection)
        self.entered = Event()
        self.gate = Event()
        self.left = Event()

    def invoke(self, request: InvocationRequest, body: bytes, stop: StopSwitch) -> InvocationResult:
        self.entered.set()
        try:
            assert self.gate.wait(HUNG_S)
            return answer(body)
        finally:
            self.left.set()


class ObedientGateway(HungGateway):
    """Hangs in `invoke` until the switch is flipped, and says so as the contract asks."""

    def invoke(self, request: InvocationRequest, body: bytes, stop: StopSwitch) -> InvocationResult:
        stop.on_stop(self.gate.set)
        super().invoke(request, body, stop)
        raise StoppedWaiting


class Door:
    """A connector: opens what the test gives it, in order, or raises it.

    Attributes:
        opened: the connections that were asked for.
    """

    def __init__(self, *results) -> None:
        self.results = list(results)
        self.opened: list[Connection] = []

    def connect(self, connection: Connection):
        self.opened.append(connection)
        result = self.results.pop(0) if len(self.results) > 1 else self.results[0]
        if isinstance(result, Exception):
            raise result
        return result(connection) if callable(result) else result

    def profiles(self) -> tuple[str, ...]:
        return ("default", "work")

    def regions(self) -> tuple[str, ...]:
        return ("eu-west-1", "us-east-1")


class HungDoor(Door):
    """A connector that hangs until the test lets it go."""

    def __init__(self, *results) -> None:
        super().__init__(*results)
        self.entered = Event()
        self.gate = Event()
        self.thread = None

    def connect(self, connection: Connection):
        self.thread = current_thread()
        self.entered.set()
        assert self.gate.wait(HUNG_S)
        return super().connect(connection)
