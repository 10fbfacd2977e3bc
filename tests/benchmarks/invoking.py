"""One invocation on loopback: through the explorer and the gateway, and with bare boto3."""

from __future__ import annotations

import asyncio
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

import boto3
from botocore.config import Config

from tests.benchmarks.comparing import Case
from tui.aws.connector import AwsConnector
from tui.demo.server import DemoServer
from tui.domain.connections import Connection
from tui.domain.requests import InlineBody, InvocationRequest
from tui.domain.stopping import StopSwitch
from tui.explorer import Explorer

if TYPE_CHECKING:
    from collections.abc import Iterator

_CALLS = 50
_BODY = b'{"instances": [[5.1, 3.5, 1.4, 0.2]]}'


@contextmanager
def invoking() -> Iterator[Case]:
    """Give the case; its server lives as long as the context."""
    with DemoServer(seed=1) as server, asyncio.Runner() as runner:
        here = Connection(is_demo=True, endpoint_url=server.url, region="us-east-1")
        explorer = Explorer(AwsConnector(), here)
        client = boto3.Session().client(
            "sagemaker-runtime",
            endpoint_url=server.url,
            region_name="us-east-1",
            aws_access_key_id="demo",
            aws_secret_access_key="demo",  # noqa: S106 - the demo checks no signature
            config=Config(retries={"total_max_attempts": 1}),
        )
        yield Case(
            name=f"{_CALLS} invocations through the explorer",
            measure=lambda: runner.run(_ours_s(explorer)),
            reference_name="bare boto3",
            reference=lambda: _boto3_s(client),
            runs=9,
        )
        client.close()


async def _ours_s(explorer: Explorer) -> float:
    request = InvocationRequest(
        endpoint_name="echo", body=InlineBody(data=_BODY), content_type="application/json"
    )
    clock = time.perf_counter()
    for _ in range(_CALLS):
        exchange = await explorer.invoke(request, StopSwitch())
        assert exchange.reply is not None
    return time.perf_counter() - clock


def _boto3_s(client) -> float:
    clock = time.perf_counter()
    for _ in range(_CALLS):
        answer = client.invoke_endpoint(
            EndpointName="echo", Body=_BODY, ContentType="application/json"
        )
        answer["Body"].read()
    return time.perf_counter() - clock
