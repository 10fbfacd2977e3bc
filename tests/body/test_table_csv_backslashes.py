r"""CSV in which a backslash stands before a quote that is part of a field: "say \"so\""."""

import csv
import io

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.body.tables import cells_of, in_view, read_csv, table_of
from tui.body.table.cells import text_of
from tui.body.table.csv_dialect import CsvDialect
from tui.body.table.csv_sniffing import sniff

ABSENT = "text/csv; header=absent"

fields = st.integers(-99, 99) | st.text(st.sampled_from("ab,;\"'\\ \r\né"), max_size=8)
odd_parts = ['"', '"', '""', r"\"", r"\\", "\\", "\\\n", "a", ",", ',"', "\n", "\r\n"]
odd_texts = st.lists(st.sampled_from(odd_parts), max_size=14).map("".join)
budgets = st.integers(1, 60)
quotes = st.sampled_from(['"', "'"])


def dialect_of(data):
    return sniff(data, is_tsv=False, has_header=None).dialect


def read(text, budget=1 << 20, quote='"'):
    return read_csv(text, CsvDialect(quote=quote.encode(), is_escaped=True), budget)


@given(
    st.lists(st.lists(fields, min_size=1, max_size=5), max_size=12),
    quotes,
    st.sampled_from(["\n", "\r\n", "\r"]),
    st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_NONNUMERIC]),
    st.booleans(),
    budgets,
)
def test_backslashes_are_read_as_the_csv_module_reads_them(
    rows, quote, end, quoting, is_doubled, budget
):
    dialect = {"quotechar": quote, "escapechar": "\\", "doublequote": is_doubled}
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator=end, quoting=quoting, **dialect).writerows(rows)
    again = csv.reader(io.StringIO(out.getvalue(), newline=""), **dialect)
    assert cells_of(read(out.getvalue(), budget, quote)) == list(again)


@given(odd_texts, budgets)
@example('"\\"', 1)
@example('"a\\"",b\n', 3)
@example('"\\""""', 2)
@example('"\\\\"""",b', 4)
@example('a,"\\', 3)
def test_slices_of_any_size_find_the_same_records(text, budget):
    whole, sliced = read(text), read(text, budget)
    assert cells_of(whole) == cells_of(sliced)
    assert whole.words == sliced.words


@given(st.lists(st.sampled_from(['"', '""', r"\"", r"\\", "a", ",", ',"', "\n"])).map("".join))
def test_a_quote_behind_a_backslash_is_read_as_a_letter_is(text):
    records = read(text)
    lettered = read_csv(text.replace(r"\\", "b").replace(r"\"", "q"), CsvDialect())
    assert [[cell.replace("\\", "") for cell in row] for row in cells_of(records)] == [
        [cell.replace("b", "").replace("q", '"') for cell in row] for row in cells_of(lettered)
    ]
    assert records.words == lettered.words


@given(odd_texts)
def test_a_field_stands_for_the_text_that_was_escaped(text):
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    data = f'7,"{escaped}"'.encode()
    table = table_of(b'"\\"a\\"",b\n' + data, ABSENT)
    cell = read(data.decode()).cut(0, 1, 2).cells[0]
    assert text_of(cell) == text
    assert table.row_count == 2


@pytest.mark.parametrize(
    "data",
    [
        rb'"a \"b\" c",1' + b"\n" + rb'"d",2' + b"\n",
        rb'"\"quoted\"",1' + b"\n",
        rb'"say \"",1' + b"\n" + rb'"say \"",2' + b"\n",
        rb'1,"{\"a\": 1, \"b\": 2}"' + b"\n" + rb'2,"{\"a\": 3, \"b\": 4}"' + b"\n",
        rb'id;"text; \"and\" more"' + b"\n" + rb'1;"so, \"so\""' + b"\n",
        rb"'it\'s, so',1" + b"\n" + rb"'don\'t, no',2" + b"\n",
    ],
)
def test_backslashes_count_where_quotes_are_broken_without(data):
    assert dialect_of(data).is_escaped


@pytest.mark.parametrize(
    "data",
    [
        b'"C:\\","D:\\"\n"E:\\","F:\\"\n',
        b'"C:\\",1\n',
        b'"a ""b"" c",1\n"\\",2\n',
        rb"5\",6\"" + b"\n",
        rb'{"a": "x \"y\"", "b": 2}' + b"\n",
        rb'"a" b, "c \" d' + b"\n",
        b'"a\\b\\n",1\n',
        b"id,p\n1,2\n",
    ],
)
def test_backslashes_are_text_where_nothing_is_broken_without_or_with(data):
    assert not dialect_of(data).is_escaped


def test_fields_are_shown_without_their_backslashes():
    data = rb'"say \"so\"","{\"a\": [1, 2]}",C:\x,"a\tb \\ c"' + b"\n"
    table = table_of(data, ABSENT)
    assert in_view(table).rows == [['say "so"', '{"a": [1, 2]}', "C:\\x", "a\\tb \\ c"]]
    assert table.value(0) == rb'"say \"so\""'
    table.go_to_column(1)
    assert table.nested(0).data == b'{"a": [1, 2]}'


def test_a_backslash_before_anything_else_is_a_part_of_the_field():
    text = "".join(f"\\{chr(code)}" for code in range(32, 127) if chr(code) not in "\"'\\")
    assert cells_of(read(f'"\\"{text}"')) == [[f'"{text}']]


def test_a_hit_behind_backslashes_is_where_it_is_drawn():
    data = rb'1,"say \"so\", or not"' + b"\n"
    table = table_of(data, ABSENT)
    table.fit(range(1), 80)
    for part in (b'"so', b"so", b'"', b"or not"):
        at = data.index(part, 3)
        (start, end), *_ = table.columns(0, at, at + len(part))
        assert table.row(0).text[start:end] == part.decode()


def test_escaped_fields_are_sorted_by_what_they_stand_for():
    table = table_of(rb'"a\"b"' + b"\n" + rb'"a!c"' + b"\n" + rb'"a\"a"' + b"\n", ABSENT)
    table.sort(is_descending_first=False)
    while not table.is_complete:
        table.advance(1 << 20)
    assert [row[0] for row in in_view(table).rows] == ["a!c", 'a"a', 'a"b']


def test_hostile_backslashes_come_to_an_end():
    for data in (
        b'"' + b"\\" * 500_001,
        b'a,"\\"' * 100_000,
        b'"\\"' * 200_001,
        b'x,"\\\n' * 90_000,
    ):
        records = read_csv(data.decode(), CsvDialect(is_escaped=True), 4_096)
        assert records.count
