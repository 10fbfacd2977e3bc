"""The demo's account: in good order, and every endpoint that serves has a working example."""

import json
from collections import Counter
from dataclasses import asdict

import pytest
from botocore.exceptions import ClientError

from tests.demo.conftest import invoke, make_client
from tui.demo.catalogue import DirectModel, MultiModel
from tui.demo.server import DemoServer
from tui.demo.showcase import showcase
from tui.domain.endpoints import EndpointStatus, ExampleRequest

ENDPOINTS = showcase().endpoints
API_NAMES = {
    "body": "Body",
    "content_type": "ContentType",
    "accept": "Accept",
    "target_model": "TargetModel",
    "target_container_hostname": "TargetContainerHostname",
    "inference_component_name": "InferenceComponentName",
}


@pytest.fixture(scope="module")
def shown():
    with DemoServer(seed=1) as server:
        yield server
        assert server.crashes == ()


@pytest.fixture(scope="module")
def control(shown):
    client = make_client(shown, "sagemaker")
    yield client
    client.close()


@pytest.fixture(scope="module")
def runtime(shown):
    client = make_client(shown, "sagemaker-runtime")
    yield client
    client.close()


def fails_on_purpose(endpoint):
    return endpoint.name.startswith(("fails-", "cuts-", "resets-", "slow-"))


WORKING = [
    endpoint.name
    for endpoint in ENDPOINTS
    if endpoint.status.is_invocable and endpoint.async_output is None
    if not fails_on_purpose(endpoint)
]


def environments(control, name):
    """Yield the environments of an endpoint's containers, found as a client finds them."""
    config = control.describe_endpoint(EndpointName=name)["EndpointConfigName"]
    configured = control.describe_endpoint_config(EndpointConfigName=config)
    for variant in configured["ProductionVariants"]:
        if "ModelName" in variant:
            model = control.describe_model(ModelName=variant["ModelName"])
            for container in model.get("Containers") or [model["PrimaryContainer"]]:
                yield container["Environment"]
    for component in control.list_inference_components(EndpointNameEquals=name)[
        "InferenceComponents"
    ]:
        described = control.describe_inference_component(
            InferenceComponentName=component["InferenceComponentName"]
        )
        if described["RuntimeConfig"]["CurrentCopyCount"]:
            yield described["Specification"]["Container"]["Environment"]


@pytest.mark.parametrize("name", WORKING)
def test_an_example_gets_an_answer_as_it_is(control, runtime, name):
    example = ExampleRequest.from_environment(next(environments(control, name)))
    members = {API_NAMES[key]: value for key, value in asdict(example).items() if value}
    answer = invoke(runtime, name, members.pop("Body"), **members)
    assert answer["ResponseMetadata"]["HTTPStatusCode"] == 200
    assert answer["ContentType"] == example.accept
    assert answer["Body"]
    if example.accept == "application/json":
        assert json.loads(answer["Body"])


@pytest.mark.parametrize("endpoint", ENDPOINTS, ids=lambda endpoint: endpoint.name)
def test_every_endpoint_carries_an_example(endpoint):
    carriers = [variant.model for variant in endpoint.variants if variant.model]
    carriers += endpoint.components
    assert carriers
    assert all(carrier.example is not None for carrier in carriers)


def test_the_good_endpoints_come_first_and_the_failing_ones_last(control):
    pages = control.get_paginator("list_endpoints").paginate(PaginationConfig={"PageSize": 100})
    names = [row["EndpointName"] for page in pages for row in page["Endpoints"]]
    assert names == [endpoint.name for endpoint in ENDPOINTS]
    assert names[:7] == [
        "iris-classifier",
        "sentiment",
        "text-generator",
        "image",
        "text-tools",
        "echo",
        "sized-answers",
    ]
    failing = [endpoint.name for endpoint in ENDPOINTS if fails_on_purpose(endpoint)]
    # Two that are older still serve nothing: one out of service, one being deleted.
    assert names[-len(failing) - 2 : -2] == failing


def test_there_is_one_of_every_kind_of_endpoint():
    variants = [variant for endpoint in ENDPOINTS for variant in endpoint.variants]
    serving = [type(variant.model.serves) for variant in variants if variant.model]
    assert {MultiModel, DirectModel} <= set(serving)
    assert any(variant.serverless for variant in variants)
    assert any(endpoint.shadows for endpoint in ENDPOINTS)
    assert any(endpoint.async_output for endpoint in ENDPOINTS)
    copies = [each.copies for endpoint in ENDPOINTS for each in endpoint.components]
    assert 0 in copies
    assert any(copies)


def test_the_artifacts_of_the_sentiment_endpoint_are_listed(shown):
    bucket = make_client(shown, "s3")
    keys = [
        item["Key"]
        for item in bucket.list_objects_v2(
            Bucket="sagemaker-us-east-1-000000000000", Prefix="multi-model/sentiment-models/"
        )["Contents"]
    ]
    bucket.close()
    assert [key.removeprefix("multi-model/sentiment-models/") for key in keys] == [
        "english.tar.gz",
        "experiments/english-word-pairs.tar.gz",
        "german.tar.gz",
    ]


@pytest.mark.parametrize(
    ("artifact", "sentence", "label"),
    [
        ("english.tar.gz", "I love this friendly place", "positive"),
        ("german.tar.gz", "Ich bin sehr unzufrieden, alles kaputt", "negative"),
        ("experiments/english-word-pairs.tar.gz", "a waste of money", "negative"),
    ],
)
def test_every_sentiment_model_answers(runtime, artifact, sentence, label):
    answer = invoke(runtime, "sentiment", sentence, ContentType="text/plain", TargetModel=artifact)
    assert json.loads(answer["Body"])[0]["label"] == label


@pytest.mark.parametrize("container", ["tokenizer", "language-detector", "word-counter"])
def test_every_text_tool_answers(runtime, container):
    answer = invoke(
        runtime,
        "text-tools",
        "one two",
        ContentType="text/plain",
        TargetContainerHostname=container,
    )
    assert json.loads(answer["Body"])


def test_the_echo_returns_custom_attributes(runtime):
    answer = invoke(runtime, "echo", b"\x00\xff", CustomAttributes="trace=1")
    assert answer["CustomAttributes"] == "trace=1"
    told = json.loads(answer["Body"])
    assert told["body_base64"] == "AP8="
    assert told["headers"]["X-Amzn-SageMaker-Custom-Attributes"] == "trace=1"


def test_both_iris_variants_answer_and_differ(runtime):
    answers = {
        variant: invoke(
            runtime,
            "iris-classifier",
            "6.7,3.0,5.0,1.7",
            ContentType="text/csv",
            Accept="text/csv",
            TargetVariant=variant,
        )
        for variant in ("blue", "green")
    }
    assert {name: answer["InvokedProductionVariant"] for name, answer in answers.items()} == {
        "blue": "blue",
        "green": "green",
    }
    classes = {name: answer["Body"].decode().split(",")[0] for name, answer in answers.items()}
    assert classes == {"blue": "virginica", "green": "versicolor"}


@pytest.mark.parametrize(
    ("members", "status", "told"),
    [
        ({"ContentType": "image/png"}, 415, "cannot read Content-Type 'image/png'"),
        ({}, 415, "no Content-Type was sent"),
        ({"ContentType": "text/csv", "Accept": "image/png"}, 406, "cannot answer with Accept"),
        ({"ContentType": "text/csv"}, 400, "row 1 has 2 values, but the model takes 4"),
    ],
)
def test_what_iris_does_not_take_is_the_containers_model_error(runtime, members, status, told):
    with pytest.raises(ClientError) as refused:
        runtime.invoke_endpoint(EndpointName="iris-classifier", Body=b"1,2", **members)
    response = refused.value.response
    assert response["Error"]["Code"] == "ModelError"
    assert response["ResponseMetadata"]["HTTPStatusCode"] == 424
    assert response["OriginalStatusCode"] == status
    assert told in json.loads(response["OriginalMessage"])["error"]


def test_a_component_scaled_to_zero_has_no_capacity(runtime):
    with pytest.raises(ClientError, match="no capacity"):
        runtime.invoke_endpoint(
            EndpointName="search-components",
            Body=b"{}",
            InferenceComponentName="search-ranking-bm25",
        )


def test_the_showcase_has_an_endpoint_in_each_status():
    shown = Counter(endpoint.status for endpoint in showcase().endpoints)
    assert set(shown) == set(EndpointStatus) - {EndpointStatus.UNKNOWN}


def test_names_in_the_showcase_are_unique():
    endpoints = showcase().endpoints
    assert len({endpoint.name for endpoint in endpoints}) == len(endpoints)
    assert len({endpoint.config_name for endpoint in endpoints}) == len(endpoints)


def test_nothing_in_the_showcase_changed_before_it_was_made():
    assert all(endpoint.modified_ago <= endpoint.age for endpoint in showcase().endpoints)
