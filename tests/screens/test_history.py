"""What was sent before is found, looked at and sent again."""

from dataclasses import replace

import pytest

from tests.patience import PATIENCE_S
from tests.screens.explore_app import invocations, opened
from tui.demo.server import DemoServer
from tui.domain.connections import Connection
from tui.domain.exchanges import Done
from tui.domain.history import OutcomeKind, Place, SendStart
from tui.domain.requests import InlineBody
from tui.screens.explore.saving import SaveScreen
from tui.screens.history import HistoryScreen


@pytest.fixture
def server():
    with DemoServer(seed=1) as server:
        yield server
        assert server.crashes == ()


async def sent_two(explore):
    """Send an answer and a model's error, and open the history."""
    await explore.listed()
    await explore.choose("iris-classifier")
    await explore.send()
    await explore.choose("fails-with-model-error")
    await explore.send()
    return await history_of(explore, 2)


async def history_of(explore, count):
    await explore.press("f8")
    await explore.until(lambda: isinstance(explore.app.screen, HistoryScreen))
    screen = explore.app.screen
    await explore.until(lambda: len(screen.listing.entries) == count)
    return screen


def is_shown(screen, entry_id):
    return screen.detail.record is not None and screen.detail.record.entry.id == entry_id


def first_row(screen):
    return screen.listing.render_line(0).text


async def test_both_outcomes_are_listed_newest_first_and_shown_as_they_were(tmp_path, server):
    async with opened(tmp_path, server=server) as explore:
        screen = await sent_two(explore)
        newest, oldest = screen.listing.entries
        assert (newest.kind, newest.status) == (OutcomeKind.MODEL_ERROR, 424)
        assert (oldest.kind, oldest.status) == (OutcomeKind.ANSWER, 200)
        await explore.until(lambda: is_shown(screen, newest.id))
        assert screen.detail.answer.state.exchange.outcome.original_status_code == 400
        await explore.press("down")
        await explore.until(lambda: is_shown(screen, oldest.id))
        await explore.press("ctrl+l")
        await explore.pilot.pause()
        assert screen.detail.sent_body.shown.data == invocations(server)[0].body
        assert ("EndpointName", "iris-classifier") in screen.detail.members.headers


async def test_enter_brings_request_and_answer_back_exactly(tmp_path, server):
    async with opened(tmp_path, server=server) as explore:
        screen = await sent_two(explore)
        first = screen.listing.entries[1]
        await explore.press("down", "enter")
        await explore.until(lambda: explore.request.endpoint_name == "iris-classifier")
        state = explore.screen.send_state
        assert isinstance(state, Done)
        assert state.exchange.reply.request_id == first.request_id
        assert explore.request.body == InlineBody(data=state.exchange.sent_body)


async def test_sending_again_sends_the_same_bytes_once(tmp_path, server):
    async with opened(tmp_path, server=server) as explore:
        await sent_two(explore)
        first = invocations(server)[0]
        await explore.press("down", "ctrl+j")
        await explore.until(lambda: len(invocations(server)) == 3)
        again = invocations(server)[2]
        assert (again.path, again.body) == (first.path, first.body)
        await explore.until(lambda: isinstance(explore.screen.send_state, Done))
        screen = await history_of(explore, 3)
        assert screen.listing.entries[0].status == 200


async def test_a_filter_narrows_by_outcome_and_by_words(tmp_path, server):
    async with opened(tmp_path, server=server) as explore:
        screen = await sent_two(explore)
        for needle, statuses in (
            ("status:424", [424]),
            ("outcome:answer", [200]),
            ("iris", [200]),
            ("iris status:424", []),
            ("", [424, 200]),
        ):
            await explore.press("slash")
            screen.needle.value = needle
            await explore.until(
                lambda wanted=statuses: [each.status for each in screen.listing.entries] == wanted
            )
            await explore.press("enter")


async def test_star_note_delete_and_undo_are_kept(tmp_path, server):
    async with opened(tmp_path, server=server) as explore:
        screen = await sent_two(explore)
        await explore.press("asterisk")
        await explore.until(lambda: screen.listing.entries[0].is_starred)
        await explore.press("a", *"ticket 7", "enter")
        await explore.until(lambda: screen.listing.entries[0].note == "ticket 7")
        kept = screen.listing.entries[0]
        await explore.press("delete")
        await explore.until(lambda: len(screen.listing.entries) == 1)
        await explore.press("u")
        await explore.until(lambda: len(screen.listing.entries) == 2)
        assert screen.listing.entries[0] == kept


async def test_all_that_is_shown_is_deleted_only_after_asking(tmp_path, server):
    async with opened(tmp_path, server=server) as explore:
        screen = await sent_two(explore)
        await explore.press("D")
        await explore.until(lambda: explore.app.screen is not screen)
        await explore.pilot.pause()
        await explore.press("escape")
        await explore.until(lambda: explore.app.screen is screen)
        await explore.pilot.pause()
        assert len(screen.listing.entries) == 2
        await explore.press("D")
        await explore.until(lambda: explore.app.screen is not screen)
        await explore.press("D")
        await explore.until(lambda: screen.listing.entries == ())
        assert "Nothing was sent yet" in first_row(screen)


async def test_many_entries_come_page_by_page(tmp_path, server):
    async with opened(tmp_path, server=server) as explore:
        await explore.listed()
        await explore.choose("echo")
        history = explore.screen._explorer.history  # noqa: SLF001 - the app has no other door to it
        await explore.send()
        exchange = explore.screen.send_state.exchange
        await fill(history, exchange, 180)
        screen = await history_of(explore, 50)
        for more in (51, 101):
            await explore.press("end")
            await explore.until(lambda: len(screen.listing.entries) >= more)  # noqa: B023
        ids = [each.id for each in screen.listing.entries]
        assert ids == sorted(set(ids), reverse=True)


async def fill(history, exchange, count):
    """Record the same exchange again and again."""
    for number in range(count):
        again = replace(exchange, id=f"again-{number}")
        start = SendStart(
            exchange_id=again.id,
            request=again.request,
            sent_body=again.sent_body,
            started_at=again.started_at,
            place=Place(connection=Connection(is_demo=True)),
        )
        history.finish(start, again)
    await history.settle(PATIENCE_S)


@pytest.mark.parametrize(("part", "expected"), [("answer", b"setosa"), ("request", b"instances")])
async def test_what_came_and_what_was_sent_can_be_written_to_a_file(
    tmp_path, server, part, expected
):
    async with opened(tmp_path, server=server) as explore:
        await explore.listed()
        await explore.choose("iris-classifier")
        await explore.send()
        screen = await history_of(explore, 1)
        await explore.until(lambda: is_shown(screen, screen.listing.entries[0].id))
        if part == "request":
            screen.detail.switch_part()
        screen.detail.focus_part()
        await explore.pilot.pause()
        await explore.press("w")
        await explore.until(lambda: isinstance(explore.app.screen, SaveScreen))
        dialog = explore.app.screen
        await explore.until(lambda: dialog.query("#path"))
        assert f"Write the {part}" in str(dialog.query_one("#frame").border_title)
        target = tmp_path / "body.json"
        assert dialog.query_one("#path").value.startswith("iris-classifier-")
        dialog.query_one("#path").value = str(target)
        await explore.press("enter")
        await explore.until(lambda: target.exists() and target.read_bytes())
        assert expected in target.read_bytes()


async def test_a_header_in_the_history_is_copied_by_itself(tmp_path, server):
    async with opened(tmp_path, server=server) as explore:
        await explore.listed()
        await explore.choose("iris-classifier")
        await explore.send()
        screen = await history_of(explore, 1)
        await explore.until(lambda: is_shown(screen, screen.listing.entries[0].id))
        screen.detail.answer.header_list.focus()
        await explore.pilot.pause()
        await explore.press("down", "y")
        await explore.until(lambda: explore.copied)
        name, value = screen.detail.answer.header_list.current
        assert explore.copied == [f"{name}: {value}"]


async def test_the_last_entry_deleted_is_brought_back_by_the_same_key(tmp_path, server):
    async with opened(tmp_path, server=server) as explore:
        await explore.listed()
        await explore.choose("iris-classifier")
        await explore.send()
        screen = await history_of(explore, 1)
        await explore.press("delete")
        await explore.until(lambda: screen.listing.entries == ())
        assert "Nothing was sent yet" in first_row(screen)
        assert not screen.query_one("#detail-nothing").visible
        await explore.press("u")
        await explore.until(lambda: len(screen.listing.entries) == 1)
        assert screen.needle.value == ""


async def test_a_lens_holds_for_answers_in_the_history_and_beside_it(tmp_path, server):
    async with opened(tmp_path, server=server) as explore:
        await explore.choose("iris-classifier")
        await explore.send()
        await explore.send()
        screen = await history_of(explore, 2)
        newest, oldest = screen.listing.entries
        await explore.until(lambda: is_shown(screen, newest.id))
        view = screen.detail.answer.body_view
        await explore.until(lambda: view.lens == "pretty")
        view.focus()
        await explore.until(lambda: view.has_focus)
        await explore.press("v")
        await explore.until(lambda: view.lens != "pretty")
        chosen = view.lens
        screen.listing.focus()
        await explore.until(lambda: screen.listing.has_focus)
        await explore.press("down")
        await explore.until(lambda: is_shown(screen, oldest.id))
        await explore.until(lambda: view.shown is not None)
        assert view.lens == chosen
        await explore.until((tmp_path / "remembered.toml").exists)
        await explore.press("escape")
        await explore.until(lambda: explore.app.screen is explore.screen)
        # What one looks at stays as it is; what comes next is shown as it was chosen.
        assert explore.answer.body_view.lens == "pretty"
        await explore.send()
        await explore.until(lambda: explore.answer.body_view.lens == chosen)
        await history_of(explore, 3)
        again = explore.app.screen.detail
        await explore.until(lambda: again.record is not None)
        await explore.until(lambda: again.answer.body_view.lens == chosen)
        await explore.press("ctrl+l")
        again.sent_body.focus()
        await explore.until(lambda: again.sent_body.has_focus)
        await explore.press("v")
        await explore.until(lambda: again.sent_body.lens != "pretty")
        assert again.lenses_by_type == {"application/json": chosen}
