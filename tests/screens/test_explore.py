"""The main job on the main screen, against the real demo through the real gateway."""

import pytest

from tests.screens.explore_app import invocations, opened
from tui.demo.server import DemoServer
from tui.domain.exchanges import Done, Idle, InFlight
from tui.domain.requests import InlineBody
from tui.screens.commands import gather
from tui.widgets.body_words import BodyWords


@pytest.fixture
def server():
    """A demo of the test's own, whose requests can be counted."""
    with DemoServer(seed=1) as server:
        yield server
        assert server.crashes == ()


async def test_filter_choose_send_and_read_class_and_variant(server, tmp_path):
    async with opened(tmp_path, server=server) as it:
        await it.listed()
        await it.press("slash", *"iris", "enter", "enter")
        await it.until(lambda: b"instances" in it.request.body.data)
        await it.send()
        assert it.facts.startswith("200 OK · blue")
        assert "setosa" in it.answer.body_view.text_to_copy()
        assert len(invocations(server)) == 1


async def test_an_edited_body_is_what_is_sent(server, tmp_path):
    async with opened(tmp_path, server=server) as it:
        await it.listed()
        await it.choose("echo")
        it.screen.form.focus_body()
        await it.press("ctrl+a", *"hello", "ctrl+j")
        await it.until(lambda: isinstance(it.screen.send_state, Done))
        assert invocations(server)[0].body == it.request.body.data
        assert b"hello" in invocations(server)[0].body


async def test_choosing_a_variant_targets_it_and_the_endpoint_none(server, tmp_path):
    async with opened(tmp_path, server=server) as it:
        await it.listed()
        await it.choose("iris-classifier")
        await it.press("down", "down", "down", "enter")
        assert it.request.target_variant == "green"
        await it.send()
        assert it.facts.startswith("200 OK · green")
        await it.press("up", "up", "up", "enter")
        assert it.request.target_variant is None


async def test_escape_stops_waiting_and_says_that_the_model_may_run_on(server, tmp_path):
    async with opened(tmp_path, server=server) as it:
        await it.listed()
        await it.choose("slow-seconds")
        await it.press("ctrl+j")
        await it.until(lambda: invocations(server))
        assert isinstance(it.screen.send_state, InFlight)
        assert "waiting" in it.facts
        await it.press("escape")
        await it.until(lambda: isinstance(it.screen.send_state, Done))
        await it.pilot.pause()
        assert it.facts.startswith("Stopped waiting")
        assert "may still be running" in it.explanation


async def test_while_waiting_the_last_answer_is_dimmed_and_named_previous(server, tmp_path):
    async with opened(tmp_path, server=server) as it:
        await it.listed()
        await it.choose("echo")
        await it.send()
        await it.choose("slow-seconds")
        await it.press("ctrl+j")
        await it.until(lambda: isinstance(it.screen.send_state, InFlight))
        await it.pilot.pause()
        answer = it.answer
        assert answer.body_view.has_class("-previous")
        assert answer.header_list.has_class("-previous")
        assert it.title == "Response · echo · previous"
        assert "previous 200 OK" in it.facts
        await it.press("escape")


@pytest.mark.parametrize(
    ("endpoint", "facts", "explanation"),
    [
        ("fails-with-model-error", "424", "Model error  The model's container answered 400"),
        ("fails-throttled", "ThrottlingException", "Throttled"),
        ("fails-access-denied", "403", "Access denied"),
        ("fails-internal-500", "500", "Endpoint unavailable"),
        ("fails-html-502", "502", "Endpoint unavailable"),
        ("resets-connection", "Network failure", "The connection was closed"),
        ("cuts-mid-body", "200", "Network failure"),
    ],
)
async def test_a_failure_is_an_outcome_and_was_sent_once(
    server, tmp_path, endpoint, facts, explanation
):
    async with opened(tmp_path, server=server) as it:
        await it.listed()
        await it.choose(endpoint)
        await it.send()
        assert facts in it.facts
        assert "1 attempt" in it.facts
        assert it.explanation.startswith(explanation)
        assert len(invocations(server)) == 1


async def test_the_containers_own_message_is_the_body_that_is_shown(server, tmp_path):
    async with opened(tmp_path, server=server) as it:
        await it.listed()
        await it.choose("fails-with-model-error")
        await it.send()
        shown = it.answer.body_view.text_to_copy()
        assert '"type": "InvalidRequestException"' in shown
        assert "x-amzn-requestid" in [name.lower() for name, _ in it.answer.header_list.headers]


async def test_read_only_sends_nothing_and_shows_it(server, tmp_path):
    async with opened(tmp_path, server=server, read_only=True) as it:
        await it.listed()
        await it.choose("iris-classifier")
        await it.press("ctrl+j")
        await it.pilot.pause()
        assert isinstance(it.screen.send_state, Idle)
        assert invocations(server) == []
        assert it.screen.check_action("send", ()) is None
        assert "read-only" in it.screen.connection_bar.render().plain


async def test_a_typed_body_goes_along_and_targets_stay_behind(server, tmp_path):
    async with opened(tmp_path, server=server) as it:
        await it.listed()
        await it.choose("iris-classifier")
        await it.press("down", "enter")
        it.screen.form.focus_body()
        await it.press("x")
        typed = it.request.body
        await it.choose("echo")
        assert it.request.body == typed
        assert it.request.target_variant is None


async def test_an_untouched_example_gives_way_to_the_next(server, tmp_path):
    async with opened(tmp_path, server=server) as it:
        await it.listed()
        await it.choose("iris-classifier")
        await it.choose("slow-seconds")
        await it.until(lambda: b'"seconds"' in it.request.body.data)


async def test_a_new_request_keeps_the_old_one_for_ctrl_r(server, tmp_path):
    async with opened(tmp_path, server=server) as it:
        await it.listed()
        await it.choose("iris-classifier")
        old = it.request
        await it.press("ctrl+n")
        assert it.request.body == InlineBody()
        assert it.request.endpoint_name == "iris-classifier"
        assert it.request.content_type == old.content_type == "application/json"
        await it.press("ctrl+r")
        assert it.request == old


async def test_the_example_can_be_asked_for_and_taken_back(server, tmp_path):
    async with opened(tmp_path, server=server) as it:
        await it.listed()
        await it.choose("iris-classifier")
        it.screen.form.focus_body()
        await it.press("x")
        typed = it.request
        await it.press("alt+e")
        assert it.request.body != typed.body
        await it.press("ctrl+r")
        assert it.request == typed


async def test_the_body_is_written_to_a_file_and_not_over_another_unasked(server, tmp_path):
    target = tmp_path / "answer.json"
    target.write_bytes(b"precious")
    async with opened(tmp_path, server=server) as it:
        await it.listed()
        await it.choose("iris-classifier")
        await it.send()
        answer = invocations(server) and it.screen.send_state.exchange.reply.body
        for key, left in (("escape", b"precious"), ("r", answer)):
            await it.press("w")
            await it.until(lambda: it.app.screen is not it.screen)
            it.app.screen.query_one("#path").value = str(target)
            await it.press("enter")
            await it.until(lambda: type(it.app.screen).__name__ == "OverwriteScreen")
            await it.press(key)
            await it.until(lambda: it.app.screen is it.screen)
            await it.until(lambda left=left: target.read_bytes() == left)


async def test_a_preview_is_signed_without_sending(server, tmp_path):
    async with opened(tmp_path, server=server) as it:
        await it.listed()
        await it.choose("iris-classifier")
        it.screen.form.show_tab("preview")
        await it.until(lambda: it.screen.form.preview is not None)
        assert it.screen.form.preview.url.endswith("/endpoints/iris-classifier/invocations")
        assert invocations(server) == []


async def test_y_and_w_take_the_preview_while_it_has_the_focus(server, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    async with opened(tmp_path, server=server) as it:
        await it.listed()
        await it.choose("iris-classifier")
        await it.send()
        it.screen.form.show_tab("preview")
        await it.until(lambda: it.screen.form.preview is not None)
        await it.pilot.pause()
        it.screen.query_one("#preview-body").focus()
        await it.press("y")
        await it.until(lambda: it.copied)
        assert '"instances": [' in it.copied[0]
        await it.press("w")
        await it.until(lambda: type(it.app.screen).__name__ == "SaveScreen")
        name = it.app.screen.query_one("#path").value
        await it.press("enter")
        await it.until((tmp_path / name).exists)
        assert name.startswith("iris-classifier-")
        assert (tmp_path / name).read_bytes() == it.request.body.data


async def test_tab_space_enter_write_the_answer_as_it_is_shown(server, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    async with opened(tmp_path, server=server) as it:
        await it.listed()
        await it.choose("iris-classifier")
        await it.send()
        it.answer.body_view.focus()
        await it.press("w")
        await it.until(lambda: it.app.screen.query("#as-shown"))
        path = tmp_path / it.app.screen.query_one("#path").value
        await it.press("tab", "space", "enter")
        await it.until(path.exists)
        assert path.read_text().startswith('{\n  "predictions": [\n')


async def test_hex_as_it_is_shown_is_called_text(server, tmp_path):
    async with opened(tmp_path, server=server) as it:
        await it.listed()
        await it.choose("iris-classifier")
        await it.send()
        it.answer.body_view.focus()
        await it.press(*"v" * it.answer.body_view.lenses.index("hex"), "w")
        await it.until(lambda: it.app.screen.query("#as-shown"))
        path, names = it.app.screen.query_one("#path"), list[str]()
        for key in ("tab", "space", "space", "space"):
            await it.press(key)
            names.append(path.value.rpartition(".")[2])
        await it.press("shift+tab", "end", "x", "tab", "space")
        assert [*names, path.value[-5:]] == ["json", "txt", "json", "txt", ".txtx"]


async def test_the_tabs_of_the_form_are_in_the_palette(server, tmp_path):
    async with opened(tmp_path, server=server) as it:
        await it.listed()
        commands = {each.title: each for each in gather(it.app, it.screen)}
        for name in ("Body", "Targeting", "Options", "Preview"):
            it.screen.endpoints_pane.browser.endpoint_list.focus()
            await it.until(lambda: it.screen.focused_pane == "endpoints")
            commands[f"Request: {name}"].run()
            await it.until(lambda: it.screen.focused_pane == "request")
            assert it.screen.form.tabs.active == name


async def test_d_shows_the_whole_description(server, tmp_path):
    async with opened(tmp_path, server=server) as it:
        await it.listed()
        await it.press("d")
        await it.until(lambda: type(it.app.screen).__name__ == "DescriptionScreen")


async def test_y_copies_the_name_the_header_under_the_cursor_or_the_body(server, tmp_path):
    async with opened(tmp_path, server=server) as it:
        await it.listed()
        await it.choose("iris-classifier")
        await it.press("y")
        await it.send()
        it.answer.header_list.focus()
        await it.press("down", "y")
        it.answer.body_view.focus()
        await it.press("y")
        await it.until(lambda: len(it.copied) == 3)
        name, header, body = it.copied
        assert name == "iris-classifier"
        assert header.lower().startswith("x-amz")
        assert '"predictions"' in body


async def test_the_words_of_a_body_leave_the_other_tab_in_sight(server, tmp_path):
    async with opened(tmp_path, server=server, size=(80, 24)) as it:
        await it.listed()
        await it.choose("iris-classifier")
        await it.send()
        it.answer.body_words = BodyWords("words " * 40)
        await it.pilot.pause()
        strip = it.answer.tabs
        assert strip.render().plain.endswith("…   Headers 5")
        assert strip.region.right <= it.app.size.width
