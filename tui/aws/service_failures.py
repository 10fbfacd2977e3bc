"""Refusals by AWS, and by what answers in its place: a `ClientError` says what kind it is.

The codes are those of the service model and of the services' common errors; the messages that
are matched are known from users' reports, none is promised by AWS. What does not match keeps
AWS's own words.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tui.aws import model_failures
from tui.domain.errors import (
    AccessDenied,
    CredentialsMissing,
    EndpointNotFound,
    EndpointUnavailable,
    ExplorerError,
    RequestInvalid,
    Throttled,
)

if TYPE_CHECKING:
    from botocore.exceptions import ClientError

    from tui.aws.calls import Call

_EXPIRED = frozenset({"ExpiredToken", "ExpiredTokenException", "RequestExpired"})
_UNKNOWN_KEY = frozenset(
    {
        "InvalidAccessKeyId",
        "InvalidClientTokenId",
        "InvalidToken",
        "MissingAuthenticationToken",
        "MissingAuthenticationTokenException",
        "UnrecognizedClientException",
    }
)
_BAD_SIGNATURE = frozenset(
    {
        "IncompleteSignature",
        "IncompleteSignatureException",
        "InvalidSignatureException",
        "RequestTimeTooSkewed",
        "SignatureDoesNotMatch",
    }
)
_DENIED = frozenset({"AccessDenied", "AccessDeniedException", "OptInRequired", "403"})
_THROTTLED = frozenset(
    {
        "429",
        "LimitExceededException",
        "RequestLimitExceeded",
        "SlowDown",
        "ThrottledException",
        "Throttling",
        "ThrottlingException",
        "TooManyRequestsException",
    }
)
_NOT_FOUND = re.compile(
    r"Endpoint (?P<name>\S+) of account (?P<account>\d+) not found"
    r"|Could not find endpoint \W?(?P<arn>arn:[^\s\"']+)"
)
_REFUSED = re.compile(
    r"User: (?P<user>\S+) is not authorized to perform: (?P<action>[\w-]+:\w+)"
    r"(?: on resource: (?P<resource>\S+))?(?P<why> with an explicit deny)?"
)
_ACTIONS = {"ListObjectsV2": "s3:ListBucket", "GetCallerIdentity": "sts:GetCallerIdentity"}

_VALIDATION_HINTS = (
    ("missing a target model header", "A multi-model endpoint: fill in TargetModel."),
    (
        "does not support target model header",
        "Not a multi-model endpoint: clear TargetModel. TargetVariant chooses a variant.",
    ),
    (
        "Inference Component Name header is required",
        "This endpoint hosts inference components: fill in InferenceComponentName.",
    ),
    (
        "Inference Component Name header is not allowed",
        "This endpoint hosts no inference components: clear InferenceComponentName.",
    ),
    (
        "Failed to download model data",
        "TargetModel must name an artifact that exists and that the endpoint's role may read.",
    ),
    ("target container hostname header", "Look at TargetContainerHostname in Targeting."),
    ("InvokeEndpointAsync", "An asynchronous endpoint: it takes its input from S3, not from here."),
)


def of_client_error(error: ClientError, call: Call) -> ExplorerError:
    """Tell what AWS's answer means."""
    code = str(error.response.get("Error", {}).get("Code", ""))
    message = _message(error)
    status = int(error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0))
    told = (
        model_failures.of_model(error, code, call)
        or _of_identity(code, message, call)
        or _of_validation(code, message, call)
        or _of_status(code, message, status)
    )
    told.code, told.operation = code, error.operation_name
    told.service_message = str(error.response.get("Error", {}).get("Message", ""))
    told.reply, told.attempts = call.reply, call.attempts
    return told


def _message(error: ClientError) -> str:
    """AWS's words, on one line; none when botocore took a page without a code for them."""
    said = error.response.get("Error", {})
    if str(said.get("Code", "")).isdecimal():
        return ""
    return " ".join(str(said.get("Message", "")).split())


def _of_identity(code: str, message: str, call: Call) -> ExplorerError | None:
    caller = call.caller
    if code in _EXPIRED:
        return CredentialsMissing(
            summary=f"The credentials have expired ({caller})",
            hint=_renew(caller.login_command),
        )
    if code in _UNKNOWN_KEY:
        return CredentialsMissing(
            summary=f"AWS does not know these credentials ({caller})",
            hint="Check the access key; one of another partition or a deleted one reads like this.",
        )
    if code in _BAD_SIGNATURE:
        return CredentialsMissing(
            summary=f"AWS does not accept the signature: {message}",
            hint="Check the secret access key and this machine's clock.",
        )
    if code in _THROTTLED:
        return Throttled(
            summary=f"Too many requests: {message or code}",
            hint="Wait a moment and send again; quotas are per account and region.",
        )
    return _denied(message, call) if code in _DENIED else None


def _renew(login_command: str | None) -> str:
    if login_command:
        return f"Run `{login_command}`, then reconnect."
    return "Renew the credentials, then reconnect."


def _denied(message: str, call: Call) -> AccessDenied:
    found = _REFUSED.search(message)
    if found is None:
        action = _ACTIONS.get(call.operation, f"sagemaker:{call.operation}")
        return AccessDenied(
            summary=f"Not allowed: {action} on {call.resource or '*'}",
            hint=f"Ask for the action {action}{f'; AWS says: {message}' if message else ''}.",
            action=action,
        )
    action, resource = found["action"], (found["resource"] or "*").rstrip(".,;")
    grant = "A policy denies it explicitly." if found["why"] else "Ask for it in an IAM policy."
    return AccessDenied(
        summary=f"Not allowed: {action} on {resource}",
        hint=f"{found['user']} lacks that action on that resource. {grant}",
        action=action,
    )


def _of_validation(code: str, message: str, call: Call) -> ExplorerError | None:
    found = _NOT_FOUND.search(message)
    if found and code.startswith("Validation"):
        return _not_found(found, call)
    if "has no capacity to process this request" in message:
        return EndpointUnavailable(
            summary="The inference component has no copy running: it is scaled to zero",
            hint="If it scales by itself, this request has asked for a copy: send again in some "
            "minutes.",
        )
    if not code.startswith("Validation"):
        return None
    hint = next((hint for words, hint in _VALIDATION_HINTS if words in message), "")
    return RequestInvalid(summary=message or "The request breaks a rule of SageMaker", hint=hint)


def _not_found(found: re.Match[str], call: Call) -> EndpointNotFound:
    arn = (found["arn"] or "").split(":")
    name = found["name"] or arn[-1].rpartition("/")[2] or call.resource
    account = found["account"] or (arn[4] if len(arn) > 4 else "")
    whose = f"account {account}, " if account else ""
    return EndpointNotFound(
        summary=f"No endpoint {name} in {whose}region {call.caller.region}",
        hint=f"Asked with {call.caller}. Check the name, or use another region or profile.",
    )


def _of_status(code: str, message: str, status: int) -> ExplorerError:
    words = message or f"HTTP {status}"
    if status == 413 or code.startswith("RequestEntityTooLarge"):
        return RequestInvalid(
            summary="The body is too large (413)",
            hint="Real-time endpoints take 6 MB by the service model, up to 25 MB by the hosting "
            "FAQ; asynchronous ones take 1 GB from S3.",
        )
    if status == 404:
        return RequestInvalid(
            summary=f"Nothing answers at this address: {words}",
            hint="Check the endpoint URL: it may be no SageMaker.",
        )
    if status >= 500:
        return _unavailable(code, words, status)
    return RequestInvalid(summary=words)


def _unavailable(code: str, words: str, status: int) -> EndpointUnavailable:
    if code.isdecimal():
        return EndpointUnavailable(
            summary=f"HTTP {status} from something in front of SageMaker or its model",
            hint="The page that came is the response body. A proxy or load balancer speaks so.",
        )
    return EndpointUnavailable(
        summary=f"{code} ({status}): {words}",
        hint="SageMaker's own failure: send again; if it stays, look at AWS's health page.",
    )
