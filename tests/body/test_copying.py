"""All of a body's text as a lens shows it."""

import json
import sys
from threading import Thread

from hypothesis import example, given
from hypothesis import strategies as st

from tests.body.json_strategies import documents
from tests.body.laying_out import laid_out, rows_of
from tests.body.tables import table_of
from tests.body.test_growing import finish, settle
from tests.body.test_growing_folds import MAKERS, PARTS, at_rest, bodies
from tui.body.copying import lines_of, making_text, rows_of_line, text_of_rows, whole_text
from tui.body.json.folding import FoldingJson
from tui.body.kinds import recognise
from tui.body.lenses import HEX, PRETTY, RAW, TABLE, VECTOR, lenses_for, open_document
from tui.body.shown_body import ShownBody
from tui.body.text_document import TextDocument


def text_of(data, content_type, lens):
    body = ShownBody(data, content_type)
    return whole_text(open_document(body, recognise(body), lens))


def test_pretty_json_is_written_as_it_is_indented():
    data = json.dumps([{"id": n, "text": "x" * 3_000} for n in range(700)]).encode()
    written = text_of(data, "application/json", PRETTY)
    assert written.startswith(b'[\n  {\n    "id": 0,\n')
    assert written.endswith(b"\n]\n")
    assert json.loads(written) == json.loads(data)


@given(documents)
def test_pretty_json_keeps_every_token(text):
    written = text_of(text.encode(), "application/json", PRETTY)
    assert b"".join(written.split()) == b"".join(text.encode().split())


@given(st.text(min_size=1), st.integers(1, 3_000))
def test_raw_text_is_written_as_it_came_up_to_its_line_ends(text, count):
    body = ShownBody((text * count).encode(), "text/plain")
    if RAW in lenses_for(body, recognise(body)):
        written = text_of(body.data, "text/plain", RAW)
        assert written.rstrip(b"\n") == body.data.replace(b"\r\n", b"\n").rstrip(b"\n")


def test_a_dump_is_written_row_by_row():
    assert text_of(bytes(17), None, HEX).count(b"\n") == 2


def test_a_table_is_written_below_its_names_with_all_that_is_in_its_cells():
    columns = [f"c{at}" for at in range(30)]
    rows = [[f"{row}.{at}" + "x" * (90 * (row == at)) for at in range(30)] for row in range(1_200)]
    data = "\n".join(map(",".join, [columns, *rows])).encode()
    written = text_of(data, "text/csv; header=present", TABLE).decode()
    assert [line.split() for line in written.splitlines()] == [columns, *rows]


def test_a_cell_of_several_lines_is_written_on_one():
    written = text_of(b'a,b\n1,"x\ny"\n2,z\n', "text/csv", TABLE).decode()
    assert [line.split() for line in written.splitlines()] == [
        ["a", "b"],
        ["1", "x␊y"],
        ["2", "z"],
    ]


def test_vectors_are_written_below_what_is_told_of_them():
    data = json.dumps({"embeddings": [[0.5] * 64] * 3}).encode()
    head, *rows = text_of(data, "application/json", VECTOR).decode().splitlines()
    assert "norm" in head
    assert [row.split()[:2] for row in rows] == [["64", "4"]] * 3


def test_text_comes_before_all_is_laid_out():
    body = ShownBody(b"line\n" * 1_000_000, "text/plain")
    document = open_document(body, recognise(body), RAW)
    assert next(lines_of(document)).startswith("line\nline")
    assert not document.is_complete


@given(bodies, st.integers(0, 200))
@example(("JSON Lines", '{"a": [1, {"b": 2}]}\n{"a": [2, {"b": 3}]}\n'), 35)
def test_what_is_copied_is_what_was_shown_when_that_was_asked_for(body, came):
    kind, text = body
    data = text.encode()
    document = MAKERS[kind](data[:came], is_growing=True)
    at_rest(document)
    rows = document.row_count
    make, shown = making_text(document, 0, rows), text_of_rows(document, 0, rows)
    document.append(data[came:])
    at_rest(document)
    document.fold_all()
    at_rest(document)
    assert "".join(make()) == shown


@given(st.sampled_from(sorted(PARTS)))
def test_what_is_folded_meanwhile_is_copied_as_it_was(kind):
    document = MAKERS[kind]("".join(PARTS[kind] * 3).encode())
    at_rest(document)
    last = document.row_count // 2
    make, shown = making_text(document, 0, last), text_of_rows(document, 0, last)
    document.fold_all()
    at_rest(document)
    assert "".join(make()) == shown


def test_rows_that_are_sorted_meanwhile_are_copied_as_they_were():
    table = table_of(b"2,b\n10,a\n1,c\n", "text/csv; header=absent")
    make = table.making_copy(0, 2)
    table.sort(is_descending_first=False)
    while not table.is_complete:
        table.advance(1 << 20)
    assert table.number(0) == "3"
    assert "".join(make()) == "2,b\n10,a"


def test_rows_have_the_same_colours_whoever_draws_them_meanwhile():
    code = "".join(f"def f{n}(a): return 'é{n}'\n" for n in range(1_000)).encode()
    alone = rows_of(laid_out(code, "text/x-python", PRETTY))
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        for _ in range(8):
            document = laid_out(code, "text/x-python", PRETTY)
            make = making_text(document, 0, document.row_count)
            threads = [Thread(target=make) for _ in range(4)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            assert rows_of(document) == alone
    finally:
        sys.setswitchinterval(before)


@given(st.lists(st.integers(1, 4_000), max_size=4), st.integers(0, 20_000), st.integers(0, 20_000))
def test_the_rows_of_a_line_are_found_by_and_by(sizes, at, ended_at):
    data = b"".join(b"x" * (size * 3 - 1) + b"\n" for size in sizes) + b"y" * 3_000
    document = settle(TextDocument(data, "text", row_bytes=3, is_growing=True))
    row = at % document.row_count
    first, end = list(rows_of_line(document, row, row + 1))[-1]
    starts = [each for each in range(document.row_count) if document.starts_line(each)]
    assert first == max(start for start in starts if start <= row)
    assert end == min([each for each in starts if each > row] + [document.row_count])
    shorter = finish(TextDocument(data[: 1 + ended_at % len(data)], "text", row_bytes=3))
    for first, end in rows_of_line(shorter, row, row + 1):
        assert 0 <= first < end <= shorter.row_count


def test_an_open_line_of_many_rows_is_copied_as_it_came():
    document = FoldingJson(b"", is_growing=True)
    string = rb'"\u00e9' + rb"\u00e9" * 100_000
    document.append(b"[" + string)
    first, end = list(rows_of_line(settle(document), 100, 101))[-1]
    assert (first, end) == (1, document.row_count)
    make = making_text(document, first, end)
    document.append(b' and more", 2]')
    settle(document)
    assert "".join(make()) == string.decode()
