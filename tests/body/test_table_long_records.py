"""Tables of JSON with records longer than what is read of them at a time."""

import json

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.body.json_strategies import spaces
from tests.body.laying_out import laid_out
from tests.body.tables import records_of, table_of
from tests.body.test_table_json import LINES, read, values
from tui.body.lenses import TABLE
from tui.body.table.cells import text_of
from tui.body.table.json_array import JsonArrayRecords, find_array
from tui.body.table.json_lines import JsonLinesRecords

long_budgets = st.integers(1, 2_000)


@given(st.lists(values, min_size=1, max_size=4), st.integers(1, 20), spaces, long_budgets)
@example([{"a": [1, "x"]}], 30, "  ", 100)
def test_an_item_longer_than_a_slice_is_what_json_reads_there(items, times, space, budget):
    members = [{"a": items}, {"b": items, "c": {str(at): items for at in range(times // 4)}}]
    made = [items * times, *members * times]
    spelt = json.dumps(made, separators=(f"{space},{space}", f"{space}:{space}"))
    data = f'{{"a": [{space}{spelt}{space},{spelt}{space}]}}'.encode()
    found = read(JsonArrayRecords(data, "JSON", find_array(data, len(data))), budget)
    assert [json.loads(found.source(at)) for at in range(found.count)] == [made, made]


@pytest.mark.parametrize("between", [b"[", b"[[[[[0]]]]],", b" ", b"x", b'"a":', b"{", b"1", b"."])
def test_a_turn_in_a_long_item_takes_no_more_steps_than_bytes_allow(between):
    data = b'{"a": [[' + between * (60_000 // len(between)) + b"0]]}"
    found = JsonArrayRecords(data, "JSON", find_array(data, 4096))
    while not found.is_complete:
        before = found.position
        found.advance(1 << 14)
        assert found.is_complete or found.position - before <= (1 << 14) + 64


def test_a_record_in_which_too_much_is_nested_deep_is_shown_as_text():
    lines = b"[0]", b"[" + b"[[[[[1]]]]]," * 3_000 + b"0]", b"[1]"
    table = table_of(b"\n".join(lines), LINES)
    table.fit(range(3), 100)
    assert "too much is nested deep for a table" in table.row(1).text
    assert table.row(2).text.strip() == "1"
    assert "not JSON" not in table.words


@pytest.mark.parametrize(
    ("make", "data", "content_type"),
    [
        (JsonArrayRecords, b'[{"a": 0}, ' + b"," * 50_000, "application/json"),
        (JsonLinesRecords, b'{"a": 0}\n{' + b"," * 50_000, LINES),
    ],
)
def test_no_more_of_what_is_no_record_is_read_than_is_drawn(monkeypatch, make, data, content_type):
    sizes = []
    source = make.source

    def read_source(*asked):
        sizes.append(len(source(*asked)))
        return source(*asked)

    monkeypatch.setattr(make, "source", read_source)
    table = table_of(data, content_type)
    table.fit(range(2), 100)
    assert ",,,…  not JSON" in table.row(1).text
    at = data.index(b",,,")
    assert [end - start for start, end in table.columns(1, at, at + 3)] == [3]
    assert 0 < max(sizes) <= 1_000
    assert len(records_of(data, content_type).source(1)) >= 50_000


@pytest.mark.parametrize("deep", [b'"x": [[[[[1]]]]], ', b""])
@pytest.mark.parametrize("fault", [b"oops", b'"a": oops', b'"a" 1'])
def test_what_is_wrong_with_a_long_record_is_told(deep, fault):
    lines = b'{"a": 0}', b"{" + deep + b'"a": 1, ' * 5_000 + deep + fault + b"}"
    records = records_of(b"\n".join(lines), LINES)
    assert "not JSON: " in records.cut(1, 0, 9).problem
    assert records.words.endswith("1 line is not JSON")


@pytest.mark.parametrize("content_type", [LINES, "application/json"])
def test_a_table_of_long_records_only_is_not_sorted(content_type):
    record = b'{"a": "' + b"x" * 300_000 + b'"}'
    between, whole = (b"\n", b"%b") if content_type == LINES else (b",", b"[%b]")
    table = table_of(whole % between.join([record] * 2), content_type)
    table.sort(is_descending_first=False)
    assert table.is_complete
    assert table.words.endswith("2 rows × 0 columns")


def test_records_that_are_too_long_are_shown_as_text():
    data = json.dumps([{"a": 1}, {"a": "x" * 300_000}, {"a": 3}]).encode()
    table = laid_out(data, "application/json", TABLE, 8 * 1024)
    table.fit(range(3), 100)
    assert "too long for a table" in table.row(1).text
    assert table.row(2).text.strip() == "3"


class Counted(bytes):
    """A body that counts the bytes that are copied out of it."""

    copied = 0
    copies = 0

    def __getitem__(self, part):
        found = super().__getitem__(part)
        if isinstance(part, slice):
            self.copied += len(found)
            self.copies += 1
        return found


@pytest.mark.parametrize("blank", [b"", b"\r", b" " * 20])
def test_an_item_as_long_as_the_body_is_not_copied_to_be_told_from_what_is_around_it(blank):
    item = b'{"a": [' + b"1, " * 200_000 + b"1]}"
    data = Counted(b"[[0]," + blank + item + blank + b"]\n")
    records = JsonArrayRecords(data, "JSON", find_array(data, 4096))
    while not records.is_complete:
        records.advance(len(data))
    for _ in range(10):
        assert records.column_ends(1) == []
        assert records.cut(1, 0, 1).problem
    assert data.copied < 10_000
    assert records.source(1) == item


@pytest.mark.parametrize("blank", [b"", b"\r", b" " * 20])
def test_a_record_as_long_as_the_body_is_not_copied_to_be_told_from_what_is_around_it(blank):
    line = blank + b'{"a": [' + b"1, " * 200_000 + b"1]}"
    data = Counted(b"[0]\n" + line + blank + b"\n")
    records = JsonLinesRecords(data, "JSON Lines")
    while not records.is_complete:
        records.advance(len(data))
    for _ in range(10):
        assert records.column_ends(1) == []
        assert records.cut(1, 0, 1).problem
    assert data.copied < 10_000
    assert records.source(1) == line.strip()


@pytest.mark.parametrize("behind", [0, 63, 64, 65, 200])
def test_any_white_space_around_a_record_is_no_part_of_it(behind):
    records = records_of(
        b' \t{"a": 1}' + b" " * behind + b"\r\n" + b" " * behind, "application/jsonlines"
    )
    assert records.count == 1
    assert records.source(0) == b'{"a": 1}'


blanks = st.sampled_from(["", " ", "\r", "\n", " " * 4_094, "\n" * 4_096, " \n" * 4_500])


@given(
    st.lists(st.tuples(blanks, st.sampled_from(["1", "[ 2 ]", '{"a": 3}', "\0"]), blanks)),
    st.sampled_from([40, 1_000, 4_096, 50_000]),
)
@example([("", "1", ""), (" " * 4_094, "1", "\n" * 4_096)], 40)
def test_lines_are_told_from_white_space_of_any_length(lines, budget):
    data = "\n".join(before + value + behind for before, value, behind in lines).encode()
    whole, sliced = (JsonLinesRecords(data, "JSON Lines") for _ in range(2))
    read(whole, len(data) + 1)
    read(sliced, budget)
    for found in (whole, sliced):
        assert [found.source(at).decode() for at in range(found.count)] == [
            value for _, value, _ in lines
        ]
    spans = [whole.span(at) for at in range(whole.count)]
    assert [sliced.span(at) for at in range(sliced.count)] == spans
    assert [end for _, end in spans[:-1]] == [start for start, _ in spans[1:]]


@pytest.mark.parametrize(
    "data",
    [
        b"[0]\n" + b" " * 200_000 + b"[1]\n[2]\n",
        b"[0]\n[1]" + b" " * 200_000 + b"\n[2]\n",
        b"[0]\n[1]\n" + b" " * 200_000 + b"\n[2]\n",
        b"[0]\n[1]\n[2]\n" + b"\n" * 200_000,
        b"[0]\n[1]\n[2]\n" + b" " * 200_000,
    ],
    ids=["before", "behind", "between", "line feeds", "last"],
)
def test_white_space_is_looked_at_no_further_than_a_turn_allows(data):
    data = Counted(data)
    records = JsonLinesRecords(data, "JSON Lines")
    while not records.is_complete:
        data.copied = data.copies = 0
        records.advance(4_096)
        assert data.copied <= 2 * 4_096
        assert data.copies <= 40
    data.copied = 0
    assert [records.source(at) for at in range(3)] == [b"[0]", b"[1]", b"[2]"]
    assert data.copied <= 1_000


@pytest.mark.parametrize("line", [b'{"a":' + b"[" * 900 + b"}", b"[[[[[[0]]]]], x]", b'{"a" 1}'])
def test_lines_that_are_slow_to_tell_take_several_turns(line):
    data = b"\n".join([line] * (200_000 // len(line)))
    records = JsonLinesRecords(data, "JSON Lines")
    turns = 0
    while not records.is_complete:
        before = records.position
        records.advance(len(data))
        assert before < records.position <= before + len(data) // 2
        turns += 1
    assert records.count == 200_000 // len(line)
    assert records.words.endswith(f"{records.count:,} lines are not JSON")


def test_what_is_wrong_with_a_long_line_is_told_without_cutting_it():
    data = Counted(b"[0]\n[" + b"1, " * 60_000 + b"x]\n")
    records = JsonLinesRecords(data, "JSON Lines")
    while not records.is_complete:
        records.advance(1 << 14)
    data.copies = 0
    assert records.cut(1, 0, 5).problem.startswith("not JSON: 'x' is not JSON")
    assert data.copies <= 10


@given(
    st.lists(st.sampled_from(["1", '"a"', "[[[[[1]]]]]", "{}", "[[[[[]]]]]"]), min_size=1),
    st.booleans(),
)
@example(["1", "[[[[[1]]]]]", "1"], False)
@example(["[[[[[1]]]]]", "1", "1", "[[[[[1]]]]]"], True)
def test_members_between_deep_ones_are_those_that_json_reads(items, is_object):
    values = [f'"{at}": {item}' for at, item in enumerate(items)] if is_object else items
    line = ", ".join(values).join("{}" if is_object else "[]")
    records = records_of(f'{{"x": 0}}\n{line}'.encode(), LINES)
    cells = [cell for cell in records.cut(1, 0, 1 << 10).cells if cell is not None]
    read_so = json.loads(line)
    assert [text_of(cell) for cell in cells] == [
        each if isinstance(each, str) else json.dumps(each, separators=(",", ":"))
        for each in (read_so.values() if is_object else read_so)
    ]
