"""Which rows are in sight, against a plain list of them."""

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from tui.body.visible_rows import VisibleRows

counts = st.integers(1, 6)


class RowsInSight(RuleBasedStateMachine):
    """Rows are told from the first on: so many in sight, then perhaps so many hidden."""

    def __init__(self):
        super().__init__()
        self.seen = VisibleRows()
        self.shown = []
        """The rows in sight."""
        self.known = 0

    def show(self, count):
        self.shown += range(self.known, self.known + count)
        self.known += count
        self.seen.show(self.known)

    def hide(self, count):
        self.known += count
        self.seen.hide(self.known)

    @rule(count=counts)
    def show_more(self, count):
        self.show(count)

    @rule(shown=counts, hidden=counts)
    def fold_more(self, shown, hidden):
        self.show(shown)
        self.hide(hidden)

    @rule(data=st.data())
    def toggle(self, data):
        if not self.shown:
            return
        row = data.draw(st.sampled_from(self.shown))
        behind = [each for each in self.shown if each > row]
        tail_from = data.draw(st.sampled_from([*behind, self.known]))
        kept, known = [each for each in self.shown if each >= tail_from], self.known
        tail = self.seen.cut_behind(row, tail_from)
        self.shown, self.known = [each for each in self.shown if each <= row], row + 1
        if data.draw(st.booleans()) and tail_from > self.known:
            self.show(data.draw(st.integers(0, tail_from - self.known - 1)))
            self.hide(tail_from - self.known)
        else:
            self.show(tail_from - self.known)
        self.seen.put_back(tail)
        self.shown += kept
        self.known = known

    @rule(data=st.data())
    def forget(self, data):
        if self.shown:
            row = data.draw(st.sampled_from(self.shown))
            self.seen.forget_behind(row)
            self.shown, self.known = [each for each in self.shown if each <= row], row + 1

    @invariant()
    def is_what_a_list_has(self):
        assert self.seen.count == len(self.shown)
        for index, row in enumerate(self.shown):
            assert self.seen.row_at(index) == row
            is_last = index + 1 == len(self.shown)
            following = self.known if is_last else self.shown[index + 1]
            assert self.seen.hidden_end(index) == (None if following == row + 1 else following)
            assert {self.seen.index_of(each) for each in range(row, following)} == {index}


TestRowsInSight = RowsInSight.TestCase
TestRowsInSight.settings = settings(max_examples=60, stateful_step_count=20)
