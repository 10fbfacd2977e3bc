import json
from collections import Counter

import pytest
from botocore.exceptions import ClientError

from tests.demo.catalogues import Breaks, Replies, endpoint, single
from tests.demo.conftest import invoke, make_client
from tui.demo.catalogue import Catalogue
from tui.demo.containers import ContainerReply
from tui.demo.server import DemoServer


def told(runtime, name, **arguments):
    """What the container says it received."""
    return json.loads(invoke(runtime, name, arguments.pop("Body", b"hello"), **arguments)["Body"])


def refusal(runtime, name, **arguments):
    with pytest.raises(ClientError) as refused:
        runtime.invoke_endpoint(EndpointName=name, **{"Body": b"hello", **arguments})
    return refused.value.response


def message(runtime, name, **arguments):
    response = refusal(runtime, name, **arguments)
    assert response["Error"]["Code"] == "ValidationError"
    assert response["ResponseMetadata"]["HTTPStatusCode"] == 400
    assert response["Message"] == response["Error"]["Message"]
    return response["Error"]["Message"]


def test_the_answer_carries_what_sagemaker_adds(runtime):
    answer = invoke(runtime, "plain", CustomAttributes="a=1")
    assert answer["InvokedProductionVariant"] == "AllTraffic"
    assert answer["ContentType"] == "application/json"
    assert answer["CustomAttributes"] == "a=1"
    headers = answer["ResponseMetadata"]["HTTPHeaders"]
    assert headers["date"] == "Sun, 01 Mar 2026 12:00:00 GMT"
    assert headers["x-amzn-requestid"] == answer["ResponseMetadata"]["RequestId"]


def test_custom_attributes_are_absent_when_the_container_has_none(runtime):
    assert "CustomAttributes" not in invoke(runtime, "plain")


def test_the_container_sees_what_sagemaker_forwards_and_no_more(runtime):
    headers = told(
        runtime,
        "plain",
        ContentType="text/csv",
        Accept="application/json",
        CustomAttributes="x",
        InferenceId="id-1",
    )["headers"]
    assert headers == {
        "Content-Type": "text/csv",
        "Accept": "application/json",
        "X-Amzn-SageMaker-Custom-Attributes": "x",
        "X-Amzn-SageMaker-Forwarded-Api": "InvokeEndpoint",
        "Content-Length": "5",
    }


def test_bytes_arrive_as_they_were_sent(runtime):
    every_byte = bytes(range(256)) * 40
    assert told(runtime, "plain", Body=every_byte)["body"].encode("latin-1") == every_byte
    assert told(runtime, "plain", Body=b"")["body"] == ""


def test_an_unknown_endpoint_is_named_with_its_account(runtime):
    expected = "Endpoint nope of account 000000000000 not found."
    assert message(runtime, "nope") == expected


@pytest.mark.parametrize("name", ["creating", "Deleting", "failed"])
def test_an_endpoint_that_does_not_serve_is_not_found(runtime, name):
    assert message(runtime, name) == f"Endpoint {name} of account 000000000000 not found."


def test_an_endpoint_being_updated_serves(runtime):
    assert told(runtime, "updating")["body"] == "hello"


def test_the_name_in_the_path_is_decoded_before_it_is_judged(runtime):
    told_name = message(runtime, "a b/ü")
    assert "Value 'a b/ü' at 'endpointName' failed to satisfy constraint" in told_name


@pytest.mark.parametrize(
    ("member", "value", "rule"),
    [
        ("CustomAttributes", "x" * 1025, "length less than or equal to 1024"),
        ("CustomAttributes", "café", "regular expression pattern"),
        ("ContentType", "t" * 1025, "length less than or equal to 1024"),
        ("TargetVariant", "two words", "regular expression pattern"),
        ("InferenceId", "i" * 65, "length less than or equal to 64"),
        ("SessionId", "not a session!", "regular expression pattern"),
    ],
)
def test_headers_beyond_the_limits_are_refused(runtime, member, value, rule):
    told_rule = message(runtime, "plain", **{member: value})
    assert told_rule.startswith("1 validation error detected: Value '")
    assert f"at '{member[0].lower()}{member[1:]}' failed to satisfy constraint" in told_rule
    assert rule in told_rule


def test_every_broken_rule_is_told_at_once(runtime):
    told_rules = message(runtime, "plain", InferenceId="i" * 65, TargetVariant="v" * 64)
    assert told_rules.startswith("2 validation errors detected: ")


def test_traffic_follows_the_weights(runtime):
    variants = Counter(invoke(runtime, "weighted")["InvokedProductionVariant"] for _ in range(200))
    assert set(variants) == {"blue", "green"}
    assert 120 < variants["blue"] < 180


def test_a_seed_repeats_the_choice_of_variants():
    def choices():
        names = []
        catalogue = Catalogue((endpoint("w", single("a", name="a"), single("b", name="b")),))
        with DemoServer(catalogue=catalogue, seed=3) as server:
            client = make_client(server, "sagemaker-runtime")
            for _ in range(20):
                answer = invoke(client, "w")
                ids = answer["ResponseMetadata"]["RequestId"]
                names.append((answer["InvokedProductionVariant"], ids))
            client.close()
        return names

    first = choices()
    assert first == choices()
    assert {variant for variant, _ in first} == {"a", "b"}


def test_a_targeted_variant_answers_whatever_its_weight(runtime):
    answer = invoke(runtime, "weighted", TargetVariant="off")
    assert answer["InvokedProductionVariant"] == "off"
    assert json.loads(answer["Body"])["container"] == "off"


def test_a_variant_that_is_not_there_is_refused(runtime):
    assert "red" in message(runtime, "weighted", TargetVariant="red")


def test_a_shadow_variant_cannot_be_targeted(runtime):
    assert "shadow" in message(runtime, "shadowed", TargetVariant="shadow")


def test_a_multi_model_endpoint_runs_the_targeted_model(runtime):
    reply = told(runtime, "multi", TargetModel="team x/b+c.tar.gz")
    assert (reply["container"], reply["target_model"]) == ("b", "team x/b+c.tar.gz")
    assert reply["headers"]["X-Amzn-SageMaker-Target-Model"] == "team x/b+c.tar.gz"


def test_a_multi_model_endpoint_insists_on_a_model(runtime):
    assert "missing a target model header" in message(runtime, "multi")


def test_a_model_that_is_not_there_could_not_be_downloaded(runtime):
    expected = "Failed to download model data"
    assert message(runtime, "multi", TargetModel="nope.tar.gz").startswith(expected)


def test_other_endpoints_refuse_a_target_model(runtime):
    response = refusal(runtime, "plain", TargetModel="a.tar.gz")
    assert response["Error"]["Message"] == (
        "Endpoint plain is not a multi-model endpoint and does not support target model header."
    )


def test_a_direct_endpoint_runs_the_targeted_container(runtime):
    assert told(runtime, "direct", TargetContainerHostname="second")["container"] == "2nd"


def test_a_direct_endpoint_insists_on_a_container_that_it_has(runtime):
    assert "missing a target container hostname" in message(runtime, "direct")
    assert "third" in message(runtime, "direct", TargetContainerHostname="third")


def test_other_endpoints_refuse_a_target_container(runtime):
    assert "hostname" in message(runtime, "plain", TargetContainerHostname="first")


def test_an_inference_component_runs_when_it_is_named(runtime):
    assert told(runtime, "components", InferenceComponentName="up")["container"] == "up"


def test_inference_components_have_rules_of_their_own(runtime):
    assert "header is required" in message(runtime, "components")
    assert "not found" in message(runtime, "components", InferenceComponentName="nope")
    assert "no capacity" in message(runtime, "components", InferenceComponentName="zero")
    assert "is not allowed" in message(runtime, "plain", InferenceComponentName="up")


def test_an_asynchronous_endpoint_refuses_to_be_invoked(runtime):
    assert "asynchronous" in message(runtime, "async")


def test_what_the_container_says_becomes_a_model_error(runtime):
    response = refusal(runtime, "angry", Body=b'say "no"')
    assert response["Error"]["Code"] == "ModelError"
    assert response["ResponseMetadata"]["HTTPStatusCode"] == 424
    assert response["OriginalStatusCode"] == 418
    assert json.loads(response["OriginalMessage"])["body"] == 'say "no"'
    assert response["LogStreamArn"] == (
        "arn:aws:logs:us-east-1:000000000000:log-group:/aws/sagemaker/Endpoints/angry"
    )
    assert response["Message"] == (
        "Received client error (418) from primary with message "
        f'"{response["OriginalMessage"]}". See https://us-east-1.console.aws.amazon.com/cloudwatch/'
        "home?region=us-east-1#logEventViewer:group=/aws/sagemaker/Endpoints/angry in account "
        "000000000000 for more information."
    )


@pytest.mark.parametrize(
    ("reply", "status", "original"),
    [
        (ContainerReply(status=500, body=b"\xff\xfe bad"), 500, "\ufffd\ufffd bad"),
        (ContainerReply(status=302, body=b""), 302, ""),
        (ContainerReply(status=503, body="é".encode() * 4000), 503, "é" * 2048),
    ],
)
def test_any_container_status_and_body_can_be_told(reply, status, original):
    catalogue = Catalogue((endpoint("e", single("e", Replies(reply))),))
    with DemoServer(catalogue=catalogue) as server:
        client = make_client(server, "sagemaker-runtime")
        response = refusal(client, "e")
        client.close()
    assert response["OriginalStatusCode"] == status
    assert response["OriginalMessage"] == original
    assert len(response["Message"]) <= 2048


@pytest.mark.parametrize(
    "container",
    [
        Breaks(),
        Replies(ContainerReply(body=b"", content_type="text/plain\r\nSet-Cookie: a=b")),
        Replies(ContainerReply(body=b"", custom_attributes="日本")),
    ],
)
def test_a_bug_in_a_model_costs_one_answer_and_is_remembered(container):
    catalogue = Catalogue((endpoint("bug", single("bug", container)), endpoint("well")))
    with DemoServer(catalogue=catalogue) as server:
        client = make_client(server, "sagemaker-runtime")
        response = refusal(client, "bug")
        assert told(client, "well")["body"] == "hello"
        client.close()
        assert len(server.crashes) == 1
    assert response["ResponseMetadata"]["HTTPStatusCode"] == 500
    assert response["Error"] == {"Code": "InternalFailure", "Message": "The demo server failed."}
