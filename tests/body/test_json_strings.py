"""Strings of any length end where reading them byte by byte says that they do."""

import re

from hypothesis import example, given
from hypothesis import strategies as st

from tui.body.json.grammar import JsonScanner, Mistake

ESCAPE = re.compile(rb'\\(?:["\\/bfnrt]|u[0-9A-Fa-f]{4})')

plain = st.integers(0, 600).map(lambda size: b"lorem ipsum " * (size // 12) + b"x" * (size % 12))
escapes = st.sampled_from(
    [rb"\"", rb"\\", rb"\\\\", rb"\/", rb"\n", rb"\u00e9", "é".encode(), "\U0001f600".encode()]
)
faults = st.sampled_from(
    [
        rb"\x",
        rb"\u",
        rb"\u12",
        rb"\u00e",
        rb"\u00g0",
        b"\\",
        b"\n",
        b"\x00",
        b"\\\x1f",
        b'"',
        b"\\\n",
    ]
)
texts = st.lists(st.one_of(plain, escapes, escapes, faults), max_size=12).map(b"".join)
sound_texts = st.lists(st.one_of(plain, escapes, escapes), max_size=12).map(b"".join)


def end_of_characters(data):
    """Read one byte or one escape after the other, behind a quote."""
    at = 1
    while at < len(data) and data[at] >= 0x20 and data[at] != ord('"'):
        if data[at] == ord("\\"):
            escape = ESCAPE.match(data, at)
            if escape is None:
                break
            at = escape.end()
        else:
            at += 1
    return at


def read(data, step_bytes):
    """Step, with a limit that moves on as the layout moves it."""
    scanner, limit = JsonScanner(), step_bytes
    found = scanner.step(data, limit)
    while found is None:
        limit += step_bytes
        found = scanner.step(data, limit)
    if isinstance(found, Mistake):
        return found.message, found.offset
    return "", scanner.position - 1


@given(texts, st.integers(7, 700))
@example(b"x" * 300 + rb"\\", 7)
@example(b"x" * 300 + rb"\\" + b'" "' + b"x" * 300, 700)
@example(rb"\n" * 127 + rb"\\", 300)
def test_a_string_ends_where_its_characters_do(text, step_bytes):
    data = b'"' + text + b'"'
    end = end_of_characters(data)
    message, at = read(data, step_bytes)
    if data[end : end + 1] == b'"':
        assert (message, at) == ("", end)
    elif end == len(data):
        assert (message, at) == ("this string does not end", 0)
    else:
        assert message
        assert at == end


@given(sound_texts, st.integers(7, 700))
def test_a_string_without_a_mistake_is_one_token(text, step_bytes):
    data = b'"' + text + b'"'
    assert read(data, step_bytes) == ("", len(data) - 1)
    assert read(data + b', "' + text, step_bytes) == ("", len(data) - 1)
