"""Finding by regular expressions in a body view; a process of its own looks for them."""

import pytest
from textual.events import Key, Paste

from tests.app.waiting import until
from tests.children import children_of_this_process
from tests.widgets.test_body_view import texts_on
from tests.widgets.test_body_view_finding import RECORDS, line_at_cursor, showing


@pytest.fixture
async def hand():
    async with showing(RECORDS) as hand:
        yield hand


async def look_for(hand, pattern):
    await hand.press("slash", "ctrl+r")
    hand.view.post_message(Paste(pattern))
    await hand.pilot.pause()


async def test_a_regular_expression_is_looked_for_as_one_types(hand):
    await look_for(hand, r"class 1\d\b")
    await until(lambda: "1 of 10 · ctrl+r" in hand.lines[-1])
    assert r"regex /class 1\d\b" in hand.lines[-1]
    assert line_at_cursor(hand) == '"label": "Class 10"'
    await hand.press("enter", "n")
    assert line_at_cursor(hand) == '"label": "Class 11"'
    assert "".join(texts_on(hand, "current-hit")) == "Class 11"
    assert "2 of 10" in hand.app.described[-1]


async def test_the_same_key_goes_back_to_plain_text(hand):
    await look_for(hand, "class 1.")
    await until(lambda: "1 of 11" in hand.lines[-1])
    await hand.press("ctrl+r")
    assert "not found" in hand.lines[-1]
    assert "regex /" not in hand.lines[-1]


async def test_a_broken_pattern_is_told_and_marked_where_it_breaks(hand):
    await look_for(hand, "class (1")
    await until(lambda: "unterminated subpattern" in hand.lines[-1])
    prompt = hand.view.render_line(hand.view.size.height - 1)
    assert "".join(part.text for part in prompt if part.style.underline) == "("
    await hand.press("backspace", "backspace", "1")
    await until(lambda: "1 of 11" in hand.lines[-1])


async def test_a_pattern_is_found_through_every_lens(hand):
    await look_for(hand, r'"label": "class 4[23]"')
    await until(lambda: "1 of 2" in hand.lines[-1])
    await hand.press("enter")
    for marked in ("Class 42", '"label": "Class 42"'):
        await hand.press("v")
        await until(lambda: "1 of 2" in hand.app.described[-1])
        assert "".join(texts_on(hand, "current-hit")) == marked
    await hand.press("v")
    await until(lambda: "1 of 2" in hand.app.described[-1])
    assert "22 6c 61 62 65 6c  22 3a" in " ".join(texts_on(hand, "current-hit"))


async def test_a_pattern_that_would_take_for_ever_keeps_no_key_waiting(hand):
    await hand.show(b"a" * 45 + b"!", "text/plain")
    await look_for(hand, "(a+)+$")
    assert "searching" in hand.lines[-1]
    await hand.press("escape", "v")
    assert hand.view.lens == "raw"
    await hand.press("slash")
    hand.view.post_message(Paste("a!"))
    await until(lambda: "1 of 1" in hand.lines[-1])
    await until(lambda: len(children_of_this_process()) <= 1)
    await hand.press("enter")
    await until(lambda: len(children_of_this_process()) == 0)


async def test_what_looks_for_patterns_is_ready_before_one_is_typed_and_gone_behind(hand):
    await until(lambda: len(children_of_this_process()) == 0)  # of earlier tests
    await hand.press("slash")
    assert len(children_of_this_process()) == 0
    await hand.press("ctrl+r")
    await until(lambda: len(children_of_this_process()) == 1)
    await hand.press("escape")
    await until(lambda: len(children_of_this_process()) == 0)

    await hand.press("slash")
    await until(lambda: len(children_of_this_process()) == 1)
    await hand.press("ctrl+r")
    await until(lambda: len(children_of_this_process()) == 0)

    await hand.press("ctrl+r")
    await until(lambda: len(children_of_this_process()) == 1)
    hand.view.blur()
    await until(lambda: len(children_of_this_process()) == 0)


@pytest.mark.parametrize(
    "keys",
    [
        ["/", "ctrl+r", "escape"],
        ["/", "ctrl+r", "ctrl+r", "1", "enter"],
        ["/", "ctrl+r", "1", "enter"],
        ["/", "ctrl+r", "1", "enter", "v", "v"],
    ],
)
async def test_nothing_is_left_that_looks_where_keys_come_in_a_burst(hand, keys):
    for key in keys:
        hand.app.post_message(Key(key.replace("/", "slash"), key if len(key) == 1 else None))
    await hand.pilot.pause()
    await until(lambda: all(each.is_finished for each in hand.app.workers))
    await until(lambda: len(children_of_this_process()) == 0)


async def test_what_looks_is_gone_behind_hits_that_one_went_on_to(hand):
    await hand.show(b"ab" * 60_000, "text/plain")
    await look_for(hand, ".")
    await until(lambda: "1 of 100,000+" in hand.lines[-1])
    await hand.press("enter", "N", "n")
    await until(lambda: "100,001 of 120,000" in hand.app.described[-1])
    await until(lambda: len(children_of_this_process()) == 0)


async def test_what_is_not_found_is_told_with_how_it_was_looked_for(hand):
    await hand.press("slash", *"nowhere")
    assert "  not found · ctrl+r" in hand.lines[-1]
    await hand.press("enter")
    assert hand.app.described[-1].split(" · ")[-1] == "“nowhere” not found"
    await hand.press("slash", *"Label", "enter")
    assert "“Label” not found with these capitals" in hand.app.described[-1]
    await look_for(hand, "no.where")
    await until(lambda: "not found as a regex · ctrl+r" in hand.lines[-1])
    await hand.press("enter")
    assert "regex “no.where” not found as a regex" in hand.app.described[-1]


@pytest.mark.parametrize("pattern", ["^", "$", "x*", r"\b", "(?=l)"])
async def test_a_pattern_that_matches_no_character_is_said_to(hand, pattern):
    await look_for(hand, pattern)
    await until(lambda: "  matches only empty places · ctrl+r" in hand.lines[-1])
    await hand.press("enter", "n", "N")
    assert hand.view.cursor == 0
    assert "matches only empty places" in hand.app.described[-1]


@pytest.mark.parametrize(
    ("pattern", "words"),
    [("c?", "1 of 101"), ("x*y", "not found as a regex"), ("(x*", "missing )")],
)
async def test_only_a_pattern_without_any_character_is_said_to_match_none(hand, pattern, words):
    await look_for(hand, pattern)
    await until(lambda: words in hand.lines[-1])
    assert "empty places" not in hand.lines[-1]


async def test_words_about_a_body_lead_away_from_no_hit_in_it(hand):
    await hand.show(b"[" + b",".join(b'{"a":"\xff%d"}' % n for n in range(200)) + b"]", None)
    assert hand.view.lenses == ("hex", "about", "raw")
    await look_for(hand, '"a')
    await until(lambda: "1 of 200" in hand.lines[-1])
    await hand.press("enter", "n", "n", "v")
    await until(lambda: "1 of 1" in hand.app.described[-1])
    await hand.press("v")
    await until(lambda: "3 of 200" in hand.app.described[-1])
    assert "".join(texts_on(hand, "current-hit")) == '"a'
