import boto3
import pytest
from botocore.config import Config

from tui.demo.server import DemoServer


@pytest.fixture
def fresh_server():
    """A server of one's own: its failures count from zero, its requests are only ours."""
    with DemoServer(seed=1) as server:
        yield server
        assert server.crashes == ()


@pytest.fixture
def client_for():
    """Make an unmodified boto3 client of a service, pointed at a server; closed afterwards."""
    clients = []

    def make(server, service, *, region="us-east-1", **config):
        retries = {"mode": "standard", "total_max_attempts": 1}
        client = boto3.Session().client(
            service,
            endpoint_url=server.url,
            region_name=region,
            aws_access_key_id="demo",
            aws_secret_access_key="demo",  # noqa: S106 - the demo checks no signature
            config=Config(retries=retries, **config),
        )
        clients.append(client)
        return client

    yield make
    for client in clients:
        client.close()
