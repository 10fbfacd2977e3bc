"""Server-sent events in colour: the fields, and the JSON in their data."""

from hypothesis import example, given
from hypothesis import strategies as st

from tests.body.laying_out import laid_out, recognised, rows_of
from tests.body.test_documents import text_of
from tui.body.lenses import PRETTY, RAW, lenses_for

STREAM = """\
event: token
id: 7
data: {"token": {"text": "a \\"b\\"", "logprob": -5e-1}, "last": false}

: ping
data: [DONE]
"""
pieces = st.sampled_from(["data:", "event: ", "\n", '"', "\\", "{", "-", "1.5e", "true", ": ", "é"])


def coloured(text):
    """What has a role, by row."""
    document = laid_out(text.encode(), "text/event-stream", PRETTY)
    return [
        [(row.text[start:end], role) for start, end, role in row.spans] for row in rows_of(document)
    ]


def test_fields_and_the_json_in_them_are_coloured():
    assert lenses_for(*recognised(STREAM.encode(), "text/event-stream"))[0] == PRETTY
    rows = coloured(STREAM)
    assert rows[0] == [("event", "tag"), (":", "punctuation"), (" token", "string")]
    assert ('"token"', "attribute") in rows[2]
    assert ('"a \\"b\\""', "string") in rows[2]
    assert ("-5e-1", "number") in rows[2]
    assert ("false", "keyword") in rows[2]
    assert rows[4] == [(": ping", "comment")]
    assert rows[5][-1] == ("[DONE]", "keyword")


@given(st.lists(pieces | st.text(max_size=5), max_size=40).map("".join), st.integers(1, 200))
@example('data: "' + "\\" * 2_000, 50)
@example("data: " + '"' * 2_000, 50)
def test_colours_change_no_character_of_any_stream(text, budget):
    data = text.encode()
    if PRETTY in lenses_for(*recognised(data, "text/event-stream")):
        pretty = laid_out(data, "text/event-stream", PRETTY, budget)
        assert text_of(pretty) == text_of(laid_out(data, "text/event-stream", RAW))
