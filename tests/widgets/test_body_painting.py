"""Rows as strips: every mark is where it belongs, the last one on top."""

from hypothesis import given
from hypothesis import strategies as st
from rich.style import Style

from tui.body.rows import Row
from tui.widgets.body_view.painting import paint

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
