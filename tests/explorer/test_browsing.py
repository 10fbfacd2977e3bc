from __future__ import annotations

import asyncio
from threading import main_thread

import pytest

from tests.explorer.gateways import Door, EchoGateway, FailingGateway, HungDoor, summary
from tests.patience import PATIENCE_S
from tui.blocking import run_blocking
from tui.domain.connections import Connection
from tui.domain.errors import AccessDenied, ConnectionInvalid, CredentialsMissing
from tui.domain.requests import InlineBody, InvocationRequest
from tui.explorer import Explorer

HERE = Connection(profile="work", region="us-east-1")
THERE = Connection(profile="home", region="eu-west-1")


async def names(explorer):
    return [[each.name for each in page] async for page in explorer.list_endpoints()]


async def test_pages_arrive_one_by_one_in_their_order():
    gateway = EchoGateway(HERE, pages=((summary("b"), summary("a")), (summary("c"),)))
    explorer = Explorer(Door(gateway), HERE)
    seen = []
    async for page in explorer.list_endpoints():
        seen.append([each.name for each in page])
        # Nobody fetched the next page before it was asked for.
        assert len(gateway.threads) == len(seen)
    assert seen == [["b", "a"], ["c"]]


async def test_an_account_without_endpoints_gives_no_page():
    assert await names(Explorer(Door(EchoGateway(HERE)), HERE)) == []


async def test_a_page_that_fails_after_others_raises_where_it_stands():
    denied = AccessDenied(summary="no", action="sagemaker:ListEndpoints")
    gateway = EchoGateway(HERE, pages=((summary("a"),), denied))
    explorer = Explorer(Door(gateway), HERE)
    pages = explorer.list_endpoints()
    assert [each.name for each in await anext(pages)] == ["a"]
    with pytest.raises(AccessDenied) as caught:
        await anext(pages)
    assert caught.value is denied


async def test_every_call_leaves_the_loops_thread():
    gateway = EchoGateway(HERE, pages=((summary("a"),),))
    explorer = Explorer(Door(gateway), HERE)
    request = InvocationRequest(endpoint_name="a", body=InlineBody(data=b"x"))
    assert (await explorer.identify()).account == "000000000000"
    assert await names(explorer) == [["a"]]
    assert (await explorer.describe_endpoint("a")).name == "a"
    assert (await explorer.preview(request)).body == b"x"
    assert len(gateway.threads) == 4
    assert main_thread() not in gateway.threads


async def test_choices_come_from_the_connector():
    choices = await Explorer(Door(EchoGateway(HERE)), HERE).connection_choices()
    assert choices == (("default", "work"), ("eu-west-1", "us-east-1"))


@pytest.mark.parametrize(
    "call",
    [
        lambda explorer: explorer.identify(),
        lambda explorer: explorer.describe_endpoint("a"),
        lambda explorer: explorer.preview(InvocationRequest(endpoint_name="a")),
        names,
    ],
    ids=["identify", "describe", "preview", "list"],
)
async def test_a_browse_calls_failure_is_raised(call):
    expired = CredentialsMissing(summary="expired", hint="aws sso login")
    explorer = Explorer(Door(lambda connection: FailingGateway(connection, expired)), HERE)
    with pytest.raises(CredentialsMissing) as caught:
        await call(explorer)
    assert caught.value is expired


async def test_calls_at_the_same_time_share_one_connection():
    door = HungDoor(EchoGateway(HERE))
    explorer = Explorer(door, HERE)
    calls = asyncio.gather(*(explorer.identify() for _ in range(5)))
    await run_blocking(lambda: door.entered.wait(PATIENCE_S))
    door.gate.set()
    assert len(await calls) == 5
    assert door.opened == [HERE]


async def test_a_connection_that_failed_is_tried_again_at_the_next_call():
    door = Door(ConnectionInvalid(summary="no region"), EchoGateway(HERE))
    explorer = Explorer(door, HERE)
    with pytest.raises(ConnectionInvalid):
        await explorer.identify()
    assert (await explorer.identify()).region == "us-east-1"
    assert door.opened == [HERE, HERE]


async def test_reconnecting_reads_the_credentials_again():
    door = Door(EchoGateway)
    explorer = Explorer(door, HERE)
    await explorer.identify()
    explorer.reconnect()
    await explorer.identify()
    await explorer.identify()
    assert door.opened == [HERE, HERE]


async def test_a_cancelled_caller_does_not_take_the_connection_from_the_others():
    door = HungDoor(EchoGateway)
    explorer = Explorer(door, HERE)
    impatient = asyncio.ensure_future(explorer.identify())
    patient = asyncio.ensure_future(explorer.identify())
    await run_blocking(lambda: door.entered.wait(PATIENCE_S))
    impatient.cancel()
    with pytest.raises(asyncio.CancelledError):
        await impatient
    door.gate.set()
    assert (await patient).account == "000000000000"
    assert door.opened == [HERE]


async def test_switching_while_the_old_connection_is_being_made():
    slow = HungDoor(EchoGateway)
    explorer = Explorer(slow, HERE)
    before = asyncio.ensure_future(explorer.identify())
    await run_blocking(lambda: slow.entered.wait(PATIENCE_S))
    explorer.switch(THERE)
    after = asyncio.ensure_future(explorer.identify())
    await asyncio.sleep(0)
    slow.gate.set()
    assert (await before).profile == "work"
    assert (await after).profile == "home"
    assert explorer.connection == THERE


async def test_a_failure_of_the_old_connection_leaves_the_new_one_alone():
    failing = HungDoor(ConnectionInvalid(summary="gone"), EchoGateway)
    explorer = Explorer(failing, HERE)
    before = asyncio.ensure_future(explorer.identify())
    await run_blocking(lambda: failing.entered.wait(PATIENCE_S))
    explorer.switch(THERE)
    failing.gate.set()
    with pytest.raises(ConnectionInvalid):
        await before
    await explorer.identify()
    await explorer.identify()
    assert failing.opened == [HERE, THERE]


async def test_a_list_under_way_runs_out_on_the_connection_that_began_it():
    old = EchoGateway(HERE, pages=((summary("old-1"),), (summary("old-2"),)))
    new = EchoGateway(THERE, pages=((summary("new"),),))
    explorer = Explorer(Door(old, new), HERE)
    pages = explorer.list_endpoints()
    first = await anext(pages)
    explorer.switch(THERE)
    assert await names(explorer) == [["new"]]
    second = await anext(pages)
    assert [each.name for each in (*first, *second)] == ["old-1", "old-2"]
