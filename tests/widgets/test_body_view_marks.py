"""What is found is marked where it is in view, at little cost where there is much of it."""

import pytest
from textual.events import Key

from tests.app.waiting import until
from tests.widgets.test_body_view import texts_on
from tests.widgets.test_body_view_finding import showing
from tui.body.search import hits
from tui.body.shown_body import ShownBody
from tui.body.text_document import TextDocument
from tui.widgets.body_view import finding
from tui.widgets.body_view.painting import sight_of

SLICE_S = 1e-9
"""What is worked on for so long is one slice."""


@pytest.fixture
async def hand():
    async with showing(b"{}") as hand:
        yield hand


async def test_a_row_full_of_hits_has_no_more_marks_than_are_in_view(hand):
    await hand.show("漢1, ".encode() * 150, "text/plain")
    await hand.press("slash", "1", "enter")
    for _ in range(3):
        shown = "".join(hand.lines[:-1])
        marked = texts_on(hand, "hit") + texts_on(hand, "current-hit")
        assert marked.count("1") == shown.count("1") - shown.split()[0].count("1") > 8
        sight = sight_of(
            hand.view.row(0).text, int(hand.view.scroll_offset.x), hand.view.size.width
        )
        assert len(hand.view.marks(0, sight.chars)) <= hand.view.size.width // 4
        await hand.press(*["right"] * 3)


class Watched(TextDocument):
    """Text that keeps of which rows one wanted to know what they show."""

    def __init__(self, data):
        super().__init__(data, "text")
        self.asked_for = []

    def shown_in(self, index):
        self.asked_for.append(index)
        return super().shown_in(index)


async def test_going_to_the_next_hit_draws_two_rows_anew(hand):
    document = Watched(b"one 1, two 1\n" * 100)
    hand.view.show_document(document)
    await hand.press("slash", "1", "enter")
    await until(lambda: document.is_complete and "of 200" in hand.app.described[-1])
    await hand.press("n", "n", "n")
    document.asked_for.clear()
    await hand.press("n")
    assert set(document.asked_for) == {1, 2}
    assert hand.view.cursor == 2
    await hand.press("N")
    assert texts_on(hand, "current-hit") == ["1"]
    assert texts_on(hand, "hit") == ["1"] * 23


async def test_hits_that_are_known_later_are_marked_when_one_goes_on(hand, monkeypatch):
    monkeypatch.setattr(hits, "HITS_MAX", 4)
    hand.view.show_document(Watched(b"one 1, two 1\n" * 100))
    await hand.press("slash", "1", "enter", "n", "n", "n")
    await until(lambda: "4 of 4+" in hand.app.described[-1])
    await hand.press("n")
    await until(lambda: "5 of 8+" in hand.app.described[-1])
    assert texts_on(hand, "current-hit") + texts_on(hand, "hit") == ["1"] * 8


async def test_the_hit_that_one_is_at_is_above_all_others(hand):
    hand.view.lenses_by_type = {"application/jsonlines": "table"}
    await hand.show(b'{"aa": "xax"}\n{"aa": "yyy"}\n', "application/jsonlines")
    await hand.press("slash", "a", "enter")
    await until(lambda: "1 of 5" in hand.app.described[-1])
    # What is found in a key is marked as all of its cell, in which there is another hit.
    assert "".join(texts_on(hand, "current-hit")) == "xax"


async def test_the_mouse_selects_between_hits(hand):
    await hand.show(b"a1b1c1d1e1\n", "text/plain")
    await hand.press("slash", "1", "enter")
    left = hand.view.region.x + hand.lines[0].index("a1b1")
    await hand.pilot.mouse_down(offset=(left + 3, hand.view.region.y))
    await hand.pilot.hover(offset=(left + 7, hand.view.region.y))
    await hand.pilot.mouse_up(offset=(left + 7, hand.view.region.y))
    await until(lambda: hand.app.screen.get_selected_text() == "1c1d1")


async def test_rows_that_are_coloured_while_one_looks_for_something_keep_their_colours(
    hand, monkeypatch
):
    monkeypatch.setattr(finding, "FIRST_TURN_S", SLICE_S)
    program = b"def one():\n    return 'e' # eeee eeeee eee\n" * 3_000
    view = hand.view
    view.shown = ShownBody(program, "text/x-python")

    def colours():
        return {part.style.color for part in view.render_line(0) if part.text.strip()}

    plain = colours()
    while view.document.progress < 0.995:
        view.work(turn_s=SLICE_S)
        assert colours() == plain
    view.action_find()
    await view.on_key(Key("e", "e"))
    assert view.is_laid_out
    assert view.has_other_work
    await until(lambda: not view.has_other_work)
    await hand.press("escape")
    assert colours() > plain


async def test_the_path_of_a_hit_in_the_row_that_one_is_in_is_told(hand):
    await hand.show(b"id,name,of\n1,a,b\n2,c,d\n", "text/csv")
    await hand.press("slash", "b", "enter")
    await until(lambda: hand.app.described[-1].endswith("[0].of"))


@pytest.mark.parametrize(
    ("data", "content_type", "keys", "text"),
    [
        (rb'[{"id": 1, "of": "caf\u00e9 \"a\""}]', "application/json", ["v"], 'é "a"'),
        (b'id,of\n1,"say ""hi"""\n2,b\n', "text/csv", [], 'y "hi"'),
        (b'data: {"id":[1],"of":"' + b"x" * 90 + b'"}\n\n', "text/event-stream", [], '"of": "x'),
    ],
    ids=["JSON", "CSV", "events"],
)
async def test_what_is_shown_is_found_however_it_is_spelt(hand, data, content_type, keys, text):
    await hand.show(data, content_type)
    await hand.press(*keys, "slash", *text, "enter")
    marked = "".join(texts_on(hand, "current-hit"))
    assert marked.replace(" ", "") == text.replace(" ", "")
    await until(lambda: hand.app.described[-1].endswith("of"))
