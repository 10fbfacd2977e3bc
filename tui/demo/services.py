"""Which plane answers a request: everything of the local AWS except the socket.

POST /endpoints/{name}/invocations        runtime
POST / with X-Amz-Target                  control plane
POST / with a form                        STS
GET  /{bucket}?list-type=2                S3
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.demo.control_plane import ControlPlane
from tui.demo.neighbours import ArtifactStore, sts_answer
from tui.demo.runtime import INVOCATIONS, Runtime, refusal
from tui.demo.wire import AwsError

if TYPE_CHECKING:
    from datetime import datetime

    from tui.demo.catalogue import Catalogue
    from tui.demo.wire import Answer, ReceivedRequest


class Services:
    """All planes behind one address; safe to use from any thread."""

    def __init__(
        self, catalogue: Catalogue, *, started_at: datetime, seed: int | None = None
    ) -> None:
        self._control_plane = ControlPlane(catalogue, started_at)
        self._runtime = Runtime(catalogue, seed)
        self._artifacts = ArtifactStore(catalogue, started_at)

    def answer(self, request: ReceivedRequest) -> Answer:
        """Answer one request, whatever it is."""
        if request.path == "/" and request.method == "POST":
            return self._answer_root(request)
        if invocation := INVOCATIONS.fullmatch(request.path):
            if request.method != "POST":
                return refusal(AwsError("MethodNotAllowed", "Use POST to invoke.", status=405))
            return self._runtime.answer(request, invocation["name"])
        if request.query:
            return self._artifacts.answer(request)
        return _unknown(request)

    def _answer_root(self, request: ReceivedRequest) -> Answer:
        content_type = request.header("content-type") or ""
        if request.header("x-amz-target") is not None:
            return self._control_plane.answer(request)
        if content_type.startswith("application/x-www-form-urlencoded"):
            return sts_answer(request)
        return _unknown(request)


def _unknown(request: ReceivedRequest) -> Answer:
    message = f"The demo does not know {request.method} {request.path}."
    return refusal(AwsError("UnknownOperationException", message, status=404))
