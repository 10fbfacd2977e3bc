"""Numbers of JSON that are longer than what is looked at in one go."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tui.body.json.grammar import JsonScanner, State
from tui.body.json.layout import JsonLayout
from tui.body.json.lines_layout import JsonLinesLayout
from tui.body.json.strings import SLICE_BYTES

digits = st.builds(lambda digit, count: digit * count, st.sampled_from("0123"), st.integers(1, 9))
signs = st.sampled_from([".", "-", "e", "E", "+", "e-", "E+"])
right = st.from_regex(r"-?(0|[1-9][0-9]{0,9})(\.[0-9]{1,9})?([eE][+-]?[0-9]{1,9})?", fullmatch=True)
anything = st.lists(digits | signs, min_size=1, max_size=6).map("".join)
behind = st.sampled_from(["", " ", ",", "]", "}", "x", "_", ".", "é", ", 1"])
states = st.sampled_from([State.VALUE, State.FIRST_VALUE, State.KEY, State.COLON])


def stepped(data, state, size=None):
    """What a scanner reads, in slices of a size, and where it is then."""
    scanner = JsonScanner()
    scanner.state, scanner.closers = state, bytearray(b"]")
    step = None
    while step is None:
        limit = None if size is None else scanner.reached + size
        step = scanner.step(data, limit)
        assert scanner.reached <= max(scanner.position, limit or 0)
    return step, scanner.position, scanner.state


@given(right | anything, behind, states, st.integers(1, 6))
@example("1" * 20, "", State.VALUE, 1)
@example("0", "0", State.VALUE, 1)
@example("-0.10e+", "1", State.VALUE, 2)
def test_a_number_is_read_alike_in_slices_of_any_size(number, end, state, size):
    data = (number + end).encode()
    assert stepped(data, state, size) == stepped(data, state)


@pytest.mark.parametrize("number", [b"1" * 200_000, b"-0." + b"12" * 99_999, b"1e" + b"3" * 99_999])
@pytest.mark.parametrize("end", [b"]", b".]", b"", b", 2]"])
def test_a_long_number_is_laid_out_a_slice_at_a_time(number, end):
    layout = JsonLayout(b"[0, " + number + end)
    while not layout.is_complete:
        before = layout.position
        layout.advance(SLICE_BYTES)
        assert layout.position - before <= 2 * SLICE_BYTES
    assert (layout.mistake is None) == (end in (b"]", b", 2]"))


def test_a_long_number_of_a_line_that_turned_out_to_be_none_says_nothing_of_the_next_one():
    lines = JsonLinesLayout(b'{"a"\n:' + b"1" * 100_000 + b"\n{}")
    while not lines.is_complete:
        lines.advance(SLICE_BYTES)
    assert list(lines.broken) == [4, 5]
    assert lines.value_count == 3
