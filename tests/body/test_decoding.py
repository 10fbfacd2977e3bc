"""Text in other encodings: the same in slices as at once, and told by its beginning."""

import tracemalloc
from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tui.body.decoding import Decoding, as_pieces
from tui.body.growing_body import Decoded
from tui.body.kinds import Kind, recognise, recognise_start
from tui.body.lenses import lenses_for
from tui.body.shown_body import ShownBody

ENCODINGS = [
    *("utf-16", "utf-16-le", "utf-16-be", "utf-32", "latin-1", "cp1252", "koi8-r"),
    *("shift_jis", "euc_jp", "gb18030", "big5", "iso2022_jp", "hz"),
]
texts = st.text(st.sampled_from("ab\n é€漢字かな한\U0001f600\x1b~"), max_size=80)


@given(texts, st.sampled_from(ENCODINGS), st.integers(1, 9))
def test_text_is_the_same_in_slices_as_at_once(text, encoding, budget_bytes):
    data = text.encode(encoding, "replace")
    decoding = Decoding(data, encoding)
    while not decoding.is_complete:
        decoding.advance(budget_bytes)
    assert decoding.text == data.decode(encoding, "replace").encode()
    assert "".join(as_pieces(data, encoding)) == data.decode(encoding, "replace")


def test_a_decoded_text_is_kept_once():
    data = "東京の天気".encode("shift_jis") * 400_000
    tracemalloc.start()
    decoding = Decoding(data, "shift_jis")
    while not decoding.is_complete:
        decoding.advance()
    text = decoding.text
    _, peak_bytes = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak_bytes < 1.5 * len(text)


@given(
    st.binary(max_size=40),
    st.sampled_from(["€é\U0001f600", "\ud800漢"]),
    st.sampled_from([None, "utf-16-le", "utf-16-be", "latin-1", "cp1252", "shift_jis"]),
)
@example(b"ab\xe2\x82", "€é\U0001f600", None)
def test_a_long_text_is_the_same_in_pieces_as_at_once(begin, unit, encoding):
    codec = encoding or "utf-8"
    whole = unit.encode(codec, "surrogatepass" if codec.startswith("utf") else "replace")
    data = begin + whole * (200_000 // len(whole)) + begin
    pieces = as_pieces(data, encoding)
    assert max(map(len, pieces)) <= 64 * 1024
    assert "".join(pieces) == data.decode(codec, "replace")


@given(st.binary(max_size=40), st.sampled_from(["utf-16-le", "utf-16-be", "utf-32-le", "cp1252"]))
@example(b"\x00\xd8a", "utf-16-le")
def test_what_is_no_text_is_replaced_the_same_in_slices(data, encoding):
    decoding = Decoding(data, encoding)
    while not decoding.is_complete:
        decoding.advance(3)
    assert decoding.text == data.decode(encoding, "replace").encode("utf-8", "replace")


@given(
    st.binary(max_size=20),
    st.sampled_from([b"\x1b", b"\x1b$0123456789", b"\xe9"]),
    st.integers(1, 30),
)
@example(b"", b"\x1b", 9)
@pytest.mark.parametrize("encoding", ["iso2022_jp", "iso2022_kr", "iso2022_jp_ext"])
def test_escapes_that_no_encoding_has_end_no_decoding(encoding, begin, unit, budget_bytes):
    data = begin + unit * 20 + b"\x1b(Bend"
    decoding = Decoding(data, encoding)
    growing = Decoded(encoding)
    grown = b""
    while not decoding.is_complete:
        decoding.advance(budget_bytes)
        grown += growing.decode_on(data, budget_bytes)
    assert decoding.text.endswith(b"end")
    assert grown == decoding.text


@given(st.binary(max_size=6), st.binary(max_size=6), st.integers(0, 3))
@example(b"", b"\xed\xa0\x80", 1)
@example(b"\xf0\x9f\x98", b"\xf0\x9f\x98\x80", 2)
@pytest.mark.parametrize("errors", ["replace", "surrogateescape"])
def test_bytes_of_which_some_are_no_utf_8_are_the_same_in_pieces(errors, end, unit, shift):
    data = b"x" * shift + unit * (70_000 // max(1, len(unit))) + end
    assert "".join(as_pieces(data, None, errors=errors)) == data.decode("utf-8", errors)


def lines(line):
    return line * (1_100_000 // len(line))


@pytest.mark.parametrize(
    ("text", "media_type", "kind"),
    [
        ("[" + lines('{"name": "é", "b": [1, 2]}, ') + "1]", "application/json", Kind.JSON),
        (lines('{"name": "é"}\n'), "application/jsonlines", Kind.JSON),
        ("name,size\n" + lines("é,1\n"), "text/csv", Kind.TEXT),
        (lines("data: é\n\n"), "text/event-stream", Kind.TEXT),
        ("<r>" + lines("<name>é</name>") + "</r>", "application/xml", Kind.TEXT),
        (lines("é 1\n"), "text/plain", Kind.TEXT),
    ],
    ids=["JSON", "JSON Lines", "CSV", "events", "XML", "text"],
)
@pytest.mark.parametrize("charset", ["latin-1", "utf-16-be"])
def test_the_beginning_of_a_large_text_tells_what_all_of_it_would(text, media_type, kind, charset):
    body = ShownBody(text.encode(charset), f"{media_type}; charset={charset}")
    begun, whole = recognise_start(body), recognise(body)
    assert whole.text == text.encode()
    assert whole.kind is kind
    assert begun.text is not None
    assert len(begun.text) < 600_000
    assert whole.text.startswith(begun.text)
    assert replace(begun, text=whole.text, is_begun=False) == whole
    assert lenses_for(body, begun) == lenses_for(body, whole)
    assert recognise(body, text=whole.text) == whole


def test_what_is_small_or_in_utf_8_is_told_at_once():
    small = ShownBody("é".encode("latin-1") * 1000, "text/plain; charset=latin-1")
    assert recognise_start(small) == recognise(small)
    large = ShownBody(lines("é 1\n").encode(), "text/plain")
    assert recognise_start(large).text is large.data
