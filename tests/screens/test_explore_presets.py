"""What is in the form is saved, found again, and never lost."""

import tomllib

import pytest
from textual.widgets import Checkbox, Input

from tests.screens.explore_app import invocations, opened
from tui.demo.server import DemoServer
from tui.domain.presets import BrokenPreset
from tui.domain.requests import InlineBody
from tui.screens.preset_dialogs import ReplacePresetScreen, SavePresetScreen, VariablesScreen


@pytest.fixture
def server():
    with DemoServer(seed=1) as server:
        yield server
        assert server.crashes == ()


def file_of(home, name):
    return home / "presets" / f"{name}.toml"


def write(home, name, text):
    path = file_of(home, name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


ECHO = """\
version = 1
operation = "InvokeEndpoint"
endpoint_name = "echo"
content_type = "text/plain"
body = 'hello {{city}} {{other}}'

[variables]
city = { prompt = "Which city?", default = "Bern" }
"""


async def save_as(explore, name):
    await explore.press("ctrl+s")
    await explore.until(lambda: isinstance(explore.app.screen, SavePresetScreen))
    explore.app.screen.query_one("#name", Input).value = name
    await explore.press("ctrl+s")
    await explore.until(lambda: explore.screen.opened is not None)


def names(explore):
    return [each.place.name for each in explore.screen.preset_list.entries]


async def go_to_presets(explore, *wanted):
    await explore.until(lambda: names(explore) == list(wanted))
    explore.screen.preset_list.focus()
    await explore.pilot.pause()


def told(explore):
    return " ".join(each.message for each in explore.app._notifications)  # noqa: SLF001 - no public list


def subtitle(explore):
    return str(explore.screen.form.border_subtitle)


async def test_a_request_is_saved_changed_and_saved_again(tmp_path, server):
    async with opened(tmp_path, server=server) as explore:
        await explore.listed()
        await explore.choose("iris-classifier")
        await save_as(explore, "team/smoke test")
        saved = tomllib.loads(file_of(tmp_path, "team/smoke test").read_text())
        assert saved["endpoint_name"] == "iris-classifier"
        assert saved["body"].encode() == explore.request.body.data
        assert "unsaved" not in subtitle(explore)

        explore.screen.form.focus_body()
        await explore.press("ctrl+end", "space")
        await explore.until(lambda: "● unsaved" in subtitle(explore))
        await explore.press("f2")
        await explore.until(lambda: "● unsaved" not in subtitle(explore))
        again = tomllib.loads(file_of(tmp_path, "team/smoke test").read_text())
        assert again["body"] == saved["body"] + " "


async def test_ctrl_j_on_a_preset_opens_asks_fills_and_sends(tmp_path, server):
    write(tmp_path, "greeting", ECHO)
    async with opened(tmp_path, server=server) as explore:
        await explore.listed()
        await go_to_presets(explore, "greeting")
        await explore.press("ctrl+j")
        await explore.until(lambda: isinstance(explore.app.screen, VariablesScreen))
        assert explore.app.screen.query_one(Input).value == "Bern"
        explore.app.screen.query_one(Input).value = "Basel"
        await explore.press("enter")
        await explore.until(lambda: explore.screen.shown_exchange is not None)
        assert invocations(server)[-1].body == b"hello Basel {{other}}"
        assert explore.request.body == InlineBody(data=b"hello {{city}} {{other}}")
        await explore.until(lambda: explore.screen.preset_list.entries[0].last_used_at)
        page = await explore.screen._explorer.history.page()  # noqa: SLF001 - its only door
        assert page.entries[0].preset_name == "greeting"


async def test_the_preview_shows_what_is_asked_for_later_as_it_stands(tmp_path, server):
    write(tmp_path, "greeting", ECHO.replace(', default = "Bern"', "").replace("other", "uuid"))
    async with opened(tmp_path, server=server) as explore:
        await explore.listed()
        await go_to_presets(explore, "greeting")
        await explore.press("enter")
        await explore.until(lambda: explore.screen.opened is not None)
        explore.screen.form.show_tab("preview")
        await explore.until(lambda: explore.screen.form.preview is not None)
        assert explore.screen.form.preview.body.startswith(b"hello {{city}} ")
        assert b"uuid" not in explore.screen.form.preview.body


async def test_what_was_unsaved_comes_back_with_its_preset(tmp_path, server):
    write(tmp_path, "a", ECHO)
    write(tmp_path, "b", ECHO.replace("hello", "bye"))
    async with opened(tmp_path, server=server) as explore:
        await explore.listed()
        await go_to_presets(explore, "a", "b")
        await explore.press("enter")
        await explore.until(lambda: explore.screen.opened)
        explore.screen.form.focus_body()
        await explore.press("ctrl+end", "space")
        await explore.until(lambda: "● unsaved" in subtitle(explore))
        changed = explore.request
        explore.screen.preset_list.focus()
        await explore.press("down", "enter")
        await explore.until(lambda: explore.screen.opened.place.name == "b")
        await explore.press("ctrl+r")
        await explore.until(lambda: explore.request == changed)
        assert explore.screen.opened.place.name == "a"
        assert "● unsaved" in subtitle(explore)


async def test_rename_delete_and_undo(tmp_path, server):
    write(tmp_path, "a", ECHO)
    async with opened(tmp_path, server=server) as explore:
        await go_to_presets(explore, "a")
        await explore.press("r")
        await explore.until(lambda: explore.app.screen is not explore.screen)
        explore.app.screen.query_one("#name", Input).value = "team/b"
        await explore.press("enter")
        await explore.until(lambda: names(explore) == ["team/b"])
        assert not file_of(tmp_path, "a").exists()
        await explore.press("delete")
        await explore.until(lambda: names(explore) == [])
        await explore.press("u")
        await explore.until(lambda: names(explore) == ["team/b"])
        assert file_of(tmp_path, "team/b").read_text() == ECHO


async def test_a_file_edited_outside_is_read_again_or_asked_about(tmp_path, server):
    write(tmp_path, "a", ECHO)
    async with opened(tmp_path, server=server) as explore:
        await explore.listed()
        await go_to_presets(explore, "a")
        await explore.press("enter")
        await explore.until(lambda: explore.screen.opened)
        write(tmp_path, "a", ECHO.replace("hello", "edited"))
        await explore.until(lambda: b"edited" in explore.request.body.data)

        explore.screen.form.focus_body()
        await explore.press("ctrl+end", "x")
        await explore.until(lambda: "● unsaved" in subtitle(explore))
        write(tmp_path, "a", ECHO.replace("hello", "again"))
        await explore.press("ctrl+s")
        await explore.until(lambda: isinstance(explore.app.screen, ReplacePresetScreen))
        await explore.press("escape")
        assert "again" in file_of(tmp_path, "a").read_text()
        await explore.press("ctrl+s")
        await explore.until(lambda: isinstance(explore.app.screen, ReplacePresetScreen))
        await explore.press("r")
        await explore.until(lambda: "edited" in file_of(tmp_path, "a").read_text())


async def test_a_broken_file_is_listed_says_why_and_is_left_alone(tmp_path, server):
    write(tmp_path, "broken", 'version = 1\nendpoint = "x"\n')
    async with opened(tmp_path, server=server) as explore:
        await go_to_presets(explore, "broken")
        entry = explore.screen.preset_list.entries[0]
        assert isinstance(entry, BrokenPreset)
        await explore.press("enter")
        await explore.until(lambda: told(explore))
        assert "broken.toml" in told(explore)
        assert file_of(tmp_path, "broken").read_text() == 'version = 1\nendpoint = "x"\n'


async def test_what_was_typed_is_there_after_a_restart(tmp_path, server):
    async with opened(tmp_path, server=server) as explore:
        await explore.listed()
        await explore.choose("echo")
        await explore.press("ctrl+n", *"precious")
        await explore.pilot.pause()
        typed = explore.request
    async with opened(tmp_path, server=server) as explore:
        await explore.until(lambda: explore.request == typed)
        assert explore.request.body == InlineBody(data=b"precious")


async def test_without_placeholders_braces_are_sent_as_they_stand(tmp_path, server):
    write(tmp_path, "a", ECHO)
    async with opened(tmp_path, server=server) as explore:
        await explore.listed()
        await go_to_presets(explore, "a")
        await explore.press("enter")
        await explore.until(lambda: explore.screen.opened)
        await explore.press("alt+s")
        await explore.until(lambda: isinstance(explore.app.screen, SavePresetScreen))
        fills = explore.app.screen.query_one("#fills", Checkbox)
        assert "X" in fills.render().plain
        fills.value = False
        assert "X" not in fills.render().plain
        fills.focus()
        await explore.pilot.pause()
        assert fills.outer_size.height == 1
        await explore.press("enter")
        await explore.until(lambda: not explore.screen.base.has_placeholders)
        await explore.send()
        assert invocations(server)[-1].body == b"hello {{city}} {{other}}"
        assert tomllib.loads(file_of(tmp_path, "a").read_text())["body"] == (
            "hello {{city}} {{other}}"
        )


async def test_a_filter_leaves_the_cursor_on_the_first_that_fits(tmp_path, server):
    for name in ("a", "b one", "b two", "c"):
        write(tmp_path, name, ECHO)
    async with opened(tmp_path, server=server) as explore:
        await go_to_presets(explore, "a", "b one", "b two", "c")
        await explore.press("G", "slash", "b", "enter")
        assert explore.screen.preset_list.current.place.name == "b one"
        await explore.press("down", "escape")
        assert explore.screen.preset_list.current.place.name == "b two"


async def test_what_was_typed_comes_back_after_several_presets_were_opened(tmp_path, server):
    write(tmp_path, "a", ECHO)
    write(tmp_path, "b", ECHO.replace("hello", "bye"))
    async with opened(tmp_path, server=server) as explore:
        await explore.listed()
        await explore.choose("iris-classifier")
        explore.screen.form.focus_body()
        await explore.press("ctrl+end", *"9,9,9,9")
        typed = explore.request
        await go_to_presets(explore, "a", "b")
        await explore.press("enter")
        await explore.until(lambda: explore.screen.opened)
        await explore.press("down", "enter")
        await explore.until(lambda: explore.screen.opened.place.name == "b")
        await explore.press("ctrl+r")
        await explore.until(lambda: explore.screen.opened.place.name == "a")
        await explore.press("ctrl+r")
        await explore.until(lambda: explore.request == typed)
        assert explore.screen.opened is None
        assert explore.screen.endpoint_name == "iris-classifier"


def drawn(presets):
    """The rows without the endpoints at their right."""
    lines = (presets.render_line(y).text for y in range(len(presets.entries)))
    return sorted(line.split("   ")[0].strip() for line in lines)


async def test_what_comes_with_the_program_is_copied_rather_than_renamed(tmp_path, server):
    shipped = tmp_path / "shipped"
    shipped.mkdir()
    (shipped / "a.toml").write_text(ECHO)
    async with opened(tmp_path, server=server, shipped_presets=(shipped,)) as explore:
        await go_to_presets(explore, "a")
        await explore.press("r")
        await explore.until(lambda: "a comes with sagescope" in told(explore))
        assert explore.app.screen is explore.screen
        await explore.press("c")
        await explore.until(lambda: "Copied as a" in told(explore))
        assert file_of(tmp_path, "a").read_text() == ECHO
        await explore.until(lambda: len(explore.screen.preset_list.entries) == 2)
        assert explore.screen.preset_list.current.place == explore.screen.opened.place
        assert drawn(explore.screen.preset_list) == ["a", "a · demo"]
        await explore.press("delete")
        await explore.until(lambda: "a is deleted" in told(explore))
        assert not file_of(tmp_path, "a").exists()
        await explore.until(lambda: drawn(explore.screen.preset_list) == ["a"])


async def test_the_cursor_goes_along_with_a_copy_and_with_a_new_name(tmp_path, server):
    for name in "abc":
        write(tmp_path, name, ECHO)
    async with opened(tmp_path, server=server) as explore:
        presets = explore.screen.preset_list
        await go_to_presets(explore, "a", "b", "c")
        await explore.press("c")
        await explore.until(lambda: len(presets.entries) == 4)
        await explore.until(lambda: presets.current.place.name == "a copy")
        assert explore.screen.opened.place == presets.current.place
        await explore.press("r")
        await explore.until(lambda: explore.app.screen is not explore.screen)
        explore.app.screen.query_one("#name", Input).value = "z"
        await explore.press("enter")
        await explore.until(lambda: presets.current.place.name == "z")
        await explore.press("up")
        assert presets.current.place.name == "c"
