"""What a demo model server is: bytes and headers in, bytes and headers out.

The HTTP server knows SageMaker's routes and errors, a container knows its model; they meet here.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from tui.demo.wire import to_json

if TYPE_CHECKING:
    from collections.abc import Mapping
    from http import HTTPStatus

    from tui.demo.wire import JsonValue


@dataclass(frozen=True, slots=True, kw_only=True)
class ContainerRequest:
    """What SageMaker forwards to ``POST /invocations``."""

    body: bytes = field(repr=False)
    headers: Mapping[str, str] = field(default_factory=dict[str, str])
    """As received by the container; look names up with `header`."""
    target_model: str | None = None

    def header(self, name: str) -> str | None:
        """Return a header's value, its name in any case."""
        wanted = name.lower()
        return next((value for key, value in self.headers.items() if key.lower() == wanted), None)

    @property
    def content_type(self) -> str:
        """MIME type without parameters, lower case; empty when none was sent."""
        return (self.header("content-type") or "").partition(";")[0].strip().lower()

    @property
    def accept(self) -> str:
        """The Accept header, lower case; empty when none was sent."""
        return (self.header("accept") or "").strip().lower()


@dataclass(frozen=True, slots=True, kw_only=True)
class ContainerReply:
    """What a container answers; any status but 200 becomes a ModelError at the client."""

    body: bytes = field(repr=False)
    content_type: str = "application/json"
    status: int = 200
    custom_attributes: str | None = None
    new_session_id: str | None = None
    """Id and expiry in one string, ``ID; Expires=2026-01-31T12:00:00Z``."""
    closed_session_id: str | None = None


class RequestRefused(Exception):
    """Raised by a container that cannot answer a request: the reply that says why is its data."""

    def __init__(self, status: HTTPStatus, problem: str, **details: JsonValue) -> None:
        super().__init__(problem)
        self.reply = ContainerReply(status=status, body=to_json({"error": problem, **details}))


class Container(Protocol):
    """A model server."""

    def invoke(self, request: ContainerRequest) -> ContainerReply:
        """Answer one invocation; may be called from several threads at once.

        Raises:
            RequestRefused: the request is not one that the model takes.
        """
        ...
