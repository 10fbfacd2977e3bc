"""The request on paper is the request on the wire, without a secret and without a wire."""

import re

import pytest

from tests.aws.conftest import at
from tests.aws.test_invoking import EVERY_MEMBER
from tui.domain.connections import Connection
from tui.domain.errors import CredentialsMissing, ExplorerError, RequestInvalid
from tui.domain.requests import InvocationRequest
from tui.domain.stopping import StopSwitch

WITH_ALL = InvocationRequest(endpoint_name="echo", **EVERY_MEMBER)
NOWHERE = "http://127.0.0.1:9"
VOLATILE = {"x-amz-date", "authorization", "amz-sdk-invocation-id", "user-agent"}


def steady(headers):
    return [(name, value) for name, value in headers if name.lower() not in VOLATILE]


def test_a_preview_sends_nothing(gateway, demo):
    gateway.preview(WITH_ALL, b"1,2")
    assert demo.requests == ()


def test_a_preview_needs_no_network(open_gateway):
    shown = open_gateway(at(NOWHERE)).preview(WITH_ALL, b"1,2")
    assert (shown.method, shown.url) == ("POST", f"{NOWHERE}/endpoints/echo/invocations")
    assert shown.body == b"1,2"


@pytest.mark.parametrize(
    "request_", [WITH_ALL, InvocationRequest(endpoint_name="a b/é")], ids=["all", "none"]
)
@pytest.mark.parametrize("body", [b"", b"1,2\r\n\r\n\0\xff", bytes(2**20)], ids=len)
def test_a_preview_is_what_the_server_receives(gateway, demo, request_, body):
    shown = gateway.preview(request_, body)
    with pytest.raises(ExplorerError):
        gateway.invoke(request_, body, StopSwitch())
    received = demo.requests[0]
    as_received = [(name, value.encode("latin-1").decode()) for name, value in received.headers]
    assert steady(shown.headers) == steady(as_received)
    assert [name for name, _ in shown.headers] == [name for name, _ in as_received]
    assert shown.url == f"{demo.url}{received.path}"
    assert (shown.method, shown.body) == (received.method, received.body)


def test_a_preview_of_aws_itself_names_its_host_without_a_port(credentials, open_gateway):
    shown = open_gateway(Connection(region="eu-west-1")).preview(WITH_ALL, b"")
    assert shown.url == (
        "https://runtime.sagemaker.eu-west-1.amazonaws.com/endpoints/echo/invocations"
    )
    assert ("Host", "runtime.sagemaker.eu-west-1.amazonaws.com") in shown.headers


def test_secrets_are_masked(credentials, open_gateway, monkeypatch):
    monkeypatch.setenv("AWS_SESSION_TOKEN", "FwoGZXIvYXdzEXAMPLETOKEN")
    shown = open_gateway(Connection(region="eu-west-1")).preview(WITH_ALL, b"")
    headers = dict(shown.headers)
    assert headers["X-Amz-Security-Token"] == "***"
    assert re.fullmatch(
        r"AWS4-HMAC-SHA256 Credential=\*\*\*MPLE/\d{8}/eu-west-1/sagemaker/aws4_request, "
        r"SignedHeaders=\S+, Signature=\*\*\*",
        headers["Authorization"],
    )
    everything = repr(shown.headers)
    for secret in ("AKIAIOSF", "FwoGZX", "wJalr"):
        assert secret not in everything


def test_a_preview_without_credentials_says_what_is_missing(open_gateway):
    gateway = open_gateway(Connection(region="us-east-1"))
    with pytest.raises(CredentialsMissing):
        gateway.preview(WITH_ALL, b"")


def test_a_preview_of_what_cannot_be_sent_says_so(gateway):
    with pytest.raises(RequestInvalid):
        gateway.preview(InvocationRequest(endpoint_name="echo", accept="a\nb"), b"")
    with pytest.raises(RequestInvalid):
        gateway.preview(InvocationRequest(endpoint_name="echo", inference_id=""), b"")
