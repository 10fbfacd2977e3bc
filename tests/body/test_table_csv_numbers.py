"""Numbers in columns that nothing but spaces part, as NumPy writes them."""

import csv
import io

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.body.laying_out import recognised
from tests.body.tables import cells_of, in_view, read_csv, table_of
from tui.body.lens import Fit
from tui.body.table.csv_dialect import CsvDialect
from tui.body.table.csv_sniffing import sniff
from tui.body.table.lens import fit_table

SPACES = CsvDialect(delimiter=b" ", is_spaced=True)
SAVED = b"1.0e+00 -2.5e+00 nan\n4.0e+00 5.5e+00 6.0e-01\n"
ALIGNED = b"   a     b\n  1.0  2.00\n 10.0 20.00\n"

texts = st.lists(
    st.sampled_from(["1", "-2.5", "a", " ", "   ", "\n", "\r\n", '"', '"a\nb"', ' "b  c" ']),
    max_size=14,
).map("".join)


@given(texts, st.integers(1, 40))
@example('1   "a b"  2\n', 3)
@example('1 "a\nb"\n', 2)
@example('  "a', 2)
def test_any_number_of_spaces_is_read_as_the_csv_module_reads_it(text, budget):
    records = read_csv(text, SPACES, budget)
    assert cells_of(records) == cells_of(read_csv(text, SPACES))
    if "never closed" not in records.words:
        lines = io.StringIO(text, newline="")
        assert cells_of(records) == list(csv.reader(lines, delimiter=" ", skipinitialspace=True))


def test_a_long_record_is_cut_as_a_short_one_is():
    records = read_csv("  ".join(map(str, range(3_000))), SPACES)
    assert [each.source for each in records.cut(0, 2_990, 2_992).cells] == [b"2990", b"2991"]
    assert len(records.columns) == 3_000


@pytest.mark.parametrize("content_type", ["text/csv", "text/plain"])
def test_columns_of_numbers_are_a_table(content_type):
    assert fit_table(*recognised(SAVED, content_type)) is not Fit.NONE
    assert in_view(table_of(SAVED, content_type)).rows == [
        ["1.0e+00", "-2.5e+00", "nan"],
        ["4.0e+00", "5.5e+00", "6.0e-01"],
    ]


def test_names_may_stand_above_numbers():
    shown = in_view(table_of(ALIGNED, "text/csv"))
    assert shown.header == ["a", "b"]
    assert shown.rows == [["1.0", "2.00"], ["10.0", "20.00"]]


@pytest.mark.parametrize(
    "data",
    [
        b"0171 123 456\n",
        b"so many words\nin a line\n",
        b"1 a\n2 b\n",
        b"1 2\n3 4 5\n",
        b"1,2 3\n4,5 6\n",
        b"nan nan\nnan nan\n",
        b"1\n2\n",
        b"1 1:0.5\n0 1:0.7\n",
        b"",
    ],
)
def test_spaces_part_nothing_but_numbers_in_columns(data):
    assert sniff(data, is_tsv=False, has_header=None).dialect.delimiter != b" "
