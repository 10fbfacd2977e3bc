"""Which columns of a table are drawn, how wide they are, and what of a cell is seen."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from tests.body.tables import in_view, records_of, table_of
from tui.body.sanitise import sanitise
from tui.body.table.cells import cut_to, width_cells
from tui.body.table.layout import TableLayout
from tui.body.table.tabular import Told

CSV = "text/csv; header=absent"
LINES = "application/jsonlines"
JSON = "application/json"
drawable = st.text(st.characters(max_codepoint=0x2FFF) | st.sampled_from("é漢字ｶ😀\u0301"))


def lines_of(*records):
    return "\n".join(json.dumps(record, ensure_ascii=False) for record in records).encode()


NAMES = [f"a_long_name_{at}" for at in range(500)]
WIDE_LINES = lines_of(*(dict.fromkeys(NAMES, row) for row in range(20)))
WIDE_CSV = "\n".join([",".join(NAMES), *[",".join("1" * 500)] * 20]).encode()


@given(st.text("ab é漢字😀\u0301\t\x1b", max_size=30))
def test_text_is_as_wide_as_it_is_drawn(text):
    assert width_cells(sanitise(text)) == cell_len(sanitise(text))


@given(drawable, st.integers(1, 20), st.booleans())
def test_text_is_cut_to_the_room_there_is(text, cells, is_whole):
    kept = cut_to(text, cells, is_whole=is_whole)
    assert width_cells(sanitise(kept)) <= cells
    assert kept == text or (kept.endswith("…") and text.startswith(kept[:-1]))


@given(
    st.lists(st.lists(st.text("ab1 é漢,", max_size=9), max_size=4), max_size=6), st.integers(0, 60)
)
def test_a_row_is_never_wider_than_the_view(rows, room_cells):
    table = table_of(lines_of({"a": 1}, {"a": 2}, *rows), LINES)
    every = range(table.row_count)
    table.fit(every, room_cells)
    for row in [table.header.row, *(table.row(index) for index in every)]:
        assert width_cells(row.text) <= max(1, room_cells)
        assert len(row.text) == len(row.source)


def test_columns_never_become_narrower_while_one_scrolls():
    table = table_of(b"x,1\n" * 50 + b"a long cell,2\n" + b"y,3\n" * 50, CSV)
    widths = []
    for top in (0, 45, 0):
        table.fit(range(top, top + 10), 80)
        widths.append(table.row(0).text.index("1"))
    assert widths[0] < widths[1] == widths[2]


def test_fitting_tells_whether_rows_look_different():
    table = table_of(b"x,1\n" * 50 + b"a long cell,2\n", CSV)
    assert table.fit(range(10), 80)
    assert not table.fit(range(10, 20), 80)
    assert table.fit(range(45, 51), 80)


def test_numbers_are_aligned_to_the_right_and_texts_to_the_left():
    table = table_of(b"a,1\nbb,1000\n", CSV)
    table.fit(range(2), 80)
    texts = [table.row(index).text.rstrip() for index in range(2)]
    assert [text.split() for text in texts] == [["a", "1"], ["bb", "1000"]]
    assert len(texts[0]) == len(texts[1])
    assert not any(text.startswith(" ") for text in texts)


@pytest.mark.parametrize(
    ("data", "content_type", "words"),
    [
        (
            b'{"a": 1000, "b": "NaN"}\n{"a": NaN, "b": "x"}\n{"a": -Infinity}',
            LINES,
            "JSON Lines with NaN (row 2)",
        ),
        (b'[{"a": -1e300, "b": "x"}, {"a": Infinity}]', JSON, "JSON with Infinity (row 2)"),
        (b"1.000,x\nnan,y\n-inf,z\n", CSV, "CSV"),
    ],
    ids=["lines", "array", "csv"],
)
def test_what_is_no_number_stands_among_the_numbers_and_is_told(data, content_type, words):
    table = table_of(data, content_type)
    table.fit(range(table.row_count), 80)
    assert len({table.place(row)[1] for row in range(table.row_count)}) == 1
    assert table.words.startswith(f"{words} · ")


def test_a_long_cell_is_cut_and_told_in_full():
    text = "word " * 40
    table = table_of(lines_of({"n": 1, "t": text, "u": 2}, {"n": 1, "t": "short", "u": 3}), LINES)
    table.fit(range(2), 80)
    assert "…" in table.row(0).text
    assert table.told(0, 0, 0) is None
    table.go_to_column(1)
    assert table.told(0, 0, 0) == Told("t", text, None)
    assert table.told(1, 0, 0) is None
    table.toggle_wide()
    table.fit(range(2), 300)
    assert text in table.row(0).text
    assert table.told(0, 0, 0) is None


def test_what_is_to_be_seen_of_a_long_cell_is_told_however_far_it_is():
    data = lines_of({"n": 1, "t": "é\n" * 9000 + "needle", "b": 1, "c": 2}, {"n": 1})
    table = table_of(data, LINES)
    table.fit(range(2), 60)
    start = data.index(b"needle")
    table.go_to_byte(0, start)
    told = table.told(0, start, start + 6)
    assert told.text[slice(*told.seen)] == "needle"


def test_a_cell_is_a_body_of_its_own():
    table = table_of(lines_of({"n": 1, "t": "x\ny", "o": {"a": [1]}}, {"n": 2}), LINES)
    table.fit(range(2), 80)
    found = []
    for column in range(3):
        table.go_to_column(column)
        body = table.nested(0)
        found.append(None if body is None else (body.data, body.content_type))
    assert found == [None, (b"x\ny", None), (b'{"a": [1]}', "application/json")]
    assert table.nested(1) is None


class Counted:
    """Records of which it is counted how many cells are cut."""

    def __init__(self, records):
        self.records = records
        self.cells = 0

    def __getattr__(self, name):
        return getattr(self.records, name)

    def cut(self, record, first, stop):
        cut = self.records.cut(record, first, stop)
        self.cells += len(cut.cells)
        return cut


@pytest.mark.parametrize("data", [WIDE_CSV, WIDE_LINES], ids=["csv", "lines"])
def test_of_many_columns_hardly_more_are_cut_than_are_in_view(data):
    content_type = LINES if data is WIDE_LINES else "text/csv; header=present"
    records = Counted(records_of(data, content_type))
    layout = TableLayout(records)
    layout.fit(range(20), 100)
    assert records.cells <= 20 * (layout.stop + 2)
    before = records.cells
    layout.look_from(1)
    layout.fit(range(20), 100)
    assert records.cells - before <= 20 * 3


def test_a_row_draws_bytes_of_its_own_record_only():
    table = table_of(lines_of(*({"a": row, "b": "x"} for row in range(3))), LINES)
    table.fit(range(3), 80)
    for row in range(3):
        start, end = table.span(row)
        assert all(
            start <= first < stop <= end for first, stop, _ in table.shown_in(row).stretches(0, 80)
        )


def test_very_long_records_are_cut_some_at_a_time():
    """Each has its keys in another order, so that all of it has to be looked through."""
    keys = [f"k{at}" for at in range(4_000)]
    data = lines_of(*(dict.fromkeys(keys[row:] + keys[:row], row) for row in range(30)))
    table = table_of(data, LINES)
    table.fit(range(30), 80)
    drawn = 0
    while table.is_cutting:
        before = drawn
        waiting = [index for index in range(30) if table.row(index).text == "…"]
        drawn = 30 - len(waiting)
        assert before < drawn <= before + 12
        assert waiting == list(range(drawn, 30))
        assert not any(
            table.place(index) or list(table.shown_in(index).stretches(0, 80)) for index in waiting
        )
        assert table.fit(range(30), 80)
    assert 0 < drawn < 30
    assert [table.row(index).text.split()[0] for index in range(30)] == [*map(str, range(30))]


def test_the_column_of_the_cursor_comes_into_view():
    table = table_of(b",".join(b"%d" % n for n in range(1000)) + b"\n" + b"1,2\n", CSV)
    table.fit(range(2), 40)
    for column in (3, 12, 500, 999, 998, 5, 0):
        table.go_to_column(column)
        start, end = table.place(0)
        assert table.row(0).text[start:end] == str(column)
        assert f"[{column}]" in table.header.row.text
    table.move_column(-1)
    assert table.path(0) == "[0][0]"


def test_what_is_found_is_marked_in_its_cell():
    data = b'{"a": "x", "t": "caf\\u00e9 needle \\u00e9", "o": {"k": "needle"}}\n{"a": "needle"}\n'
    table = table_of(data, LINES)
    table.fit(range(2), 80)
    for occurrence, (row, column) in enumerate([(0, 1), (0, 2), (1, 0)]):
        start = -1
        for _ in range(occurrence + 1):
            start = data.index(b"needle", start + 1)
        (columns,) = table.columns(row, start, start + 6)
        assert table.row(row).text[slice(*columns)] == "needle"
        table.go_to_byte(row, start)
        assert table.path(row).endswith(["a", "t", "o"][column])


def test_what_is_found_behind_a_cut_is_marked_at_its_end():
    data = lines_of({"a": 1, "t": "x" * 100 + "needle", "b": 1, "c": 2}, {"a": 1})
    table = table_of(data, LINES)
    table.fit(range(2), 60)
    start = data.index(b"needle")
    (columns,) = table.columns(0, start, start + 6)
    assert table.row(0).text[slice(*columns)] == "…"


def test_a_click_finds_its_column():
    table = table_of(b"abc,1\nabc,22\n", CSV)
    in_view(table, room_cells=20)
    assert [table.column_at(cell) for cell in (0, 4, 5, 9, 19)] == [0, 0, 0, 1, None]


def marked(table, row, start, end):
    return [table.row(row).text[slice(*columns)] for columns in table.columns(row, start, end)]


@pytest.mark.parametrize(
    ("data", "content_type", "needle", "shown"),
    [
        (lines_of({"a": 1, "t": "x" * 5000 + "needle"}, {"a": 1}), LINES, b"needle", "…"),
        (lines_of({"b": 7, "needle": 12}, {"a": 1}), LINES, b"needle", "12"),
        (lines_of({"b": "a\nz"}, {"a": 1}), LINES, b"\\n", "␊"),
        (rb'{"b": "\u00e9\ud83d\ude00"}' + b"\n{}\n", LINES, rb"\ud83d\ude00", "\U0001f600"),
        (lines_of({"b": 7}, {"a": 1}), LINES, b"}", "7"),
        (b'7,"a""b"\n', CSV, b'""', '"'),
        (b"7,12\n", CSV, b",", "12"),
        (b"7,,8\n", CSV, b",", " "),
        (b'{"a": 1}\n{"b": 2}\n{needle\n', LINES, b"needle", "needle"),
    ],
    ids=[
        "far",
        "key",
        "escape",
        "one of two",
        "bracket",
        "doubled",
        "delimiter",
        "before nothing",
        "no record",
    ],
)
def test_something_is_marked_wherever_something_is_found(data, content_type, needle, shown):
    table = table_of(data, content_type)
    table.fit(range(table.row_count), 80)
    start = data.index(needle)
    row = table.row_at(start)
    table.go_to_byte(row, start)
    assert marked(table, row, start, start + len(needle))[0] == shown


def test_only_what_can_be_told_apart_is_looked_at_in_a_row():
    data = b",".join([b"1" * 80] * 3000) + b"\n" + b"1\n"
    table = table_of(data, CSV)
    table.fit(range(2), 80)
    looked_at = sum(count for _, _, count in table.shown_in(0).stretches(0, 1_000))
    assert looked_at < 200
    table.go_to_column(2999)
    start = data.index(b"\n") - 80
    assert (start, start + 39, 40) in list(table.shown_in(0).stretches(0, 1_000))
    assert marked(table, 0, start, start + 1) == ["1"]
