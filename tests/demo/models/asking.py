"""Containers asked directly: what they answer, and what they say when they refuse."""

import json

import pytest

from tui.demo.containers import ContainerRequest, RequestRefused

JSON = "application/json"


def request(body, content_type=JSON, accept=None):
    """Make a request; a body that is neither bytes nor text is sent as JSON."""
    if not isinstance(body, bytes | str):
        body = json.dumps(body)
    headers = {"Content-Type": content_type, "Accept": accept}
    return ContainerRequest(
        body=body.encode() if isinstance(body, str) else body,
        headers={name: value for name, value in headers.items() if value is not None},
    )


def ask(container, body, content_type=JSON, accept=None):
    """Return the reply, which is a 200."""
    reply = container.invoke(request(body, content_type, accept))
    assert reply.status == 200
    return reply


def asked(container, body, content_type=JSON, accept=None):
    """Return the answer, parsed."""
    reply = ask(container, body, content_type, accept)
    assert reply.content_type == JSON
    return json.loads(reply.body)


def refused(container, body, content_type=JSON, accept=None):
    """Return (status, parsed body) of a refusal."""
    with pytest.raises(RequestRefused) as refusal:
        container.invoke(request(body, content_type, accept))
    return refusal.value.reply.status, json.loads(refusal.value.reply.body)
