"""Documents laid out to their end, for tests that look at what came of it."""

from tui.body.kinds import recognise
from tui.body.lenses import open_document
from tui.body.shown_body import ShownBody


def recognised(data, content_type):
    """A body, and what it is recognised to be."""
    body = ShownBody(data, content_type)
    return body, recognise(body)


def laid_out(data, content_type, lens, budget=1 << 20, **options):
    """A document, laid out to its end in slices."""
    document = open_document(*recognised(data, content_type), lens, **options)
    turns = 0
    while not document.is_complete:
        document.advance(budget)
        turns += 1
        assert turns <= 2 * len(data) // budget + 100, "it does not come to an end"
    return document


def rows_of(document):
    return [document.row(index) for index in range(document.row_count)]
