"""Folding XML and HTML, and laying them out while they come."""

from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.body.test_documents import CONTROLS, text_of
from tests.body.test_folding import act, actions, drawn, finish, toggle_twice
from tests.body.test_growing import facts_of, grow, look_at, settle, turns
from tests.body.test_html import pages, wild_pages
from tests.body.test_markup import almost_documents, documents
from tui.body.growing_body import GrowingBody
from tui.body.kinds import Kind, recognise
from tui.body.lenses import PRETTY, open_document
from tui.body.markup.document import MarkupDocument
from tui.body.markup.folding import FoldingMarkup

whole_bodies = st.one_of(
    st.tuples(st.just(True), wild_pages.filter(len)), st.tuples(st.just(False), documents)
)
any_bodies = whole_bodies | st.tuples(st.just(False), almost_documents)
row_widths = st.integers(8, 80)
LIST = "<html><body><ul><li>a<li>b<ul><li>c</ul></ul><pre>\n one\n two</pre><p>x</p></body></html>"


def folding(text, *, is_html, budget=1 << 20, row_bytes=1_000):
    document = FoldingMarkup(text.encode(), row_bytes=row_bytes, is_html=is_html)
    finish(document, budget)
    return document


def unfolded(text, *, is_html, row_bytes=1_000):
    document = MarkupDocument(text.encode(), row_bytes=row_bytes, is_html=is_html)
    finish(document)
    return document


def do(document, todo):
    for action in todo:
        act(document, action)
        finish(document)


def lines_of(document):
    return [row.text for _, row in drawn(document)]


@given(whole_bodies, actions, actions)
@example((True, LIST), ["all", 2], [1, 1])
def test_folding_then_unfolding_is_the_identity(body, before, todo):
    is_html, text = body
    document = folding(text, is_html=is_html)
    do(document, before)
    shown = drawn(document)
    toggle_twice(document, todo)
    assert drawn(document) == shown
    document.unfold_all()
    finish(document)
    assert drawn(document) == drawn(unfolded(text, is_html=is_html))


@given(any_bodies, st.lists(st.tuples(actions, st.integers(1, 60)), max_size=6), row_widths)
def test_folds_made_while_rows_are_laid_out_come_to_the_same(body, todo, row_bytes):
    is_html, text = body
    document = FoldingMarkup(text.encode(), row_bytes=row_bytes, is_html=is_html)
    for folds, budget in todo:
        document.advance(budget)
        for action in folds:
            act(document, action)
        assert all(not CONTROLS.search(row.text) for _, row in drawn(document))
    finish(document, 50)
    document.unfold_all()
    finish(document, 50)
    assert drawn(document) == drawn(unfolded(text, is_html=is_html, row_bytes=row_bytes))


@given(whole_bodies, actions, row_widths)
def test_what_is_folded_is_copied_whole(body, todo, row_bytes):
    is_html, text = body
    document = folding(text, is_html=is_html, row_bytes=row_bytes)
    whole = text_of(unfolded(text, is_html=is_html, row_bytes=row_bytes))
    for action in todo:
        do(document, [action])
        assert text_of(document) == whole


@given(whole_bodies, actions, st.integers(0, 10_000), row_widths)
def test_every_byte_is_in_a_row_and_can_be_brought_into_sight(body, todo, at, row_bytes):
    is_html, text = body
    document = folding(text, is_html=is_html, row_bytes=row_bytes)
    do(document, todo)
    spans = [document.span(index) for index in range(document.row_count)]
    assert all(before[1] == after[0] for before, after in pairwise(spans))
    offset = at % max(1, len(document.data.rstrip()))
    index = document.row_at(offset)
    assert offset < spans[0][0] or spans[index][0] <= offset < spans[index][1]
    while document.reveal(offset):
        finish(document)
    index = document.row_at(offset)
    number = document.number(index)
    assert not number or document.row_of(int(number)) == index
    plain = unfolded(text, is_html=is_html, row_bytes=row_bytes)
    row = document.whole(index, index + 1)[1]
    assert document.columns(index, offset, offset + 1) == plain.columns(row, offset, offset + 1)


@given(whole_bodies, actions, row_widths, row_widths, st.integers(1, 300))
@example((True, LIST), ["all", 1], 80, 10, 1)
def test_what_is_folded_is_folded_however_lines_are_cut(body, todo, width, other_width, budget):
    is_html, text = body
    document = folding(text, is_html=is_html, row_bytes=width)
    do(document, todo)
    other = FoldingMarkup(document.data, row_bytes=other_width, is_html=is_html)
    other.fold_as(document.folded())
    other.advance(budget)
    assert other.folded() == document.folded()
    finish(other, budget)
    back = FoldingMarkup(document.data, row_bytes=width, is_html=is_html)
    back.fold_as(other.folded())
    finish(back)
    assert drawn(back) == drawn(document)
    lines, others = ([line for line, _ in drawn(each) if line] for each in (document, other))
    assert others == lines


@given(documents, actions)
def test_the_value_of_the_row_of_an_element_is_the_element(text, todo):
    document = folding(text, is_html=False)
    do(document, todo)
    for index in range(document.row_count):
        value = document.value(index)
        assert value in document.data
        if value.startswith(b"<root") and document.begins_fold(index):
            assert value.endswith((b"</root>", b"</root >"))


def test_a_folded_element_shows_its_tags_and_how_many_are_in_it():
    document = folding(LIST, is_html=True)
    document.fold_all()
    assert lines_of(document) == ["<html>", "  <body> … 3 items </body>", "</html>"]
    document.unfold_all()
    do(document, [2, 3])
    assert lines_of(document) == [
        "<html>",
        "  <body>",
        "    <ul> … 2 items </ul>",
        "    <pre> … 2 lines · 15 B </pre>",
        "    <p>x</p>",
        "  </body>",
        "</html>",
    ]


@pytest.mark.parametrize(
    ("text", "row", "line"),
    [
        ("<ul><li>a<li>b\nc</ul>", 2, "  <li> … 2 items"),
        ("<div><script>\n a\n b\n</script></div>", 1, "  <script> … 3 lines · 15 B </script>"),
        ("<div><!-- a\n b -->x</div>", 1, "  <!-- a … 1 line · 6 B -->"),
        ("<div><pre>\na</pre>\n\n\n</div>", 1, "  <pre> … 1 line · 10 B </pre>"),
        ("<div\n a=b>\n<p>x</p></div>", 0, "<div"),
        ("<div><p>x</p><p>y</p></div>", 3, "<div> … 2 items </div>"),
        ("<div><p>x</p><p>y</p></div>", 2, "<div> … 2 items </div>"),
    ],
)
def test_what_a_row_is_in_is_folded_to_a_line(text, row, line):
    document = folding(text, is_html=True)
    shown = document.toggle(row)
    finish(document)
    assert line in lines_of(document)
    assert document.is_folded(shown)


def test_an_element_opens_as_a_body_of_its_own():
    document = folding("<a><b><c>1</c></b><d>2</d></a>", is_html=False)
    body = document.nested(1)
    assert (body.data, body.content_type) == (b"<b><c>1</c></b>", "application/xml")
    assert document.nested(2) is None
    assert document.value(4) == b"<d>2</d>"


@pytest.mark.parametrize("blank", ["", "\n", " \n" * 5_000])
def test_the_value_of_an_element_ends_with_it(blank):
    document = folding(f"<a><b>1</b>{blank}<c>2</c></a>", is_html=False)
    assert [document.value(row) for row in (1, 2)] == [b"<b>1</b>", b"<c>2</c>"]


def test_broken_xml_folds_as_far_as_it_is_xml():
    document = folding("<a><b><c/></b></x>\nrest", is_html=False)
    assert document.toggle(1) == 1
    finish(document)
    assert lines_of(document) == ["<a>", "  <b> … 1 item </b>", "</x>", "rest"]
    assert document.toggle(3) is None


# While it comes


@given(
    st.tuples(st.just(True), wild_pages | pages) | any_bodies, row_widths, turns, st.integers(1, 80)
)
@example((True, "<p>one\n<b two='3'>four</b></p>"), 60, [(5, [9]), (9, [9])] * 3, 7)
@example((False, "<a><b>x</b><![CDATA[ y ]]></a>"), 60, [(4, [9]), (2, [9])] * 6, 7)
def test_markup_that_grew_is_laid_out_as_if_it_had_come_at_once(body, row_bytes, todo, budget):
    is_html, text = body
    data = text.encode()
    document = FoldingMarkup(b"", row_bytes=row_bytes, is_html=is_html, is_growing=True)
    grow(document, data, todo)
    settle(document, budget)
    document.finish(data)
    expected = folding(text, is_html=is_html, row_bytes=row_bytes)
    finish(document, budget)
    assert facts_of(document) == facts_of(expected)


@given(any_bodies, st.lists(st.tuples(st.integers(0, 40), actions), max_size=6))
def test_folds_made_while_it_grows_come_to_the_same(body, todo):
    is_html, text = body
    data, at = text.encode(), 0
    document = FoldingMarkup(b"", row_bytes=40, is_html=is_html, is_growing=True)
    for size, folds in todo:
        document.append(data[at : at + size])
        at = min(at + size, len(data))
        document.advance(60)
        for action in folds:
            act(document, action)
        look_at(document)
    document.finish(data)
    finish(document, 50)
    document.unfold_all()
    finish(document, 50)
    expected = folding(text, is_html=is_html, row_bytes=40)
    expected.unfold_all()
    finish(expected)
    assert facts_of(document) == facts_of(expected)


@given(any_bodies, st.integers(0, 300))
def test_all_that_has_come_is_shown_and_no_mistake_for_its_end(body, size):
    is_html, text = body
    data = text.encode()[:size]
    document = FoldingMarkup(b"", is_html=is_html, is_growing=True)
    document.append(data)
    settle(document)
    shown = "".join(document.row(row).source for row in range(document.row_count))
    expected = data.decode("utf-8", "ignore")
    assert "".join(shown.split()) == "".join(expected.split()).removeprefix("\ufeff")
    assert "does not end" not in document.words
    assert "not closed" not in document.words


@pytest.mark.parametrize(
    ("content_type", "text"),
    [("text/html", LIST), ("application/xml", "<a><b>1</b><c/><d><e/><f/></d></a>")],
)
def test_a_body_that_comes_is_pretty_at_once_and_stays_the_same_document(content_type, text):
    data = text.encode()
    growing = GrowingBody(content_type)
    growing.append(data[:40])
    growing.look()
    assert growing.found.kind is Kind.TEXT
    document = growing.open(PRETTY)
    settle(document)
    assert document.row(1).text.startswith("  <b")
    growing.append(data[40:])
    growing.take_in()
    whole = growing.finish()
    document.finish(data)
    finish(document)
    expected = open_document(whole, recognise(whole), PRETTY)
    finish(expected)
    assert facts_of(document) == facts_of(expected)
