"""Flags kept in a byte where that is enough, and compressed where not, against a plain list."""

from array import array
from random import Random

from hypothesis import example, given
from hypothesis import strategies as st

from tui.body.json.flags import CLOSER, CONTINUED, DEPTH_BITS, IN_STRING, RowFlags, in_a_byte

kinds = st.sampled_from((0, 0, 0, CLOSER, CONTINUED, CONTINUED | IN_STRING))
depths = st.one_of(st.integers(0, 3), st.integers(28, 34), st.sampled_from((255, 256, DEPTH_BITS)))
counts = st.one_of(st.integers(1, 5), st.integers(4_000, 4_200))
steps = st.sampled_from((0, 0, 1, -1))
runs = st.lists(st.tuples(kinds, depths, counts, steps), max_size=12)
"""Rows of a kind: the depth of the first, how many there are, and how much deeper each next one."""
CHUNKS = [(0, 0, 1, 0), (0, 1, 9_000, 0), (CLOSER, 0, 1, 0)]
DEEP_CHUNKS = [(0, 2, 5_000, 0), (0, 40, 5_000, 0), (CLOSER, 40, 1, 0), (0, 8, 5_000, 0)]
DEEPER_CHUNKS = [
    *((0, 1, 1, 0), (0, 5_000, 9_000, 0), (0, 1, 1, 0)),
    *((CLOSER, 300, 9_000, 0), (CLOSER, 1, 1, 0)),
]
LIKE_ONE = [(0, 40, 4_000, 0), (0, 256, 20, 0), (0, 1, 2, 0), (0, 256, 5_000, 0), (0, 1, 1, 0)]
"""Two bytes of rows of 256 after one another, the second and the first, are those of a 1."""
IN_ONE_ANOTHER = [(0, 0, 9_000, 1), (CLOSER, DEPTH_BITS, 9_000, -1)] * 5
"""More chunks than are kept opened, and deeper than is told."""


def listed(runs):
    return [
        kind | max(0, min(depth + step * row, DEPTH_BITS))
        for kind, depth, count, step in runs
        for row in range(count)
    ]


def kept(flags, at_once):
    found = RowFlags()
    for begin in range(0, len(flags), at_once):
        found.extend(array("H", flags[begin : begin + at_once]))
    return found


@given(runs, st.integers(100, 9_000))
@example(CHUNKS, 100)
@example(DEEP_CHUNKS, 7_000)
@example(IN_ONE_ANOTHER, 65_536)
def test_flags_come_back_as_they_were_added(runs, at_once):
    flags = listed(runs)
    found = kept(flags, at_once)
    assert len(found) == len(flags)
    assert [found[row] for row in range(len(found))] == flags


@given(runs, st.data())
@example(CHUNKS, None)
@example(DEEP_CHUNKS, None)
@example(DEEPER_CHUNKS, None)
@example(LIKE_ONE, None)
@example(IN_ONE_ANOTHER, None)
def test_what_is_looked_for_is_where_it_is_in_a_list(runs, data):
    flags = listed(runs)
    found = kept(flags, 5_000)
    if not flags:
        assert found.find(0, 0) is None
        return
    rows = st.integers(0, len(flags) - 1)
    row = len(flags) - 1 if data is None else data.draw(rows)
    start, end = sorted((0, row) if data is None else (data.draw(rows), data.draw(rows)))
    flag = flags[row]

    wanted = (at for at in range(start, len(flags)) if flags[at] == flag)
    assert found.find(flag, start) == next(wanted, None)
    assert found.count(flag, start, end) == flags[start:end].count(flag)
    others = (at for at in range(start, end) if flags[at] != flags[start])
    assert found.first_other(start, end) == next(others, end)
    below = (at for at in range(row - 1, -1, -1) if flags[at] < flag & DEPTH_BITS)
    assert found.last_below(row, flag & DEPTH_BITS) == next(below, 0)
    below = (at for at in range(row - 1, start - 1, -1) if flags[at] < flag & DEPTH_BITS)
    assert found.last_below(row, flag & DEPTH_BITS, min(start, row)) == next(below, min(start, row))
    within = (at for at in range(start, len(flags)) if flags[at] & DEPTH_BITS <= flag & DEPTH_BITS)
    assert found.first_within(flag & DEPTH_BITS, start) == next(within, None)
    indented = (at for at in range(start, len(flags)) if flags[at] & DEPTH_BITS)
    assert found.first_indented(start) == next(indented, None)
    packed = [in_a_byte(each) for each in flags[start:end]]
    assert found.shallow(start, end) == (None if None in packed else bytes(packed))


def test_rows_of_any_depth_take_less_than_a_byte_each():
    nested = [*range(5_000), *(depth | CLOSER for depth in range(5_000, 0, -1))]
    regular, by_chance = kept(10 * nested, 65_536), kept(brackets_by_chance(100_000), 65_536)
    assert regular.size_bytes < len(regular) / 4
    assert by_chance.size_bytes < len(by_chance)


def brackets_by_chance(count):
    chance = Random(count)  # noqa: S311 - made up, not secret
    depth, flags = 4_000, []
    for _ in range(count):
        is_opening = chance.random() < 0.5
        depth += is_opening or -1
        flags.append(depth - 1 if is_opening else depth | CLOSER)
    return flags
