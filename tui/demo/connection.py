"""One HTTP/1.1 connection: bytes to requests, answers to bytes.

What a request means is for `services`. Whatever arrives here, the client gets an answer in AWS's
form or a closed connection, never a stack trace, and the server lives on.
"""

from __future__ import annotations

import re
import socket
import struct
from dataclasses import dataclass
from email.utils import format_datetime
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler
from typing import TYPE_CHECKING

from tui.demo.runtime import refusal
from tui.demo.wire import AwsError, ReceivedRequest, Reply, Reset

if TYPE_CHECKING:
    from socketserver import BaseServer

    from tui.demo.site import Site
    from tui.demo.wire import Answer

MAX_BODY_BYTES = 25 * 2**20
"""Largest request body; SageMaker's hosting FAQ says 25 MB."""

_MAX_DRAINED_BYTES = 256 * 2**20
_CHUNK_BYTES = 64 * 1024
_CONTENT_LENGTH = re.compile(r"[0-9]{1,15}")
_ORIGIN = re.compile(r"https?://[^/?]*", re.IGNORECASE)
_RESET_ON_CLOSE = struct.pack("ii", 1, 0)
_BODILESS = frozenset({"HEAD"})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Outgoing:
    """A reply as bytes."""

    head: bytes
    body: bytes
    is_cut: bool = False


class _ClientLeft(Exception):
    """The connection ended before the announced body did."""


class Connection(BaseHTTPRequestHandler):
    """Serves the requests of one connection, one after another, in a thread of its own."""

    protocol_version = "HTTP/1.1"
    # 100 calls take 0.1 s without Nagle's algorithm, 4.4 s with it.
    disable_nagle_algorithm = True
    # Seconds without a byte after which an idle connection is closed.
    timeout = 600.0

    def __init__(
        self, site: Site, request: socket.socket, address: object, server: BaseServer
    ) -> None:
        self._site = site
        super().__init__(request, address, server)

    def do_POST(self) -> None:
        """Serve one request."""
        request_id = self._site.new_request_id()
        try:
            request = self._receive(request_id)
        except _ClientLeft:
            self.close_connection = True
        except AwsError as error:
            self._refuse_and_close(error, request_id)
        else:
            self._answer(request)

    do_GET = do_HEAD = do_PUT = do_DELETE = do_OPTIONS = do_PATCH = do_POST  # noqa: N815 - likewise

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Refuse what http.server could not read, in AWS's form rather than as its HTML page."""
        status = HTTPStatus(code)
        name = status.phrase.title().replace(" ", "").replace("-", "")
        error = AwsError(name, message or explain or status.phrase, status=code)
        self._refuse_and_close(error, self._site.new_request_id())

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - http.server's name
        """Write nothing: standard error belongs to the terminal program around the server."""

    def _receive(self, request_id: str) -> ReceivedRequest:
        path, _, query = _ORIGIN.sub("", self.path, count=1).partition("?")
        return ReceivedRequest(
            id=request_id,
            method=self.command,
            path=path or "/",
            query=query,
            headers=tuple(self.headers.items()),
            body=self._read_body(),
        )

    def _read_body(self) -> bytes:
        """Read as many bytes as were announced.

        Raises:
            AwsError: the body cannot be read, or is too large.
            _ClientLeft: it ended early.
        """
        if self.headers.get("transfer-encoding"):
            raise AwsError("NotImplemented", "Send a Content-Length.", status=501)
        announced = set(self.headers.get_all("content-length", ["0"]))
        length = announced.pop().strip()
        if announced or not _CONTENT_LENGTH.fullmatch(length):
            raise AwsError("BadRequest", "The Content-Length header is not valid.")
        size = int(length)
        if size > MAX_BODY_BYTES:
            self._drain(size)
            message = f"HTTP content length exceeded {MAX_BODY_BYTES} bytes."
            raise AwsError("RequestEntityTooLargeException", message, status=413)
        body = self.rfile.read(size)
        if len(body) < size:
            raise _ClientLeft
        return body

    def _drain(self, size: int) -> None:
        """Read a body that is too large, so that its sender lives to read the refusal."""
        remaining = min(size, _MAX_DRAINED_BYTES)
        while remaining and (chunk := self.rfile.read(min(remaining, _CHUNK_BYTES))):
            remaining -= len(chunk)

    def _answer(self, request: ReceivedRequest) -> None:
        try:
            answer = self._site.answer(request)
            outgoing = self._spell(answer, request.id)
        except Exception as error:  # noqa: BLE001 - a bug must cost one answer, not the server
            self._site.crashes.append(error)
            failure = AwsError("InternalFailure", "The demo server failed.", status=500)
            outgoing = self._spell(refusal(failure), request.id)
        self._send(outgoing)

    def _refuse_and_close(self, error: AwsError, request_id: str) -> None:
        self.close_connection = True
        self._send(self._spell(refusal(error), request_id))

    def _spell(self, answer: Answer, request_id: str) -> _Outgoing | None:
        """Turn an answer into bytes; None for a reset.

        Raises:
            ValueError: a header value cannot stand in a header.
        """
        if isinstance(answer, Reset):
            return None
        if answer.cut_after_bytes is not None:
            self.close_connection = True
        head = self._head(answer, request_id)
        body = b"" if self.command in _BODILESS else answer.body[: answer.cut_after_bytes]
        return _Outgoing(head=head, body=body)

    def _head(self, reply: Reply, request_id: str) -> bytes:
        headers = (
            ("x-amzn-RequestId", request_id),
            *reply.headers,
            ("Date", format_datetime(self._site.now(), usegmt=True)),
            ("Content-Type", reply.content_type),
            ("Content-Length", str(len(reply.body))),
            *([("Connection", "close")] if self.close_connection else []),
        )
        reason = _REASONS.get(reply.status, "")
        lines = (f"HTTP/1.1 {reply.status} {reason}", *(_line(*header) for header in headers))
        return "\r\n".join((*lines, "", "")).encode("latin-1")

    def _send(self, outgoing: _Outgoing | None) -> None:
        if outgoing is None:
            self._reset()
        elif len(outgoing.body) <= _CHUNK_BYTES:
            self.wfile.write(outgoing.head + outgoing.body)
        else:
            self.wfile.write(outgoing.head)
            self.wfile.write(outgoing.body)

    def _reset(self) -> None:
        """Close without a goodbye; the file goes first because it holds the socket open."""
        self.close_connection = True
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET_ON_CLOSE)
        self.rfile.close()
        self.connection.close()


_REASONS = {status.value: status.phrase for status in HTTPStatus} | {
    424: "Failed Dependency",
    530: "Internal Dependency Exception",
}


def _line(name: str, value: str) -> str:
    if any(char in value for char in "\r\n\0"):
        raise ValueError(f"the header {name} cannot hold a line break")
    return f"{name}: {value}"
