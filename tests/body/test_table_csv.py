"""The table of CSV, against Python's own csv module."""

import csv
import io

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.body.laying_out import laid_out, recognised
from tests.body.tables import cells_of, in_view, read_csv, records_of, table_of
from tui.body.lens import Fit
from tui.body.lenses import TABLE, lenses_for
from tui.body.table.csv import CsvRecords
from tui.body.table.csv_dialect import CsvDialect
from tui.body.table.csv_sniffing import sniff
from tui.body.table.lens import fit_table

IRIS = b"setosa,0.97,0.02,0.01\nvirginica,0.01,0.03,0.96\n"
NAMED = b"species,p\nsetosa,0.97\nvirginica,0.01\n"

delimiters = st.sampled_from([",", ";", "\t", "|"])
fields = st.text(
    st.characters(exclude_categories=["Cs"]) | st.sampled_from(',;\t|"\r\n é'), max_size=8
)
tables = st.lists(st.lists(fields, min_size=1, max_size=5), max_size=12)
dialects = st.fixed_dictionaries(
    {
        "delimiter": delimiters,
        "lineterminator": st.sampled_from(["\n", "\r\n", "\r"]),
        "quoting": st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL, csv.QUOTE_NONNUMERIC]),
    }
)
budgets = st.integers(1, 60)
runs_of_quotes = st.integers(1, 12).map(lambda count: '"' * count)
around_quotes = st.sampled_from(["a", ",", "\n", "\r", "\r\n"])
quoted_texts = st.lists(runs_of_quotes | around_quotes, max_size=12).map("".join)


def read(text, delimiter, budget=1 << 20):
    return read_csv(text, CsvDialect(delimiter=delimiter.encode()), budget)


def read_by_csv(text, delimiter):
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))


@given(tables, dialects, budgets)
def test_every_dialect_is_read_as_the_csv_module_reads_it(rows, dialect, budget):
    out = io.StringIO(newline="")
    csv.writer(out, **dialect).writerows(rows)
    records = read(out.getvalue(), dialect["delimiter"], budget)
    assert cells_of(records) == read_by_csv(out.getvalue(), dialect["delimiter"])


@given(st.text('ab,;"\n\r ', max_size=24) | quoted_texts, delimiters, budgets)
@example('"a""', ",", 1)
@example('a"b"",c\n', ",", 3)
@example('"a"b"c,"\r\n', ",", 2)
def test_odd_quotes_are_read_as_the_csv_module_reads_them(text, delimiter, budget):
    records = read(text, delimiter, budget)
    if "never closed" not in records.words:
        assert cells_of(records) == read_by_csv(text, delimiter)


@given(st.text('ab,"\n\r', max_size=40) | quoted_texts, budgets)
@example('a,"""b"', 4)
@example('"a""""', 1)
@example('a,"""""",b\n', 3)
def test_slices_of_any_size_find_the_same_records(text, budget):
    whole, sliced = read(text, ","), read(text, ",", budget)
    assert cells_of(whole) == cells_of(sliced)
    assert whole.words == sliced.words


@given(st.text('ab,"\n\r', max_size=40))
def test_a_part_of_a_record_is_what_all_of_it_has_there(text):
    records = read(text, ",")
    for at in range(records.count):
        cells = records.cut(at, 0, 99).cells
        for first in range(len(cells) + 1):
            assert records.cut(at, first, first + 2).cells == cells[first : first + 2]


def test_a_quote_that_is_never_closed_swallows_nothing():
    records = records_of(b'a,"b\nc,d\ne,f\n', "text/csv")
    assert cells_of(records) == [["a", '"b'], ["c", "d"], ["e", "f"]]
    assert "a quote in row 1 is never closed" in records.words


@pytest.mark.parametrize(
    "data",
    [b'"' + b"x,\n" * 200_000, b'x,"' * 200_000, b'"' * 500_001, b'a,"b\n' * 200_000],
    ids=["open", "quotes", "only quotes", "every line"],
)
def test_hostile_quotes_come_to_an_end(data):
    table = laid_out(data, "text/csv", TABLE, 32 * 1024)
    assert table.row_count > 0
    table.fit(range(min(20, table.row_count)), 80)
    assert len(table.row(0).text) <= 80


@pytest.mark.parametrize("before", [b"", b"a,", b"a", b'"a', b"a\nb,", b"a\nb"])
@pytest.mark.parametrize("behind", [b"", b"\n", b",b\n", b"b", b'",b\nc\n'])
def test_a_run_of_quotes_is_read_no_further_than_a_turn_allows(before, behind):
    data = before + b'"' * 100_000 + behind
    records = CsvRecords(data, "CSV", CsvDialect())
    is_going_back = False
    while not records.is_complete:
        at = records.position
        records.advance(4_096)
        assert records.position - at <= 4_097
        assert records.position >= at or not is_going_back
        is_going_back |= records.position < at
    assert cells_of(records) == cells_of(read(data.decode(), ",", len(data)))


@pytest.mark.parametrize(
    ("data", "content_type", "names"),
    [
        (IRIS, "text/csv", ["[0]", "[1]", "[2]", "[3]"]),
        (NAMED, "text/csv", ["species", "p"]),
        (NAMED, "text/csv; header=absent", ["[0]", "[1]"]),
        (b"cat,dog\ndog,cat\n", "text/csv", ["[0]", "[1]"]),
        (b"cat,dog\ndog,cat\n", "text/csv; header=present", ["cat", "dog"]),
        (b",p\n0,0.5\n1,0.7\n", "text/csv", ["[0]", "p"]),
        (b"id,p\na,nan\nb,0.7\n", "text/csv", ["id", "p"]),
        (b"u,p\na,nan\nb,nan\n", "text/csv", ["[0]", "[1]"]),
        (b"p,p\n0,0.5\n", "text/csv", ["[0]", "[1]"]),
        (b"a,b\n", "text/csv", ["[0]", "[1]"]),
        (b"0.5\n0.7\n", "text/csv", ["[0]"]),
        (b"\xef\xbb\xbfname,p\nx,1\n", "text/csv", ["name", "p"]),
        (b'\xef\xbb\xbf"a,b",p\nx,1\n', "text/csv", ["a,b", "p"]),
    ],
)
def test_the_first_record_names_the_columns_where_it_says_so(data, content_type, names):
    assert in_view(table_of(data, content_type)).header == names


@pytest.mark.parametrize(
    ("data", "delimiter"),
    [
        (b"a,b\n1,2\n", b","),
        (b"a;b\n1,5;2,5\n3,5;4,5\n", b";"),
        (b"a\tb\nx, y\tz\n", b"\t"),
        (b"a|b|c\n1|2|3\n", b"|"),
        (b"id,text\n1,hello; you\n2,bye\n", b","),
        (b"0.5\n0.7\n", b","),
        (b"1;2\n", b";"),
        (b'"a","b; c"\n"d","e; f"\n', b","),
        (b'"a; b"|"c"\n"d; e"|"f"\n', b"|"),
        (b'"a\\";"b, c"\n"d";"e, f"\n', b";"),
        (b"", b","),
    ],
)
def test_the_delimiter_is_told_by_the_text(data, delimiter):
    assert sniff(data, is_tsv=False, has_header=None).dialect.delimiter == delimiter


@pytest.mark.parametrize(
    ("data", "content_type", "fit"),
    [
        (IRIS, "text/csv", Fit.MADE_FOR_IT),
        (IRIS, "text/plain", Fit.ASKED_FOR),
        (b"0.5\n0.7\n", "text/csv", Fit.MADE_FOR_IT),
        (b"0.5,0.7\n", "text/csv", Fit.ASKED_FOR),
        (b"a\tb\n1\t2\n", "text/tab-separated-values", Fit.MADE_FOR_IT),
        (b"Dear all,\nthis is prose, as people write it,\nover lines.\n", "text/plain", Fit.NONE),
        (b"data: a,b\ndata: c,d\n", "text/event-stream", Fit.NONE),
        (b"<p>a,b</p>\n<p>c,d</p>\n", "text/html", Fit.NONE),
        (b"", "text/csv", Fit.NONE),
        (IRIS, "application/json", Fit.ASKED_FOR),
        (b"0.5,0.7\n0.3,0.2\n", "application/json", Fit.ASKED_FOR),
        (b'{"a": 1,\n"b": 2,\n', "application/json", Fit.NONE),
        (b"0.5\n0.7\n", "application/json", Fit.NONE),
    ],
)
def test_csv_is_a_table_where_it_is_clear(data, content_type, fit):
    assert fit_table(*recognised(data, content_type)) is fit


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"])
def test_a_record_cut_off_where_the_beginning_ends_is_not_looked_at(end):
    assert sniff(end.join([b"ab,0.5"] * 9_000), is_tsv=False, has_header=None).is_regular


def test_csv_that_is_called_json_is_read_as_csv():
    rows = [["5.1", "a"], ["4.9", "b"]]
    assert cells_of(records_of(b"x,y\n5.1,a\n4.9,b\n", "application/json")) == rows


def test_the_table_comes_first_where_it_was_made_for_the_body():
    assert lenses_for(*recognised(IRIS, "text/csv"))[0] == TABLE
    assert lenses_for(*recognised(IRIS, "text/plain"))[0] != TABLE


LABELS = b"".join(b"%b,%b\n" % pair for pair in [(b"setosa", b"high"), (b"rosea", b"low")] * 5)


@pytest.mark.parametrize(
    ("data", "has_header"),
    [
        (b"text,label\nI like it,good\nmeh,bad\n", True),
        (b"customerId,given name\nx,Ann\ny,Bo\n", True),
        (b"when,where\n1 May,a@b\n2 May,c@d\n3 May,e@f\n", True),
        (b"review,mood\n" + b"so so,good\nnot bad,bad\n" * 4, True),
        (b"labels\nname\nlabel\n", False),
        (b"label\nname\nlabel\n", False),
        (LABELS, False),
        (b"other,none\n" + LABELS, False),
        (b"cat,1 May\ndog,2 May\ncow,3 May\n", False),
        (b"Great,good\nnot so bad,bad\nwell well,so so\nI see,bad\n", False),
        (b"It was my last name,best value\nnot bad,bad\n", False),
        (b"email,high\nphone,low\nphone,high\n", False),
        (b"url\na:b\nc:d\ne:f\n", True),
        (b"https://a/name,text,x\nb,c,d\n", False),
        (b"home address,phone\nwork address,email\n", False),
        (b"type,value\nspam,ham\n", False),
        (b"NaN\n0.5\n0.7\n", False),
        (b"cat,-inf\ndog,0.5\n", False),
        (b"animal,score\ncat,-inf\ndog,0.5\n", True),
    ],
)
def test_names_over_texts_are_seen_where_they_are_clear(data, has_header):
    assert sniff(data, is_tsv=False, has_header=None).dialect.has_header is has_header


def test_names_become_a_row_and_a_row_becomes_names():
    table = table_of(NAMED, "text/csv")
    assert (table.row_count, in_view(table).header) == (2, ["species", "p"])
    table.toggle_header()
    assert (table.row_count, in_view(table).header) == (3, ["[0]", "[1]"])
    assert in_view(table).rows[0] == ["species", "p"]
    table.toggle_header()
    assert (table.row_count, in_view(table).header) == (2, ["species", "p"])


@pytest.mark.parametrize("bom", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("line", [b"sep=;\n", b"SEP=;\r\n", b'"sep=;"\r', b"sep=:\n", b"sep=\t\n"])
def test_a_first_line_for_excel_tells_the_delimiter_and_is_no_row(bom, line):
    mark = line.lower().partition(b"sep=")[2][:1]
    table = table_of(bom + line + b"a,b;p\nx,y;1\n'c,d';2\n".replace(b";", mark), "text/csv")
    shown = in_view(table)
    assert shown.header == ["a,b", "p"]
    assert shown.rows == [["x,y", "1"], ["'c,d'", "2"]]
    assert table.row_at(0) == 0


@pytest.mark.parametrize(
    "data", [b"sep=;", b"sep=;\n", b"sep=a\nb\n", b"sep=;;\nb\n", b"x\nsep=;\n"]
)
def test_what_only_looks_like_a_line_for_excel_is_a_record(data):
    records = records_of(data, "text/csv; header=absent")
    assert records.source(0) == data.splitlines()[0]


@pytest.mark.parametrize("before", ["\n", "\r\n\r\n", "\ufeff\n"])
def test_names_may_come_behind_empty_lines(before):
    table = table_of(f"{before}a,b\n1,2\n".encode(), "text/csv")
    assert in_view(table).header == ["a", "b"]
    assert (table.row_count, table.path(0), table.number(0)) == (1, "[0].a", "1")


def test_empty_lines_before_fields_without_names_are_records():
    assert cells_of(records_of(b"\n1,2\n", "text/csv")) == [[], ["1", "2"]]


@pytest.mark.parametrize("data", [b"a,b\n1,2,3\n", b"a,b,\n1,2,3\n"])
def test_the_path_of_a_column_without_a_name_is_its_number(data):
    table = table_of(data, "text/csv; header=present")
    in_view(table)
    table.go_to_column(2)
    assert table.path(0) == "[0][2]"


def test_ragged_rows_show_what_is_there():
    table = table_of(b"a,b\n1\n1,2,3\n,\n\n", "text/csv; header=present")
    shown = in_view(table)
    assert shown.header == ["a", "b", "[2]"]
    assert shown.rows == [["1", "·", "·"], ["1", "2", "3"], ["", "", "·"], ["·", "·", "·"]]


def test_a_record_too_long_for_a_table_is_shown_as_text():
    table = table_of(b"a,b\n" + b"x" * 300_000 + b"\n", "text/csv; header=absent")
    table.fit(range(2), 80)
    assert "300,000 bytes, too long for a table" in table.row(1).text


def test_columns_are_named_as_they_are_asked_for():
    names = [f'n "{at}"' if at % 7 else "" for at in range(9_000)]
    out = io.StringIO(newline="")
    csv.writer(out).writerows([names, range(9_000), range(9_002)])
    records = records_of(out.getvalue().encode(), "text/csv; header=present")
    assert cells_of(records)[1][-1] == "9001"
    assert list(records.columns) == [
        *(name or f"[{at}]" for at, name in enumerate(names)),
        "[9000]",
        "[9001]",
    ]
    assert records.columns[8_990:8_992] == [records.columns[8_990], records.columns[8_991]]
