"""What becomes of rows of a table as columns are drawn in another way, or elsewhere."""

import pytest
from textual.geometry import Offset

from tests.app.waiting import until
from tests.widgets.test_body_view import Harness, drawn_on
from tests.widgets.test_body_view_selecting import drag
from tests.widgets.test_body_view_table import TableHand
from tui.body.copying import whole_text
from tui.body.table.json_cells import JsonCells


@pytest.fixture
async def hand():
    app = Harness()
    async with app.run_test(size=(60, 12)) as pilot:
        yield TableHand(app, pilot)


@pytest.mark.parametrize(
    "keys", [["H"], ["W"], ["right", "right", "right"], ["slash", "z", "enter", "n"]]
)
async def test_what_the_mouse_selected_of_rows_drawn_in_another_way_is_no_longer(hand, keys):
    names, cell = b"first,second,third,fourth", b"x" * 60
    await hand.show(names + b"\n" + b"\n".join([b",".join([cell] * 3) + b",z"] * 5), "text/csv")
    await drag(hand, Offset(hand.view.gutter_cells + 2, 1), Offset(hand.view.gutter_cells + 6, 2))
    assert hand.view.text_selection is not None
    await hand.press(*keys)
    assert hand.view.text_selection is None


async def test_what_the_mouse_selected_in_a_table_stays_while_one_goes_about_in_it(hand):
    await hand.show(b"a,b\n" + b"1,2\n" * 100, "text/csv")
    await drag(hand, Offset(hand.view.gutter_cells, 1), Offset(hand.view.gutter_cells + 2, 2))
    selected = hand.view.text_to_copy()
    await hand.press("right", "down", "pagedown", "G")
    assert hand.view.text_to_copy() == selected


async def test_lines_that_are_no_records_are_cut_anew_at_another_width(hand):
    await hand.show(b"[1] no JSON " * 20 + b"\nnone\n", "application/jsonlines")
    while hand.view.lens != "table":
        await hand.press("v")
    await hand.pilot.resize_terminal(90, 12)
    await until(lambda: hand.view.size.width == 90)
    await hand.rest()
    kept = hand.lines
    hand.view.redraw()
    await hand.rest()
    assert hand.lines == kept


@pytest.mark.parametrize(("hits", "key"), [(2, "down"), (1, "up")])
async def test_a_hit_that_one_leaves_without_moving_is_no_longer_marked_at_the_bottom(
    hand, hits, key
):
    await hand.show(b"a,b\n" + (b"%b hit,1\n" % (b"x" * 80)) * 2, "text/csv")
    await hand.press("slash", *"hit", "enter", *["n"] * (hits - 1))
    assert "hit" in drawn_on(hand, "current-hit")
    await hand.press(key)
    assert hand.view.cursor == hits - 1
    assert "hit" not in drawn_on(hand, "current-hit")


NARROW_THEN_WIDE = b"first,second\n" + b"ab,cdef\n" * 12 + b"a long one,%b\n" % (b"w" * 30)


async def select_by_keys(hand):
    await hand.press("shift+right", *["right"] * 9, *["shift+right"] * 2, "shift+down")


async def select_by_mouse(hand):
    left = hand.view.gutter_cells + hand.lines[1][hand.view.gutter_cells :].index("cdef")
    await drag(hand, Offset(left + 1, 1), Offset(left + 2, 2))


async def resize(hand, width):
    await hand.pilot.resize_terminal(width, 12)
    await until(lambda: hand.view.size.width == width)
    await hand.rest()


@pytest.mark.parametrize("select", [select_by_keys, select_by_mouse])
async def test_what_is_selected_in_cells_stays_so_where_these_are_drawn_elsewhere(hand, select):
    await hand.show(NARROW_THEN_WIDE, "text/csv; header=present")
    await select(hand)
    selected = hand.view.text_to_copy()
    assert selected.split()[0] == "def"
    before = hand.lines[0]
    hand.view.scroll_to(y=12, animate=False, immediate=True)
    await hand.rest()
    assert hand.lines[0] != before
    assert hand.view.text_to_copy().split() == selected.split()
    await resize(hand, 30)
    assert hand.view.text_to_copy().split() == selected.split()


async def test_one_selects_on_down_to_wider_cells_from_where_one_began(hand):
    await hand.show(NARROW_THEN_WIDE, "text/csv; header=present")
    await hand.press("shift+right", *["right"] * 9, "shift+right")
    assert hand.view.text_to_copy() == "d"
    await hand.press(*["shift+down"] * 12)
    assert hand.view.text_to_copy().startswith("def")
    assert hand.view.text_to_copy().endswith("\na long one  ww")


@pytest.mark.parametrize("select", [select_by_keys, select_by_mouse])
async def test_nothing_is_selected_in_cells_that_are_out_of_view(hand, select):
    await hand.show(NARROW_THEN_WIDE, "text/csv; header=present")
    await select(hand)
    await resize(hand, 9)
    assert hand.view.text_selection is None
    assert hand.view.selected() is None
    assert hand.view.text_to_copy().startswith("first,second")


@pytest.mark.parametrize("select", [select_by_keys, select_by_mouse])
async def test_nothing_is_selected_of_a_table_that_is_being_sorted(hand, select):
    rows = b"".join(b"%d,cdef\n" % (n * 7919 % 20_000) for n in range(20_000))
    await hand.show(rows, "text/csv")
    await hand.press("s")
    await select(hand)
    assert "def" in hand.view.text_to_copy()[:20]
    hand.view.action_sort_column(is_descending_first=False)
    assert hand.view.table.is_sorting
    assert hand.view.text_to_copy() == rows.decode()


async def test_going_somewhere_cuts_no_more_long_records_than_a_turn_allows(hand, monkeypatch):
    record = b"[" + b'"a",' * 20_000 + b'"a"]'
    await hand.show(b"[" + b",".join([record] * 20) + b"]")
    await hand.press("v")
    assert hand.view.lens == "table"
    begun = set()
    cut = JsonCells.cut

    def note(self, start, *others):
        begun.add(start)
        return cut(self, start, *others)

    monkeypatch.setattr(JsonCells, "cut", note)
    start = hand.view.document.span(16)[0]
    hand.view.go_to_bytes(start + 5, start + 6)
    assert hand.view.cursor == 16
    assert len(begun) <= 2  # the one that one goes to
    await hand.rest()
    assert len(begun) > 6
    assert hand.lines[-1].split()[-1] == "a"


async def test_columns_that_are_met_again_further_down_are_none_until_then(hand):
    await hand.show(b"a,b\n" + b"1,2\n" * 60 + b"1,2,3,4\n" * 20, "text/csv")
    await hand.press("G", "H")
    assert "[3]" in hand.lines[0]
    await hand.press(*["right"] * 3, "g", "H")
    assert "[3]" not in hand.lines[0]
    await hand.press("c", "p", "o", "y", "s")
    await until(lambda: "[3]" in hand.lines[0])


async def test_a_table_is_written_and_paged_through_in_the_order_it_is_sorted_in(hand):
    await hand.show(b"id,of\n1,b\n2,c\n3,a\n", "text/csv")
    await hand.press("right", "S")
    await until(lambda: not hand.view.table.is_sorting)
    written = whole_text(hand.view.open_anew()).decode()
    assert [line.split()[0] for line in written.splitlines()] == ["id", "2", "1", "3"]
