"""A table in the body view, by the keys that one presses and by what is then drawn."""

import json

import pytest

from tests.app.waiting import until
from tests.widgets.test_body_view import Hand, Harness, texts_on
from tui.body.shown_body import ShownBody

ROWS = b"name,score,note\n" + b"".join(
    b"n%d,%d,%b\n" % (n, n * 37 % 100, b"long; " * 20) for n in range(100)
)
LINES = b"\n".join(json.dumps({"id": n, "label": f"class {n}"}).encode() for n in range(100))


class TableHand(Hand):
    """One that waits for what a key has set going: it may take more than a turn of the loop."""

    async def show(self, data, content_type="application/json"):
        await super().show(data, content_type)
        await self.rest()

    async def press(self, *keys):
        await super().press(*keys)
        await self.rest()

    async def rest(self):
        view = self.view
        await until(lambda: view.is_laid_out and not view.has_other_work)
        await self.pilot.pause()


@pytest.fixture
async def hand():
    app = Harness()
    async with app.run_test(size=(60, 12)) as pilot:
        yield TableHand(app, pilot)


async def sort(hand, *keys):
    await hand.press(*keys)


async def test_csv_is_shown_as_a_table_below_its_names(hand):
    await hand.show(ROWS, "text/csv")
    assert hand.view.lens == "table"
    assert hand.lines[0].split() == ["name", "score", "note"]
    assert hand.lines[1].split()[:3] == ["1", "n0", "0"]
    assert hand.app.described[-1].startswith("CSV · 100 rows × 3 columns")
    await hand.press("G")
    assert hand.lines[0].split() == ["name", "score", "note"]
    assert hand.lines[-1].split()[:2] == ["100", "n99"]


async def test_a_table_of_json_is_one_of_its_lenses(hand):
    await hand.show(json.dumps({"predictions": [{"id": n} for n in range(3)]}).encode())
    assert hand.view.lens == "pretty"
    await hand.press("v")
    assert hand.lines[0].split() == ["id"]
    assert hand.app.described[-1].startswith("JSON · 3 rows × 1 column")


async def test_right_and_left_go_from_column_to_column(hand):
    await hand.show(ROWS, "text/csv")
    await hand.press("down", "right")
    await until(lambda: hand.app.described[-1].endswith("[1].score"))
    assert texts_on(hand, "selection") == ["37"]
    await hand.press("left", "left")
    assert texts_on(hand, "selection") == ["n1"]


async def test_what_does_not_fit_is_told_at_the_bottom_and_shown_by_itself(hand):
    await hand.show(ROWS, "text/csv")
    await hand.press("right", "right")
    assert hand.lines[-1].strip().startswith("note: long; long; long;")
    await hand.press("o")
    await hand.app.workers.wait_for_complete()
    await hand.pilot.pause()
    assert hand.lines[0].split()[:2] == ["1", "long;"]


async def test_s_sorts_up_then_down_then_as_it_came(hand):
    await hand.show(ROWS, "text/csv")
    await hand.press("right", "down", "down")
    await sort(hand, "s")
    assert hand.lines[0].split() == ["name", "score", "▲", "note"]
    assert hand.lines[1].split()[:3] == ["1", "n0", "0"]
    assert hand.view.cursor == 0
    await sort(hand, "s")
    assert hand.lines[0].split() == ["name", "score", "▼", "note"]
    assert hand.lines[1].split()[:3] == ["28", "n27", "99"]
    await sort(hand, "s")
    assert hand.lines[0].split() == ["name", "score", "note"]
    assert hand.view.cursor == 27


async def test_shift_s_begins_with_the_largest(hand):
    await hand.show(ROWS, "text/csv")
    await hand.press("right")
    await sort(hand, "S")
    assert hand.lines[1].split()[:3] == ["28", "n27", "99"]


@pytest.mark.parametrize(("keys", "mark"), [("sS", "▼"), ("Ss", "▲"), ("ssS", "▲"), ("sSSS", "")])
async def test_the_other_key_sorts_the_way_it_is_named_after(hand, keys, mark):
    await hand.show(ROWS, "text/csv")
    await hand.press("right")
    for key in keys:
        await sort(hand, key)
    assert hand.lines[0].split() == ["name", "score", *mark, "note"]


async def test_a_click_on_a_name_sorts_by_it(hand):
    await hand.show(ROWS, "text/csv")
    at = hand.lines[0].index("score")
    await hand.pilot.click("#body", offset=(at, 0))
    await sort(hand)
    assert hand.lines[0].split() == ["name", "score", "▲", "note"]
    await hand.pilot.click("#body", offset=(at, 3))
    assert hand.lines[0].split() == ["name", "score", "▲", "note"]


async def test_a_large_table_is_sorted_between_frames(hand):
    rows = b"".join(b"%d,x\n" % (n * 7919 % 50_000) for n in range(50_000))
    hand.view.shown = ShownBody(rows, "text/csv")
    hand.view.focus()
    await until(lambda: hand.view.is_laid_out)
    await sort(hand, "S")
    sorting = [words for words in hand.app.described if "sorting by [0]" in words]
    assert sorting
    assert all("% sorted" in words for words in sorting)
    assert "sorting" not in hand.app.described[-1]
    assert hand.lines[1].split()[1:3] == ["49999", "x"]


async def test_very_long_records_are_drawn_one_after_another(hand):
    keys = [f"k{at}" for at in range(9_000)]
    records = [dict.fromkeys(keys[row:] + keys[:row], row) for row in range(20)]
    hand.view.lenses_by_type = {"application/jsonlines": "table"}
    lines = b"\n".join(json.dumps(record).encode() for record in records)
    hand.view.shown = ShownBody(lines, "application/jsonlines")
    hand.view.focus()

    def numbers():
        return [line.split()[1:2] for line in hand.lines[1:]]

    await until(lambda: numbers() == [[f"{row}"] for row in range(11)])
    await hand.press("G")
    await until(lambda: numbers() == [[f"{row}"] for row in range(9, 20)])


async def test_the_first_record_is_names_or_a_row(hand):
    await hand.show(ROWS, "text/csv")
    await hand.press("H")
    assert hand.lines[0].split() == ["[0]", "[1]", "[2]"]
    assert hand.lines[1].split()[:4] == ["1", "name", "score", "note"]
    await hand.press("H")
    assert hand.lines[0].split() == ["name", "score", "note"]


async def test_what_is_found_brings_its_cell_into_view(hand):
    data = b"\n".join(b",".join(b"%d" % (n * 100 + m) for m in range(40)) for n in range(40))
    await hand.show(data, "text/csv")
    await hand.press("slash", *"2931", "enter")
    assert texts_on(hand, "current-hit") == ["2931"]
    assert "[31]" in hand.lines[0]
    await until(lambda: hand.app.described[-1].endswith("[29][31]"))


async def test_rows_are_copied_as_they_came(hand):
    await hand.show(LINES, "application/jsonlines")
    await hand.press("down", "shift+down")
    assert (
        hand.view.text_to_copy() == '{"id": 1, "label": "class 1"}\n{"id": 2, "label": "class 2"}'
    )
    await hand.press("up")
    assert hand.view.text_to_copy() == LINES.decode()


async def test_going_to_a_line_goes_to_the_record_of_that_number(hand):
    await hand.show(LINES, "application/jsonlines")
    await sort(hand, "S")
    await hand.press("colon", "4", "enter")
    assert hand.view.document.number(hand.view.cursor) == "4"
    assert hand.view.cursor == 96


async def test_keys_of_tables_are_left_to_others_elsewhere(hand):
    await hand.show(b'{"a": 1}')
    assert not hand.view.check_action("sort_column", (False,))
    await hand.press("s", "H")
    assert hand.lines[0].endswith("{")


async def test_nothing_hostile_is_drawn(hand):
    await hand.show(
        '{"a\\u001b[31m": "\x9b2J\\u202e[/]"}\n{"b": "[@click=app.quit]"}\n\x1b]0;x\n'.encode(),
        "application/jsonlines",
    )
    await hand.press("right", "W")
    assert all(line.isprintable() for line in hand.lines)


@pytest.mark.parametrize("size", [(1, 1), (3, 3), (10, 2), (12, 4)])
async def test_any_size_is_survived(size):
    app = Harness()
    async with app.run_test(size=size) as pilot:
        hand = Hand(app, pilot)
        await hand.show(ROWS, "text/csv")
        await hand.press("right", "s", "G", "W", "right", "H", "v", "v")
        assert hand.view.row_count > 0


MANY = b"id,score,also\n" + b"".join(
    b"n%d,%d,%b\n" % (n, n * 37 % 100, b"n%d" % n if n % 2 else b"-") for n in range(40)
)


def at_cursor(hand):
    """The record, and the column, of the cursor."""
    return int(hand.view.document.number(hand.view.cursor)) - 1, hand.view.table.column


async def test_hits_in_a_sorted_table_come_in_the_order_of_its_rows_and_columns(hand):
    await hand.show(MANY, "text/csv")
    await hand.press("right")
    await sort(hand, "s")
    order = sorted(range(40), key=lambda n: n * 37 % 100)
    expected = [(n, column) for n in order for column in ((0, 2) if n % 2 else (0,))]
    await hand.press("slash", "n", "enter")
    seen = [at_cursor(hand)]
    for number in range(2, len(expected) + 2):
        await hand.press("n")
        seen.append(at_cursor(hand))
        assert (
            f"“n” {(number - 1) % len(expected) + 1} of {len(expected)}" in hand.app.described[-1]
        )
    assert seen == [*expected, expected[0]]
    await hand.press("N")
    assert at_cursor(hand) == expected[-1]


async def test_hits_are_counted_anew_in_another_order(hand):
    await hand.show(MANY, "text/csv")
    await hand.press("slash", *"n7", "enter")
    assert "1 of 2" in hand.app.described[-1]
    await hand.press("right")
    await sort(hand, "S")
    await hand.press("g", "slash", *"n1", "enter")
    order = sorted(range(40), key=lambda n: -(n * 37 % 100))
    assert at_cursor(hand)[0] == next(n for n in order if n == 1 or 10 <= n < 20)
    await sort(hand, "S")
    await hand.press("g", "n")
    assert at_cursor(hand)[0] == next(n for n in order[::-1] if n == 1 or 10 <= n < 20)


async def test_hits_in_a_record_with_its_keys_in_another_order_come_column_by_column(hand):
    await hand.show(b'{"a": "x", "b": "x"}\n{"b": "x", "a": "x"}\n', "application/jsonlines")
    await hand.press("slash", "x", "enter")
    seen = [at_cursor(hand)]
    for _ in range(3):
        await hand.press("n")
        seen.append(at_cursor(hand))
    assert seen == [(0, 0), (0, 1), (1, 0), (1, 1)]
    assert "4 of 4" in hand.app.described[-1]
    await hand.press("N", "N")
    assert at_cursor(hand) == (0, 1)


async def test_hits_in_the_names_of_columns_are_passed_like_all_others(hand):
    await hand.show(b"a,b\na1,b\na2,b\n", "text/csv")
    await hand.press("H", "slash", "a", "enter")
    seen = [at_cursor(hand)[0]]
    for _ in range(3):
        await hand.press("n")
        seen.append(at_cursor(hand)[0])
    assert seen == [0, 1, 0, 0]


async def go_to_mistakes(hand, count):
    rows = []
    for _ in range(count):
        await hand.press("colon", "exclamation_mark", "enter")
        rows.append(hand.view.cursor)
    return rows


async def test_colon_goes_to_the_next_line_that_is_no_record_in_any_order(hand):
    lines = LINES.split(b"\n")
    lines[40], lines[70] = b"{oops}", b"[70, [4"
    await hand.show(b"\n".join(lines), "application/jsonlines")
    assert hand.view.lens == "table"
    assert await go_to_mistakes(hand, 3) == [40, 70, 40]
    await sort(hand, "S")
    assert await go_to_mistakes(hand, 3) == [98, 99, 98]


async def test_colon_goes_to_where_an_array_of_records_breaks(hand):
    await hand.show(b'[{"id": 1}, {"id": 2}, {"id": oops}, {"id": 4}]')
    await hand.press("v")
    assert await go_to_mistakes(hand, 2) == [2, 2]


async def test_colon_knows_of_no_mistake_in_csv(hand):
    await hand.show(ROWS, "text/csv")
    await hand.press("colon", "exclamation_mark")
    assert "no mistake is known" in hand.lines[-1]


async def test_n_lands_nowhere_where_nothing_is_marked(hand):
    lines = [{"id": 7, "label": "x" * 3000 + "label"}, {"id": 8, "label": "y"}]
    await hand.show("\n".join(map(json.dumps, lines)).encode(), "application/jsonlines")
    await hand.press("slash", *"xlabel", "enter")
    assert texts_on(hand, "current-hit") == ["…", "xlabel"]
    assert hand.lines[-1].startswith(" label: …xxx")
    await hand.press("slash", *"label", "enter")
    seen = []
    for _ in range(3):
        seen.append((at_cursor(hand), "".join(texts_on(hand, "current-hit"))[-1]))
        await hand.press("n")
    assert seen == [((0, 1), "…"), ((0, 1), "l"), ((1, 1), "y")]


@pytest.mark.parametrize("name", ["text", "text with all of the room" * 5], ids=["short", "long"])
@pytest.mark.parametrize(
    "before", ["漢" * 30, "漢字" * 300, "x" * 50], ids=["wide", "far", "narrow"]
)
async def test_a_hit_in_a_wide_text_is_told_in_sight(hand, name, before):
    await hand.show(f"{name},n\n{before}hit and more,1\n".encode(), "text/csv")
    await hand.press("slash", *"hit", "enter")
    assert hand.lines[-1].startswith(f" {name[:20]}")
    assert texts_on(hand, "current-hit")[-1] == "hit"
    assert "hit" in hand.lines[-1]


@pytest.mark.parametrize(
    ("data", "content_type", "column"),
    [
        (b"name,score\nx,1\ny,2\n", "text/csv", 1),
        (b'{"from": "score", "items": [{"a": 1, "b": 2}]}', "application/json", 0),
    ],
    ids=["header", "before the rows"],
)
async def test_what_is_found_in_no_row_is_told(hand, data, content_type, column):
    await hand.show(data, content_type)
    if hand.view.lens != "table":
        await hand.press("v")
    await hand.press("slash", *"score", "enter")
    where = "in the names of the columns" if column else "in no row of the table"
    await until(lambda: where in hand.app.described[-1])
    assert at_cursor(hand) == (0, column)


async def test_what_is_found_in_the_names_of_the_columns_is_marked(hand):
    await hand.show(b'id,"the ""label"" of it",label\nlabel,label,1\n', "text/csv; header=present")
    await hand.press("slash", *"label", "enter")
    await until(lambda: not hand.view.has_other_work)
    assert texts_on(hand, "current-hit") == ["label"]
    assert texts_on(hand, "hit") == ["label"] * 3
    await hand.press("n", "n", "n", "s")
    assert "    label ▲" in hand.lines[0]
    assert texts_on(hand, "current-hit") == ["label"]


async def test_what_is_cut_off_a_name_is_found_at_its_mark(hand):
    await hand.show(b"x" * 60 + b"end,n\n1,2\n", "text/csv; header=present")
    await hand.press("slash", *"end", "enter")
    await until(lambda: not hand.view.has_other_work)
    assert texts_on(hand, "current-hit") == ["…"]


async def test_the_last_one_of_many_hits_in_a_row_is_marked(hand):
    await hand.show(b",".join(b"%d" % n for n in range(20_000, 22_000)) + b"\n1\n", "text/csv")
    await hand.press("slash", "2", "enter")
    await until(lambda: not hand.view.has_other_work)
    await hand.press("N")
    assert at_cursor(hand) == (0, 1999)
    assert texts_on(hand, "current-hit") == ["2"]


async def test_one_goes_from_a_line_that_is_no_json_to_the_table(hand):
    await hand.show(b'{"a":[1,2,,3],"b":tru}\n{"c":1}')
    await hand.press("G", "v")
    assert hand.view.lens == "table"
    await until(lambda: "not JSON" in "".join(hand.lines))
