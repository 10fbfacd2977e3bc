"""Lines of events that are far longer than a slice: cut a slice at a time, each row once."""

from itertools import pairwise

import pytest

from tests.body.test_growing import finish
from tui.body.events.document import EventDocument

SLICE = 16_384
ROW = 100
JSON = b'{"a": [%b1]}' % (b"1, " * 25_000)
LINES = [
    b"data: " + b"some text, " * 50_000,
    b"data: " + "ä\\n".encode() * 100_000,
    b": " + b"-" * 500_000,
    b"data: {" + b"1, " * 100_000,
    b"data: " + JSON,
]


def spans_of(document):
    return [document.span(row) for row in range(document.row_count)]


@pytest.mark.parametrize("line", LINES)
@pytest.mark.parametrize("slice_bytes", [1_000, SLICE])
def test_slices_of_any_size_lay_out_the_same_rows(line, slice_bytes):
    data = b"event: a\n" + line + b"\r\n\r\ndata: 1\n\n" + line
    whole = finish(EventDocument(data, row_bytes=ROW), len(data))
    document = finish(EventDocument(data, row_bytes=ROW), slice_bytes)
    assert spans_of(document) == spans_of(whole)
    numbers = [document.number(row) for row in range(document.row_count)]
    assert numbers == [whole.number(row) for row in range(whole.row_count)]
    for row in range(whole.row_count - 10, whole.row_count):
        assert document.row(row) == whole.row(row)


@pytest.mark.parametrize("line", LINES[:4])
def test_a_long_line_is_cut_a_slice_at_a_time(line):
    document = EventDocument(line + b"\n\n", row_bytes=ROW)
    made = [0]
    while not document.is_complete:
        document.advance(SLICE)
        made.append(document.row_count)
    assert max(after - before for before, after in pairwise(made)) < 1_000


@pytest.mark.parametrize("line", LINES)
def test_no_row_of_a_line_is_shown_twice_when_its_end_comes(line):
    document = EventDocument(b"", row_bytes=ROW, is_growing=True)
    document.append(b"event: a\n" + line)
    while not document.is_waiting:
        document.advance(SLICE)
    document.append(b"\n\ndata: 1")
    while not document.is_waiting:
        document.advance(SLICE)
        assert all(before[1] == after[0] for before, after in pairwise(spans_of(document)))


@pytest.mark.parametrize("line", LINES[:3])
@pytest.mark.parametrize("is_growing", [False, True])
def test_any_row_of_a_line_has_the_value_of_all_of_it(line, is_growing):
    data = b"event: a\n" + line
    document = EventDocument(b"", row_bytes=ROW, is_growing=is_growing)
    document.append(data)
    while not (document.is_complete or document.is_waiting):
        document.advance(SLICE)
    field = line.removeprefix(b"data: ")
    for row in (1, 2, document.row_count // 2, document.row_count - 1):
        assert document.value(row) == (field if field != line else line)
    assert document.value(0) == b"a"
