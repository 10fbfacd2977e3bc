"""Every failure names what is wrong and the next step; over the wire where that is possible."""

import json

import pytest
from botocore import exceptions as boto

from tests.aws.conftest import at
from tests.aws.raw_server import self_signed
from tui.aws.calls import Call, Caller
from tui.aws.failures import of_call
from tui.cli.narration import failure_lines
from tui.domain.connections import Connection
from tui.domain.errors import (
    AccessDenied,
    ConnectionInvalid,
    CredentialsMissing,
    EndpointNotFound,
    EndpointUnavailable,
    ExplorerError,
    ModelFailed,
    NetworkFailed,
    RequestInvalid,
    Throttled,
)
from tui.domain.requests import InvocationRequest
from tui.domain.stopping import StopSwitch

SSO = Caller(profile="work", region="eu-west-1", login_command="aws sso login --profile work")
KEYS = Caller(profile="work", region="eu-west-1")


@pytest.fixture
def refuse(raw, open_gateway):
    """Let a server answer with an AWS error; return how the gateway tells it."""

    def refused(status, code, message="", **extra):
        body = json.dumps({"Message": message, **extra}).encode()
        head = f"HTTP/1.1 {status} X\r\nx-amzn-errortype: {code}\r\n"
        head += f"Content-Length: {len(body)}\r\n\r\n"
        server = raw(lambda connection: connection.sendall(head.encode() + body))
        gateway = open_gateway(at(server.url))
        with pytest.raises(ExplorerError) as told:
            gateway.invoke(InvocationRequest(endpoint_name="iris"), b"", StopSwitch())
        assert len(server.requests) == told.value.attempts == 1
        assert told.value.reply.status == status
        return told.value

    return refused


@pytest.mark.parametrize(
    ("status", "code", "kind"),
    [
        (403, "ExpiredTokenException", CredentialsMissing),
        (403, "UnrecognizedClientException", CredentialsMissing),
        (403, "InvalidSignatureException", CredentialsMissing),
        (403, "MissingAuthenticationTokenException", CredentialsMissing),
        (403, "AccessDeniedException", AccessDenied),
        (400, "ThrottlingException", Throttled),
        (429, "TooManyRequestsException", Throttled),
        (429, "ModelNotReadyException", EndpointUnavailable),
        (500, "InternalFailure", EndpointUnavailable),
        (503, "ServiceUnavailable", EndpointUnavailable),
        (530, "InternalDependencyException", EndpointUnavailable),
        (400, "ValidationError", RequestInvalid),
        (413, "RequestEntityTooLargeException", RequestInvalid),
        (424, "ModelError", ModelFailed),
        (404, "UnknownOperationException", RequestInvalid),
    ],
)
def test_a_code_has_its_kind_and_a_next_step(refuse, status, code, kind):
    told = refuse(status, code, "Some words.\nAnd more.")
    assert type(told) is kind
    assert told.code == code
    assert told.summary
    assert "\n" not in told.summary + told.hint
    assert told.hint or kind is RequestInvalid


@pytest.mark.parametrize(
    ("status", "kind"),
    [(403, AccessDenied), (413, RequestInvalid), (429, Throttled), (502, EndpointUnavailable)],
)
def test_a_page_without_a_code_has_a_kind(raw, open_gateway, status, kind):
    page = b"<html>No</html>"
    head = f"HTTP/1.1 {status} X\r\nContent-Type: text/html\r\nContent-Length: {len(page)}\r\n\r\n"
    server = raw(lambda connection: connection.sendall(head.encode() + page))
    with pytest.raises(kind) as told:
        open_gateway(at(server.url)).invoke(
            InvocationRequest(endpoint_name="iris"), b"", StopSwitch()
        )
    assert told.value.reply.body == page
    assert "<html>" not in told.value.summary


def test_an_endpoint_that_is_not_found_names_where_it_was_looked_for(refuse):
    told = refuse(400, "ValidationError", "Endpoint iris of account 123456789012 not found.")
    assert isinstance(told, EndpointNotFound)
    assert told.summary == "No endpoint iris in account 123456789012, region us-east-1"
    assert "region or profile" in told.hint


@pytest.mark.parametrize(
    ("message", "words"),
    [
        ("Request to multi-model endpoint e is missing a target model header.", "fill in Target"),
        (
            "Endpoint e is not a multi-model endpoint and does not support target model header.",
            "clear TargetModel",
        ),
        (
            "Inference Component Name header is required for endpoints to which you plan to deploy",
            "fill in InferenceComponentName",
        ),
        (
            "Inference Component Name header is not allowed for endpoints to which you dont plan",
            "clear InferenceComponentName",
        ),
        ("Failed to download model data (bucket: b, key: k).", "TargetModel must name"),
    ],
)
def test_a_validation_error_that_is_known_says_what_to_change(refuse, message, words):
    told = refuse(400, "ValidationError", message)
    assert isinstance(told, RequestInvalid)
    assert told.summary == message
    assert words in told.hint


def test_a_component_scaled_to_zero_is_worth_another_try(refuse):
    message = "Inference Component has no capacity to process this request. ApplicationAutoScaling"
    told = refuse(400, "ValidationError", message)
    assert isinstance(told, EndpointUnavailable)
    assert "scaled to zero" in told.summary
    assert "again" in told.hint


def test_what_aws_refused_before_the_call_itself_is_named():
    refusal = {"Error": {"Code": "AccessDenied", "Message": "not authorized to AssumeRole"}}
    error = boto.ClientError(refusal, "AssumeRole")
    told = of_call(error, Call(caller=KEYS, operation="InvokeEndpoint"))
    assert failure_lines(told, "InvokeEndpoint")[0] == (
        "An error occurred (AccessDenied) when calling the AssumeRole operation: "
        "not authorized to AssumeRole"
    )


def test_a_denial_names_the_action_and_the_resource(refuse):
    arn = "arn:aws:sagemaker:us-east-1:123456789012:endpoint/iris"
    told = refuse(
        403,
        "AccessDeniedException",
        "User: arn:aws:iam::123456789012:user/u is not authorized to perform: "
        f"sagemaker:InvokeEndpoint on resource: {arn} with an explicit deny in a policy",
    )
    assert told.action == "sagemaker:InvokeEndpoint"
    assert told.summary == f"Not allowed: sagemaker:InvokeEndpoint on {arn}"
    assert "user/u" in told.hint
    assert "explicitly" in told.hint


LOGS = "arn:aws:logs:us-east-1:123456789012:log-group:/aws/sagemaker/Endpoints/iris"


def test_a_model_error_is_told_in_the_containers_words(refuse):
    told = refuse(
        424,
        "ModelError",
        'Received client error (415) from primary with message "ignored". See https://console',
        OriginalStatusCode=415,
        OriginalMessage='{"error": "text/csv is not supported"}',
        LogStreamArn=LOGS,
        ErrorCode="CLIENT_ERROR_FROM_MODEL",
    )
    assert told.original_status_code == 415
    assert told.original_message == '{"error": "text/csv is not supported"}'
    assert told.log_stream_arn == LOGS
    assert told.summary.startswith("The model's container answered 415 Unsupported Media Type: {")
    assert "ContentType" in told.hint
    assert "/aws/sagemaker/Endpoints/iris" in told.hint
    assert b"CLIENT_ERROR_FROM_MODEL" in told.reply.body


def test_a_model_error_with_nothing_but_its_message_is_taken_apart(refuse):
    told = refuse(
        424,
        "ModelError",
        'Received server error (500) from Kl6NPmsGIHdsibbMO7hO with message "line one\nline two". '
        "See https://us-east-1.console.aws.amazon.com/x in account 1 for more information.",
    )
    assert told.original_status_code == 500
    assert told.original_message == "line one\nline two"
    assert "500 Internal Server Error: line one line two" in told.summary
    assert "/aws/sagemaker/Endpoints/iris" in told.hint


def test_a_model_that_took_too_long_is_told_so(refuse):
    told = refuse(
        424,
        "ModelError",
        'Received server error (0) from primary with message "Your invocation timed out while '
        'waiting for a response from container primary." See https://console',
        OriginalStatusCode=0,
        OriginalMessage="Your invocation timed out while waiting for a response from container",
        LogStreamArn=LOGS,
    )
    assert told.original_status_code == 0
    assert "60 s" in told.summary
    assert "still run" in told.hint


@pytest.mark.parametrize(
    "words",
    [
        {"OriginalMessage": "x" * 2048, "OriginalStatusCode": 500},
        {"OriginalStatusCode": 500},
    ],
    ids=["cut", "not-loaded"],
)
def test_a_message_that_is_not_whole_points_at_the_log(refuse, words):
    told = refuse(
        424,
        "ModelError",
        "Received server error (500) from primary and could not load the entire response body. See",
        LogStreamArn=LOGS,
        **words,
    )
    assert "rest is in CloudWatch log group /aws/sagemaker/Endpoints/iris" in told.hint
    assert len(told.summary) < 300


CALL = Call(caller=SSO, operation="InvokeEndpoint", resource="iris")


@pytest.mark.parametrize(
    "error",
    [
        boto.SSOTokenLoadError(error_msg="Token for work does not exist"),
        boto.UnauthorizedSSOTokenError(),
        boto.TokenRetrievalError(provider="sso", error_msg="Token has expired and refresh failed"),
        boto.NoCredentialsError(),
    ],
    ids=lambda error: type(error).__name__,
)
def test_a_login_that_ended_names_the_command(error):
    told = of_call(error, CALL)
    assert isinstance(told, CredentialsMissing)
    assert told.hint == "Run `aws sso login --profile work`, then reconnect."
    assert told.code == type(error).__name__


def test_a_login_of_the_other_kind_names_its_command():
    caller = Caller(profile="p", region="r", login_command="aws login --profile p")
    call = Call(caller=caller, operation="InvokeEndpoint")
    assert "`aws login --profile p`" in of_call(boto.LoginRefreshRequired(), call).hint


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (boto.PartialCredentialsError(provider="env", cred_var="secret"), CredentialsMissing),
        (
            boto.CredentialRetrievalError(provider="custom-process", error_msg="rc 1"),
            CredentialsMissing,
        ),
        (boto.NoRegionError(), ConnectionInvalid),
        (boto.ParamValidationError(report="Unknown parameter"), RequestInvalid),
        (boto.ProxyConnectionError(proxy_url="http://p"), NetworkFailed),
        (boto.ConnectTimeoutError(endpoint_url="https://h/p"), NetworkFailed),
        (boto.HTTPClientError(error=OSError("odd")), NetworkFailed),
    ],
    ids=lambda value: getattr(value, "__name__", type(value).__name__),
)
def test_what_botocore_raises_itself_has_a_kind_and_a_next_step(error, kind):
    told = of_call(error, Call(caller=KEYS, operation="InvokeEndpoint"))
    assert type(told) is kind
    assert told.summary
    assert told.hint
    assert "\n" not in told.summary + told.hint


def network_failure(gateway):
    with pytest.raises(NetworkFailed) as told:
        gateway.invoke(InvocationRequest(endpoint_name="iris"), b"", StopSwitch())
    assert told.value.hint
    return told.value


def test_a_name_that_does_not_resolve_is_named(credentials, open_gateway):
    url = "https://no-such-host.invalid"
    told = network_failure(open_gateway(Connection(region="us-east-1", endpoint_url=url)))
    assert told.summary == "The name no-such-host.invalid was not found"
    assert told.attempts == 0


def test_a_certificate_that_nobody_vouches_for_is_not_trusted(raw, open_gateway, tmp_path):
    server = raw(lambda _: True, certificate=self_signed(tmp_path))
    told = network_failure(open_gateway(at(server.url)))
    assert "not trusted" in told.summary
    assert "AWS_CA_BUNDLE" in told.hint
    assert (told.attempts, server.requests) == (0, [])


def test_https_where_http_is_spoken_says_so(demo, open_gateway):
    told = network_failure(open_gateway(at(demo.url.replace("http:", "https:"))))
    assert told.summary.startswith("TLS with 127.0.0.1")
    assert "https" in told.hint
    assert told.attempts == 0


def test_what_is_not_http_is_told_so(raw, open_gateway):
    server = raw(lambda connection: connection.sendall(b"SSH-2.0-OpenSSH_9.6\r\n\r\n") or True)
    told = network_failure(open_gateway(at(server.url)))
    assert "does not speak HTTP" in told.summary


def test_a_connection_that_closes_without_an_answer_may_have_run(raw, open_gateway):
    told = network_failure(open_gateway(at(raw(lambda _: True).url)))
    assert "closed before an answer" in told.summary
    assert "may have run" in told.hint
    assert told.attempts == 1


def test_a_browse_call_that_got_no_answer_speaks_of_no_model(raw, open_gateway):
    gateway = open_gateway(at(raw(lambda _: True).url))
    with pytest.raises(NetworkFailed) as told:
        gateway.describe_endpoint("iris")
    assert "model" not in told.value.summary + told.value.hint
    assert "try again" in told.value.hint


def test_a_configuration_that_is_gone_is_not_an_endpoint_that_is_gone(raw, open_gateway):
    body = b'{"__type": "ValidationException", "message": "Could not find endpoint configuration"}'
    head = f"HTTP/1.1 400 No\r\nContent-Length: {len(body)}\r\n\r\n".encode()
    server = raw(lambda connection: connection.sendall(head + body))
    with pytest.raises(RequestInvalid) as told:
        open_gateway(at(server.url)).describe_endpoint("iris")
    assert told.value.summary == "Could not find endpoint configuration"
