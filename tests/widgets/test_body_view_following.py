"""What is selected of a body that comes, and whether its end is followed then."""

import pytest
from textual.geometry import Offset

from tests.app.waiting import until
from tests.widgets.test_body_view_finding import Harness
from tests.widgets.test_body_view_growing import LINES, GrowingHand
from tests.widgets.test_body_view_selecting import drag
from tui.widgets.body_view import growing


@pytest.fixture
async def hand(monkeypatch):
    monkeypatch.setattr(growing, "_DESCRIBED_AFTER_S", 1_000)  # only what is told at once
    app = Harness()
    async with app.run_test(size=(60, 12)) as pilot:
        hand = GrowingHand(app, pilot)
        await hand.grow("text/plain")
        await hand.come(LINES)
        yield hand


async def select_by_keys(hand):
    await hand.press("shift+left")


async def select_by_mouse(hand):
    left = hand.view.gutter_cells
    await drag(hand, Offset(left, 2), Offset(left + 3, 2))
    assert hand.view.text_selection is not None


async def is_told(hand, words):
    await until(lambda: hand.app.described[-1].split(" · ")[-1] == words)


@pytest.mark.parametrize("select", [select_by_keys, select_by_mouse])
@pytest.mark.parametrize("key", ["escape", "G"])
async def test_one_is_told_at_once_that_what_is_selected_holds_one_and_what_does_not(
    hand, select, key
):
    await is_told(hand, "following")
    await select(hand)
    await is_told(hand, "G follows")
    await hand.come(LINES)
    assert hand.view.cursor == 29
    await hand.press(key)
    await is_told(hand, "following")
    assert hand.view.cursor == 59
    assert hand.view.selected_part() is None
    await hand.come(b"61\n")
    assert hand.view.cursor == 60


async def test_a_column_stays_where_nothing_more_comes(hand):
    await hand.end()
    await hand.press("shift+left", "G")
    assert hand.view.column is not None
