"""The HTTP exchange itself: what leaves, what comes back, and how to hang up.

botocore tells of an exchange what it understood; this module keeps what there was. A client's
`before-send` event hands every signed request to the `Sending` of the calling thread, which puts
it on the wire with botocore's own HTTP session and reads the answer to its end:

    client.invoke_endpoint -> sign -> before-send -> Sending.send -> connection -> socket
                                                          |
    parsed answer, or ClientError  <-  botocore  <-  AWSResponse, already read

Connections tell the `Sending` of their thread what they do, because only they know the socket
(hanging up is shutting it down), the bytes that left and the header lines as they came.
"""

from __future__ import annotations

import socket
from contextlib import suppress
from contextvars import ContextVar
from threading import Lock
from typing import TYPE_CHECKING

from tui.domain.http import HttpReply
from tui.domain.stopping import StoppedWaiting

if TYPE_CHECKING:
    from collections.abc import Iterator
    from http.client import HTTPResponse
    from types import TracebackType
    from typing import Self

    from botocore.awsrequest import AWSPreparedRequest, AWSResponse
    from botocore.client import BaseClient
    from botocore.httpsession import URLLib3Session
    from urllib3.response import BaseHTTPResponse

    from tui.domain.http import Headers
    from tui.domain.stopping import StopSwitch

_PIECE_BYTES = 256 * 1024


class BodyCut(Exception):
    """The connection ended before the announced body did."""

    def __init__(self, received_bytes: int, announced_bytes: int) -> None:
        super().__init__(f"{received_bytes:,} of {announced_bytes:,} bytes came")


class Sender:
    """Sends the requests of one call of a client, in the thread that entered it as a context."""

    def __enter__(self) -> Self:
        self._token = _SENDER.set(self)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        _SENDER.reset(self._token)

    def send(self, request: AWSPreparedRequest) -> AWSResponse:
        """Send a signed request and return the answer, its body at hand."""
        raise NotImplementedError


class Sending(Sender):
    """One call on the wire, from entering the context to leaving it, in one thread.

    Attributes:
        attempts: HTTP requests of which at least the first bytes left this machine.
    """

    def __init__(self, http: URLLib3Session, stop: StopSwitch) -> None:
        self.attempts = 0
        self._http = http
        self._stop = stop
        self._lock = Lock()
        self._socket: socket.socket | None = None
        self._is_counted = True
        self._head: tuple[int, str, Headers] | None = None
        self._pieces: list[bytes] = []

    def __enter__(self) -> Self:
        self._stop.on_stop(self._hang_up)
        return super().__enter__()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        super().__exit__(kind, error, trace)
        # The connection may serve another call from now on; a late stop must not reach it.
        with self._lock:
            self._socket = None

    @property
    def reply(self) -> HttpReply | None:
        """What has come of the last answer, which may be part of it; None before its headers."""
        if self._head is None:
            return None
        status, reason, headers = self._head
        return HttpReply(status=status, reason=reason, headers=headers, body=b"".join(self._pieces))

    def whole_reply(self) -> HttpReply:
        """Return the answer after a call that succeeded."""
        reply = self.reply
        if reply is None:
            raise RuntimeError("no answer came")
        return reply

    def send(self, request: AWSPreparedRequest) -> AWSResponse:
        """Put a signed request on the wire and read the whole answer.

        Raises:
            StoppedWaiting: the switch was flipped, before or meanwhile.
            BodyCut: the answer ended early.
            BotoCoreError: no answer, as botocore's HTTP session says it.
            urllib3.exceptions.HTTPError: the connection failed in the middle of the body.
        """
        self._check_stop()
        self._head, self._pieces = None, []
        answer = self._http.send(request)
        raw: BaseHTTPResponse = answer.raw
        try:
            self._read(raw)
        finally:
            # Keeps the connection only if the answer was read to its end.
            raw.close()
        answer.raw = AlreadyRead(self._pieces)
        return answer

    def connected(self, used: socket.socket | None) -> None:
        """A connection was made, or one is used again."""
        with self._lock:
            self._socket = used
        if self._stop.is_stopped:
            self._hang_up()

    def request_begins(self) -> None:
        """A request is about to be written."""
        self._is_counted = False

    def bytes_left(self, used: socket.socket | None) -> None:
        """Something was written to ``used``; a request counts from its first bytes on."""
        self.connected(used)
        if not self._is_counted:
            self._is_counted = True
            self.attempts += 1

    def head_came(self, head: HTTPResponse) -> None:
        """The status line and the headers were read."""
        headers = tuple((name, _spelt(value)) for name, value in head.msg.items())
        self._head = (head.status, head.reason, headers)

    def _read(self, raw: BaseHTTPResponse) -> None:
        # One system call a piece, so that whatever came before a failure is kept.
        while piece := raw.read1(_PIECE_BYTES, decode_content=False):
            self._pieces.append(piece)
        self._check_stop()
        received = sum(map(len, self._pieces))
        announced = raw.headers.get("content-length", "")
        if announced.isdecimal() and not raw.chunked and received < int(announced):
            raise BodyCut(received, int(announced))

    def _check_stop(self) -> None:
        if self._stop.is_stopped:
            raise StoppedWaiting

    def _hang_up(self) -> None:
        """Wake the thread that waits on the socket; any thread may call."""
        with self._lock:
            if isinstance(self._socket, socket.socket):
                # It may have closed by itself meanwhile. The base class's method, because
                # SSLSocket's takes the TLS state away under the reader.
                with suppress(OSError):
                    socket.socket.shutdown(self._socket, socket.SHUT_RDWR)


_SENDER: ContextVar[Sender | None] = ContextVar("sender", default=None)


def take_over_sending(client: BaseClient) -> None:
    """Let the `Sender` of the calling thread send what ``client`` would."""
    service = client.meta.service_model.service_id.hyphenize()
    client.meta.events.register(
        f"before-send.{service}",
        _send,  # pyright: ignore[reportArgumentType] - the stubs forget that this one answers
    )


def _send(request: AWSPreparedRequest, **_: object) -> AWSResponse:
    sender = _SENDER.get()
    if sender is None:
        raise RuntimeError("a call outside of any Sender")
    return sender.send(request)


def current_sending() -> Sending | None:
    """Return what this thread is sending, for its connections to report to."""
    sender = _SENDER.get()
    return sender if isinstance(sender, Sending) else None


class AlreadyRead:
    """A body that was read already, for botocore to parse."""

    def __init__(self, pieces: list[bytes]) -> None:
        self._pieces = pieces

    def stream(self) -> Iterator[bytes]:
        """Yield the body as botocore reads it from urllib3."""
        return iter(self._pieces)


def _spelt(value: str) -> str:
    """Undo http.client's Latin-1 where the header was UTF-8, which is what boto3 sends."""
    try:
        return value.encode("latin-1").decode()
    except UnicodeError:
        return value
