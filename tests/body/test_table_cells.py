"""How much of a cell is spelt."""

import csv
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.body.tables import records_of
from tui.body.table.cells import spell, text_of
from tui.body.table.csv import CsvRecords
from tui.body.table.csv_dialect import CsvDialect

texts = st.text(st.sampled_from('a"\\\n é😀,') | st.characters(exclude_categories=["Cs"]))
nested = st.recursive(texts | st.integers(), st.lists)


def quoted_cell(text):
    out = io.StringIO(newline="")
    csv.writer(out, quoting=csv.QUOTE_ALL).writerow([text])
    records = CsvRecords(out.getvalue().encode(), "CSV", CsvDialect())
    records.advance(len(records.data))
    return records.cut(0, 0, 1).cells[0]


def json_cell(value):
    data = json.dumps({"a": value}, indent=1).replace("\n", " ").encode()
    return records_of(b'{"a":0}\n' + data, "application/jsonlines").cut(1, 0, 1).cells[0]


cells = st.one_of(texts.map(quoted_cell), texts.map(json_cell), st.lists(nested).map(json_cell))


@given(cells, st.integers(0, 30))
def test_as_many_characters_are_spelt_as_are_asked_for(cell, chars_max):
    whole, spelling = text_of(cell), spell(cell, chars_max)
    assert whole.startswith(spelling.text[:chars_max])
    assert len(spelling.text) >= min(chars_max, len(whole))
    assert spelling.is_whole or len(whole) > chars_max
    assert spelling.text == whole or not spelling.is_whole


@pytest.mark.parametrize(
    "cell", [quoted_cell('"' * 9_000), json_cell("a\n" * 9_000), json_cell([1, 2] * 9_000)]
)
def test_what_is_spelt_in_many_pieces_is_spelt_no_further_than_asked_for(cell):
    assert 100 <= len(spell(cell, 100).text) <= 102
