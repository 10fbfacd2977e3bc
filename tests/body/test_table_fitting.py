"""How much of long records is looked through at a time, as one goes about in their columns."""

import re

import pytest

from tests.body.tables import table_of
from tui.body.table.json_cells import JsonCells

LONG = b"[" + b"1," * 60_000 + b"1]"


@pytest.fixture
def cut_at(monkeypatch):
    """Where the records begin that were cut, one after another."""
    starts = []
    cut = JsonCells.cut

    def note(self, start, *others):
        starts.append(start)
        return cut(self, start, *others)

    monkeypatch.setattr(JsonCells, "cut", note)
    return starts


def fit(table, room_cells=80):
    table.fit(range(table.row_count), room_cells)
    while table.is_cutting:
        table.fit(range(table.row_count), room_cells)


def test_going_to_a_column_cuts_no_more_than_a_turn_allows(cut_at):
    table = table_of(b"[" + b",".join([LONG] * 12) + b"]")
    table.go_to_column(10_000)
    fit(table)
    cut_at.clear()
    table.fit(range(12), 80)
    table.go_to_column(10_010)
    table.fit(range(12), 80, None)
    assert table.is_cutting
    assert 0 < len(cut_at) <= 6
    fit(table)
    assert [table.row(index).text[slice(*table.place(index))] for index in range(12)] == ["1"] * 12


def test_a_column_that_turns_out_to_be_wide_is_brought_into_view_as_a_whole():
    wide = b"[" + b"1," * 14 + b"7" * 30 + b",1" * 60_000 + b"]"
    table = table_of(b"[" + b",".join([*[LONG] * 8, wide]) + b"]")
    fit(table)
    table.go_to_column(14)
    assert table.is_cutting
    fit(table)
    assert table.row(8).text[slice(*table.place(8))] == "7" * 30


@pytest.mark.parametrize("array", [b"[1 , -2.5,\n  3 ]", b"[ 1,true]", b"[1]"])
def test_a_byte_of_an_array_of_numbers_is_of_the_first_item_that_ends_behind_it(array):
    cells = JsonCells(b" " + array)
    ends = [1 + found.end() for found in re.finditer(rb"[^\[\], \n]+", array)]
    for offset in range(1, 1 + len(array)):
        behind = next((at for at, end in enumerate(ends) if end > offset), len(ends) - 1)
        assert cells.column_of(1, 1 + len(array), offset) == behind
