"""How much is done for markup of one large part: no more than what is looked at of it."""

import tracemalloc

import pytest

from tests.body.laying_out import rows_of
from tests.body.test_growing import finish
from tui.body.markup import grammar, html_grammar, layout
from tui.body.markup.document import MarkupDocument
from tui.body.markup.folding import FoldingMarkup
from tui.body.markup.open_piece import OpenPiece, Stand

NAME = b"name" * 250_000
BLANK = b" \n" * 500_000


@pytest.mark.parametrize("is_html", [False, True])
@pytest.mark.parametrize(
    "data", [b"<r><%b/></r>" % NAME, b"<r><%b>a <b>b</b></%b ></r>" % (NAME, NAME)]
)
def test_a_name_of_a_megabyte_is_not_copied(data, is_html):
    tracemalloc.start()
    try:
        document = finish(FoldingMarkup(data, is_html=is_html), 16_384)
        paths = [document.path(row) for row in range(0, document.row_count, 200)]
        _, taken = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert document.row_count > 1_000
    assert "mistake" not in document.words
    assert all(len(path) < 1_000 for path in paths)
    assert taken < 500_000


@pytest.mark.parametrize("end", [b">", b" \n>", b""])
def test_long_names_are_told_apart_by_their_beginnings(end):
    for name in (NAME, b"other" + NAME):
        data = b"</" + name + end
        for piece in (
            grammar.piece_at(data, 0),
            html_grammar.piece_at(data, 0, is_kept=False, is_foreign=False),
        ):
            assert isinstance(piece, OpenPiece)
            while not piece.look(data, 16_384):
                pass
            assert piece.end == (len(data) if end else None)
            if piece.kind is Stand.END_TAG and end:
                found = grammar.piece_of(data, piece)
                assert found.name == name[: grammar.NAME_BYTES_MAX]


@pytest.mark.parametrize("budget", [1, 7, 10_000])
@pytest.mark.parametrize(
    ("attribute", "is_kept"),
    [(b" xml:space = 'preserve'", True), (b" xml:space='default'", False), (b" b='c'", False)],
)
def test_that_white_space_is_kept_is_found_as_the_end_of_a_tag_is(attribute, is_kept, budget):
    data = b"<a" + b" b='c'" * 20 + attribute + b" b='c'" * 20 + b">"
    piece = OpenPiece(0, 1, Stand.TAG)
    while not piece.look(data, budget):
        pass
    assert piece.end == len(data)
    assert piece.keeps_space == is_kept


@pytest.mark.parametrize(
    "data",
    [b"<r>" + BLANK + b"</r>", b"<r><a/>" + BLANK + b"</r>", b"<r>" + BLANK + b"text</r>"],
)
def test_white_space_is_looked_through_once(monkeypatch, data):
    looked = []

    def skip(data, start, limit):
        end = grammar.skip_blank(data, start, limit)
        looked.append(end - start)
        return end

    def is_followed(data, start):
        skip(data, start, len(data))
        return grammar.is_followed_by_text(data, start)

    monkeypatch.setattr(layout, "skip_blank", skip)
    monkeypatch.setattr(layout, "is_followed_by_text", is_followed)
    finish(FoldingMarkup(data), 16_384)
    assert len(BLANK) <= sum(looked) < 1.5 * len(BLANK)
    assert max(looked) <= 2 * 16_384


@pytest.mark.parametrize("is_html", [False, True])
@pytest.mark.parametrize("data", [BLANK + b"<r>1</r>", b"<r>" + BLANK + b"<p>1</p></r>"])
def test_white_space_of_many_slices_is_no_row(data, is_html):
    whole = finish(MarkupDocument(data, is_html=is_html), len(data))
    rows = rows_of(finish(MarkupDocument(data, is_html=is_html), 16_384))
    assert rows == rows_of(whole)
    assert all(row.source.strip() for row in rows)
