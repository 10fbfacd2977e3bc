"""Tables of JSON in which much is nested: in records, and around them."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.body.tables import table_of
from tests.body.test_table_json import LINES
from tui.body.json.grammar import JsonScanner, Mistake
from tui.body.table.deep_members import DeepReader
from tui.body.table.json_array import JsonArrayRecords, find_array
from tui.body.table.json_runs import skip_run

DEEP = 5_000
VALUES = {
    "arrays": b"[" * DEEP + b"]" * DEEP,
    "objects": b'{"a":' * DEEP + b"1" + b"}" * DEEP,
    "both, indented": b'[\n  {"a": ' * DEEP + b"1" + b"\n  }\n]" * DEEP,
}


@pytest.fixture
def steps(monkeypatch):
    """The tokens that were read one by one."""
    read = []
    step = JsonScanner.step

    def counted(scanner, *args, **kwargs):
        read.append(scanner.position)
        return step(scanner, *args, **kwargs)

    monkeypatch.setattr(JsonScanner, "step", counted)
    return read


@pytest.mark.parametrize("value", VALUES.values(), ids=VALUES)
def test_items_nested_deep_are_found_in_few_steps(value, steps):
    data = b"[" + b", ".join([value] * 20) + b" ]"
    records = JsonArrayRecords(data, "JSON", find_array(data, 4_096))
    while not records.is_complete:
        records.advance(1 << 16)
    assert [records.source(at) for at in range(records.count)] == [value] * 20
    assert len(steps) < 20 * 20


@pytest.mark.parametrize("value", VALUES.values(), ids=VALUES)
def test_a_record_nested_deep_has_cells_after_few_steps(value, steps):
    record = b'{"a": ' + value + b', "b": [' + value + b', 2], "c": 3}'
    reader = DeepReader(record)
    assert reader.read() is None
    assert reader.keys == [b'"a"', b'"b"', b'"c"']
    assert record[reader.begins[2] : reader.end] == b'"c": 3'
    assert len(steps) < 40


def test_objects_without_records_are_passed_in_few_steps(steps):
    data = b"{" + b'"a": {"b": [1, 2], "c": "[{"},\n' * 1_000 + b'"d": {"e": [{"f": 1}]}}'
    found = find_array(data, len(data))
    assert (found.path, found.holds_records) == ("d.e", True)
    assert len(steps) < 40


def test_names_of_columns_are_found_in_an_object_behind_others():
    data = b'{"a": [1], "b": {"c": [1]}, "d": {"columns": ["x", "y"]}, "e": 1, "data": [[1, 2]]}'
    assert find_array(data, len(data)).names == ("x", "y")


def test_lines_nested_deep_have_cells():
    table = table_of(b"[0]\n" + b"[" * DEEP + b"]" * DEEP, LINES)
    table.fit(range(2), 100)
    assert table.row(1).text.startswith("[" * 20)
    assert table.value(1) == VALUES["arrays"][1:-1]


def test_what_is_wrong_deep_in_a_record_is_told():
    wrong = b'{"a": ' + b"[" * DEEP + b"1}"
    assert DeepReader(wrong).read() == Mistake(len(wrong) - 1, "expected ',' or ']'")


tokens = st.lists(st.sampled_from(["[", "]", "{", "}", '{"a": ', '"]"', "1", ",", ":", " ", "[ "]))
halves = st.lists(st.sampled_from([("[", "]"), ('{"a": ', "}"), ("[ [", "]\n]"), ("[1, ", ", 2]")]))


def read(text, skip):
    """What a scanner makes of a text: where it ends, or what is wrong, and where."""
    scanner = JsonScanner()
    while not scanner.is_done:
        skip(scanner)
        found = None if scanner.is_done else scanner.step(text)
        if isinstance(found, Mistake):
            return found
    return scanner.position


@given(halves, tokens, st.integers(1, 40))
@example([("[ [", "]\n]")] * 2, [" ", "}"], 3)
def test_runs_are_read_as_tokens_are(pairs, within, size):
    opened = "".join(opening for opening, _ in pairs)
    closed = "".join(closing for _, closing in reversed(pairs))
    text = f"{opened}{''.join(within)}{closed}".encode()

    def skip(scanner):
        skip_run(scanner, text, scanner.position + size)

    assert read(text, skip) == read(text, lambda scanner: None)
