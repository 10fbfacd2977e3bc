"""Folding JSON: what is in sight, against brackets paired the simple way."""

import json
import math
import re
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.body.json_strategies import almost_documents, documents
from tests.body.laying_out import laid_out, rows_of
from tests.body.test_documents import CONTROLS, text_of
from tui.body.embedded import string_in_line
from tui.body.json import folds
from tui.body.json.document import JsonDocument
from tui.body.json.folding import FoldingJson
from tui.body.lenses import PRETTY

json_lines = st.lists(documents, min_size=1, max_size=3).map("\n".join)
actions = st.lists(st.one_of(st.integers(0, 40), st.sampled_from(["all", "none"])), max_size=8)
RECORDS = [{"id": n, "box": [n, n + 1], "who": {"name": "a", "tags": []}} for n in range(3)]


def folding(text, budget=1 << 20, row_bytes=1_000):
    document = FoldingJson(text.encode("utf-8", "surrogatepass"), row_bytes=row_bytes)
    finish(document, budget)
    return document


def unfolded(text, row_bytes):
    document = JsonDocument(text.encode("utf-8", "surrogatepass"), row_bytes=row_bytes)
    finish(document)
    return document


def finish(document, budget=1 << 20):
    turns = 0
    while not document.is_complete:
        document.advance(budget)
        turns += 1
        assert turns < 100_000, "it does not come to an end"


def drawn(document):
    return [(document.number(index), document.row(index)) for index in range(document.row_count)]


def act(document, action):
    if action == "all":
        document.fold_all()
    elif action == "none":
        document.unfold_all()
    elif document.row_count:
        document.toggle(action % document.row_count)


def toggle_twice(document, todo):
    """Fold what is not, or the other way round, and back again."""
    for action in todo:
        if isinstance(action, int):
            row = document.toggle(action % document.row_count)
            if row is not None:
                assert document.toggle(row) == row
                finish(document)


class Paired:
    """The same by pairing brackets of pretty lines, for texts without long strings."""

    def __init__(self, text):
        whole = laid_out(text.encode("utf-8", "surrogatepass"), "application/json", PRETTY)
        self.lines = [row.source for row in rows_of(whole)]
        self.closing, self.opening, opened = {}, {}, []
        for at, line in enumerate(self.lines):
            if line.lstrip()[0] in "]}":
                self.closing[opened[-1]] = at
                self.opening[at] = opened.pop()
            elif line[-1] in "[{":
                opened.append(at)
        tops = sum(not line.startswith(" ") and line[0] not in "]}" for line in self.lines)
        self.outermost = -1 if tops > 1 else 0
        self.folded = set()

    def act(self, action):
        if action == "none":
            self.folded = set()
        elif action == "all":
            depths = {at: len(self.lines[at]) - len(self.lines[at].lstrip()) for at in self.closing}
            self.folded = {at for at, depth in depths.items() if depth > self.outermost}
        else:
            seen = self.seen
            fold = self.fold_of(seen[action % len(seen)])
            self.folded ^= set() if fold is None else {fold}

    def fold_of(self, row):
        if row in self.closing:
            return row
        if row in self.opening:
            return self.opening[row]
        around = [at for at, end in self.closing.items() if at < row < end]
        return max(around, default=None)

    @property
    def seen(self):
        rows, at = [], 0
        while at < len(self.lines):
            rows.append(at)
            at = self.closing[at] + 1 if at in self.folded else at + 1
        return rows


@given(json_lines, actions, st.integers(1, 300))
@example('{"a":[1,{"b":[2]}],"c":{"d":3}}', [2, "all", 1, 2, "none", 5, 0, 0], 1)
@example("[[1],[2]]\n[[3]]", ["all", 0, 1, "all", 1], 1)
def test_what_is_in_sight_is_what_no_pair_of_folded_brackets_is_around(text, todo, budget):
    document, paired = folding(text, budget), Paired(text)
    for action in todo:
        act(document, action)
        paired.act(action)
        finish(document, budget)
        numbers = [int(number) - 1 for number, _ in drawn(document)]
        assert numbers == paired.seen


@given(json_lines, actions, actions)
@example(json.dumps(RECORDS), ["all", 1], [1, 1])
def test_folding_then_unfolding_is_the_identity(text, before, todo):
    document = folding(text)
    for action in before:
        act(document, action)
    finish(document)
    shown = drawn(document)
    toggle_twice(document, todo)
    assert drawn(document) == shown
    document.unfold_all()
    finish(document)
    whole = laid_out(text.encode("utf-8", "surrogatepass"), "application/json", PRETTY)
    assert [row for _, row in drawn(document)] == rows_of(whole)


@given(
    st.one_of(json_lines, almost_documents),
    st.lists(st.tuples(actions, st.integers(1, 60)), max_size=6),
    st.integers(8, 60),
)
def test_folds_made_while_rows_are_laid_out_come_to_the_same(text, turns, row_bytes):
    data = text.encode("utf-8", "surrogatepass")
    document = FoldingJson(data, row_bytes=row_bytes)
    for todo, budget in turns:
        document.advance(budget)
        for action in todo:
            act(document, action)
        rows = drawn(document)
        assert all(not CONTROLS.search(row.text) for _, row in rows)
    finish(document, 50)
    document.unfold_all()
    finish(document, 50)
    # White space is shown, or not, depending on where slices end.
    plain = JsonDocument(data, row_bytes=row_bytes)
    for _, budget in turns:
        plain.advance(budget)
    finish(plain, 50)
    assert [row for _, row in drawn(document)] == rows_of(plain)


@given(json_lines, actions, st.integers(8, 80))
def test_what_is_folded_is_copied_whole(text, todo, row_bytes):
    document = folding(text, row_bytes=row_bytes)
    whole = text_of(unfolded(text, row_bytes))
    for action in todo:
        act(document, action)
        finish(document)
        assert text_of(document) == whole


@given(json_lines, actions, st.integers(0, 10_000), st.integers(8, 80))
def test_every_byte_is_in_a_row_and_can_be_brought_into_sight(text, todo, at, row_bytes):
    document = folding(text, row_bytes=row_bytes)
    for action in todo:
        act(document, action)
        finish(document)
    spans = [document.span(index) for index in range(document.row_count)]
    assert all(before[1] == after[0] for before, after in pairwise(spans))
    offset = at % max(1, len(document.data.rstrip()))
    index = document.row_at(offset)
    assert offset < spans[0][0] or spans[index][0] <= offset < spans[index][1]
    columns = document.columns(index, offset, offset + 1)
    assert all(0 <= start < end <= len(document.row(index).text) for start, end in columns)
    while document.reveal(offset):
        finish(document)
    index = document.row_at(offset)
    number = document.number(index)
    assert not number or document.row_of(int(number)) == index
    assert document.columns(index, offset, offset + 1) == unfolded(text, row_bytes).columns(
        document.whole(index, index + 1)[1], offset, offset + 1
    )


@given(json_lines, actions, st.integers(8, 80), st.integers(8, 80), st.integers(1, 300))
@example(json.dumps(RECORDS), ["all", 1], 80, 10, 1)
@example(json.dumps({"a" * 90: [1, {"b" * 40: "c" * 70}]}), [0, 3], 20, 80, 7)
def test_what_is_folded_is_folded_however_lines_are_cut(text, todo, row_bytes, other_bytes, budget):
    document = folding(text, row_bytes=row_bytes)
    for action in todo:
        act(document, action)
        finish(document)
    other = FoldingJson(document.data, row_bytes=other_bytes)
    other.fold_as(document.folded())
    other.advance(budget)
    assert other.folded() == document.folded()
    finish(other, budget)
    assert other.folded() == document.folded()
    back = FoldingJson(document.data, row_bytes=row_bytes)
    back.fold_as(other.folded())
    finish(back)
    assert drawn(back) == drawn(document)
    lines, others = ([line for line, _ in drawn(each) if line] for each in (document, other))
    assert others == lines


@given(json_lines, actions)
def test_the_value_of_a_row_is_json_and_what_brackets_hold(text, todo):
    document = folding(text)
    for action in todo:
        act(document, action)
    for index in range(document.row_count):
        value = document.value(index)
        json.loads(value)
        assert value in document.data


def test_counts_and_sums_are_told():
    numbers = [n / 8 for n in range(-50, 1000)]
    document = folding(json.dumps({"records": RECORDS, "one": {"a": 1}, "vector": numbers}))
    document.fold_all()
    finish(document)
    texts = [row.text for row in rows_of(document)]
    assert texts[1:3] == ['  "records": [ … 3 items ],', '  "one": { … 1 key },']
    norm = math.sqrt(sum(n * n for n in numbers))
    mean = sum(numbers) / len(numbers)
    assert texts[3] == (
        f'  "vector": [ … 1,050 numbers · min -6.25 · max 124.875 · mean {mean:.6g}'
        f" · norm {norm:.6g} ]"
    )


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ([[0.5] * 384] * 3, "3×384 numbers · min 0.5"),
        ([[[1, 2]] * 8] * 2, "2×8×2 numbers · min 1"),
        ([[1] * 20, [2] * 21], "2 items · min 1"),
        (["a"] * 20, "20 items ]"),
        ([1] * 20 + ["2"], "21 items ]"),
        ([[1, None]] * 20, "20 items ]"),
        ([1.5, float("nan"), *range(39)], "41 numbers · min 0 · max 38 · mean 18.5625"),
        ([float("nan"), *range(39)], " · 1 NaN ]"),
        ([float("nan")] * 20, "20 items ]"),
        ([1, 2, 3], "3 items ]"),
        ([{"a": 1}] * 20, "20 items ]"),
    ],
)
def test_the_shape_of_nested_numbers_is_told(value, words):
    document = folding(json.dumps([value]))
    document.fold_all()
    finish(document)
    while not document.is_summed_up:
        document.sum_up(1000)
    assert words in document.row(1).text


def test_a_long_array_is_summed_up_in_slices():
    spelt = b",".join(b"%d.50" % (n % 1000) for n in range(50_000))
    document = FoldingJson(b'{"v":[' + spelt + b"]}")
    finish(document)
    assert document.toggle(1) == 1
    assert document.row(1).text.endswith("[ … 50,000 numbers ]")
    turns = 0
    while not document.is_summed_up:
        document.sum_up(4096)
        turns += 1
    assert turns > 10
    assert "min 0.50 · max 999.50 · mean 500 ·" in document.row(1).text


@pytest.mark.parametrize("text", ["[1e400, -1e400, 1e308, 1e308]", "[0, -0, 1e-400]"])
def test_numbers_beyond_a_float_are_survived(text):
    document = folding(text.replace("]", ", 1" * 20 + "]"))
    assert document.toggle(0) == 0
    assert "24 numbers" in document.row(0).text or "23 numbers" in document.row(0).text


def test_broken_json_folds_as_far_as_it_is_json():
    document = folding('{"a": [1, 2], "b": [3, oops]}\nrest')
    assert document.toggle(1) == 1
    finish(document)
    texts = [row.text for row in rows_of(document)]
    assert texts[1] == '  "a": [ … 2 items ],'
    assert texts[-1] == "rest"
    assert document.toggle(document.row_count - 1) is None


def test_brackets_that_never_close_fold_to_no_count():
    document = folding('{"a": [[1, 2], [3, 4], oops')
    assert document.toggle(1) == 1
    finish(document)
    assert [row.text for row in rows_of(document)][1:] == ['  "a": [ …', "oops"]


def test_deep_nesting_folds():
    document = folding("[" * 9_000 + "]" * 9_000)
    document.fold_all()
    finish(document)
    assert document.row_count == 3
    assert re.fullmatch(r"  \[ … 1 item \]", document.row(1).text)


def test_strings_within_brackets_that_are_folded_are_not_looked_at(monkeypatch):
    looked_at = []
    monkeypatch.setattr("tui.body.json.folds.is_embedded", lambda *which: looked_at.append(which))
    document = folding("[" + ",".join([f'{{"a": "{"lorem " * 99}"}}'] * 500) + "]", row_bytes=100)
    document.toggle(0)
    document.toggle(0)
    looked_at.clear()
    document.fold_all()
    finish(document)
    assert document.row_count == 502
    assert not looked_at


def test_a_number_as_long_as_a_body_is_not_drawn_where_it_is_folded():
    data = b"[" + b"9" * 50_000 + b", 1" * 20 + b"]"
    document = laid_out(data, "application/json", PRETTY)
    document.toggle(1)
    assert len(document.row(1).text) < 1_200
    document = laid_out(b'{"a": ' + data + b"}", "application/json", PRETTY)
    document.fold_all()
    while not document.is_complete:
        document.advance(1 << 20)
    assert "21 items" in document.row(1).text
    while not document.is_summed_up:
        document.sum_up(1 << 20)
    assert "min 1 · max 9999" in document.row(1).text
    assert len(document.row(1).text) < 200


@pytest.mark.parametrize(
    "unit",
    ['"' + "x" * 150 + '",', '"' + "x" * 150 + '",[1],', '"' + "aB1-" * 90 + '",[1],'],
    ids=["texts", "texts among lists", "files among lists"],
)
def test_lines_of_several_rows_are_looked_at_once_and_few_at_a_time(monkeypatch, unit):
    looked = [0]

    def look(data, start, end):
        looked[-1] += 1
        return string_in_line(data, start, end)

    document = folding("[" + unit * 2_000 + "1]", row_bytes=100)
    monkeypatch.setattr(folds, "string_in_line", look)
    document.fold_all()
    while not document.is_complete:
        looked.append(0)
        document.advance(1 << 14)
    assert 2_000 <= sum(looked) <= 2_000 + len(looked)
    assert max(looked) <= 400
