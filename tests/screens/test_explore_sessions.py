"""A stateful session on the main screen: opened, offered, used, closed."""

from dataclasses import replace

import pytest
from textual.widgets import Input

from tests.screens.explore_app import opened
from tests.screens.test_explore_presets import go_to_presets, write
from tui.demo.preset_files import demo_presets
from tui.demo.server import DemoServer
from tui.domain.exchanges import Done
from tui.domain.requests import InlineBody
from tui.screens.preset_dialogs import VariablesScreen

OPEN = InlineBody(data=b'{"requestType": "NEW_SESSION"}')
GO_ON = InlineBody(data=b'{"inputs": "Once", "parameters": {"max_new_tokens": 3}}')
CLOSE = InlineBody(data=b'{"requestType": "CLOSE"}')


@pytest.fixture(scope="module")
def server():
    with DemoServer(seed=1) as server:
        yield server
        assert server.crashes == ()


async def open_session(it):
    it.screen.form.request = replace(it.request, session_id="NEW_SESSION", body=OPEN)
    await it.send()
    return it.screen.send_state.exchange.reply.new_session_id.partition(";")[0]


async def test_what_was_opened_is_offered_used_and_after_it_was_closed_offered_no_more(
    tmp_path, server
):
    async with opened(tmp_path, server=server) as it:
        await it.listed()
        await it.choose("text-generator")
        session_id = await open_session(it)
        assert it.request.session_id == "NEW_SESSION"

        it.screen.form.show_tab("options")
        await it.pilot.pause()
        row = it.screen.form.query_one("#field-session-id")
        row.focus_entry()
        it.screen.form.request = replace(it.request, session_id=None, body=GO_ON)
        await it.press("down", "enter")
        assert it.request.session_id == session_id
        await it.send()
        assert it.screen.send_state.exchange.reply.status == 200

        it.screen.form.request = replace(it.request, body=CLOSE)
        await it.send()
        assert it.screen.send_state.exchange.reply.closed_session_id == session_id
        assert it.screen.form.session_ids == ()
        assert row.choices == ("NEW_SESSION",)


async def test_sessions_belong_to_their_endpoint_and_the_latest_comes_first(tmp_path, server):
    async with opened(tmp_path, server=server) as it:
        await it.listed()
        await it.choose("text-generator")
        ids = [await open_session(it) for _ in range(2)]
        assert it.screen.form.session_ids == tuple(reversed(ids))
        await it.choose("echo")
        assert it.screen.form.session_ids == ()
        await it.choose("text-generator")
        assert it.screen.form.session_ids == tuple(reversed(ids))


async def test_a_preset_that_asks_for_a_session_is_offered_the_latest(tmp_path, server):
    write(tmp_path, "close", (demo_presets() / "sessions" / "3 close.toml").read_text())
    async with opened(tmp_path, server=server) as it:
        await it.listed()
        await it.choose("text-generator")
        ids = [await open_session(it) for _ in range(2)]
        for session_id in reversed(ids):
            await go_to_presets(it, "close")
            await it.press("ctrl+j")
            await it.until(lambda: isinstance(it.app.screen, VariablesScreen))
            assert it.app.screen.query_one(Input).value == session_id
            before = it.screen.send_state
            await it.press("enter")
            await it.until(lambda: it.screen.send_state is not before)  # noqa: B023 - waited for
            await it.until(lambda: isinstance(it.screen.send_state, Done))
            assert it.screen.send_state.exchange.reply.closed_session_id == session_id
