"""All of a body's text as a lens shows it."""

import json

from hypothesis import given
from hypothesis import strategies as st

from tests.body.json_strategies import documents
from tui.body.copying import lines_of, whole_text
from tui.body.kinds import recognise
from tui.body.lenses import HEX, PRETTY, RAW, lenses_for, open_document
from tui.body.shown_body import ShownBody


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


def test_text_comes_before_all_is_laid_out():
    body = ShownBody(b"line\n" * 1_000_000, "text/plain")
    document = open_document(body, recognise(body), RAW)
    assert next(lines_of(document)).startswith("line\nline")
    assert not document.is_complete
