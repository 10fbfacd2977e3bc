"""Escape ends the wait at once, wherever the call is, and leaves nothing broken behind."""

import socket
from threading import Event, Thread

import pytest

from tests.aws.conftest import at
from tests.aws.raw_server import self_signed
from tests.patience import HUNG_S, PATIENCE_S
from tui.domain.errors import ExplorerError
from tui.domain.requests import InvocationRequest
from tui.domain.stopping import StoppedWaiting, StopSwitch

REQUEST = InvocationRequest(endpoint_name="echo")


class Call:
    """An invocation in a thread of its own."""

    def __init__(self, gateway):
        self.stop = StopSwitch()
        self.outcome = None
        self._thread = Thread(target=self._run, args=(gateway,), daemon=True)
        self._thread.start()

    def _run(self, gateway):
        try:
            self.outcome = gateway.invoke(REQUEST, b"{}", self.stop)
        except (StoppedWaiting, ExplorerError) as error:
            self.outcome = error

    def stop_and_wait(self):
        """Stop, and see the thread end while the server still keeps its answer back."""
        self.stop.stop()
        self._thread.join(PATIENCE_S)
        assert not self._thread.is_alive()

    def wait(self):
        self._thread.join(PATIENCE_S)
        return self.outcome


@pytest.fixture(params=["http", "https"])
def start(request, raw, open_gateway, tmp_path, monkeypatch):
    """Start a server, plain or with TLS; returns (server, gateway)."""

    def start_one(script, **options):
        certificate = None
        if request.param == "https":
            certificate = self_signed(tmp_path)
            monkeypatch.setenv("AWS_CA_BUNDLE", str(certificate[0]))
        server = raw(script, certificate=certificate)
        return server, open_gateway(at(server.url), read_timeout_s=HUNG_S, **options)

    return start_one


def test_stopping_ends_the_wait_for_an_answer(start):
    gate = Event()
    server, gateway = start(lambda _: gate.wait(HUNG_S))
    call = Call(gateway)
    assert server.wait_for_requests(1)
    call.stop_and_wait()
    assert isinstance(call.outcome, StoppedWaiting)
    assert len(server.requests) == 1
    gate.set()


@pytest.mark.parametrize(
    "framing",
    [
        b"Content-Length: 10\r\n\r\nhalf",
        b"Transfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n",
        b"Connection: close\r\n\r\nhalf",
    ],
    ids=["length", "chunked", "until-close"],
)
def test_stopping_ends_the_wait_in_the_middle_of_a_body(start, framing):
    gate, half_sent = Event(), Event()

    def answer(connection):
        connection.sendall(b"HTTP/1.1 200 OK\r\n" + framing)
        half_sent.set()
        gate.wait(HUNG_S)

    _, gateway = start(answer)
    call = Call(gateway)
    assert half_sent.wait(PATIENCE_S)
    call.stop_and_wait()
    assert isinstance(call.outcome, StoppedWaiting)
    gate.set()


def test_stopping_is_not_followed_by_a_retry(start):
    gate = Event()
    server, gateway = start(lambda _: gate.wait(HUNG_S), total_max_attempts=4)
    call = Call(gateway)
    assert server.wait_for_requests(1)
    call.stop_and_wait()
    assert isinstance(call.outcome, StoppedWaiting)
    assert len(server.requests) == 1
    gate.set()


def test_a_send_after_a_stopped_one_gets_its_own_answer(start):
    gate = Event()

    def answer(connection):
        if len(server.requests) == 1:
            gate.wait(HUNG_S)
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")

    server, gateway = start(answer)
    stopped = Call(gateway)
    assert server.wait_for_requests(1)
    stopped.stop_and_wait()
    assert gateway.invoke(REQUEST, b"2", StopSwitch()).reply.body == b"ok"
    assert (len(server.requests), server.connections) == (2, 2)
    gate.set()


def test_stopping_late_leaves_the_connection_to_the_next_send(start):
    gate = Event()

    def answer(connection):
        if len(server.requests) == 2:
            gate.wait(HUNG_S)
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")

    server, gateway = start(answer)
    finished = StopSwitch()
    gateway.invoke(REQUEST, b"1", finished)
    second = Call(gateway)
    assert server.wait_for_requests(2)
    finished.stop()
    gate.set()
    assert second.wait().reply.body == b"ok"
    assert server.connections == 1


def test_stopping_one_send_leaves_another_alone(start):
    gate = Event()

    def answer(connection):
        gate.wait(HUNG_S)
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")

    server, gateway = start(answer)
    first, second = Call(gateway), Call(gateway)
    assert server.wait_for_requests(2)
    first.stop_and_wait()
    gate.set()
    assert second.wait().reply.body == b"ok"
    assert isinstance(first.outcome, StoppedWaiting)


def test_a_switch_that_was_flipped_before_sends_nothing(start):
    server, gateway = start(lambda connection: None)
    stop = StopSwitch()
    stop.stop()
    with pytest.raises(StoppedWaiting):
        gateway.invoke(REQUEST, b"", stop)
    assert server.requests == []


def test_stopping_while_the_body_is_uploaded(open_gateway):
    # A server that accepts and never reads: the body fills the socket's buffers and then waits.
    with socket.create_server(("127.0.0.1", 0)) as listener:
        gateway = open_gateway(at(f"http://127.0.0.1:{listener.getsockname()[1]}"))
        stop, outcome = StopSwitch(), []

        def upload():
            try:
                gateway.invoke(REQUEST, bytes(24 * 2**20), stop)
            except StoppedWaiting as stopped:
                outcome.append(stopped)

        thread = Thread(target=upload, daemon=True)
        thread.start()
        accepted, _ = listener.accept()
        with accepted:
            accepted.recv(1)
            stop.stop()
            thread.join(PATIENCE_S)
            assert not thread.is_alive()
    assert outcome
