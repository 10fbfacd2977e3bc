"""Server-sent events, against a reader written by the standard's own steps."""

import json
import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.body.json_strategies import documents, tokens_of
from tests.body.laying_out import laid_out, recognised, rows_of
from tests.body.test_documents import CONTROLS, text_of
from tests.body.test_growing import facts_of, finish, grow, look_at, settle, turns
from tui.body.events.document import EventDocument
from tui.body.events.layout import INLINE_BYTES_MAX, EventLayout
from tui.body.lenses import PRETTY, RAW, lenses_for
from tui.body.offsets import Offsets

TYPE = "text/event-stream"
CHUNK = {"id": "c-1", "choices": [{"index": 0, "delta": {"content": "Hi", "role": "x" * 60}}]}
STREAM = f"""\
event: token
id: 7
data: {{"token": {{"text": "a \\"b\\"", "logprob": -5e-1}}, "last": false}}

: ping

data: {json.dumps(CHUNK)}

data: [DONE]

""".encode()
line_ends = st.sampled_from(["\n", "\r\n", "\r"])
budgets = st.integers(1, 300)
row_widths = st.integers(20, 90)
plain = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\n"), max_size=20)
payloads = st.one_of(plain, documents.map(lambda text: re.sub(r"\s+", " ", text)))
lines = st.one_of(
    st.builds("data:{}{}".format, st.sampled_from(["", " ", "  "]), payloads),
    st.builds("{}: {}".format, st.sampled_from(["event", "id", "retry", "other", ""]), plain),
    st.just("data: [DONE]"),
    st.just(""),
)
streams = st.builds(
    lambda lines, end, is_ended: end.join(lines) + end * is_ended,
    st.lists(lines, max_size=12),
    line_ends,
    st.booleans(),
)


def opened(data, budget=1 << 20, row_bytes=1_000):
    document = EventDocument(data, row_bytes=row_bytes)
    turns = 0
    while not document.is_complete:
        document.advance(budget)
        turns += 1
        assert turns <= 4 * len(data) // budget + 200, "it does not come to an end"
    return document


def events_in(data):
    """The events of a stream, each as its lines: blocks between empty lines, less comments."""
    text = data.decode("utf-8").removeprefix("\ufeff")
    blocks, block = [], []
    for line in [*re.split(r"\r\n|\n|\r", text), ""]:
        if line and not line.startswith(":"):
            block.append(line)
        elif not line and block:
            blocks.append(block)
            block = []
    return blocks


def rows_by_event(document):
    """The rows of each event, by the paths of rows; comments have none."""
    found = {}
    for index in range(document.row_count):
        if path := document.path(index):
            number = int(path.split()[1].rstrip(":"))
            found.setdefault(number, []).append(document.row(index).source)
    return found


@given(streams, budgets)
@example('data: {"a": 1}\r\n\r\ndata: x', 1)
@example("data: [" + "1," * 60 + "1]\n: in between\nid: 3\n\n", 7)
def test_every_event_is_told_by_its_number_and_has_the_lines_that_came(text, budget):
    data = text.encode()
    document = opened(data, budget)
    expected = events_in(data)
    found = rows_by_event(document)
    assert list(found) == list(range(1, len(expected) + 1))
    for rows, lines in zip(found.values(), expected, strict=True):
        squeezed = [re.sub(r"\s", "", "".join(each)) for each in (rows, lines)]
        assert squeezed[0] == squeezed[1]
    numbers = [document.number(index) for index in range(document.row_count)]
    assert [each for each in numbers if each] == [str(number) for number in found]
    assert f"{len(expected):,} event" in document.words


@given(documents.filter(lambda text: len(text) > INLINE_BYTES_MAX), budgets)
def test_json_in_data_is_laid_out_with_the_tokens_that_came(text, budget):
    line = re.sub(r"[\r\n]", " ", text)
    document = opened(f"data: {line}\n\n".encode(), budget)
    shown = text_of(document)
    assert tokens_of(shown.removeprefix("data:")) == tokens_of(line)
    if line.strip()[:1] in ("{", "[") and len(line.strip()) > INLINE_BYTES_MAX:
        pretty = text_of(laid_out(line.strip().encode(), "application/json", PRETTY))
        assert shown.split("\n")[1:] == pretty.split("\n")[1:]


@given(streams, budgets, row_widths)
def test_slices_of_any_size_lay_out_the_same_rows(text, budget, row_bytes):
    drawn = [
        [
            (row.text, row.source, row.spans, document.path(index), document.number(index))
            for index, row in enumerate(rows_of(document))
        ]
        for document in (opened(text.encode(), each, row_bytes) for each in (1 << 20, budget))
    ]
    assert drawn[0] == drawn[1]


@given(streams, row_widths)
def test_rows_are_found_by_their_bytes_and_show_them(text, row_bytes):
    data = text.encode()
    document = opened(data, row_bytes=row_bytes)
    end = len(data) - len(data.lstrip(b"\r\n\xef\xbb\xbf")) if document.row_count else len(data)
    for index in range(document.row_count):
        start, end_of_row = document.span(index)
        assert start < end_of_row
        assert document.row_at(start) == document.row_at(end_of_row - 1) == index
        row = document.row(index)
        shown = "".join(row.source[column : column + count] for column, _, count in row.runs)
        came = data[start:end_of_row].decode("utf-8", "surrogateescape")
        assert re.sub(r"\s", "", shown) == re.sub(r"\s", "", came)
        assert not CONTROLS.search(row.text)
        at = 0
        for first, last, _ in row.spans:
            assert at <= first <= last <= len(row.text)
            at = last
        end = end_of_row
    assert not data[end:].strip(b"\r\n")


@given(streams, row_widths)
def test_where_rows_are_cut_is_no_part_of_what_is_copied(text, row_bytes):
    assert text_of(opened(text.encode(), row_bytes=row_bytes)) == text_of(opened(text.encode()))


@given(lines.filter(lambda line: len(line) <= INLINE_BYTES_MAX), st.integers(24, 90))
@example("data:00\x80\x80\x80\x80\U00010000\U00010000\x80", 24)
@example("data: before a\ttab, and behind\tit", 24)
def test_where_rows_are_cut_changes_no_colour(text, row_bytes):
    def colours(document):
        for row in rows_of(document):
            roles = {at: role for start, end, role in row.spans for at in range(start, end)}
            for at in range(row.hanging, len(row.text)):
                # That a string is a key is told by the colon behind it, which may be cut off.
                role = "string" if roles.get(at) == "key" else roles.get(at)
                if not row.text[at].isspace() and role in ("comment", "string", "tag"):
                    yield row.text[at], role

    whole, cut = (
        list(colours(opened(text.encode(), row_bytes=each))) for each in (9_000, row_bytes)
    )
    assert cut == whole


def coloured(document):
    """What has a role, by row."""
    return [
        [(row.text[start:end], role) for start, end, role in row.spans] for row in rows_of(document)
    ]


def test_fields_and_the_json_in_them_are_coloured():
    rows = coloured(laid_out(STREAM, TYPE, PRETTY))
    assert rows[0] == [("event", "tag"), (":", "punctuation"), ("token", "string")]
    assert ('"token"', "key") in rows[2]
    assert ('"a \\"b\\""', "string") in rows[2]
    assert ("-5e-1", "number") in rows[2]
    assert ("false", "keyword") in rows[2]
    assert rows[3] == [(": ping", "comment")]
    assert rows[4] == [("data", "tag"), (":", "punctuation"), ("{", "punctuation")]
    assert rows[-1][-1] == ("[DONE]", "keyword")


def test_a_path_names_the_event_and_the_place_in_its_json():
    document = laid_out(STREAM, TYPE, PRETTY)
    paths = [document.path(index) for index in range(document.row_count)]
    assert paths[:5] == ["event 1", "event 1", "event 1", "", "event 2"]
    assert paths[paths.index("event 2: choices[0].delta.content") + 1] == (
        "event 2: choices[0].delta.role"
    )
    assert paths[-1] == "event 3"
    assert document.words == "event stream · 3 events"
    last = len(paths) - 1
    assert [document.row_of(number) for number in (1, 2, 3, 99)] == [0, 4, last, last]


def test_values_are_copied_and_opened_by_themselves():
    document = laid_out(STREAM, TYPE, PRETTY)
    assert document.value(1) == b"7"
    assert json.loads(document.nested(2).data)["last"] is False
    assert json.loads(document.value(4)) == CHUNK
    content = next(at for at in range(99) if "content" in document.row(at).text)
    assert document.value(content) == b'"Hi"'
    assert document.nested(content).data == b"Hi"
    assert document.nested(0).data == document.nested(1).data == document.nested(2).data


@pytest.mark.parametrize(
    ("stream", "opened"),
    [
        (b'event: a\ndata: {"b": 1}\n\n', b'{"b": 1}'),
        (b'id: [1]\n: note\ndata: "hi there"\nevent: a\n\n', b"hi there"),
        (b"event: a\n\ndata: [2]\n\n", None),
        (b"event: a\ndata: text\n\ndata: [2]\n\n", None),
        (b"id: [1]\n\n", b"[1]"),
    ],
)
def test_a_field_of_an_event_opens_what_its_data_does(stream, opened):
    document = laid_out(stream, TYPE, PRETTY)
    found = document.nested(0)
    assert (None if found is None else found.data) == opened


@pytest.mark.parametrize(
    "content_type", [TYPE, f"{TYPE}; charset=utf-8", "text/plain", None, "application/json"]
)
def test_a_stream_is_recognised_whatever_it_is_called(content_type):
    assert lenses_for(*recognised(STREAM, content_type))[:2] == (PRETTY, RAW)
    assert laid_out(STREAM, content_type, PRETTY).words.startswith("event stream")


def test_a_last_event_without_an_empty_line_is_told():
    assert "not ended" in laid_out(STREAM[:-1], TYPE, PRETTY).words
    assert "not ended" not in laid_out(STREAM, TYPE, PRETTY).words


@pytest.mark.parametrize(
    "data",
    [
        b"data: " + b"[" * 100_000,
        b"data: [" + b"1.5," * 100_000 + b"1]\n\n",
        b"data: " + b"x" * 1_000_000,
        b'data: "' + b"\\" * 300_000,
        b"\r\n" * 500_000,
        b"\r" * 500_000,
        b"data\n" * 100_000,
        b":" * 1_000_000,
        b"data: {" + b" " * 1_000_000 + b"}",
    ],
    ids=["open", "numbers", "line", "backslashes", "crlf", "cr", "bare", "comment", "spaces"],
)
def test_hostile_shapes_come_to_an_end(data):
    document = opened(data, 32_768)
    for index in range(0, document.row_count, max(1, document.row_count // 3)):
        assert len(document.row(index).text) < 10_000
        document.path(index)


@given(streams, row_widths, turns)
@example("\ufeffdata: x\r\n\r\ndata: y", 40, [(1, [9]), (1, [9]), (8, [9]), (1, [9]), (1, [9])])
def test_a_stream_that_grew_is_laid_out_as_if_it_had_come_at_once(text, row_bytes, todo):
    data = text.encode()
    document = EventDocument(b"", row_bytes=row_bytes, is_growing=True)
    grow(document, data, todo)
    settle(document, 100)
    look_at(document)
    document.finish(data)
    assert facts_of(finish(document, 100)) == facts_of(opened(data, row_bytes=row_bytes))


def test_a_line_that_has_not_ended_is_shown_as_far_as_it_came():
    document = EventDocument(b"data: 1\n\ndata: hal", is_growing=True)
    settle(document)
    assert [row.text for row in rows_of(document)] == ["data: 1", "data: hal"]
    assert [document.number(index) for index in (0, 1)] == ["1", "2"]
    assert document.final_row_count == 1
    document.append(b"f\n: note")
    settle(document)
    assert [row.text for row in rows_of(document)] == ["data: 1", "data: half", ": note"]
    assert [document.path(index) for index in range(3)] == ["event 1", "event 2", ""]


def test_a_path_leads_through_json_of_any_size():
    text = '{"a": [{"b": 1}, {"b": ["' + "x" * 2_000_000 + '", 7]}], "c": "d"}'
    data = f"data: 1\n\ndata: {text}\nid: 1\n\ndata:{text}\n\n".encode()
    document = laid_out(data, TYPE, PRETTY, row_bytes=100_000)
    paths = [document.path(index) for index in range(document.row_count)]
    seven = document.row_at(data.index(b"7"))
    assert paths[seven] == "event 2: a[1].b[1]"
    assert document.value(seven) == b"7"
    assert paths[seven + 1 : seven + 8] == [
        "event 2: a[1].b",
        "event 2: a[1]",
        "event 2: a",
        "event 2: c",
        "event 2",
        "event 2",
        "event 3",
    ]
    assert document.value(1) == document.value(seven + 7) == text.encode()
    assert json.loads(document.value(seven + 3)) == json.loads(text)["a"]


def test_nothing_is_in_text_that_only_begins_with_a_quote():
    document = laid_out(b'data: "Hello\n\ndata: "Hello"\n\n', TYPE, PRETTY)
    assert document.nested(0) is None
    assert document.nested(1).data == b"Hello"


@given(st.text("a:\n\r ", max_size=30).map(str.encode), row_widths)
def test_lines_that_are_taken_together_are_those_taken_one_by_one(data, row_bytes):
    together, one_by_one = opened(data, row_bytes=row_bytes), opened(data, 1, row_bytes)
    assert facts_of(together) == facts_of(one_by_one)
    ends, others = (
        [each.layout.end_of_event(at + 1) for at in range(len(each.layout.firsts))]
        for each in (together, one_by_one)
    )
    assert ends == others
    assert together.layout.is_ended == one_by_one.layout.is_ended


def test_thousands_of_short_lines_are_taken_together(monkeypatch):
    taken = []
    extend = Offsets.extend
    monkeypatch.setattr(
        Offsets, "extend", lambda each, starts: (taken.append(len(starts)), extend(each, starts))
    )
    EventLayout(b"data: 1\n\n" * 1_000).advance(9 * 1_000)
    assert taken[-1] == max(taken) == sum(taken) == 1_000


@pytest.mark.parametrize("before_end", [0, 1])
def test_an_event_ends_before_comments_that_come_behind_it(before_end):
    layout = opened(b"data: 1\n\n: a\n: b\n\n: c\ndata: 2\n: d\n\n"[: -before_end or None]).layout
    assert list(layout.firsts) == [0, 4]
    assert [layout.end_of_event(event) for event in (1, 2)] == [1, 6]


def test_where_an_event_ends_takes_no_memory_if_the_next_one_begins_there():
    data = b"data: 1\n\n" * 100_000
    assert opened(data).index_bytes < len(data)
