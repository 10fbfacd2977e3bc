"""What is said above a body, where there is too little room for it."""

from hypothesis import given
from hypothesis import strategies as st
from textual.app import App
from textual.content import Content

from tui.widgets.body_words import BodyWords
from tui.widgets.request_form.tabs import TabStrip

FILTERED = "filtered by records[?score>`0.99`].id (re-serialised, order kept) · JSON · 3,250 lines"
WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("C", "M", "Z")), max_size=60)


def test_the_place_stays_in_sight_where_what_the_body_is_is_cut():
    words = BodyWords(FILTERED, "“1000” not found")
    assert words.fit(36).plain == "filtered by reco… · “1000” not found"
    assert words.fit(200).plain == f"{FILTERED} · “1000” not found"
    assert words.fit(16).plain == "“1000” not found"


def test_what_is_cut_says_so():
    assert BodyWords(FILTERED).fit(12).plain == "filtered by…"


@given(what=WORDS, where=WORDS, room=st.integers(0, 80))
def test_no_more_is_said_than_there_is_room_for(what, where, room):
    assert BodyWords(what, where).fit(room).cell_length <= room


class Tabs(App):
    CSS = "TabStrip { width: 1fr; }"

    def compose(self):
        yield TabStrip(("Body", "Headers"), active="Body", help_text="")


async def test_tabs_stay_in_sight_beside_long_words_of_a_body():
    app = Tabs()
    async with app.run_test(size=(60, 3)) as pilot:
        strip = app.query_one(TabStrip)
        strip.marks = {"Body": BodyWords(FILTERED, "“1000” 1 of 20"), "Headers": Content("5")}
        await pilot.pause()
        shown = strip.render_line(0).text.rstrip()
        assert shown.startswith("Body filtered by")
        assert shown.endswith("… · “1000” 1 of 20   Headers 5")
