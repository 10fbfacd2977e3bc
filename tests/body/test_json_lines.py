"""JSON Lines of which some lines are no JSON, against Python's own json, line by line."""

import json
import re
from array import array
from types import SimpleNamespace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.body.json_strategies import almost_documents, documents, tokens_of
from tests.body.laying_out import laid_out, rows_of
from tests.body.test_documents import CONTROLS, text_of
from tests.body.test_growing import facts_of, finish, grow, settle, turns
from tests.body.test_json_text import is_json_by_python
from tui.body.json import lines_layout
from tui.body.json.flags import RowFlags
from tui.body.json.folding import FoldingJson
from tui.body.json.value_numbers import ValueNumbers
from tui.body.lenses import PRETTY, TABLE

TYPE = "application/jsonlines"
pieces = st.sampled_from(["[", "]", "{", "}", '"', "1", ",", ":", '"a"', "[1,", "\\", "é", " "])
lines = st.one_of(
    documents.map(lambda text: re.sub(r"[\r\n]", " ", text)),
    almost_documents.map(lambda text: re.sub("\n", " ", text)),
    st.lists(pieces, max_size=6).map("".join),
    st.sampled_from(["", " ", "\t\r", "12", '{"cut": [1, 2', '{"a": 1} {"b": 2}', "oops"]),
)
texts = st.lists(lines, max_size=12).map("\n".join).map(lambda text: text + "\n")
budgets = st.integers(1, 300)
row_widths = st.integers(20, 90)


def opened(data, budget=1 << 20, row_bytes=1_000):
    return finish(FoldingJson(data, row_bytes=row_bytes, are_lines=True), budget)


def lines_of(data):
    """The lines that have something in them, and whether each is JSON."""
    found = [line.strip(b" \t\n\r") for line in data.split(b"\n")]
    return [(line, is_json_by_python(line)) for line in found if line]


def rows_by_value(document):
    found = {}
    number = 0
    for index in range(document.row_count):
        number = int(document.number(index) or number)
        found.setdefault(number, []).append(index)
    return found


@given(texts, budgets)
@example('{"a": [1, 2\n{"b": 3}\noops\n[4]\n', 1)
@example('1\n2 3\n[\n]\n"x\n"y"\n', 7)
@example("\n\n \n7", 3)
@example("0\n\x0c\n", 1)
def test_every_line_is_json_or_text_whatever_is_in_the_others(text, budget):
    data = text.encode("utf-8", "surrogatepass")
    expected = lines_of(data)
    if not expected:
        return
    document = opened(data, budget)
    found = rows_by_value(document)
    assert list(found) == list(range(1, len(expected) + 1))
    for rows, (line, is_json) in zip(found.values(), expected, strict=True):
        came = line.decode("utf-8", "surrogateescape")
        sources = [document.row(index).source for index in rows]
        if is_json:
            shown = "\n".join(sources)
            alone = laid_out(line, "application/json", PRETTY)
            assert shown == "\n".join(row.source for row in rows_of(alone))
            assert tokens_of(shown) == tokens_of(came)
        else:
            assert "".join(sources) == came
        assert document.value(rows[0]).strip(b" \t\n\r") == line
        assert all(not CONTROLS.search(document.row(index).text) for index in rows)


@given(texts, budgets)
def test_how_many_lines_are_broken_is_said_with_the_place_of_the_first(text, budget):
    data = text.encode("utf-8", "surrogatepass")
    expected = lines_of(data)
    if not expected:
        return
    broken = [line for line, is_json in expected if not is_json]
    words = opened(data, budget).words
    assert ("not JSON" in words) == bool(broken)
    if broken:
        count, are, line = re.search(r", ([\d,]+) (is|are) not JSON.*?line (\d+)", words).groups()
        assert int(count) == len(broken)
        assert (are == "is") == (len(broken) == 1)
        assert data.split(b"\n")[int(line) - 1].strip(b" \t\n\r") == broken[0]


@given(texts, budgets, row_widths)
def test_slices_of_any_size_lay_out_the_same_rows(text, budget, row_bytes):
    data = text.encode("utf-8", "surrogatepass")
    assert facts_of(opened(data, budget, row_bytes)) == facts_of(opened(data, row_bytes=row_bytes))


@given(texts, budgets, row_widths, st.integers(1, 4), st.integers(0, 99))
def test_values_of_many_rows_are_added_a_few_at_a_time(text, budget, row_bytes, few, far):
    data = text.encode("utf-8", "surrogatepass")
    at_once = facts_of(opened(data, row_bytes=row_bytes))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lines_layout, "SETTLED_MAX", few)
        patch.setattr(lines_layout, "_FAR_BYTES", far)
        assert facts_of(opened(data, budget, row_bytes)) == at_once


@given(texts, row_widths, turns)
@example("[1]\n \n[2]\noops", 40, [(4, [9]), (1, [9]), (1, [9]), (2, [9]), (6, [9])])
def test_lines_that_grew_are_laid_out_as_if_they_had_come_at_once(text, row_bytes, todo):
    data = text.encode("utf-8", "surrogatepass")
    document = FoldingJson(b"", row_bytes=row_bytes, is_growing=True, are_lines=True)
    grow(document, data, todo)
    settle(document, 100)
    document.finish(data)
    assert facts_of(finish(document, 50)) == facts_of(opened(data, row_bytes=row_bytes))


@given(texts, row_widths)
def test_where_rows_are_cut_is_no_part_of_what_is_copied(text, row_bytes):
    data = text.encode("utf-8", "surrogatepass")
    assert text_of(opened(data, row_bytes=row_bytes)) == text_of(opened(data))


LONG = b'{"a": [' + b'"x", ' * 6_000 + b"1]}"


@given(st.integers(0, 3), st.booleans(), st.booleans())
def test_a_long_line_is_text_until_all_of_it_is_read(before, is_broken, is_followed):
    line = LONG[:-1] if is_broken else LONG
    data = b"[0]\n" * before + line + b"\n[1]\n" * is_followed
    document = FoldingJson(data, are_lines=True)
    while document.row_count <= 2 * before:
        document.advance(8_192)
    assert document.has_open_rows
    assert document.row(3 * before).text.startswith('{"a": ["x", "x", ')
    assert document.number(3 * before) == str(before + 1)
    assert document.final_row_count <= 3 * before
    for index in range(document.row_count):
        start, end = document.span(index)
        assert document.row_at(start) == index
        document.columns(index, start, end)
        document.path(index)
    assert facts_but_places(finish(document, 8_192)) == facts_but_places(opened(data))
    assert not document.has_open_rows


def facts_but_places(document):
    """Whatever is said of rows, where there are too many bytes to ask for each."""
    rows = range(document.row_count)
    shown = [(document.row(row).source, document.number(row), document.span(row)) for row in rows]
    return document.words, document.reached, shown


def test_a_line_that_has_not_ended_is_text_until_it_has():
    document = FoldingJson(b'{"a": 1}\n{"b": ', is_growing=True, are_lines=True)
    settle(document)
    assert [row.text for row in rows_of(document)] == ["{", '  "a": 1', "}", '{"b": ']
    assert [document.number(index) for index in range(4)] == ["1", "", "", "2"]
    assert document.final_row_count <= 3
    document.append(b"2}\noops\n")
    settle(document)
    assert [row.text for row in rows_of(document)][3:] == ["{", '  "b": 2', "}", "oops"]


def test_a_broken_line_breaks_no_other():
    data = b'{"a": [1]}\n{"a": 1, oops}\n[{"b": 2}]\n{"cut": [3, {"x": 4\n5 6\n[7]\n'
    document = opened(data)
    assert [row.text for row in rows_of(document)] == [
        *["{", '  "a": [', "    1", "  ]", "}", '{"a": 1, oops}'],
        *["[", "  {", '    "b": 2', "  }", "]", '{"cut": [3, {"x": 4', "5 6", "[", "  7", "]"],
    ]
    assert document.words.startswith(
        "6 lines, 3 are not JSON, the first at line 2, column 10: "
        "'oops' is not JSON; expected a key in double quotes"
    )
    paths = [document.path(index) for index in range(document.row_count)]
    assert (paths[5], paths[8], paths[11:13], paths[14]) == (
        "[1]",
        "[2][0].b",
        ["[3]", "[4]"],
        "[5][0]",
    )
    marks = [span for row in rows_of(document) for span in row.spans if span[2] == "error"]
    assert marks == [(9, 10, "error"), (2, 3, "error")]


def test_the_pretty_form_numbers_lines_as_the_table_does():
    data = b'{"a": 1}\n\noops\n{"a": 2}\n'
    pretty, table = (laid_out(data, TYPE, lens) for lens in (PRETTY, TABLE))
    at = data.index(b"2")
    assert pretty.path(pretty.row_at(at)) == table.path(table.row_at(at)) == "[2].a"
    assert "1 line is not JSON" in table.words


def test_the_row_of_a_value_is_found_among_many():
    """Values are counted many rows at a time: these have two of such counts each."""
    document = opened(b'{"a": 1, "b": [2, 3]}\n' * 3_000 + b"oops\n" * 3_000)
    last = document.row_count
    rows_each = (last - 3_000) // 3_000
    for number in (0, 1, 2, 512, 585, 586, 1_024, 2_999, 3_000):
        assert document.row_of(number) == rows_each * max(0, number - 1)
    for number in (3_001, 5_000, 6_000, 6_001, 1_000_000):
        assert document.row_of(number) == last - 3_000 + min(number, 6_000) - 3_001


class CountedFlags(RowFlags):
    """Flags of which it is known how many were looked through to count values."""

    def __init__(self):
        super().__init__()
        self.counted = 0

    def count_values(self, start, end):
        self.counted += end - start
        return super().count_values(start, end)


def test_numbers_of_rows_far_apart_take_no_counting_of_all_between():
    flags = CountedFlags()
    flags.extend(array("H", [0, 1, 1] * 10_000))
    numbers = ValueNumbers(SimpleNamespace(flags=flags))
    assert numbers.number(29_997) == "10000"
    flags.counted = 0
    assert [numbers.number(row) for row in (0, 3, 29_997, 4)] == ["1", "2", "10000", ""]
    assert flags.counted < 10_000
    flags.extend(array("H", [0]))
    assert (numbers.number(30_000), numbers.row_of(10_001)) == ("10001", 30_000)


def test_broken_lines_fold_nothing_and_hide_no_other():
    document = opened(b"[1, [2]]\n[3, [4\n[5]\n")
    document.fold_all()
    finish(document)
    assert [row.text for row in rows_of(document)] == ["[ … 2 items ]", "[3, [4", "[ … 1 item ]"]
    assert document.toggle(1) is None
    assert document.nested(1).data == b"[3, [4"


def test_indented_json_is_json_whatever_it_is_called():
    data = json.dumps([{"a": number} for number in range(400)], indent=2).encode()
    document = laid_out(data, TYPE, PRETTY)
    assert document.words == "JSON · 1,202 lines"
    assert "not JSON" in laid_out(b'{"cut": [1,\n{"b": 2}\n', TYPE, PRETTY).words


@pytest.mark.parametrize(
    "data",
    [
        b"x\n" * 60_000,
        b"[\n" * 60_000,
        b'{"a": [1,\n' * 20_000,
        b"[1]\n[" * 20_000,
        b"[" * 100_000 + b"\n1",
        b'"' + b"\\" * 300_000 + b"\n1",
        b"[" + b"\n" * 100_000 + b"1]\n2",
        b"1 " * 100_000 + b"\n1",
        b"\n" * 500_000,
    ],
    ids=["words", "open", "cut", "two", "deep", "backslashes", "blank", "many", "empty"],
)
def test_hostile_shapes_come_to_an_end(data):
    document = FoldingJson(data, are_lines=True)
    turns = 0
    while not document.is_complete:
        document.advance(32_768)
        turns += 1
        assert turns < 3_000
    for index in range(0, document.row_count, max(1, document.row_count // 3)):
        assert len(document.row(index).text) < 10_000
        document.path(index)
