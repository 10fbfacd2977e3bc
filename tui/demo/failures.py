"""Failures on purpose: what goes wrong at SageMaker, on the wire, and in containers.

Each is a value that the catalogue puts on an endpoint. Which endpoint fails how is in `showcase`.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass, field
from http import HTTPStatus
from threading import Lock
from time import monotonic, sleep
from typing import TYPE_CHECKING

from tui.demo.containers import ContainerReply
from tui.demo.model_errors import MODEL_TIMEOUT_S, ModelTimedOut
from tui.demo.wire import (
    AwsError,
    Reply,
    Reset,
    is_json_number,
    is_json_object,
    parse_json,
    to_json,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.demo.containers import ContainerRequest
    from tui.demo.wire import Answer, ReceivedRequest


@dataclass(frozen=True, slots=True)
class Refuses:
    """SageMaker refuses, always with the same words."""

    code: str
    message: str
    status: int = 400

    def intervene(self, _request: ReceivedRequest, /) -> Answer | None:
        """Refuse."""
        raise AwsError(self.code, self.message, status=self.status)


@dataclass(frozen=True, slots=True)
class Answers:
    """Something other than SageMaker answers: a proxy's page, half a body, a reset."""

    answer: Answer

    def intervene(self, _request: ReceivedRequest, /) -> Answer | None:
        """Answer, whatever was asked."""
        return self.answer


HTML_502 = Answers(
    Reply(
        status=502,
        content_type="text/html",
        body=b"<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n"
        b"<center><h1>502 Bad Gateway</h1></center>\r\n<hr><center>awselb/2.0</center>\r\n"
        b"</body>\r\n</html>\r\n",
    )
)
"""What a load balancer says when nothing behind it answers."""

_RECORDS = to_json({"predictions": [{"id": number, "score": 0.5} for number in range(200)]})

CUT_MID_BODY = Answers(
    Reply(
        content_type="application/json",
        body=_RECORDS,
        headers=(("x-Amzn-Invoked-Production-Variant", "AllTraffic"),),
        cut_after_bytes=len(_RECORDS) // 2,
    )
)
"""A 200 whose connection closes after half of the announced body."""

RESET = Answers(Reset())
"""The connection is reset before a byte of the answer."""


@dataclass(slots=True)
class ColdStart:
    """Not ready for the first calls, then ready; cold again when nobody calls for a while."""

    calls_until_ready: int = 2
    idle_s: float = 120.0
    """Seconds without a call after which the model is unloaded."""
    clock: Callable[[], float] = monotonic
    _lock: Lock = field(default_factory=Lock, init=False, repr=False)
    _calls: int = field(default=0, init=False)
    _called_at: float = field(default=-math.inf, init=False)

    def intervene(self, _request: ReceivedRequest, /) -> Answer | None:
        """Refuse while the model is loading."""
        if self._count_call() > self.calls_until_ready:
            return None
        raise AwsError(
            "ModelNotReadyException",
            "Model is not ready for inference: it is still being downloaded and loaded. "
            "Try again in a few seconds.",
            status=HTTPStatus.TOO_MANY_REQUESTS,
        )

    def _count_call(self) -> int:
        with self._lock:
            now = self.clock()
            is_cold = now - self._called_at > self.idle_s
            self._calls = 1 if is_cold else self._calls + 1
            self._called_at = now
            return self._calls


@dataclass(frozen=True, slots=True)
class RejectsInput:
    """A container that refuses every body, with an error of JSON inside JSON, as servers do."""

    def invoke(self, request: ContainerRequest) -> ContainerReply:
        """Say what was wrong, as a model server wraps its handler's message."""
        cause = {
            "error": "ValueError",
            "detail": "X has 3 features, but the model expects 4 features as input",
            "received": {"content_type": request.content_type, "bytes": len(request.body)},
        }
        wrapped = {
            "code": 400,
            "type": "InvalidRequestException",
            "message": f"prediction failed: {json.dumps(cause)}",
            "cause": cause,
        }
        return ContainerReply(status=HTTPStatus.BAD_REQUEST, body=to_json(wrapped))


@dataclass(frozen=True, slots=True)
class Rambles:
    """A container whose error is longer than SageMaker passes on."""

    def invoke(self, request: ContainerRequest) -> ContainerReply:
        """Fail with a traceback deep enough to be cut."""
        frames = [
            f'  File "/opt/ml/code/pipeline/stage_{depth:02}.py", line {17 + 3 * depth}, in apply\n'
            f"    features = self.stages[{depth}].transform(features)\n"
            for depth in range(40)
        ]
        error = f"numpy.linalg.LinAlgError: Singular matrix ({len(request.body)} bytes of input)\n"
        trace = "".join(("Traceback (most recent call last):\n", *frames, error))
        return ContainerReply(
            status=HTTPStatus.INTERNAL_SERVER_ERROR,
            content_type="text/plain",
            body=trace.encode(),
        )


@dataclass(frozen=True, slots=True)
class TakesSeconds:
    """A model that takes as many seconds as the request says.

    ``seconds=3`` in the custom attributes, or a body of ``3`` or ``{"seconds": 3}``. Beyond
    SageMaker's limit it times out as a real one would.
    """

    sleep: Callable[[float], object] = sleep

    def invoke(self, request: ContainerRequest) -> ContainerReply:
        """Wait, then say how long."""
        seconds = _seconds(request)
        if seconds is None:
            problem = 'say how long: {"seconds": 3} as the body, or seconds=3 as custom attributes'
            return ContainerReply(status=HTTPStatus.BAD_REQUEST, body=to_json({"error": problem}))
        self.sleep(min(seconds, MODEL_TIMEOUT_S))
        if seconds > MODEL_TIMEOUT_S:
            raise ModelTimedOut
        return ContainerReply(body=to_json({"seconds": seconds}))


def _seconds(request: ContainerRequest) -> float | None:
    """Read the wanted duration; None when there is none, or not a time."""
    attributes = request.header("X-Amzn-SageMaker-Custom-Attributes") or ""
    _, marker, text = attributes.partition("seconds=")
    value = _number(text.split(",")[0].encode()) if marker else _number(request.body)
    return value if value is not None and 0 <= value < math.inf else None


def _number(text: bytes) -> float | None:
    try:
        value = parse_json(text)
        if is_json_object(value):
            value = value.get("seconds")
        return float(value) if is_json_number(value) else None
    except (ValueError, OverflowError):
        return None
