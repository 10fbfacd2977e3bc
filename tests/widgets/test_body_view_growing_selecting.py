"""What is selected of the last rows of a body that comes, which become others."""

import pytest
from textual.geometry import Offset

from tests.widgets.test_body_view_finding import Harness
from tests.widgets.test_body_view_growing import GrowingHand
from tests.widgets.test_body_view_selecting import drag

XML = b'<r><a>1</a><e id="2"><l>one <b>two</b></l><m/></e></r>'
XML_HELD = XML.index(b"one") + 2
ARRAYS = b'{"predictions": [{"id": 7}]}'
LINES = b'{"a": [1, 2, 3], "b": null}\n{"a": [4], "b": 1}\n'
HTML = b"<!doctype html><table><tr><td>1<td>two <b>b</b> &amp; more</tr></table>"


@pytest.fixture
async def hand():
    app = Harness()
    async with app.run_test(size=(60, 12)) as pilot:
        yield GrowingHand(app, pilot)


def selected(hand):
    """Return what would be copied, without white space: that is what lenses change."""
    copied = hand.view.selected_part()
    return None if copied is None else "".join("".join(copied.make()).split())


@pytest.mark.parametrize(
    ("content_type", "data"),
    [
        ("application/xml", XML),
        ("application/json", ARRAYS),
        ("application/jsonlines", LINES),
        ("text/html", HTML),
        ("text/plain", b"line one\r\nline two\tof them"),
    ],
)
@pytest.mark.parametrize("is_finished", [True, False])
async def test_the_same_characters_stay_selected(hand, content_type, data, is_finished):
    for held in range(len(data) // 4, len(data)):
        await hand.grow(content_type)
        await hand.come(data[:held])
        await hand.press("shift+left", "shift+left", "shift+left", "shift+left")
        before = selected(hand)
        assert before is not None
        if is_finished:
            await hand.end()
        else:
            await hand.come(data[held:])
        assert selected(hand) == before, data[:held]


async def test_text_beside_hex_stays_selected_and_no_hex_with_it(hand):
    await hand.grow("application/octet-stream")
    await hand.come(b"\x00\x01 words")
    await hand.press("shift+left", "shift+left", "shift+left")
    assert selected(hand) == "rds"
    await hand.come(b" m")
    assert selected(hand) == "rds"


async def test_the_mouse_keeps_selected_what_it_selected(hand):
    await hand.grow("application/xml")
    await hand.come(XML[:XML_HELD])
    left = hand.view.gutter_cells
    row = hand.view.row_count - 1
    assert hand.view.row(row).text == '<e id="2"><l>on'
    await drag(hand, Offset(left + 10, row), Offset(left + 14, row))
    assert selected(hand) == "<l>on"
    await hand.come(XML[XML_HELD:])
    assert selected(hand) == "<l>on"
    assert hand.view.text_selection is not None


@pytest.mark.parametrize("keys", [("shift+up",), ("up", "shift+down")])
async def test_whole_rows_stay_selected_whatever_number_they_have(hand, keys):
    await hand.grow("application/xml")
    await hand.come(XML[:XML_HELD])
    await hand.press(*keys)
    assert selected(hand) == '<a>1</a><eid="2"><l>on'
    await hand.come(XML[XML_HELD:])
    assert selected(hand) == '<a>1</a><eid="2"><l>one<b>two</b></l>'


async def test_there_is_no_cursor_in_a_row_that_is_no_more(hand):
    await hand.grow("application/json")
    await hand.come(ARRAYS[:18])
    await hand.press("minus", "down", "shift+down")
    assert (hand.view.row_count, hand.view.cursor) == (3, 2)
    await hand.end()
    assert (hand.view.row_count, hand.view.cursor) == (2, 1)
    assert selected(hand) is not None
    await hand.press("escape", "c", "y", "o")


async def test_one_is_led_to_what_comes_while_there_is_a_column(hand):
    await hand.grow("application/xml")
    await hand.come(XML[:XML_HELD])
    await hand.press("shift+left", "right", "slash", *"two", "enter")
    assert hand.view.selected() is None
    assert hand.view.column is not None
    await hand.come(XML[XML_HELD:])
    assert hand.view.gone_to == XML.index(b"two")
    await hand.end()
