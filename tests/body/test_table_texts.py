"""The texts of a column, by which a table is sorted: those of the cells that are cut there."""

import json

from hypothesis import example, given
from hypothesis import strategies as st

from tests.body.json_strategies import almost_documents, documents, spaces
from tests.body.tables import read_csv, records_of
from tui.body.table.csv_dialect import CsvDialect
from tui.body.table.deep_members import STEPS_MAX
from tui.body.table.records import text_cut

LINES = "application/jsonlines"
dialects = st.builds(
    CsvDialect,
    delimiter=st.sampled_from([b",", b";", b" "]),
    quote=st.sampled_from([b'"', b"'"]),
    is_spaced=st.booleans(),
    is_escaped=st.booleans(),
    has_header=st.booleans(),
)
keys = st.sampled_from(['"a"', '"b"', r'"\u0061"', '"é"', r'"\u00e9"', r'"a\/"', r'"\\u"', '"a:"'])
values = st.one_of(keys, documents, st.sampled_from(["null", "NaN", "[[[[1]]]]"]))


@st.composite
def objects(draw):
    members = draw(st.lists(st.tuples(keys, values), max_size=5))
    space = draw(spaces)
    inner = f"{space},{space}".join(f"{key}{space}:{space}{value}" for key, value in members)
    return f"{{{space}{inner}{space}}}"


def are_those_that_are_cut(records):
    for column in range(len(records.columns)):
        found = list(records.texts(range(records.count), column))
        cut = [records.cut(at, column, column + 1) for at in range(records.count)]
        assert found == list(map(text_cut, cut))
        backwards = list(range(records.count))[::-1]
        assert list(records.texts(backwards, column)) == found[::-1]


@given(st.lists(objects() | documents | almost_documents, min_size=1, max_size=6))
@example(['{"a": "a", "b": 1}', r'{"a": 1, "\u0061": 2}', r'{"b": "\u0061", "a": 1, "a": 3}'])
@example(['{"a": [[[[[1]]]], 2], "b": 1}', "[1, [[[[[1]]]]], 2]", "[1]", "7", '"a"', "null"])
def test_of_lines_of_json(lines):
    spelt = [line.replace("\n", " ").replace("\r", " ") for line in lines]
    are_those_that_are_cut(records_of("\n".join(spelt).encode("utf-8", "replace"), LINES))


def test_of_members_whose_keys_are_no_utf8_and_have_escapes():
    records = records_of(b'{"\xff\\n": 1, "b": 2}\n{"\xff\\n": 3}', LINES)
    are_those_that_are_cut(records)
    assert records.texts(range(2), 0) == [b"1", b"3"]


@given(st.lists(objects() | documents, max_size=6), st.sampled_from(["]", ", {]", ""]))
def test_of_items_of_an_array(items, end):
    are_those_that_are_cut(records_of(f"[{','.join(['[[1], 2]', *items])}{end}".encode()))


def test_of_records_of_all_sizes():
    sizes = (0, STEPS_MAX - 30, STEPS_MAX, 5_000, 300_000)
    rows = [{"a": [0] * (size // 3), "b": "x" * (size % 3) + "é\n"} for size in sizes]
    are_those_that_are_cut(records_of("\n".join(map(json.dumps, rows)).encode(), LINES))
    deep = '{"b": 1, "a": %s%s}'
    lines = [deep % ("[" * depth + "1", ", 1]" * depth) for depth in (1, 3, 4, 300, 1_200)]
    are_those_that_are_cut(records_of("\n".join(lines).encode(), LINES))


@given(st.text("ab1,;\"'\\\n\r é", max_size=60), dialects)
@example("a,b\n1\n\n2,'3''4'\n", CsvDialect(quote=b"'"))
def test_of_fields_of_csv(text, dialect):
    are_those_that_are_cut(read_csv(text, dialect))


def test_of_fields_of_long_records_of_csv():
    rows = ["1," + "x" * size + ',"a""b"' for size in (1, 3_000, 300_000)]
    are_those_that_are_cut(read_csv("\n".join(rows), CsvDialect()))
