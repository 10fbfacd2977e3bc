"""A body that comes while it is looked at, all of it folded or not."""

import pytest

from tests.widgets.test_body_view_finding import Harness
from tests.widgets.test_body_view_growing import GrowingHand


@pytest.fixture
async def hand():
    app = Harness()
    async with app.run_test(size=(60, 16)) as pilot:
        yield GrowingHand(app, pilot)


@pytest.mark.parametrize(
    ("content_type", "unit"),
    [
        ("text/event-stream", b"event: a\ndata: one\n\n"),
        ("application/jsonlines", b'{"a": [1]}\n'),
        ("application/json", b'{"a": [1]}\n'),
    ],
)
async def test_what_comes_behind_the_first_is_folded_too_once_all_was(hand, content_type, unit):
    await hand.grow(content_type)
    await hand.come(unit)
    await hand.press("minus")
    await hand.come(unit * 3)
    assert len(hand.texts) == 4
    assert all("…" in text for text in hand.texts)
    assert hand.view.cursor == 3
    await hand.press("g", "plus")
    await hand.come(unit)
    assert not any("…" in text for text in hand.texts)
    await hand.press("minus")
    await hand.end()
    assert len(hand.texts) == 5
    assert hand.view.cursor == 0


async def test_who_unfolds_the_last_row_looks_at_it_while_more_comes(hand):
    await hand.grow("application/jsonlines")
    await hand.come(b'{"a": [1]}\n{"b": [2]}\n')
    await hand.press("minus", "G")
    assert hand.texts == ["… 1 key }", "… 1 key }"]
    await hand.press("enter")
    assert "G follows" in hand.app.described[-1]
    await hand.come(b'{"c": [3]}\n')
    assert hand.view.cursor == 1
    await hand.press("enter", "G")
    await hand.come(b'{"d": [4]}\n')
    assert hand.view.cursor == 3
