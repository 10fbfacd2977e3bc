from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tui.domain.errors import ExplorerError, ModelFailed, NetworkFailed
from tui.domain.exchanges import Exchange, InvocationResult, Stopped
from tui.domain.http import HttpReply
from tui.domain.requests import InlineBody, InvocationRequest

REPLY = HttpReply(
    status=200,
    reason="OK",
    headers=(
        ("Content-Type", "text/csv"),
        ("X-Amzn-RequestId", "7f3c"),
        ("x-Amzn-Invoked-Production-Variant", "blue"),
        ("X-Amzn-SageMaker-Custom-Attributes", ""),
        ("content-type", "second"),
    ),
    body=b"secret answer",
)


def exchange(outcome):
    return Exchange(
        id="1",
        request=InvocationRequest(body=InlineBody(data=b"secret question")),
        sent_body=b"secret question",
        outcome=outcome,
        started_at=datetime(2026, 11, 24, tzinfo=UTC),
        duration_s=0.5,
    )


def test_headers_are_found_in_any_case_and_the_first_counts():
    assert REPLY.header("CONTENT-TYPE") == "text/csv"
    assert REPLY.content_type == "text/csv"
    assert REPLY.request_id == "7f3c"
    assert REPLY.invoked_production_variant == "blue"


def test_an_absent_header_is_none_and_an_empty_one_is_empty():
    assert REPLY.new_session_id is None
    assert REPLY.custom_attributes == ""


@pytest.mark.parametrize(
    ("outcome", "reply", "attempts"),
    [
        (InvocationResult(reply=REPLY, attempts=2), REPLY, 2),
        (ModelFailed(summary="no", reply=REPLY, attempts=1), REPLY, 1),
        (NetworkFailed(summary="refused"), None, 0),
        (Stopped(), None, 1),
    ],
)
def test_an_exchange_has_the_reply_and_the_attempts_of_its_outcome(outcome, reply, attempts):
    assert exchange(outcome).reply is reply
    assert exchange(outcome).attempts == attempts


def test_payloads_are_not_in_a_repr():
    assert "secret" not in repr(exchange(InvocationResult(reply=REPLY, attempts=1)))
    failed = ModelFailed(summary="no", original_message="secret", reply=REPLY)
    assert "secret" not in repr(exchange(failed))


def test_an_error_speaks_its_summary():
    assert str(ExplorerError(summary="The model said no")) == "The model said no"
