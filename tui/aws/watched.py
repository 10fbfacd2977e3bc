"""botocore's HTTP session with connections that report to the `Sending` of their thread.

Only a connection knows its socket, the bytes that left through it and the header lines as they
came in; proxies, certificates, pools and timeouts stay botocore's affair.
"""

from __future__ import annotations

import socket
from dataclasses import dataclass
from http.client import HTTPResponse
from typing import TYPE_CHECKING, Any

from botocore.awsrequest import (
    AWSHTTPConnection,
    AWSHTTPConnectionPool,
    AWSHTTPSConnection,
    AWSHTTPSConnectionPool,
)
from botocore.endpoint import EndpointCreator
from botocore.httpsession import URLLib3Session

from tui.aws.wire import current_sending

if TYPE_CHECKING:
    from collections.abc import Mapping

    from botocore.client import BaseClient
    from botocore.endpoint import Endpoint
    from urllib3.connectionpool import HTTPConnectionPool

    _Connection = AWSHTTPConnection
else:
    _Connection = object

_SOCKET_OPTIONS = (
    (socket.IPPROTO_TCP, socket.TCP_NODELAY, 1),
    (socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class HttpOptions:
    """How requests travel."""

    connect_timeout_s: float | None
    read_timeout_s: float | None
    """Longest silence, before the answer and between two pieces of it."""
    verify: str | bool | None = None
    """Certificate file; None for the usual ones, False for trust in anybody."""
    proxies: Mapping[str, str] | None = None
    """Scheme to URL; None for those of the environment."""


def open_http(client: BaseClient, options: HttpOptions) -> URLLib3Session:
    """Make the HTTP session that ``client`` would have, with connections that tell what they do.

    Proxies and certificates of the environment are resolved by botocore, as for the client's own.
    """
    # botocore's stubs know neither a pair of timeouts nor the name of a certificate file.
    loosely_typed: dict[str, Any] = {
        "timeout": (options.connect_timeout_s, options.read_timeout_s),
        "verify": options.verify,
        "proxies": options.proxies,
        "socket_options": _SOCKET_OPTIONS,
        "http_session_cls": _WatchedSession,
    }
    meta = client.meta
    endpoint: Endpoint = EndpointCreator(meta.events).create_endpoint(
        meta.service_model,
        region_name=meta.region_name,
        endpoint_url=meta.endpoint_url,
        **loosely_typed,
    )
    return endpoint.http_session


class _WatchedResponse(HTTPResponse):
    def begin(self) -> None:
        super().begin()
        if sending := current_sending():
            sending.head_came(self)


class _Watched(_Connection):
    """Mixed into botocore's connections, the plain and the encrypted one."""

    response_class = _WatchedResponse  # pyright: ignore[reportAssignmentType] - any HTTPResponse will do

    def connect(self) -> None:
        super().connect()
        if sending := current_sending():
            sending.connected(self.sock)

    def putrequest(
        self,
        method: str,
        url: str,
        skip_host: bool = False,  # noqa: FBT001, FBT002 - http.client's signature
        skip_accept_encoding: bool = False,  # noqa: FBT001, FBT002 - likewise
    ) -> None:
        if sending := current_sending():
            sending.request_begins()
        super().putrequest(method, url, skip_host, skip_accept_encoding)

    def send(self, str: Any) -> None:  # noqa: A002, ANN401 - botocore's; its stubs mistake bytes
        super().send(str)
        if sending := current_sending():
            sending.bytes_left(self.sock)


class _WatchedHTTPConnection(_Watched, AWSHTTPConnection):
    pass


class _WatchedHTTPSConnection(_Watched, AWSHTTPSConnection):
    pass


class _WatchedHTTPPool(AWSHTTPConnectionPool):
    ConnectionCls = _WatchedHTTPConnection


class _WatchedHTTPSPool(AWSHTTPSConnectionPool):
    ConnectionCls = _WatchedHTTPSConnection


class _WatchedSession(URLLib3Session):
    def __init__(self, **options: Any) -> None:  # noqa: ANN401 - handed on untouched
        self._pool_classes_by_scheme: dict[str, type[HTTPConnectionPool]]
        super().__init__(**options)
        # The pool managers, those for proxies too, read this very dict.
        self._pool_classes_by_scheme.update(http=_WatchedHTTPPool, https=_WatchedHTTPSPool)
