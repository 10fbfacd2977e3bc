"""Which characters of a row show which bytes, asked once a row for all that is marked in it."""

import json

from hypothesis import given
from hypothesis import strategies as st

from tests.body.laying_out import laid_out
from tui.body.hex_document import HexDocument
from tui.body.lenses import PRETTY
from tui.body.rows import decode, plain_row
from tui.body.shown_bytes import ShownText

pieces = st.one_of(
    st.text(alphabet="a1\t é漢\u0301\x1b", max_size=12).map(str.encode), st.binary(max_size=6)
)


@given(st.lists(pieces, max_size=4).map(b"".join), st.data())
def test_each_character_of_a_row_shows_its_own_bytes(data, drawn):
    text = decode(data)
    before = b"before it \xff"
    shown = ShownText(
        plain_row(text).runs, before + data + b"behind", len(before), len(before + data)
    )
    first = drawn.draw(st.integers(0, len(text)))
    stop = drawn.draw(st.integers(first, len(text)))
    start, end = (
        len(before + text[:at].encode("utf-8", "surrogateescape")) for at in (first, stop)
    )
    assert shown.columns(start, end) == (((first, stop),) if first < stop else ())
    assert list(shown.stretches(first, stop)) == (
        [(start, end, stop - first)] if first < stop else []
    )


def test_a_part_of_a_character_is_shown_by_it_as_a_whole():
    shown = ShownText(plain_row("a漢b").runs, "a漢b".encode(), 0, 5)
    assert shown.columns(2, 3) == ((1, 2),)
    assert shown.columns(0, 2) == ((0, 2),)


def test_characters_between_those_that_show_bytes_show_none():
    shown = ShownText(((0, 0, 2), (3, 2, 2)), b"abcd", 0, 4)
    assert shown.columns(1, 3) == ((1, 2), (3, 4))
    assert list(shown.stretches(1, 4)) == [(1, 2, 1), (2, 3, 1)]
    assert list(shown.stretches(2, 3)) == []


def test_of_what_is_folded_into_a_row_one_place_is_looked_at():
    data = json.dumps({"a": [1] * 3000, "b": 1}).encode()
    document = laid_out(data, "application/json", PRETTY)
    document.fold_all()
    while not document.is_complete:
        document.advance(1000)
    shown, text = document.shown_in(1), document.row(1).text
    stretches = list(shown.stretches(0, len(text)))
    assert sum(count for _, _, count in stretches) <= len(text)
    hidden = data.index(b"1, 1")
    assert [count for start, end, count in stretches if start <= hidden < end] == [1]
    ((first, last),) = shown.columns(hidden, hidden + 1)
    assert text[:first] == '  "a": ['
    assert last == len(text)
    assert list(shown.stretches(0, first)) == stretches[:-1]


@given(st.binary(min_size=1, max_size=20))
def test_each_byte_in_hex_is_shown_by_its_characters_and_by_no_others(data):
    document = HexDocument(data, "bytes")
    for index in range(document.row_count):
        shown, at = document.shown_in(index), dict[int, int]()
        for byte in range(*document.span(index)):
            for first, last in shown.columns(byte, byte + 1):
                at |= dict.fromkeys(range(first, last), byte)
        for char in range(len(document.row(index).text)):
            expected = [(at[char], at[char] + 1, 1)] if char in at else []
            assert list(shown.stretches(char, char + 1)) == expected
