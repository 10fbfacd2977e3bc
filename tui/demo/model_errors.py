"""``ModelError``: how SageMaker tells the client that the container failed.

Also where a container says that it would not have answered within SageMaker's limit.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from tui.demo.account import ACCOUNT
from tui.demo.wire import AwsError

if TYPE_CHECKING:
    from tui.demo.containers import ContainerReply

MAX_MESSAGE_LENGTH = 2048
"""Characters of Message and of OriginalMessage; botocore's ``Message`` shape."""

MODEL_TIMEOUT_S = 60.0
"""A regular invocation gets this long from SageMaker (hosting FAQ)."""

_FAILED_DEPENDENCY = 424
_TIMED_OUT = (
    "Your invocation timed out while waiting for a response from container {container}. "
    "Review the latency metrics for each container in Amazon CloudWatch, resolve the issue, "
    "and try again."
)


class ModelTimedOut(Exception):
    """Raised by a container instead of an answer that would come after `MODEL_TIMEOUT_S`."""


def from_reply(reply: ContainerReply, *, container: str, endpoint: str, region: str) -> AwsError:
    """Spell a container's answer that is not 200."""
    return _model_error(
        reply.status,
        reply.body.decode("utf-8", "replace"),
        container=container,
        endpoint=endpoint,
        region=region,
    )


def from_timeout(*, container: str, endpoint: str, region: str) -> AwsError:
    """Spell that the container did not answer in time: original status 0."""
    message = _TIMED_OUT.format(container=container)
    return _model_error(0, message, container=container, endpoint=endpoint, region=region)


def _model_error(
    status: int, original: str, *, container: str, endpoint: str, region: str
) -> AwsError:
    group = f"/aws/sagemaker/Endpoints/{endpoint}"
    is_client_error = HTTPStatus.BAD_REQUEST <= status < HTTPStatus.INTERNAL_SERVER_ERROR
    console = (
        f"https://{region}.console.aws.amazon.com/cloudwatch/home?region={region}"
        f"#logEventViewer:group={group}"
    )
    message = (
        f"Received {'client' if is_client_error else 'server'} error ({status}) from {container} "
        f'with message "{original}". See {console} in account {ACCOUNT} for more information.'
    )
    return AwsError(
        "ModelError",
        message[:MAX_MESSAGE_LENGTH],
        status=_FAILED_DEPENDENCY,
        extra={
            "ErrorCode": "CLIENT_ERROR_FROM_MODEL"
            if is_client_error
            else "INTERNAL_FAILURE_FROM_MODEL",
            "LogStreamArn": f"arn:aws:logs:{region}:{ACCOUNT}:log-group:{group}",
            "OriginalMessage": original[:MAX_MESSAGE_LENGTH],
            "OriginalStatusCode": status,
        },
    )
