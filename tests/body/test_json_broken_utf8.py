"""Bytes of JSON that are no UTF-8 are named, with their place."""

from hypothesis import example, given
from hypothesis import strategies as st

from tests.body.laying_out import laid_out
from tui.body.json.broken_utf8 import BrokenUtf8
from tui.body.lenses import PRETTY
from tui.body.rows import decode

pieces = st.lists(st.one_of(st.text("aé€😀", max_size=4).map(str.encode), st.binary(max_size=5)))


def checked(document):
    while not document.is_summed_up:
        document.sum_up(1)
    return document


@given(pieces, st.integers(4, 20))
@example([b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\xc0\xaf", b"\xe9\x80a"], 5)
def test_bytes_are_found_that_no_decoder_takes(pieces, budget_bytes):
    data = b"".join(pieces) + b"    "
    broken, wanted, at = BrokenUtf8(), [], 0
    while not broken.is_known(data, len(data)):
        broken.advance(data, len(data), budget_bytes)
    for char in decode(data):
        if "\udc80" <= char <= "\udcff":
            wanted.append(at)
        at += len(char.encode("utf-8", "surrogateescape"))
    found, offset = [], 0
    while (first := broken.first_from(offset)) is not None:
        found.append(first)
        offset = first + 1
    assert found == wanted


def test_the_first_byte_is_named_with_its_place_and_the_others_are_counted():
    document = checked(laid_out(b'{\n  "a": "caf\xe9"\n}', "application/json", PRETTY))
    assert document.words.endswith("line 2, column 12: byte 0xE9 is no UTF-8")
    assert document.mistake_from(0) == 13
    assert document.mistake_from(14) is None
    document = checked(laid_out(b'["\xe9t\xe9"]', "application/json", PRETTY))
    assert "2 bytes are no UTF-8, the first at line 1, column 3: byte 0xE9" in document.words
    assert document.mistake_from(3) == 4


def test_what_breaks_otherwise_and_what_is_all_right_is_told_as_before():
    document = checked(laid_out('["é"]'.encode(), "application/json", PRETTY))
    assert "UTF-8" not in document.words
    document = checked(laid_out(b'["\xe9", x]', "application/json", PRETTY))
    assert document.mistake_from(0) == 2
    assert document.mistake_from(3) == 6
