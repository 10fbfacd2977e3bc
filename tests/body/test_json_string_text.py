"""The text of a string of JSON in slices: what Python's own json makes of it at once."""

import json

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.body.test_json_strings import faults
from tui.body.json.string_text import string_text

parts = st.sampled_from(
    [
        *(b"a", b"lorem ipsum ", "é漢\U0001f600".encode(), rb"\"", rb"\\", rb"\/", rb"\n", b"\n"),
        *(rb"\u00e9", rb"\ud83d\ude00", rb"\uD83D", rb"\udE00", rb"\\ud83d", b"\xed\xa0\xbd"),
        *(b"\xed\xb8\x80", b"\xff", b"\xe2\x82", b"\0"),
    ]
)
strings = st.lists(st.one_of(parts, parts, faults), max_size=6).map(b"".join)


def at_once(literal, errors):
    try:
        text = json.loads(literal.decode("utf-8", errors), strict=False)
    except ValueError:
        return None
    return text if isinstance(text, str) else None


def in_pieces(literal, errors):
    try:
        return "".join(string_text(literal, errors))
    except ValueError:
        return None


@given(st.integers(0, 14), strings, st.integers(0, 3), strings)
@example(5, rb"\ud83d\ude00", 1, b"")
@example(0, rb"\\ud83d\ude00", 1, b"")
@example(2, b"\xed\xa0\xbd\\ude00", 1, b"")
@example(0, b"", 0, b'"')
@pytest.mark.parametrize("errors", ["surrogatepass", "surrogateescape"])
def test_a_string_says_the_same_in_slices_as_at_once(errors, shift, unit, count, end):
    """Slices end in any part of a unit, by how far it is shifted."""
    again = unit * (count * 70_000 // max(1, len(unit)))
    literal = b'"' + b"x" * shift + again + end + b'"'
    assert in_pieces(literal, errors) == at_once(literal, errors)


@pytest.mark.parametrize("literal", [b"", b'"', b'"a', b'a"', b'"a" ', rb'"\"'])
def test_what_has_no_two_quotes_around_it_is_no_string(literal):
    with pytest.raises(ValueError, match="quote"):
        string_text(literal, "strict")
