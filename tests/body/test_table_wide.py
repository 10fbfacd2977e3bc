"""Tables of many columns: what is shown of them, wherever one comes from."""

import csv
import io
import json

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.body.tables import records_of, table_of
from tui.body.json.grammar import JsonScanner, Mistake
from tui.body.table.cells import CellKind, text_of
from tui.body.table.deep_members import DeepReader
from tui.body.table.json_shapes import KnownShapes, shape_of

CSV = "text/csv; header=absent"
LINES = "application/jsonlines"
ROOM_CELLS = 30
PAGE_ROWS = 3
texts = st.text("ab1é漢 ", min_size=1, max_size=6).filter(
    # Numbers with spaces between them are read as columns.
    lambda text: text == text.strip() and "1 " not in text
)
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
    # Spaces before all fields would be no part of them.
    st.lists(st.text('ab1é漢,"\n ', max_size=6).map(str.lstrip), min_size=2, max_size=6),
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
    line = f"{{{space}{inner}{space}}}\n"
    records = records_of(f"{line * 3}{{}}".encode(), LINES)
    expected = json.loads(records.source(0))
    assert list(records.columns) == list(expected)
    for record in (0, 2):  # the keys of the second one are known
        first = data.draw(st.integers(0, len(expected))) if data else 0
        cells = records.cut(record, first, first + 60).cells
        assert [value_in(cell) for cell in cells] == list(expected.values())[first : first + 60]
        begins = records.beginnings(record, first, first + 60)
        ends = records.column_ends(record)
        assert [records.columns[column] for _, column in ends] == [key for key, _ in spelt]
        assert begins.last_column == ends[-1][1]
        assert list(begins.offsets) == list(range(first, min(first + 60, len(expected))))
        for column, cell in enumerate(cells, first):
            assert records.column_of(record, cell.start - (not cell.source)) == column
            at = ends.index((cell.start + len(cell.source), column))
            assert begins.offsets[column] == (ends[at - 1][0] if at else 0)


def test_of_long_records_that_are_alike_only_what_is_wanted_is_looked_through():
    line = json.dumps({f"key_{at}": at for at in range(5_000)}).encode()
    records = records_of(b"\n".join([line] * 4), LINES)
    assert records.cut(2, 0, 20).searched_bytes < len(line) // 10
    assert records.cut(2, 5, 15).searched_bytes == 0
    assert records.cut(2, 4_000, 4_020).searched_bytes < len(line)
    assert records.cut(2, 4_010, 4_020).searched_bytes == 0


def test_a_short_record_is_looked_through_once_for_all_that_is_asked_of_it():
    records = records_of(b'{"a": 1, "b": 2}\n' * 3, LINES)
    assert records.cut(1, 0, 2).searched_bytes
    assert records.beginnings(1, 0, 2).last_column == 1
    assert records.column_of(1, records.span(1)[0]) == 0
    assert not records.cut(1, 0, 2).searched_bytes


def test_records_that_are_not_alike_are_told_apart():
    lines = [
        json.dumps({f"key_{(at * step) % 1_009}": f"{step}.{at}" for at in range(1_000)})
        for step in (1, 1, 2, 1, 3, 3, 1, 1)
    ]
    records = records_of("\n".join(lines).encode(), LINES)
    for record, line in enumerate(lines):
        expected = [json.loads(line).get(name) for name in records.columns]
        cells = records.cut(record, 0, 2_000).cells
        assert [cell and value_in(cell) for cell in cells] == expected[: len(cells)]
        assert not any(expected[len(cells) :])


LONG = {f"key {at}": at for at in range(500)}
OBJECT, OTHER = json.dumps(LONG), json.dumps({"other": 0} | LONG)
ARRAY, STRING = json.dumps(list(LONG)), json.dumps("a" * 5_000)
CUT_OFF = (OBJECT[:-1], OBJECT[:-3], "[" + OBJECT[1:])
whole = st.sampled_from([OBJECT, OBJECT, OTHER, ARRAY, STRING])


def values_in(record):
    return list(record.values()) if isinstance(record, dict) else record


def is_cut_as_json_reads_it(records, record, line):
    cells = records.cut(record, 0, 2_000).cells
    found = [value_in(cell) for cell in cells if cell]
    value = json.loads(line)
    if isinstance(value, str):
        assert found == [value]
    else:
        # Columns are in the order in which they first came.
        assert sorted(map(str, found)) == sorted(map(str, values_in(value)))


@given(st.lists(whole | st.sampled_from(CUT_OFF), max_size=8))
@example([OBJECT, OBJECT, CUT_OFF[0], OBJECT])
@example([OBJECT, OBJECT, ARRAY])
def test_long_lines_are_what_they_are_whatever_comes_before(lines):
    records = records_of("\n".join(lines).encode(), LINES)
    for record, line in enumerate(lines):
        if line in CUT_OFF:
            assert records.cut(record, 0, 2_000).problem
        else:
            is_cut_as_json_reads_it(records, record, line)


@pytest.mark.parametrize("line", ["[1, 2, oops, 4]", "[}]", "[1, 2, 3 4]", "[1, 2, 3,]"])
def test_what_is_no_json_is_told_wherever_one_looks(line):
    records = records_of(f"[1, 2, 3, 4]\n{line}\n".encode(), LINES)
    problem = records.cut(1, 0, 10).problem
    assert problem
    assert [records.cut(1, first, first + 1).problem for first in range(5)] == [problem] * 5


@given(whole, st.lists(whole, max_size=8))
@example(OBJECT, [OBJECT, ARRAY])
def test_long_items_are_what_they_are_whatever_comes_before(first, lines):
    items = [first, *lines]
    records = records_of(f"[{', '.join(items)}]".encode(), "application/json")
    for record, item in enumerate(items):
        is_cut_as_json_reads_it(records, record, item)


def test_of_records_that_differ_again_and_again_nothing_is_known_in_advance():
    shapes, shape = KnownShapes(), shape_of(b"{", (), ())
    for start in range(1, 1_000):
        shapes.tell(start, shape if start % 2 else None)
    assert shapes.of(1) is shape
    assert shapes.of(501) is None
    assert shapes.of(999) is None


any_json = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3)
)
containers = st.lists(any_json, max_size=4) | st.dictionaries(texts, any_json, max_size=4)
indents = st.sampled_from([None, 1])


def mistake_by_token(record):
    """What is wrong with the first value of a record."""
    scanner = JsonScanner()
    while not scanner.is_done:
        found = scanner.step(record)
        if isinstance(found, Mistake):
            return found
    rest = scanner.position
    return Mistake(rest, "text after the end of the value") if record[rest:].strip() else None


@given(containers, indents, st.booleans())
def test_a_deep_record_is_read_a_member_at_a_time(value, indent, is_ascii):
    record = json.dumps(value, indent=indent, ensure_ascii=is_ascii).encode()
    reader = DeepReader(record)
    assert reader.read() is None
    is_object = isinstance(value, dict)
    keys = reader.keys if is_object else [b""] * len(reader.begins)
    ends = [*reader.begins, reader.end][1:]
    members = [
        record[begin + len(key) : end].strip(b" \n,:")
        for key, begin, end in zip(keys, reader.begins, ends, strict=True)
    ]
    assert [json.loads(each) for each in members] == list(value.values() if is_object else value)
    assert [json.loads(key) for key in keys if key] == (list(value) if is_object else [])


@given(
    containers, indents, st.integers(0, 1 << 20), st.integers(0, 2), st.sampled_from('",:]}[{\\0x ')
)
@example({"0": 0}, None, 7, 0, "1")
def test_what_is_wrong_with_a_deep_record_is_told_as_ever(value, indent, place, length, instead):
    text = json.dumps(value, indent=indent)
    at = 1 + place % len(text)
    record = f"{text[:at]}{instead}{text[at + length :]}".strip().encode()
    assert DeepReader(record).read() == mistake_by_token(record)


def test_of_a_long_value_it_is_told_briefly_what_is_wrong():
    mistake = DeepReader(b'{"a": [' + b"[1], " * 5_000 + b"oops]}").read()
    assert mistake == Mistake(6, "expecting value")


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
