"""What the main screen sends is in the history, and what goes wrong with that is said."""

from tests.app.waiting import notes
from tests.screens.explore_app import opened
from tui.domain.history import OutcomeKind
from tui.domain.requests import InlineBody
from tui.history import History
from tui.store.history import HistoryBounds, HistoryFile


def at(home):
    return HistoryFile(home / "history.sqlite3", HistoryBounds())


async def test_what_was_sent_with_a_key_is_found_by_another_program(tmp_path, demo_server):
    async with opened(tmp_path, server=demo_server) as screen:
        await screen.listed()
        await screen.choose("echo")
        await screen.send()
        request = screen.request
    other = History(lambda: at(tmp_path))
    (entry,) = (await other.page()).entries
    found = await other.open(entry.id)
    await other.close()
    assert found.request == request
    assert isinstance(found.request.body, InlineBody)
    assert (entry.kind, entry.status, entry.place.is_demo) == (OutcomeKind.ANSWER, 200, True)
    assert entry.place.account == "000000000000"


async def test_a_history_that_cannot_be_written_costs_a_toast_and_no_answer(tmp_path, demo_server):
    (tmp_path / "history.sqlite3").mkdir()
    async with opened(tmp_path, server=demo_server) as screen:
        await screen.listed()
        await screen.choose("echo")
        await screen.send()
        assert screen.facts.startswith("200")
        await screen.until(lambda: notes(screen.app))
        (note,) = notes(screen.app)
        assert note.startswith("Cannot use the history")
        await screen.send()
        assert notes(screen.app) == [note]


async def test_a_damaged_history_is_said_with_its_new_name(tmp_path, demo_server):
    (tmp_path / "history.sqlite3").write_bytes(b"no history" * 100)
    async with opened(tmp_path, server=demo_server) as screen:
        await screen.listed()
        await screen.choose("echo")
        await screen.send()
        await screen.until(lambda: notes(screen.app))
        (note,) = notes(screen.app)
        assert "history.sqlite3.damaged-" in note
