"""What is on the main screen, or in the history, goes out as a bundle, and one comes in."""

import pytest
from textual.widgets import Checkbox

from tests.app.waiting import notes
from tests.interchange.bundles import iris
from tests.screens.explore_app import invocations, opened
from tests.screens.test_history import history_of
from tui.bundles import make_files, open_bundle, write_files
from tui.demo.server import DemoServer
from tui.domain.bundles import Masking
from tui.domain.exchanges import Done
from tui.screens.bundle import BundleScreen
from tui.screens.explore.bundle import ExploreBundle
from tui.screens.explore.saving import OverwriteScreen


@pytest.fixture
def server():
    with DemoServer(seed=1) as server:
        yield server
        assert server.crashes == ()


@pytest.fixture(autouse=True)
def here(tmp_path, monkeypatch):
    """Bundles go to the current folder unless told otherwise."""
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


async def answered(explore):
    await explore.listed()
    await explore.choose("iris-classifier")
    await explore.send()
    explore.answer.body_view.focus()


async def bundle_screen(explore):
    await explore.until(lambda: isinstance(explore.app.screen, BundleScreen))
    screen = explore.app.screen
    await explore.until(lambda: screen.files)
    return screen


async def written(explore, here, count=1):
    await explore.until(
        lambda: len([each for each in here.iterdir() if each.name[0] != "."]) == count
    )
    await explore.until(lambda: not isinstance(explore.app.screen, BundleScreen))


async def test_the_answer_is_written_exactly_as_it_was_looked_at(tmp_path, server, here):
    async with opened(tmp_path, server=server) as explore:
        await answered(explore)
        await explore.press("B")
        screen = await bundle_screen(explore)
        shown = {}
        for _ in screen.files:
            shown[screen.files[screen.listing.highlighted].name] = screen.view.shown.data
            await explore.press("down")
            await explore.pilot.pause()
        await explore.press("enter")
        await written(explore, here)
        (path,) = here.iterdir()
        assert path.name.startswith("sagescope-iris-classifier-")
        assert {name: (path / name).read_bytes() for name in shown} == shown
        assert "endpoint/DescribeEndpoint.json" in shown
        bundle, exchange = open_bundle(path), explore.screen.send_state.exchange
        assert (bundle.altered, bundle.is_demo) == ((), True)
        assert bundle.request == exchange.request
        assert bundle.exchange == exchange


async def test_switches_and_paths_mask_what_is_shown(tmp_path, server, here):
    async with opened(tmp_path, server=server) as explore:
        await answered(explore)
        await explore.press("B")
        screen = await bundle_screen(explore)
        before = screen.files
        screen.query_one("#mask-account-ids", Checkbox).focus()
        await explore.press("space")
        await explore.until(lambda: screen.files != before)
        described = next(each for each in screen.files if each.name.endswith("Endpoint.json"))
        assert b":111122223333:" in described.content
        screen.json_paths.focus()
        await explore.press(*"predictions[0].class")
        await explore.until(lambda: any(b'"class":"***"' in each.content for each in screen.files))
        screen.query_one("#as-zip", Checkbox).focus()
        await explore.press("space")
        assert screen.path.value.endswith(".zip")
        await explore.press("enter")
        await written(explore, here)
        (path,) = here.glob("*.zip")
        assert open_bundle(path).masked == ("response-body.json",)


async def test_what_is_masked_is_seen_without_colours_in_eighty_columns(tmp_path, server, here):
    async with opened(tmp_path, server=server, size=(80, 24)) as explore:
        await answered(explore)
        await explore.press("B")
        screen = await bundle_screen(explore)
        boxes = list(screen.query(Checkbox))
        assert not any("X" in box.render().plain for box in boxes)
        for box in boxes:
            assert screen.query_one("#frame").content_region.contains_region(box.content_region)
            assert box.content_size.width >= box.render().cell_length
        screen.query_one("#mask-arns", Checkbox).focus()
        await explore.press("space")
        assert ["X" in box.render().plain for box in boxes] == [False, True, False, False, False]


async def test_a_wrong_path_is_said_and_nothing_is_written(tmp_path, server, here):
    async with opened(tmp_path, server=server) as explore:
        await answered(explore)
        await explore.press("B")
        screen = await bundle_screen(explore)
        screen.json_paths.focus()
        await explore.press(*"a[", "enter")
        await explore.until(lambda: "no path in a JSON text" in screen.told.render().plain)
        assert explore.app.screen is screen
        assert list(here.iterdir()) == []


async def test_a_path_that_masks_nothing_is_said_before_it_is_written(tmp_path, server, here):
    async with opened(tmp_path, server=server) as explore:
        await answered(explore)
        await explore.press("B")
        screen = await bundle_screen(explore)
        screen.json_paths.focus()
        await explore.press(*"prediction[0]")
        await explore.until(
            lambda: "prediction[0] is in neither body" in screen.told.render().plain
        )
        screen.json_paths.value = "predictions[0]"
        await explore.until(lambda: "neither" not in screen.told.render().plain)


async def test_what_is_there_is_replaced_only_after_asking(tmp_path, server, here):
    write_files(here / "b", make_files(iris(), Masking()))
    async with opened(tmp_path, server=server) as explore:
        await answered(explore)
        for answer in ("escape", "r"):
            await explore.press("B")
            screen = await bundle_screen(explore)
            screen.path.value = "b"
            await explore.press("enter")
            await explore.until(lambda: isinstance(explore.app.screen, OverwriteScreen))
            await explore.press(answer)
            await explore.until(lambda: explore.app.screen is explore.screen)
            if answer == "escape":
                assert open_bundle(here / "b").exchange == iris().source.exchange
        await explore.until(lambda: any("Written to" in note for note in notes(explore.app)))
        assert open_bundle(here / "b").exchange == explore.screen.send_state.exchange


async def test_an_entry_of_the_history_is_written_too(tmp_path, server, here):
    async with opened(tmp_path, server=server) as explore:
        await answered(explore)
        exchange = explore.screen.send_state.exchange
        history = await history_of(explore, 1)
        await explore.press("B")
        await bundle_screen(explore)
        await explore.press("enter")
        await written(explore, here)
        assert explore.app.screen is history
        (path,) = here.iterdir()
        assert open_bundle(path).exchange == exchange
        assert (path / "run-curl.sh").is_file()


async def test_a_bundle_is_shown_as_it_was_and_sent_again(tmp_path, server, here):
    write_files(here / "b", make_files(iris(), Masking()))
    (here / "b" / "response-body.json").write_bytes(b'{"predictions": [7]}')
    async with opened(tmp_path, server=server) as explore:
        await explore.listed()
        bundle = open_bundle(here / "b")
        explore.screen.post_message(ExploreBundle.BundleOpened(bundle))
        await explore.until(lambda: isinstance(explore.screen.send_state, Done))
        assert explore.request == bundle.request
        assert explore.screen.send_state.exchange == bundle.exchange
        await explore.until(lambda: explore.answer and explore.answer.body_view.shown)
        assert explore.answer.body_view.shown.data == b'{"predictions": [7]}'
        assert any("response-body.json" in str(each.message) for each in toasts(explore))
        await explore.send()
        assert invocations(server)[-1].body == bundle.request.body.data


def toasts(explore):
    return list(explore.app._notifications)  # noqa: SLF001 - Textual has no public list


async def test_a_draft_that_was_there_is_brought_back_by_one_key(tmp_path, server, here):
    async with opened(tmp_path, server=server) as explore:
        await explore.listed()
        await explore.choose("echo")
        draft = explore.request
        explore.screen.post_message(ExploreBundle.BundleOpened(_bundle(here)))
        await explore.until(lambda: explore.request.endpoint_name == "iris-classifier")
        await explore.press("ctrl+r")
        await explore.until(lambda: explore.request == draft)


def _bundle(here):
    write_files(here / "b", make_files(iris(), Masking()))
    return open_bundle(here / "b")


async def test_the_palette_has_it_also_while_something_is_typed(tmp_path, server, here):
    async with opened(tmp_path, server=server) as explore:
        await explore.listed()
        await explore.choose("echo")
        explore.screen.form.focus_body()
        await explore.press("ctrl+p")
        await explore.until(lambda: explore.app.screen is not explore.screen)
        await explore.press(*"Bundle")
        await explore.until(lambda: explore.app.screen.query("OptionList").first().option_count)
        await explore.press("enter")
        await bundle_screen(explore)
