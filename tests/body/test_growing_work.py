"""How much is done for a body that grows: as much for each piece, however much came before."""

import sys
from array import array
from functools import partial
from operator import sub

import pytest

from tests.body.test_growing import finish, settle
from tui.body.events.folding import FoldingEvents
from tui.body.growing_body import GrowingBody
from tui.body.json import blank, grammar, laid, lines_layout
from tui.body.json.flags import RowFlags
from tui.body.json.folding import FoldingJson
from tui.body.json.grammar import first_token_offset
from tui.body.json.lines_layout import JsonLinesLayout
from tui.body.json.value_numbers import ValueNumbers
from tui.body.lenses import HEX, PRETTY, RAW
from tui.body.markup.folding import FoldingMarkup

ENDLESS = [
    (b"[1, ", b"1", b",2]\n[3]\n[4]\n"),
    (b"[1.", b"1", b",2]\n[3]\n[4]\n"),
    (b"[1.0.", b"1", b",2]\n[3]\n[4]\n"),
    (b"[0", b"0", b",2]\n[3]\n[4]\n"),
    (b"[1e", b"-", b",2]\n[3]\n[4]\n"),
    (b"[1,", b" ", b"2]\n[3]\n[4]\n"),
    (b"[1", b" ", b",2]\n[3]\n[4]\n"),
    (b"[", b" ", b"2]\n[3]\n[4]\n"),
    (b"[{", b" ", b'"a":1}]\n[3]\n[4]\n'),
    (b'["a"', b" ", b",2]\n[3]\n[4]\n"),
]
"""How what does not end begins, what it goes on with, and what would be seen to end it."""


@pytest.mark.parametrize("are_lines", [False, True])
@pytest.mark.parametrize(("begin", "unit", "end"), ENDLESS)
def test_what_was_looked_at_of_one_token_is_not_looked_at_again(begin, unit, end, are_lines):
    document = FoldingJson(b"", is_growing=True, are_lines=are_lines)
    document.append(b"[0]\n" * are_lines + begin + unit * 10_000)
    rows = settle(document).final_row_count
    at = len(document.data) - 5_000
    document.data[at : at + len(end)] = end
    document.append(unit)
    assert settle(document).final_row_count == rows
    anew = FoldingJson(b"", is_growing=True)
    anew.append(bytes(document.data))
    assert settle(anew).final_row_count > rows


def test_the_end_of_a_line_that_is_no_json_is_not_looked_for_again():
    document = FoldingJson(b"", is_growing=True, are_lines=True)
    document.append(b"[0]\noops " + b"x" * 10_000)
    rows = settle(document).final_row_count
    document.data[5_000:5_001] = b"\n"
    document.append(b"x")
    assert settle(document).final_row_count == rows
    document.append(b"\n[1]\n[2]\n")
    assert settle(document).final_row_count > rows


@pytest.mark.parametrize("is_html", [False, True])
@pytest.mark.parametrize("unit", [b"b=c ", b"b='c' ", b'b=""'])
def test_a_tag_of_many_attributes_takes_as_many_turns_for_each_piece(unit, is_html):
    document = FoldingMarkup(b"", is_html=is_html, is_growing=True)
    document.append(b"<r><a ")
    settle(document)
    turns = []
    for _ in range(20):
        document.append(unit * 500)
        turns.append(0)
        while not document.is_waiting:
            document.advance(4_096)
            turns[-1] += 1
    assert max(turns[-5:]) <= max(turns[:5]) + 1


def test_all_lenses_on_a_body_that_grows_show_the_very_same_bytes():
    growing = GrowingBody("application/json")
    growing.append(b"[1, 2,")
    growing.look()
    documents = []
    for lens in growing.lenses:
        documents.append(growing.open(lens))
        growing.append(b" 3,")
        growing.take_in()
    assert all(document.data is documents[0].data for document in documents)
    assert growing.data == documents[0].data == b"[1, 2, 3, 3, 3,"


@pytest.mark.parametrize("lens", [PRETTY, RAW, HEX])
def test_no_more_is_decoded_at_once_however_much_came(lens):
    growing = GrowingBody("text/plain; charset=utf-16")
    text = "some text\n" * 400_000
    growing.append(text.encode("utf-16"))
    growing.look()
    shown = growing.open(RAW)
    sizes = [0, len(shown.data)]
    document = growing.open(lens)
    while growing.take_in():
        sizes.append(len(growing.open(RAW).data))
    assert max(map(sub, sizes[1:], sizes)) <= 1_000_000
    again = growing.open(RAW)
    assert again.data is shown.data
    assert again.data == text.encode()
    document.finish(text.encode() if lens != HEX else growing.data)
    assert finish(document).is_complete


def test_another_lens_begins_with_what_was_shown_by_the_one_before():
    growing = GrowingBody("text/plain")
    growing.append(b"one\n" * 100)
    growing.look()
    document = growing.open(PRETTY)
    growing.append(b"two\n" * 5_000_000)
    assert len(growing.open(RAW).data) == len(document.data) == 400
    while growing.take_in():
        pass
    assert growing.open(HEX).data == growing.data


def test_what_a_body_is_is_told_by_its_beginning_alone():
    growing = GrowingBody("text/plain; charset=utf-16")
    growing.append("text".encode("utf-16") * 1_000_000)
    growing.look()
    assert growing.found.encoding == "utf-16"
    assert len(growing.found.text) < 100_000


class CountingFlags(RowFlags):
    """Flags that know how many of them were counted."""

    counted = 0

    def count_values(self, start, end):
        self.counted += end - start
        return super().count_values(start, end)


def test_numbers_in_view_and_at_the_end_are_counted_on_by_turns():
    layout = JsonLinesLayout(b"")
    layout.flags = flags = CountingFlags()
    flags.extend(array("H", [0, 1]) * 50_000)
    numbers = ValueNumbers(layout)
    for turn in range(100):
        assert numbers.number(2 * turn) == str(turn + 1)
        assert numbers.count == 50_000 + turn
        flags.extend(array("H", [0, 1]))
    assert flags.counted < 1_000_000


class Sliced(bytearray):
    """Bytes that know how many of them were taken out."""

    taken = 0

    def __getitem__(self, index):
        found = super().__getitem__(index)
        if isinstance(index, slice):
            self.taken += len(found)
        return found


@pytest.mark.parametrize(
    ("make", "begin", "blank", "texts"),
    [
        (FoldingJson, b"[1,", b" ", ["[", "  1,"]),
        (FoldingEvents, b"data: x\n", b"\n", ["data: x"]),
        (FoldingMarkup, b"<a><b/>", b"\n", ["<a>", "  <b/>"]),
        (partial(FoldingMarkup, is_html=True), b"<ul><li></li>", b"\n", ["<ul>", "  <li></li>"]),
    ],
)
def test_white_space_behind_a_row_is_not_drawn_with_it(make, begin, blank, texts):
    data = Sliced(begin + blank * 1_000_000)
    document = finish(make(data, row_bytes=100))
    data.taken = 0
    rows = [document.row(row) for row in range(document.row_count)]
    assert [row.text for row in rows][: len(texts)] == texts
    assert data.taken < 20_000


BLANK = b" " * 2_000_000


class Looked(bytes):
    """Counts through how much of it words are looked for."""

    looked = 0

    def find(self, word, start=0, end=sys.maxsize):
        self.looked += (min(end, len(self)) - start) * (len(word) > 1)
        return super().find(word, start, end)


@pytest.mark.parametrize("are_lines", [False, True])
@pytest.mark.parametrize(
    "data",
    [
        b"[1," + BLANK + b"2]\n",
        b"[1" + BLANK + b",2]\n",
        b"[[1]" + BLANK + b"]\n",
        BLANK + b"[1]\n",
        b"[1]\n" + BLANK + b"[2]\n",
        b'{"a"' + BLANK + b":1}\n",
    ],
)
def test_white_space_is_looked_through_by_slices(monkeypatch, data, are_lines):
    looked = []

    def look(data, position, limit=sys.maxsize):
        end = first_token_offset(data, position, limit)
        looked[-1] += end - position
        return end

    for module in (blank, grammar, laid, lines_layout):
        monkeypatch.setattr(module, "first_token_offset", look)
    document = FoldingJson(Looked(data), are_lines=are_lines)
    while not document.is_complete:
        looked.append(0)
        document.advance(16_384)
    assert document.data.looked < 1_000
    assert sum(looked) < 4 * len(BLANK)
    assert max(looked) <= 4 * 16_384


def test_a_body_of_which_nothing_came_is_still_laid_out():
    growing = GrowingBody("text/plain; charset=utf-16-le")
    growing.append("[1,\n2".encode("utf-16-le"))
    growing.look()
    document = growing.open(PRETTY)
    while not document.is_waiting:
        document.advance(1_000)
    assert not growing.take_in()
    assert document.is_waiting
