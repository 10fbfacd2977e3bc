"""Endpoints that fail on purpose, each named for what its client sees."""

from __future__ import annotations

from datetime import timedelta
from itertools import count
from typing import TYPE_CHECKING

from tui.demo import failures
from tui.demo.account import ACCOUNT
from tui.demo.models.echo import Echo
from tui.demo.showcase import examples
from tui.demo.showcase.making import serving

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tui.demo.catalogue import Endpoint, Failure
    from tui.demo.containers import Container


def failing() -> Iterator[Endpoint]:
    """Yield the failures, newest first; those that count calls start anew."""
    ages = (timedelta(days=days) for days in count(120, 3))
    slow = failures.TakesSeconds()
    yield serving("slow-seconds", slow, examples.THREE_SECONDS, age=next(ages))
    for name, container in _CONTAINERS.items():
        yield serving(name, container, examples.THREE_FEATURES, age=next(ages))
    for name, failure in {**_BEFORE_THE_MODEL, _COLD: failures.ColdStart()}.items():
        yield serving(name, Echo(), examples.HELLO, age=next(ages), failure=failure)


_CONTAINERS: Mapping[str, Container] = {
    "fails-with-model-error": failures.RejectsInput(),
    "fails-truncated": failures.Rambles(),
}

_COLD = "fails-not-ready-then-ready"

_USER = f"arn:aws:iam::{ACCOUNT}:user/demo"

_BEFORE_THE_MODEL: Mapping[str, Failure] = {
    "fails-throttled": failures.Refuses("ThrottlingException", "Rate exceeded"),
    "fails-validation": failures.Refuses(
        "ValidationError",
        "1 validation error detected: Value at 'body' failed to satisfy constraint: "
        "Member must have length less than or equal to 6291456",
    ),
    "fails-access-denied": failures.Refuses(
        "AccessDeniedException",
        f"User: {_USER} is not authorized to perform: sagemaker:InvokeEndpoint on resource: "
        f"arn:aws:sagemaker:us-east-1:{ACCOUNT}:endpoint/fails-access-denied because no "
        "identity-based policy allows the sagemaker:InvokeEndpoint action",
        status=403,
    ),
    "fails-expired-token": failures.Refuses(
        "ExpiredTokenException",
        "The security token included in the request is expired",
        status=403,
    ),
    "fails-internal-500": failures.Refuses(
        "InternalFailure", "An internal failure occurred.", status=500
    ),
    "fails-unavailable-503": failures.Refuses(
        "ServiceUnavailable", "The service is currently unavailable.", status=503
    ),
    "fails-dependency-530": failures.Refuses(
        "InternalDependencyException",
        "Your request caused an exception with an internal dependency.",
        status=530,
    ),
    "fails-html-502": failures.HTML_502,
    "cuts-mid-body": failures.CUT_MID_BODY,
    "resets-connection": failures.RESET,
}
