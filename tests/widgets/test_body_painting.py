"""Rows as strips: every mark is where it belongs, the last one on top."""

from hypothesis import example, given
from hypothesis import strategies as st
from rich.style import Style

from tui.body.rows import Row
from tui.widgets.body_view.painting import paint, sight_of

TEXT = "ab漢 cd字e"
GROUNDS = [Style(bgcolor=name) for name in ("red", "green", "blue")]

marks = st.tuples(
    st.integers(0, len(TEXT)), st.integers(0, len(TEXT) + 3), st.sampled_from(GROUNDS)
)


@given(st.lists(marks, max_size=5))
def test_each_character_has_the_ground_of_the_last_mark_on_it(placed):
    strip = paint(Row(TEXT, TEXT, ((1, 4, "key"),)), Style(), lambda _: Style(bold=True), placed)
    assert strip.text == TEXT
    drawn = [(style.bgcolor, style.bold) for text, style, _ in strip for _ in text]
    for at, (ground, bold) in enumerate(drawn):
        on_it = [style.bgcolor for start, end, style in placed if start <= at < end]
        assert ground == (on_it[-1] if on_it else None)
        assert bold == (True if 1 <= at < 4 else None)


def test_an_accent_at_the_end_of_a_row_stays_where_there_are_marks():
    row = Row("ae\u0301", "ae\u0301", ((0, 2, "key"),))
    for place in ((0, 1), (1, 3), (0, 3)):
        strip = paint(row, Style(), lambda _: Style(bold=True), [(*place, GROUNDS[0])])
        assert strip.text == row.text


PARTS = st.lists(st.sampled_from(["a", "b", "漢", "→", " "]), max_size=30).map("".join)


@given(PARTS, st.integers(0, 40), st.integers(1, 30), st.lists(marks, max_size=4))
def test_what_is_in_view_of_a_row_is_drawn_as_in_all_of_it(text, left, cells, placed):
    spans = tuple((at, min(at + 3, len(text)), "key") for at in range(1, len(text), 4))
    row, look = Row(text, text, spans), Style(bold=True)
    whole = paint(row, Style(), lambda _: look, placed)
    sight = sight_of(text, left, cells)
    drawn = sight.crop(paint(row, Style(), lambda _: look, placed, sight.chars))
    assert sight.goes_on == (whole.cell_length > left + cells)
    expected = whole.crop(left, left + cells - sight.goes_on)
    assert characters_of(drawn) == characters_of(expected)


def characters_of(strip):
    """Each character, and how it is drawn."""
    return [(char, style) for text, style, _ in strip for char in text]


def test_no_more_is_drawn_of_a_row_than_is_in_view():
    text = "1, " * 300
    placed = [(at, at + 1, GROUNDS[0]) for at in range(0, len(text), 3)]
    sight = sight_of(text, 301, 60)
    strip = paint(Row(text, text), Style(), lambda _: Style(), placed, sight.chars)
    assert strip.cell_length == 59
    assert len(list(strip)) <= 41


def test_an_accent_is_marked_with_its_letter():
    row = Row("ae\u0301o", "ae\u0301o")
    strip = paint(row, Style(), lambda _: Style(), [(2, 3, GROUNDS[0])])
    marked = [part.text for part in strip if part.style.bgcolor == GROUNDS[0].bgcolor]
    assert "".join(marked) == "e\u0301"


def test_an_accent_behind_what_is_in_view_stays_with_its_letter():
    sight = sight_of("abe\u0301cde", 0, 4)
    assert list(sight.chars) == [0, 1, 2, 3]


@given(
    st.lists(st.sampled_from(["a", "漢", "☺\ufe0f"]), max_size=9).map("".join), st.integers(1, 9)
)
@example("aaa☺\ufe0f", 4)
def test_a_row_goes_on_where_what_widens_its_last_character_has_no_room(text, cells):
    whole = paint(Row(text, text), Style(), lambda _: Style(), [])
    assert sight_of(text, 0, cells).goes_on == (whole.cell_length > cells)
