"""The demo listens at once and is made when somebody connects."""

import socket
import subprocess
import sys
import threading
from contextlib import closing

import pytest

from tests.demo.conftest import make_client
from tui.demo.door import AwaitedDemo
from tui.demo.showcase import showcase
from tui.domain.errors import ConnectionInvalid


def test_the_first_client_sees_the_showcase_and_so_does_the_next():
    with AwaitedDemo(fillers=3) as demo:
        seen = [_endpoint_names(demo), _endpoint_names(demo)]
    wanted = {each.name for each in showcase().with_fillers(3).endpoints}
    assert [set(names) for names in seen] == [wanted, wanted]


def test_a_port_in_use_is_said_clearly():
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(ConnectionInvalid) as refused:
            AwaitedDemo(port).__enter__()
    assert refused.value.summary == (
        f"The demo cannot listen on 127.0.0.1:{port}: Address already in use"
    )


@pytest.mark.parametrize("clients", [0, 1])
def test_closing_waits_for_its_thread_and_frees_the_port(clients):
    with AwaitedDemo() as demo:
        url = demo.url
        for _ in range(clients):
            _endpoint_names(demo)
    assert "sagescope-awaited-demo" not in {thread.name for thread in threading.enumerate()}
    host, _, port = url.removeprefix("http://").partition(":")
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection((host, int(port)))


def test_nothing_is_made_before_somebody_connects():
    code = """\
import sys
from tui.demo.door import AwaitedDemo
with AwaitedDemo():
    print(*sys.modules)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603 - our own interpreter
    assert not {"http.server", "tui.demo.server", "tui.demo.showcase"} & set(done.stdout.split())


def _endpoint_names(demo):
    with closing(make_client(demo, "sagemaker")) as client:
        pages = client.get_paginator("list_endpoints").paginate()
        return [each["EndpointName"] for page in pages for each in page["Endpoints"]]
