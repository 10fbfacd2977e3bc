"""Finding in a body that comes while one looks for something, or that comes to its end."""

import pytest
from textual.events import Key

from tests.app.waiting import until
from tests.children import children_of_this_process
from tests.widgets.test_body_view import texts_on
from tests.widgets.test_body_view_finding import Harness
from tests.widgets.test_body_view_growing import LINES, GrowingHand
from tests.widgets.test_body_view_growing_lenses import OTHER
from tui.widgets.body_view import finding_on


@pytest.fixture
async def hand():
    app = Harness()
    async with app.run_test(size=(60, 12)) as pilot:
        yield GrowingHand(app, pilot)


async def test_what_is_looked_for_is_found_in_what_comes(hand):
    await hand.grow("text/plain")
    await hand.come(b"a word\nand\n")
    await hand.press("slash", *"word", "enter")
    assert "“word” 1 of 1…" in hand.app.described[-1]
    await hand.come(b"another word\nand more\n")
    assert sum("word" in text for text in texts_on(hand, "hit")) == 1
    await hand.press("n")
    assert "“word” 2 of 2…" in hand.app.described[-1]
    await hand.come(b"wo")
    await hand.come(b"rd\n")
    await hand.end()
    hand.view.describe()
    await hand.pilot.pause()
    assert "“word” 2 of 3" in hand.app.described[-1]
    assert "…" not in hand.app.described[-1]


async def test_a_pattern_is_looked_for_in_all_when_all_has_come(hand):
    await hand.grow("text/plain")
    await hand.come(b"word 1\n")
    await hand.press("slash", "ctrl+r", *"word .", "enter")
    await until(lambda: "1 of 1" in hand.app.described[-1])
    await hand.come(b"word 2\n")
    await hand.end()
    await until(lambda: "1 of 2" in hand.app.described[-1])


async def test_a_pattern_is_looked_for_in_what_came_last_though_nothing_comes_behind(
    hand, monkeypatch
):
    monkeypatch.setattr(finding_on, "_AGAIN_AFTER_S", 0.2)
    monkeypatch.setattr(finding_on, "_AGAIN_AFTER_TIMES", 0)
    await hand.grow("text/plain")
    await hand.come(b"word 1\n")
    await hand.press("slash", "ctrl+r", *"word .", "enter")
    await until(lambda: "1 of 1" in hand.app.described[-1])
    for count in (2, 3, 4):
        hand.view.append(hand.body, f"word {count}\n".encode())
        await until(lambda count=count: f"1 of {count}" in hand.app.described[-1])
    await until(lambda: not children_of_this_process())


async def test_a_pattern_is_typed_for_one_process(hand):
    await hand.grow("text/plain")
    await hand.come(b"one\ntwo\n")
    before = children_of_this_process()  # those of earlier tests may not be gone yet
    await hand.press("slash", "ctrl+r")
    await until(lambda: children_of_this_process() - before)
    processes = children_of_this_process() - before
    await hand.press("o")
    await until(lambda: hand.view.has_news and "“o” 2 of 2" in hand.app.described[-1])
    await hand.press("n")
    await until(lambda: "“on” 1 of 1" in hand.app.described[-1])
    assert children_of_this_process() - before == processes
    assert len(processes) == 1


async def test_a_pattern_is_looked_for_in_what_came_before_it_was_typed(hand):
    await hand.grow("text/plain")
    await hand.come(b"one\n")
    await hand.press("slash", "ctrl+r")
    await hand.app.workers.wait_for_complete()
    await hand.come(b"zone\n")
    await hand.press("o")
    await until(lambda: "“o” 1 of 2" in hand.app.described[-1], within_s=20)


@pytest.mark.parametrize("is_pattern", [False, True])
async def test_what_is_found_is_counted_to_the_end_when_that_comes_with_another_lens(
    hand, is_pattern
):
    hand.view.lenses_by_type = {"text/csv": "table"}
    await hand.grow("text/csv")
    await hand.come(b"a,b\n1,word\n")
    await hand.press("slash", *["ctrl+r"] * is_pattern, *"word", "enter")
    await until(lambda: "“word” 1 of 1" in hand.app.described[-1])
    await hand.come(b"2,word\n3,word\n")
    await hand.end()
    assert hand.view.lens == "table"
    counted = f"{'regex ' * is_pattern}“word” 3 of 3"
    await until(lambda: counted in hand.app.described[-1].split(" · "))


@pytest.mark.parametrize("is_pattern", [False, True])
@pytest.mark.parametrize(
    ("keys", "copied"), [(["up", "shift+up"], "2\n3"), (["shift+up"], "3\n4"), (["shift+end"], "4")]
)
async def test_who_moved_since_is_not_taken_to_what_is_found_later(hand, is_pattern, keys, copied):
    await hand.grow("text/plain")
    await hand.come(b"1\n2\n3\n4\n")
    await hand.press("slash", *["ctrl+r"] * is_pattern, *"word", "enter")
    await until(lambda: "not found" in hand.app.described[-1])
    await hand.press(*keys)
    await hand.come(b"word\n")
    await until(lambda: "“word” 1 of 1" in hand.app.described[-1])
    assert hand.view.text_to_copy() == copied
    await hand.press("n")
    assert hand.view.cursor == 4


async def test_who_waits_for_what_is_not_found_yet_is_taken_to_it(hand):
    await hand.grow("text/plain")
    await hand.come(b"1\n2\n3\n4\n")
    await hand.press("shift+right", "slash", *"word", "enter")
    await hand.come(b"5\nword\n6\n")
    await until(lambda: "“word” 1 of 1" in hand.app.described[-1])
    assert hand.view.cursor == 5


async def test_a_pattern_is_looked_for_again_if_one_left_before_all_was_looked_through(hand):
    await hand.grow("text/plain")
    await hand.come(b"word 1\n")
    await hand.press("slash", "ctrl+r", *"word .", "enter")
    await until(lambda: "1 of 1" in hand.app.described[-1])
    await hand.come(b"word 2\n")
    hand.view.finish(hand.body)
    hand.view.show_derived(OTHER)
    await hand.pilot.pause()
    hand.view.go_back()
    await until(lambda: " of 2" in hand.app.described[-1])


async def test_of_keys_that_come_together_one_gets_more_than_a_slice_of_work(hand, monkeypatch):
    turns_s, work = [], hand.view.work_a_turn

    def work_a_turn(turn_s):
        turns_s.append(turn_s)
        work(turn_s)

    await hand.grow("text/plain")
    await hand.come(LINES)
    monkeypatch.setattr(hand.view, "work_a_turn", work_a_turn)
    for key in ("slash", *"line"):
        hand.app.post_message(Key(key, "/" if key == "slash" else key))
    await until(lambda: "of 30…" in hand.app.described[-1])
    assert turns_s[0] > 0
    assert turns_s[1:4] == [0, 0, 0]
    turns_s.clear()
    await hand.press("backspace")
    assert turns_s[0] > 0
