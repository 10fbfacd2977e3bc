"""Each text, run by the tool that it is written for, sends what the app sends."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tui.aws.connector import AwsConnector
from tui.demo.server import DemoServer
from tui.domain.connections import Connection
from tui.domain.requests import FileBody, InlineBody, InvocationRequest
from tui.domain.stopping import StopSwitch
from tui.interchange.formats import Format, copy_as
from tui.interchange.sources import Destination, Source

BODIES = {
    "text": b'{"instances": [[5.1, 3.5, 1.4, 0.2]]}',
    "quotes and lines": b'{"a": "it\'s",\n "b": "$HOME `id` %s \\\\n"}\n\n',
    "not ASCII": '{"é": "字"}'.encode(),
    "bytes": bytes(range(256)),
    "empty": b"",
    "5 MB": b'{"text": "' + b"x" * 5_000_000 + b'"}',
}
NOT_SENT_BY_US = ("connection", "host", "user-agent", "accept-encoding", "authorization")


@pytest.fixture(scope="module")
def server():
    with DemoServer(seed=1) as server:
        yield server
        assert server.crashes == ()


@pytest.fixture(scope="module")
def gateway(server):
    connector = AwsConnector(connect_timeout_s=5, read_timeout_s=20, total_max_attempts=1)
    here = Connection(is_demo=True, endpoint_url=server.url, region="us-east-1")
    return connector.connect(here)


@pytest.fixture
def run(tmp_path):
    """Run a text with a shell or with Python, in an empty home."""
    base = {name: value for name, value in os.environ.items() if not name.startswith("AWS_")}
    commands = Path(sys.executable).parent
    environment = {
        **base,
        "HOME": str(tmp_path),
        "PATH": f"{commands}{os.pathsep}{base['PATH']}",
        "AWS_EC2_METADATA_DISABLED": "true",
    }

    def run(chosen, text):
        script = tmp_path / "script"
        script.write_text(text)
        program = sys.executable if chosen is Format.BOTO3 else "sh"
        done = subprocess.run(  # noqa: S603 - our own texts
            [program, str(script)],
            env=environment,
            cwd=tmp_path,
            capture_output=True,
            timeout=60,
            check=False,
        )
        assert done.returncode == 0, done.stderr.decode()
        return done.stdout

    return run


def make_source(server, gateway, request, body):
    return Source(
        request=request,
        body=body,
        destination=Destination(
            region="us-east-1", endpoint_url=server.url, credentials=("demo", "demo")
        ),
        signed=gateway.preview(request, body),
    )


def sent(server):
    """What arrived last, without what every client does its own way."""
    request = server.requests[-1]
    headers = sorted(
        (name.lower(), value)
        for name, value in request.headers
        if name.lower() not in NOT_SENT_BY_US
        and not name.lower().startswith(("x-amz-", "amz-sdk-"))
    )
    return request.method, request.path, headers, request.body


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
