"""Where the value of a line of JSON begins, however long what is before it."""

import re

from hypothesis import example, given
from hypothesis import strategies as st

from tui.body.json.strings import SLICE_BYTES, behind_key

BEFORE_VALUE = re.compile(
    rb'[ \t\n\r]*+(?:"(?:[^"\\]++|\\.)*+"[ \t\n\r]*+:[ \t\n\r]*+)?+', re.DOTALL
)

lengths = st.sampled_from([0, 1, 2, SLICE_BYTES - 2, SLICE_BYTES - 1, SLICE_BYTES, SLICE_BYTES + 1])
parts = st.tuples(st.sampled_from([b"a", b" ", b"\n", b'"', b"\\", rb"\"", rb"\\", b":"]), lengths)
runs = st.lists(parts, max_size=6).map(lambda each: b"".join(text * n for text, n in each))


@given(runs, st.integers(0, 3), st.integers(0, 3))
@example(b'"' + b"a" * (SLICE_BYTES - 1) + b'\\"": 1', 0, 0)
@example(b" " * 40_000 + b'"a"' + b" " * 40_000 + b":" + b" " * 40_000 + b"1,", 0, 1)
@example(b'"a"', 0, 1)
@example(b'"a":1', 0, 2)
def test_it_is_behind_the_key_and_all_white_space(data, start, less):
    start, end = min(start, len(data)), max(0, len(data) - less)
    found = BEFORE_VALUE.match(data, start, end)
    assert behind_key(data, start, end) == (found.end() if found and start <= end else start)
