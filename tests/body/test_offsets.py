"""Offsets kept in a byte each, against a plain list."""

from bisect import bisect_left
from itertools import pairwise

from hypothesis import example, given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from tui.body.offsets import Offsets

steps = st.one_of(st.integers(0, 3), st.integers(0, 600), st.integers(0, 200_000))


def sums(steps, start=0):
    found = []
    for step in steps:
        start += step
        found.append(start)
    return found


class OffsetsAreAList(RuleBasedStateMachine):
    """Whatever is added and taken off, what is there is what a list has."""

    def __init__(self):
        super().__init__()
        self.offsets = Offsets()
        self.expected = []

    @property
    def last(self):
        return self.expected[-1] if self.expected else 0

    @rule(step=steps)
    def append(self, step):
        self.expected.append(self.last + step)
        self.offsets.append(self.expected[-1])

    @rule(more=st.lists(steps, max_size=20))
    def extend(self, more):
        added = sums(more, self.last)
        self.offsets.extend(added)
        self.expected.extend(added)

    @rule(step=st.integers(0, 3), count=st.integers(4_000, 4_200))
    def extend_beyond_a_chunk(self, step, count):
        added = sums([step] * count, self.last)
        self.offsets.extend(added)
        self.expected.extend(added)

    @precondition(lambda self: self.expected)
    @rule()
    def pop(self):
        assert self.offsets.pop() == self.expected.pop()

    @rule(data=st.data())
    def cut(self, data):
        count = data.draw(st.integers(0, len(self.expected) + 2))
        self.offsets.cut(count)
        del self.expected[count:]

    @rule(data=st.data())
    def look(self, data):
        offset = data.draw(st.integers(-1, self.last + 600))
        assert self.offsets.count_below(offset) == bisect_left(self.expected, offset)
        if self.expected:
            index = data.draw(st.integers(-len(self.expected), len(self.expected) - 1))
            assert self.offsets[index] == self.expected[index]

    @rule(data=st.data())
    def look_at_spans(self, data):
        count = len(self.expected)
        first = data.draw(st.integers(0, count))
        indexes = range(first, data.draw(st.integers(first, min(count, first + 5_000))))
        ends = [*self.expected, self.last + 9]
        spans = list(pairwise(ends))[first : indexes.stop]
        assert list(self.offsets.spans(indexes, self.last + 9)) == spans
        assert list(self.offsets.spans(list(indexes), self.last + 9)) == spans

    @invariant()
    def is_as_long(self):
        assert len(self.offsets) == len(self.expected)
        assert not self.expected or self.offsets[-1] == self.expected[-1]


TestOffsetsAreAList = OffsetsAreAList.TestCase


@given(st.lists(steps))
@example([1] * 10_000)
@example([0] * 10_000)
@example([2**24, 1])
def test_offsets_come_back_as_they_were_added(gaps):
    added = sums(gaps)
    one_by_one = Offsets()
    for offset in added:
        one_by_one.append(offset)
    assert list(Offsets(added)) == list(one_by_one) == added
    for offset in [*added[:3], *added[-3:]]:
        assert Offsets(added).count_below(offset) == bisect_left(added, offset)
