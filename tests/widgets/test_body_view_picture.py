"""Pictures in a body view: in half blocks for its room, or in characters."""

import pytest

from tests.widgets.test_body_view import Hand, Harness
from tui.body.copying import whole_text
from tui.demo.models.png import to_png

RED_OVER_BLUE = to_png(b"\xff\x00\x00" * 8 + b"\x00\x00\xff" * 8, 8, 2)
WIDE = to_png(bytes(3 * 200 * 20), 200, 20)


async def in_terminal(monkeypatch, show, *, colours="truecolor", size=(60, 12), **environment):
    for name, value in {"TERM": "xterm", "COLORTERM": colours, **environment}.items():
        monkeypatch.setenv(name, value)
    app = Harness()
    async with app.run_test(size=size) as pilot:
        hand = Hand(app, pilot)
        await show(hand)


async def shown(hand, data):
    await hand.show(data, "image/png")
    await hand.app.workers.wait_for_complete()
    await hand.pilot.pause()


async def test_an_image_is_drawn_in_half_blocks(monkeypatch):
    async def show(hand):
        await shown(hand, RED_OVER_BLUE)
        parts = [part for part in hand.view.render_line(0) if "▀" in part.text]
        assert [part.text for part in parts] == ["▀" * 8]
        style = parts[0].style
        assert (style.color.triplet.rgb, style.bgcolor.triplet.rgb) == (
            "rgb(255,0,0)",
            "rgb(0,0,255)",
        )
        assert "PNG image · 8 × 2 pixels · RGB" in hand.app.described[-1]

    await in_terminal(monkeypatch, show)


async def test_an_image_is_drawn_anew_for_another_width(monkeypatch):
    async def show(hand):
        await shown(hand, WIDE)
        assert hand.lines[0].count("▀") == 54
        await hand.pilot.resize_terminal(100, 12)
        await hand.app.workers.wait_for_complete()
        await hand.pilot.pause()
        assert hand.lines[0].count("▀") == 94

    await in_terminal(monkeypatch, show)


@pytest.mark.parametrize(
    "environment", [{"colours": ""}, {"NO_COLOR": "1"}], ids=["16 colours", "NO_COLOR"]
)
async def test_without_colours_an_image_is_drawn_in_characters_and_that_is_said(
    monkeypatch, environment
):
    async def show(hand):
        await shown(hand, to_png(b"\xff\xff\xff" * 8 + bytes(3 * 8), 16, 1))
        assert "▀" not in hand.lines[0]
        assert "@@@@@@@@" in hand.lines[0]
        assert "in characters" in hand.app.described[-1]

    await in_terminal(monkeypatch, show, **environment)


async def test_an_image_is_written_and_paged_through_in_characters(monkeypatch):
    async def show(hand):
        await shown(hand, to_png(b"\xff\xff\xff" * 8 + bytes(3 * 8), 16, 1))
        assert whole_text(hand.view.open_anew()).split() == [b"@" * 8]

    await in_terminal(monkeypatch, show)


async def test_an_image_that_is_none_says_so(monkeypatch):
    async def show(hand):
        await shown(hand, RED_OVER_BLUE[:20])
        assert "broken" in hand.lines[0]

    await in_terminal(monkeypatch, show)
