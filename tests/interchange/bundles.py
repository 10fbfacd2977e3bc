"""Subjects of every kind for tests of bundles, and what is opened again."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import UTC, datetime

from hypothesis import strategies as st

from tests.interchange.strategies import requests, source_of
from tests.store.histories import bodies, outcomes
from tui.domain.endpoints import RawDocument
from tui.domain.exchanges import Exchange, InvocationResult
from tui.domain.http import HttpReply
from tui.domain.requests import InlineBody, InvocationRequest
from tui.interchange.bundle_subject import BundleSubject
from tui.interchange.sources import Destination
from tui.store.history_values import safe_outcome

MOMENT = datetime(2026, 11, 25, 17, 9, 30, 123456, tzinfo=UTC)


def subject_of(request, outcome=None, *, account=None, documents=(), duration_s=0.25):
    """Return what a bundle is made from; without an outcome it was not sent."""
    source = source_of(request, destination=Destination(region="eu-west-1"))
    if outcome is not None:
        exchange = Exchange(
            id="0" * 32,
            request=request,
            sent_body=source.body,
            outcome=outcome,
            started_at=MOMENT,
            duration_s=duration_s,
        )
        source = replace(source, exchange=exchange)
    return BundleSubject(source=source, account=account, documents=documents)


@st.composite
def subjects(draw):
    request = draw(requests())
    documents = draw(
        st.lists(
            st.builds(
                RawDocument,
                operation=st.sampled_from(["DescribeEndpoint", "DescribeModel"]),
                body=bodies,
            ),
            max_size=3,
        )
    )
    return subject_of(
        request,
        draw(st.none() | outcomes),
        account=draw(st.none() | st.just("210987654321")),
        documents=tuple(documents),
        duration_s=draw(st.floats(0, 1e6)),
    )


def iris(
    body=b'{"instances": [[5.1, 3.5, 1.4, 0.2]]}', *, answer=b'{"predictions": []}', **members
):
    """Return a request to the iris classifier that was answered."""
    headers = members.pop("headers", (("Content-Type", "application/json"),))
    request = InvocationRequest(
        endpoint_name="iris-classifier",
        content_type="application/json",
        body=InlineBody(data=body),
        **members,
    )
    reply = HttpReply(status=200, reason="OK", headers=headers, body=answer)
    return subject_of(request, InvocationResult(reply=reply, attempts=1))


def as_opened(subject):
    """Return (request, exchange) as a bundle brings them back: bytes instead of a file."""
    source = subject.source
    request = replace(source.request, body=InlineBody(data=source.body))
    if source.exchange is None:
        return request, None
    outcome = safe_outcome(source.exchange.outcome, keep_bodies=True)
    return request, replace(source.exchange, request=request, outcome=outcome)


def same(exchange, other):
    """Compare exchanges, errors by what they say."""
    if exchange is None or other is None:
        return exchange is other
    rest = [each.name for each in fields(exchange) if each.name != "outcome"]
    said = [each.name for each in fields(exchange.outcome)]
    return (
        type(exchange.outcome) is type(other.outcome)
        and all(getattr(exchange, name) == getattr(other, name) for name in rest)
        and all(getattr(exchange.outcome, name) == getattr(other.outcome, name) for name in said)
    )
