"""HTTP messages as they crossed the wire, before anybody gave them a meaning."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeAlias

Headers: TypeAlias = tuple[tuple[str, str], ...]
"""(name, value) pairs in the order and spelling in which they came, repeats included."""


def header_of(headers: Headers, name: str) -> str | None:
    """Return the first value of a header, its name in any case."""
    wanted = name.lower()
    return next((value for key, value in headers if key.lower() == wanted), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class HttpRequest:
    """One HTTP request as botocore would put it on the wire."""

    method: str
    url: str
    headers: Headers = field(repr=False)
    body: bytes = field(repr=False)

    @property
    def content_type(self) -> str | None:
        """The ``Content-Type`` header."""
        return header_of(self.headers, "content-type")


@dataclass(frozen=True, slots=True, kw_only=True)
class HttpReply:
    """One HTTP response, untouched."""

    status: int
    reason: str
    headers: Headers = field(repr=False)
    body: bytes = field(default=b"", repr=False)

    def header(self, name: str) -> str | None:
        """Return the first value of a header, its name in any case."""
        return header_of(self.headers, name)

    @property
    def content_type(self) -> str | None:
        """The ``Content-Type`` header."""
        return self.header("content-type")

    @property
    def request_id(self) -> str | None:
        """The ``x-amzn-RequestId`` header."""
        return self.header("x-amzn-requestid")

    @property
    def invoked_production_variant(self) -> str | None:
        """InvokedProductionVariant, from ``x-Amzn-Invoked-Production-Variant``."""
        return self.header("x-amzn-invoked-production-variant")

    @property
    def custom_attributes(self) -> str | None:
        """CustomAttributes, as the container returned them."""
        return self.header("x-amzn-sagemaker-custom-attributes")

    @property
    def new_session_id(self) -> str | None:
        """NewSessionId: id and expiry in one string, ``ID; Expires=…``."""
        return self.header("x-amzn-sagemaker-new-session-id")

    @property
    def closed_session_id(self) -> str | None:
        """ClosedSessionId."""
        return self.header("x-amzn-sagemaker-closed-session-id")
