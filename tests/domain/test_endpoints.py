from __future__ import annotations

from dataclasses import fields

import botocore.session
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.domain.endpoints import (
    Container,
    EndpointDescription,
    EndpointStatus,
    ExampleRequest,
    InferenceComponent,
    Model,
    Variant,
)
from tui.domain.requests import InvocationRequest


def endpoint(**parts):
    return EndpointDescription(name="e", arn="arn", status=EndpointStatus.IN_SERVICE, **parts)


def test_the_statuses_are_those_of_botocores_model():
    model = botocore.session.get_session().get_service_model("sagemaker")
    ours = {str(status) for status in EndpointStatus} - {EndpointStatus.UNKNOWN}
    assert ours == set(model.shape_for("EndpointStatus").enum)


@given(st.text())
def test_any_word_for_a_status_is_read(word):
    status = EndpointStatus.parse(word)
    assert status == word or status is EndpointStatus.UNKNOWN


@pytest.mark.parametrize("status", EndpointStatus)
def test_a_status_reads_back_as_itself(status):
    assert EndpointStatus.parse(str(status)) is status


def test_a_status_that_we_do_not_know_does_not_forbid_a_try():
    assert EndpointStatus.parse("Hibernating").is_invocable
    assert not EndpointStatus.parse("Hibernating").is_changing


@pytest.mark.parametrize("status", ["Creating", "OutOfService", "Deleting", "Failed"])
def test_no_request_is_served_in_these(status):
    assert not EndpointStatus(status).is_invocable


weights = st.none() | st.floats(0, 1e6)


@given(st.lists(weights, min_size=1, max_size=8))
def test_shares_are_fractions_that_sum_to_one(given_weights):
    variants = tuple(Variant(name=str(n), weight=w) for n, w in enumerate(given_weights))
    description = endpoint(variants=variants)
    shares = [description.share_of(variant) for variant in variants]
    if any(given_weights):
        known = [share for share in shares if share is not None]
        assert all(0 <= share <= 1 for share in known)
        assert sum(known) == pytest.approx(1)
        assert [share is None for share in shares] == [weight is None for weight in given_weights]
    else:
        assert set(shares) == {None}


def test_weights_need_not_sum_to_one_or_a_hundred():
    blue, green = Variant(name="blue", weight=9), Variant(name="green", weight=1)
    assert endpoint(variants=(blue, green)).share_of(blue) == pytest.approx(0.9)


def test_a_shadow_takes_no_share_and_is_not_offered_as_a_target():
    blue = Variant(name="blue", weight=1.0)
    shadow = Variant(name="shadow", weight=1.0, is_shadow=True)
    description = endpoint(variants=(blue,), shadow_variants=(shadow,))
    assert description.share_of(shadow) is None
    assert description.share_of(blue) == 1
    assert description.suggestions() == {"target_variant": ("blue",)}


def test_nothing_is_suggested_where_nothing_is_known():
    assert endpoint().suggestions() == {}
    assert endpoint().required_members() == ()


def test_hostnames_are_offered_for_direct_containers_only():
    boxes = (Container(hostname="first"), Container(hostname="second"), Container())
    serial = endpoint(models=(Model(name="m", containers=boxes),))
    direct = endpoint(models=(Model(name="m", containers=boxes, is_direct=True),))
    assert "target_container_hostname" not in serial.suggestions()
    assert not serial.is_direct
    assert direct.suggestions()["target_container_hostname"] == ("first", "second")
    assert direct.required_members() == ("target_container_hostname",)


def test_a_multi_model_endpoint_requires_a_model_and_offers_those_it_knows():
    model = Model(name="m", containers=(Container(is_multi_model=True),))
    description = endpoint(models=(model,), target_models=("a.tar.gz", "b.tar.gz"))
    assert description.required_members() == ("target_model",)
    assert description.suggestions()["target_model"] == ("a.tar.gz", "b.tar.gz")


def test_an_endpoint_with_components_requires_one():
    description = endpoint(inference_components=(InferenceComponent(name="ic-1"),))
    assert description.required_members() == ("inference_component_name",)
    assert description.suggestions() == {"inference_component_name": ("ic-1",)}


def test_components_that_answer_are_offered_first():
    components = (
        InferenceComponent(name="zero", status="InService", copy_count=0),
        InferenceComponent(name="coming", status="Creating", copy_count=1),
        InferenceComponent(name="up", status="InService", copy_count=2),
        InferenceComponent(name="adapter", status="InService", base_name="up"),
    )
    offered = endpoint(inference_components=components).suggestions()
    assert offered["inference_component_name"] == ("up", "adapter", "zero", "coming")


def test_each_component_has_an_example_of_its_own_or_its_models():
    boxed = InferenceComponent(name="boxed", environment={"SAGESCOPE_EXAMPLE_BODY": "1"})
    modelled = InferenceComponent(name="modelled", model_name="m")
    silent = InferenceComponent(name="silent")
    container = Container(environment={"SAGESCOPE_EXAMPLE_BODY": "2"})
    told = endpoint(
        inference_components=(boxed, modelled, silent),
        models=(Model(name="m", containers=(container,)),),
    )
    found = {name: told.example(name) for name in ("boxed", "modelled", "silent", "unknown")}
    assert {name: each and each.body for name, each in found.items()} == {
        "boxed": "1",
        "modelled": "2",
        "silent": None,
        "unknown": None,
    }
    assert found["modelled"].inference_component_name == "modelled"
    assert told.example() == found["boxed"]


def test_the_example_is_the_first_that_an_owner_left():
    silent = Container(environment={"MODEL_CACHE": "1"})
    spoken = Container(
        environment={
            "SAGESCOPE_EXAMPLE_BODY": "5.1,3.5",
            "SAGESCOPE_EXAMPLE_CONTENT_TYPE": "text/csv",
        }
    )
    models = (Model(name="a", containers=(silent,)), Model(name="b", containers=(spoken,)))
    example = ExampleRequest(body="5.1,3.5", content_type="text/csv")
    assert endpoint(models=models).example() == example
    assert endpoint(models=models[:1]).example() is None


def test_an_empty_example_body_is_an_example():
    environment = {"SAGESCOPE_EXAMPLE_BODY": ""}
    assert ExampleRequest.from_environment(environment) == ExampleRequest(body="")


optional_texts = st.none() | st.text()


@given(
    st.builds(
        ExampleRequest,
        body=st.text(),
        **{each.name: optional_texts for each in fields(ExampleRequest) if each.name != "body"},
    )
)
def test_an_example_reads_back_from_the_environment_it_was_left_in(example):
    variables = {"PATH": "/bin", **example.to_environment()}
    assert ExampleRequest.from_environment(variables) == example


def test_an_example_may_name_its_target():
    variables = {
        "SAGESCOPE_EXAMPLE_BODY": "good",
        "SAGESCOPE_EXAMPLE_TARGET_MODEL": "english.tar.gz",
        "SAGESCOPE_EXAMPLE_TARGET_CONTAINER_HOSTNAME": "tokenizer",
        "SAGESCOPE_EXAMPLE_INFERENCE_COMPONENT_NAME": "ic",
    }
    assert ExampleRequest.from_environment(variables) == ExampleRequest(
        body="good",
        target_model="english.tar.gz",
        target_container_hostname="tokenizer",
        inference_component_name="ic",
    )


def test_an_examples_members_are_members_of_a_request():
    assert {each.name for each in fields(ExampleRequest)} < {
        each.name for each in fields(InvocationRequest)
    }


def test_what_may_hold_secrets_is_not_in_a_repr():
    container = Container(environment={"HF_TOKEN": "hf_secret"})
    assert "hf_secret" not in repr(endpoint(models=(Model(name="m", containers=(container,)),)))
