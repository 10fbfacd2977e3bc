"""Stateful sessions: ours against AWS's own container standards, through the unmodified boto3."""

import json
import os
import re
from datetime import UTC, datetime, timedelta

import pytest
from botocore.exceptions import ClientError

from tests.demo.catalogues import endpoint, single
from tests.demo.conftest import invoke, make_client
from tests.demo.models.asking import request
from tests.demo.standard_container import StandardContainer
from tui.demo.catalogue import Catalogue
from tui.demo.containers import ContainerReply
from tui.demo.models.text_generator import TextGenerator
from tui.demo.server import DemoServer
from tui.demo.sessions import Stateful

OPEN = b'{"requestType": "NEW_SESSION"}'
CLOSE = b'{"requestType": "CLOSE"}'
_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
_SESSIONS = ("NewSessionId", "ClosedSessionId")


class Parrot:
    """A model that says what it was sent, and when asked within a session what came before."""

    def answer(self, request, session):
        said = session.text if session else ""
        if session:
            session.add(request.body.decode())
        return ContainerReply(body=request.body, custom_attributes=said or None)


@pytest.fixture(scope="module")
def standard(tmp_path_factory):
    before = dict(os.environ)
    yield StandardContainer(tmp_path_factory.mktemp("sessions"))
    os.environ.clear()
    os.environ.update(before)


@pytest.fixture(scope="module")
def runtime(standard):
    catalogue = Catalogue(
        (
            endpoint("theirs", single("a", standard)),
            endpoint("ours", single("a", Stateful(Parrot()))),
        )
    )
    with DemoServer(catalogue=catalogue) as server:
        client = make_client(server, "sagemaker-runtime")
        yield client
        client.close()
        assert server.crashes == ()


def tell(runtime, name, body, session_id=None):
    """Return (status, body, session members), ids and times left out but for their shape."""
    members = {"ContentType": "application/json"}
    if session_id is not None:
        members["SessionId"] = session_id
    try:
        answer = invoke(runtime, name, body, **members)
    except ClientError as error:
        response = error.response
        return response["OriginalStatusCode"], plain(response["OriginalMessage"]), {}
    found = {each: plain(answer[each]) for each in _SESSIONS if each in answer}
    return 200, plain(answer["Body"].decode()), found


def plain(text):
    return _TIME.sub("TIME", _ID.sub("ID", text))


def opened(runtime, name):
    return invoke(runtime, name, OPEN, ContentType="application/json")["NewSessionId"]


def both(runtime, body, session_id=None):
    theirs, ours = (tell(runtime, name, body, session_id) for name in ("theirs", "ours"))
    assert ours == theirs
    return ours


@pytest.mark.parametrize("session_id", [None, "NEW_SESSION", "nope"])
def test_a_session_is_opened_whatever_session_the_request_names(runtime, session_id):
    status, body, members = both(runtime, OPEN, session_id)
    if session_id == "nope":
        assert status == 400
    else:
        assert (status, body) == (200, "Session ID created")
        assert members == {"NewSessionId": "ID; Expires=TIME"}


@pytest.mark.parametrize("session_id", [None, "NEW_SESSION", "nope"])
@pytest.mark.parametrize("body", [b'{"inputs": "x"}', b"[1]", CLOSE])
def test_a_request_without_a_session_of_its_own(runtime, body, session_id):
    both(runtime, body, session_id)


@pytest.mark.parametrize(
    "body",
    [b'{"requestType": "OTHER"}', b'{"requestType": null}', b'{"requestType": "CLOSE", "x": 1}'],
)
def test_what_only_looks_like_a_request_for_a_session_is_refused_by_both(runtime, body):
    for name in ("theirs", "ours"):
        status, told, _ = tell(runtime, name, body)
        assert status == 400
        assert list(json.loads(told)) == ["detail"]


def test_a_session_lives_until_it_is_closed(runtime):
    lives = []
    for name in ("theirs", "ours"):
        session_id = opened(runtime, name).partition(";")[0]
        steps = (b'{"a": 1}', CLOSE, CLOSE, b'{"a": 1}')
        lives.append([tell(runtime, name, body, session_id) for body in steps])
    assert lives[0] == lives[1]
    assert [status for status, *_ in lives[1]] == [200, 200, 400, 400]
    assert lives[1][1][2] == {"ClosedSessionId": "ID"}


def test_the_time_it_ends_is_twenty_minutes_from_now_in_both(runtime):
    for name in ("theirs", "ours"):
        ends = datetime.strptime(_TIME.search(opened(runtime, name))[0], "%Y-%m-%dT%H:%M:%S%z")
        left = ends - datetime.now(UTC)
        assert timedelta(minutes=18) < left <= timedelta(minutes=20)


def test_sessions_know_nothing_of_each_other(runtime):
    first, second = (opened(runtime, "ours").partition(";")[0] for _ in range(2))
    said = [
        invoke(runtime, "ours", body, ContentType="application/json", SessionId=each)
        for each, body in ((first, b"1"), (second, b"2"), (first, b"3"), (second, b"4"))
    ]
    assert [each.get("CustomAttributes") for each in said] == [None, None, "1", "2"]


def with_session(body, session_id):
    asked = request(body)
    asked.headers["X-Amzn-SageMaker-Session-Id"] = session_id
    return asked


def test_a_session_that_has_expired_is_forgotten_once_then_unknown():
    now = datetime(2026, 3, 1, 12, tzinfo=UTC)
    container = Stateful(Parrot(), clock=lambda: now)
    session_id, _, expires = container.invoke(request(OPEN)).new_session_id.partition("; ")
    assert expires == "Expires=2026-03-01T12:20:00Z"
    assert container.invoke(with_session("1", session_id)).custom_attributes is None
    now += timedelta(minutes=20)
    assert container.invoke(with_session("2", session_id)).custom_attributes == "1"
    now += timedelta(seconds=1)
    assert container.invoke(with_session("3", session_id)).custom_attributes is None
    assert container.invoke(with_session("4", session_id)).status == 400


def test_the_oldest_of_a_thousand_sessions_gives_way():
    container = Stateful(Parrot())
    ids = [container.invoke(request(OPEN)).new_session_id.partition(";")[0] for _ in range(1001)]
    statuses = [container.invoke(with_session("1", each)).status for each in (ids[0], ids[1])]
    assert statuses == [400, 200]


def test_the_text_generator_goes_on_where_its_session_ended():
    container = Stateful(TextGenerator())
    session_id = container.invoke(request(OPEN)).new_session_id.partition(";")[0]

    def said(inputs, **parameters):
        body = json.dumps({"inputs": inputs, "parameters": {"seed": 3, **parameters}})
        return json.loads(container.invoke(with_session(body, session_id)).body)[0]

    first = said("The White Rabbit", max_new_tokens=5)["generated_text"]
    second = said("", max_new_tokens=5)["generated_text"]
    other = json.loads(
        container.invoke(
            request(
                json.dumps(
                    {
                        "inputs": "The White Rabbit" + first,
                        "parameters": {"seed": 3, "max_new_tokens": 5},
                    }
                )
            )
        ).body
    )
    assert second == other[0]["generated_text"]


def test_a_chat_counts_what_its_session_remembers():
    container = Stateful(TextGenerator())
    session_id = container.invoke(request(OPEN)).new_session_id.partition(";")[0]
    chat = json.dumps({"messages": [{"role": "user", "content": "Who are you"}], "max_tokens": 4})
    usage = [
        json.loads(container.invoke(with_session(chat, session_id)).body)["usage"] for _ in range(2)
    ]
    assert usage[0]["prompt_tokens"] == 3
    assert usage[1]["prompt_tokens"] == usage[0]["total_tokens"] + 3
