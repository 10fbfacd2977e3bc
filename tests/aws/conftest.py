"""The real boto3 against servers on loopback; nothing of this machine's AWS setup leaks in."""

import os
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.aws.raw_server import RawServer
from tui.aws.connector import AwsConnector
from tui.demo.server import DemoServer
from tui.domain.connections import Connection


@pytest.fixture(autouse=True)
def aws_home(monkeypatch, tmp_path):
    """An empty home directory, no AWS_* variables, no instance metadata, no proxy."""
    for name in list(os.environ):
        if name.startswith(("AWS_", "BOTO")) or name.lower().endswith("_proxy"):
            monkeypatch.delenv(name)
    monkeypatch.delenv("REQUESTS_CA_BUNDLE", raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    return AwsHome(tmp_path / ".aws")


@dataclass
class AwsHome:
    """What ``~/.aws`` of the test holds."""

    folder: Path

    def write(self, name, text):
        self.folder.mkdir(exist_ok=True)
        (self.folder / name).write_text(text)


@pytest.fixture
def credentials(monkeypatch):
    """Long-lived credentials in the environment."""
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIAIOSFODNN7EXAMPLE")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY")


@pytest.fixture
def open_gateway():
    """Open gateways that are closed after the test."""
    opened = []

    def open_one(connection, **options):
        gateway = AwsConnector(**options).connect(connection)
        opened.append(gateway)
        return gateway

    yield open_one
    for gateway in opened:
        gateway.close()


@pytest.fixture
def demo():
    """The showcase for one test: its requests are only ours."""
    with DemoServer(seed=1) as server:
        yield server
        assert server.crashes == ()


def at(url):
    """The connection to a server that asks nobody who they are."""
    return Connection(is_demo=True, endpoint_url=url, region="us-east-1")


@pytest.fixture
def gateway(demo, open_gateway):
    """Opened on `demo`."""
    return open_gateway(at(demo.url))


@pytest.fixture
def raw():
    """Start servers that answer as the test says, byte by byte."""
    started = []

    def start(script, **options):
        server = RawServer(script, **options)
        started.append(server)
        return server

    yield start
    for server in started:
        server.close()
