"""Folding in a body view, and going into a value and back, by keys."""

import base64
import json

import pytest

from tests.app.waiting import until
from tests.widgets.test_body_view import Hand, Harness, texts_on

RECORDS = json.dumps(
    {"predictions": [{"id": n, "label": f"Class {n}"} for n in range(100)], "model": "m"}
).encode()
PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4
INSIDE = json.dumps(
    {"image": base64.b64encode(PNG).decode(), "text": "one\ntwo", "reply": '{"a": [1]}', "n": 1}
).encode()


@pytest.fixture
async def hand():
    app = Harness()
    async with app.run_test(size=(76, 12)) as pilot:
        yield Hand(app, pilot)


def words_of(line):
    """A line without its scrollbar, and without the mark of a fold behind its number."""
    return line.rstrip("▁▂▃▄▅▆▇█ ").replace("▸", " ", 1).strip()


def at_cursor(hand):
    return words_of("".join(texts_on(hand, "cursor"))).split()


async def settle(hand):
    await hand.app.workers.wait_for_complete()
    await hand.pilot.pause()


async def test_enter_folds_what_the_cursor_is_in_and_unfolds_it(hand):
    await hand.show(RECORDS)
    await hand.press("down", "down", "down", "enter")
    assert [words_of(line) for line in hand.lines[:4]] == [
        "1 {",
        '2   "predictions": [',
        "3     { … 2 keys },",
        "7     {",
    ]
    assert at_cursor(hand)[0] == "3"
    await hand.press("enter")
    assert words_of(hand.lines[3]) == '4       "id": 0,'


async def test_all_is_folded_and_unfolded_by_one_key_each(hand):
    await hand.show(RECORDS)
    await hand.press("minus")
    lines = [words_of(line) for line in hand.lines[:4]]
    assert lines == ["1 {", '2   "predictions": [ … 100 items ],', '404   "model": "m"', "405 }"]
    await hand.press("down", "enter")
    assert words_of(hand.lines[2]) == "3     { … 2 keys },"
    await hand.press("plus", "G")
    assert words_of(hand.lines[-1]) == "405 }"


async def test_a_closing_bracket_out_of_sight_of_its_opening_one_folds_to_it(hand):
    await hand.show(RECORDS)
    await hand.press("G", "up", "up", "enter")
    assert at_cursor(hand)[:2] == ["2", '"predictions":']


async def test_what_is_found_in_a_fold_is_unfolded(hand):
    await hand.show(RECORDS)
    await hand.press("minus", *"/Class 42", "enter")
    assert texts_on(hand, "current-hit") == ["Class 42"]
    assert '"label": "Class 42"' in "".join(texts_on(hand, "cursor")) + " ".join(hand.lines)
    await hand.press("g")
    assert words_of(hand.lines[6]) == "7     { … 2 keys },"


async def test_a_hit_that_is_folded_is_marked_where_it_is(hand):
    await hand.show(RECORDS)
    await hand.press(*"/Class 42", "enter", "minus")
    assert "".join(texts_on(hand, "current-hit")) == " … 100 items ],"


async def test_a_line_in_a_fold_is_unfolded_when_one_goes_to_it(hand):
    await hand.show(RECORDS)
    await hand.press("minus", *":201", "enter")
    assert at_cursor(hand)[:2] == ["201", '"label":']


async def test_all_is_copied_though_it_is_folded(hand):
    await hand.show(RECORDS)
    whole = hand.view.text_to_copy()
    await hand.press("minus")
    assert hand.view.text_to_copy() == whole
    await hand.press("down", "shift+down")
    assert hand.view.text_to_copy().count("\n") == 402


async def test_a_file_in_base64_is_folded_at_once_and_opened_by_itself(hand):
    await hand.show(INSIDE)
    assert words_of(hand.lines[1]) == '2   "image": "iVBORw0KGgoAAQIDBAUGBwgJ…" 1,032 B PNG image,'
    await hand.press("down", "o")
    await settle(hand)
    assert "PNG image" in hand.lines[0]
    await hand.press("v")
    assert "89 50 4e 47" in hand.lines[0]
    assert hand.app.described[-1].startswith("in image · PNG image")
    await hand.press("escape")
    assert at_cursor(hand)[:2] == ["2", '"image":']
    await hand.press("enter")
    assert "1,032 B" not in hand.lines[1]


async def test_values_are_opened_one_within_another(hand):
    await hand.show(INSIDE)
    await hand.press("down", "down", "down", "o")
    await settle(hand)
    assert [words_of(line) for line in hand.lines[:3]] == ["1 {", '2   "a": [', "3     1"]
    await hand.press("down", "o")
    await settle(hand)
    assert [words_of(line) for line in hand.lines[:3]] == ["1 [", "2   1", "3 ]"]
    await hand.press("escape")
    assert words_of(hand.lines[1]) == '2   "a": ['
    await hand.press("escape", "down", "o")
    await settle(hand)
    assert at_cursor(hand)[:2] == ["5", '"n":']
    await hand.press("up", "up", "o")
    await settle(hand)
    assert [words_of(line) for line in hand.lines[:2]] == ["1 one", "2 two"]


async def test_text_has_nothing_to_fold(hand):
    await hand.show(b"one\ntwo\n", "text/plain")
    await hand.press("enter", "minus", "plus", "o")
    assert [words_of(line) for line in hand.lines[:2]] == ["1 one", "2 two"]


async def test_a_long_array_is_summed_up_while_one_looks_at_it(hand):
    await hand.show(b'{"v":[' + b",".join([b"0.5"] * 60_000) + b"]}")
    await hand.press("down", "enter")
    said = "60,000 numbers · min 0.5 · max 0.5 · mean 0.5"
    await until(lambda: said in hand.lines[1])
