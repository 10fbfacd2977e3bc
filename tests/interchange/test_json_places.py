"""Values in a JSON text are found by path, whatever the text is like, and nothing else changes."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.domain.errors import RequestInvalid
from tui.interchange.json_places import parse_path, replaced, spans_at

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=6),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text(min_size=1, max_size=4), inner, max_size=3)
    ),
    max_leaves=12,
)


def found(text, *paths):
    data = text.encode()
    spans = spans_at(data, [parse_path(path) for path in paths])
    return [data[begin:end].decode() for begin, end in spans]


@pytest.mark.parametrize(
    ("path", "text", "values"),
    [
        ("a", '{"a": 1E5, "b": 2}', ["1E5"]),
        ("a.b[1]", '{"a": {"b": [0, {"c": "x,]"}]}}', ['{"c": "x,]"}']),
        ('a."b-c"', '{"a": {"b-c": "\\""}}', ['"\\""']),
        ('"caf\\u00e9"', '{"café": 1}', ["1"]),
        ("[1]", '["a", "b"]', ['"b"']),
        ("[1].k", '{"k": 1}\n{"k": 2}\n', ["2"]),
        ("k", '{"k": 1}\n{"k": 2}\n', ["1", "2"]),
        ("x[*].k", '{"x": [{"k": 1}, {"l": 2}, {"k": 3}]}', ["1", "3"]),
        ("x.*", '{"x": {"a": 1, "b": [2]}}', ["1", "[2]"]),
        ("a", '{"a": 1, "a": 2}', ["1", "2"]),
        ("a", '{"a": {"b": "cut o', ['{"b": "cut o']),
        ("a", '{"a": "cut o', ['"cut o']),
        ("b", "no JSON at all", []),
    ],
)
def test_a_path_leads_to_its_values(path, text, values):
    assert found(text, path) == values


def test_what_is_inside_of_another_is_not_replaced_twice():
    data = b'{"a": {"b": 1}}'
    spans = spans_at(data, [parse_path("a"), parse_path("a.b")])
    assert replaced(data, spans, b"null") == b'{"a": null}'


@pytest.mark.parametrize("path", ["", " ", "a..b", "a[", "a[x]", "a b", ".", 'a."b'])
def test_what_is_no_path_is_said(path):
    with pytest.raises(RequestInvalid):
        parse_path(path)


def places(value, steps=()):
    yield steps, value
    inner = value.items() if isinstance(value, dict) else ()
    inner = enumerate(value) if isinstance(value, list) else inner
    for step, each in inner:
        yield from places(each, (*steps, step))


@given(VALUES, st.data(), st.booleans(), st.sampled_from([None, 2]))
def test_any_value_is_replaced_where_it_is_and_nowhere_else(value, data, ascii_only, indent):
    steps, _ = data.draw(st.sampled_from(list(places(value))))
    path = "".join(
        f"[{each}]" if isinstance(each, int) else f".{json.dumps(each)}" for each in steps
    )
    text = json.dumps(value, ensure_ascii=ascii_only, indent=indent).encode()
    if not steps:
        return
    spans = spans_at(text, [parse_path(path)])
    expected = json.loads(text)
    above = expected
    for step in steps[:-1]:
        above = above[step]
    above[steps[-1]] = "***"
    assert json.loads(replaced(text, spans, b'"***"')) == expected
