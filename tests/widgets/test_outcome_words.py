from datetime import UTC, datetime

import pytest
from textual.content import Content

from tui.domain.errors import (
    AccessDenied,
    CredentialsMissing,
    EndpointUnavailable,
    ExplorerError,
    ModelFailed,
    NetworkFailed,
)
from tui.domain.exchanges import Exchange, InvocationResult, Stopped
from tui.domain.http import HttpReply
from tui.domain.requests import InvocationRequest
from tui.widgets.facts_strip import fitted, packed
from tui.widgets.header_list import partition
from tui.widgets.outcome_words import (
    duration_words,
    explanation,
    facts,
    failure_kind,
    shown_body,
    size_words,
)

REPLY = HttpReply(
    status=200,
    reason="OK",
    headers=(
        ("Date", "today"),
        ("x-Amzn-Invoked-Production-Variant", "blue"),
        ("Content-Type", "application/json"),
        ("x-amzn-RequestId", "abc"),
        ("X-Amzn-Twice", "1"),
        ("X-Amzn-Twice", "2"),
    ),
    body=b"12345",
)


def exchange(outcome, duration_s=0.0123):
    return Exchange(
        id="1",
        request=InvocationRequest(endpoint_name="iris"),
        sent_body=b"",
        outcome=outcome,
        started_at=datetime(2026, 1, 1, tzinfo=UTC),
        duration_s=duration_s,
    )


def texts(outcome):
    return [fact.text for fact in facts(exchange(outcome))]


def test_the_most_important_facts_come_first():
    assert texts(InvocationResult(reply=REPLY, attempts=1)) == [
        "200 OK",
        "blue",
        "12.3 ms",
        "5 B",
        "1 attempt",
        "application/json",
        "request abc",
    ]


def test_a_failure_without_a_reply_is_named_by_its_kind():
    error = NetworkFailed(summary="s", code="ReadTimeoutError", attempts=1)
    assert texts(error) == ["Network failure", "ReadTimeoutError", "12.3 ms", "1 attempt"]


def test_a_failure_with_a_reply_is_named_by_its_status():
    error = EndpointUnavailable(summary="s", code="502", reply=REPLY, attempts=2)
    assert texts(error)[:2] == ["200 OK", "blue"]
    assert "2 attempts" in texts(error)


def test_what_never_left_says_so():
    assert "not sent" in texts(CredentialsMissing(summary="s"))
    assert explanation(exchange(Stopped(attempts=0))).summary == "Nothing had been sent yet."


def test_stopping_says_that_the_model_may_run_on():
    assert "billing" in explanation(exchange(Stopped())).hint


def test_an_answer_needs_no_explanation():
    assert explanation(exchange(InvocationResult(reply=REPLY, attempts=1))) is None


def test_the_containers_message_is_shown_as_the_body_and_not_said_twice():
    error = ModelFailed(
        summary='The container answered 400: {"why": 1}',
        original_message='{"why": 1}',
        reply=REPLY,
    )
    assert shown_body(exchange(error)) == (b'{"why": 1}', None)
    assert explanation(exchange(error)).summary == "The container answered 400."


def test_every_kind_of_failure_has_a_name():
    kinds = ExplorerError.__subclasses__()
    assert AccessDenied in kinds
    for kind in kinds:
        assert failure_kind(kind(summary="s")) != "Failure"


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0.0123, "12.3 ms"), (0.842, "842 ms"), (3.214, "3.21 s"), (72.04, "72.0 s")],
)
def test_durations_read_naturally(seconds, words):
    assert duration_words(seconds) == words


@pytest.mark.parametrize(
    ("count", "words"), [(0, "0 B"), (999, "999 B"), (25_000, "25.0 kB"), (6_291_456, "6.29 MB")]
)
def test_sizes_read_naturally(count, words):
    assert size_words(count) == words


def test_sagemakers_headers_come_first_and_none_is_lost():
    ours, others = partition(REPLY.headers)
    assert [name for name, _ in ours] == [
        "x-Amzn-Invoked-Production-Variant",
        "Content-Type",
        "x-amzn-RequestId",
        "X-Amzn-Twice",
        "X-Amzn-Twice",
    ]
    assert others == (("Date", "today"),)


def test_lines_of_facts_end_between_two_facts():
    pieces = [Content(text) for text in ("200 OK", "blue", "request abc def")]
    assert [line.plain for line in packed(pieces, 16)] == ["200 OK · blue", "request abc def"]
    assert [line.plain for line in packed(pieces, 3)] == ["200 OK", "blue", "request abc def"]
    assert packed([], 10) == []


@pytest.mark.parametrize(
    ("width", "lines"),
    [
        (60, ["200 OK · application/json · request 7f3c2a1e-0000"]),
        (45, ["200 OK · application/json · request 7f3c2a1e…"]),
        (36, ["200 OK · json · request 7f3c2a1e…"]),
        (30, ["200 OK · application/json", "request 7f3c2a1e-0000"]),
    ],
)
def test_facts_are_shortened_into_one_line_or_else_said_whole(width, lines):
    headers = (("Content-Type", "application/json"), ("x-amzn-RequestId", "7f3c2a1e-0000"))
    reply = HttpReply(status=200, reason="OK", headers=headers, body=b"")
    said = facts(exchange(InvocationResult(reply=reply, attempts=1)))
    wanted = [said[0], *said[-2:]]
    pieces = [(Content(fact.text), Content(fact.short or fact.text)) for fact in wanted]
    assert [line.plain for line in fitted(pieces, width)] == lines
