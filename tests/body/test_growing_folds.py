"""Folding all of a body that grows, against folding all of what has come of it by then."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.body.test_events_folding import TOKENS
from tui.body.events.folding import FoldingEvents
from tui.body.json.folding import FoldingJson
from tui.body.markup.folding import FoldingMarkup

MAKERS = {
    "JSON": FoldingJson,
    "JSON Lines": lambda data, **how: FoldingJson(data, are_lines=True, **how),
    "events": FoldingEvents,
    "XML": FoldingMarkup,
    "HTML": lambda data, **how: FoldingMarkup(data, is_html=True, **how),
}
VALUES = ['{"a": [1, {"b": 2}], "c": {}}\n', "[[1], 2]", "7\n", '"\\"{\\"a\\": [1]}"\n', "oops\n"]
EVENTS = [
    'data: {"a": [1, {"b": 2}], "c": "' + "x" * 60 + '"}\n\n',
    "event: e\ndata: x\n\n",
    ": n\n",
]
PARTS = {
    "JSON": VALUES,
    "JSON Lines": VALUES,
    "events": [*EVENTS, "data: ", "\n"],
    "XML": ["<a><b>x</b><c><d/></c></a>", "<a>x\ny</a>\n", "<!-- n\nm -->", "<a>", "</a>", "<e/>"],
    "HTML": [
        "<ul><li>a<li>b</ul>",
        "<div><p>x\ny</p></div>\n",
        "<pre>x\ny</pre>",
        "<div>",
        "</div>",
    ],
}
bodies = st.sampled_from(sorted(PARTS)).flatmap(
    lambda kind: st.tuples(
        st.just(kind), st.lists(st.sampled_from(PARTS[kind]), max_size=8).map("".join)
    )
)
pieces = st.lists(st.integers(1, 60), max_size=8)
row_widths = st.sampled_from([40, 1_000])


def drawn(document):
    rows = range(document.row_count)
    return [(document.number(row), document.row(row), document.span(row)) for row in rows]


def at_rest(document):
    """Lay out and fold all that there is by now, as a view does."""
    for _ in range(10):
        turns = 0
        while not (document.is_complete or document.is_waiting):
            document.advance(1 << 20)
            turns += 1
            assert turns < 1_000, "it does not come to rest"
        if not document.needs_refold:
            return document
        document.refold()
    pytest.fail("it is folded again and again")


def grown(kind, pieces, row_bytes, keys):
    """A document of which some came, and of which all was folded or unfolded in between."""
    document = MAKERS[kind](b"", row_bytes=row_bytes, is_growing=True)
    for at, piece in enumerate(pieces):
        document.append(piece)
        at_rest(document)
        if at in keys:
            fold(document, keys[at])
            at_rest(document)
    return document


def fold(document, key):
    if key == "-":
        document.fold_all()
    else:
        document.unfold_all()


def cut(data, sizes):
    """Bytes in pieces, the last one of what is left."""
    found, at = [], 0
    for size in sizes:
        found.append(data[at : at + size])
        at += size
    return [*found, data[at:]]


LONG_DATA = f'data: {{"a": [1, {{"b": 2}}], "c": "{"x" * 60}"}}'


@given(bodies, pieces, st.integers(0, 8), st.sampled_from(["-", "+", "-+", "+-"]), row_widths)
@example(("events", TOKENS), [len(TOKENS) // 3], 0, "-", 1_000)
@example(("events", f"data: : n\n{LONG_DATA}\n\n"), [1], 0, "-", 40)
@example(("JSON Lines", "[[1]]\n[[2]]\n[[3]]\n"), [6, 6], 0, "-", 1_000)
@example(("JSON", "[[1]]\n[[2]]\n[[3]]\n"), [6, 6], 0, "-", 1_000)
@example(("JSON Lines", "[[1]]\n"), [6], 0, "-", 1_000)
@example(("HTML", "<div><p>x\ny</p></div><ul><li>a<li>b</ul>"), [26], 0, "-", 1_000)
@example(("XML", "<a><b><c/></b></a><a><b/></a>\n<a/>"), [25], 0, "-", 1_000)
def test_folding_and_then_growing_is_growing_and_then_folding(body, sizes, when, keys, row_bytes):
    kind, text = body
    came = cut(text.encode(), sizes)
    last = len(came) - 1
    first = max(0, min(when, last - len(keys)))
    early = dict(zip(range(first, last + 1), keys, strict=False))
    folded = grown(kind, came, row_bytes, early)
    then_folded = grown(kind, came, row_bytes, {last: early[max(early)]})
    assert drawn(folded) == drawn(then_folded)
    whole = MAKERS[kind](text.encode(), row_bytes=row_bytes)
    at_rest(whole)
    fold(whole, early[max(early)])
    folded.finish(text.encode())
    assert drawn(at_rest(folded)) == drawn(at_rest(whole))


@pytest.mark.parametrize(
    ("kind", "first", "rows"),
    [
        ("events", b"event: a\ndata: one\n\n", ["event: a … data: one", "event: b … data: two"]),
        ("JSON Lines", b'{"a": [1]}\n', ["{ … 1 key }", "{ … 2 keys }"]),
    ],
)
def test_the_first_of_many_is_folded_before_others_have_come(kind, first, rows):
    document = MAKERS[kind](b"", is_growing=True)
    document.append(first)
    at_rest(document).fold_all()
    document.append(b'{"b": 2, "c": 3}\n' if kind != "events" else b"event: b\ndata: two\n\n")
    assert at_rest(document).row(0).text == rows[0]
    document.append(b"[4]\n" if kind != "events" else b"data: 3\n\n")
    assert [document.row(row).text for row in range(at_rest(document).row_count)][:2] == rows


def test_what_was_folded_by_hand_stays_so_when_all_is_folded_further_out():
    document = FoldingJson(b"", is_growing=True)
    document.append(b'{"a": [1], "b": [2]}\n')
    at_rest(document).fold_all()
    assert document.toggle(1) == 1
    assert document.toggle(0) == 0
    document.append(b"[[3], [4]]\n[5]\n")
    texts = [document.row(row).text for row in range(at_rest(document).row_count)]
    assert texts[:2] == ["{ … 2 keys }", "[ … 2 items ]"]
    assert document.toggle(0) == 0
    assert [document.row(row).text for row in range(5)] == [
        "{",
        '  "a": [',
        "    1",
        "  ],",
        '  "b": [ … 1 item ]',
    ]


@pytest.mark.parametrize("kind", sorted(MAKERS))
def test_all_is_folded_alike_before_and_after_all_is_laid_out(kind):
    data = "".join(PARTS[kind][:2]).encode() * 40
    soon, late = MAKERS[kind](data), MAKERS[kind](data)
    soon.advance(20)
    soon.fold_all()
    at_rest(late).fold_all()
    assert drawn(at_rest(soon)) == drawn(at_rest(late))
