"""Pieces of markup that end far away, or have not come as a whole yet."""

import re
import sys

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.body.test_documents import text_of
from tests.body.test_growing import facts_of, finish, grow, settle, turns
from tests.body.test_html import page_of
from tests.body.test_markup import lines_of
from tui.body.markup import grammar, html_grammar
from tui.body.markup.document import MarkupDocument
from tui.body.markup.folding import FoldingMarkup
from tui.body.markup.open_piece import OpenPiece, Stand

row_widths = st.integers(8, 60)
budgets = st.integers(1, 40)
rests = st.text("ab <>/'\"=-!?][\n", max_size=40).map(str.encode)
DOCTYPE = b"<!DOCTYPE r [<!-- ]> <r/> --> <!ENTITY e ']>'>]><r>x</r>"
BOTH = {
    b'<a b="': b'"/>',
    b"<a b='": b"'/>",
    b"<a ": b"/>",
    b"<a": b"/>",
    b"</r": b">",
    b"<!--": b"-->",
}
XML = {
    **BOTH,
    b"<![CDATA[": b"]]>",
    b"<?x ": b"?>",
    b"<!DOCTYPE r [": b"]>",
    b"<!DOCTYPE r [<!--": b"-->]>",
    b"<!DOCTYPE r '": b"'>",
}
HTML = {
    **BOTH,
    b"<!x": b">",
    b"<?x": b">",
    b"</ ": b">",
    b"<a b=": b" >",
    b"<svg><![CDATA[": b"]]>",
    b"<script></script ": b">",
}
"""How pieces begin, and what ends them."""
begun = st.sampled_from([*XML, *HTML]) | rests
pieces = st.tuples(begun, rests).map(b"".join).filter(lambda data: data.startswith(b"<"))


def looked_through(data, piece, budgets):
    """The end that is found of a piece that comes little by little."""
    for size in budgets:
        upto = min(len(data), piece.start + size)
        while not piece.look(data[:upto], 3):
            pass
    while not piece.look(data, 5):
        pass
    return piece.end


@given(pieces, st.lists(st.integers(0, 60), max_size=8).map(sorted))
@example(b"<!---->", [4, 5, 6])
@example(b"<!--->", [4, 5])
def test_a_piece_has_the_same_end_however_it_comes(data, sizes):
    for begin in (
        lambda: grammar.piece_at(data, 0),
        lambda: html_grammar.piece_at(data, 0, is_kept=False, is_foreign=True),
    ):
        piece, other = begin(), begin()
        if isinstance(piece, OpenPiece) and isinstance(other, OpenPiece):
            assert other.look(data, 1 << 20)
            assert looked_through(data, piece, sizes) == other.end


@given(pieces.filter(lambda data: re.match(b"</?[a-z]", data)), st.booleans())
def test_a_tag_that_is_looked_through_ends_where_a_pattern_finds_its_end(data, is_html):
    is_end = data.startswith(b"</")
    if is_html:
        at_once = html_grammar.piece_at(data + b" " * 9, 0, is_kept=False, is_foreign=False)
        kind = Stand.TAG_NAME
    else:
        at_once, kind = grammar.piece_at(data, 0), Stand.END_TAG if is_end else Stand.TAG
    slowly = OpenPiece(0, 1 + is_end, kind)
    assert slowly.look(data, 1 << 20)
    if isinstance(at_once, OpenPiece):
        assert at_once.kind is kind
        assert slowly.end is None
    else:
        assert at_once.end == slowly.end


@pytest.mark.parametrize("is_html", [False, True])
@pytest.mark.parametrize("size", [10, 70_000])
@pytest.mark.parametrize("end", [b'"/>', b'" c>', b'" d=e/>', b'"\n/ >', b'"xml:space="preserve">'])
def test_a_long_tag_is_what_a_short_one_is(is_html, size, end):
    data = b'<r>\n<a b="' + b"x" * size + end + b" <b> </b> </a></r>"
    shown = text_of(finish(FoldingMarkup(data, is_html=is_html)))
    short = text_of(finish(FoldingMarkup(data.replace(b"x" * size, b"x"), is_html=is_html)))
    assert shown.replace("x" * size, "x") == short


@given(
    st.sampled_from([DOCTYPE, *XML, *HTML]), rests, st.booleans(), row_widths, turns, st.booleans()
)
@example(DOCTYPE, b"", False, 60, [(10, [90]), (12, [90]), (3, [90, 90])], False)
@example(b"<!--", b"-->a", True, 60, [(8, [90]), (1, [90]), (1, [90, 90])], True)
@example(b"<p>a <b>b</b>", b"<br/> c<BR class='>'>\n<br>\n d<br", True, 60, [(1, [90])] * 50, True)
@example(b"<td>text</br>", b"<brx><br>a</br>", True, 60, [(1, [90])] * 50, False)
def test_markup_that_came_in_any_pieces_is_laid_out_as_at_once(
    begin, rest, is_html, row_bytes, todo, is_inside
):
    data = b"<r>" * is_inside + begin + rest + b"<i>t</i></r>"
    document = FoldingMarkup(b"", row_bytes=row_bytes, is_html=is_html, is_growing=True)
    grow(document, data, todo)
    document.finish(data)
    expected = finish(FoldingMarkup(data, row_bytes=row_bytes, is_html=is_html))
    assert facts_of(finish(document, 50)) == facts_of(expected)


@pytest.mark.parametrize(
    ("begin", "end", "is_html"),
    [(*each, False) for each in XML.items()] + [(*each, True) for each in HTML.items()],
)
def test_what_was_looked_through_is_not_looked_at_again(begin, end, is_html):
    document = FoldingMarkup(b"", is_html=is_html, is_growing=True)
    padding = b" " if begin.endswith(b"r") else b"x"
    document.append(b"<r>" + begin + padding * 10_000)
    rows = settle(document).final_row_count
    at, behind = len(document.data) - 5_000, end + b"\n<c/>\n<c/>\n<c/>\n"
    document.data[at : at + len(behind)] = behind
    document.append(padding)
    assert settle(document).final_row_count == rows
    document.finish(bytes(document.data))
    assert finish(document).final_row_count > rows + 2


@pytest.mark.parametrize("is_html", [False, True])
@pytest.mark.parametrize("long", [b"x " * 100_000, b"<i>x</i> y " * 20_000, b"x\n" * 100_000])
def test_a_long_line_is_seen_while_it_is_laid_out(is_html, long):
    data = b"<r><p>" + b"one " * 10_000 + long + b"</p></r>"
    document = FoldingMarkup(data, is_html=is_html)
    for _ in range(3):
        document.advance(8_192)
    seen = document.row_count
    assert not document.is_complete
    assert document.has_open_rows
    assert seen > 10
    shown = [document.row(row).source for row in range(seen)]
    finish(document, 32_768)
    assert [document.row(row).source for row in range(seen)] == shown
    assert not document.has_open_rows


def test_a_less_than_sign_that_begins_nothing_is_text():
    page = "<div><p>5 < 6</p><p>a <3 b <b>c</b> <</p>x < y\n1 <\n</div>"
    assert [line.strip() for line in text_of(page_of(page)).split("\n")] == [
        "<div>",
        "<p>5 < 6</p>",
        "<p>a <3 b <b>c</b> <</p>",
        "x < y",
        "1 <",
        "</div>",
    ]


def test_a_comment_in_a_doctype_that_does_not_end_is_told():
    document, lines = lines_of("<!DOCTYPE r [<!-- ]><r/>")
    assert document.words.startswith("not XML: line 1, column 1: this begins no tag")
    assert lines == ["<!DOCTYPE r [<!-- ]><r/>"]


@pytest.mark.parametrize("line", [b"a\n", b"<b>x</b> y\n", b"&amp;\n\n"])
def test_short_lines_of_text_are_taken_together(line):
    document = MarkupDocument(b"<div>" + line * 10_000 + b"</div>", is_html=True)
    calls = []
    sys.setprofile(lambda _frame, event, _argument: event == "call" and calls.append(event))
    try:
        finish(document, 16_384)
    finally:
        sys.setprofile(None)
    assert document.row_count == 10_002
    assert len(calls) < 2_000
