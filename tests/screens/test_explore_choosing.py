import pytest

from tui.domain.endpoints import (
    Container,
    EndpointDescription,
    EndpointStatus,
    ExampleRequest,
    Model,
)
from tui.domain.requests import InlineBody, InvocationRequest
from tui.screens.explore.choosing import completed, is_blank, moved, targets_of, with_example

EXAMPLE = ExampleRequest(body='{"a": 1}', content_type="application/json", accept="text/csv")
OTHER = ExampleRequest(body="b", content_type="text/plain")


def described(*containers, example=None, **parts):
    environment = example.to_environment() if example else {}
    boxes = containers or (Container(environment=environment),)
    return EndpointDescription(
        name="there",
        arn="arn",
        status=EndpointStatus.IN_SERVICE,
        models=(Model(name="m", containers=boxes, is_direct=parts.pop("is_direct", False)),),
        **parts,
    )


def request(**parts):
    return InvocationRequest(endpoint_name="there", **parts)


def test_a_blank_request_takes_the_example():
    assert completed(request(), described(example=EXAMPLE), None) == with_example(
        request(), EXAMPLE
    )


def test_an_untouched_example_gives_way():
    untouched = with_example(request(), OTHER)
    assert completed(untouched, described(example=EXAMPLE), OTHER).body == InlineBody(
        data=b'{"a": 1}'
    )


@pytest.mark.parametrize(
    "typed",
    [
        request(body=InlineBody(data=b"mine")),
        request(content_type="text/csv"),
        request(accept="text/csv"),
        request(body=InlineBody(data=b"b"), content_type="text/csv"),
    ],
)
def test_what_was_typed_stays(typed):
    assert completed(typed, described(example=EXAMPLE), OTHER) == typed


def test_without_an_example_everything_stays():
    untouched = with_example(request(), OTHER)
    assert completed(untouched, described(), OTHER) == untouched


def test_what_the_endpoint_cannot_do_without_is_filled_in():
    boxes = (Container(hostname="first"), Container(hostname="second"))
    found = completed(request(), described(*boxes, is_direct=True), None)
    assert found.target_container_hostname == "first"


def test_a_target_that_was_typed_is_not_replaced():
    boxes = (Container(hostname="first"), Container(hostname="second"))
    typed = request(target_container_hostname="second")
    assert completed(typed, described(*boxes, is_direct=True), None) == typed


def test_an_example_may_name_its_target():
    example = ExampleRequest(body="x", target_model="en.tar.gz")
    box = Container(is_multi_model=True, environment=example.to_environment())
    found = completed(request(), described(box, target_models=("de.tar.gz",)), None)
    assert found.target_model == "en.tar.gz"


def test_moving_sets_targets_aside_and_brings_them_back():
    here = InvocationRequest(
        endpoint_name="here", target_model="m", session_id="s", custom_attributes="kept"
    )
    aside = targets_of(here)
    there = moved(here, "there", {})
    assert (there.target_model, there.session_id) == (None, None)
    assert there.custom_attributes == "kept"
    assert moved(there, "here", aside) == here


def test_a_content_type_alone_is_not_blank():
    assert is_blank(request())
    assert not is_blank(request(content_type=""))
