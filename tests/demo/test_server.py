import socket
from time import perf_counter

import pytest

from tui.demo.server import DemoServer
from tui.domain.errors import ConnectionInvalid


@pytest.mark.parametrize(
    "host",
    ["0.0.0.0", "::", "192.168.1.4", "8.8.8.8", "example.com", ""],  # noqa: S104 - refused
)
def test_it_binds_loopback_only(host):
    with pytest.raises(ConnectionInvalid) as refused:
        DemoServer(host=host)
    assert "loopback only" in refused.value.summary


def test_a_port_in_use_is_said_clearly():
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(ConnectionInvalid) as refused:
            DemoServer(port=port).start()
    assert f"127.0.0.1:{port}" in refused.value.summary
    assert "in use" in refused.value.summary


def test_closing_is_prompt_although_a_model_is_still_running():
    with DemoServer() as server, socket.create_connection(_address(server)) as connection:
        connection.sendall(_post("/endpoints/slow-seconds/invocations", b"60"))
        assert server.wait_for_requests(1)
        started = perf_counter()
    assert perf_counter() - started < 30


def _address(server):
    host, _, port = server.url.removeprefix("http://").partition(":")
    return host, int(port)


def _post(path, body):
    return f"POST {path} HTTP/1.1\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body
