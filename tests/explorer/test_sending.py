from __future__ import annotations

import asyncio
from datetime import UTC, datetime

import pytest

from tests.explorer.gateways import (
    Door,
    EchoGateway,
    FailingGateway,
    HungDoor,
    HungGateway,
    ObedientGateway,
)
from tests.patience import PATIENCE_S
from tui.blocking import run_blocking
from tui.domain.connections import Connection
from tui.domain.errors import (
    ConnectionInvalid,
    ExplorerError,
    ModelFailed,
    NetworkFailed,
    RequestInvalid,
    StorageFailed,
)
from tui.domain.exchanges import InvocationResult, Stopped
from tui.domain.http import HttpReply
from tui.domain.placeholders import Filling
from tui.domain.requests import FileBody, InlineBody, InvocationRequest
from tui.domain.stopping import StopSwitch
from tui.explorer import Explorer
from tui.store.surroundings import Here

HERE = Connection(region="us-east-1")
REQUEST = InvocationRequest(endpoint_name="iris", body=InlineBody(data=b"5.1,3.5"))


def explorer_with(*gateways):
    return Explorer(Door(*gateways), HERE)


async def test_an_answer_becomes_an_exchange_with_all_that_was_said():
    exchange = await explorer_with(EchoGateway(HERE)).invoke(REQUEST, StopSwitch())
    assert isinstance(exchange.outcome, InvocationResult)
    assert exchange.reply.body == b"5.1,3.5"
    assert exchange.request is REQUEST
    assert exchange.sent_body == b"5.1,3.5"
    assert exchange.attempts == 1
    assert exchange.started_at.utcoffset().total_seconds() == 0
    assert 0 <= exchange.duration_s < 5


async def test_every_exchange_has_an_id_of_its_own():
    explorer = explorer_with(EchoGateway(HERE))
    ids = {(await explorer.invoke(REQUEST, StopSwitch())).id for _ in range(3)}
    assert len(ids) == 3


@pytest.mark.parametrize(
    "error",
    [
        ModelFailed(
            summary="no",
            original_status_code=400,
            reply=HttpReply(status=424, reason="Failed Dependency", headers=(), body=b"{}"),
            attempts=1,
        ),
        NetworkFailed(summary="refused", attempts=1),
        NetworkFailed(summary="70 s without a byte", timed_out=True, attempts=1),
    ],
    ids=["model", "refused", "timeout"],
)
async def test_a_failed_send_is_an_outcome_and_not_an_exception(error):
    explorer = explorer_with(lambda connection: FailingGateway(connection, error))
    exchange = await explorer.invoke(REQUEST, StopSwitch())
    assert exchange.outcome is error
    assert exchange.reply is error.reply
    assert exchange.attempts == 1


async def test_a_connection_that_cannot_be_made_is_an_outcome_too():
    wrong = ConnectionInvalid(summary="no region")
    exchange = await explorer_with(wrong).invoke(REQUEST, StopSwitch())
    assert exchange.outcome is wrong
    assert exchange.attempts == 0
    assert exchange.sent_body == b"5.1,3.5"


async def test_a_bug_in_a_gateway_is_not_dressed_up_as_an_outcome():
    explorer = explorer_with(lambda connection: FailingGateway(connection, ZeroDivisionError()))
    with pytest.raises(ZeroDivisionError):
        await explorer.invoke(REQUEST, StopSwitch())


async def test_a_file_is_read_when_the_request_is_sent(tmp_path):
    path = tmp_path / "body.bin"
    path.write_bytes(b"too early")
    request = InvocationRequest(endpoint_name="iris", body=FileBody(path=path))
    path.write_bytes(bytes(range(256)))
    exchange = await explorer_with(EchoGateway(HERE)).invoke(request, StopSwitch())
    assert exchange.sent_body == bytes(range(256))
    assert exchange.reply.body == bytes(range(256))


@pytest.mark.parametrize("name", ["missing.json", "."], ids=["missing", "directory"])
async def test_a_file_that_cannot_be_read_is_an_outcome_and_nothing_is_sent(tmp_path, name):
    gateway = EchoGateway(HERE)
    request = InvocationRequest(endpoint_name="iris", body=FileBody(path=tmp_path / name))
    exchange = await explorer_with(gateway).invoke(request, StopSwitch())
    assert isinstance(exchange.outcome, StorageFailed)
    assert str(tmp_path) in exchange.outcome.summary
    assert exchange.outcome.hint
    assert exchange.attempts == 0
    assert gateway.invoked == []


async def test_a_preview_of_a_file_that_cannot_be_read_is_raised(tmp_path):
    request = InvocationRequest(endpoint_name="iris", body=FileBody(path=tmp_path / "missing"))
    with pytest.raises(StorageFailed):
        await explorer_with(EchoGateway(HERE)).preview(request)


async def stop_after(entered, stop, sending):
    """Flip the switch once the call is under way; return the exchange."""
    assert await run_blocking(lambda: entered.wait(PATIENCE_S))
    stop.stop()
    return await asyncio.wait_for(sending, PATIENCE_S)


async def let_the_loop_turn():
    """Let what other threads have handed over be delivered, callbacks of callbacks included."""
    for _ in range(5):
        await asyncio.sleep(0)


async def test_stopping_ends_the_wait_at_once_though_the_gateway_hangs():
    gateway, stop = HungGateway(HERE), StopSwitch()
    sending = asyncio.ensure_future(explorer_with(gateway).invoke(REQUEST, stop))
    exchange = await stop_after(gateway.entered, stop, sending)
    assert isinstance(exchange.outcome, Stopped)
    assert exchange.reply is None
    assert not gateway.left.is_set()
    gateway.gate.set()


async def test_stopping_through_the_gateway_is_the_same_outcome():
    gateway, stop = ObedientGateway(HERE), StopSwitch()
    sending = asyncio.ensure_future(explorer_with(gateway).invoke(REQUEST, stop))
    exchange = await stop_after(gateway.entered, stop, sending)
    assert isinstance(exchange.outcome, Stopped)


async def test_stopping_from_another_thread_ends_the_wait_too():
    gateway, stop = HungGateway(HERE), StopSwitch()
    sending = asyncio.ensure_future(explorer_with(gateway).invoke(REQUEST, stop))
    await run_blocking(lambda: (gateway.entered.wait(PATIENCE_S), stop.stop()))
    exchange = await asyncio.wait_for(sending, PATIENCE_S)
    assert isinstance(exchange.outcome, Stopped)
    gateway.gate.set()


async def test_stopping_ends_the_wait_while_the_connection_is_still_being_made():
    door, stop = HungDoor(EchoGateway(HERE)), StopSwitch()
    sending = asyncio.ensure_future(Explorer(door, HERE).invoke(REQUEST, stop))
    exchange = await stop_after(door.entered, stop, sending)
    assert isinstance(exchange.outcome, Stopped)
    assert door.thread.is_alive()
    door.gate.set()


async def test_a_connection_that_fails_when_nobody_waits_any_more_is_not_remembered():
    door, stop = HungDoor(ConnectionInvalid(summary="late"), EchoGateway(HERE)), StopSwitch()
    explorer = Explorer(door, HERE)
    sending = asyncio.ensure_future(explorer.invoke(REQUEST, stop))
    await stop_after(door.entered, stop, sending)
    door.gate.set()
    await run_blocking(lambda: door.thread.join(PATIENCE_S))
    await let_the_loop_turn()
    exchange = await explorer.invoke(REQUEST, StopSwitch())
    assert isinstance(exchange.outcome, InvocationResult)


async def test_a_switch_that_was_flipped_before_the_send_sends_nothing():
    gateway, stop = EchoGateway(HERE), StopSwitch()
    stop.stop()
    exchange = await explorer_with(gateway).invoke(REQUEST, stop)
    assert isinstance(exchange.outcome, Stopped)
    assert exchange.attempts == 0
    assert gateway.invoked == []


async def test_an_answer_after_the_stop_is_dropped():
    gateway, stop = HungGateway(HERE), StopSwitch()
    explorer = explorer_with(gateway)
    sending = asyncio.ensure_future(explorer.invoke(REQUEST, stop))
    exchange = await stop_after(gateway.entered, stop, sending)
    gateway.gate.set()
    assert await run_blocking(lambda: gateway.left.wait(PATIENCE_S))
    await asyncio.sleep(0)
    assert isinstance(exchange.outcome, Stopped)
    assert sending.result() is exchange


async def test_sends_at_the_same_time_do_not_meet():
    explorer = explorer_with(EchoGateway(HERE))
    bodies = [b"%d" % number for number in range(50)]
    requests = [InvocationRequest(endpoint_name="e", body=InlineBody(data=b)) for b in bodies]
    exchanges = await asyncio.gather(*(explorer.invoke(each, StopSwitch()) for each in requests))
    assert [each.reply.body for each in exchanges] == bodies


async def test_cancelling_a_send_leaves_nothing_pending():
    gateway = HungGateway(HERE)
    before = asyncio.all_tasks()
    sending = asyncio.ensure_future(explorer_with(gateway).invoke(REQUEST, StopSwitch()))
    await run_blocking(lambda: gateway.entered.wait(PATIENCE_S))
    sending.cancel()
    with pytest.raises(asyncio.CancelledError):
        await sending
    await asyncio.sleep(0)
    assert asyncio.all_tasks() == before
    gateway.gate.set()


async def test_a_send_under_way_ends_on_the_connection_that_began_it():
    old, new = HungGateway(HERE), EchoGateway(HERE)
    explorer = explorer_with(old, new)
    sending = asyncio.ensure_future(explorer.invoke(REQUEST, StopSwitch()))
    await run_blocking(lambda: old.entered.wait(PATIENCE_S))
    explorer.switch(Connection(region="eu-west-1"))
    assert (await explorer.invoke(REQUEST, StopSwitch())).reply.body == b"5.1,3.5"
    assert len(new.invoked) == 1
    old.gate.set()
    assert isinstance((await sending).outcome, InvocationResult)


async def test_a_send_can_follow_one_whose_connection_failed():
    explorer = explorer_with(ConnectionInvalid(summary="no region"), EchoGateway(HERE))
    first = await explorer.invoke(REQUEST, StopSwitch())
    second = await explorer.invoke(REQUEST, StopSwitch())
    assert isinstance(first.outcome, ExplorerError)
    assert isinstance(second.outcome, InvocationResult)


async def test_a_read_only_session_sends_nothing_and_says_so():
    door = Door(EchoGateway(HERE))
    explorer = Explorer(door, HERE, read_only=True)
    exchange = await explorer.invoke(REQUEST, StopSwitch())
    assert isinstance(exchange.outcome, RequestInvalid)
    assert "read-only" in exchange.outcome.summary
    assert exchange.outcome.hint
    assert exchange.attempts == 0
    assert exchange.request is REQUEST
    assert door.opened == []


async def test_a_read_only_session_still_previews_and_lists():
    explorer = Explorer(Door(EchoGateway(HERE)), HERE, read_only=True)
    assert explorer.read_only
    assert (await explorer.preview(REQUEST)).body == b"5.1,3.5"
    assert (await explorer.describe_endpoint("iris")).name == "iris"


FILLED = InvocationRequest(endpoint_name="{{name}}", body=InlineBody(data=b"{{now}} {{env.STAGE}}"))


def filling_explorer(gateway, **environ):
    machine = Here(environ=environ, now=datetime(2026, 11, 25, tzinfo=UTC), uuid="1")
    return Explorer(Door(gateway), HERE, surroundings=lambda: machine)


async def test_placeholders_are_filled_in_and_the_exchange_holds_what_was_sent():
    gateway = EchoGateway(HERE)
    filling = Filling(variables={"name": "iris"})
    explorer = filling_explorer(gateway, STAGE="prod")
    exchange = await explorer.invoke(FILLED, StopSwitch(), filling=filling)
    assert exchange.reply.body == exchange.sent_body == b"2026-11-25T00:00:00Z prod"
    assert exchange.request.endpoint_name == "iris"
    assert exchange.request.body == InlineBody(data=exchange.sent_body)
    assert gateway.invoked == [exchange.request]
    assert (await explorer.preview(FILLED, filling)).body == exchange.sent_body


async def test_without_a_filling_all_is_sent_as_it_stands():
    exchange = await filling_explorer(EchoGateway(HERE)).invoke(FILLED, StopSwitch())
    assert exchange.reply.body == b"{{now}} {{env.STAGE}}"
    assert exchange.request is FILLED


async def test_what_cannot_be_filled_in_is_said_and_nothing_is_sent():
    gateway = EchoGateway(HERE)
    explorer = filling_explorer(gateway)
    exchange = await explorer.invoke(FILLED, StopSwitch(), filling=Filling())
    assert isinstance(exchange.outcome, RequestInvalid)
    assert "STAGE" in exchange.outcome.summary
    assert (exchange.attempts, gateway.invoked) == (0, [])
    with pytest.raises(RequestInvalid):
        await explorer.preview(FILLED, Filling())
