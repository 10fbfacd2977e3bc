"""The table: every endpoint that the demo shows, newest first.

What a row means is in `catalogue`; the models are in `models`, the failures in `failures`. Ages
count back from the server's start, so the list reads the same whenever it is opened.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import count
from typing import TYPE_CHECKING

from tui.demo import failures
from tui.demo.catalogue import Catalogue, Endpoint, Model, SingleModel, Variant
from tui.demo.wire import ACCOUNT
from tui.domain.endpoints import EndpointStatus, ExampleRequest

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tui.demo.catalogue import Failure
    from tui.demo.containers import Container

_SOME_JSON = ExampleRequest(
    body='{"instances": [[5.1, 3.5, 1.4]]}',
    content_type="application/json",
    accept="application/json",
)
_THREE_SECONDS = ExampleRequest(body='{"seconds": 3}', content_type="application/json")


def showcase() -> Catalogue:
    """Build the catalogue; failures that count calls start anew."""
    return Catalogue((*_in_every_status(), *_failing()))


def _in_every_status() -> Iterator[Endpoint]:
    """Yield an endpoint for each status but InService, of which there are plenty."""
    waiter = _model("waiter", failures.TakesSeconds(), _THREE_SECONDS)
    serving = Variant(model=waiter)
    yield Endpoint(
        name="text-embeddings-v2",
        age=timedelta(minutes=9),
        modified_ago=timedelta(minutes=9),
        status=EndpointStatus.CREATING,
        variants=(Variant(model=waiter, instances=0, desired_instances=1, statuses=("Creating",)),),
    )
    yield Endpoint(
        name="churn-prediction",
        age=timedelta(days=12),
        modified_ago=timedelta(minutes=3),
        status=EndpointStatus.UPDATING,
        variants=(Variant(model=waiter, instances=2, statuses=("Updating",)),),
        pending=(
            Variant(model=waiter, instances=1, desired_instances=3, instance_type="ml.c6i.xlarge"),
        ),
    )
    yield Endpoint(
        name="demand-forecast",
        age=timedelta(days=95),
        modified_ago=timedelta(minutes=21),
        status=EndpointStatus.SYSTEM_UPDATING,
        variants=(serving,),
    )
    yield Endpoint(
        name="fraud-detector-canary",
        age=timedelta(days=30),
        modified_ago=timedelta(minutes=6),
        status=EndpointStatus.ROLLING_BACK,
        variants=(Variant(model=waiter, instances=4, statuses=("ActivatingTraffic",)),),
    )
    yield Endpoint(
        name="search-ranking",
        age=timedelta(days=48),
        modified_ago=timedelta(hours=7),
        status=EndpointStatus.UPDATE_ROLLBACK_FAILED,
        failure_reason="The rollback to endpoint configuration search-ranking-config failed: "
        "insufficient capacity for ml.g5.2xlarge in the requested availability zones.",
        variants=(Variant(model=waiter, instance_type="ml.g5.2xlarge"),),
    )
    yield Endpoint(
        name="speech-to-text",
        age=timedelta(days=1, hours=4),
        modified_ago=timedelta(days=1, hours=3),
        status=EndpointStatus.FAILED,
        failure_reason="The primary container for production variant AllTraffic did not pass the "
        "ping health check. Please check CloudWatch logs for this endpoint.",
        variants=(Variant(model=waiter, instances=0, desired_instances=1),),
    )
    yield Endpoint(
        name="recommendations-2023",
        age=timedelta(days=410),
        modified_ago=timedelta(days=64),
        status=EndpointStatus.OUT_OF_SERVICE,
        variants=(Variant(model=waiter, instances=0, desired_instances=0),),
    )
    yield Endpoint(
        name="legacy-ocr",
        age=timedelta(days=700),
        modified_ago=timedelta(minutes=1),
        status=EndpointStatus.DELETING,
        variants=(Variant(model=waiter, statuses=("Deleting",)),),
    )


def _failing() -> Iterator[Endpoint]:
    """Yield the failures on purpose, named for what the client sees."""
    ages = (timedelta(days=days) for days in count(15))
    yield _serving("slow-seconds", failures.TakesSeconds(), _THREE_SECONDS, next(ages))
    for name, container in _FAILING_CONTAINERS.items():
        yield _serving(name, container, _SOME_JSON, next(ages))
    for name, failure in {**_REFUSALS, **_BROKEN_ANSWERS, _COLD: failures.ColdStart()}.items():
        healthy = _serving(name, failures.TakesSeconds(), _THREE_SECONDS, next(ages))
        yield replace(healthy, failure=failure)


_FAILING_CONTAINERS: Mapping[str, Container] = {
    "fails-with-model-error": failures.RejectsInput(),
    "fails-truncated": failures.Rambles(),
}

_COLD = "fails-not-ready-then-ready"

_BROKEN_ANSWERS: Mapping[str, Failure] = {
    "fails-html-502": failures.HTML_502,
    "cuts-mid-body": failures.CUT_MID_BODY,
    "resets-connection": failures.RESET,
}

_USER = f"arn:aws:iam::{ACCOUNT}:user/demo"

_REFUSALS: Mapping[str, Failure] = {
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
}


def _serving(name: str, container: Container, example: ExampleRequest, age: timedelta) -> Endpoint:
    """Make an endpoint with one variant, one model and one container."""
    model = _model(f"{name}-model", container, example)
    return Endpoint(name=name, age=age, modified_ago=age, variants=(Variant(model=model),))


def _model(name: str, container: Container, example: ExampleRequest) -> Model:
    return Model(name=name, serves=SingleModel(container), example=example)
