"""The order of hits in a table that was sorted, against rows and cells gone through by hand."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.body.laying_out import recognised
from tests.body.tables import table_of
from tests.body.test_searching import search_through
from tui.body.lenses import TABLE, open_document
from tui.body.search.finding import Finding
from tui.body.search.hit_ranks import HitRanks
from tui.body.table.document import TableDocument

CSV = "text/csv; header=present"


def sorted_table(data, content_type=CSV):
    table = table_of(data, content_type)
    table.sort(is_descending_first=True)
    while not table.is_complete:
        table.advance(1 << 20)
    return table


def ranks_of(search, table):
    ranks = HitRanks(search, table)
    while not ranks.is_complete:
        ranks.advance()
    return ranks


@given(
    st.lists(st.tuples(st.integers(0, 99), st.integers(0, 3)), min_size=1, max_size=30),
    st.sampled_from(["", "x"]),
)
@example([(1, 2), (2, 0), (3, 1)], "x")
def test_hits_are_ranked_by_the_rows_that_they_are_in(rows, name):
    data = f"id,{name}\n" + "".join(f"{number},{'x' * count}\n" for number, count in rows)
    table, search = sorted_table(data.encode()), search_through(data.encode(), "x")
    ranks = ranks_of(search, table)
    by_rows = sorted(range(search.count), key=lambda hit: (table.row_at(search.starts[hit]), hit))
    assert [ranks.hit(rank) for rank in range(search.count)] == by_rows
    assert [ranks.rank(hit) for hit in by_rows] == list(range(search.count))
    for row in range(table.row_count):
        before = sum(table.row_at(start) < row for start in search.starts)
        assert ranks.first_from(row) == before


def test_what_is_behind_the_last_record_comes_with_it():
    data = b'{"a": [{"n": 2}, {"n": 1}], "rest": "nnn"}'
    table, search = sorted_table(data, "application/json"), search_through(data, "n")
    ranks = ranks_of(search, table)
    assert [ranks.hit(rank) for rank in range(search.count)] == [0, 1, 2, 3, 4]
    assert ranks.first_from(1) == 1


class WatchedTable(TableDocument):
    """Counts how often a row is looked for."""

    asked = 0

    def row_up_to(self, offset):
        self.asked += 1
        return super().row_up_to(offset)


def test_no_step_looks_at_more_than_a_few_hits():
    """Keys and frames come between steps, however many hits there are."""
    data = b"n,t\n" + b"".join(b"%d,hit\n" % (n * 7919 % 20_000) for n in range(20_000))
    table = sorted_table(data)
    table.__class__ = WatchedTable
    search = search_through(data, "hit")
    ranks, most, before = HitRanks(search, table), 0, 0
    while not ranks.is_complete:
        ranks.advance()
        most, before = max(most, table.asked - before), table.asked
    assert table.asked == search.count == 20_000
    assert most < 1_000
    assert [table.row_at(search.starts[ranks.hit(rank)]) for rank in (0, 7, 19_999)] == [
        0,
        7,
        19_999,
    ]


def test_steps_made_before_ranks_are_known_are_made_when_they_are():
    data = b"n,t\n" + b"".join(b"%d,hit\n" % n for n in range(5_000))
    table, search = sorted_table(data), search_through(data, "hit")
    finding = Finding(search, table, origin=0)
    while finding.can_advance:
        finding.advance(1 << 18)
    table.sort(is_descending_first=True)
    while not table.is_complete:
        table.advance(1 << 20)
    finding.step(1, 0)
    finding.step(1, 0)
    assert finding.words == "5,000"
    while finding.can_advance:
        is_there = finding.advance(1 << 18)
    assert is_there
    assert table.row_at(finding.current_hit[0]) == 2


def test_where_every_byte_is_a_hit_a_slice_is_smaller():
    search = search_through(b"", "a")
    search.grow(b"a" * 250_000, is_whole=True)
    search.advance(1 << 18)
    assert 0 < search.count < 20_000
    while not search.is_complete:
        search.advance(1 << 18)
    assert search.count == 100_000
    assert list(search.starts[-2:]) == [99_998, 99_999]


@pytest.mark.parametrize("content_type", ["application/jsonlines", CSV])
@pytest.mark.parametrize("direction", [1, -1])
def test_one_goes_on_where_a_table_has_no_rows_yet(content_type, direction):
    data = b'{"a": "b"}\n{"a": "b"}\n' if content_type != CSV else b"a,c\nb,b\n"
    search = search_through(data, "b")
    table = open_document(*recognised(data, content_type), TABLE)
    finding = Finding(search, table, origin=0)
    finding.step(direction, 0)
    assert finding.current is not None
    assert finding.words.startswith(f"{finding.current + 1} of 2")
    finding.step(direction, 0)
    assert finding.words
