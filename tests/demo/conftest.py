from contextlib import closing

import boto3
import pytest
from botocore.config import Config

from tests.demo.catalogues import NOON, one_of_each
from tui.demo.server import DemoServer


def make_client(server, service, *, region="us-east-1", **config):
    """An unmodified boto3 client pointed at a server, with one attempt a call."""
    return boto3.Session().client(
        service,
        endpoint_url=server.url,
        region_name=region,
        aws_access_key_id="demo",
        aws_secret_access_key="demo",  # noqa: S106 - the demo checks no signature
        config=Config(retries={"mode": "standard", "total_max_attempts": 1}, **config),
    )


def invoke(client, name, body=b"", **members):
    """Invoke and read the whole body: boto3 leaves the socket of a body that nobody read open."""
    answer = client.invoke_endpoint(EndpointName=name, Body=body, **members)
    with closing(answer["Body"]) as stream:
        return {**answer, "Body": stream.read()}


@pytest.fixture(scope="module")
def small_server():
    """Serves `one_of_each` at noon of a fixed day."""
    with DemoServer(catalogue=one_of_each(), clock=lambda: NOON, seed=7) as server:
        yield server
        assert server.crashes == ()


@pytest.fixture(scope="module")
def sagemaker(small_server):
    client = make_client(small_server, "sagemaker")
    yield client
    client.close()


@pytest.fixture(scope="module")
def runtime(small_server):
    client = make_client(small_server, "sagemaker-runtime")
    yield client
    client.close()


@pytest.fixture
def fresh_server():
    """The showcase for one test: its failures count from zero, its requests are only ours."""
    with DemoServer(seed=1) as server:
        yield server
        assert server.crashes == ()
