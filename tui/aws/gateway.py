"""SageMaker through botocore, as `tui.explorer.Gateway` wants it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from botocore.config import Config

from tui.aws import failures
from tui.aws.calls import Call
from tui.aws.clients import Clients
from tui.aws.members import invoke_arguments
from tui.aws.rehearsal import Rehearsal
from tui.aws.watched import HttpOptions, open_http
from tui.aws.wire import Sending, take_over_sending
from tui.domain.connections import Identity
from tui.domain.errors import ConnectionInvalid, ExplorerError
from tui.domain.exchanges import InvocationResult
from tui.domain.stopping import StoppedWaiting

if TYPE_CHECKING:
    from collections.abc import Iterator

    from botocore.httpsession import URLLib3Session
    from types_boto3_sagemaker_runtime import SageMakerRuntimeClient

    from tui.aws.sessions import Session, Sessions
    from tui.domain.connections import Connection
    from tui.domain.endpoints import (
        EndpointDescription,
        EndpointQuery,
        EndpointSummary,
        FoundEndpoints,
    )
    from tui.domain.http import HttpReply, HttpRequest
    from tui.domain.requests import InvocationRequest
    from tui.domain.stopping import StopSwitch

_PAGE_SIZE = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class InvocationOptions:
    """How invocations are sent; see `tui.aws.connector.AwsConnector`."""

    connect_timeout_s: float | None
    read_timeout_s: float | None
    total_max_attempts: int

    def config(self) -> Config:
        """Configure the client: as many requests as asked for, and not one more."""
        return Config(
            connect_timeout=self.connect_timeout_s,
            read_timeout=self.read_timeout_s,
            retries={"mode": "standard", "total_max_attempts": self.total_max_attempts},
            tcp_keepalive=True,
        )


class AwsGateway:
    """One connection to SageMaker; every method blocks and may be called from any thread."""

    def __init__(
        self,
        connection: Connection,
        clients: Clients,
        runtime: SageMakerRuntimeClient,
        http: URLLib3Session,
        read_timeout_s: float | None,
    ) -> None:
        self._connection = connection
        self._clients = clients
        self._runtime = runtime
        self._http = http
        self._read_timeout_s = read_timeout_s

    @classmethod
    def open(
        cls, connection: Connection, sessions: Sessions, options: InvocationOptions
    ) -> AwsGateway:
        """Read the configuration and make the client that invokes; no network.

        Raises:
            ExplorerError: the profile, region, endpoint URL or configuration cannot be used.
        """
        session = sessions.open(connection)
        try:
            runtime = session.client("sagemaker-runtime", options.config())
            http = open_http(runtime, _http_options(session, options))
        except failures.OPENING_FAILURES as error:
            raise failures.of_connection(error, session.caller) from error
        _check_certificates(runtime.meta.endpoint_url, verify=session.verify)
        take_over_sending(runtime)
        return cls(connection, Clients(session), runtime, http, options.read_timeout_s)

    @property
    def connection(self) -> Connection:
        """What this gateway was opened with."""
        return self._connection

    @property
    def resolved(self) -> Identity:
        """Profile and region as the configuration has them; asks nobody."""
        caller = self._clients.caller
        return Identity(profile=caller.profile, region=caller.region)

    def identify(self) -> Identity:
        """Say which profile and region are in use and, when STS answers, whose account.

        STS gets 5 s and one attempt; without its answer the account is unknown.
        """
        try:
            with self._clients.telling("GetCallerIdentity"):
                said = self._clients.sts.get_caller_identity()
        except ExplorerError:
            return self.resolved
        return replace(self.resolved, account=said.get("Account"), arn=said.get("Arn"))

    def list_endpoints(self) -> Iterator[tuple[EndpointSummary, ...]]:
        """Yield pages of up to 100, newest endpoint first; the next is fetched when asked for.

        Raises:
            ExplorerError: a page could not be read; those before it stand.
        """
        from tui.aws.translate import endpoint_summary  # 6 ms, likewise

        with self._clients.telling("ListEndpoints"):
            paginator = self._clients.sagemaker.get_paginator("list_endpoints")
            pages = iter(
                paginator.paginate(
                    SortBy="CreationTime",
                    SortOrder="Descending",
                    PaginationConfig={"PageSize": _PAGE_SIZE},
                )
            )
        while True:
            with self._clients.telling("ListEndpoints"):
                page = next(pages, None)
            if page is None:
                return
            # A page may be empty although others follow.
            if rows := page.get("Endpoints"):
                yield tuple(endpoint_summary(row) for row in rows)

    def find_endpoints(self, query: EndpointQuery) -> FoundEndpoints:
        """Ask for endpoints and wait for all of the answer.

        Raises:
            ExplorerError: the query is not understood, or a page could not be read.
        """
        from tui.aws.finding import find_endpoints

        with self._clients.telling("ListEndpoints"):
            return find_endpoints(self._clients.sagemaker, query)

    def describe_endpoint(self, name: str) -> EndpointDescription:
        """Read all that may be read about one endpoint; gaps are told, not raised.

        Raises:
            ExplorerError: not even DescribeEndpoint succeeded.
        """
        from tui.aws.description import DescriptionReader  # 10 ms; who only invokes needs none

        return DescriptionReader(self._clients, name).read()

    def preview(self, request: InvocationRequest, body: bytes) -> HttpRequest:
        """Return the request that `invoke` would put on the wire, secrets masked; sends nothing.

        Raises:
            ExplorerError: it cannot be signed, or cannot be put on the wire.
        """
        try:
            with Rehearsal() as rehearsal:
                self._runtime.invoke_endpoint(**invoke_arguments(request, body))
        except failures.CALL_FAILURES as error:
            raise failures.of_call(error, self._call(request)) from error
        return rehearsal.request

    def invoke(self, request: InvocationRequest, body: bytes, stop: StopSwitch) -> InvocationResult:
        """Send one HTTP request and read the whole answer.

        Raises:
            StoppedWaiting: ``stop`` was flipped; the socket is closed, the model may run on.
            ExplorerError: anything but a 2xx answer that came whole; it holds what came.
        """
        with Sending(self._http, stop) as sending:
            try:
                self._runtime.invoke_endpoint(**invoke_arguments(request, body))
            except failures.CALL_FAILURES as error:
                if stop.is_stopped:
                    raise StoppedWaiting from error
                call = self._call(request, sending.reply, sending.attempts)
                raise failures.of_call(error, call) from error
            return InvocationResult(reply=sending.whole_reply(), attempts=sending.attempts)

    def close(self) -> None:
        """Close the pooled connections; a gateway that is dropped does so by itself in time."""
        self._http.close()
        self._runtime.close()
        self._clients.close()

    def _call(
        self, request: InvocationRequest, reply: HttpReply | None = None, attempts: int = 0
    ) -> Call:
        return Call(
            caller=self._clients.caller,
            operation="InvokeEndpoint",
            resource=request.endpoint_name,
            reply=reply,
            attempts=attempts,
            read_timeout_s=self._read_timeout_s,
        )


def _check_certificates(url: str, *, verify: str | bool | None) -> None:
    """Look whether the certificates can be read; TLS itself would fail without saying why.

    Raises:
        ConnectionInvalid: they cannot.
    """
    if not isinstance(verify, str) or not url.startswith("https:") or Path(verify).exists():
        return
    raise ConnectionInvalid(
        summary=f"There is no file of certificates {verify}",
        hint="--ca-bundle, AWS_CA_BUNDLE or ca_bundle in the AWS configuration names it.",
    )


def _http_options(session: Session, options: InvocationOptions) -> HttpOptions:
    return HttpOptions(
        connect_timeout_s=options.connect_timeout_s,
        read_timeout_s=options.read_timeout_s,
        verify=session.verify,
        proxies=session.proxies,
    )
