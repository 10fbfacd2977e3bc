"""What a string of JSON holds: a file in base64, or the text that it is."""

import gzip
import json
import textwrap
import tracemalloc
from base64 import b64encode, encodebytes, urlsafe_b64encode
from random import Random

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tui.body.base64_text import has_regular_lines
from tui.body.embedded import is_embedded, open_string, words_of_string
from tui.body.text_document import TextDocument

WORDS = [
    "the",
    "a",
    "Endpoint",
    "model",
    "Answer",
    "2026",
    "request",
    "weight",
    "variant",
    "Sample",
    "header",
    "Body",
    "takes",
    "gives",
    "42",
    "Returns",
    "reads",
    "keeps",
    "large",
    "small",
    "quick",
    "Internationalisation",
    "Serverless",
    "InvokeEndpoint",
    "V2",
]
english = st.lists(st.sampled_from(WORDS), min_size=1, max_size=200)
joints = st.sampled_from([" ", "", "-", "_", "/", "\n", "  ", " \n", "+"])
PNG = b"\x89PNG\r\n\x1a\n"


def random_bytes(size, seed=1):
    return Random(seed).randbytes(size)  # noqa: S311 - guards nothing


def opened(text):
    return open_string(json.dumps(text).encode())


def folded(text):
    literal = json.dumps(text).encode()
    return is_embedded(literal, 0, len(literal))


@given(english, joints)
@example(["Please", "read", "this", "4", "times"] * 20, " ")
@example(["InvokeEndpointWithResponseStream"] * 4, "")
@example(["Answer", "Answer", "2026", "Body", "Please", "V2", "42"] * 20, "")
@example(["chatcmpl", "AbCdEfGh12345678"] * 3, "-")
def test_words_are_never_taken_for_base64(words, joint):
    text = joint.join(words)
    assert opened(text).data == text.encode()


@given(english)
def test_words_in_lines_are_not_folded_as_a_file(words):
    assert not folded(" ".join(words))
    assert not folded(textwrap.fill(" ".join(words), 40))


@given(st.binary(max_size=600), st.sampled_from([b64encode, encodebytes, urlsafe_b64encode]))
def test_a_file_of_a_known_kind_is_opened(rest, encode):
    data = PNG + b"\0\0\0\rIHDR" + rest
    for text in (encode(data).decode(), encode(data).decode().replace("\n", "\r\n")):
        assert opened(text).data == data
        literal = json.dumps(text).encode()
        if is_embedded(literal, 0, len(literal)):
            assert words_of_string(literal, 0, len(literal)) == f"{len(data):,} B PNG image"


class Counting(bytes):
    """Counts through how much of it something is counted."""

    looked = 0

    def count(self, word, start, end):
        self.looked += end - start
        return super().count(word, start, end)


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
@pytest.mark.parametrize("size", [100_000, 100_001, 99_978])
@pytest.mark.parametrize("is_ended", [True, False])
def test_the_size_of_a_file_in_lines_is_told_without_counting_them(line_end, size, is_ended):
    data = PNG + random_bytes(size)
    lines = encodebytes(data).decode().replace("\n", line_end)
    literal = Counting(json.dumps(lines if is_ended else lines.rstrip()).encode())
    assert words_of_string(literal, 0, len(literal)) == f"{len(data):,} B PNG image"
    assert literal.looked < 1_000
    escaped = literal.replace(b"/", b"\\/")
    assert words_of_string(escaped, 0, len(escaped)) == f"{len(data):,} B PNG image"


@given(st.integers(49_000, 200_000), st.sampled_from(["", "\n", "\r\n"]), st.booleans())
@example(49_152, "\r\n", True)
def test_long_base64_is_opened_as_what_it_is_of(size, line_end, is_url_safe):
    data = PNG + random_bytes(size)
    text = (urlsafe_b64encode if is_url_safe else b64encode)(data).decode()
    lines = (text[at : at + 76] for at in range(0, len(text), 76))
    broken = line_end.join(lines)
    assert opened(broken).data == data
    spoilt = broken[:-80] + "," + broken[-79:]
    assert opened(spoilt).data == spoilt.encode()


@given(st.lists(st.sampled_from([0, 75, 76, 76, 76, 77]), max_size=4), st.integers(0, 2_000))
def test_lines_are_regular_however_many_there_are(lengths, count):
    sizes = [76] * count + lengths
    text = "\r\n".join("x" * size for size in sizes).rstrip("\r\n")
    first, *others = text.split("\r\n")
    are_even = all(len(line) == len(first) for line in others[:-1])
    last = others[-1] if others else ""
    expected = not others or (are_even and len(first) % 4 == 0 and len(last) <= len(first))
    assert has_regular_lines(text) == expected


@given(st.integers(48, 3_000), st.integers(0, 10_000))
@example(62, 0)
def test_bytes_of_no_known_kind_are_opened_if_there_are_many(size, seed):
    data = random_bytes(size, seed)
    assert opened(b64encode(data).decode()).data == data
    assert opened(encodebytes(data).decode()).data == data


@pytest.mark.parametrize(
    "data",
    [
        b"5.1,3.5,1.4,0.2\n",
        b'{"instances": [1]}',
        gzip.compress(b"x", mtime=0),
        "Zoë sah Öl\n".encode() * 9,
    ],
)
def test_text_in_base64_is_opened_as_text(data):
    assert opened(b64encode(data).decode()).data == data


@pytest.mark.parametrize(
    "text",
    [
        "",
        "=",
        "NS4xLDMuNQ=",
        "NS4xLDMuNR==",
        "deadbeef" * 16,
        "a" * 200,
        "ABCD" * 50,
        b64encode(PNG + bytes(90)).decode().replace("A", " ", 1),
        "\n".join(textwrap.wrap(b64encode(random_bytes(300)).decode(), 37)),
        "model/V1/" * 20,
    ],
)
def test_what_no_encoder_writes_is_text(text):
    assert opened(text).data == text.encode()


def test_lines_of_many_lengths_are_not_folded_as_a_file():
    names = "\n".join(f"Item{'x' * (at % 7)}A{at}" for at in range(60))
    assert not folded(names)
    assert folded(encodebytes(random_bytes(600)).decode())


def test_a_text_of_line_feeds_is_not_listed_line_by_line():
    literal = b'"' + rb"\n" * 500_000 + b'"'
    tracemalloc.start()
    try:
        opened = open_string(literal)
        _, peak_bytes = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert opened.data == b"\n" * 500_000
    assert peak_bytes < 3 * len(literal)


@pytest.mark.parametrize("text", ["", "Words, and no base64.", "é", "eyJhIjogMX0=\nand words"])
def test_a_text_that_is_not_base64_as_a_whole_holds_nothing(text):
    assert TextDocument(text.encode(), "text").nested(0) is None


def test_what_a_text_holds_is_known_once_it_has_come():
    growing = TextDocument(b"eyJhIjog", "text", is_growing=True)
    assert growing.nested(0) is None
    growing.append(b"MX0=")
    growing.finish(b"eyJhIjogMX0=")
    assert growing.nested(0).data == b'{"a": 1}'
