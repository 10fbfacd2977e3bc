"""Selecting and copying in a body view: by keys and by the mouse, and what is drawn of it."""

import json

import pytest
from textual.geometry import Offset

from tests.app.waiting import until
from tests.widgets.test_body_view import Hand, texts_on
from tests.widgets.test_body_view_finding import Harness
from tui.widgets.body_view.view import BodyView

NUMBERS = json.dumps(list(range(20)), indent=2).replace("\n", "\n  ")
FOLDED = f'{{"a": {NUMBERS}, "b": 4}}'.encode()


@pytest.fixture
async def hand():
    app = Harness()
    async with app.run_test(size=(60, 12)) as pilot:
        yield Hand(app, pilot)


@pytest.fixture
async def folded():
    """A view with room for all that is said of what is folded in it."""
    app = Harness()
    async with app.run_test(size=(100, 12)) as pilot:
        hand = Hand(app, pilot)
        await hand.show(FOLDED)
        await hand.press("minus")
        await until(lambda: "max 19" in hand.lines[1])
        yield hand


def caret(hand):
    """What is drawn reversed: the character at the column."""
    strips = [hand.view.render_line(y) for y in range(hand.view.size.height)]
    return [part.text for strip in strips for part in strip if part.style.reverse]


async def test_characters_are_selected_from_where_the_text_begins(hand):
    await hand.show(b'{"name": "value"}')
    await hand.press("down", *["shift+right"] * 6)
    assert hand.view.text_to_copy() == '"name"'
    assert "".join(texts_on(hand, "selection")) == '"name"'
    assert caret(hand) == [":"]


async def test_a_selection_goes_over_lines_and_back(hand):
    await hand.show(b"one\ntwo\nthree\n", "text/plain")
    await hand.press("shift+right", "shift+right", "shift+down")
    assert hand.view.text_to_copy() == "one\ntw"
    await hand.press("shift+end", "shift+right", "shift+right")
    assert hand.view.text_to_copy() == "one\ntwo\nt"
    await hand.press("shift+home", "shift+left")
    assert hand.view.text_to_copy() == "one\ntwo"
    assert [text for text in texts_on(hand, "selection") if text] == ["one", "two"]


async def test_to_the_left_it_begins_at_the_end_of_the_line(hand):
    await hand.show(b"one two\n", "text/plain")
    await hand.press("shift+left", "shift+left", "shift+left")
    assert hand.view.text_to_copy() == "two"
    await hand.press("shift+home")
    assert hand.view.text_to_copy() == "one two"


async def test_a_column_stays_where_lines_are_shorter_between(hand):
    await hand.show(b"longer line\nab\nlonger line\n", "text/plain")
    await hand.press(*["shift+right"] * 7, "down", "down")
    assert hand.view.column == 7
    await hand.press("left", "shift+end")
    assert hand.view.text_to_copy() == " line"


async def test_without_a_column_arrows_look_sideways_and_lines_are_selected(hand):
    await hand.show(b"x" * 200 + b"\nsecond\n", "text/plain")
    await hand.press("right")
    assert hand.view.scroll_offset.x > 0
    await hand.press("shift+down")
    assert hand.view.text_to_copy() == "x" * 200 + "\nsecond"


async def test_escape_drops_the_column_and_the_selection(hand):
    await hand.show(b"one\ntwo\n", "text/plain")
    await hand.press("shift+end", "escape")
    assert hand.view.text_to_copy() == "one\ntwo"
    assert caret(hand) == []
    await hand.press("escape")
    assert hand.app.went_by[-1] == "escape"


async def test_a_far_column_comes_into_view(hand):
    await hand.show(b"x" * 300 + b"end\n", "text/plain")
    await hand.press("shift+end", "left", "left", "left", "shift+right")
    assert caret(hand) == ["n"]
    assert hand.view.text_to_copy() == "e"


@pytest.mark.parametrize("text", ["日本語 text", "e\u0301a", "a\tb", "a\x1bb"])
async def test_wide_and_hidden_characters_are_selected_whole(hand, text):
    await hand.show(text.encode(), "text/plain")
    await hand.press("shift+right", "shift+right")
    assert hand.view.text_to_copy() == text[:2]


async def test_the_hanging_indentation_of_a_wrapped_line_is_not_selected(hand):
    await hand.show(json.dumps({"a": {"b": "word " * 30}}).encode())
    await hand.press("W", "down", "down", "shift+end", "shift+down", "shift+end")
    row = hand.view.document.row(3)
    assert hand.view.text_to_copy().endswith(row.source[row.hanging :])
    assert "\n" not in hand.view.text_to_copy()


async def drag(hand, start, end):
    await hand.pilot.mouse_down(BodyView, offset=start)
    await hand.pilot.hover(BodyView, offset=end)
    await hand.pilot.mouse_up(BodyView, offset=end)
    await hand.pilot.pause()


async def test_the_mouse_selects_in_lines_that_are_scrolled_sideways(hand):
    lines = [bytes(range(97, 123)) * 4, bytes(range(65, 91)) * 4]
    await hand.show(b"\n".join(lines), "text/plain")
    await hand.press("right")
    left = int(hand.view.scroll_offset.x)
    gutter = hand.view.gutter_cells
    await drag(hand, Offset(gutter + 2, 0), Offset(gutter + 4, 1))
    first, second = (line.decode() for line in lines)
    assert (
        hand.view.text_to_copy() == first[left + 2 :] + "\n" + second[: left + 5]
    )  # the one beneath the pointer too


async def test_the_mouse_selects_characters_with_their_accents(hand):
    await hand.show("ae\u0301\u0323\u65e5x".encode(), "text/plain")
    await drag(hand, Offset(hand.view.gutter_cells, 0), Offset(hand.view.gutter_cells + 1, 0))
    assert hand.view.text_to_copy() == "ae\u0301\u0323"


async def test_what_the_mouse_selected_can_still_be_read(hand):
    await hand.show(b'{"name": "value", "n": 1}')
    await drag(hand, Offset(hand.view.gutter_cells, 1), Offset(hand.view.gutter_cells + 8, 2))
    assert [text for text in texts_on(hand, "selection") if text.strip()]
    strips = [hand.view.render_line(y) for y in range(hand.view.size.height)]
    parts = [part for strip in strips for part in strip if part.text.strip()]
    assert [part.text for part in parts if part.style.color == part.style.bgcolor] == []


async def test_a_copy_is_told_as_what_it_is(hand):
    await hand.show(b"one\ntwo\n", "text/plain")
    hand.view.copy("the body")
    await hand.press("shift+down")
    hand.view.copy("the body")
    await hand.press("escape", "shift+end")
    hand.view.copy("the body")
    called = ["the body", "the selection", "the selection"]
    await until(lambda: hand.app.copied_as == called)


async def test_the_mouse_selects_in_wrapped_lines(hand):
    await hand.show(b"word " * 40, "text/plain")
    await hand.press("W")
    await drag(hand, Offset(hand.view.gutter_cells, 0), Offset(hand.view.gutter_cells + 5, 1))
    rows = [hand.view.document.row(index).source for index in (0, 1)]
    assert hand.view.text_to_copy() == rows[0] + rows[1][:6]


VALUES = {"a": 'l\u00e9 "x"\n', "b": [1, {"c": None}], "d": 1.50}


@pytest.mark.parametrize(
    ("row", "value"),
    [(1, VALUES["a"]), (2, '[1, {"c": null}]'), (3, "1"), (6, '{"c": null}'), (8, "1E5")],
)
async def test_the_value_of_a_line_is_copied(hand, row, value):
    await hand.show(json.dumps(VALUES).replace("1.5", "1E5").encode())
    await hand.press("minus", "plus", *["down"] * row, "c")
    await until(lambda: hand.app.copied)
    assert hand.app.copied[0] == value


async def test_what_has_no_value_has_its_line_copied(hand):
    await hand.show(b"first\n" + b"second " * 300 + b"\nthird", "text/plain")
    await hand.press("down", "down", "c")
    await until(lambda: hand.app.copied)
    assert hand.app.copied[0] == "second " * 300


async def test_the_cell_of_a_table_is_copied(hand):
    await hand.show(b'name,score\n"a, ""b""",1.50\n', "text/csv")
    await hand.press("c")
    await until(lambda: hand.app.copied)
    assert hand.app.copied[0] == 'a, "b"'


async def test_the_value_is_that_of_the_moment_of_the_key_whatever_is_folded_then(hand):
    await hand.show(b'{"a": [1, 2], "b": {"c": 3}, "d": 4}')
    hand.view.go_to(3)
    hand.view.action_copy_value()
    hand.view.action_fold_all()
    await until(lambda: hand.app.copied)
    assert hand.app.copied == ["2"]


async def test_the_cell_is_that_of_the_moment_of_the_key_whatever_is_sorted_then(hand):
    await hand.show(b"name,score\nb,1\na,2\n", "text/csv")
    hand.view.action_copy_value()
    hand.view.action_sort_column(is_descending_first=False)
    hand.view.action_scroll_columns(8)
    await until(lambda: hand.app.copied)
    assert hand.app.copied == ["b"]


@pytest.mark.parametrize("length", [4_000, 5_000, 70_000])
async def test_the_path_of_a_long_name_is_copied_whole(hand, length):
    name = "a " * (length // 2)
    await hand.show(json.dumps([{"before": 1, name: {"x": 2}}]).encode())
    await hand.press("G", "up", "up", "up", "p")
    await until(lambda: hand.app.copied)
    assert hand.app.copied == [f'[0]."{name}".x']


async def test_in_a_hex_dump_the_offset_is_copied_for_a_path(hand):
    await hand.show(bytes(100), "application/octet-stream")
    assert hand.view.lens == "hex"
    await hand.press("down", "down", "p")
    assert hand.app.copied == ["0x20"]
    await hand.press("shift+down")
    offsets = [int(line.split()[0], 16) for line in hand.view.text_to_copy().splitlines()]
    assert offsets == [0x20, 0x30]


async def test_rows_of_a_sorted_table_are_copied_in_the_order_in_which_they_are_shown(hand):
    await hand.show(b"name,score\na,2\nb,3\nc,1\n", "text/csv")
    await hand.press("right", "s")
    await until(lambda: hand.view.is_laid_out)
    await hand.press("g", "shift+down")
    assert hand.view.text_to_copy() == "c,1\na,2"


@pytest.mark.parametrize("lens", ["table", "raw"])
async def test_many_rows_are_made_into_text_apart(hand, lens):
    rows = [f"{row},x" for row in range(1_000)]
    hand.view.lenses_by_type = {"text/csv": lens}
    await hand.show("\n".join(rows).encode(), "text/csv")
    await until(lambda: hand.view.is_laid_out)

    def is_made_apart():
        hand.view.copy("the body")
        return any(worker.group == "copy" for worker in hand.app.workers)

    await hand.press("shift+down")
    assert not is_made_apart()
    hand.view.cursor = len(rows) - 1
    assert is_made_apart()
    await until(lambda: hand.app.copied == ["\n".join(rows[:2]), "\n".join(rows)])
    await hand.press("escape")
    assert is_made_apart()
    await until(lambda: hand.app.copied[2:] == ["\n".join(rows)])


async def test_a_selection_over_folded_lines_is_copied_whole(hand):
    await hand.show(b'{"a": [1, 2], "b": {"c": 3}}')
    await hand.press("minus", "down", "shift+down")
    assert hand.view.text_to_copy() == '  "a": [\n    1,\n    2\n  ],\n  "b": {\n    "c": 3\n  }'
    hand.app.screen.clear_selection()
    await hand.press("escape")
    await drag(hand, Offset(hand.view.gutter_cells + 2, 1), Offset(hand.view.gutter_cells + 4, 2))
    assert hand.view.text_to_copy().startswith('"a": [\n    1,')


@pytest.mark.parametrize(
    ("start", "end", "text"),
    [
        ("[", "]", NUMBERS),
        ("[", ",", f"{NUMBERS},"),
        ('"a"', ": ", '"a": '),
        ("min", "0", "min 0"),
        ('"a"', "numbers", '"a": [ … 20 numbers'),
    ],
)
async def test_of_what_is_folded_is_copied_what_is_selected(folded, start, end, text):
    hand, row = folded, folded.view.row(1).text
    first, last = row.index(start), row.index(end, row.index(start)) + len(end) - 1
    gutter = hand.view.gutter_cells
    await drag(hand, Offset(gutter + first, 1), Offset(gutter + last, 1))
    assert hand.view.text_to_copy() == text


async def test_a_selection_from_a_fold_ends_where_it_ends_in_another_line(folded):
    hand, gutter = folded, folded.view.gutter_cells
    row = hand.view.row(1).text
    await drag(hand, Offset(gutter + 2, 1), Offset(gutter + 4, 2))
    assert hand.view.text_to_copy() == f'"a": {NUMBERS},\n  "b"'
    await hand.press("escape")
    await drag(hand, Offset(gutter + row.index("max"), 1), Offset(gutter + 4, 2))
    assert hand.view.text_to_copy() == f'{row[row.index("max") :]}\n  "b"'
    await hand.press("escape")
    await drag(hand, Offset(gutter, 0), Offset(gutter + row.index("numbers") + 6, 1))
    assert hand.view.text_to_copy() == '{\n  "a": [ … 20 numbers'


async def test_what_is_scrolled_sideways_and_wrapped_is_copied_as_it_came(hand):
    line = "".join(f"{n:03} " for n in range(100))
    await hand.show(f"{line}\nend\n".encode(), "text/plain")
    await hand.press(*["right"] * 5, "shift+down")
    assert hand.view.text_to_copy() == f"{line}\nend"
    await hand.press("escape", "W", "g", *["shift+down"] * 3)
    assert line.startswith(hand.view.text_to_copy())
    assert "\n" not in hand.view.text_to_copy()


async def test_what_was_asked_for_last_is_copied_last(hand):
    await hand.show(b"line\n" * 15_000, "text/plain")
    await until(lambda: hand.view.is_laid_out)
    hand.view.copy("the body")
    (many,) = (worker for worker in hand.app.workers if worker.group == "copy")
    hand.view.selected_from, hand.view.cursor = 0, 1
    hand.view.copy("the body")
    assert many.is_cancelled
    await until(lambda: hand.app.copied)
    assert hand.app.copied == ["line\nline"]
