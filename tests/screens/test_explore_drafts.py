"""What was typed for an endpoint comes back with it, whatever was in the form meanwhile."""

from datetime import UTC, datetime

import pytest
from textual import events

from tests.screens.explore_app import opened
from tests.screens.test_explore_presets import ECHO, go_to_presets, told, write
from tui.demo.server import DemoServer
from tui.domain.connections import Connection
from tui.domain.drafts import Draft, KeptDraft
from tui.domain.presets import Preset
from tui.domain.requests import InlineBody, InvocationRequest
from tui.screens.paste import PasteScreen
from tui.store.drafts import DraftStore
from tui.store.paths import find_paths

LINE = "aws sagemaker-runtime invoke-endpoint --endpoint-name echo --body pasted out"


@pytest.fixture
def server():
    with DemoServer(seed=1) as server:
        yield server
        assert server.crashes == ()


def body_of(explore):
    return explore.request.body.data


async def type_for(explore, name, text):
    """Choose an endpoint and, once its own draft was looked for, type a new body for it."""
    await explore.choose(name)
    await explore.until(lambda: explore.screen._left is None)  # noqa: SLF001 - not to be seen
    await explore.press("ctrl+n", *text)
    await explore.until(lambda: body_of(explore) == text.encode())
    return explore.request


async def all_kept(explore):
    """Wait until all that was typed is on disk."""
    await explore.until(lambda: not explore.screen._pending)  # noqa: SLF001 - not to be seen


async def own_draft(explore, name):
    return await explore.screen.saved.draft(explore.screen._explorer.connection, name)  # noqa: SLF001


async def test_each_endpoint_brings_its_own_back_and_the_other_is_one_key_away(tmp_path, server):
    async with opened(tmp_path, server=server) as explore:
        await explore.listed()
        first = await type_for(explore, "echo", "one")
        second = await type_for(explore, "iris-classifier", "two")
        await explore.choose("echo")
        await explore.until(lambda: explore.request == first)
        await explore.until(lambda: "This is what was typed for echo last." in told(explore))
        await explore.press("alt+r")
        await explore.until(lambda: body_of(explore) == b"two")
        assert explore.request.endpoint_name == "echo"
        await explore.choose("iris-classifier")
        # What goes along is the same, for the moment until its own is known.
        await explore.until(lambda: explore.request == second and explore.screen.here.is_own)
    async with opened(tmp_path, server=server) as explore:
        await explore.listed()
        await explore.until(lambda: explore.request == second)
        await explore.choose("echo")
        await explore.until(lambda: explore.request == first)
        await explore.press("ctrl+r")
        await explore.until(lambda: explore.request == second)


async def test_a_body_goes_on_from_endpoint_to_endpoint_and_stays_that_of_the_first(
    tmp_path, server
):
    async with opened(tmp_path, server=server) as explore:
        await explore.listed()
        typed = await type_for(explore, "echo", "one")
        for name in ("iris-classifier", "slow-seconds"):
            await explore.choose(name)
            assert body_of(explore) == b"one"
        await explore.until(lambda: explore.screen._left is None)  # noqa: SLF001 - it has arrived
        await all_kept(explore)
        assert await own_draft(explore, "iris-classifier") is None
        assert (await own_draft(explore, "echo")).draft.preset.request == typed


async def test_what_was_typed_before_an_endpoint_was_chosen_is_for_that_one(tmp_path, server):
    async with opened(tmp_path, server=server) as explore:
        await explore.listed()
        old = await type_for(explore, "echo", "old")
    drafts = find_paths({"SAGESCOPE_HOME": str(tmp_path)}).drafts
    drafts.rename(tmp_path / "aside")
    async with opened(tmp_path, server=server) as explore:
        await explore.listed()
        explore.screen.form.focus_body()
        await explore.press(*"new")
        await explore.until(drafts.exists)
        for path in (tmp_path / "aside").rglob("echo-*"):
            path.rename(drafts / path.relative_to(tmp_path / "aside"))
        await explore.choose("echo")
        assert body_of(explore) == b"new"
        await explore.until(lambda: "ctrl+r: what was typed for echo last" in told(explore))
        await explore.press("ctrl+r")
        await explore.until(lambda: explore.request == old)


async def test_a_preset_goes_along_and_what_was_typed_there_is_one_key_away(tmp_path, server):
    write(tmp_path, "a", ECHO)
    async with opened(tmp_path, server=server) as explore:
        await explore.listed()
        typed = await type_for(explore, "iris-classifier", "typed")
        await go_to_presets(explore, "a")
        await explore.press("enter")
        await explore.until(lambda: explore.screen.opened)
        explore.screen.form.focus_body()
        await explore.press("ctrl+end", "x")
        changed = explore.request.body
        await explore.choose("iris-classifier")
        await explore.until(lambda: "The request goes along." in told(explore))
        assert (explore.request.body, explore.request.endpoint_name) == (
            changed,
            typed.endpoint_name,
        )
        assert explore.screen.opened.place.name == "a"
        await explore.press("ctrl+r")
        await explore.until(lambda: explore.request == typed)
        assert explore.screen.opened is None


async def test_a_pasted_request_stays_as_it_came_wherever_it_goes(tmp_path, server):
    async with opened(tmp_path, server=server) as explore:
        await explore.listed()
        await type_for(explore, "iris-classifier", "typed")
        echoed = await type_for(explore, "echo", "typed too")
        explore.screen.endpoints_pane.browser.endpoint_list.focus()
        await explore.pilot.pause()
        explore.app.post_message(events.Paste(LINE))
        await explore.until(lambda: isinstance(explore.app.screen, PasteScreen))
        await explore.until(lambda: explore.app.screen.check_action("take", ()))
        await explore.press("enter")
        await explore.until(lambda: body_of(explore) == b"pasted")
        await explore.choose("iris-classifier")
        await explore.until(lambda: "The request goes along." in told(explore))
        assert body_of(explore) == b"pasted"
    async with opened(tmp_path, server=server) as explore:
        await explore.until(lambda: body_of(explore) == b"pasted")
        assert explore.request.endpoint_name == "iris-classifier"
        await explore.listed()
        await explore.press("ctrl+n")
        await explore.choose("echo")
        await explore.until(lambda: explore.request == echoed)


async def test_a_name_that_is_typed_finds_its_draft_and_half_a_name_makes_none(tmp_path, server):
    async with opened(tmp_path, server=server) as explore:
        await explore.listed()
        echoed = await type_for(explore, "echo", "typed")
        await type_for(explore, "iris-classifier", "other")
        explore.screen.form.focus_endpoint()
        await explore.press("ctrl+u", *"ech")
        await explore.until(lambda: explore.request.endpoint_name == "ech")
        await all_kept(explore)
        assert isinstance(await own_draft(explore, "iris-classifier"), KeptDraft)
        assert await own_draft(explore, "ech") is None
        await explore.press("o")
        await explore.until(lambda: explore.request == echoed)


async def test_what_was_set_beside_an_untouched_example_is_kept_too(tmp_path, server):
    async with opened(tmp_path, server=server) as explore:
        await explore.listed()
        await explore.choose("iris-classifier")
        await explore.until(lambda: body_of(explore))
        explore.screen.form.focus_body()
        await explore.press("ctrl+g")
        await explore.until(lambda: explore.request.inference_id)
        typed = explore.request
    async with opened(tmp_path, server=server) as explore:
        await explore.until(lambda: explore.request == typed)
        assert explore.request.body != InlineBody()


async def test_a_draft_that_cannot_be_kept_is_said_once_and_kept_as_soon_as_it_can(
    tmp_path, server
):
    drafts = find_paths({"SAGESCOPE_HOME": str(tmp_path)}).drafts
    drafts.parent.mkdir(parents=True, exist_ok=True)
    drafts.touch()  # where a folder is to be: root may write into any folder
    async with opened(tmp_path, server=server) as explore:
        await explore.listed()
        await type_for(explore, "echo", "precious")
        await explore.until(lambda: "Cannot write" in told(explore))
        await explore.press("x")
        assert told(explore).count("Cannot write") == 1
        drafts.unlink()
        await explore.press("y")
        await all_kept(explore)
        kept = await own_draft(explore, "echo")
        assert kept.draft.preset.request.body == InlineBody(data=b"preciousxy")


async def test_two_copies_at_one_endpoint_lose_nothing(tmp_path, server):
    other = DraftStore(find_paths({"SAGESCOPE_HOME": str(tmp_path)}).drafts)
    request = InvocationRequest(endpoint_name="echo", body=InlineBody(data=b"of the other"))
    draft = Draft(preset=Preset(request=request))
    other.keep(Connection(is_demo=True), draft, datetime.now(UTC))
    async with opened(tmp_path, server=server) as explore:
        await explore.listed()
        mine = await type_for(explore, "echo", "mine")
        assert body_of(explore) == b"mine"
        await all_kept(explore)
    other.keep(Connection(is_demo=True), draft, datetime.now(UTC))
    other.close()
    async with opened(tmp_path, server=server) as explore:
        await explore.until(lambda: explore.request == request)
        await explore.until(lambda: "ctrl+r: what the other had for echo." in told(explore))
        await explore.listed()
        await explore.press("ctrl+r")
        await explore.until(lambda: explore.request == mine)
        await explore.press("ctrl+r")
        await explore.until(lambda: explore.request == request)
    async with opened(tmp_path, server=server) as explore:
        await explore.until(lambda: explore.request == request)
        await explore.listed()
        assert "ctrl+r" not in told(explore)
        await explore.press("ctrl+r")
        await explore.until(lambda: explore.request == mine)
