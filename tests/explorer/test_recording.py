"""Sends are recorded behind their answers, and looking back is a use case like any other."""

import asyncio
from dataclasses import replace
from threading import Event

import pytest

from tests.explorer.gateways import (
    Door,
    EchoGateway,
    FailingGateway,
    HungDoor,
    HungGateway,
)
from tests.patience import HUNG_S, PATIENCE_S
from tests.store.histories import comparable
from tui.blocking import run_blocking
from tui.domain.connections import Connection
from tui.domain.errors import ModelFailed, NetworkFailed, StorageFailed
from tui.domain.exchanges import InvocationResult
from tui.domain.history import (
    HistoryChanged,
    HistoryFilter,
    HistorySetAside,
    KeptBody,
    LeftOut,
    NotInHistory,
    OutcomeKind,
    RecordingFailed,
)
from tui.domain.requests import FileBody, InlineBody, InvocationRequest
from tui.domain.stopping import StopSwitch
from tui.explorer import Explorer
from tui.history import History
from tui.store.history import HistoryBounds, HistoryFile

HERE = Connection(region="us-east-1", profile="work")
REQUEST = InvocationRequest(endpoint_name="iris", body=InlineBody(data=b"5.1,3.5"))


@pytest.fixture
def path(tmp_path):
    return tmp_path / "history.sqlite3"


@pytest.fixture
async def history(path):
    made = History(lambda: HistoryFile(path, HistoryBounds()))
    yield made
    await made.close()


def explorer_with(history, gateway, **options):
    return Explorer(Door(gateway), HERE, history=history, **options)


async def newest(history):
    """Return the record of the newest entry, once everything is written."""
    await history.settle(PATIENCE_S)
    page = await history.page()
    return await history.open(page.entries[0].id)


async def until_stopped_or_done(explorer, gateway):
    """Send, and flip the switch once the gateway is at work; return the exchange."""
    stop = StopSwitch()
    sending = asyncio.ensure_future(explorer.invoke(REQUEST, stop))
    assert await run_blocking(lambda: gateway.entered.wait(PATIENCE_S))
    stop.stop()
    return await asyncio.wait_for(sending, PATIENCE_S)


async def test_an_answer_that_is_seen_is_in_the_history(history):
    explorer = explorer_with(history, EchoGateway(HERE))
    exchange = await explorer.invoke(REQUEST, StopSwitch(), preset_name="smoke")
    found = await newest(history)
    assert comparable(found.exchange) == comparable(exchange)
    assert found.entry.place.connection == HERE
    assert found.entry.preset_name == "smoke"


async def test_the_account_is_recorded_once_it_is_known(history):
    explorer = explorer_with(history, EchoGateway(HERE))
    await explorer.invoke(REQUEST, StopSwitch())
    assert (await newest(history)).entry.place.account is None
    await explorer.identify()
    await explorer.invoke(REQUEST, StopSwitch())
    assert (await newest(history)).entry.place.account == "0" * 12
    explorer.switch(Connection(region="eu-west-1"))
    await explorer.invoke(REQUEST, StopSwitch())
    place = (await newest(history)).entry.place
    assert (place.account, place.region) == (None, "eu-west-1")


async def test_region_and_profile_are_recorded_also_where_they_were_not_chosen(history):
    somewhere = Connection()
    explorer = Explorer(Door(EchoGateway(somewhere)), somewhere, history=history)
    await explorer.invoke(REQUEST, StopSwitch())
    place = (await newest(history)).entry.place
    assert (place.region, place.connection) == ("us-east-1", somewhere)


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (ModelFailed(summary="no", original_message="m", attempts=1), OutcomeKind.MODEL_ERROR),
        (NetworkFailed(summary="refused"), OutcomeKind.NETWORK_FAILURE),
        (NetworkFailed(summary="silence", timed_out=True), OutcomeKind.TIMEOUT),
    ],
)
async def test_a_failure_is_recorded_as_what_it_was(history, error, kind):
    explorer = explorer_with(history, FailingGateway(HERE, error))
    exchange = await explorer.invoke(REQUEST, StopSwitch())
    found = await newest(history)
    assert found.entry.kind is kind
    assert comparable(found.exchange) == comparable(exchange)


async def test_a_send_under_way_is_in_the_history_and_a_stopped_wait_too(history):
    gateway = HungGateway(HERE)
    explorer = explorer_with(history, gateway)
    stop = StopSwitch()
    sending = asyncio.ensure_future(explorer.invoke(REQUEST, stop))
    assert await run_blocking(lambda: gateway.entered.wait(PATIENCE_S))
    under_way = await newest(history)
    assert (under_way.entry.kind, under_way.exchange) == (OutcomeKind.UNKNOWN, None)
    stop.stop()
    await sending
    found = await newest(history)
    assert (found.entry.kind, found.entry.id) == (OutcomeKind.STOPPED, under_way.entry.id)
    gateway.gate.set()


async def test_a_send_that_nobody_waits_for_any_more_is_recorded_as_stopped(history):
    gateway = HungGateway(HERE)
    sending = asyncio.ensure_future(explorer_with(history, gateway).invoke(REQUEST, StopSwitch()))
    assert await run_blocking(lambda: gateway.entered.wait(PATIENCE_S))
    sending.cancel()
    with pytest.raises(asyncio.CancelledError):
        await sending
    assert (await newest(history)).entry.kind is OutcomeKind.STOPPED
    gateway.gate.set()


async def test_what_never_left_is_recorded_without_an_attempt(history, tmp_path):
    missing = InvocationRequest(endpoint_name="iris", body=FileBody(path=tmp_path / "missing"))
    await explorer_with(history, EchoGateway(HERE)).invoke(missing, StopSwitch())
    read_only = explorer_with(history, EchoGateway(HERE), read_only=True)
    await read_only.invoke(REQUEST, StopSwitch())
    stop = StopSwitch()
    stop.stop()
    await Explorer(HungDoor(), HERE, history=history).invoke(REQUEST, stop)
    await history.settle(PATIENCE_S)
    entries = (await history.page()).entries
    assert [entry.kind for entry in entries] == [
        OutcomeKind.STOPPED,
        OutcomeKind.REFUSED,
        OutcomeKind.FILE_PROBLEM,
    ]
    assert {entry.attempts for entry in entries} == {0}


async def test_one_send_can_leave_its_bodies_out(history):
    explorer = explorer_with(history, EchoGateway(HERE))
    exchange = await explorer.invoke(REQUEST, StopSwitch(), keep_bodies=False)
    assert exchange.reply.body == b"5.1,3.5"
    entry = (await newest(history)).entry
    assert entry.sent == entry.received == KeptBody(size_bytes=7, left_out=LeftOut.SWITCHED_OFF)


async def test_without_recording_the_old_entries_can_still_be_seen(history, path):
    await explorer_with(history, EchoGateway(HERE)).invoke(REQUEST, StopSwitch())
    quiet = History(lambda: HistoryFile(path, HistoryBounds()), is_recording=False)
    await explorer_with(quiet, EchoGateway(HERE)).invoke(REQUEST, StopSwitch())
    assert not quiet.is_recording
    await history.settle(PATIENCE_S)
    assert len((await quiet.page()).entries) == 1
    await quiet.close()


async def test_sends_at_the_same_time_are_all_recorded(history):
    explorer = explorer_with(history, EchoGateway(HERE))
    await asyncio.gather(*(explorer.invoke(REQUEST, StopSwitch()) for _ in range(20)))
    await history.settle(PATIENCE_S)
    assert await history.count(HistoryFilter(kinds=frozenset({OutcomeKind.ANSWER}))) == 20


async def test_an_answer_comes_though_it_cannot_be_recorded(tmp_path):
    (tmp_path / "data").write_text("a file where the folder should be")
    history = History(lambda: HistoryFile(tmp_path / "data" / "h.sqlite3", HistoryBounds()))
    told = []
    history.listen(told.append)
    explorer = explorer_with(history, EchoGateway(HERE))
    for _ in range(2):
        exchange = await explorer.invoke(REQUEST, StopSwitch())
        assert isinstance(exchange.outcome, InvocationResult)
    await history.settle(PATIENCE_S)
    (failed,) = told
    assert isinstance(failed, RecordingFailed)
    assert "Cannot use the history" in failed.error.summary
    assert (await history.page()).entries == ()
    await history.close()


class FullFile(HistoryFile):
    """A store on a disk that takes nothing until there is room."""

    has_room = False

    def _refuse(self):
        if not self.has_room:
            raise StorageFailed(summary="The disk is full")

    def begin(self, start):
        self._refuse()
        return super().begin(start)

    def finish(self, start, exchange):
        self._refuse()
        return super().finish(start, exchange)


@pytest.fixture
async def full(path):
    """(history, its store, which has no room)"""
    store = FullFile(path, HistoryBounds())
    made = History(lambda: store)
    yield made, store
    await made.close()


async def send_named(history, *names):
    explorer = explorer_with(history, EchoGateway(HERE))
    for name in names:
        await explorer.invoke(replace(REQUEST, endpoint_name=name), StopSwitch())
    await history.settle(PATIENCE_S)


async def names_in(history):
    return sorted(entry.endpoint_name for entry in (await history.page()).entries)


async def test_what_a_full_disk_did_not_take_is_recorded_once_there_is_room(full):
    history, store = full
    told = []
    history.listen(told.append)
    await send_named(history, "first", "second")
    assert await names_in(history) == []
    assert sum(isinstance(each, RecordingFailed) for each in told) == 1

    store.has_room = True
    await send_named(history, "third")
    await history.settle(PATIENCE_S)
    assert await names_in(history) == ["first", "second", "third"]
    assert all(e.kind is OutcomeKind.ANSWER for e in (await history.page()).entries)


async def test_what_is_owed_is_recorded_at_the_end_if_there_is_room_by_then(full, path):
    history, store = full
    await send_named(history, "first")
    store.has_room = True
    await history.close()
    again = History(lambda: HistoryFile(path, HistoryBounds()))
    assert await names_in(again) == ["first"]
    await again.close()


async def test_of_what_is_owed_the_oldest_is_given_up(full, monkeypatch):
    monkeypatch.setattr("tui.history._OWED_MAX", 2)
    history, store = full
    await send_named(history, "first", "second", "third")
    store.has_room = True
    await send_named(history, "fourth")
    await history.settle(PATIENCE_S)
    assert await names_in(history) == ["fourth", "second", "third"]


class HungFile(HistoryFile):
    """A store on a disk that hangs until the test lets it go."""

    gate = Event()

    def begin(self, start):
        assert self.gate.wait(HUNG_S)
        return super().begin(start)


async def test_an_answer_does_not_wait_for_a_disk_that_hangs(path):
    history = History(lambda: HungFile(path, HistoryBounds()))
    explorer = explorer_with(history, EchoGateway(HERE))
    exchanges = [await explorer.invoke(REQUEST, StopSwitch()) for _ in range(3)]
    assert all(isinstance(each.outcome, InvocationResult) for each in exchanges)
    assert await history.count() == 0
    HungFile.gate.set()
    await history.settle(PATIENCE_S)
    await explorer.close()
    again = History(lambda: HistoryFile(path, HistoryBounds()))
    kinds = [entry.kind for entry in (await again.page()).entries]
    assert kinds == [OutcomeKind.ANSWER] * 3
    await again.close()


async def test_a_damaged_file_costs_no_record_and_is_told(history, path):
    path.write_bytes(b"something else" * 100)
    told = []
    history.listen(told.append)
    await explorer_with(history, EchoGateway(HERE)).invoke(REQUEST, StopSwitch())
    assert (await newest(history)).entry.kind is OutcomeKind.ANSWER
    (aside,) = [event.path for event in told if isinstance(event, HistorySetAside)]
    assert aside.read_bytes() == b"something else" * 100


async def test_every_change_is_told_to_those_who_listen(history):
    await explorer_with(history, EchoGateway(HERE)).invoke(REQUEST, StopSwitch())
    entry_id = (await newest(history)).entry.id
    told = []
    stop_listening = history.listen(told.append)
    await history.star(entry_id, is_starred=True)
    await history.annotate(entry_id, "look at this")
    deleted = await history.delete(entry_id)
    await history.restore(deleted)
    assert (await newest(history)).entry == deleted.entry
    assert await history.endpoint_names() == ("iris",)
    assert (await history.usage()).entries == 1
    assert await history.delete_all() == 1
    assert told == [HistoryChanged()] * 5
    stop_listening()
    with pytest.raises(NotInHistory):
        await history.star(entry_id, is_starred=True)
    assert len(told) == 5
