"""What a body view keeps over another lens, another width, and what was made of the body."""

import json

import pytest

from tests.app.waiting import until
from tests.widgets.test_body_view import texts_on
from tests.widgets.test_body_view_deriving import needs_a_shell, run
from tests.widgets.test_body_view_finding import showing
from tui.body.shown_body import ShownBody

RECORDS = json.dumps(
    {"predictions": [{"id": n, "label": f"Class {n}", "of": [1, n]} for n in range(300)]}, indent=1
).encode()


@pytest.fixture
async def hand():
    async with showing(RECORDS) as hand:
        yield hand


def numbers(hand):
    """The numbers of the lines in view."""
    return [line.split()[0] for line in hand.lines if line.split()]


async def laid_out(hand):
    """Wait for all rows: on a busy machine, they come a few at a time."""
    await until(lambda: hand.view.is_laid_out)


async def to_lens(hand, lens):
    while hand.view.lens != lens:
        await hand.press("v")
    await laid_out(hand)


def line_at_cursor(hand):
    return hand.view.document.row(hand.view.cursor).source.strip()


async def fold_two(hand):
    """Fold a record and an array in the middle of the body; the cursor is at the second."""
    await hand.press(*":1000", "enter", "enter", *":1020", "enter", "down", "enter")
    folded = numbers(hand)
    assert int(folded[-1]) - int(folded[0]) > len(folded) - 1
    return folded


@pytest.mark.parametrize(
    "there_and_back",
    [("W", "W"), ("v", "v", "v", "v"), ("W", "v", "v", "W", "v", "v")],
    ids=["wrapped", "lens", "both"],
)
async def test_folds_and_the_place_are_kept(hand, there_and_back):
    folded, line = await fold_two(hand), line_at_cursor(hand)
    await hand.press(*there_and_back)
    await laid_out(hand)
    assert hand.view.lens == "pretty"
    assert line_at_cursor(hand) == line
    assert numbers(hand) == folded


async def test_folds_are_kept_over_another_width_while_lines_are_wrapped(hand):
    folded = await fold_two(hand)
    await hand.press("W")
    for width in (40, 24, 60):
        line = line_at_cursor(hand)
        await hand.pilot.resize_terminal(width, 12)
        await hand.pilot.pause()
        await laid_out(hand)
        assert line_at_cursor(hand) == line
    assert numbers(hand) == folded


async def test_all_folded_stays_so(hand):
    await hand.press("minus", "down", "enter")
    folded = numbers(hand)
    await hand.press("W", "v", "v", "v", "v")
    await laid_out(hand)
    assert hand.view.lens == "pretty"
    assert numbers(hand) == folded


async def test_the_cursor_stays_at_its_byte_through_lenses_of_other_rows(hand):
    await hand.show(RECORDS.replace(b"\n ", b""))
    await hand.press(*":777", "enter")
    line = line_at_cursor(hand)
    for lens in ("table", "raw", "hex", "pretty"):
        await hand.press("v")
        assert hand.view.lens == lens
    await laid_out(hand)
    assert line_at_cursor(hand) == line


async def test_the_line_of_the_cursor_is_that_of_the_bytes_where_they_were_indented(hand):
    await hand.press(*":777", "enter")
    line = line_at_cursor(hand)
    await hand.press("v", "v")
    await laid_out(hand)
    assert hand.view.lens == "raw"
    assert line_at_cursor(hand).split() == line.split()


async def test_the_cursor_stays_in_its_line_of_the_view(hand):
    await hand.press(*":777", "enter", "up", "up", "up")
    before, line = hand.lines, hand.view.line_of_cursor
    assert line > 0
    await hand.press("W")
    await laid_out(hand)
    assert hand.lines == before
    assert hand.view.line_of_cursor == line


async def test_moving_on_moves_the_place(hand):
    await hand.press(*":777", "enter", "v", "v", "down", "v", "v")
    assert hand.view.lens == "pretty"
    assert hand.view.document.number(hand.view.cursor) == "778"


@pytest.mark.parametrize("lens", ["vector", "hex"])
async def test_what_is_not_cut_into_rows_is_not_laid_out_again_to_be_wrapped(hand, lens):
    await hand.show(json.dumps([[float(n)] * 16 for n in range(300)]).encode())
    await to_lens(hand, lens)
    document = hand.view.document
    await hand.press("W")
    await hand.pilot.resize_terminal(40, 12)
    await hand.pilot.pause()
    assert hand.view.document is document


async def test_a_sorted_table_stays_so_at_another_width_where_lines_are_wrapped(hand):
    await hand.press("W")
    await to_lens(hand, "table")
    await hand.press("S")
    await until(lambda: "299" in hand.lines[1])
    await hand.pilot.resize_terminal(40, 12)
    await hand.pilot.pause()
    assert "299" in hand.lines[1]


async def test_a_body_that_was_left_is_as_it_was(hand):
    folded = await fold_two(hand)
    document, scrolled = hand.view.document, hand.view.scroll_offset
    await hand.press("o")
    await hand.app.workers.wait_for_complete()
    await hand.pilot.pause()
    await run(hand, "ampersand", "@")
    await hand.press("minus", "escape", "escape")
    assert hand.view.document is document
    assert numbers(hand) == folded
    assert hand.view.scroll_offset == scrolled


async def test_the_scrollbar_is_where_one_comes_back_to(hand):
    await hand.press(*":777", "enter")
    await run(hand, "ampersand", "predictions[0].id")
    assert not hand.view.show_vertical_scrollbar
    await hand.press("escape")
    assert hand.view.scroll_y > 700
    await until(lambda: hand.view.vertical_scrollbar.position == hand.view.scroll_y)


async def test_the_lens_of_a_body_that_was_left_is_as_it_was(hand):
    await run(hand, "ampersand", "predictions[0]")
    await hand.press("v")
    assert hand.view.lens != "pretty"
    await hand.press("escape")
    assert hand.view.lens == "pretty"


async def test_a_body_that_was_left_is_wrapped_as_wide_as_one_comes_back(hand):
    await hand.show(json.dumps({"a": "word " * 50, "b": "x"}).encode())
    await hand.press("down", "down", "W")
    await run(hand, "ampersand", "a")
    await hand.pilot.resize_terminal(40, 12)
    await hand.press("escape")
    assert hand.view.document.path(hand.view.cursor) == "b"
    assert hand.view.max_scroll_x == 0


@needs_a_shell
async def test_a_large_body_is_not_laid_out_again(hand):
    rows = b",\n".join(b'{"id": %d}' % number for number in range(200_000))
    hand.view.shown = ShownBody(b"[" + rows + b"]", "application/json")
    await until(lambda: hand.view.is_laid_out)
    await hand.press("G")
    for away in (("vertical_line", "head -c 10"), ("ampersand", "[0]")):
        await run(hand, *away)
        await hand.press("escape")
        assert hand.view.is_laid_out
        assert hand.view.cursor == hand.view.row_count - 1
    await hand.press("v", "v", "v", "v")
    assert hand.view.lens == "pretty"
    assert hand.view.is_laid_out


async def test_another_answer_keeps_nothing_of_the_last_one(hand):
    await fold_two(hand)
    await hand.press("v")
    await hand.show(RECORDS)
    await hand.press("v", "v", "v")
    assert hand.view.lens == "pretty"
    await hand.press(*":1000", "enter")
    assert hand.view.row_count == RECORDS.count(b"\n") + 1


async def test_a_place_away_from_what_was_found_is_kept_too(hand):
    await hand.press("slash", *"class 42", "enter", *":1000", "enter", "v")
    assert "1 of 1" in hand.app.described[-1]
    await hand.press("v", "W", "v", "v")
    assert hand.view.lens == "pretty"
    assert hand.view.document.number(hand.view.cursor) == "1000"
    await hand.press("n")
    assert "".join(texts_on(hand, "current-hit")) == "Class 42"


async def test_bytes_in_another_encoding_are_as_far_from_the_start(hand):
    text = "\n".join(f"line {number:04}" for number in range(1, 500))
    await hand.show(text.encode("utf-16"), "text/plain; charset=utf-16")
    await hand.press(*":250", "enter", "v", "v")
    assert hand.view.lens == "hex"
    assert abs(hand.view.document.span(hand.view.cursor)[0] - 249 * 20) < 32
    await hand.press("v")
    assert line_at_cursor(hand) == "line 0250"


async def go_away_and_back(hand, away):
    """Have something made of what is shown, look for something else in that, and go back."""
    if away == "o":
        await hand.press("o")
        await until(lambda: hand.view.trail)
    else:
        text = "predictions" if away == "ampersand" else "cat"
        await run(hand, away, text)
    await hand.press("slash", *"4", "enter", "n")
    assert "“4” " in hand.app.described[-1]
    await hand.press("escape")
    await until(lambda: not hand.view.trail)


@needs_a_shell
@pytest.mark.parametrize("away", ["o", "ampersand", "vertical_line"])
async def test_what_is_looked_for_is_kept_while_something_made_of_it_is_shown(hand, away):
    await hand.press("slash", *"class 42", "backspace", "enter", "n", "n")
    assert "“class 4” 3 of 11" in hand.app.described[-1]
    before = hand.view.scroll_offset
    await go_away_and_back(hand, away)
    await until(lambda: "“class 4” 3 of 11" in hand.app.described[-1])
    assert "".join(texts_on(hand, "current-hit")) == "Class 4"
    assert hand.view.scroll_offset == before
    await hand.press("n", "n")
    assert "“class 4” 5 of 11" in hand.app.described[-1]
    assert line_at_cursor(hand) == '"label": "Class 43",'
    await hand.press("N")
    assert line_at_cursor(hand) == '"label": "Class 42",'


async def test_a_place_away_from_what_was_found_is_kept_while_a_part_is_shown(hand):
    await hand.press("slash", *"{", "enter", *":1000", "enter")
    await run(hand, "ampersand", "predictions")
    await hand.press("escape")
    assert hand.view.document.number(hand.view.cursor) == "1000"
    assert "“{” 1 of 301" in hand.app.described[-1]
    await hand.press("n")
    assert int(hand.view.document.number(hand.view.cursor)) > 1000


async def test_a_pattern_is_kept_while_a_part_is_shown_even_if_it_was_not_found_yet(hand):
    await hand.press("slash", "ctrl+r", *'class 4.$|class 4."')
    await until(lambda: "1 of 10" in hand.lines[-1])
    await hand.press("enter", "n")
    await run(hand, "ampersand", "predictions")
    await hand.press("slash", "ctrl+r", *"id", "enter", "escape")
    await until(lambda: "“class 4" in hand.app.described[-1])
    assert "2 of 10" in hand.app.described[-1]
    await hand.press("n")
    assert "".join(texts_on(hand, "current-hit")) == 'Class 42"'
    await hand.press("slash")
    assert "regex /" in hand.lines[-1]


@needs_a_shell
async def test_what_is_looked_for_in_an_output_is_kept_while_its_errors_are_shown(hand):
    await run(hand, "vertical_line", "seq 1 100; echo oh 7; echo dear 17 >&2")
    await hand.press("g", "slash", "7", "enter", "n", "n", "e")
    assert line_at_cursor(hand) == "dear 17"
    assert "“7”" not in hand.app.described[-1]
    await hand.press("slash", "a", "enter", "e")
    assert line_at_cursor(hand) == "27"
    assert "“7” 3 of " in hand.app.described[-1]
    await run(hand, "vertical_line", "cat")
    await hand.press("escape", "n", "e")
    assert "“a” 1 of 1" in hand.app.described[-1]
    await hand.press("e")
    assert line_at_cursor(hand) == "37"


async def test_a_pattern_that_was_not_found_yet_is_looked_for_again_as_one_comes_back(hand):
    await hand.press("slash", "ctrl+r", *"class 4[23]", "enter")
    await run(hand, "ampersand", "predictions[0]")
    await hand.press("escape")
    await until(lambda: "1 of 2" in hand.app.described[-1])
    await hand.press("n")
    assert line_at_cursor(hand) == '"label": "Class 43",'


async def test_another_answer_is_not_looked_through_for_the_text_of_the_last_one(hand):
    await hand.press("slash", *"class 4", "enter")
    await run(hand, "ampersand", "predictions")
    await hand.show(RECORDS)
    assert "class 4" not in hand.app.described[-1]
