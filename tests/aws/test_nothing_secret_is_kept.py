"""What is secret on this machine is in no file that the program writes, whatever is sent."""

import json

import pytest

from tests.patience import PATIENCE_S
from tui.aws.connector import AwsConnector
from tui.domain.connections import Connection
from tui.domain.errors import CredentialsMissing
from tui.domain.history import OutcomeKind
from tui.domain.requests import InlineBody, InvocationRequest
from tui.domain.stopping import StopSwitch
from tui.explorer import Explorer
from tui.history import History
from tui.store.history import HistoryBounds, HistoryFile

SECRETS = {
    "AWS_ACCESS_KEY_ID": "ASIAPLANTEDINENVIRONM",
    "AWS_SECRET_ACCESS_KEY": "plantedInEnvironmentSecret/+0123456789abcd",
    "AWS_SESSION_TOKEN": "plantedInEnvironmentToken//////////+abcd==",
}
IN_FILES = (
    "AKIAPLANTEDINAFILE000",
    "plantedInFileSecret/+0123456789abcdefghijk",
    "plantedInFileToken//////////+abcdefghij==",
)


@pytest.fixture
def planted(aws_home, monkeypatch):
    for name, secret in SECRETS.items():
        monkeypatch.setenv(name, secret)
    names = ("aws_access_key_id", "aws_secret_access_key", "aws_session_token")
    lines = "\n".join(f"{name} = {value}" for name, value in zip(names, IN_FILES, strict=True))
    aws_home.write("credentials", f"[filed]\n{lines}\n")
    aws_home.write("config", "[profile filed]\nregion = us-east-1\n")


def refuse_and_repeat_the_token(server, connection):
    """Answer as AWS does to a wrong signature: with the canonical request, token and all."""
    lines = server.requests[-1].decode("latin-1").splitlines()
    canonical = "\n".join(line for line in lines if line.lower().startswith("x-amz"))
    words = f"The request signature does not match. Canonical:\n'{canonical}\n'"
    body = json.dumps({"message": words}).encode()
    head = [
        "HTTP/1.1 403 Forbidden",
        "x-amzn-ErrorType: InvalidSignatureException",
        next(line for line in lines if line.lower().startswith("x-amz-security-token")),
        f"Set-Cookie: session={SECRETS['AWS_SESSION_TOKEN']}",
        f"Content-Length: {len(body)}",
    ]
    connection.sendall("\r\n".join([*head, "", ""]).encode("latin-1") + body)


@pytest.mark.parametrize("profile", [None, "filed"])
async def test_no_secret_of_this_machine_is_in_a_file_of_ours(
    planted, demo, raw, tmp_path, profile
):
    folder = tmp_path / "sagescope"
    history = History(lambda: HistoryFile(folder / "history.sqlite3", HistoryBounds()))
    repeating = raw(lambda connection: refuse_and_repeat_the_token(repeating, connection))
    here = Connection(profile=profile, region="us-east-1", endpoint_url=demo.url)
    explorer = Explorer(AwsConnector(), here, history=history)
    await explorer.identify()
    for name in ("iris-classifier", "echo", "no-such-endpoint", "throttled", "not a name"):
        request = InvocationRequest(endpoint_name=name, body=InlineBody(data=b"5.1,3.5,1.4,0.2"))
        await explorer.invoke(request, StopSwitch())
    elsewhere = Connection(profile=profile, region="us-east-1", endpoint_url=repeating.url)
    explorer.switch(elsewhere)
    refused = await explorer.invoke(InvocationRequest(endpoint_name="iris"), StopSwitch())
    token = IN_FILES[2] if profile else SECRETS["AWS_SESSION_TOKEN"]
    assert token.encode() in refused.reply.body  # it did come, and was shown
    await history.settle(PATIENCE_S)
    written = b"".join(each.read_bytes() for each in folder.iterdir())
    assert [each for each in (*SECRETS.values(), *IN_FILES) if each.encode() in written] == []
    entries = (await history.page()).entries
    found = await history.open(entries[0].id)
    assert found.entry.status == 403
    assert b"(not kept)" in found.exchange.reply.body
    assert len(entries) == 6
    assert OutcomeKind.ANSWER in {entry.kind for entry in entries}
    await explorer.close()


async def test_a_profile_that_gives_none_is_an_outcome_in_the_history(aws_home, tmp_path, demo):
    history = History(lambda: HistoryFile(tmp_path / "h.sqlite3", HistoryBounds()))
    here = Connection(region="us-east-1", endpoint_url=demo.url)
    explorer = Explorer(AwsConnector(), here, history=history)
    exchange = await explorer.invoke(InvocationRequest(endpoint_name="echo"), StopSwitch())
    assert isinstance(exchange.outcome, CredentialsMissing)
    await history.settle(PATIENCE_S)
    (entry,) = (await history.page()).entries
    assert (entry.kind, entry.attempts) == (OutcomeKind.NO_CREDENTIALS, 0)
    await explorer.close()
