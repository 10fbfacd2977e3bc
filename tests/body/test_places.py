"""Where a row is: its path in the value, its line, its bytes."""

import json

import jmespath
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.body.json_strategies import documents, plain_values
from tests.body.laying_out import laid_out
from tui.body.copying import text_of_rows
from tui.body.json.document import JsonDocument
from tui.body.lenses import HEX, PRETTY, RAW
from tui.body.rows import path_end

REPLY = json.dumps(
    {"predictions": [{"score": 0.5, "tags": ["a", "b"]}, {"odd key": {}, "score": 1}], "model": "m"}
).encode()


def paths(data):
    document = laid_out(data, "application/json", PRETTY)
    return [document.path(index) for index in range(document.row_count)]


def test_a_path_names_keys_and_counts_items():
    assert paths(REPLY) == [
        "",
        "predictions",
        "predictions[0]",
        "predictions[0].score",
        "predictions[0].tags",
        "predictions[0].tags[0]",
        "predictions[0].tags[1]",
        "predictions[0].tags",
        "predictions[0]",
        "predictions[1]",
        'predictions[1]."odd key"',
        "predictions[1].score",
        "predictions[1]",
        "predictions",
        "model",
        "",
    ]


def values_in_order(value):
    """Every value that begins a line, in the order of the lines."""
    yield value
    items = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for item in items:
        yield from values_in_order(item)


@given(plain_values)
def test_a_path_leads_to_the_value_of_its_row(value):
    data = json.dumps(value).encode()
    document = laid_out(data, "application/json", PRETTY)
    lines = [index for index in range(document.row_count) if document.starts_line(index)]
    texts = {index: document.row(index).source.strip() for index in lines}
    opening = [index for index, text in texts.items() if text.rstrip(",") not in ("}", "]")]
    for index, wanted in zip(opening, values_in_order(value), strict=True):
        path = document.path(index)
        assert (jmespath.search(path, value) if path else value) == wanted


def test_values_after_one_another_are_counted():
    document = laid_out(b'{"a":1}\n{"a":[2]}\n', "application/jsonlines", PRETTY)
    found = [document.path(index) for index in range(document.row_count)]
    assert found == ["[0]", "[0].a", "[0]", "[1]", "[1].a", "[1].a[0]", "[1].a", "[1]"]


def test_the_gutter_numbers_the_values_of_json_lines():
    lines = [json.dumps({"a": [number, {}], "b": "x" * number}) for number in range(40)]
    data = "\n".join([*lines, "7", "[]", "wrong", "more"]).encode()
    document = laid_out(data, "application/jsonlines", PRETTY, row_bytes=30)
    numbers = {
        int(number): index
        for index in range(document.row_count)
        if (number := document.number(index))
    }
    assert list(numbers) == list(range(1, 45))
    for number, index in numbers.items():
        assert document.row_of(number) == index
        assert data[: document.span(index)[0]].strip().count(b"\n") in (number - 1, number - 2)
        if number <= 42:
            assert document.path(index) == f"[{number - 1}]"
    document.fold_all()
    while not document.is_complete:
        document.advance(1 << 20)
    assert [document.number(index) for index in range(3)] == ["1", "2", "3"]
    assert document.row_of(999) == document.row_count - 1


def test_the_rows_of_one_long_value_have_one_path():
    data = json.dumps({"k": ["x" * 300, "y" * 300]}).encode()
    document = laid_out(data, "application/json", PRETTY, row_bytes=100)
    found = [document.path(index) for index in range(document.row_count)]
    assert list(dict.fromkeys(found)) == ["", "k", "k[0]", "k[1]"]


def test_nesting_deeper_than_can_be_told_has_no_path():
    document = laid_out(b"[" * 9000 + b"]" * 9000, "application/json", PRETTY)
    assert document.path(8999) == ""
    assert document.path(3) == "[0][0][0]"


@given(plain_values, st.integers(1, 12))
def test_the_end_of_a_path_is_told_without_all_of_it(value, chars_max):
    document = laid_out(json.dumps({"k": value}).encode(), "application/json", PRETTY)
    for index in range(document.row_count):
        path, end = document.path(index), path_end(document, index, chars_max)
        assert path.endswith(end)
        assert path == end or len(end) >= chars_max


def test_the_end_of_a_path_is_told_of_any_depth_and_with_names_of_any_length():
    deep = laid_out(b"[" * 5000 + b"1" + b"]" * 5000, "application/json", PRETTY)
    assert path_end(deep, 5000, 9) == "[0][0][0]"
    long = ("y" * 9 + "\\\\") * 9_000
    for name in (long, "n"):
        data = f'{{"a": {{"{name}": 1}}, "b": ["{long}", "x"]}}'.encode()
        document = laid_out(data, "application/json", PRETTY)
        ends = {path_end(document, index, 40) for index in range(document.row_count)}
        wanted = f'."{long[:40]}…"' if name == long else "a.n"
        assert {"b[0]", "b[1]", wanted} <= ends
    paths_in_full = {document.path(index) for index in range(document.row_count)}
    assert paths_in_full == {"", "a", "a.n", "b", "b[0]", "b[1]"}


def test_a_name_of_any_length_is_told_in_full_if_one_asks_for_it():
    name = "lorem " * 20_000
    document = laid_out(json.dumps({name: 1}).encode(), "application/json", PRETTY)
    assert document.path(1) == f'"{name}"'


@given(documents, st.sampled_from([PRETTY, RAW, HEX]), st.integers(8, 60))
def test_rows_are_found_by_their_bytes(text, lens, row_bytes):
    data = text.encode()
    document = laid_out(data, "application/json", lens, row_bytes=row_bytes)
    end = 0
    for index in range(document.row_count):
        start, end_of_row = document.span(index)
        assert end <= start < end_of_row
        assert document.row_at(start) == document.row_at(end_of_row - 1) == index
        end = end_of_row
    assert not data[end:].strip()


@given(documents, st.integers(8, 60))
def test_rows_are_found_by_the_number_of_their_line(text, row_bytes):
    document = laid_out(text.encode(), "application/json", PRETTY, row_bytes=row_bytes)
    for index in range(document.row_count):
        number = document.number(index)
        if number:
            assert document.row_of(int(number)) == index
    assert document.row_of(10**9) < document.row_count


def test_the_rest_after_a_mistake_goes_on_numbering():
    document = laid_out(b"[1,\n2,\nwrong\nand\nmore", "application/json", PRETTY)
    numbers = [document.number(index) for index in range(document.row_count)]
    assert numbers == [str(number) for number in range(1, document.row_count + 1)]
    assert [document.row_of(int(number)) for number in numbers] == list(range(document.row_count))


@pytest.mark.parametrize("row_bytes", [50, 1000])
def test_a_string_of_any_length_is_read_in_slices(row_bytes):
    json_text = json.dumps({"text": '"\u00e9 ' * 40_000, "n": 1}, indent=2)
    data = json_text.encode()
    document = JsonDocument(data, row_bytes=row_bytes)
    turns = 0
    while not document.is_complete:
        document.advance(10_000)
        turns += 1
    assert turns > 3
    assert text_of_rows(document, 0, document.row_count) == json_text
