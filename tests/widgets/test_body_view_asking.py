"""A prompt of a body view that is open when another body comes: an answer, while one types."""

import json

from tests.widgets.test_body_view_finding import RECORDS, line_at_cursor, showing
from tui.body.shown_body import ShownBody

OTHER = json.dumps({"answers": [f"Class {n}" for n in range(50)]}).encode()


async def come(hand, body):
    """Let another body come while a prompt is open."""
    hand.view.shown = body
    await hand.press()


async def test_what_one_looks_for_is_looked_for_in_the_next_body():
    async with showing(RECORDS) as hand:
        await hand.press("slash", *"class 1")
        await come(hand, ShownBody(OTHER, "application/json"))
        assert "/class 1" in hand.lines[-1]
        assert line_at_cursor(hand) == '"Class 1",'
        await hand.press("7")
        assert line_at_cursor(hand) == '"Class 17",'
        assert "/class 17" in hand.lines[-1]


async def test_letters_are_typed_on_and_do_nothing_else():
    async with showing(RECORDS) as hand:
        await hand.press("vertical_line", *"jq .a")
        await come(hand, ShownBody(OTHER, "application/json"))
        await hand.press(*"vW")
        assert "jq .avW" in hand.lines[-1]
        assert (hand.view.lens, hand.view.is_wrapped) == ("pretty", False)


async def test_a_number_is_an_offset_where_the_next_body_is_bytes():
    async with showing(RECORDS) as hand:
        await hand.press("colon", "2", "0")
        assert "line" in hand.lines[-1]
        await come(hand, ShownBody(bytes(range(256)) * 4, "application/octet-stream"))
        hand.view.lens = "hex"
        await come(hand, ShownBody(bytes(range(256)) * 8, "application/octet-stream"))
        assert "offset" in hand.lines[-1]
        await hand.press("enter")
        assert hand.view.document.span(hand.view.cursor)[0] == 0x20


async def test_nothing_is_asked_for_where_there_is_no_body():
    async with showing(RECORDS) as hand:
        await hand.press("slash", *"class")
        await come(hand, None)
        await come(hand, ShownBody(OTHER, "application/json"))
        assert hand.view.asked is None
        assert "class" not in hand.lines[-1]
