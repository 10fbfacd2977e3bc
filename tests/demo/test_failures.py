"""Every failure on purpose, as boto3 sees it with one attempt."""

import json

import pytest
from botocore.exceptions import (
    ClientError,
    ConnectionClosedError,
    ReadTimeoutError,
    ResponseStreamingError,
)

from tests.demo.conftest import invoke, make_client
from tui.demo.containers import ContainerRequest
from tui.demo.failures import ColdStart, TakesSeconds
from tui.demo.model_errors import ModelTimedOut
from tui.demo.server import DemoServer
from tui.demo.wire import AwsError, ReceivedRequest

ANY_REQUEST = ReceivedRequest(id="1", method="POST", path="/")


@pytest.fixture
def client(fresh_server):
    client = make_client(fresh_server, "sagemaker-runtime")
    yield client
    client.close()


def failure(client, name, body=b"{}"):
    with pytest.raises(ClientError) as failed:
        client.invoke_endpoint(EndpointName=name, Body=body)
    response = failed.value.response
    return response["ResponseMetadata"]["HTTPStatusCode"], response["Error"]["Code"], response


@pytest.mark.parametrize(
    ("name", "status", "code"),
    [
        ("fails-throttled", 400, "ThrottlingException"),
        ("fails-validation", 400, "ValidationError"),
        ("fails-access-denied", 403, "AccessDeniedException"),
        ("fails-expired-token", 403, "ExpiredTokenException"),
        ("fails-internal-500", 500, "InternalFailure"),
        ("fails-unavailable-503", 503, "ServiceUnavailable"),
        ("fails-dependency-530", 530, "InternalDependencyException"),
        ("fails-html-502", 502, "502"),
    ],
)
def test_a_refusal_has_its_status_and_code(client, fresh_server, name, status, code):
    assert failure(client, name)[:2] == (status, code)
    assert len(fresh_server.requests) == 1


def test_the_model_error_holds_json_inside_json(client):
    status, code, response = failure(client, "fails-with-model-error", b"[1]")
    assert (status, code, response["OriginalStatusCode"]) == (424, "ModelError", 400)
    outer = json.loads(response["OriginalMessage"])
    inner = json.loads(outer["message"].removeprefix("prediction failed: "))
    assert inner["received"]["bytes"] == 3
    assert response["LogStreamArn"].endswith(
        ":log-group:/aws/sagemaker/Endpoints/fails-with-model-error"
    )


def test_a_long_message_is_cut_at_2048_characters(client):
    _, _, response = failure(client, "fails-truncated")
    assert len(response["Message"]) == len(response["OriginalMessage"]) == 2048
    assert "for more information" not in response["Message"]


def test_a_model_gets_ready_on_the_third_call(client):
    assert failure(client, "fails-not-ready-then-ready")[:2] == (429, "ModelNotReadyException")
    assert failure(client, "fails-not-ready-then-ready")[:2] == (429, "ModelNotReadyException")
    body = b'{"seconds": 0}'
    answer = invoke(client, "fails-not-ready-then-ready", body)
    assert answer["ResponseMetadata"]["HTTPStatusCode"] == 200


def test_a_model_that_nobody_calls_is_unloaded():
    now = [0.0]
    model = ColdStart(calls_until_ready=1, idle_s=60.0, clock=lambda: now[0])
    with pytest.raises(AwsError):
        model.intervene(ANY_REQUEST)
    now[0] = 59.0
    assert model.intervene(ANY_REQUEST) is None
    now[0] = 120.0
    with pytest.raises(AwsError):
        model.intervene(ANY_REQUEST)


def test_a_connection_is_cut_in_the_middle_of_the_body(client):
    with pytest.raises(ResponseStreamingError):
        invoke(client, "cuts-mid-body", b"{}")


def test_a_connection_is_reset_before_the_answer(client, fresh_server):
    with pytest.raises(ConnectionClosedError):
        client.invoke_endpoint(EndpointName="resets-connection", Body=b"{}")
    assert len(fresh_server.requests) == 1


def test_a_slow_model_outlasts_a_short_read_timeout(fresh_server):
    client = make_client(fresh_server, "sagemaker-runtime", read_timeout=0.2)
    with pytest.raises(ReadTimeoutError):
        client.invoke_endpoint(EndpointName="slow-seconds", Body=b"5")
    client.close()
    assert len(fresh_server.requests) == 1


@pytest.mark.parametrize(
    ("body", "attributes", "expected_s"),
    [
        (b"3", None, 3.0),
        (b'{"seconds": 0.25}', None, 0.25),
        (b"{}", "seconds=7", 7.0),
        (b"3", "trace=on,seconds=2,x=y", 2.0),
        (b" 60 ", None, 60.0),
    ],
)
def test_a_slow_model_takes_the_seconds_that_were_asked_for(body, attributes, expected_s):
    slept = []
    headers = {"X-Amzn-SageMaker-Custom-Attributes": attributes} if attributes else {}
    reply = TakesSeconds(sleep=slept.append).invoke(ContainerRequest(body=body, headers=headers))
    assert slept == [expected_s]
    assert json.loads(reply.body) == {"seconds": expected_s}


@pytest.mark.parametrize("body", [b"", b"soon", b"-1", b"1e999", b"NaN", b"true", b"{}", b"[3]"])
def test_a_slow_model_says_so_when_it_is_not_told_how_long(body):
    slept = []
    assert TakesSeconds(sleep=slept.append).invoke(ContainerRequest(body=body)).status == 400
    assert slept == []


def test_a_model_beyond_sagemakers_limit_times_out_at_the_limit():
    slept = []
    with pytest.raises(ModelTimedOut):
        TakesSeconds(sleep=slept.append).invoke(ContainerRequest(body=b"61"))
    assert slept == [60.0]


def test_a_timeout_is_a_model_error_with_status_zero():
    from tests.demo.catalogues import endpoint, single
    from tui.demo.catalogue import Catalogue

    slow = single("slow", TakesSeconds(sleep=lambda _: None))
    with DemoServer(catalogue=Catalogue((endpoint("slow", slow),))) as server:
        client = make_client(server, "sagemaker-runtime")
        status, code, response = failure(client, "slow", b"3600")
        client.close()
    assert (status, code, response["OriginalStatusCode"]) == (424, "ModelError", 0)
    assert response["Message"].startswith(
        'Received server error (0) from primary with message "Your invocation timed out'
    )
