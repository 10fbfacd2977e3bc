"""The runtime: ``POST /endpoints/{EndpointName}/invocations``, REST-JSON.

Finds the endpoint, the variant and the container that a request means, hands the container what
SageMaker hands on, and spells what comes back. SageMaker's own words are used where they are
known from users' reports; the others are marked.

    limits -> endpoint -> status -> failure on purpose -> variant -> container -> reply
"""

from __future__ import annotations

import re
from random import Random
from threading import Lock
from typing import TYPE_CHECKING, assert_never
from urllib.parse import unquote

from tui.demo import model_errors
from tui.demo.account import ACCOUNT
from tui.demo.catalogue import DirectModel, MultiModel, SingleModel
from tui.demo.containers import ContainerRequest, RequestRefused
from tui.demo.limits import constraint_message, detected
from tui.demo.model_errors import ModelTimedOut
from tui.demo.wire import AwsError, Reply, to_json
from tui.domain.fields import TEXT_FIELDS

if TYPE_CHECKING:
    from typing import TypeAlias

    from tui.demo.catalogue import Catalogue, Component, Endpoint, Model, Variant
    from tui.demo.containers import Container, ContainerReply
    from tui.demo.wire import Answer, ReceivedRequest
    from tui.domain.fields import Field

    Target: TypeAlias = tuple[Container, str]
    """(what runs, the name that errors give it)"""

INVOCATIONS = re.compile(r"/endpoints/(?P<name>[^/]*)/invocations")

_OK = 200
_PRIMARY = "primary"
_FORWARDED = ("Content-Type", "Accept", "X-Amzn-SageMaker-Custom-Attributes")
_HEADER = "X-Amzn-SageMaker-"


class Runtime:
    """Invokes the catalogue's models; safe to use from any thread."""

    def __init__(self, catalogue: Catalogue, seed: int | None = None) -> None:
        self._catalogue = catalogue
        self._random = Random(seed)  # noqa: S311 - spreads traffic, guards nothing
        self._lock = Lock()

    def answer(self, request: ReceivedRequest, endpoint_name: str) -> Answer:
        """Answer one invocation, refusals included.

        Args:
            request: the request, whose body is within the limit.
            endpoint_name: as it stands in the path, percent-encoded.
        """
        try:
            return self._invoke(request, unquote(endpoint_name))
        except AwsError as error:
            return refusal(error)

    def _invoke(self, request: ReceivedRequest, name: str) -> Answer:
        _check_limits(request, name)
        endpoint = self._catalogue.endpoint(name)
        # An endpoint that is not up yet, or no more, is "not found" to the runtime.
        if endpoint is None or not endpoint.status.is_invocable:
            raise AwsError("ValidationError", f"Endpoint {name} of account {ACCOUNT} not found.")
        _check_mode(endpoint, request)
        if endpoint.failure and (answer := endpoint.failure.intervene(request)):
            return answer
        variant = self._variant(endpoint, request)
        container, container_name = _target(endpoint, variant, request)
        reply = _run(container, container_name, endpoint, request)
        return _spell(reply, variant)

    def _variant(self, endpoint: Endpoint, request: ReceivedRequest) -> Variant:
        """Return the targeted variant, or one picked by weight."""
        wanted = request.header(f"{_HEADER}Target-Variant")
        if wanted:
            return _named_variant(endpoint, wanted)
        component = _component(endpoint, request)
        if component is not None:
            return _named_variant(endpoint, component.variant_name)
        weights = [variant.weight for variant in endpoint.variants]
        with self._lock:
            # All weights may be 0; then nobody is preferred.
            picked = self._random.choices(endpoint.variants, weights if any(weights) else None)
        return picked[0]


def refusal(error: AwsError) -> Reply:
    """Spell a refusal as the runtime does."""
    return Reply(
        status=error.status,
        content_type="application/json",
        body=to_json({**error.extra, "Message": error.message}),
        headers=(("x-amzn-errortype", error.code),),
    )


def _check_limits(request: ReceivedRequest, name: str) -> None:
    values = {field: request.header(field.header) for field in TEXT_FIELDS if field.header}
    found = [
        constraint_message(field.api_name, value, _constraint(field, value))
        for field, value in values.items()
        if value and field.problem(value)
    ]
    by_name = {field.attribute: field for field in TEXT_FIELDS}
    if by_name["endpoint_name"].problem(name):
        problem = _constraint(by_name["endpoint_name"], name)
        found.insert(0, constraint_message("EndpointName", name, problem))
    if found:
        raise AwsError("ValidationError", detected(found))


def _constraint(field: Field, value: str) -> str:
    if len(value) > field.max_length:
        return f"Member must have length less than or equal to {field.max_length}"
    return f"Member must satisfy regular expression pattern: {field.pattern}"


def _check_mode(endpoint: Endpoint, request: ReceivedRequest) -> None:
    if endpoint.async_output is not None:
        # Not AWS's words: no report of them was found.
        raise AwsError(
            "ValidationError",
            f"Endpoint {endpoint.name} is an asynchronous inference endpoint. "
            "Use InvokeEndpointAsync to invoke it.",
        )
    has_name = bool(request.header(f"{_HEADER}Inference-Component"))
    if endpoint.components and not has_name:
        raise AwsError(
            "ValidationError",
            "Inference Component Name header is required for endpoints to which you plan to "
            "deploy inference components. Please include Inference Component Name header or "
            "consider using SageMaker models.",
        )
    if has_name and not endpoint.components:
        raise AwsError(
            "ValidationError",
            "Inference Component Name header is not allowed for endpoints to which you dont plan "
            "to deploy inference components. Please remove the Inference Component Name header.",
        )


def _named_variant(endpoint: Endpoint, name: str) -> Variant:
    for variant in endpoint.variants:
        if variant.name == name:
            return variant
    # Not AWS's words: no report of them was found. A shadow variant is refused the same way.
    raise AwsError(
        "ValidationError",
        f"Variant {name} of endpoint {endpoint.name} of account {ACCOUNT} not found.",
    )


def _component(endpoint: Endpoint, request: ReceivedRequest) -> Component | None:
    if not endpoint.components:
        return None
    name = request.header(f"{_HEADER}Inference-Component")
    component = next((each for each in endpoint.components if each.name == name), None)
    if component is None:
        raise AwsError(
            "ValidationError", f"Inference Component {name} of account {ACCOUNT} not found."
        )
    if not component.copies:
        raise AwsError(
            "ValidationError",
            "Inference Component has no capacity to process this request. ApplicationAutoScaling "
            "may be in-progress (if configured) or try to increase the capacity by invoking "
            "UpdateInferenceComponentRuntimeConfig API.",
        )
    return component


def _target(endpoint: Endpoint, variant: Variant, request: ReceivedRequest) -> Target:
    """Find the container that a request means on a variant."""
    _check_target_headers(endpoint, variant.model, request)
    component = _component(endpoint, request)
    if component is not None:
        return component.container, component.name
    if variant.model is None:
        raise AwsError("ServiceUnavailable", "No model is deployed here yet.", status=503)
    match variant.model.serves:
        case SingleModel(container=container):
            return container, _PRIMARY
        case MultiModel() as served:
            return _artifact(endpoint, served, request), _PRIMARY
        case DirectModel() as served:
            return _direct_container(endpoint, served, request)
        case _:
            assert_never(variant.model.serves)


def _check_target_headers(
    endpoint: Endpoint, model: Model | None, request: ReceivedRequest
) -> None:
    """Refuse a target that this kind of model does not have."""
    serves = model.serves if model else None
    if request.header(f"{_HEADER}Target-Model") and not isinstance(serves, MultiModel):
        raise AwsError(
            "ValidationError",
            f"Endpoint {endpoint.name} is not a multi-model endpoint and does not support target "
            "model header.",
            extra={"ErrorCode": "TARGET_MODEL_HEADER_NOT_SUPPORTED"},
        )
    hostname = request.header(f"{_HEADER}Target-Container-Hostname")
    if hostname and not isinstance(serves, DirectModel):
        # Not AWS's words: no report of them was found.
        raise AwsError(
            "ValidationError",
            f"Endpoint {endpoint.name} does not use direct invocation and does not support target "
            "container hostname header.",
        )


def _artifact(endpoint: Endpoint, served: MultiModel, request: ReceivedRequest) -> Container:
    name = request.header(f"{_HEADER}Target-Model")
    if not name:
        raise AwsError(
            "ValidationError",
            f"Request to multi-model endpoint {endpoint.name} is missing a target model header.",
        )
    container = served.artifacts.get(name)
    if container is None:
        raise AwsError(
            "ValidationError",
            f"Failed to download model data (bucket: sagemaker-{request.region}-{ACCOUNT}, key: "
            f"multi-model/{name}). Please ensure that there is an object located at the URL and "
            "that the role passed to CreateModel has permissions to download the object.",
        )
    return container


def _direct_container(endpoint: Endpoint, served: DirectModel, request: ReceivedRequest) -> Target:
    name = request.header(f"{_HEADER}Target-Container-Hostname")
    if not name:
        # Not AWS's words: no report of them was found.
        raise AwsError(
            "ValidationError",
            f"Endpoint {endpoint.name} uses direct invocation and the request is missing a target "
            "container hostname header.",
        )
    container = served.containers.get(name)
    if container is None:
        raise AwsError(
            "ValidationError",
            f"Endpoint {endpoint.name} has no container with hostname {name}.",
        )
    return container, name


def _run(
    container: Container, container_name: str, endpoint: Endpoint, request: ReceivedRequest
) -> ContainerReply:
    where = {
        "container": container_name,
        "endpoint": endpoint.name,
        "region": request.region,
    }
    try:
        reply = container.invoke(_forwarded(request))
    except RequestRefused as refused:
        reply = refused.reply
    except ModelTimedOut as error:
        raise model_errors.from_timeout(**where) from error
    if reply.status != _OK:
        raise model_errors.from_reply(reply, **where)
    return reply


def _forwarded(request: ReceivedRequest) -> ContainerRequest:
    """Keep what SageMaker hands on, and add what it adds."""
    names = (*_FORWARDED, f"{_HEADER}Target-Model", f"{_HEADER}Session-Id")
    headers = {name: value for name in names if (value := request.header(name)) is not None}
    return ContainerRequest(
        body=request.body,
        headers={
            **headers,
            "Content-Length": str(len(request.body)),
            f"{_HEADER}Forwarded-Api": "InvokeEndpoint",
        },
        target_model=headers.get(f"{_HEADER}Target-Model"),
    )


def _spell(reply: ContainerReply, variant: Variant) -> Reply:
    own = {
        "Custom-Attributes": reply.custom_attributes,
        "New-Session-Id": reply.new_session_id,
        "Closed-Session-Id": reply.closed_session_id,
    }
    return Reply(
        content_type=reply.content_type,
        body=reply.body,
        headers=(
            ("x-Amzn-Invoked-Production-Variant", variant.name),
            *((f"{_HEADER}{name}", value) for name, value in own.items() if value is not None),
        ),
    )
