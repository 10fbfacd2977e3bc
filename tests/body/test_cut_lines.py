"""Lines that are cut a part at a time come to the rows that they come to at once."""

import json
from itertools import pairwise

from hypothesis import example, given
from hypothesis import strategies as st

from tui.body.cuts import cut_before, cut_line
from tui.body.json.document import JsonDocument
from tui.body.markup.document import MarkupDocument
from tui.body.text_document import TextDocument

ROW_BYTES_MAX = 60

texts = st.lists(
    st.sampled_from(["lorem ipsum ", "é", "\n", '"', "\\", "\U0001f600", "x" * 70]), max_size=30
).map("".join)
values = st.one_of(
    texts,
    st.dictionaries(texts, texts, max_size=2),
    st.lists(st.one_of(texts, st.lists(st.integers(), min_size=40)), max_size=3),
)
spelt = st.tuples(values, st.booleans()).map(
    lambda chosen: json.dumps(chosen[0], ensure_ascii=chosen[1]).encode()
)
broken = texts.map(lambda text: b"oops " + text.replace("\n", " ").encode())
lines = st.lists(st.one_of(spelt, broken), min_size=1, max_size=4).map(b"\n".join)
row_bytes = st.integers(20, ROW_BYTES_MAX)
budgets = st.integers(1, 400)


def rows_of(document):
    return [(document.span(row), document.row(row)) for row in range(document.row_count)]


def laid_out(document, budget):
    """Lay out, and look on the way that no row is longer than there is room."""
    while not document.is_complete:
        document.advance(budget)
        begins = [document.span(row)[0] for row in range(document.row_count)]
        assert begins == sorted(begins)
        if document.row_count:
            begin, end = document.span(document.row_count - 1)
            text = document.data[begin:end].strip(b", \n")
            assert len(text) <= ROW_BYTES_MAX, "what is not cut yet is on no row"
    return rows_of(document)


@given(spelt, row_bytes, budgets)
def test_json_is_cut_in_parts_as_at_once(data, width, budget):
    at_once = laid_out(JsonDocument(data, row_bytes=width), len(data) * 100)
    assert laid_out(JsonDocument(data, row_bytes=width), budget) == at_once


@given(lines, row_bytes, budgets)
def test_json_lines_are_cut_in_parts_as_at_once(data, width, budget):
    at_once = JsonDocument(data, row_bytes=width, are_lines=True)
    while not at_once.is_complete:
        at_once.advance(len(data) * 100)
    in_parts = JsonDocument(data, row_bytes=width, are_lines=True)
    while not in_parts.is_complete:
        in_parts.advance(budget)
    assert rows_of(in_parts) == rows_of(at_once)


@given(spelt, row_bytes, st.lists(budgets, min_size=1, max_size=20))
def test_a_growing_line_never_loses_a_row_while_it_is_cut(data, width, steps):
    document = JsonDocument(b"", row_bytes=width, is_growing=True)
    count = at = 0
    while at < len(data):
        size = steps[at % len(steps)]
        document.append(data[at : at + size])
        at += size
        for budget in (*steps, *steps):
            document.advance(budget)
            assert document.row_count >= count
            count = document.row_count
    document.finish(data)
    rows = laid_out(document, steps[0])
    assert rows == laid_out(JsonDocument(data, row_bytes=width), len(data) * 100)


@given(
    st.lists(st.sampled_from([b"a", b"\\", b"\\\\", "é".encode(), "\U0001f600".encode(), b"\x80"]))
    .map(b"".join)
    .filter(bool),
    st.integers(8, 30),
)
def test_each_row_is_cut_as_far_on_as_may_be(line, width):
    starts = cut_line(line, 0, len(line), width)
    assert starts[0] == 0
    for start, following in pairwise((*starts, len(line))):
        assert 0 < following - start <= width
    for start, following in pairwise(starts):
        assert following == cut_before(line, start, start + width)


full_lines = st.lists(
    st.tuples(st.sampled_from([0, 1, 19, 20, 21, 39, 40, 41]), st.sampled_from(["\n", "\r\n"])),
    min_size=1,
    max_size=6,
).map(lambda lines: "".join("x" * count + end for count, end in lines).encode())


def in_rows_of_twenty(text):
    lines = text.decode().splitlines()
    return [line[at : at + 20] for line in lines for at in range(0, len(line) or 1, 20)]


@given(full_lines, budgets)
@example(b"x" * 20 + b"\r\n", 21)
def test_the_end_of_a_line_takes_no_room(data, budget):
    rows = laid_out(TextDocument(data, "text", row_bytes=20), budget)
    assert [row.text for _, row in rows] == in_rows_of_twenty(data)
    assert rows[-1][0][1] == len(data)


@given(full_lines, budgets)
@example(b"x" * 20 + b"\r\n", 21)
def test_the_end_of_a_line_takes_no_room_while_text_grows(data, budget):
    document = TextDocument(b"", "text", row_bytes=20, is_growing=True)
    for at in range(0, len(data), budget):
        document.append(data[at : at + budget])
        document.advance(budget)
    document.finish(data)
    assert [row.text for _, row in laid_out(document, budget)] == in_rows_of_twenty(data)


@given(full_lines, budgets)
def test_the_end_of_a_line_takes_no_room_in_an_element(data, budget):
    body = b"<a>x\n" + data + b"</a>"
    rows = laid_out(MarkupDocument(body, row_bytes=20), budget)
    assert [row.text for _, row in rows] == in_rows_of_twenty(body)
