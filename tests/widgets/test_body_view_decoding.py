"""A large body in another encoding: its beginning is seen at once, and all of it is acted on."""

import asyncio
import json

import pytest
from textual.app import App
from textual.events import Paste

from tests.app.waiting import until
from tests.patience import PATIENCE_S
from tests.widgets.test_body_view import Hand
from tui.body.shown_body import ShownBody
from tui.widgets.body_view.view import BodyView
from tui.widgets.theming import variable_defaults

RECORDS = [{"name": "é" * 20, "id": number} for number in range(40_000)]
TEXT = "\n".join(json.dumps(record, ensure_ascii=False) for record in RECORDS)
LAST = len(RECORDS) - 1


class Harness(App):
    def __init__(self):
        super().__init__()
        self.copied = []
        self.described = []

    def get_theme_variable_defaults(self):
        return variable_defaults(self.current_theme)

    def compose(self):
        yield BodyView(id="body")

    def on_copy_requested(self, event):
        self.copied.append(event.text)

    def on_body_view_described(self, event):
        self.described.append(event.words)


@pytest.fixture
async def hand():
    app = Harness()
    async with app.run_test(size=(60, 12)) as pilot:
        yield Hand(app, pilot)


def begin(hand, encoding="latin-1", media_type="application/jsonlines"):
    """Show it, and return before anything else gets its turn."""
    hand.view.focus()
    hand.view.shown = ShownBody(TEXT.encode(encoding), f"{media_type}; charset={encoding}")


async def whole(hand):
    await until(lambda: hand.view.is_laid_out)
    await hand.pilot.pause()


async def test_the_first_page_is_there_before_all_is_decoded(hand):
    begin(hand)
    assert hand.view.lens == "table"
    assert not hand.view.is_laid_out
    assert 12 < hand.view.row_count < len(RECORDS)
    first_page = [hand.view.row(index).text for index in range(10)]
    hand.view.describe()
    await whole(hand)
    assert hand.view.row_count == len(RECORDS)
    assert [hand.view.row(index).text for index in range(10)] == first_page
    assert any(words.startswith("JSON · ") and "% decoded" in words for words in hand.app.described)
    assert "40,000" in hand.app.described[-1]


@pytest.mark.parametrize("encoding", ["latin-1", "utf-16-be"])
async def test_keys_that_are_pressed_at_once_are_about_all_of_it(hand, encoding):
    begin(hand, encoding)
    await hand.press("v", "G")
    await whole(hand)
    assert hand.view.lens == "pretty"
    await until(lambda: hand.view.cursor == hand.view.row_count - 1)
    begin(hand, encoding)
    await hand.press("slash", *str(LAST), "enter")
    await whole(hand)
    await until(lambda: f'"id": {LAST}' in hand.view.row(hand.view.cursor).text)


async def test_a_line_is_gone_to_that_is_not_decoded_yet(hand):
    begin(hand)
    await hand.press("colon", *str(LAST), "enter")
    await until(lambda: hand.view.cursor == LAST - 1)


async def test_all_of_it_is_copied_and_none_of_it_is_taken_for_another_encoding(hand):
    begin(hand, "utf-16-be")
    hand.view.copy("the body")
    await until(lambda: hand.app.copied)
    assert hand.app.copied == [TEXT]


@pytest.mark.parametrize("is_decoded", [False, True])
async def test_all_of_it_is_filtered(hand, is_decoded):
    begin(hand)
    if is_decoded:
        await whole(hand)
    await hand.press("ampersand")
    hand.view.post_message(Paste("[-1].[id, name]"))
    await hand.pilot.pause()
    await hand.press("enter")
    await until(lambda: hand.view.derived is not None)
    assert json.loads(hand.view.shown.data) == [LAST, "é" * 20]


async def test_folds_and_the_place_stay_when_all_is_decoded(hand):
    hand.view.lenses_by_type = {"application/jsonlines": "pretty"}
    begin(hand)
    hand.view.action_fold_all()
    hand.view.go_to(7)
    await whole(hand)
    assert hand.view.cursor == 7
    assert hand.view.row_count == len(RECORDS)


async def test_another_body_ends_the_decoding_of_the_one_before(hand):
    begin(hand)
    await hand.show(b'{"a": 1}')
    await whole(hand)
    assert hand.view.document.data == b'{"a": 1}'
    begin(hand)
    hand.view.shown = None
    await hand.press("G")
    assert hand.view.document is None


async def test_bytes_are_seen_as_they_came_whatever_is_decoded(hand):
    hand.view.lenses_by_type = {"application/jsonlines": "hex"}
    begin(hand, "utf-16-be")
    document = hand.view.document
    await hand.press("v")
    await whole(hand)
    assert hand.view.lens == "table"
    assert document.data == TEXT.encode("utf-16-be")
    assert hand.view.row_count == len(RECORDS)


async def test_one_leaves_while_it_is_decoded_whatever_was_typed():
    app = Harness()
    async with asyncio.timeout(PATIENCE_S), app.run_test(size=(60, 12)) as pilot:
        hand = Hand(app, pilot)
        hand.view.focus()
        hand.view.shown = ShownBody(TEXT.encode("utf-16-be") * 4, "text/plain; charset=utf-16-be")
        app.simulate_key("G")
        assert not hand.view.is_laid_out
        app.exit()
