from __future__ import annotations

from textual.containers import VerticalScroll
from textual.geometry import Offset
from textual.screen import Screen
from textual.widgets import Input

from tests.app.stand_in import make_app
from tui.screens.jump import JumpScreen, jump_targets


class Tall(Screen):
    def compose(self):
        with VerticalScroll(can_focus=False):
            for name in ("first", "second", "third", "fourth"):
                box = Input(id=name)
                box.styles.height = 12
                yield box


class Choosing(Tall):
    def jump_targets(self):
        return {"x": self.query_one("#second"), "z": self.query_one("#fourth")}


async def test_a_letter_stands_at_each_place_and_leads_there(app, desk):
    async with app.run_test() as pilot:
        await pilot.press("ctrl+o")
        labels = {str(each.render()): each.region for each in app.screen.query(".jump-letter")}
        assert set(labels) == {"a", "s"}
        assert labels["s"].offset == desk.query_one("#rows").region.offset + Offset(1, 0)
        await pilot.press("s")
        assert app.screen is desk
        assert desk.focused.id == "rows"


async def test_a_capital_letter_is_the_same_key(app, desk):
    async with app.run_test() as pilot:
        await pilot.press("ctrl+o", "S")
        assert desk.focused.id == "rows"


async def test_escape_stays_and_other_keys_do_nothing(app, desk):
    async with app.run_test() as pilot:
        await pilot.press("ctrl+o", "q", "left_shift", "ctrl+j")
        assert isinstance(app.screen, JumpScreen)
        assert desk.done == []
        await pilot.press("escape")
        assert app.screen is desk
        assert desk.focused.id == "name"


async def test_pressed_twice_it_is_open_once(app, desk):
    async with app.run_test() as pilot:
        await pilot.press("ctrl+o", "ctrl+o", "escape")
        assert app.screen is desk


async def test_what_is_not_on_screen_has_no_letter(tmp_path):
    screen = Tall()
    app = make_app(screen, tmp_path)
    async with app.run_test(size=(80, 24)):
        assert [each.id for each in jump_targets(screen).values()] == ["first", "second"]


async def test_a_screen_can_choose_places_and_letters(tmp_path):
    screen = Choosing()
    app = make_app(screen, tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        assert {letter: each.id for letter, each in jump_targets(screen).items()} == {"x": "second"}
        await pilot.press("ctrl+o", "x")
        assert screen.focused.id == "second"


async def test_the_letters_follow_a_change_of_size(app, desk):
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("ctrl+o")
        await pilot.resize_terminal(60, 20)
        await pilot.pause()
        await pilot.pause()
        regions = [each.region.offset for each in app.screen.query(".jump-letter")]
        places = [desk.query_one(each).region.offset + Offset(1, 0) for each in ("#name", "#rows")]
        assert regions == places


async def test_it_works_in_a_dialog(app):
    async with app.run_test() as pilot:
        await pilot.press("f12", "ctrl+o", "a")
        assert app.screen.focused.id == "frame"
