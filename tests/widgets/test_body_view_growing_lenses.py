"""A body that comes while one looks at it another way, or at something else: one stays in place."""

import pytest

from tests.app.waiting import until
from tests.widgets.test_body_view_finding import Harness
from tests.widgets.test_body_view_growing import (
    LINES,
    GrowingHand,
    fifo,  # noqa: F401 - a fixture
    needs_a_shell,
    pipe,
    refreshes_of,
)
from tui.body.shown_body import ShownBody
from tui.widgets.body_view.deriving import Derived

RECORDS = "".join(f'{{"id": {number}}}\n' for number in range(10, 20)).encode()
OTHER = Derived("other", "other", ShownBody(b"other", "text/plain"))


@pytest.fixture
async def hand():
    app = Harness()
    async with app.run_test(size=(60, 12)) as pilot:
        yield GrowingHand(app, pilot)


def rows_of(view):
    """Return the text of all rows."""
    return [view.document.row(row).text for row in range(view.row_count)]


@pytest.mark.parametrize(
    ("content_type", "encoding"),
    [("text/plain", "utf-8"), ("text/plain; charset=utf-16", "utf-16-le")],
)
async def test_one_looks_at_the_same_byte_another_way_while_more_comes(
    hand, content_type, encoding
):
    lines = LINES.decode().encode(encoding)
    await hand.grow(content_type)
    hand.view.append(hand.body, lines)
    await until(lambda: hand.view.row_count == 30)
    await hand.press("g", *["down"] * 10)
    for _ in hand.view.lenses:
        await hand.press("v")
        hand.view.append(hand.body, lines)
        await until(lambda: hand.body.take_in() is False and hand.is_drawn)
    assert hand.view.lens == "pretty"
    assert hand.view.cursor == 10
    await hand.press("v")
    assert hand.view.cursor == 10


async def test_one_stays_in_place_when_the_end_comes_with_another_lens(hand):
    hand.view.lenses_by_type = {"application/jsonlines": "table"}
    await hand.grow("application/jsonlines")
    await hand.come(RECORDS)
    await hand.press("g", *["down"] * 13)
    assert hand.view.row(13).text.strip() == '"id": 14'
    hand.view.append(hand.body, RECORDS)
    await hand.end()
    assert hand.view.lens == "table"
    await until(lambda: hand.view.cursor == 4)


async def test_what_is_cut_off_is_shown_as_what_it_is(hand):
    await hand.grow(None)
    await hand.come(b'{"a": [1, 2')
    assert hand.view.document.words.startswith("JSON")
    whole = await hand.end()
    assert hand.view.lens == "pretty"
    assert hand.view.document.data is whole.data
    assert hand.texts == ['{"a": [1, 2']
    assert hand.app.described[-1] == "text · 1 line"


async def test_no_lens_comes_back_to_what_was_growing(hand):
    hand.view.lenses_by_type = {"application/jsonlines": "table"}
    await hand.grow("application/jsonlines")
    await hand.come(RECORDS)
    whole = await hand.end()
    assert hand.view.lens == "table"
    await hand.press(*["v"] * (hand.view.lenses.index("pretty") - hand.view.lenses.index("table")))
    assert hand.view.lens == "pretty"
    assert hand.view.document.data is whole.data


@pytest.mark.parametrize("is_ended", [False, True])
async def test_one_comes_back_to_what_came_meanwhile(hand, is_ended):
    await hand.grow("text/plain")
    await hand.come(LINES)
    await hand.press("g", *["down"] * 10)
    hand.view.show_derived(OTHER)
    await hand.pilot.pause()
    assert hand.texts == ["other"]
    hand.view.append(hand.body, LINES)
    if is_ended:
        hand.view.finish(hand.body)
    await hand.press("escape")
    await until(lambda: hand.view.row_count == 60)
    assert hand.view.cursor == 10


@needs_a_shell
async def test_a_command_runs_on_while_one_types_what_to_filter_by(hand, fifo):  # noqa: F811
    await pipe(hand, f"echo '{{\"a\": 1}}'; cat {fifo}")
    await until(lambda: hand.texts[1:2] == ['"a": 1'])
    await hand.press("ampersand", "a")
    assert "enter filters" in hand.lines[-1]
    await hand.press("escape")
    assert hand.view.is_running
    assert "stopped" not in hand.app.described[-1]
    await hand.press("ampersand", "a", "enter")
    await until(lambda: hand.view.trail.endswith("filtered by a"))
    assert hand.view.shown.data == b"1"


async def test_what_grew_is_wrapped_as_wide_as_what_came_at_once(hand):
    hand.view.is_wrapped = True
    await hand.grow("text/plain")
    await hand.come(b"word " * 150)
    whole = await hand.end()
    grown = rows_of(hand.view)
    await hand.show(whole.data, "text/plain")
    await until(lambda: hand.view.show_vertical_scrollbar)
    assert rows_of(hand.view) == grown
    await hand.press("W", "W")
    assert rows_of(hand.view) == grown


async def test_rows_of_a_line_that_goes_on_are_drawn_anew_only_if_they_look_different(
    hand, monkeypatch
):
    hand.view.is_wrapped = True
    await hand.grow("application/xml")
    await hand.come(b"<a><b>1" * 100)
    await hand.press("g")
    asked = refreshes_of(hand.view, monkeypatch)
    gutter = hand.view.gutter_cells
    await hand.come(b"<a><b>1" * 100)
    assert hand.view.gutter_cells == gutter
    assert asked == []
