"""CSV with spaces behind its delimiters: "a", "b, c"."""

import csv
import io

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.body.tables import cells_of, in_view, read_csv, table_of
from tui.body.table.csv_dialect import CsvDialect
from tui.body.table.csv_sniffing import sniff

ABSENT = "text/csv; header=absent"

delimiters = st.sampled_from([",", ";", "|"])
quotes = st.sampled_from(['"', "'"])
budgets = st.integers(1, 60)
odd_texts = st.lists(
    st.sampled_from(['"', '""', '"""', "a", ",", ", ", ',  "', " ", "   ", "\n", "\r\n", "\r"]),
    max_size=14,
).map("".join)


def dialect_of(data, is_tsv=False):
    return sniff(data, is_tsv=is_tsv, has_header=None).dialect


def read(text, budget=1 << 20, quote='"', delimiter=","):
    dialect = CsvDialect(delimiter=delimiter.encode(), quote=quote.encode(), is_spaced=True)
    return read_csv(text, dialect, budget)


def read_by_csv(text, **dialect):
    return list(csv.reader(io.StringIO(text, newline=""), skipinitialspace=True, **dialect))


@given(
    st.lists(st.lists(st.text("ab,;|\"' \r\né", max_size=8), min_size=1, max_size=5), max_size=9),
    delimiters,
    quotes,
    st.integers(0, 3),
    budgets,
)
def test_spaces_before_fields_are_read_as_the_csv_module_reads_them(
    rows, delimiter, quote, spaces, budget
):
    between, pair = delimiter + " " * spaces, quote * 2
    fields = [[f"{quote}{each.replace(quote, pair)}{quote}" for each in row] for row in rows]
    text = "".join(f"{between.join(row)}\n" for row in fields)
    assert cells_of(read(text, budget, quote, delimiter)) == rows
    assert read_by_csv(text, delimiter=delimiter, quotechar=quote) == rows


@given(odd_texts, budgets)
@example(', "a", b\n', 1)
@example('a,  "b"\n', 3)
@example('  "a"', 2)
@example('a, "b', 4)
@example("   \n , \n", 2)
@example('"a"   ,b', 5)
def test_odd_spaces_are_read_as_the_csv_module_reads_them(text, budget):
    records = read(text, budget)
    if "never closed" not in records.words:
        assert cells_of(records) == read_by_csv(text)
    whole = read(text)
    assert cells_of(records) == cells_of(whole)
    assert records.words == whole.words


@given(odd_texts)
def test_a_part_of_a_record_is_what_all_of_it_has_there(text):
    records = read(text)
    for at in range(records.count):
        cells = records.cut(at, 0, 99).cells
        for first in range(len(cells) + 1):
            assert records.cut(at, first, first + 2).cells == cells[first : first + 2]
        for column, cell in enumerate(cells):
            assert records.data.startswith(cell.source, cell.start)
            assert records.column_of(at, cell.start) == column or not cell.source


@pytest.mark.parametrize("size", [10, 3_000])
def test_a_long_record_is_cut_as_a_short_one_is(size):
    text = ", ".join(map(str, range(size)))
    records = read(f'{text}\n"", {text}\n')
    assert [each.source for each in records.cut(0, size - 3, size).cells] == [
        b"%d" % at for at in range(size - 3, size)
    ]
    assert records.cut(1, size - 2, size + 1).cells[0].source == b"%d" % (size - 3)


@pytest.mark.parametrize(
    "data",
    [
        b'"a", "b, c"\n"d", "e"\n',
        b'"a", "b, c"\n',
        b'id, text\n1, "a, b"\n2, c\n',
        b'1,"a", "b, c"\n2, "d",e\n3,f,g\n',
        b"0.1, 0.2\n0.3, 0.4\n",
        b"a, b, \nc, , d\n",
        b"'a', 'b, c'\n'd', 'e'\n",
        rb'"a \"x\", y", "b"' + b"\n" + rb'"c", "\"d\""' + b"\n",
        b'"a", "b; c"\n"d", "e; f"\n',
        b"a;  1,5\nb;  2,5\n",
    ],
)
def test_spaces_are_no_part_of_a_field_where_it_is_clear(data):
    assert dialect_of(data).is_spaced


@pytest.mark.parametrize(
    "data",
    [
        b"1,hello\n2, there\n",
        b'["a", "b"]\n["c", "d"]\n',
        b'{"a": 1, "b": 2}\n{"a": 3, "b": 4}\n',
        b"['a', 'b']\n['c', 'd']\n",
        b'1,He said, "so"\n2,She said, "no"\n',
        b'"a","b, c"\n"d","e"\n',
        b"Dear all, this is, as it is\nprose,with commas, and so on\n",
        b"a,b\n1,2\n",
        b"a , b\n1 ,2\n",
    ],
)
def test_spaces_are_a_part_of_a_field_where_that_is_not_clear(data):
    assert not dialect_of(data).is_spaced


@pytest.mark.parametrize("quote", [b'"', b"'"])
def test_delimiters_are_found_behind_spaces(quote):
    data = b"x, 'a; b', 'c'\ny, 'd; e', 'f'\nz, 'g; h', 'i'\n".replace(b"'", quote)
    assert dialect_of(data) == CsvDialect(delimiter=b",", quote=quote, is_spaced=True)


def test_fields_behind_spaces_are_shown_without_them():
    table = table_of(b'id, "the text"\n1, "a, b"\n20, c\n', "text/csv")
    shown = in_view(table)
    assert shown.header == ["id", "the text"]
    assert shown.rows == [["1", "a, b"], ["20", "c"]]
    table.go_to_column(1)
    assert table.path(0) == '[0]."the text"'
    assert table.value(0) == b'"a, b"'
    assert table.value(1) == b'"c"'


def test_a_hit_behind_spaces_is_where_it_is_drawn():
    data = b'1,   "a, b", here\n2,   c, d\n'
    table = table_of(data, ABSENT)
    table.fit(range(2), 80)
    for part, shown in [
        (b"a, b", "a, b"),
        (b", b", ", b"),
        (b'"a', "a"),
        (b"here", "here"),
        (b" here", "here"),
        (b"c,", "c"),
        (b"d", "d"),
    ]:
        at = data.index(part)
        row = table.row_at(at)
        (start, end), *_ = table.columns(row, at, at + len(part))
        assert table.row(row).text[start:end] == shown


def test_hostile_spaces_come_to_an_end():
    for text in (" " * 500_001, ", " * 200_000, 'a, "' * 90_000, ',  " ' + " " * 300_000 + '"'):
        assert read(text, 4_096).count == 1
