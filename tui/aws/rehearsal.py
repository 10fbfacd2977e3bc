"""A send on paper: the request as it would be written on the wire, written nowhere.

The signed request goes through the very connection classes that would send it, because they add
headers of their own (Host, Accept-Encoding); only their `send` keeps the bytes instead.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from botocore.awsrequest import AWSHTTPConnection, AWSHTTPSConnection, AWSResponse
from botocore.compat import HTTPHeaders

from tui.aws.masking import mask_headers
from tui.aws.wire import AlreadyRead, Sender
from tui.domain.http import HttpRequest

if TYPE_CHECKING:
    from botocore.awsrequest import AWSPreparedRequest

    _Connection = AWSHTTPConnection
else:
    _Connection = object


class Rehearsal(Sender):
    """One call that goes nowhere, from entering the context to leaving it, in one thread.

    Attributes:
        request: what would have been sent, secrets masked; set once the call returned.
    """

    request: HttpRequest

    def send(self, request: AWSPreparedRequest) -> AWSResponse:
        """Note the request and answer in the model's place."""
        parts = urlsplit(request.url)
        kind = _PaperHTTPSConnection if parts.scheme == "https" else _PaperHTTPConnection
        connection = kind(parts.hostname or "", parts.port)
        path = f"{parts.path or '/'}{f'?{parts.query}' if parts.query else ''}"
        connection.request(request.method, path, request.body, dict(request.headers.items()))
        head, _, body = b"".join(connection.written).partition(b"\r\n\r\n")
        lines = head.decode("utf-8", "replace").split("\r\n")[1:]
        headers = tuple(
            (name, value) for name, _, value in (line.partition(": ") for line in lines)
        )
        self.request = HttpRequest(
            method=request.method, url=request.url, headers=mask_headers(headers), body=body
        )
        return AWSResponse(request.url, HTTPStatus.OK, HTTPHeaders(), AlreadyRead([]))


class _OnPaper(_Connection):
    """Mixed into botocore's connections: keeps what they would write."""

    def __init__(self, host: str, port: int | None) -> None:
        self.written: list[bytes] = []
        super().__init__(host, port)

    def send(self, str: Any) -> None:  # noqa: A002, ANN401 - botocore's; its stubs mistake bytes
        self.written.append(str)


class _PaperHTTPConnection(_OnPaper, AWSHTTPConnection):
    pass


class _PaperHTTPSConnection(_OnPaper, AWSHTTPSConnection):
    pass
