"""Tables of many columns: what is shown of them, wherever one comes from."""

import csv
import io
import json

from hypothesis import example, given
from hypothesis import strategies as st

from tests.body.tables import records_of, table_of
from tui.body.table.cells import CellKind, text_of

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


scalars = (
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5)
)
flat = st.lists(scalars, max_size=3)
values = scalars | flat | st.dictionaries(st.text(max_size=2), flat, max_size=2)
MANY = 60
members = st.lists(st.tuples(st.text('ab"é:,{', max_size=2), values), min_size=1, max_size=8)
spaces = st.text(" \t", max_size=2)


def value_in(cell):
    return json.loads(b'"%b"' % cell.source if cell.kind is CellKind.STRING else cell.source)


@given(members, st.sampled_from([1, 2, MANY]), spaces, st.data())
@example([("a", "],}"), ("a", [{"b": ":"}]), ("c", '\\"')], 300, " ", None)
def test_a_part_of_a_long_object_is_what_json_reads_there(pairs, times, space, data):
    spelt = [(f"{key}{at % 5}", value) for at, (key, value) in enumerate(pairs * times)]
    between = f"{space},{space}"
    inner = between.join(
        f"{json.dumps(key)}{space}:{space}{json.dumps(value)}" for key, value in spelt
    )
    records = records_of(f"{{{space}{inner}{space}}}\n{{}}".encode(), LINES)
    expected = json.loads(records.source(0))
    assert list(records.columns) == list(expected)
    first = data.draw(st.integers(0, len(expected))) if data else 0
    cells = records.cut(0, first, first + 60).cells
    assert [value_in(cell) for cell in cells] == list(expected.values())[first : first + 60]
    ends = records.column_ends(0)
    assert [records.columns[column] for _, column in ends] == [key for key, _ in spelt]
    for column, cell in enumerate(cells, first):
        assert records.column_of(0, cell.start - (not cell.source)) == column
        assert (cell.start + len(cell.source), column) in ends


@given(st.lists(values, min_size=1, max_size=8), st.sampled_from([1, 2, MANY]), spaces, st.data())
def test_a_part_of_a_long_array_is_what_json_reads_there(items, times, space, data):
    row = items * times
    inner = f"{space},{space}".join(map(json.dumps, row))
    records = records_of(f"[{space}{inner}{space}]\n[]".encode(), LINES)
    first = data.draw(st.integers(0, len(row)))
    cells = records.cut(0, first, first + 60).cells
    assert [value_in(cell) for cell in cells] == row[first : first + 60]
    for column, cell in enumerate(cells, first):
        assert records.column_of(0, cell.start - (not cell.source)) == column
