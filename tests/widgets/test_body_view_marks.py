"""What is found is marked where it is in view, at little cost where there is much of it."""

import pytest

from tests.widgets.test_body_view import texts_on
from tests.widgets.test_body_view_finding import showing
from tui.widgets.body_view.painting import sight_of


@pytest.fixture
async def hand():
    async with showing(b"{}") as hand:
        yield hand


async def test_a_row_full_of_hits_has_no_more_marks_than_are_in_view(hand):
    await hand.show("漢1, ".encode() * 150, "text/plain")
    await hand.press("slash", "1", "enter")
    for _ in range(3):
        shown = "".join(hand.lines[:-1])
        marked = texts_on(hand, "hit") + texts_on(hand, "current-hit")
        assert marked.count("1") == shown.count("1") - shown.split()[0].count("1") > 8
        sight = sight_of(
            hand.view.row(0).text, int(hand.view.scroll_offset.x), hand.view.size.width
        )
        assert len(hand.view.marks(0, sight.chars)) <= hand.view.size.width // 4
        await hand.press(*["right"] * 3)
