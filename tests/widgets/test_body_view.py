"""The body view by its keys, and by what it draws."""

import json

import pytest
from textual.app import App

from tests.app.waiting import until
from tui.body.shown_body import ShownBody
from tui.widgets.body_view.view import BodyView
from tui.widgets.theming import variable_defaults

RECORDS = json.dumps({"predictions": [{"id": n, "score": 0.5} for n in range(200)]}).encode()
VECTORS = json.dumps([[float(n)] * 16 for n in range(3)]).encode()
HOSTILE = json.dumps({"a\x1b[31m": "\x9b2J\x00\u202e[/]"}).encode()


class Harness(App):
    def __init__(self):
        super().__init__()
        self.described = []

    def get_theme_variable_defaults(self):
        return variable_defaults(self.current_theme)

    def compose(self):
        yield BodyView(id="body")

    def on_body_view_described(self, event):
        self.described.append(event.words)


class Hand:
    """The view in a running app."""

    def __init__(self, app, pilot):
        self.app, self.pilot = app, pilot
        self.view = app.query_one(BodyView)

    async def show(self, data, content_type="application/json"):
        self.view.shown = ShownBody(data, content_type)
        self.view.focus()
        await self.pilot.pause()

    async def press(self, *keys):
        await self.pilot.press(*keys)
        await self.pilot.pause()

    @property
    def lines(self):
        region = self.view.content_region
        strips = self.app.screen._compositor.render_strips()  # noqa: SLF001 - what is on screen
        return [
            strip.crop(region.x, region.right).text.rstrip()
            for strip in strips[region.y : region.bottom]
        ]


def texts_on(hand, look):
    """What is drawn with the ground of a component class, if it is drawn now."""
    return _on_ground(hand, look, map(hand.view.render_line, range(hand.view.size.height)))


def drawn_on(hand, look):
    """What is on the screen with that ground, perhaps drawn long ago."""
    return _on_ground(hand, look, hand.app.screen._compositor.render_strips())  # noqa: SLF001


def _on_ground(hand, look, strips):
    ground = hand.view.get_component_rich_style(f"body-view--{look}").bgcolor
    return [part.text for strip in strips for part in strip if part.style.bgcolor == ground]


@pytest.fixture
async def hand():
    app = Harness()
    async with app.run_test(size=(60, 12)) as pilot:
        yield Hand(app, pilot)


async def test_json_is_indented_numbered_and_described(hand):
    await hand.show(b'{"a":1E5,"b":[true]}')
    assert [line.strip() for line in hand.lines[:6]] == [
        "1 {",
        '2   "a": 1E5,',
        '3   "b": [',
        "4     true",
        "5   ]",
        "6 }",
    ]
    assert hand.app.described[-1] == "JSON · 6 lines"


async def test_it_goes_to_the_end_and_back_by_keys(hand):
    await hand.show(RECORDS)
    await hand.press("G")
    assert hand.lines[-1].split() == ["804", "}"]
    await hand.press("g")
    assert hand.lines[0].split() == ["1", "{"]
    await hand.press("pagedown")
    assert hand.lines[0].split()[0] != "1"


async def test_another_look_is_one_key_away(hand):
    await hand.show(b'{"a":1}')
    await hand.press("v")
    assert '{"a":1}' in hand.lines[0]
    await hand.press("v")
    assert "7b 22 61 22" in hand.lines[0]
    await hand.press("v")
    assert hand.lines[0].endswith("{")


async def test_without_a_selection_all_is_copied_as_shown(hand):
    await hand.show(b'{"a":1}')
    await until(lambda: hand.view.is_laid_out)
    assert hand.view.text_to_copy() == '{\n  "a": 1\n}'


async def test_rows_selected_with_shift_are_copied(hand):
    await hand.show(b"one\ntwo\nthree\n", "text/plain")
    await hand.press("down", "shift+down")
    assert hand.view.text_to_copy() == "two\nthree"
    await hand.press("up")
    assert hand.view.text_to_copy() == "one\ntwo\nthree"


async def test_a_dragged_selection_is_copied_without_the_gutter(hand):
    await hand.show(b"one\ntwo\nthree\n", "text/plain")
    await hand.pilot.mouse_down(BodyView, offset=(3, 0))
    await hand.pilot.hover(BodyView, offset=(6, 1))
    await hand.pilot.mouse_up(BodyView, offset=(6, 1))
    await hand.pilot.pause()
    assert hand.view.text_to_copy() == "one\ntwo"


async def test_all_of_a_large_body_is_copied_as_it_came(hand):
    data = b"[" + b",".join([b"1"] * 30_000) + b"]"
    await hand.show(data)
    hand.view.text_select_all()
    assert hand.view.text_to_copy() == data.decode()


async def test_long_lines_wrap_on_demand(hand):
    await hand.show(b"word " * 40, "text/plain")
    assert hand.lines[1] == ""
    await hand.press("W")
    assert hand.lines[1] != ""
    assert hand.view.text_to_copy() == ("word " * 40)


async def test_nothing_hostile_is_drawn(hand):
    await hand.show(HOSTILE)
    assert all(line.isprintable() for line in hand.lines)
    await hand.press("v")
    assert all(line.isprintable() for line in hand.lines)


async def test_another_body_begins_at_its_top(hand):
    await hand.show(RECORDS)
    await hand.press("G")
    await hand.show(b'{"a":1}')
    assert hand.lines[0].split() == ["1", "{"]
    hand.view.shown = None
    await hand.pilot.pause()
    assert set(hand.lines) == {""}


async def test_an_empty_body_says_so(hand):
    await hand.show(b"")
    assert hand.app.described[-1] == "empty"


@pytest.mark.parametrize("data", [b"", b"\xef\xbb\xbf", b"\xff\xfe", b"\n", b" "])
@pytest.mark.parametrize("content_type", ["application/json", "text/plain", "text/csv"])
async def test_a_body_of_nothing_to_read_takes_every_key(hand, data, content_type):
    await hand.show(data, content_type)
    for _ in range(4):
        await hand.press(
            "shift+down", "shift+right", *":3", "enter", "G", "enter", "minus", "c", "p"
        )
        assert len(hand.view.text_to_copy()) < 80
        await hand.press("n", *"/x", "enter", "n", "o", "s", "v")


async def test_a_large_body_is_shown_before_all_of_it_is_laid_out(hand):
    hand.view.shown = ShownBody(b"[" + b",".join([RECORDS] * 400) + b"]", "application/json")
    hand.view.focus()
    assert not hand.view.is_laid_out
    first = hand.view.row_count
    assert first > 0
    await until(lambda: hand.view.is_laid_out)
    assert hand.view.row_count > first


async def test_a_theme_changes_the_colours(hand):
    await hand.show(b'{"a":1}')
    before = hand.app.export_screenshot()
    hand.app.theme = "textual-light"
    await hand.pilot.pause()
    assert hand.app.export_screenshot() != before


@pytest.mark.parametrize("size", [(1, 1), (3, 3), (10, 2)])
async def test_any_size_is_survived(size):
    app = Harness()
    async with app.run_test(size=size) as pilot:
        hand = Hand(app, pilot)
        await hand.show(RECORDS)
        await hand.press("W", "G", "v", "v")
        assert hand.view.row_count > 0


async def test_the_cursor_stays_in_view_as_the_view_gets_lower(hand):
    await hand.show(RECORDS)
    await hand.press(*["down"] * 9)
    for width, height in ((60, 4), (20, 2), (60, 12)):
        await hand.pilot.resize_terminal(width, height)
        await hand.pilot.pause()
        assert "".join(texts_on(hand, "cursor")).split()[0] == "10"


async def test_the_line_of_the_cursor_is_to_be_seen_while_one_is_there(hand):
    await hand.show(b"one\ntwo\n", "text/plain")
    await hand.press("down")
    assert "".join(texts_on(hand, "cursor")).split() == ["2", "two"]
    hand.app.set_focus(None)
    await hand.pilot.pause()
    assert texts_on(hand, "cursor") == []


async def test_selected_lines_are_to_be_seen(hand):
    await hand.show(b"one\ntwo\nthree\n", "text/plain")
    await hand.press("down", "shift+down")
    assert "".join(texts_on(hand, "selection")).split() == ["2", "two", "3", "three"]


async def test_a_line_that_goes_on_says_so_and_takes_no_row_for_it(hand):
    await hand.show(b'["' + b"x" * 200 + b'",\n1]')
    assert [line[-1] for line in hand.lines[:3]] == ["[", "…", "1"]
    assert not hand.view.show_horizontal_scrollbar or not hand.view.scrollbar_size_horizontal
    await hand.press(*["right"] * 200)
    assert hand.lines[1].endswith('x",')


async def test_the_path_of_the_first_row_is_told_before_one_moves(hand):
    hand.view.lenses_by_type = {"application/json": "vector"}
    await hand.show(VECTORS)
    await hand.press("down")
    await until(lambda: hand.app.described[-1].endswith("[1]"))
    await hand.show(VECTORS[:-1] + b", [7]]")
    await until(lambda: hand.app.described[-1].endswith("[0]"))
