"""Folding events: what is in sight, what is said of the rest, and that nothing is lost."""

import json

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.body.laying_out import laid_out, rows_of
from tests.body.test_documents import CONTROLS, text_of
from tests.body.test_events import CHUNK, STREAM, TYPE, opened, row_widths, streams
from tests.body.test_folding import act, actions, drawn
from tests.body.test_growing import facts_of, finish, grow, look_at, turns
from tui.body.events.document import EventDocument
from tui.body.events.folding import EventFoldRows, EventFolds, FoldingEvents
from tui.body.folded import Folded, FoldMode
from tui.body.folding import FoldingRows
from tui.body.json.fold_words import FoldWords
from tui.body.lenses import PRETTY

TOKENS = f"""\
event: token
id: 7
data: {json.dumps({"token": {"text": "Hi", "at": [0, 1]}, "vector": [n / 8 for n in range(20)]})}

data: {json.dumps(CHUNK)}

: note

event: end
data: [DONE]

event: alone

"""


def folding(data, budget=1 << 20, row_bytes=1_000):
    return finish(FoldingEvents(data, row_bytes=row_bytes), budget)


def texts(document):
    return [row.text for row in rows_of(document)]


@given(streams, row_widths, st.integers(1, 300))
def test_without_folds_all_rows_are_in_sight(text, row_bytes, budget):
    data = text.encode()
    document = folding(data, budget, row_bytes)
    assert facts_of(document) == facts_of(opened(data, row_bytes=row_bytes))


@given(streams, actions, actions, row_widths)
@example(TOKENS, ["all", 1], [1, 1, 0], 90)
def test_folding_then_unfolding_is_the_identity(text, before, todo, row_bytes):
    data = text.encode()
    document = folding(data, row_bytes=row_bytes)
    for action in before:
        act(document, action)
    finish(document)
    shown = drawn(document)
    for action in todo:
        if isinstance(action, int) and document.row_count:
            row = document.toggle(action % document.row_count)
            if row is not None:
                assert document.is_folded(row) or document.begins_fold(row)
                assert document.toggle(row) == row
                finish(document)
    assert drawn(document) == shown
    document.unfold_all()
    finish(document)
    assert [row for _, row in drawn(document)] == rows_of(opened(data, row_bytes=row_bytes))


@given(streams, actions, row_widths)
@example(TOKENS, ["all", 0], 60)
def test_what_is_folded_is_copied_whole_and_every_byte_is_found(text, todo, row_bytes):
    data = text.encode()
    document, whole = folding(data, row_bytes=row_bytes), opened(data, row_bytes=row_bytes)
    for action in todo:
        act(document, action)
        finish(document)
        assert text_of(document) == text_of(whole)
        assert all(not CONTROLS.search(each) for each in texts(document))
    for row in range(whole.row_count):
        offset = whole.span(row)[0]
        index = document.row_at(offset)
        assert document.span(index)[0] <= offset < document.span(index)[1]
        while document.reveal(offset):
            finish(document)
        assert document.whole(index := document.row_at(offset), index + 1)[1] == row


@given(streams, actions, row_widths, row_widths)
def test_what_is_folded_is_folded_however_lines_are_cut(text, todo, row_bytes, other_bytes):
    data = text.encode()
    document = folding(data, row_bytes=row_bytes)
    for action in todo:
        act(document, action)
        finish(document)
    other = FoldingEvents(data, row_bytes=other_bytes)
    other.fold_as(document.folded())
    assert finish(other).folded() == document.folded()
    back = FoldingEvents(data, row_bytes=row_bytes)
    back.fold_as(other.folded())
    assert drawn(finish(back)) == drawn(document)


@given(streams, turns, st.lists(st.integers(0, 40), max_size=4))
def test_events_that_grew_while_they_were_folded_come_to_the_same(text, todo, folds):
    data = text.encode()
    document = FoldingEvents(b"", row_bytes=40, is_growing=True)
    document.fold_all()
    grow(document, data, todo)
    for fold in folds:
        document.advance(60)
        if document.row_count:
            document.toggle(fold % document.row_count)
        look_at(document)
    document.finish(data)
    finish(document, 50)
    document.unfold_all()
    expected = FoldingEvents(data, row_bytes=40)
    expected.unfold_all()
    assert facts_of(finish(document)) == facts_of(finish(expected))


class OneByOne(EventFolds):
    """Folds of which none are found together."""

    def many_from(self, row, end):
        return []


@given(st.lists(streams, min_size=1, max_size=4).map("".join), st.integers(8, 200), turns)
@example(TOKENS * 3, 1_000, [])
@example("data: " + json.dumps(CHUNK) + "\ndata: " + json.dumps(CHUNK) + "\n\ndata: x\n\n", 99, [])
def test_folds_that_are_found_together_are_those_found_one_by_one(text, row_bytes, todo):
    data = text.encode()
    document = FoldingEvents(data, row_bytes=row_bytes)
    finish(document)
    document.fold_all()
    events = EventDocument(data, row_bytes=row_bytes)
    folds = OneByOne(finish(events).layout)
    words = FoldWords(events.layout)
    slowly = FoldingRows(events, folds, EventFoldRows(events, folds, words))
    slowly.fold_all()
    assert drawn(finish(document, 300)) == drawn(finish(slowly))
    grown = FoldingEvents(b"", row_bytes=row_bytes, is_growing=True)
    grown.fold_as(document.folded())
    grow(grown, data, todo)
    grown.finish(data)
    assert drawn(finish(grown, 100)) == drawn(document)


class Counted(list):
    """Numbers that count how often one of them is read."""

    reads = 0

    def __getitem__(self, at):
        self.reads += 1
        return super().__getitem__(at)


@pytest.mark.parametrize(
    "event", ["event: x\ndata: 1\n\n", "event: x\ndata: 1\n\n" + "id: 7\n\n" * 3]
)
def test_events_of_several_rows_are_found_without_looking_through_all_others(event):
    count = 1_000
    layout = finish(EventDocument((event * count).encode())).layout
    layout.firsts = Counted(layout.firsts)
    folds = EventFolds(layout)
    folds.fold_as(Folded(FoldMode.ALL, 0))
    assert len(folds.many_from(0, len(layout.rows))) == count
    assert layout.firsts.reads < 10 * count


def test_all_events_fold_to_what_they_are_called_and_hold():
    document = laid_out(TOKENS.encode(), TYPE, PRETTY)
    document.fold_all()
    finish(document)
    assert texts(document) == [
        "event: token … data: { … 2 keys }",
        "data: { … 2 keys }",
        ": note",
        "event: end … data: [DONE]",
        "event: alone",
    ]
    assert [document.number(index) for index in range(5)] == ["1", "2", "", "3", "4"]
    assert document.toggle(0) == 0
    assert texts(document)[:3] == ["event: token", "id: 7", "data: { … 2 keys }"]
    document.toggle(2)
    assert texts(document)[2:6] == [
        "data: {",
        '  "token": { … 2 keys },',
        '  "vector": [ … 20 numbers · min 0.0 · max 2.375 · mean 1.1875 · norm 6.21239 ]',
        "}",
    ]


@pytest.mark.parametrize(("row", "fold"), [(0, 0), (1, 0), (2, 2), (3, 3), (4, 3), (-4, None)])
def test_a_row_folds_what_it_is_in(row, fold):
    document = laid_out(TOKENS.encode(), TYPE, PRETTY)
    assert document.toggle(row % document.row_count) == fold


def test_the_json_of_events_folds_by_itself():
    document = laid_out(STREAM, TYPE, PRETTY)
    row = next(at for at, text in enumerate(texts(document)) if "choices" in text)
    assert document.toggle(row + 1) == row + 1
    assert document.toggle(row) == row
    assert texts(document)[row] == '  "choices": [ … 1 item ]'
    assert document.path(row) == "event 2: choices"
    assert json.loads(document.value(row)) == CHUNK["choices"]


def test_base64_in_an_event_is_folded():
    image = "data:image/png;base64," + "iVBORw0KGgoAAAANSUhEUgAA" * 60
    data = f"data: {json.dumps({'image': image, 'n': 1})}\n\n".encode()
    document = laid_out(data, TYPE, PRETTY)
    assert texts(document)[1].endswith('…" 1,080 B PNG image,')
    assert document.row_count == 4
