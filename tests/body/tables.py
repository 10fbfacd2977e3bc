"""Tables as lists of lists, for tests that look at what is in them."""

import re
from dataclasses import dataclass

from tests.body.laying_out import laid_out, recognised
from tui.body.lenses import TABLE
from tui.body.table.cells import text_of
from tui.body.table.csv import CsvRecords
from tui.body.table.lens import records_in


def table_of(data, content_type="application/json", budget=1 << 20, **options):
    """A table, laid out to its end."""
    return laid_out(data, content_type, TABLE, budget, **options)


def records_of(data, content_type="application/json", budget=1 << 20):
    """What a table is made of, all of it found."""
    records = records_in(*recognised(data, content_type))
    turns = 0
    while not records.is_complete:
        records.advance(budget)
        turns += 1
        assert turns <= 5 * len(data) + 100, "it does not come to an end"
    return records


def read_csv(text, dialect, budget=1 << 20):
    """The records of CSV, all of them found."""
    records = CsvRecords(text.encode(), "CSV", dialect)
    turns = 0
    while not records.is_complete:
        records.advance(budget)
        turns += 1
        assert turns < 5 * len(text) + 100, "it does not come to an end"
    return records


def cells_of(records):
    """The text of all cells, None where there is none."""
    return [
        [None if cell is None else text_of(cell) for cell in records.cut(at, 0, 1 << 20).cells]
        for at in range(records.count)
    ]


@dataclass(frozen=True, slots=True)
class InView:
    header: list[str]
    rows: list[list[str]]


def in_view(table, rows=None, room_cells=200):
    """What is drawn of some rows and the header, cell by cell."""
    rows = range(min(50, table.row_count)) if rows is None else rows
    table.fit(rows, room_cells)
    header = [name for name in re.split(r" {2,}", table.header.row.text.strip()) if name]
    cells = [_cells_in_view(table, index, len(header)) for index in rows]
    table.go_to_column(0)
    return InView(header, cells)


def _cells_in_view(table, index, count):
    cells = []
    for column in range(count):
        table.go_to_column(column)
        cells.append(table.row(index).text[slice(*table.place(index))])
    return cells
