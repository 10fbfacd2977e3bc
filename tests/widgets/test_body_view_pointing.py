"""What the mouse does in a body view: clicks, the wheel, and selecting at the edges."""

import json

import pytest
from textual import events
from textual.geometry import Offset
from textual.widgets import Static

from tests.app.waiting import until
from tests.widgets.test_body_view import Hand, texts_on
from tests.widgets.test_body_view_finding import Harness
from tests.widgets.test_body_view_selecting import drag
from tui.widgets.body_view.view import BodyView

LINES = b"".join(b"line %d\n" % n for n in range(60))
RECORDS = json.dumps({"predictions": [{"id": n, "of": [1, n]} for n in range(20)]}).encode()


@pytest.fixture
async def hand():
    app = Harness()
    async with app.run_test(size=(60, 12)) as pilot:
        yield Hand(app, pilot)


class Between(Harness):
    """Has something above and below the view."""

    def compose(self):
        yield Static("above", id="above")
        yield from super().compose()
        yield Static("below", id="below")


@pytest.fixture
async def between():
    app = Between()
    async with app.run_test(size=(60, 12)) as pilot:
        hand = Hand(app, pilot)
        await hand.show(LINES, "text/plain")
        yield hand


async def click(hand, x, y, times=1):
    await hand.pilot.click(BodyView, offset=(x, y), times=times)
    await hand.pilot.pause()


def numbers(hand):
    return [line.split()[0].rstrip("▸") for line in hand.lines if line.split()]


async def test_a_click_puts_the_cursor_on_its_row(hand):
    await hand.show(b"one\ntwo\nthree\n", "text/plain")
    await click(hand, 4, 1)
    assert "".join(texts_on(hand, "cursor")).split() == ["2", "two"]
    await click(hand, 4, 9)
    assert hand.view.cursor == 1


async def test_a_click_beside_a_bracket_folds_and_unfolds_it(hand):
    await hand.show(RECORDS)
    await click(hand, 1, 2)
    assert numbers(hand)[:4] == ["1", "2", "3", "10"]
    assert hand.lines[2].startswith("   3▸    { … 2 keys }")
    await click(hand, 1, 2)
    assert numbers(hand)[:4] == ["1", "2", "3", "4"]
    await click(hand, 1, 3)
    assert numbers(hand)[:4] == ["1", "2", "3", "4"]
    assert hand.view.cursor == 3


async def test_a_click_on_what_is_said_of_a_fold_unfolds_it(hand):
    await hand.show(RECORDS)
    await hand.press("minus")
    at = hand.lines[1].index("20 items")
    await click(hand, at, 1)
    assert numbers(hand)[:4] == ["1", "2", "3", "10"]
    await click(hand, at, 1)
    assert numbers(hand)[:4] == ["1", "2", "3", "10"]


async def test_two_clicks_on_a_row_with_a_bracket_fold_it(hand):
    await hand.show(RECORDS)
    await click(hand, 8, 1, times=2)
    assert numbers(hand) == ["1", "2", "144"]
    await click(hand, 8, 1, times=2)
    assert numbers(hand)[2] == "3"


async def test_two_clicks_in_the_gutter_count_once(hand):
    await hand.show(RECORDS)
    await click(hand, 1, 2, times=2)
    assert numbers(hand)[3] == "10"


async def test_dragging_over_a_bracket_selects_and_folds_nothing(hand):
    await hand.show(b'{"a": [1, 2]}')
    before = hand.lines
    await drag(hand, Offset(0, 1), Offset(7, 3))
    assert hand.view.text_to_copy() == '  "a": [\n    1,\n    2'
    hand.app.screen.clear_selection()
    await hand.pilot.pause()
    assert hand.lines == before


async def test_two_clicks_select_a_word_and_three_a_line(hand):
    await hand.show(b"some words, -1.5e3\nmore\n", "text/plain")
    await click(hand, 9, 0, times=2)
    assert hand.view.text_to_copy() == "words"
    await click(hand, 18, 0, times=2)
    assert hand.view.text_to_copy() == "-1.5e3"
    await click(hand, 9, 0, times=3)
    assert hand.view.text_to_copy() == "some words, -1.5e3"


async def test_escape_drops_what_the_mouse_selected_and_then_goes_back(hand):
    await hand.show(b'{"a": {"b": [1, 2, 3]}}')
    await hand.press("down", "o")
    await until(lambda: hand.view.derived is not None)
    await drag(hand, Offset(6, 1), Offset(8, 2))
    await hand.press("escape")
    assert hand.view.text_selection is None
    assert hand.view.derived is not None
    await hand.press("escape")
    assert hand.view.derived is None


async def test_escape_drops_what_the_mouse_selected(hand):
    await hand.show(b"one two\n", "text/plain")
    await click(hand, 4, 0, times=2)
    await hand.press("escape")
    assert hand.view.text_to_copy() == "one two"


@pytest.mark.parametrize("key", ["v", "W", "minus"])
async def test_what_the_mouse_selected_among_other_rows_is_no_longer(hand, key):
    await hand.show(RECORDS)
    await drag(hand, Offset(6, 1), Offset(9, 3))
    await hand.press(key)
    assert hand.view.text_selection is None


async def test_a_line_is_selected_up_to_its_last_column(hand):
    await hand.show(b"abc\n" + b"x" * 30 + b"y" * 60 + b"\nlast\n", "text/plain")
    right = hand.view.content_region.width - 1
    await drag(hand, Offset(3, 0), Offset(right - 1, 1))
    assert hand.view.text_to_copy() == "abc\n" + "x" * 30 + "y" * (right - 33)
    await drag(hand, Offset(3, 1), Offset(right, 2))
    assert hand.view.text_to_copy() == "x" * 30 + "y" * 60 + "\nlast"


async def test_a_selection_from_the_gutter_is_of_lines_from_their_starts(hand):
    await hand.show(b"one\ntwo\nthree\n", "text/plain")
    await drag(hand, Offset(0, 0), Offset(1, 2))
    assert hand.view.text_to_copy() == "one\ntwo\n"
    assert texts_on(hand, "selection") == ["one", "two"]
    await drag(hand, Offset(0, 2), Offset(4, 1))
    assert hand.view.text_to_copy() == "wo\n"


async def test_a_selection_goes_on_while_the_pointer_is_below_the_view(between):
    view, pilot = between.view, between.pilot
    await pilot.mouse_down(view, offset=Offset(view.gutter_cells, 1))
    await pilot.hover("#below", offset=Offset(view.gutter_cells + 5, 0))
    await until(lambda: view.scroll_offset.y == view.max_scroll_y)
    await pilot.mouse_up("#below", offset=Offset(view.gutter_cells + 5, 0))
    assert view.text_to_copy().splitlines() == [f"line {n}" for n in range(1, 59)] + ["line 5"]


async def test_a_selection_goes_on_while_the_pointer_is_above_the_view(between):
    view, pilot = between.view, between.pilot
    await between.press("G")
    await pilot.mouse_down(view, offset=Offset(view.gutter_cells + 2, 1))
    await pilot.hover("#above", offset=Offset(view.gutter_cells + 2, 0))
    await until(lambda: view.scroll_offset.y == 0)
    await pilot.mouse_up("#above", offset=Offset(view.gutter_cells + 2, 0))
    assert view.text_to_copy().startswith("ne 0\nline 1\n")


async def test_a_selection_goes_on_to_the_right_as_far_as_its_line(hand):
    await hand.show(b"short\n" + b"x" * 150 + b"\nshort\n", "text/plain")
    hand.view.styles.width = 30
    await hand.pilot.pause()
    await hand.pilot.mouse_down(BodyView, offset=Offset(hand.view.gutter_cells, 1))
    await hand.pilot.hover(offset=Offset(50, 0))
    await hand.pilot.hover(offset=Offset(50, 2))
    assert hand.view.scroll_offset.x == 0
    await hand.pilot.hover(offset=Offset(50, 1))
    await until(lambda: hand.view.text_to_copy() == "x" * 150)
    await hand.pilot.mouse_up(offset=Offset(50, 1))
    assert hand.view.text_to_copy() == "x" * 150


async def test_what_is_scrolled_while_a_button_is_held_is_selected(hand):
    await hand.show(LINES, "text/plain")
    await hand.pilot.mouse_down(BodyView, offset=Offset(hand.view.gutter_cells, 0))
    await hand.pilot.hover(BodyView, offset=Offset(hand.view.gutter_cells + 5, 2))
    hand.view.scroll_to(y=20, animate=False, immediate=True)
    await hand.pilot.mouse_up(BodyView, offset=Offset(hand.view.gutter_cells + 5, 2))
    assert hand.view.text_to_copy().splitlines()[-2:] == ["line 21", "line 2"]


async def test_another_body_ends_a_selection_that_is_being_made(hand):
    await hand.show(b"one\ntwo\n", "text/plain")
    await hand.pilot.mouse_down(BodyView, offset=Offset(4, 0))
    await hand.pilot.hover(BodyView, offset=Offset(5, 1))
    await hand.show(b"other\n", "text/plain")
    await hand.pilot.hover(BodyView, offset=Offset(6, 0))
    assert hand.view.text_selection is None


async def test_a_selection_over_wrapped_rows_has_no_breaks_of_ours(hand):
    await hand.show(b"word " * 40 + b"\nend\n", "text/plain")
    await hand.press("W")
    await drag(hand, Offset(3, 0), Offset(hand.view.content_region.width - 1, 2))
    assert "\n" not in hand.view.text_to_copy()
    assert ("word " * 40).startswith(hand.view.text_to_copy())
    await drag(hand, Offset(3, 0), Offset(1, 1))
    assert hand.view.text_to_copy() == hand.view.document.row(0).source


async def test_a_click_in_a_table_puts_the_cursor_on_its_cell(hand):
    await hand.show(b"name,score\na,1\nb,2\n", "text/csv")
    await click(hand, hand.lines[2].index("2", 4), 2)
    assert texts_on(hand, "selection") == ["2"]
    await click(hand, hand.lines[0].index("name"), 0, times=2)
    assert hand.view.text_selection is None
    assert "name ▼" in hand.lines[0]


def turn(hand, kind, *, shift=False):
    at = hand.view.content_region.offset + Offset(4, 2)
    event = kind(
        hand.view, *at, 0, 0, 0, shift, False, False, screen_x=at.x, screen_y=at.y, style=None
    )
    hand.app.screen._forward_event(event)  # noqa: SLF001 - as the terminal's driver does


@pytest.mark.parametrize(
    ("right", "left", "shift"),
    [
        (events.MouseScrollDown, events.MouseScrollUp, True),
        (events.MouseScrollRight, events.MouseScrollLeft, False),
    ],
)
async def test_the_wheel_looks_sideways(hand, right, left, shift):
    await hand.show(b"\n".join(b"x" * 200 for _ in range(50)), "text/plain")
    for _ in range(3):
        turn(hand, right, shift=shift)
        await hand.pilot.pause()
    assert hand.view.scroll_offset == (12, 0)
    turn(hand, left, shift=shift)
    await hand.pilot.pause()
    assert hand.view.scroll_offset == (8, 0)
    await hand.show(b"name,score\na,1\nb,2\n", "text/csv")
    turn(hand, right, shift=shift)
    await hand.pilot.pause()
    assert hand.view.table.column == 1
    turn(hand, left, shift=shift)
    await hand.pilot.pause()
    assert hand.view.table.column == 0


async def test_the_wheel_moves_rows_and_leaves_the_cursor(hand):
    await hand.show(b"\n".join(b"%d" % n for n in range(50)), "text/plain")
    turn(hand, events.MouseScrollDown)
    await hand.pilot.pause()
    assert hand.view.scroll_offset.y > 0
    assert hand.view.cursor == 0
