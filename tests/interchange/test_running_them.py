"""Each text, run by the tool that it is written for, sends what the app sends."""

import sys

import pytest

from tests.interchange.sending import make_source, sent
from tui.domain.requests import FileBody, InlineBody, InvocationRequest
from tui.domain.stopping import StopSwitch
from tui.interchange.formats import Format, copy_as

BODIES = {
    "text": b'{"instances": [[5.1, 3.5, 1.4, 0.2]]}',
    "quotes and lines": b'{"a": "it\'s",\n "b": "$HOME `id` %s \\\\n"}\n\n',
    "not ASCII": '{"é": "字"}'.encode(),
    "bytes": bytes(range(256)),
    "empty": b"",
    "5 MB": b'{"text": "' + b"x" * 5_000_000 + b'"}',
}


@pytest.fixture
def run(execute, tmp_path):
    """Run a text with a shell or with Python."""

    def run(chosen, text):
        script = tmp_path / "script"
        script.write_text(text)
        return execute(sys.executable if chosen is Format.BOTO3 else "sh", script)

    return run


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES.keys())
@pytest.mark.parametrize("chosen", [Format.AWS_CLI, Format.BOTO3, Format.CURL])
def test_the_same_is_sent(chosen, body, server, gateway, run):
    request = InvocationRequest(
        endpoint_name="echo",
        body=InlineBody(data=body),
        content_type="application/json",
        custom_attributes='it\'s="a" $HOME',
        target_variant="AllTraffic",
        inference_id="-x 1",
    )
    gateway.invoke(request, body, StopSwitch())
    ours = sent(server)
    run(chosen, copy_as(make_source(server, gateway, request, body), chosen).text)
    assert sent(server) == ours


@pytest.mark.parametrize("chosen", [Format.AWS_CLI, Format.BOTO3, Format.CURL])
def test_what_is_not_sent_stays_so_and_files_are_read(chosen, server, gateway, run, tmp_path):
    path = tmp_path / "a $HOME body.csv"
    path.write_bytes(b"5.1,3.5,1.4,0.2\r\n")
    request = InvocationRequest(
        endpoint_name="echo", body=FileBody(path=path), custom_attributes="file:///etc/hostname"
    )
    gateway.invoke(request, path.read_bytes(), StopSwitch())
    ours = sent(server)
    run(chosen, copy_as(make_source(server, gateway, request, path.read_bytes()), chosen).text)
    assert sent(server)[:2] == ours[:2]
    assert sent(server) == ours
