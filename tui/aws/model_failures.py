"""Failures of the model and of its container: `ModelError` and `ModelNotReadyException`.

SageMaker wraps what a container answered in a message of its own; where botocore's parser finds
the parts (`OriginalStatusCode`, `OriginalMessage`, `LogStreamArn`) they win over that message.
"""

from __future__ import annotations

import re
from http import HTTPStatus
from typing import TYPE_CHECKING, cast

from tui.domain.errors import EndpointUnavailable, ExplorerError, ModelFailed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from botocore.exceptions import ClientError

    from tui.aws.calls import Call

CUT_AT = 2048
"""Characters of the container's message that SageMaker keeps."""

_TIMED_OUT = 0
_SUMMARY_LENGTH = 160
_WRAPPED = re.compile(
    r"Received (?:client|server) error \((?P<status>\d+)\) from (?P<container>\S+) "
    r"(?:with message \"(?P<message>.*?)(?:\"\. See|\Z)|and could not load the entire response)",
    re.DOTALL,
)


def of_model(error: ClientError, code: str, call: Call) -> ExplorerError | None:
    """Tell a failure of the model; None when it is none."""
    match code:
        case "ModelError":
            # The stubs know the common members of a response only.
            return _model_failed(cast("Mapping[str, object]", error.response), call)
        case "ModelNotReadyException":
            return EndpointUnavailable(
                summary="The model is still being loaded",
                hint="Send again in a moment; a large model can take six minutes.",
            )
        case _:
            return None


def _model_failed(response: Mapping[str, object], call: Call) -> ModelFailed:
    whole = str(response.get("Message") or "")
    wrapped = _WRAPPED.search(whole)
    status = response.get("OriginalStatusCode")
    if not isinstance(status, int):
        status = int(wrapped["status"]) if wrapped else None
    message = str(response.get("OriginalMessage") or "")
    if not message:
        message = (wrapped["message"] or "") if wrapped else whole
    arn = str(response.get("LogStreamArn") or "")
    group = arn.partition(":log-group:")[2] or f"/aws/sagemaker/Endpoints/{call.resource}"
    is_cut = len(message) >= CUT_AT or "could not load the entire response body" in whole
    return ModelFailed(
        summary=_summary(status, message),
        hint=_hint(status, group, is_cut=is_cut),
        original_status_code=status,
        original_message=message,
        log_stream_arn=arn,
    )


def _summary(status: int | None, message: str) -> str:
    if status == _TIMED_OUT:
        return "The model did not answer within SageMaker's limit of 60 s"
    line = " ".join(message.split())
    if len(line) > _SUMMARY_LENGTH:
        line = f"{line[:_SUMMARY_LENGTH]}…"
    return f"The model's container answered {_spelt(status)}{f': {line}' if line else ''}"


def _spelt(status: int | None) -> str:
    if status is None:
        return "with an error"
    known = {each.value: each.phrase for each in HTTPStatus}
    return f"{status} {known[status]}" if status in known else str(status)


def _hint(status: int | None, group: str, *, is_cut: bool) -> str:
    log = f"CloudWatch log group {group}"
    if status == _TIMED_OUT:
        return f"It may still run. Send less, or use an asynchronous endpoint; see {log}."
    if is_cut:
        return f"SageMaker cut the message at {CUT_AT:,} characters; the rest is in {log}."
    if status in (HTTPStatus.UNSUPPORTED_MEDIA_TYPE, HTTPStatus.NOT_ACCEPTABLE):
        return f"Check ContentType and Accept: the container does not take them. Its log: {log}."
    if status is not None and status < HTTPStatus.INTERNAL_SERVER_ERROR:
        return f"Check the body and its ContentType. The container's log: {log}."
    return f"The container failed; its log: {log}."
