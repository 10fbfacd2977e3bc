"""One HTTP request per send, every member as given, every answer as it came."""

import socket
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import pytest

from tests.aws.conftest import at
from tests.aws.raw_server import reset
from tests.patience import HUNG_S
from tui.domain.errors import ExplorerError, NetworkFailed, RequestInvalid
from tui.domain.fields import TEXT_FIELDS
from tui.domain.requests import InvocationRequest
from tui.domain.stopping import StopSwitch

ECHO = InvocationRequest(endpoint_name="echo", content_type="application/json")


def invoke(gateway, name="echo", body=b"{}", **members):
    return gateway.invoke(InvocationRequest(endpoint_name=name, **members), body, StopSwitch())


def outcome(gateway, name, body=b"{}"):
    try:
        return invoke(gateway, name, body)
    except ExplorerError as error:
        return error


def test_an_answer_is_the_http_exchange_itself(gateway, demo):
    result = invoke(gateway, "echo", b'{"a": 1}', content_type="application/json")
    assert (result.reply.status, result.reply.reason) == (200, "OK")
    assert result.attempts == 1
    assert result.reply.request_id == demo.requests[0].id
    assert result.reply.invoked_production_variant == "AllTraffic"
    assert next(name for name, _ in result.reply.headers) == "x-amzn-RequestId"


def test_headers_keep_their_order_spelling_and_repeats(raw, open_gateway):
    head = (
        b"HTTP/1.1 299 Quite Fine\r\nx-B: 1\r\nX-a: 2\r\nX-b: 3\r\ncontent-LENGTH: 2\r\n"
        b"Set-Cookie: a=1\r\nX-A: \xc3\xa9\r\nX-Latin: \xe9\r\nSet-Cookie: b=2\r\n\r\nok"
    )
    server = raw(lambda connection: connection.sendall(head))
    reply = invoke(open_gateway(at(server.url))).reply
    assert (reply.status, reply.reason, reply.body) == (299, "Quite Fine", b"ok")
    assert reply.headers == (
        ("x-B", "1"),
        ("X-a", "2"),
        ("X-b", "3"),
        ("content-LENGTH", "2"),
        ("Set-Cookie", "a=1"),
        ("X-A", "é"),
        ("X-Latin", "é"),
        ("Set-Cookie", "b=2"),
    )


@pytest.mark.parametrize(
    "coding",
    [
        b"Content-Length: 7\r\n\r\nab\0\xff\r\nz",
        b"Transfer-Encoding: chunked\r\n\r\n2\r\nab\r\n5\r\n\0\xff\r\nz\r\n0\r\n\r\n",
        b"Connection: close\r\n\r\nab\0\xff\r\nz",
        b"Content-Encoding: gzip\r\nContent-Length: 7\r\n\r\nab\0\xff\r\nz",
    ],
    ids=["length", "chunked", "until-close", "not-unpacked"],
)
def test_a_body_is_kept_byte_for_byte_however_it_is_framed(raw, open_gateway, coding):
    def answer(connection):
        connection.sendall(b"HTTP/1.1 200 OK\r\n" + coding)
        return b"close" in coding

    reply = invoke(open_gateway(at(raw(answer).url))).reply
    assert reply.body == b"ab\0\xff\r\nz"


def test_a_large_answer_comes_whole(gateway):
    body = b'{"kind": "bytes", "size_bytes": 5000000}'
    reply = invoke(gateway, "sized-answers", body, content_type="application/json").reply
    assert len(reply.body) == int(reply.header("content-length"))
    assert len(reply.body) == 5_000_000


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("fails-with-model-error", 424),
        ("fails-truncated", 424),
        ("fails-throttled", 400),
        ("fails-validation", 400),
        ("fails-access-denied", 403),
        ("fails-expired-token", 403),
        ("fails-internal-500", 500),
        ("fails-unavailable-503", 503),
        ("fails-dependency-530", 530),
        ("fails-html-502", 502),
        ("fails-not-ready-then-ready", 429),
        ("no-such-endpoint", 400),
    ],
)
def test_a_refusal_was_one_request_and_keeps_the_whole_reply(gateway, demo, name, status):
    error = outcome(gateway, name)
    assert isinstance(error, ExplorerError)
    assert len(demo.requests) == error.attempts == 1
    assert error.reply.status == status
    assert error.reply.request_id == demo.requests[0].id
    assert len(error.reply.body) == int(error.reply.header("content-length"))
    assert "max retries" not in error.summary
    assert "\n" not in error.summary + error.hint


def test_the_html_of_a_502_is_the_body(gateway):
    error = outcome(gateway, "fails-html-502")
    assert error.reply.body.startswith(b"<html>\r\n")
    assert error.reply.content_type == "text/html"


def test_the_error_code_that_botocore_drops_is_in_the_reply(gateway):
    error = outcome(gateway, "fails-with-model-error")
    assert b'"ErrorCode":"CLIENT_ERROR_FROM_MODEL"' in error.reply.body


@pytest.mark.parametrize(
    "status",
    [b"429 Too Many Requests", b"500 Internal Server Error", b"502 Bad Gateway", b"504 Late"],
)
def test_a_bare_failure_that_boto3_would_repeat_is_one_request(raw, open_gateway, status):
    answer = b"HTTP/1.1 " + status + b"\r\nContent-Length: 0\r\n\r\n"
    server = raw(lambda connection: connection.sendall(answer))
    error = outcome(open_gateway(at(server.url)), "echo")
    assert (len(server.requests), error.attempts) == (1, 1)
    assert error.reply.status == int(status[:3])


def test_a_read_timeout_is_one_request(raw, open_gateway):
    server = raw(lambda _: server.gate.wait(HUNG_S))
    error = outcome(open_gateway(at(server.url), read_timeout_s=0.2), "echo")
    assert isinstance(error, NetworkFailed)
    assert error.timed_out
    assert server.wait_for_requests(1)
    assert (len(server.requests), error.attempts) == (1, 1)
    assert "0.2 s" in error.summary
    assert "may have run" in error.hint


def test_a_reset_is_one_request(raw, open_gateway):
    server = raw(reset)
    error = outcome(open_gateway(at(server.url)), "echo")
    assert isinstance(error, NetworkFailed)
    assert (len(server.requests), error.attempts) == (1, 1)


def test_retries_are_made_only_when_asked_for(raw, open_gateway):
    answer = b"HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n"
    server = raw(lambda connection: connection.sendall(answer))
    error = outcome(open_gateway(at(server.url), total_max_attempts=2), "echo")
    assert (len(server.requests), error.attempts) == (2, 2)


def test_the_environment_cannot_ask_for_retries(raw, open_gateway, monkeypatch):
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "7")
    monkeypatch.setenv("AWS_RETRY_MODE", "legacy")
    answer = b"HTTP/1.1 500 No\r\nContent-Length: 0\r\n\r\n"
    server = raw(lambda connection: connection.sendall(answer))
    outcome(open_gateway(at(server.url)), "echo")
    assert len(server.requests) == 1


def test_nothing_left_when_nobody_listens(open_gateway):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    error = outcome(open_gateway(at(f"http://127.0.0.1:{port}")), "echo")
    assert isinstance(error, NetworkFailed)
    assert error.attempts == 0
    assert f"127.0.0.1:{port}" in error.summary
    assert "refused" in error.summary


CUT = {
    "length": b"Content-Length: 10\r\n\r\nhalf",
    "chunk": b"Transfer-Encoding: chunked\r\n\r\na\r\nhalf",
    "between-chunks": b"Transfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n",
}


@pytest.mark.parametrize("framing", CUT.values(), ids=CUT)
@pytest.mark.parametrize("ending", ["close", "reset"])
def test_a_cut_body_fails_and_keeps_what_came(raw, open_gateway, framing, ending):
    def answer(connection):
        connection.sendall(b"HTTP/1.1 200 OK\r\nx-amzn-RequestId: 7f\r\n" + framing)
        # The reset must not overtake the bytes.
        sent.wait(0.2)
        return reset(connection) if ending == "reset" else True

    server = raw(answer)
    sent = server.gate
    error = outcome(open_gateway(at(server.url)), "echo")
    assert isinstance(error, NetworkFailed)
    assert not error.timed_out
    assert error.reply.body == b"half"
    assert error.reply.request_id == "7f"
    assert error.attempts == len(server.requests) == 1
    assert "middle of the body" in error.summary


def test_a_body_that_stalls_times_out_and_keeps_what_came(raw, open_gateway):
    def answer(connection):
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf")
        server.gate.wait(HUNG_S)

    server = raw(answer)
    error = outcome(open_gateway(at(server.url), read_timeout_s=2), "echo")
    assert isinstance(error, NetworkFailed)
    assert error.timed_out
    assert error.reply.body == b"half"
    assert "4 bytes" in error.summary


def test_a_connection_after_a_cut_one_works(demo, gateway):
    assert isinstance(outcome(gateway, "cuts-mid-body"), NetworkFailed)
    assert invoke(gateway, "echo").reply.status == 200


def test_connections_are_used_again(raw, open_gateway):
    server = raw(
        lambda connection: (
            connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok") or None
        )
    )
    gateway = open_gateway(at(server.url))
    for _ in range(5):
        assert invoke(gateway).reply.body == b"ok"
    assert (len(server.requests), server.connections) == (5, 1)


def test_sends_at_the_same_time_do_not_mix(gateway, demo):
    bodies = [b'{"n": %d}' % number for number in range(24)]
    with ThreadPoolExecutor(8) as pool:
        results = list(pool.map(lambda body: invoke(gateway, "echo", body), bodies))
    assert all(
        body in result.reply.body.replace(b'\\"', b'"')
        for body, result in zip(bodies, results, strict=True)
    )
    assert len({result.reply.request_id for result in results}) == len(bodies)


EVERY_MEMBER = {
    "content_type": "text/csv; charset=utf-8",
    "accept": "application/json",
    "custom_attributes": "trace=on; é=1",
    "target_model": "team/a b.tar.gz",
    "target_variant": "blue",
    "target_container_hostname": "second",
    "inference_id": "id-1",
    "enable_explanations": "`true`",
    "inference_component_name": "component",
    "session_id": "NEW_SESSION",
    "prefix_aware_id": "prefix",
}


def received(demo):
    request = demo.requests[-1]
    return {
        field.attribute: _utf8(request.header(field.header))
        for field in TEXT_FIELDS
        if field.header and request.header(field.header) is not None
    }


def _utf8(value):
    return value.encode("latin-1").decode()


def test_every_member_is_sent_as_given(gateway, demo):
    # The endpoint has no such variant and refuses: it was sent all the same.
    with pytest.raises(RequestInvalid):
        invoke(gateway, "echo", b"\0\xff\r\n", **EVERY_MEMBER)
    assert received(demo) == EVERY_MEMBER
    assert set(EVERY_MEMBER) == {field.attribute for field in TEXT_FIELDS if field.header}
    assert demo.requests[0].body == b"\0\xff\r\n"
    assert demo.requests[0].path == "/endpoints/echo/invocations"


@pytest.mark.parametrize("member", EVERY_MEMBER)
def test_a_member_that_is_none_is_not_sent(gateway, demo, member):
    members = {name: value for name, value in EVERY_MEMBER.items() if name != member}
    request = InvocationRequest(endpoint_name="echo", **members)
    with pytest.raises(ExplorerError):
        gateway.invoke(request, b"", StopSwitch())
    assert received(demo) == members


def test_only_the_name_and_the_body_are_sent_when_nothing_else_is_given(gateway, demo):
    invoke(gateway)
    assert received(demo) == {}


@pytest.mark.parametrize(
    ("members", "body"),
    [
        ({"endpoint_name": "-not_a name/é"}, b"{}"),
        ({"endpoint_name": "e" * 100}, b"{}"),
        ({"endpoint_name": ""}, b"{}"),
        ({"endpoint_name": "echo", "custom_attributes": "x" * 2000}, b"{}"),
        ({"endpoint_name": "echo", "content_type": ""}, b"{}"),
        ({"endpoint_name": "echo", "target_variant": "not_a_name"}, b"{}"),
        ({"endpoint_name": "echo"}, b"x" * 7_000_000),
    ],
    ids=["name", "long-name", "no-name", "long-attributes", "empty-type", "pattern", "7 MB"],
)
def test_what_breaks_the_service_model_is_sent_all_the_same(gateway, demo, members, body):
    with suppress(ExplorerError):
        gateway.invoke(InvocationRequest(**members), body, StopSwitch())
    assert len(demo.requests) == 1
    assert demo.requests[0].body == body


@pytest.mark.parametrize(
    ("members", "words"),
    [
        ({"inference_id": ""}, "InferenceId has 0 characters; at least 1 are needed"),
        ({"custom_attributes": "a\nb"}, "cannot be put on the wire"),
        ({"content_type": "a\r\nX-Injected: 1"}, "cannot be put on the wire"),
        ({"custom_attributes": "\ud800"}, "cannot be put on the wire"),
    ],
    ids=["too-short", "newline", "injection", "surrogate"],
)
def test_what_cannot_be_put_on_the_wire_is_invalid_and_not_sent(gateway, demo, members, words):
    with pytest.raises(RequestInvalid) as refused:
        invoke(gateway, **members)
    assert words in refused.value.summary
    assert refused.value.hint
    assert refused.value.attempts == 0
    assert refused.value.reply is None
    assert demo.requests == ()


def test_a_name_that_has_no_encoding_is_invalid(gateway, demo):
    with pytest.raises(RequestInvalid):
        invoke(gateway, "\ud800")
    assert demo.requests == ()
