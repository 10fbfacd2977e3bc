"""The tables of JSON Lines and of arrays in JSON, against the standard library's json."""

import json
from math import inf

import jmespath
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.body.json_strategies import almost_documents, documents, spaces
from tests.body.laying_out import laid_out, recognised
from tests.body.tables import cells_of, in_view, records_of, table_of
from tui.body.lens import Fit
from tui.body.lenses import TABLE
from tui.body.table.cells import CellKind, text_of
from tui.body.table.json_array import JsonArrayRecords, find_array
from tui.body.table.json_cells import JsonCells
from tui.body.table.json_lines import JsonLinesRecords
from tui.body.table.lens import fit_table

LINES = "application/jsonlines"

floats = st.floats(allow_nan=False, allow_infinity=False)
scalars = st.none() | st.booleans() | st.integers() | floats | st.text(max_size=8)
values = st.recursive(
    scalars,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3)
    ),
    max_leaves=8,
)
keys = st.sampled_from(["id", "score", "odd key", "é", ""]) | st.text(max_size=4)
records = st.one_of(
    st.dictionaries(keys, values, max_size=5), st.lists(values, max_size=5), scalars
)
budgets = st.integers(1, 80)


def read(made, budget):
    turns = 0
    while not made.is_complete:
        made.advance(budget)
        turns += 1
        assert turns < 5 * len(made.data) + 100, "it does not come to an end"
    return made


def value_of(cell):
    """What a cell says, by the standard library."""
    if cell.kind is CellKind.STRING:
        return text_of(cell)
    return json.loads(text_of(cell))


def told_by(made):
    """Each record as the table has it: an object again, a list, or one value."""
    cut = [made.cut(at, 0, 1 << 20).cells for at in range(made.count)]
    return [
        [(made.columns[at], value_of(cell)) for at, cell in enumerate(cells) if cell is not None]
        for cells in cut
    ]


def told_by_json(value):
    match value:
        case dict():
            return value
        case list():
            return {f"[{at}]": item for at, item in enumerate(value)}
        case _:
            return {"value": value}


def spelt(value, ensure_ascii):
    return json.dumps(value, ensure_ascii=ensure_ascii)


@example([None, [None, None]], False, "\n", 1)
@example([[inf, -inf], {"a": [inf]}], False, "\n", 1)
@given(
    st.lists(records, max_size=8), st.booleans(), st.sampled_from(["\n", "\r\n", "\n \n"]), budgets
)
def test_json_lines_have_the_values_that_json_reads(made, ascii_only, line_end, budget):
    data = "".join(spelt(each, ascii_only) + line_end for each in made).encode()
    lines = read(JsonLinesRecords(data, "JSON Lines"), budget)
    assert [dict(each) for each in told_by(lines)] == [told_by_json(each) for each in made]
    assert "not JSON" not in lines.words


@given(st.lists(records, max_size=8), st.booleans(), spaces, budgets)
def test_an_array_has_the_values_that_json_reads(made, ascii_only, space, budget):
    items = f"{space},{space}".join(spelt(each, ascii_only) for each in made)
    data = (
        f'{{"model": {{"n": 1}}, "predictions": [{space}{items}{space}], "rest": [[1]]}}'.encode()
    )
    array = find_array(data, len(data))
    if not made or not isinstance(made[0], dict | list):
        return
    assert array.path == "predictions"
    found = read(JsonArrayRecords(data, "JSON", array), budget)
    assert [dict(each) for each in told_by(found)] == [told_by_json(each) for each in made]
    assert found.words == "JSON"


@given(st.lists(documents, max_size=4), budgets)
@example(["[" * 40 + "]" * 40, '{"a":' * 9 + "1" + "}" * 9], 3)
def test_values_are_shown_as_they_are_spelt_however_deep(made, budget):
    data = ("[[0]," + ",".join(made) + "]").encode() if made else b"[[0]]"
    found = read(JsonArrayRecords(data, "JSON", find_array(data, len(data))), budget)
    assert [found.source(at).decode() for at in range(1, found.count)] == [
        each.strip(" \t\r\n") for each in made
    ]
    for at in range(found.count):
        assert not found.cut(at, 0, 99).problem


@given(
    st.lists(st.tuples(documents, st.sampled_from([0, 1, 4_095, 4_096, 4_097, 9_000])), min_size=1),
    st.sampled_from(["]", " ]", "x]", ",,"]),
    st.sampled_from([100, 5_000, 50_000]),
)
def test_an_item_ends_before_white_space_of_any_length(made, end, budget):
    items = ",".join(item.strip() + " " * blank + "\n" for item, blank in made)
    data = f"[[0]{' ' * made[0][1]},{items}{end}".encode()
    found = read(JsonArrayRecords(data, "JSON", find_array(data, len(data))), budget)
    told = [found.source(at).decode() for at in range(1, found.count)]
    kept = [item.strip() for item, _ in made]
    assert found.source(0) == b"[0]"
    assert told[: len(kept) - 1] == kept[:-1]
    assert told == kept or end not in ("]", " ]")


@given(almost_documents, budgets)
def test_slices_of_any_size_find_the_same_lines(text, budget):
    data = (text + "\n" + text).encode("utf-8", "surrogatepass")
    whole, sliced = (JsonLinesRecords(data, "JSON Lines") for _ in range(2))
    read(whole, len(data) + 1)
    read(sliced, budget)
    assert cells_of(whole) == cells_of(sliced)
    assert (whole.words, list(whole.columns)) == (sliced.words, list(sliced.columns))


@given(almost_documents, budgets)
def test_slices_of_any_size_find_the_same_items(text, budget):
    data = f"[[],{text},{text}]".encode("utf-8", "surrogatepass")
    array = find_array(data, len(data))
    whole, sliced = (JsonArrayRecords(data, "JSON", array) for _ in range(2))
    read(whole, len(data) + 1)
    read(sliced, budget)
    assert [whole.span(at) for at in range(whole.count)] == [
        sliced.span(at) for at in range(sliced.count)
    ]
    assert (whole.words, list(whole.columns)) == (sliced.words, list(sliced.columns))


@given(almost_documents)
def test_a_line_is_json_where_json_reads_it(text):
    line = text.replace("\n", " ").replace("\r", " ").encode("utf-8", "surrogatepass")
    try:
        json.loads(line.decode(), parse_constant=lambda _: None)
        is_json = True
    except (ValueError, RecursionError):
        is_json = False
    found = read(JsonLinesRecords(line, "JSON Lines"), 1 << 20)
    if found.count:
        assert ("not JSON" not in found.words) == is_json
        assert bool(found.cut(0, 0, 9).problem) == (not is_json)


def test_columns_are_the_keys_in_the_order_in_which_they_first_come():
    data = b'{"a":1}\n{"c":2,"a":3}\n{"b":4,"c":5}\n'
    assert in_view(table_of(data, LINES)).header == ["a", "c", "b"]
    assert in_view(table_of(data, LINES)).rows == [
        ["1", "·", "·"],
        ["3", "2", "·"],
        ["·", "5", "4"],
    ]


def test_cells_are_spelt_as_they_came():
    row = (
        rb'{"n":1E5,"big":1e400,"s":"caf\u00e9 \ud83d\ude00","e":"","z":null,'
        rb'"o":{ "a" : [ 1, 2 ] },"x":NaN}'
    )
    shown = in_view(table_of(b'{"n":1.50}\n' + row, LINES)).rows
    assert shown[1] == ["1E5", "1e400", "café 😀", "", "null", '{"a":[1,2]}', "NaN"]
    assert shown[0] == ["1.50", "·", "·", "·", "·", "·", "·"]


def test_the_last_of_a_repeated_key_counts_as_in_json():
    assert in_view(table_of(b'{"a":1,"a":2}\n{"\\u0061":3}', LINES)).rows == [["2"], ["3"]]


@given(
    st.lists(
        st.lists(st.text('a"\\\n\x7fé漢\ud83d', max_size=3), max_size=8, unique=True), max_size=4
    )
)
def test_keys_have_the_columns_in_which_they_first_come_however_they_are_spelt(lines):
    made = [key for line in lines for key in line]
    escaped = ["".join(f"\\u{ord(each):04x}" for each in key) for key in made]
    data = b'{"first": 0}\n' + b"\n".join(
        b"{%b}" % b", ".join(b"%b: 1" % spelt_in_utf8(key) for key in line) for line in [*lines, []]
    )
    data += b"\n{%b}" % b", ".join(b'"%b": 2' % each.encode() for each in escaped)
    found = records_of(data, LINES)
    assert list(found.columns) == list(dict.fromkeys(["first", *made]))


def spelt_in_utf8(key):
    """Spell a key with as few escapes as there must be."""
    return json.dumps(key, ensure_ascii=False).encode("utf-8", "backslashreplace")


def test_control_characters_are_made_visible():
    shown = in_view(table_of(b'{"a":"x\\u001b[31m\\n"}\n{"a\\u0007":"\xc2\x9b"}\n', LINES))
    assert shown.header == ["a", "a␇"]
    assert shown.rows == [["x␛[31m␊", "·"], ["·", "�"]]


def test_a_broken_line_is_shown_as_text_and_said():
    table = table_of(b'{"a":1}\n{"a":2,}\n\n{"a":3} x\n{"a":4}', LINES)
    table.fit(range(4), 100)
    texts = [table.row(index).text.strip() for index in range(4)]
    assert texts[0] == "1"
    assert texts[1].startswith('{"a":2,}  not JSON: ')
    assert texts[2].startswith('{"a":3} x  not JSON: ')
    assert [role for _, _, role in table.row(1).spans] == ["error", "comment"]
    assert "2 lines are not JSON" in table.words


@pytest.mark.parametrize("end", range(1, 23))
def test_a_last_line_is_counted_as_broken_wherever_it_was_cut(end):
    line = b'{"a":1,"b":[1,{"c":2}]}'
    records = read(JsonLinesRecords(line + b"\n" + line[:end], "JSON Lines"), 1 << 20)
    assert records.cut(1, 0, 9).problem
    assert records.words == "JSON Lines · 1 line is not JSON"


def test_an_array_that_breaks_ends_with_its_rest():
    table = table_of(b'{"predictions": [{"a": 1}, {"a": 2} {"a": 3}]}')
    table.fit(range(2), 120)
    assert table.row_count == 2
    assert table.row(1).text.startswith('{"a": 2} {"a": 3}]}  not JSON: line 1, column 37')
    assert table.words.startswith("not JSON: line 1, column 37: expected ',' or ']' · 2 rows")


def test_empty_lists_have_no_cells_and_are_not_looked_into(monkeypatch):
    looked = []
    learn = JsonCells.learn

    def learned(cells, *span, **told):
        looked.append(span)
        return learn(cells, *span, **told)

    monkeypatch.setattr(JsonCells, "learn", learned)
    assert cells_of(records_of(b"[" + b"[]," * 1_000 + b"[]]")) == [[]] * 1_001
    assert not looked
    assert cells_of(records_of(b'[[], [[2], "a"], []]')) == [[], ["[2]", "a"], []]


@pytest.mark.parametrize(
    ("data", "path", "names"),
    [
        (b'[{"a":1}]', "", ()),
        (b"[[1,2],[3,4]]", "", ()),
        (b'{"predictions":[{"a":1}]}', "predictions", ()),
        (b'{"model":"m","odd key":[{"a":1}]}', '"odd key"', ()),
        (b'{"shape":[1,2],"data":[[1],[2]]}', "data", ()),
        (b'{"columns":["a","b"],"index":[0],"data":[[1,2]]}', "data", ("a", "b")),
        (b'{"dataframe_split":{"columns":["a"],"data":[[1]]}}', "dataframe_split.data", ("a",)),
        (b'{"predictions":[0.1,0.2]}', "predictions", ()),
        (b"[0.1,0.2]", "", ()),
        (b'\xef\xbb\xbf [{"a":1}]', "", ()),
    ],
)
def test_the_array_of_records_is_found(data, path, names):
    found = find_array(data, 4096)
    assert (found.path, found.names) == (path, names)
    assert records_of(data).count == len(_at(data, path))


def _at(data, path):
    value = json.loads(data.decode("utf-8-sig"))
    return jmespath.search(path, value) if path else value


@pytest.mark.parametrize("data", [b"{}", b"[]", b'{"a":{"b":1}}', b'"x"', b"1", b'{"a":[]}'])
def test_json_without_records_is_no_table(data):
    assert fit_table(*recognised(data, "application/json")) is Fit.NONE


def test_names_of_a_split_data_frame_are_its_columns():
    data = b'{"columns":["a","b c"],"index":[0,1],"data":[[1,"x"],[2,null,3]]}'
    shown = in_view(table_of(data))
    assert shown.header == ["a", "b c", "[2]"]
    assert shown.rows == [["1", "x", "·"], ["2", "null", "3"]]


@pytest.mark.parametrize(
    ("data", "content_type", "fit"),
    [
        (b'{"a":1}\n{"a":2}\n', LINES, Fit.MADE_FOR_IT),
        (b'{"a":1}\n{"a":2}\n', "text/plain", Fit.MADE_FOR_IT),
        (b'broken\n{"a":2}\n', LINES, Fit.MADE_FOR_IT),
        (b"[1]\n[2]\n", LINES, Fit.ASKED_FOR),
        (b'{"a":1}\n', LINES, Fit.ASKED_FOR),
        (b'{"predictions":[{"a":1}]}', "application/json", Fit.ASKED_FOR),
        (b'{\n"a": 1\n}', "application/json", Fit.NONE),
        (b'[\n{"a": 1}\n]', "application/json", Fit.ASKED_FOR),
    ],
)
def test_json_is_a_table_where_it_is_clear(data, content_type, fit):
    assert fit_table(*recognised(data, content_type)) is fit


@pytest.mark.parametrize(
    ("data", "path"), [(b'{"a": 1}\n', "a"), (b"[7]\n", "[0]"), (b'{"a": 1}\n{}\n', "[0].a")]
)
def test_one_line_of_json_is_no_array(data, path):
    assert table_of(data, "application/jsonlines").path(0) == path


def test_paths_are_those_of_jmespath():
    value = {"predictions": [{"score": n, "odd key": [n]} for n in range(3)]}
    table = table_of(json.dumps(value).encode())
    in_view(table)
    paths = []
    for column in range(2):
        table.go_to_column(column)
        paths.append(table.path(2))
    assert paths == ["predictions[2].score", 'predictions[2]."odd key"']
    assert [jmespath.search(path, value) for path in paths] == [2, [2]]


@pytest.mark.parametrize(
    "data",
    [
        b"[" * 50_000,
        b"[[" + b"1," * 100_000,
        b'[{"a":"' + b"x" * 2_000_000,
        b"[{}" + b" " * 2_000_000,
        b"[" + b"{}," * 100_000 + b"]",
        b'[{"a":' + b"[" * 3_000 + b"]" * 3_000 + b"}]",
    ],
    ids=["open", "numbers", "string", "spaces", "empty objects", "deep"],
)
def test_hostile_json_comes_to_an_end(data):
    table = laid_out(data, "application/json", TABLE, 32 * 1024)
    table.fit(range(min(20, table.row_count)), 80)
    assert len(table.row(0).text) <= 80


NO_UTF8 = {
    "array": b'[{"i\xffd": 1}, {"b": 2}]',
    "lines": b'{"i\xffd": 1}\n{"b": 2}',
    "columns": b'{"columns": ["i\xffd", "b"], "data": [[1, 2]]}',
}


@pytest.mark.parametrize("data", NO_UTF8.values(), ids=NO_UTF8)
def test_what_is_no_utf8_in_a_name_is_shown_as_such(data):
    table = table_of(data, LINES if b"\n" in data else "application/json")
    header = in_view(table).header
    assert [header[0][0], header[0][-1], *header[1:]] == ["i", "d", "b"]
    assert table.path(0)
