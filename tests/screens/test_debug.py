from __future__ import annotations

from datetime import UTC, datetime

from tests.app.scenes import Desk
from tests.app.stand_in import make_app
from tests.app.waiting import notes, shown, until
from tui.domain.connections import Connection
from tui.domain.errors import AccessDenied
from tui.domain.exchanges import Done, Exchange
from tui.domain.http import HttpReply
from tui.domain.requests import InvocationRequest
from tui.screens.debug import gather_facts, package_version
from tui.store.paths import find_paths

FAILED = Exchange(
    id="1",
    request=InvocationRequest(endpoint_name="e"),
    sent_body=b"secret body",
    outcome=AccessDenied(
        summary="arn:secret may not",
        code="AccessDenied\x1b[31m [/]",
        reply=HttpReply(
            status=403, reason="", headers=(("x-amzn-requestid", "7f3c"),), body=b"no, secret"
        ),
    ),
    started_at=datetime(2026, 11, 24, tzinfo=UTC),
    duration_s=0.25,
)


class Telling(Desk):
    send_state = Done(exchange=FAILED)


async def test_it_tells_versions_places_and_how_the_last_request_ended(tmp_path):
    app = make_app(Telling(), tmp_path, connection=Connection(profile="work", region="eu-west-1"))
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("f12")
        text = shown(app)
    for words in (
        package_version("textual"),
        package_version("boto3"),
        "120×40",
        "sagescope-dark",
        "work · eu-west-1",
        str(tmp_path / "config.toml")[:60],
        "11 bytes sent, 10 bytes received in 0.250 s",
        "AccessDenied · AccessDenied␛[31m [/] · HTTP 403 · 7f3c",
    ):
        assert words in text, words
    assert "secret" not in text


async def test_y_copies_all_of_it(app, monkeypatch):
    monkeypatch.delenv("DISPLAY", raising=False)
    async with app.run_test() as pilot:
        await pilot.press("f12", "y")
        await until(lambda: notes(app))
        assert "the debug information" in notes(app)[0]
        assert "textual: " in app.clipboard


async def test_secrets_stay_out(app, tmp_path):
    environ = {
        "AWS_SECRET_ACCESS_KEY": "wJalr-secret",
        "SSH_CONNECTION": "192.0.2.7 22",
        "TERM": "xterm",
    }
    connection = Connection(endpoint_url="http://user:hunter2@host:1/path")
    async with app.run_test():
        facts = gather_facts(app, connection, find_paths({"SAGESCOPE_HOME": "/x"}), environ)
    text = str(facts)
    assert "wJalr-secret" not in text
    assert "192.0.2.7" not in text
    assert "hunter2" not in text
    assert "TERM=xterm" in text
