"""The control plane: ``POST /`` with ``X-Amz-Target: SageMaker.<Operation>``, JSON 1.1.

Reads only: an operation that would create, change or delete anything is unknown here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.demo import documents, limits
from tui.demo.account import DEFAULT_REGION
from tui.demo.documents import Place
from tui.demo.listing import Listing
from tui.demo.wire import AwsError, Reply, is_json_object, parse_json, to_json

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime
    from typing import TypeAlias

    from tui.demo.catalogue import Catalogue, Component, Endpoint
    from tui.demo.wire import Document, ReceivedRequest

    Operation: TypeAlias = Callable[[Mapping[str, object], Place], Document]

CONTENT_TYPE = "application/x-amz-json-1.1"
_TARGET_PREFIX = "SageMaker."


class ControlPlane:
    """Answers the operations that browse; safe to use from any thread."""

    def __init__(self, catalogue: Catalogue, started_at: datetime) -> None:
        self._catalogue = catalogue
        self._started_at = started_at
        epoch = Place(region=DEFAULT_REGION, started_at=started_at).epoch
        self._endpoints = Listing(catalogue.endpoints, epoch)
        self._operations: Mapping[str, Operation] = {
            "ListEndpoints": self._list_endpoints,
            "DescribeEndpoint": self._describe_endpoint,
            "DescribeEndpointConfig": self._describe_endpoint_config,
            "DescribeModel": self._describe_model,
            "DescribeInferenceComponent": self._describe_inference_component,
            "ListInferenceComponents": self._list_inference_components,
            "ListTags": self._list_tags,
        }

    def answer(self, request: ReceivedRequest) -> Reply:
        """Answer one request, refusals included."""
        place = Place(region=request.region, started_at=self._started_at)
        try:
            document = self._run(request, place)
        except AwsError as error:
            refusal = {"__type": error.code, "message": error.message, **error.extra}
            return Reply(status=error.status, content_type=CONTENT_TYPE, body=to_json(refusal))
        return Reply(content_type=CONTENT_TYPE, body=to_json(document))

    def _run(self, request: ReceivedRequest, place: Place) -> Document:
        name = (request.header("x-amz-target") or "").removeprefix(_TARGET_PREFIX)
        operation = self._operations.get(name)
        if operation is None:
            raise AwsError("UnknownOperationException", f"The demo does not know {name!r}.")
        query = _input_of(request.body)
        limits.check(name, query)
        return operation(query, place)

    def _list_endpoints(self, query: Mapping[str, object], place: Place) -> Document:
        rows, token = self._endpoints.page(query)
        listed = [documents.endpoint_summary(endpoint, place) for endpoint in rows]
        return {"Endpoints": listed, **_next_token(token)}

    def _describe_endpoint(self, query: Mapping[str, object], place: Place) -> Document:
        name = str(query["EndpointName"])
        endpoint = self._catalogue.endpoint(name)
        if endpoint is None:
            raise _not_found("endpoint", name, place)
        return documents.describe_endpoint(endpoint, place)

    def _describe_endpoint_config(self, query: Mapping[str, object], place: Place) -> Document:
        name = str(query["EndpointConfigName"])
        endpoint = self._catalogue.endpoint_of_config(name)
        if endpoint is None:
            raise _not_found("endpoint-config", name, place)
        return documents.describe_endpoint_config(endpoint, place)

    def _describe_model(self, query: Mapping[str, object], place: Place) -> Document:
        name = str(query["ModelName"])
        found = self._catalogue.model(name)
        if found is None:
            raise _not_found("model", name, place)
        return documents.describe_model(*found, place)

    def _list_inference_components(self, query: Mapping[str, object], place: Place) -> Document:
        wanted = [pair for pair in self._catalogue.components() if _is_wanted(*pair, query)]
        owners = {component.name: endpoint for component, endpoint in wanted}
        rows, token = Listing((each for each, _ in wanted), place.epoch).page(query)
        listed = [documents.component_summary(row, owners[row.name], place) for row in rows]
        return {"InferenceComponents": listed, **_next_token(token)}

    def _describe_inference_component(self, query: Mapping[str, object], place: Place) -> Document:
        name = str(query["InferenceComponentName"])
        for component, endpoint in self._catalogue.components():
            if component.name == name:
                return documents.describe_component(component, endpoint, place)
        raise _not_found("inference-component", name, place)

    def _list_tags(self, query: Mapping[str, object], place: Place) -> Document:
        arn = str(query["ResourceArn"])
        for endpoint in self._catalogue.endpoints:
            if place.arn("endpoint", endpoint.name) == arn:
                tags = [{"Key": key, "Value": value} for key, value in endpoint.tags.items()]
                return {"Tags": tags}
        raise AwsError("ValidationException", f'Could not find resource "{arn}".')


def _input_of(body: bytes) -> dict[str, object]:
    try:
        document = parse_json(body or b"{}")
    except ValueError as error:
        raise AwsError("SerializationException", "The request body is not JSON.") from error
    if not is_json_object(document):
        raise AwsError("SerializationException", "The request body is not a JSON object.")
    return document


def _is_wanted(component: Component, endpoint: Endpoint, query: Mapping[str, object]) -> bool:
    endpoint_name, variant_name = query.get("EndpointNameEquals"), query.get("VariantNameEquals")
    return endpoint_name in (None, endpoint.name) and variant_name in (None, component.variant_name)


def _next_token(token: str | None) -> Document:
    return {} if token is None else {"NextToken": token}


def _not_found(kind: str, name: str, place: Place) -> AwsError:
    words = {"endpoint-config": "endpoint configuration"}.get(kind, kind.replace("-", " "))
    return AwsError("ValidationException", f'Could not find {words} "{place.arn(kind, name)}".')
