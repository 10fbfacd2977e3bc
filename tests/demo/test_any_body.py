"""Whatever is sent, a model answers 200 or a container's 4xx: none of them ever breaks."""

import json
import re
import socket

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.demo.models.asking import request
from tui.demo.catalogue import DirectModel, MultiModel, SingleModel
from tui.demo.containers import RequestRefused
from tui.demo.server import DemoServer
from tui.demo.showcase import showcase

JSON = "application/json"


def containers():
    """Name every container of the showcase that neither fails nor sleeps on purpose."""
    for endpoint in showcase().endpoints:
        if endpoint.name.startswith(("fails-", "slow-")):
            continue
        for variant in (*endpoint.variants, *endpoint.shadows):
            match variant.model and variant.model.serves:
                case SingleModel(container=container):
                    yield f"{endpoint.name} {variant.name}", container
                case MultiModel(artifacts=served) | DirectModel(containers=served):
                    yield from ((f"{endpoint.name} {name}", each) for name, each in served.items())
        for component in endpoint.components:
            yield component.name, component.container


CONTAINERS = dict(containers())
MEMBER_NAMES = (
    "instances features sepal_length inputs parameters seed temperature max_new_tokens stop "
    "details messages role content kind size_bytes width height shapes background x y radius "
    "colour points thickness to_x to_y series horizon values query documents return_full_text"
)
MEMBERS = st.sampled_from(MEMBER_NAMES.split())
WORDS = st.sampled_from(
    ["json", "csv", "circle", "polygon", "line", "user", "#ffffff", "", "Alice"]
)
NUMBERS = st.integers(-5, 3000) | st.integers() | st.floats()
VALUES = st.recursive(
    st.none() | st.booleans() | NUMBERS | WORDS | st.text(),
    lambda inner: (
        st.lists(inner, max_size=6)
        | st.dictionaries(MEMBERS | st.text(max_size=3), inner, max_size=6)
    ),
    max_leaves=20,
)
DOCUMENTS = st.dictionaries(MEMBERS, VALUES, max_size=6).map(json.dumps)
ROWS = st.lists(st.lists(NUMBERS | st.text(max_size=5), max_size=5), max_size=5).map(
    lambda rows: "\n".join(",".join(map(str, row)) for row in rows)
)
LINES = st.lists(VALUES.map(json.dumps) | st.text(max_size=9), max_size=5).map("\n".join)
BODIES = st.binary() | (DOCUMENTS | ROWS | LINES | st.text()).map(
    lambda text: text.encode("utf-8", "surrogatepass")
)
TYPES = st.sampled_from(
    [JSON, "text/csv", "application/jsonlines", "text/plain", "application/json; charset=x"]
)
LINE_ENDS = re.compile(r"[\r\n]")
HEADERS = st.none() | TYPES | st.text(st.characters(max_codepoint=255), max_size=20)


def holds(container, body, content_type, accept):
    """Assert that a container keeps its promise for one request."""
    try:
        reply = container.invoke(request(body, content_type, accept))
    except RequestRefused as refusal:
        reply = refusal.reply
    assert reply.status in (200, 400, 406, 415)
    if reply.content_type == JSON:
        told = json.loads(reply.body.decode(), parse_constant=pytest.fail)
        assert reply.status == 200 or told["error"]


@pytest.mark.parametrize("name", CONTAINERS)
@settings(max_examples=60)
@given(BODIES, TYPES | HEADERS, HEADERS)
@example(b'{"inputs": "\\ud800", "query": "\\ud800", "documents": "\\ud800"}', JSON, None)
@example(b'{"values": [0, 1e-320, 2e-320, 1e12], "series": [1e12, -1e12]}', JSON, None)
@example(b'{"inputs": "", "messages": null, "series": [0, 0], "values": [0]}', JSON, None)
@example(b"[" * 200_000, JSON, None)
@example(b"9" * 5000, "text/csv", None)
@example(b'{"instances": [' + b"9" * 5000 + b"]}", JSON, None)
@example(b'{"seed": 1' + b"0" * 400 + b', "inputs": "a"}', JSON, None)
def test_no_body_and_no_header_breaks_a_model(name, body, content_type, accept):
    holds(CONTAINERS[name], body, content_type, accept)


@pytest.fixture(scope="module")
def shown():
    with DemoServer(seed=1) as server:
        yield server
        assert server.crashes == ()


@settings(max_examples=150)
@given(
    st.sampled_from(["iris-classifier", "text-generator", "image", "echo", "language-router"]),
    BODIES,
    TYPES | HEADERS,
    HEADERS,
)
def test_nothing_that_comes_over_the_wire_crashes_the_server(shown, name, body, kind, accept):
    head = [f"POST /endpoints/{name}/invocations HTTP/1.1", f"Content-Length: {len(body)}"]
    for header, value in (("Content-Type", kind), ("Accept", accept)):
        if value is not None:
            head.append(f"{header}: {LINE_ENDS.sub('', value)}")
    message = "\r\n".join([*head, "Connection: close", "", ""]).encode("latin-1") + body
    host, _, port = shown.url.removeprefix("http://").partition(":")
    with socket.create_connection((host, int(port)), timeout=30) as connection:
        connection.sendall(message)
        answer = b"".join(iter(lambda: connection.recv(65536), b""))
    assert int(answer.split(b" ", 2)[1]) in (200, 400, 424)
    assert shown.crashes == ()
