from __future__ import annotations

import base64
import signal
import sys

import pytest
from textual.command import CommandPalette
from textual.widgets import Input, OptionList

from tests.app.scenes import Desk
from tests.app.stand_in import make_app
from tests.app.waiting import notes, shown, until
from tests.explorer.gateways import HungDoor
from tui.screens.commands import gather
from tui.screens.debug import DebugScreen
from tui.screens.help import HelpScreen
from tui.widgets.copying import CopyRequested

# ---- keys ----------------------------------------------------------------------------------


async def test_the_keymap_of_the_settings_holds(desk, tmp_path):
    app = make_app(desk, tmp_path, keymap={"desk.send": "f9", "app.help": "?,f11"})
    async with app.run_test() as pilot:
        await pilot.press("ctrl+j")
        assert desk.done == []
        await pilot.press("f9")
        assert desk.done == ["sent"]
        await pilot.press("f11")
        assert isinstance(app.screen, HelpScreen)


async def test_a_question_mark_is_typed_in_an_input_and_asks_for_help_elsewhere(app, desk):
    async with app.run_test() as pilot:
        await pilot.press("question_mark")
        assert desk.query_one("#name", Input).value == "?"
        desk.query_one("#rows").focus()
        await pilot.press("question_mark")
        assert isinstance(app.screen, HelpScreen)
        await pilot.press("f1")
        assert app.screen is desk


async def test_everywhere_keys_work_in_dialogs_too(app):
    async with app.run_test() as pilot:
        await pilot.press("f12")
        await pilot.press("f1")
        assert isinstance(app.screen, HelpScreen)
        await pilot.press("escape")
        assert isinstance(app.screen, DebugScreen)


# ---- palette -------------------------------------------------------------------------------


async def test_all_that_is_bound_is_in_the_palette_but_what_is_not_possible(app, desk):
    async with app.run_test():
        commands = {each.title: each for each in gather(app, desk)}
    assert {"Send", "Again", "Stamp", "Take", "Jump", "Help", "Debug information", "Quit"} <= set(
        commands
    )
    assert "Never" not in commands
    assert commands["Send"].keys == "^j"
    assert commands["Send"].help == "Send it once"
    assert next(iter(commands)) == "Send"


async def test_a_command_is_found_by_typing_and_done(app, desk):
    async with app.run_test() as pilot:
        await pilot.press("ctrl+p")
        await until(lambda: "Send it once" in shown(app))
        await pilot.press(*"again")
        await until(lambda: "Do it again" in shown(app) and "Send it once" not in shown(app))
        await pilot.press("enter")
        await until(lambda: desk.done == ["again"])


async def test_what_is_bound_elsewhere_gets_the_focus_and_is_done(app, desk):
    async with app.run_test() as pilot:
        await pilot.press("ctrl+p")
        await pilot.press(*"take")
        await until(lambda: "Take the row" in shown(app) and "Send it once" not in shown(app))
        await pilot.press("enter")
        await until(lambda: desk.done == ["took with focus on rows"])


async def test_a_theme_is_in_the_palette_by_name(app):
    async with app.run_test() as pilot:
        await pilot.press("ctrl+p")
        await pilot.press(*"sagescope-ember")
        await until(lambda: "Theme: sagescope-ember" in shown(app))
        await pilot.press("enter")
        await until(lambda: app.theme == "sagescope-ember")


async def test_a_hostile_title_is_literal_in_the_palette(tmp_path):
    class Offering(Desk):
        def palette_commands(self):
            return [("Open prod[/]\x1b[31m[@click=app.quit]x", lambda: self.done.append("opened"))]

    desk = Offering()
    app = make_app(desk, tmp_path)
    async with app.run_test() as pilot:
        await pilot.press("ctrl+p", *"open prod")
        await until(lambda: "Open prod[/]␛[31m[@click=app.quit]x" in shown(app))
        await pilot.press("enter")
        await until(lambda: desk.done == ["opened"])


async def test_the_palette_opens_again(app):
    async with app.run_test() as pilot:
        await pilot.press("ctrl+p")
        await pilot.press("escape")
        await until(lambda: not CommandPalette.is_open(app))
        await pilot.press("ctrl+p")
        await until(lambda: CommandPalette.is_open(app) and "Send it once" in shown(app))


# ---- copying -------------------------------------------------------------------------------


def osc_52_of(written):
    sequences = [each for each in written if each.startswith("\x1b]52")]
    return [base64.b64decode(each[7:-1]).decode() for each in sequences]


@pytest.fixture
def written(app, monkeypatch):
    """Collects what the app writes to its terminal, once it runs."""
    sequences = []
    monkeypatch.setattr(type(app), "_write_to_terminal", lambda _, text: sequences.append(text))
    return sequences


async def test_what_a_widget_asks_to_copy_is_copied_and_told(app, desk, written):
    async with app.run_test():
        desk.query_one("#rows").post_message(CopyRequested("the text", "the [b]row[/b]"))
        await until(lambda: notes(app))
        assert osc_52_of(written) == ["the text"]
        assert notes(app) == [
            "Copied the [b]row[/b] to the terminal's clipboard, if it has one (OSC 52)"
        ]


async def test_textuals_own_copy_goes_the_same_way_and_pastes_again(app, desk, written):
    async with app.run_test() as pilot:
        await pilot.press(*"abc", "shift+home", "ctrl+c")
        await until(lambda: notes(app))
        assert osc_52_of(written) == ["abc"]
        await pilot.press("end", "ctrl+v")
        assert desk.query_one("#name", Input).value == "abcabc"


async def test_a_lone_surrogate_does_not_end_the_program(app, desk, written):
    async with app.run_test():
        desk.post_message(CopyRequested("\ud800", "the body"))
        await until(lambda: notes(app))
        assert osc_52_of(written) == ["?"]


async def test_too_much_for_a_terminal_is_saved_and_the_file_told(app, desk, tmp_path):
    async with app.run_test():
        desk.post_message(CopyRequested("x" * 80_000, "the body"))
        await until(lambda: notes(app))
        file = tmp_path / "cache" / "copied.txt"
        assert str(file) in notes(app)[0]
        assert file.read_text() == "x" * 80_000


async def test_a_copy_that_fails_everywhere_is_told(desk, tmp_path, monkeypatch):
    monkeypatch.delenv("DISPLAY", raising=False)
    (tmp_path / "home").write_text("")
    app = make_app(desk, tmp_path / "home")
    async with app.run_test():
        desk.post_message(CopyRequested("x" * 80_000, "the body"))
        await until(lambda: notes(app))
        assert "copied.txt" in notes(app)[0]


# ---- the end -------------------------------------------------------------------------------


async def test_quitting_does_not_wait_for_a_call_that_hangs(desk, tmp_path):
    door = HungDoor(None)
    app = make_app(desk, tmp_path, door=door)
    async with app.run_test() as pilot:
        app.run_worker(app._explorer.identify(), description="hang")  # noqa: SLF001
        await until(door.entered.is_set)
        await pilot.press("ctrl+q")
    assert door.thread.is_alive()
    assert door.thread.daemon
    door.gate.set()


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
async def test_a_signal_ends_the_program_like_quit(desk, tmp_path, number):
    app = make_app(desk, tmp_path)
    async with app.run_test():
        signal.raise_signal(number)
        await until(lambda: not app.is_running)
    assert app.return_code == 128 + number


@pytest.mark.parametrize("size", [(1, 1), (3, 3), (2, 40), (300, 1)])
async def test_no_terminal_is_too_small(app, size):
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.resize_terminal(*size)
        await pilot.pause()
        for key in ("f1", "escape", "ctrl+o", "escape", "ctrl+p", "escape", "f12", "escape"):
            await pilot.press(key)
        await pilot.resize_terminal(80, 24)
        await pilot.pause()
        assert app.is_running
        assert "Send" in shown(app)
        assert app.screen.query_one(OptionList).size.width > 10


@pytest.mark.parametrize(("width", "length"), [(80, 31), (80, 32), (120, 51), (120, 52)])
async def test_a_note_is_drawn_to_its_end(desk, tmp_path, width, length):
    app = make_app(desk, tmp_path)
    async with app.run_test(size=(width, 24), notifications=True):
        app.notify("saved to /" + "x" * length + " end.", markup=False)
        await until(lambda: "saved to" in shown(app))
        assert "end." in shown(app)
