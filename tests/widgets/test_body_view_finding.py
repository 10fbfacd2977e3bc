"""Finding in a body view, by the keys that one presses and by what is then drawn."""

import json
from contextlib import asynccontextmanager

import pytest
from textual.app import App
from textual.events import Key, Paste

from tests.app.waiting import until
from tests.widgets.test_body_view import Hand, texts_on
from tui.body.search import hits as hits_module
from tui.body.shown_body import ShownBody
from tui.widgets.body_view.view import BodyView
from tui.widgets.copying import CopyRequested
from tui.widgets.theming import variable_defaults

RECORDS = json.dumps(
    {"predictions": [{"id": n, "label": f"Class {n}"} for n in range(100)]}
).encode()


class Harness(App):
    def __init__(self):
        super().__init__()
        self.described = []
        self.copied = []
        self.copied_as = []
        """What each of those was called."""
        self.went_by = []

    def get_theme_variable_defaults(self):
        return variable_defaults(self.current_theme)

    def compose(self):
        yield BodyView(id="body")

    def on_body_view_described(self, event):
        self.described.append(event.words)

    def on_copy_requested(self, event: CopyRequested):
        self.copied.append(event.text)
        self.copied_as.append(event.what)

    def on_key(self, event):
        self.went_by.append(event.key)


@asynccontextmanager
async def showing(data, size=(60, 12)):
    """Show JSON in a view of its own, and have a hand at its keys."""
    app = Harness()
    async with app.run_test(size=size) as pilot:
        hand = Hand(app, pilot)
        await hand.show(data)
        yield hand


@pytest.fixture
async def hand():
    async with showing(RECORDS) as hand:
        yield hand


def line_at_cursor(hand):
    return hand.view.document.row(hand.view.cursor).source.strip()


async def test_typing_goes_to_the_first_hit(hand):
    await hand.press("slash", *"class 17")
    assert line_at_cursor(hand) == '"label": "Class 17"'
    assert "1 of 1" in hand.lines[-1]
    assert "/class 17" in hand.lines[-1]


async def test_n_and_shift_n_go_from_hit_to_hit_and_around(hand):
    await hand.press("slash", *"class 9", "enter")
    lines = []
    for key in ("n", "n", "N", "N", "N"):
        await hand.press(key)
        lines.append(line_at_cursor(hand)[-9:])
    assert lines == ['Class 90"', 'Class 91"', 'Class 90"', '"Class 9"', 'Class 99"']
    assert "“class 9” 11 of 11" in hand.app.described[-1]


async def test_a_capital_asks_for_that_case(hand):
    await hand.press("slash", "C", "L", "enter")
    assert "not found" in hand.app.described[-1]
    await hand.press("slash", "C", "l", "enter")
    assert "1 of 100" in hand.app.described[-1]


async def test_every_visible_hit_is_marked_one_of_them_as_the_current(hand):
    await hand.press("slash", *"label", "enter")
    assert "".join(texts_on(hand, "current-hit")) == "label"
    assert texts_on(hand, "hit") == ["label"] * ("".join(hand.lines).count("label") - 1)
    assert texts_on(hand, "hit")


async def test_marks_move_no_text(hand):
    before = hand.lines
    await hand.press("slash", *"predictions", "enter")
    assert hand.lines == before


async def test_keys_typed_into_the_prompt_do_nothing_else(hand):
    await hand.press("slash", *"vjGW", "escape")
    assert hand.view.cursor == 0
    assert hand.view.lens == "pretty"
    assert not hand.view.is_wrapped
    assert set(hand.app.went_by) == {"slash"} or hand.app.went_by == []


async def test_escape_goes_back_to_where_one_was(hand):
    await hand.press("down", "slash", *"class 80")
    assert hand.view.cursor > 100
    await hand.press("escape")
    assert hand.view.cursor == 1
    assert texts_on(hand, "hit") == []


async def test_n_is_left_to_others_while_nothing_is_looked_for(hand):
    await hand.press("n")
    assert hand.app.went_by == ["n"]


async def test_backspace_takes_back_and_then_leaves(hand):
    await hand.press("slash", *"ix", "backspace")
    assert "/i" in hand.lines[-1]
    await hand.press("backspace", "backspace")
    assert "/" not in hand.lines[-1]


async def test_a_hit_far_to_the_right_comes_into_view(hand):
    await hand.show(b"x" * 300 + b"needle\n", "text/plain")
    await hand.press("slash", *"needle", "enter")
    assert "needle" in hand.lines[0]


async def test_the_same_text_is_found_in_a_table_in_raw_and_in_hex(hand):
    await hand.press("slash", *"class 42", "enter")
    for lens in ("table", "raw"):
        await hand.press("v")
        assert hand.view.lens == lens
        assert "1 of 1" in hand.app.described[-1]
        assert "".join(texts_on(hand, "current-hit")) == "Class 42"
    await hand.press("v")
    assert "43 6c 61 73 73" in " ".join(texts_on(hand, "current-hit"))


async def test_a_hit_is_reached_before_all_is_laid_out(hand):
    rows = b",\n".join(b'{"id": %d}' % number for number in range(400_000))
    hand.view.shown = ShownBody(b"[" + rows + b"]", "application/json")
    await hand.press("slash", *"399999", "enter")
    await until(lambda: '"id": 399999' in line_at_cursor(hand))
    assert hand.view.document.number(hand.view.cursor) == str(3 * 399_999 + 3)


async def test_the_end_is_where_it_will_be_once_all_is_laid_out(hand):
    rows = b",\n".join(b'{"id": %d}' % number for number in range(200_000))
    hand.view.shown = ShownBody(b"[" + rows + b"]", "application/json")
    await hand.press("G")
    await until(lambda: hand.view.is_laid_out)
    assert hand.view.cursor == hand.view.row_count - 1


async def test_a_far_line_comes_into_the_middle_of_the_view(hand):
    await hand.press("colon", *"250", "enter")
    assert 3 <= hand.view.line_of_cursor <= 8
    await hand.press("slash", *"class 17", "enter")
    assert 3 <= hand.view.line_of_cursor <= 8
    await hand.press("end")
    assert hand.view.line_of_cursor == hand.view.page_rows - 1


async def test_what_is_not_found_leaves_the_view_where_it_was_sideways_too(hand):
    await hand.show(b"first " + b"x" * 300 + b" needle\n", "text/plain")
    await hand.press("slash", *"needle")
    assert hand.view.scroll_offset.x > 0
    await hand.press("z")
    assert hand.view.scroll_offset.x == 0
    await hand.press("backspace")
    assert hand.view.scroll_offset.x > 0
    await hand.press("escape")
    assert hand.view.scroll_offset.x == 0


async def test_a_search_that_is_given_up_leaves_the_view_as_it_was(hand):
    await hand.press("colon", *"250", "enter", "up", "up")
    top = hand.view.scroll_offset.y
    await hand.press("slash", *"class 1")
    assert hand.view.scroll_offset.y != top
    await hand.press("escape")
    assert (hand.view.cursor, hand.view.scroll_offset.y) == (247, top)


async def test_a_number_beyond_the_end_is_told(hand):
    await until(lambda: hand.view.is_laid_out)
    await hand.press("colon", *"99999")
    assert "the last is" in hand.lines[-1]
    assert f"{hand.view.row_count:,}" in hand.lines[-1]


async def test_colon_goes_to_the_next_mistake(hand):
    lines = [b'{"a": 1}', b"{oops}", *[b"[2]"] * 20, b"[3, [4", b"[5]"]
    await hand.show(b"\n".join(lines), "application/jsonlines")
    await hand.press("v")
    found = []
    for _ in range(3):
        await hand.press("colon", "exclamation_mark", "enter")
        found.append(line_at_cursor(hand))
    assert found == ["{oops}", "[3, [4", "{oops}"]


async def test_colon_goes_to_a_line(hand):
    await hand.press("colon", *"250", "enter")
    assert hand.view.cursor == 249
    await hand.press("colon", *"99999", "enter")
    assert hand.view.cursor == hand.view.row_count - 1


@pytest.mark.parametrize(
    ("typed", "row"), [("0", 0), ("-1", 403), ("-2", 402), ("-9999", 0), ("9" * 15, 403)]
)
async def test_lines_are_counted_from_the_end_too_and_there_are_no_others(hand, typed, row):
    await hand.press("colon", *typed, "enter")
    assert hand.view.cursor == row


async def test_what_is_no_number_is_told_and_asked_for_again(hand):
    await hand.press("colon")
    assert "line :" in hand.lines[-1]
    await hand.press(*"12x", "enter")
    assert "no number" in hand.lines[-1]
    await hand.press("backspace", "enter")
    assert hand.view.cursor == 11
    await hand.press("colon", "enter")
    assert hand.view.cursor == 11
    assert hand.view.asked is None


async def test_in_a_hex_dump_one_goes_to_an_offset_as_it_is_shown(hand):
    await hand.press("v", "v", "v")
    for typed, offset in (("100", 0x100), ("0x1F0", 0x1F0), ("-1", len(RECORDS) - 1)):
        await hand.press("colon", *typed)
        assert "offset :" in hand.lines[-1]
        await hand.press("enter")
        start, end = hand.view.document.span(hand.view.cursor)
        assert start <= offset < end


async def test_a_line_is_gone_to_when_it_is_laid_out(hand):
    rows = b",\n".join(b'{"id": %d}' % number for number in range(300_000))
    hand.view.shown = ShownBody(b"[" + rows + b"]", "application/json")
    await hand.pilot.press("colon")
    hand.view.post_message(Paste("800000"))
    await hand.pilot.press("enter")
    await until(lambda: hand.view.is_laid_out)
    assert hand.view.document.number(hand.view.cursor) == "800000"


async def test_the_path_of_the_line_is_told_and_copied(hand):
    await hand.press("slash", *"class 17", "enter")
    await until(lambda: "predictions[17].label" in hand.app.described[-1])
    await hand.press("p")
    assert hand.app.copied == ["predictions[17].label"]


async def test_another_look_stays_at_the_place(hand):
    await hand.press("colon", *"250", "enter")
    start, end = hand.view.document.span(hand.view.cursor)
    await hand.press("v")
    row_start, row_end = hand.view.document.span(hand.view.cursor)
    assert row_start <= start < row_end
    await hand.press("v", "v")
    assert hand.view.document.span(hand.view.cursor)[0] < end


async def test_wrapped_json_fits_beside_its_indentation(hand):
    await hand.show(json.dumps({"a": {"b": {"c": ["word " * 60]}}}).encode())
    await hand.press("W")
    assert hand.view.max_scroll_x == 0
    assert json.loads(hand.view.text_to_copy()) == {"a": {"b": {"c": ["word " * 60]}}}


async def test_pasted_text_is_looked_for_up_to_its_first_line(hand):
    await hand.press("slash")
    hand.view.post_message(Paste("\n"))
    hand.view.post_message(Paste("\nclass 33\nclass 34"))
    await hand.pilot.pause()
    assert line_at_cursor(hand) == '"label": "Class 33"'


async def test_hostile_text_in_the_prompt_is_drawn_harmlessly(hand):
    await hand.press("slash")
    hand.view.post_message(Paste("\x1b[31m[/]\u202e"))
    await hand.pilot.pause()
    assert all(line.isprintable() for line in hand.lines)


async def test_going_around_the_ends_is_told(hand):
    await hand.press("slash", *"class 9", "enter", "N")
    assert "11 of 11, from the end again" in hand.app.described[-1]
    await hand.press("n")
    assert "1 of 11, from the top again" in hand.app.described[-1]
    await hand.press("n")
    assert "2 of 11" in hand.app.described[-1]
    assert "again" not in hand.app.described[-1]
    await hand.press("G", "slash", *"class 10", "enter")
    assert "from the top again" in hand.app.described[-1]


async def test_bytes_are_found_in_a_hex_dump_by_pairs_of_digits(hand):
    await hand.show(b"7b 22 text\x00\x7b\x22\xff\x00", "application/octet-stream")
    await hand.press("slash")
    assert "bytes such as 7b 22" in hand.lines[-1]
    await hand.press(*"7b 22")
    assert "1 of 2" in hand.lines[-1]
    await hand.press("enter", "n")
    assert texts_on(hand, "current-hit") == ["7b 22"]
    assert "2 of 2" in hand.app.described[-1]
    await hand.press("slash", *"0xFF00", "enter")
    assert "ff 00" in texts_on(hand, "current-hit")
    await hand.press("slash", *"22", "enter")
    assert "1 of 1" in hand.app.described[-1]


async def test_what_is_pasted_is_cut_where_nobody_types_more(hand):
    await hand.press("slash")
    hand.view.post_message(Paste("x" * 100_000))
    await hand.pilot.pause()
    assert "cut at 8,000 char" in hand.lines[-1]
    assert "xxx" in hand.lines[-1]
    await hand.press("backspace")
    assert "cut at" not in hand.lines[-1]


async def test_it_is_looked_for_in_what_is_told_of_bytes(hand):
    await hand.show(b"%PDF-1.7\n" + bytes(200), "application/pdf")
    while hand.view.lens != "about":
        await hand.press("v")
    await hand.press("slash", *"pdf", "enter")
    assert "1 of " in hand.app.described[-1]
    assert "".join(texts_on(hand, "current-hit")) == "PDF"


async def test_keys_typed_in_a_burst_go_into_the_prompt_that_the_first_one_opens(hand):
    for key, character in (("slash", "/"), ("c", "c"), ("o", "o"), ("enter", "\r")):
        hand.app.post_message(Key(key, character))
    await hand.pilot.pause()
    await hand.pilot.pause()
    assert "“co” not found" in hand.app.described[-1]
    assert hand.app.copied == []


@pytest.fixture
def few_counted(monkeypatch):
    """Ten hits are counted at once, and thirty at most."""
    monkeypatch.setattr(hits_module, "HITS_MAX", 10)
    monkeypatch.setattr(hits_module, "KEPT_MAX", 30)


@pytest.mark.parametrize("switch", [(), ("ctrl+r",)], ids=["text", "regex"])
async def test_n_goes_on_behind_the_hits_that_were_counted(hand, few_counted, switch):
    await hand.press("slash", *switch, *"class", "enter")
    await until(lambda: "1 of 10+" in hand.app.described[-1])
    for number in range(1, 30):
        await hand.press("n")
        await until(lambda: f" {number + 1} of " in hand.app.described[-1])  # noqa: B023
        assert line_at_cursor(hand) == f'"label": "Class {number}"'
    assert "30 of 30+" in hand.app.described[-1]
    await hand.press("n")
    again = "1 of 30+, from the top again: no more are counted"
    await until(lambda: again in hand.app.described[-1])
    await hand.press("N")
    await until(lambda: "30 of 30+, the last one counted" in hand.app.described[-1])


@pytest.mark.parametrize("switch", [(), ("ctrl+r",)], ids=["text", "regex"])
async def test_hits_are_counted_up_to_where_one_is(hand, few_counted, switch):
    await hand.press(*":80", "enter", "slash", *switch, *"class", "enter")
    await until(lambda: "of 20+" in hand.app.described[-1])
    assert line_at_cursor(hand) == '"label": "Class 19"'
    await hand.press(*":97", "enter")
    assert line_at_cursor(hand) == '"label": "Class 23"'
    await hand.press("n")
    await until(lambda: "25 of 30+" in hand.app.described[-1])
    assert line_at_cursor(hand) == '"label": "Class 24"'
