"""Which lens a body view takes, and what stays in sight whatever is scrolled."""

import pytest
from textual.app import App

from tests.app.waiting import until
from tests.widgets.test_body_view import Hand
from tui.body.rows import Header, plain_row
from tui.body.text_document import TextDocument
from tui.widgets.body_view.view import BodyView
from tui.widgets.theming import variable_defaults


class Harness(App):
    def __init__(self):
        super().__init__()
        self.chosen = []

    def get_theme_variable_defaults(self):
        return variable_defaults(self.current_theme)

    def compose(self):
        yield BodyView(id="body")

    def on_body_view_lens_chosen(self, event):
        self.chosen.append((event.media_type, event.lens))


@pytest.fixture
async def hand():
    app = Harness()
    async with app.run_test(size=(60, 12)) as pilot:
        yield Hand(app, pilot)


async def test_a_lens_chosen_by_hand_is_taken_for_the_next_body_of_its_type(hand):
    await hand.show(b'{"a":1}', "application/json; charset=utf-8")
    await hand.press("v")
    assert hand.app.chosen == [("application/json", "raw")]
    await hand.show(b'{"b":2}', "application/json")
    assert '{"b":2}' in hand.lines[0]
    await hand.show(b'{"c":3}', "application/x-other+json")
    assert '"c": 3' in hand.lines[1]


async def test_a_lens_that_does_not_suit_a_body_is_not_taken(hand):
    hand.view.lenses_by_type = {"application/octet-stream": "pretty"}
    await hand.show(b"\x00\x01\x02", "application/octet-stream")
    assert "00 01 02" in hand.lines[0]


class Titled(TextDocument):
    """Lines below a title that never leaves."""

    header = Header(plain_row("title"))


async def test_a_header_stays_above_what_is_scrolled(hand):
    document = Titled(b"".join(b"line %d\n" % number for number in range(1, 101)), "text")
    hand.view.show_document(document)
    hand.view.focus()
    await hand.press("G")
    assert hand.lines[0].strip() == "title"
    assert hand.lines[-1].split() == ["100", "line", "100"]
    await hand.press("k", *["up"] * 9, "up")
    assert hand.lines[0].strip() == "title"
    assert hand.lines[1].split() == ["89", "line", "89"]
    await hand.press("g")
    assert hand.lines[0] == "     title"
    assert hand.lines[1].split()[:3] == ["1", "line", "1"]
    await hand.press("pagedown")
    assert hand.lines[1].split()[:3] == ["12", "line", "12"]


async def test_a_selection_below_a_header_is_of_the_rows_that_it_covers(hand):
    hand.view.show_document(Titled(b"one\ntwo\nthree\n", "text"))
    await hand.pilot.pause()
    await hand.pilot.mouse_down(BodyView, offset=(3, 2))
    await hand.pilot.hover(BodyView, offset=(8, 3))
    await hand.pilot.mouse_up(BodyView, offset=(8, 3))
    await hand.pilot.pause()
    assert hand.view.text_to_copy() == "two\nthree"


async def test_a_byte_of_json_that_is_no_utf_8_is_told_and_gone_to(hand):
    text = "\n".join(f'"line {number}",' for number in range(40))
    await hand.show(f'[{text}"caf\xe9"]'.encode("latin-1"), "application/json")
    await until(lambda: hand.view.document.is_summed_up)
    hand.view.describe()
    assert "line 40, column 15: byte 0xE9 is no UTF-8" in hand.view.document.words
    await hand.press("colon", "exclamation_mark", "enter")
    assert "caf" in hand.view.document.row(hand.view.cursor).text
