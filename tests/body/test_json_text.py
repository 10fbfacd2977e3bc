import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.body.json_strategies import almost_documents, documents, plain_values, tokens_of
from tui.body.json.grammar import Mistake
from tui.body.json.text import find_json_problem, json_spans, problem_at, reindent_json

ROLES = {"key", "string", "number", "keyword", "punctuation", "error"}


def refuse(name):
    raise ValueError(name)


def is_json_by_python(data):
    """Python's json, told to be as strict as the RFC."""
    try:
        json.loads(data.decode("utf-8"), parse_constant=refuse)
    except (ValueError, RecursionError):
        return False
    return True


@given(documents)
def test_every_spelling_of_json_is_accepted(text):
    assert find_json_problem(text.encode()) is None


@given(st.one_of(almost_documents, st.text()))
def test_agrees_with_pythons_json_on_what_is_json(text):
    data = text.encode("utf-8", "surrogatepass")
    assert (find_json_problem(data) is None) == is_json_by_python(data)


@given(st.binary(max_size=60))
def test_agrees_with_pythons_json_on_any_bytes(data):
    assert (find_json_problem(data) is None) == is_json_by_python(data)


@given(almost_documents)
def test_the_place_of_a_problem_is_inside_the_text(text):
    data = text.encode("utf-8", "surrogatepass")
    problem = find_json_problem(data)
    if problem is not None:
        assert 0 <= problem.offset <= len(data)
        assert problem.line >= 1
        assert problem.column >= 1
        assert problem.message.isprintable()


@pytest.mark.parametrize(
    ("data", "place", "message"),
    [
        (b"", (1, 1), "expected a value, but the text ends here"),
        (b"[1,]", (1, 4), "expected a value"),
        (b'{"a":1,}', (1, 8), "expected a key in double quotes"),
        (b"{'a':1}", (1, 2), """"'a'" is not JSON; expected a key in double quotes"""),
        (b'{\n  "a" 1\n}', (2, 7), "expected ':' after the key"),
        (b"[1 2]", (1, 4), "expected ',' or ']'"),
        (b'{"a":1 "b"', (1, 8), "expected ',' or '}'"),
        (b"[1}", (1, 3), "expected ',' or ']'"),
        (b"[1] 2", (1, 5), "text after the end of the value"),
        (b'["abc', (1, 2), "this string does not end"),
        (b'["a\nb"]', (1, 4), "a control character in a string must be escaped"),
        (rb'["\x41"]', (1, 3), r"'\x' is no escape of JSON"),
        (rb"[\d+]", (1, 2), r"'\d+' is not JSON; expected a value"),
        (b"[NaN]", (1, 2), "NaN is not JSON; only Python reads it"),
        (b"[01]", (1, 2), "'01' is not a number of JSON"),
        (b"[1.]", (1, 2), "'1.' is not a number of JSON"),
        (b"[+1]", (1, 2), "'+1' is not a number of JSON"),
        (b'["\xff"]', (1, 3), "these bytes are not UTF-8"),
        (b"\xef\xbb\xbf{}", (1, 1), "JSON must not begin with a byte order mark"),
        ("[\n  'é'".encode(), (2, 3), """"'é'" is not JSON; expected a value"""),
        ('["é", x]'.encode(), (1, 7), "'x' is not JSON; expected a value"),
        (b'{"a": 1', (1, 8), "expected ',' or '}', but the text ends here"),
    ],
)
def test_a_problem_says_where_and_why(data, place, message):
    problem = find_json_problem(data)
    assert problem is not None
    assert (problem.line, problem.column) == place
    assert problem.message == message


@pytest.mark.parametrize(
    "data", [b"[" * 100_000 + b"]" * 100_000, b'{"a":' * 50_000 + b"1" + b"}" * 50_000]
)
def test_deep_nesting_is_json(data):
    assert find_json_problem(data) is None


def test_an_integer_of_any_length_is_json():
    assert find_json_problem(b"1" * 100_000) is None


@given(documents)
def test_reindenting_keeps_every_token_as_spelt(text):
    indented = reindent_json(text)
    assert indented is not None
    assert tokens_of(indented) == tokens_of(text)


@given(documents)
def test_reindenting_twice_changes_nothing_more(text):
    once = reindent_json(text)
    assert once is not None
    assert reindent_json(once) == once


@given(plain_values)
def test_reindenting_looks_as_pythons_json_does(value):
    expected = json.dumps(value, indent=2, ensure_ascii=False)
    assert reindent_json(json.dumps(value, ensure_ascii=False)) == expected


def test_deep_nesting_does_not_blow_the_text_up():
    indented = reindent_json("[" * 100_000 + "]" * 100_000)
    assert indented is not None
    assert len(indented) < 30_000_000


def test_text_that_is_not_json_is_not_reindented():
    assert reindent_json('{"a": }') is None
    assert reindent_json("[1] 2") is None


@given(st.one_of(documents, almost_documents, st.text()))
def test_spans_are_ordered_and_inside_the_line(line):
    end_of_last = 0
    for start, end, role in json_spans(line):
        assert end_of_last <= start < end <= len(line)
        assert role in ROLES
        end_of_last = end


@given(documents)
def test_only_white_space_of_json_has_no_colour(text):
    for line in text.splitlines():
        coloured = set()
        for start, end, _ in json_spans(line):
            coloured.update(range(start, end))
        assert all(line[i].isspace() for i in range(len(line)) if i not in coloured)


def test_keys_differ_from_strings():
    line = '  "a" : ["b", -1.5e3, true, nul]'
    spans = [(line[start:end], role) for start, end, role in json_spans(line)]
    assert spans == [
        ('"a"', "key"),
        (":", "punctuation"),
        ("[", "punctuation"),
        ('"b"', "string"),
        (",", "punctuation"),
        ("-1.5e3", "number"),
        (",", "punctuation"),
        ("true", "keyword"),
        (",", "punctuation"),
        ("nul", "error"),
        ("]", "punctuation"),
    ]


def test_a_string_that_does_not_end_is_a_string_to_the_end():
    assert json_spans('["ab\\"c') == ((0, 1, "punctuation"), (1, 7, "string"))


def test_colouring_a_huge_line_is_bounded():
    assert len(json_spans("1," * 1_000_000)) <= 4096


@pytest.mark.parametrize("before", [b"", b"a", b"ab", b"\xff"])
@pytest.mark.parametrize("character", ["x", "é", "漢", "😀", "\udce9"])
def test_the_column_of_a_problem_far_along_a_line_counts_characters(before, character):
    data = b'\n["' + before + character.encode("utf-8", "surrogateescape") * 70_000
    problem = problem_at(data, Mistake(len(data), "is not closed"))
    assert (problem.line, problem.column) == (2, len(data[1:].decode("utf-8", "replace")) + 1)
