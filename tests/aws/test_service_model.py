"""What the domain copied from botocore's service models is still what they say."""

import botocore.session
import pytest

from tui.domain.endpoints import EndpointStatus
from tui.domain.fields import ANSWER_HEADERS, FIELDS


@pytest.fixture(scope="module")
def session():
    return botocore.session.Session()


@pytest.fixture(scope="module")
def invoke_input(session):
    model = session.get_service_model("sagemaker-runtime")
    return model.operation_model("InvokeEndpoint").input_shape


def test_every_member_has_a_field_and_no_field_is_made_up(invoke_input):
    assert sorted(field.api_name for field in FIELDS) == sorted(invoke_input.members)


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.api_name)
def test_a_field_says_what_the_service_model_says(invoke_input, field):
    shape = invoke_input.members[field.api_name]
    in_header = shape.serialization.get("location") == "header"
    assert field.header == (shape.serialization["name"] if in_header else None)
    assert field.max_length == shape.metadata["max"]
    assert field.min_length == shape.metadata.get("min", 0)
    assert field.pattern == shape.metadata.get("pattern")
    assert field.is_required == (field.api_name in invoke_input.required_members)


def test_the_answers_members_are_those_of_the_service_model(session):
    model = session.get_service_model("sagemaker-runtime")
    members = model.operation_model("InvokeEndpoint").output_shape.members
    in_headers = {
        name: shape.serialization["name"]
        for name, shape in members.items()
        if shape.serialization.get("location") == "header"
    }
    assert list(ANSWER_HEADERS.items()) == list(in_headers.items())


def test_an_attribute_is_the_members_name_in_snake_case():
    spelt = {"".join(word.title() for word in each.attribute.split("_")) for each in FIELDS}
    assert spelt == {each.api_name for each in FIELDS}


def test_every_endpoint_status_is_known(session):
    shape = session.get_service_model("sagemaker").shape_for("EndpointStatus")
    assert set(EndpointStatus) - {EndpointStatus.UNKNOWN} == set(shape.enum)
