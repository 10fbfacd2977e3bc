"""What is taken for HTML, and what only looks like it."""

import pytest

from tests.body.laying_out import laid_out, recognised
from tui.body.lenses import PRETTY, RAW, lenses_for

HTML = "text/html"


@pytest.mark.parametrize(
    ("content_type", "text"),
    [
        (HTML, "<p>one"),
        ("application/xhtml+xml", "<html/>"),
        ("application/octet-stream", "<!-- a --> <!DOCTYPE html>\n<p>"),
        ("application/json", "<html><body>502 Bad Gateway"),
        (None, "\ufeff<HTML>"),
        ("text/plain", '<?xml version="1.0"?><!DOCTYPE html PUBLIC "x"><html>'),
        ("text/plain", "<table><tr>"),
    ],
)
def test_html_is_told_by_its_type_or_by_how_it_begins(content_type, text):
    body, found = recognised(text.encode(), content_type)
    assert lenses_for(body, found)[:2] == (PRETTY, RAW)
    assert laid_out(body.data, content_type, PRETTY).words.startswith("HTML · ")


@pytest.mark.parametrize(
    ("content_type", "text", "media_type"),
    [
        (None, "<Error xmlns='a'><Code>1</Code></Error>", "text/xml"),
        (None, '<?xml version="1.0"?><Error>', "text/xml"),
        ("text/plain", "<think>\n  if x:\n    y()", "text/plain"),
        ("text/plain", "<s>[INST] hello", "text/plain"),
        (HTML, "a,b\n1,2\n", "text/plain"),
        (HTML, "  OK", "text/plain"),
        (HTML, "Error <b>x</b>", HTML),
    ],
)
def test_what_only_looks_like_html_is_what_it_is(content_type, text, media_type):
    assert recognised(text.encode(), content_type)[1].media_type == media_type
