"""How much is done for HTML: what is plain is taken at a glance, and nothing is done twice."""

from itertools import pairwise

import pytest

from tests.body.laying_out import laid_out, rows_of
from tui.body.lenses import PRETTY
from tui.body.markup import html_layout
from tui.body.markup.document import MarkupDocument
from tui.body.markup.html_grammar import piece_at

HTML = "text/html"


@pytest.mark.parametrize(
    ("unit", "lines"),
    [
        (b"<ul><li>1", ["<ul>", "<li>", "1"]),
        (b"<div>1", ["<div>", "1"]),
        (b"<div>1 <b>2</b></div>4", ["<div>1 <b>2</b></div>", "4"]),
        (b"<div a=b>1<h1>2</h1>3</div>", ["<div a=b>", "1", "<h1>2</h1>", "3", "</div>"]),
    ],
)
def test_text_before_an_element_is_taken_at_a_glance(monkeypatch, unit, lines):
    taken = []

    def take(*arguments, **options):
        taken.append(arguments)
        return piece_at(*arguments, **options)

    monkeypatch.setattr(html_layout, "piece_at", take)
    document = laid_out(unit * 1_000 + b"<hr>", HTML, PRETTY)
    assert len(taken) <= 10
    shown = [row.source.strip() for row in rows_of(document)]
    assert shown == [*(lines * 1_000), "<hr>"]


@pytest.mark.parametrize("unit", [b"<table><tr><td>", b"<ul><li>1", b"<p>"])
def test_no_more_is_laid_out_at_once_of_lines_that_are_short(unit):
    document = MarkupDocument(unit * 10_000, is_html=True)
    made = [0]
    while not document.is_complete:
        document.advance(16_384)
        made.append(document.row_count)
    assert max(after - before for before, after in pairwise(made)) < 1_024
