"""What a command says at its end of sends that could not be recorded, and of damage that it met."""

from tests.explorer.gateways import Door, EchoGateway
from tui.cli.recording import recorded
from tui.domain.connections import Connection
from tui.domain.requests import InvocationRequest
from tui.domain.stopping import StopSwitch
from tui.explorer import Explorer
from tui.history import History
from tui.store.history import HistoryBounds, HistoryFile


async def send_twice(path):
    history = History(lambda: HistoryFile(path, HistoryBounds()))
    explorer = Explorer(Door(EchoGateway), Connection(), history=history)
    async with recorded(explorer):
        for _ in range(2):
            exchange = await explorer.invoke(InvocationRequest(endpoint_name="a"), StopSwitch())
            assert exchange.reply.status == 200


async def test_what_went_well_is_not_spoken_of(tmp_path, capsys):
    await send_twice(tmp_path / "history.sqlite3")
    assert capsys.readouterr() == ("", "")
    # Whoever closes last leaves one file, and nothing beside it.
    assert [each.name for each in tmp_path.iterdir()] == ["history.sqlite3"]


async def test_a_history_that_cannot_be_written_is_told_once(tmp_path, capsys):
    (tmp_path / "history.sqlite3").mkdir()
    await send_twice(tmp_path / "history.sqlite3")
    said = capsys.readouterr().err.splitlines()
    assert said[0].startswith("sagescope: Cannot use the history")
    assert len(said) == 2


async def test_a_damaged_history_is_told_with_its_new_name(tmp_path, capsys):
    (tmp_path / "history.sqlite3").write_bytes(b"no history" * 100)
    await send_twice(tmp_path / "history.sqlite3")
    (line,) = capsys.readouterr().err.splitlines()
    (aside,) = tmp_path.glob("*.damaged-*")
    assert line == f"sagescope: the history was damaged: it is now {aside}; a new one was begun"
