"""Tables of many columns: what is shown of them, wherever one comes from."""

import csv
import io
import json

from hypothesis import example, given
from hypothesis import strategies as st

from tests.body.tables import records_of, table_of
from tui.body.table.cells import text_of

CSV = "text/csv; header=absent"
LINES = "application/jsonlines"
ROOM_CELLS = 30
PAGE_ROWS = 3
texts = st.text("ab1é漢 ", min_size=1, max_size=6).filter(lambda text: text == text.strip())
ragged = st.lists(st.lists(texts, min_size=1, max_size=40), min_size=2, max_size=8)
moves = st.lists(st.tuples(st.integers(0, 45), st.integers(0, 7)), min_size=1, max_size=12)
WIDE = [[f"{row}.{column}" for column in range(40)] for row in range(8)]
AND_BACK = [(0, 0), (1, 0), (2, 0), (39, 0), (38, 0), (20, 4), (19, 4), (21, 2), (0, 0)]


def csv_of(rows, quoting):
    out = io.StringIO()
    csv.writer(out, quoting=quoting, lineterminator="\n").writerows(rows)
    return out.getvalue().encode()


def objects_of(rows):
    records = [{f"key {at}": text for at, text in enumerate(row)} for row in rows]
    return "\n".join(map(json.dumps, records)).encode()


def is_shown_wherever_one_goes(table, rows, moves):
    for column, top in moves:
        first = min(top, table.row_count - 1)
        in_view = range(first, min(first + PAGE_ROWS, table.row_count))
        table.fit(in_view, ROOM_CELLS)
        table.go_to_column(column)
        shown = [table.row(index).text[slice(*table.place(index))] for index in in_view]
        there = [rows[index][table.column :][:1] or ["·"] for index in in_view]
        assert shown == [cell for (cell,) in there]


@given(ragged, moves)
@example(WIDE, AND_BACK)
def test_plain_fields_are_shown_wherever_one_comes_from(rows, moves):
    table = table_of(csv_of(rows, csv.QUOTE_MINIMAL), CSV)
    is_shown_wherever_one_goes(table, rows, moves)


@given(ragged, moves)
@example(WIDE, AND_BACK)
def test_quoted_fields_are_shown_wherever_one_comes_from(rows, moves):
    table = table_of(csv_of(rows, csv.QUOTE_ALL), CSV)
    is_shown_wherever_one_goes(table, rows, moves)


@given(ragged, moves)
@example(WIDE, AND_BACK)
def test_members_of_objects_are_shown_wherever_one_comes_from(rows, moves):
    is_shown_wherever_one_goes(table_of(objects_of(rows), LINES), rows, moves)


@given(
    st.lists(st.text('ab1é漢,"\n ', max_size=6), min_size=2, max_size=6),
    st.integers(400, 2_000),
    st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
    st.data(),
)
def test_a_part_of_a_long_record_is_what_the_csv_module_reads_there(fields, times, quoting, data):
    row = fields * times
    records = records_of(csv_of([row, row[::-1]], quoting), CSV)
    first = data.draw(st.integers(0, len(row) + 2))
    stop = data.draw(st.integers(first, first + 60) | st.just(len(row)))
    for record, expected in enumerate([row, row[::-1]]):
        cells = records.cut(record, first, stop).cells
        assert [text_of(cell) for cell in cells] == expected[first:stop]
        assert [records.data.find(cell.source, cell.start) for cell in cells] == [
            cell.start for cell in cells
        ]
        for at, cell in enumerate(cells[:2], first):
            assert not cell.source or records.column_of(record, cell.start) == at
