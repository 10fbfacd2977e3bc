"""Failures without a complete HTTP response: names, connections, TLS, resets, timeouts.

botocore wraps what urllib3 wrapped of what the operating system said; what a person can use is
usually innermost.
"""

from __future__ import annotations

import socket
import ssl
from http.client import BadStatusLine, RemoteDisconnected
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from botocore import exceptions as boto
from urllib3 import exceptions as urllib3

from tui.aws.wire import BodyCut
from tui.domain.errors import NetworkFailed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tui.aws.calls import Call


def of_network(error: Exception, call: Call) -> NetworkFailed:
    """Tell why no complete answer came."""
    told = _connecting(error, call) or _answering(error, call) or _unknown(error)
    told.code = type(error).__name__
    told.reply, told.attempts = call.reply, call.attempts
    return told


def causes(error: BaseException) -> Iterator[BaseException]:
    """Yield an exception and what it was made of, outermost first."""
    seen: set[int] = set()
    waiting: list[BaseException | None] = [error]
    while waiting:
        each = waiting.pop()
        if each is None or id(each) in seen:
            continue
        seen.add(id(each))
        yield each
        inner = [arg for arg in each.args if isinstance(arg, BaseException)]
        waiting.extend([each.__context__, each.__cause__, *inner])


def _connecting(error: Exception, call: Call) -> NetworkFailed | None:
    """Failures before a byte of the request left."""
    host = _host(error, call)
    reasons = tuple(causes(error))
    if any(isinstance(each, socket.gaierror) for each in reasons):
        return NetworkFailed(
            summary=f"The name {host} was not found",
            hint="Check the region's name and the network; a VPN or proxy may be needed.",
        )
    if isinstance(error, boto.ProxyConnectionError):
        return NetworkFailed(
            summary="The proxy cannot be reached",
            hint="Check HTTPS_PROXY and NO_PROXY.",
        )
    if isinstance(error, boto.SSLError) or any(isinstance(each, ssl.SSLError) for each in reasons):
        return _tls(reasons, host)
    if isinstance(error, boto.ConnectTimeoutError):
        return NetworkFailed(
            summary=f"No connection to {host}: it does not answer",
            hint="Check the network, the VPN and the endpoint URL; a firewall drops in silence.",
            timed_out=True,
        )
    if isinstance(error, boto.EndpointConnectionError):
        return NetworkFailed(
            summary=f"No connection to {host}: {_system_words(reasons)}",
            hint="Nothing listens there; check the endpoint URL."
            if any(isinstance(each, ConnectionRefusedError) for each in reasons)
            else "Check the network and the endpoint URL.",
        )
    return None


def _tls(reasons: tuple[BaseException, ...], host: str) -> NetworkFailed:
    verification = next(
        (each for each in reasons if isinstance(each, ssl.SSLCertVerificationError)), None
    )
    if verification is not None:
        return NetworkFailed(
            summary=f"The certificate of {host} is not trusted: {verification.verify_message}",
            hint="A proxy that inspects TLS? Name its certificate file in AWS_CA_BUNDLE.",
        )
    return NetworkFailed(
        summary=f"TLS with {host} failed",
        hint="Does the endpoint URL speak https? Otherwise write http.",
    )


def _answering(error: Exception, call: Call) -> NetworkFailed | None:
    """Failures after the request, or part of it, left."""
    reasons = tuple(causes(error))
    came = len(call.reply.body) if call.reply else 0
    if isinstance(error, boto.ReadTimeoutError | urllib3.ReadTimeoutError | TimeoutError):
        silence = "the read timeout" if not call.read_timeout_s else f"{call.read_timeout_s:g} s"
        after = f"; {came:,} bytes of the body had come" if call.reply else ""
        return NetworkFailed(
            summary=f"Nothing came for {silence}{after}",
            hint=_after_leaving(call, "A longer read timeout is a setting."),
            timed_out=True,
        )
    if call.reply is not None:
        return NetworkFailed(
            summary=f"The connection was cut in the middle of the body: {_cut_words(error, came)}",
            hint=_after_leaving(call, "What came is shown."),
        )
    if any(isinstance(each, BadStatusLine) for each in reasons) and not any(
        isinstance(each, RemoteDisconnected) for each in reasons
    ):
        return NetworkFailed(
            summary="What answers there does not speak HTTP",
            hint="Check the endpoint URL; https where http is written?",
        )
    if isinstance(error, boto.ConnectionClosedError | urllib3.ProtocolError | OSError):
        return NetworkFailed(
            summary="The connection was closed before an answer came",
            hint=_after_leaving(call, "A body that is too large can end like this."),
        )
    return None


def _after_leaving(call: Call, advice: str) -> str:
    if not call.is_invocation:
        return "Check the network, then try again."
    return f"The request had left: the model may have run. {advice}"


def _cut_words(error: Exception, came: int) -> str:
    return str(error) if isinstance(error, BodyCut) else f"{came:,} bytes came"


def _unknown(error: Exception) -> NetworkFailed:
    innermost = list(causes(error))[-1]
    return NetworkFailed(
        summary=f"The HTTP request failed: {' '.join(str(innermost).split())}",
        hint="Check the network and the endpoint URL.",
    )


def _host(error: Exception, call: Call) -> str:
    kwargs = getattr(error, "kwargs", {})
    url = kwargs.get("endpoint_url") or call.caller.endpoint_url or ""
    return urlsplit(str(url)).netloc or "the endpoint"


def _system_words(reasons: tuple[BaseException, ...]) -> str:
    said = [each.strerror for each in reasons if isinstance(each, OSError) and each.strerror]
    return said[-1] if said else "the connection failed"
