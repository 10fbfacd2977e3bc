"""Sends of every kind, for tests of the history: generated ones, and a few by hand."""

from __future__ import annotations

from dataclasses import fields
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

from hypothesis import strategies as st

from tui.domain.connections import Connection, Identity
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
    StorageFailed,
    Throttled,
)
from tui.domain.exchanges import Exchange, InvocationResult, Stopped
from tui.domain.history import Place, SendStart
from tui.domain.http import HttpReply
from tui.domain.requests import FileBody, InlineBody, InvocationRequest

MOMENT = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
HERE = Place(connection=Connection(region="us-east-1"))

# All code points: lone surrogates are what undecodable bytes become, and what a paste may hold.
texts = st.text(st.characters(exclude_categories=()), max_size=40)
optional_texts = st.none() | texts
bodies = st.binary(max_size=400) | st.sampled_from([b"", b"abc" * 400])
header_names = st.sampled_from(["content-type", "X-Amzn-RequestId", "X-ODD", "x-odd"]) | texts
# http.client decodes header bytes as latin-1.
header_values = st.binary(max_size=30).map(lambda data: data.decode("latin-1")) | texts
headers = st.lists(st.tuples(header_names, header_values), max_size=8).map(tuple)
replies = st.builds(
    HttpReply, status=st.integers(100, 599), reason=texts, headers=headers, body=bodies
)
identities = st.builds(
    Identity, profile=optional_texts, region=optional_texts, account=optional_texts
)
places = st.builds(
    Place,
    connection=st.builds(
        Connection,
        profile=optional_texts,
        region=optional_texts,
        endpoint_url=st.none() | st.sampled_from(["http://127.0.0.1:8080", "https://a.b/c"]),
        is_demo=st.booleans(),
    ),
    identity=st.none() | identities,
)
requests = st.builds(
    InvocationRequest,
    endpoint_name=texts,
    body=st.builds(InlineBody, data=bodies)
    | st.builds(FileBody, path=st.sampled_from([Path("/tmp/x"), Path("~/a\udcff b")])),  # noqa: S108 - never read
    **{
        each.name: optional_texts
        for each in fields(InvocationRequest)
        if each.name not in ("endpoint_name", "body")
    },
)
_told = {
    "summary": texts,
    "hint": texts,
    "code": texts,
    "service_message": optional_texts,
    "operation": texts,
    "attempts": st.integers(0, 10),
    "reply": st.none() | replies,
}
assert set(_told) == {each.name for each in fields(ExplorerError)}
failures = st.one_of(
    *(
        st.builds(kind, **_told)
        for kind in (
            ConnectionInvalid,
            CredentialsMissing,
            EndpointNotFound,
            EndpointUnavailable,
            ExplorerError,
            RequestInvalid,
            Throttled,
        )
    ),
    st.builds(AccessDenied, **_told, action=texts),
    st.builds(NetworkFailed, **_told, timed_out=st.booleans()),
    st.builds(StorageFailed, **_told, path=texts),
    st.builds(
        ModelFailed,
        **_told,
        original_status_code=st.none() | st.integers(0, 599),
        original_message=texts,
        log_stream_arn=texts,
    ),
)
outcomes = st.one_of(
    st.builds(InvocationResult, reply=replies, attempts=st.integers(1, 10)),
    st.builds(Stopped, attempts=st.integers(0, 1)),
    failures,
)


@st.composite
def sends(draw):
    """Return (how a send began, how it ended)."""
    request = draw(requests)
    sent = request.body.data if isinstance(request.body, InlineBody) else draw(bodies)
    start = SendStart(
        exchange_id=draw(st.uuids()).hex,
        request=request,
        sent_body=draw(st.sampled_from([sent, b""])),
        started_at=draw(st.datetimes(timezones=st.just(UTC))),
        place=draw(places),
        preset_name=draw(st.none() | st.text(st.characters(codec="utf-8"), max_size=20)),
    )
    return start, ended(start, draw(outcomes), draw(st.floats(0, 1e6)))


def begun(name="iris", *, body=b"5.1,3.5", number=0, **members):
    """Return how a send began; ``number`` makes its id."""
    fields_of_start = {"place", "preset_name", "keep_bodies"}
    given = {key: members.pop(key) for key in fields_of_start & members.keys()}
    return SendStart(
        exchange_id=f"{number:032x}",
        request=InvocationRequest(endpoint_name=name, body=InlineBody(data=body), **members),
        sent_body=body,
        started_at=MOMENT,
        **{"place": HERE, **given},
    )


def ended(start, outcome, duration_s=0.5):
    return Exchange(
        id=start.exchange_id,
        request=start.request,
        sent_body=start.sent_body,
        outcome=outcome,
        started_at=start.started_at,
        duration_s=duration_s,
    )


def answer(body=b"[0]", *, status=200, reason="OK", headers=()):
    reply = HttpReply(status=status, reason=reason, headers=headers, body=body)
    return InvocationResult(reply=reply, attempts=1)


def comparable(exchange):
    """Return an exchange as values that compare; errors are compared by what they say."""
    outcome = exchange.outcome
    said = [(each.name, getattr(outcome, each.name)) for each in fields(outcome)]
    rest = [
        (each.name, getattr(exchange, each.name))
        for each in fields(exchange)
        if each.name != "outcome"
    ]
    return type(outcome), said, rest


def record(store, *names, **members):
    """Record an answered send for each name; return the entries' ids."""
    ids = []
    for name in names:
        start = begun(name, number=uuid4().int, **members)
        store.begin(start)
        ids.append(store.finish(start, ended(start, answer())))
    return ids
