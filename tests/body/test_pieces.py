"""Text in pieces: the same as if it were put together."""

from hypothesis import example, given
from hypothesis import strategies as st

from tests.body.test_decoding import ENCODINGS
from tui.body.pieces import encoded, without_end

characters = st.sampled_from("ab\n é€漢字かな한\U0001f600\x1b~\ud800\udc00")
texts = st.lists(st.text(characters, max_size=9), max_size=6).map(tuple)


@given(texts, st.sampled_from(["utf-8", *ENCODINGS]))
@example(("\ud83d", "\ude00"), "utf-8")
def test_pieces_are_encoded_as_the_whole_would_be(pieces, encoding):
    pieces = (*pieces, "end")  # of nothing at all there would be no byte order mark
    assert b"".join(encoded(pieces, encoding)) == "".join(pieces).encode(encoding, "replace")


@given(st.text(characters, min_size=1, max_size=3), st.integers(0, 3), st.integers(0, 100_000))
def test_a_long_piece_is_encoded_as_a_whole(unit, count, size):
    pieces = (unit * (size // len(unit)),) * count
    assert b"".join(encoded(pieces)) == "".join(pieces).encode("utf-8", "replace")


@given(texts, st.data())
def test_an_end_is_taken_off_wherever_pieces_meet(pieces, data):
    text = "".join(pieces)
    ends = st.integers(0, len(text)).map(lambda at: text[at:]) | st.text(characters, max_size=3)
    end = data.draw(ends)
    assert "".join(without_end(pieces, end)) == text.removesuffix(end)
