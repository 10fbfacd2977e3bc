"""What we wrote is held against what AWS wrote: botocore's service model."""

import re
from datetime import datetime

import botocore.session
import pytest

from tests.demo.catalogues import NOON, one_of_each
from tui.demo import documents
from tui.demo.documents import Place
from tui.demo.limits import INPUTS
from tui.demo.showcase import showcase

PLACE = Place(region="eu-west-1", started_at=NOON)
MODEL = botocore.session.Session().get_service_model("sagemaker")
CATALOGUES = (one_of_each(), showcase())
ENDPOINTS = [endpoint for catalogue in CATALOGUES for endpoint in catalogue.endpoints]
MODELS = {
    variant.model.name: (variant.model, endpoint)
    for endpoint in ENDPOINTS
    for variant in (*endpoint.variants, *endpoint.shadows)
    if variant.model
}


def faults(value, shape, path="$"):
    """Yield where a wire document is not what a shape allows."""
    match shape.type_name:
        case "structure":
            yield from structure_faults(value, shape, path)
        case "list":
            yield from size_faults(len(value), shape, path)
            for index, item in enumerate(value):
                yield from faults(item, shape.member, f"{path}[{index}]")
        case "map":
            for key, item in value.items():
                yield from faults(key, shape.key, f"{path}.{key} (key)")
                yield from faults(item, shape.value, f"{path}.{key}")
        case _:
            yield from scalar_faults(value, shape, path)


def structure_faults(value, shape, path):
    for name in shape.required_members:
        if name not in value:
            yield f"{path}.{name} is missing"
    for name, item in value.items():
        if name not in shape.members:
            yield f"{path}.{name} is unknown"
        else:
            yield from faults(item, shape.members[name], f"{path}.{name}")


TYPES = {"string": str, "integer": int, "boolean": bool, "float": float, "timestamp": float}


def scalar_faults(value, shape, path):
    if type(value) is not TYPES[shape.type_name]:
        yield f"{path} is {value!r}, not a {shape.type_name}"
    elif isinstance(value, str):
        yield from size_faults(len(value), shape, path)
        yield from text_faults(value, shape, path)
    elif isinstance(value, int | float) and not isinstance(value, bool):
        yield from size_faults(value, shape, path)


def text_faults(value, shape, path):
    choices = shape.metadata.get("enum")
    pattern = shape.metadata.get("pattern")
    if choices and value not in choices:
        yield f"{path} is {value!r}, not one of {choices}"
    # \p{…} is Java's; (https|s3)://([^/])/?(.*) is AWS's own slip, which no bucket passes whole.
    if pattern and "\\p" not in pattern and not re.match(pattern, value):
        yield f"{path} is {value!r}, which does not match {pattern}"


def size_faults(size, shape, path):
    if not shape.metadata.get("min", size) <= size <= shape.metadata.get("max", size):
        yield f"{path} has size {size}, beyond {shape.metadata}"


def output(operation):
    return MODEL.operation_model(operation).output_shape


@pytest.mark.parametrize("endpoint", ENDPOINTS, ids=lambda endpoint: endpoint.name)
def test_endpoint_documents_fit_the_service_model(endpoint):
    described = documents.describe_endpoint(endpoint, PLACE)
    configured = documents.describe_endpoint_config(endpoint, PLACE)
    summary = documents.endpoint_summary(endpoint, PLACE)
    assert list(faults(described, output("DescribeEndpoint"))) == []
    assert list(faults(configured, output("DescribeEndpointConfig"))) == []
    assert list(faults(summary, MODEL.shape_for("EndpointSummary"))) == []


@pytest.mark.parametrize("name", MODELS)
def test_model_documents_fit_the_service_model(name):
    document = documents.describe_model(*MODELS[name], PLACE)
    assert list(faults(document, output("DescribeModel"))) == []


def test_component_documents_fit_the_service_model():
    pairs = [pair for catalogue in CATALOGUES for pair in catalogue.components()]
    assert pairs
    for pair in pairs:
        summary = documents.component_summary(*pair, PLACE)
        described = documents.describe_component(*pair, PLACE)
        assert list(faults(summary, MODEL.shape_for("InferenceComponentSummary"))) == []
        assert list(faults(described, output("DescribeInferenceComponent"))) == []


def test_the_walker_finds_faults():
    wrong = {"EndpointName": 5, "Surprise": True, "EndpointStatus": "Fine", "CreationTime": NOON}
    assert isinstance(NOON, datetime)
    assert len(list(faults(wrong, output("DescribeEndpoint")))) >= 6


@pytest.mark.parametrize("operation", INPUTS)
def test_input_limits_are_botocores(operation):
    shape = MODEL.operation_model(operation).input_shape
    members = {member.name: member for member in INPUTS[operation]}
    assert set(members) == set(shape.members)
    for name, expected in shape.members.items():
        member, metadata = members[name], expected.metadata
        assert member.kind.value.lower() == expected.type_name
        assert member.is_required == (name in shape.required_members)
        assert (member.minimum or 0) == metadata.get("min", 0)
        assert member.maximum == metadata.get("max")
        assert member.pattern == metadata.get("pattern")
        assert member.choices == tuple(metadata.get("enum", ()))
