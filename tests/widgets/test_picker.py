from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tui.body.sanitise import remove_unsafe
from tui.widgets.picker import Choice, choice_words, first_cursor, matching

NAMES = tuple(Choice(label=name, value=name) for name in ("default", "prod", "prod-eu", "Work"))


def labels(text, *, takes_free_text=True):
    return [each.label for each in matching(NAMES, text, takes_free_text=takes_free_text)]


def test_without_a_text_all_are_shown():
    assert labels("") == ["default", "prod", "prod-eu", "Work"]


def test_any_part_in_any_case_matches_and_the_text_itself_stands_last():
    assert labels("WOR") == ["Work", "WOR"]
    assert labels("rod") == ["prod", "prod-eu", "rod"]


def test_a_text_that_is_listed_is_not_offered_twice():
    assert labels("prod") == ["prod", "prod-eu"]


def test_a_closed_list_offers_nothing_else():
    assert labels("x", takes_free_text=False) == []


def test_the_cursor_starts_on_the_current_choice():
    shown = (Choice(label="a"), Choice(label="b", is_current=True))
    assert first_cursor(shown, "") == 1


def test_the_cursor_starts_on_what_was_typed_exactly_else_on_the_first_match():
    shown = matching(NAMES, "prod-eu", takes_free_text=True)
    assert shown[first_cursor(shown, "prod-eu")].label == "prod-eu"
    shown = matching(NAMES, "rod", takes_free_text=True)
    assert shown[first_cursor(shown, "rod")].label == "prod"
    listed = (Choice(label="a prod"), Choice(label="prod"))
    assert first_cursor(listed, "prod") == 1


@given(st.text(), st.booleans())
def test_the_cursor_is_always_on_a_choice(text, takes_free_text):
    shown = matching(NAMES, text, takes_free_text=takes_free_text)
    assert not shown or 0 <= first_cursor(shown, text) < len(shown)


@given(st.text(), st.text())
def test_a_choice_is_one_drawable_line(label, note):
    words = choice_words(Choice(label=label, note=note)).plain
    assert remove_unsafe(words) == words
