"""The first number in JSON that is none, in slices: what one search through it all finds."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.body.laying_out import recognised
from tests.body.tables import records_of
from tui.body.json.grammar import NON_FINITE, STRING
from tui.body.json.non_finite import NonFiniteSearch
from tui.body.table.lens import records_in

LINES = "application/jsonlines"
JSON = "application/json"
PIECES = (
    *(b'"', b'"', b'"', b"\\", b'\\"', b"\\\\", b"\\n", b"\\u00e9", b"\\u12", b"\n", b"\x01"),
    *(b"NaN", b"-Infinity", b"Infinity", b"-", b"N", b"Na", b"Infin", b"Nax", b"I", b'"NaN"'),
    *(b"x", b".", b" ", b",", b"1", "é".encode()),
)
texts = st.lists(st.sampled_from(PIECES), max_size=14).map(b"".join)
steps = st.lists(st.tuples(st.integers(1, 12), st.booleans()), min_size=1, max_size=12)
STRINGS_OR_WORDS = re.compile(STRING + rb"|(" + NON_FINITE + rb")")


def searched_at_once(data):
    found = (each for each in STRINGS_OR_WORDS.finditer(data) if each[1])
    return next((each.start() for each in found), None)


def searched_in_slices(data, steps):
    """Where the first one is, found in steps, of which some end behind a line feed."""
    search, at = NonFiniteSearch(data, 0), 0
    while at < len(data):
        for size, is_up_to_line in steps:
            end = min(at + size, len(data))
            if is_up_to_line and (line_end := data.rfind(b"\n", at, end) + 1):
                search.look_up_to(line_end, is_outside=True)
            search.look_up_to(end, is_outside=False)
            at = end
    return search.found_at


@given(texts, steps)
@example(b'"NaN\x01', [(2, False)])
@example(b'"-Infinity \\u12" "NaN", NaN', [(1, False)])
@example(b'"NaN \\"NaN\n"NaN"\n', [(3, True)])
@example(b"-Infinity", [(1, False)])
def test_what_is_found_in_slices_is_what_one_search_finds(data, steps):
    assert searched_in_slices(data, steps) == searched_at_once(data)


@given(texts, st.integers(1, 40))
def test_no_string_ends_where_it_is_cut(data, size):
    string = b'"' + data.replace(b"\n", b"") * 9 + b'"'
    spelt = string if re.fullmatch(STRING, string) else b'"NaN"'
    body = b"[" + spelt + b", " + spelt + b", NaN]"
    assert searched_in_slices(body, [(size, False)]) == len(body) - len("NaN]")


LONG = b'{"a": "NaN \\" ' + b"NaN, " * 60_000 + b'"}'


@pytest.mark.parametrize("budget", [1_000, 1 << 14, 1 << 20])
@pytest.mark.parametrize("number", [b"NaN", b"-Infinity", b"1"])
@pytest.mark.parametrize("is_array", [True, False], ids=["array", "lines"])
def test_a_long_record_is_looked_through_as_it_is_read(number, budget, *, is_array):
    records = [b'{"a": "NaN"}', LONG, b'{"a": ' + number + b"}", LONG]
    data = b"[" + b", ".join(records) + b"]" if is_array else b"\n".join(records)
    found = records_of(data, JSON if is_array else LINES, budget)
    told = f" with {number.strip(b'-').decode()} (row 3)" if number != b"1" else ""
    assert found.words == f"JSON{'' if is_array else ' Lines'}{told}"


@pytest.mark.parametrize("is_array", [True, False], ids=["array", "lines"])
def test_what_is_in_a_long_record_is_told_before_its_row_is_known(*, is_array):
    records = b'{"a": 0}', b'{"a": "NaN", "b": NaN, "c": "' + b"x" * 1_000_000 + b'"}'
    data = b"[" + b", ".join(records) + b"]" if is_array else b"\n".join(records)
    found = records_in(*recognised(data, JSON if is_array else LINES))
    while " with NaN" not in found.words:
        assert found.position < len(data) // 2
        found.advance(1 << 14)
    assert "row" not in found.words
    while not found.is_complete:
        found.advance(1 << 14)
    assert found.words.endswith(" with NaN (row 2)")
