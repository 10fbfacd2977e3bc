from __future__ import annotations

import pytest
from textual.containers import VerticalScroll
from textual.widget import Widget

from tests.app.stand_in import make_app
from tests.app.waiting import shown
from tui.screens.help import find_help, help_page, title_of, unwrap


async def test_help_tells_the_words_and_keys_of_the_focus_then_of_the_screen(app):
    async with app.run_test(size=(100, 50)) as pilot:
        await pilot.press("f1")
        page = shown(app)
    in_order = [
        "Help · name input",
        "The name of it, as one types it.",
        "Keys here",
        "Put a stamp on it",
        "Keys of this screen",
        "Send it once",
        "Keys everywhere",
        "f1",
        "Moving and editing",
        "Delete character left",
    ]
    places = [page.find(words) for words in in_order]
    assert -1 not in places, dict(zip(in_order, places, strict=True))
    assert places == sorted(places)


async def test_hostile_help_is_literal(app):
    async with app.run_test(size=(100, 50)) as pilot:
        await pilot.press("f1")
        assert "Markup is [b]literal[/b] here, and ␛[31m too." in shown(app)


async def test_a_key_that_was_rebound_is_told_as_it_is_now(desk, tmp_path):
    app = make_app(desk, tmp_path, keymap={"name.stamp": "f7"})
    async with app.run_test(size=(100, 50)) as pilot:
        await pilot.press("f1")
        (row,) = (line for line in shown(app).splitlines() if "Put a stamp on it" in line)
        assert "f7" in row
        assert "f6" not in row


async def test_keys_that_do_the_same_stand_together(app, desk):
    async with app.run_test() as pilot:
        desk.query_one("#rows").focus()  # in an input, ? is typed
        await pilot.pause()
        groups = dict(help_page(app, desk).groups)
        keys = [each.keys for each in groups["Keys everywhere"] if "Help for" in each.words]
        assert keys == ["f1, ?"]


async def test_a_long_page_scrolls_and_escape_closes_it(app, desk):
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("f1")
        frame = app.screen.query_one("#frame", VerticalScroll)
        assert frame.max_scroll_y > 0
        await pilot.press("pagedown")
        assert frame.scroll_y > 0
        await pilot.press("escape")
        assert app.screen is desk


async def test_what_has_no_help_takes_that_of_what_holds_it(app, desk):
    async with app.run_test():
        desk.help_text = "All about the desk."
        node, words = find_help(desk.query_one("#rows"))
        assert node is desk
        assert words == "All about the desk."


@pytest.mark.parametrize(
    ("name", "title"), [("EndpointList", "endpoint list"), ("ConnectScreen", "connect")]
)
def test_a_class_is_named_for_people(name, title):
    assert title_of(type(name, (Widget,), {})()) == title


def test_lines_of_a_paragraph_are_joined_and_lists_are_left():
    assert unwrap("one\ntwo\n\n- a\n- b\n\nthree") == "one two\n\n- a\n- b\n\nthree"
