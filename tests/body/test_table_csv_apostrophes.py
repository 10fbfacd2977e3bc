"""CSV with its fields in apostrophes, as SQL and ARFF have them: where that is seen, and read."""

import csv
import io

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.body.tables import cells_of, in_view, read_csv, records_of, table_of
from tui.body.table.csv_dialect import CsvDialect
from tui.body.table.csv_sniffing import LOOKED_AT_BYTES, sniff

SWAP = str.maketrans("\"'", "'\"")
ABSENT = "text/csv; header=absent"

fields = st.text(st.sampled_from("ab,;\t|\"' \r\né1"), max_size=8)
delimiters = st.sampled_from([",", ";", "\t", "|"])
budgets = st.integers(1, 60)
runs = st.integers(1, 12).map(lambda count: "'" * count)
odd_texts = st.lists(runs | st.sampled_from(["a", '"', ",", "\n", "\r", "\r\n"]), max_size=12)


def quote_of(data, is_tsv=False):
    return sniff(data, is_tsv=is_tsv, has_header=None).dialect.quote


@given(
    st.lists(st.lists(fields, min_size=1, max_size=5), max_size=12),
    delimiters,
    st.sampled_from(["\n", "\r\n", "\r"]),
    st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
    budgets,
)
def test_apostrophes_are_read_as_the_csv_module_reads_them(rows, delimiter, end, quoting, budget):
    out, dialect = io.StringIO(newline=""), {"delimiter": delimiter, "quotechar": "'"}
    csv.writer(out, lineterminator=end, quoting=quoting, **dialect).writerows(rows)
    records = read_csv(out.getvalue(), CsvDialect(delimiter=delimiter.encode(), quote=b"'"), budget)
    again = csv.reader(io.StringIO(out.getvalue(), newline=""), **dialect)
    assert cells_of(records) == list(again)


@given(odd_texts.map("".join), budgets)
@example("'a'''", 1)
@example("'a'b\"'c,'\r\n", 2)
def test_an_apostrophe_is_read_as_a_quote_is(text, budget):
    """What holds for one, in slices of any size, holds for the other."""
    records = read_csv(text, CsvDialect(quote=b"'"), budget)
    swapped = read_csv(text.translate(SWAP), CsvDialect(), budget)
    assert [[cell.translate(SWAP) for cell in row] for row in cells_of(swapped)] == cells_of(
        records
    )
    assert records.words == swapped.words
    for at in range(records.count):
        start, end = records.span(at)
        assert (start, end) == swapped.span(at)
        for offset in range(start, end):
            assert records.column_of(at, offset) == swapped.column_of(at, offset)
        for first in range(3):
            ours, theirs = (each.cut(at, first, first + 2).cells for each in (records, swapped))
            assert [cell[1:] for cell in ours] == [cell[1:] for cell in theirs]


@pytest.mark.parametrize(
    "data",
    [
        b"'1,1','2'\n'3,3','4'\n",
        b"'1,1','2'\n",
        b"5.1,'setosa, wild',0.9\n4.9,virginica,0.8\n4.7,'rosea, wild',0.7\n",
        b"'it''s','so'\n'not','so'\n",
        b"id;text\n1;'a;b'\n2;'c'\n",
        b"1\t'a\tb'\n2\t'c\td'\n",
        b"1|'a|b'\n2|'c|d'\n",
        b"1,'two\nlines'\n2,'one'\n3,'no\nmore'\n",
        b"'a, b'\r\n'c, d'\r\n",
        b'\'say "x", or not\',1\n\'say "y", or "z"\',2\n',
        b"'a;b','c'\n'd;e','f'\n'g;h','i'\n",
        b"species,p\n'setosa',0.9\n'virginica',0.8\n'rosea',0.7\n",
        b"'cat'\n'dog'\n'cow'\n",
        b"'a',1,NULL\nNULL,2,'b'\n'c',3,'d'\n'e',4,'f'\n'g',5,'h'\n",
        b"'x','y'\n" * 3 + b"'two, or" + b" more\n" * LOOKED_AT_BYTES + b"',1\n",
        b"'a, b',\"c\",'d'\n'e, f',\"g\",'h'\n",
    ],
)
def test_apostrophes_are_quotes_where_it_is_clear(data):
    assert quote_of(data) == b"'"


@pytest.mark.parametrize(
    "data",
    [
        b"it's,don't\nwon't,can't\n",
        b"'tis the season, rock 'n' roll\n'twas the night, before\n",
        b"'twas,'tis\n",
        b"1,'Twas the night\n2,don't\n",
        b"1,'tis\n2,the dogs'\n3,'em\n4,cats'\n",
        b"5'10\",6'2\"\n5'9\",6'1\"\n",
        b"['a', 'b']\n['c', 'd']\n",
        b"['a','b','c']\n['d','e','f']\n",
        b"1,['a','b','c'],x\n2,['d','e','f'],y\n",
        b"('a','b')\n('c','d')\n",
        b"{'a': 1, 'b': 2}\n{'a': 3, 'b': 4}\n",
        b"{'a','b','c'}\n{'d','e','f'}\n",
        b"b'a, b',b'c'\nb'd, e',b'f'\n",
        b"\"it's, 'quoted', x\",1\n\"it's, 'quoted', y\",2\n",
        b"\"a,'b','c',d\",1\n\"e,'f','g',h\",2\n",
        b"\"a, b\",'c'\n\"d, e\",'f'\n\"g, h\",'i'\n",
        b"'a, b',1\nc,2,3\n'd, e',4\n",
        b"'a',1\nb,2\n'c d',3\n'e',4\nf,5\n",
        b"'Hello, world' he said\n'Bye, world' she said\n",
        b"'Hello, world'\n",
        b"'a'\n'b'\n",
        b"'a','b'\n",
        b"INSERT INTO t VALUES (1,'a','b, c'),(2,'d','e, f');\n" * 2,
        b"the '90s, '80s and '70s\nthe '60s, '50s and '40s\n",
        b"'90s,music\n'80s,film\n'70s,art\n",
        b"rock,'n' roll\nsalt,'n' pepper\n",
        b"a,'b\nc,d\n",
        b"id,p\n1,2\n",
        b"",
    ],
)
def test_apostrophes_are_text_where_that_is_not_clear(data):
    assert quote_of(data) == b'"'


@given(st.lists(st.sampled_from(["it's", "'tis", "'n'", "5'", "a", "1,", ",", '"', '",', "\n"])))
def test_apostrophes_of_prose_have_no_end_before_a_delimiter(words):
    text = " ".join(words)
    if "'n' ," not in text and not text.endswith("'n'") and "'n' \n" not in text:
        assert quote_of(text.encode()) == b'"'


def test_fields_in_apostrophes_are_shown_without_them():
    names = b"'id','the text, or none'\n"
    table = table_of(names + b"'1','a, b'\n'2','it''s'\n'10','two\nlines'\n", "text/csv")
    shown = in_view(table)
    assert shown.header == ["id", "the text, or none"]
    assert shown.rows == [["1", "a, b"], ["2", "it's"], ["10", "two␊lines"]]
    table.go_to_column(1)
    assert table.path(1) == '[1]."the text, or none"'
    assert table.value(1) == b'"it\'s"'
    table.go_to_column(0)
    assert table.value(1) == b'"2"'


def test_numbers_in_apostrophes_are_sorted_as_numbers():
    table = table_of(b"'10','a, b'\n'9','c, d'\n'1','e, f'\n", ABSENT)
    table.sort(is_descending_first=False)
    while not table.is_complete:
        table.advance(1 << 20)
    assert [row[0] for row in in_view(table).rows] == ["1", "9", "10"]


def test_a_hit_in_apostrophes_is_where_it_is_drawn():
    data = b"1,'a, b'\n2,'it''s here'\n"
    table = table_of(data, ABSENT)
    table.fit(range(2), 80)
    at = data.index(b"here")
    row = table.row_at(at)
    (start, end), *_ = table.columns(row, at, at + 4)
    assert table.row(row).text[start:end] == "here"


def test_what_is_cut_off_in_a_field_still_speaks_for_its_quotes():
    data = b"'id','text'\n" + b"'1','a, b'\n" * 9 + b"'2','" + b"x, y\n" * 9_000 + b"'\n"
    assert quote_of(data) == b"'"
    assert records_of(data, "text/csv").count == 10
