"""Bodies of every kind that come in any pieces and are folded meanwhile, against fresh ones."""

import base64

from hypothesis import example, given
from hypothesis import strategies as st

from tests.body.test_growing import facts_of, finish, look_at, settle
from tui.body.growing_body import GrowingBody, becomes
from tui.body.kinds import recognise
from tui.body.lenses import HEX, PRETTY, RAW, open_document
from tui.body.rows import Foldable
from tui.body.shown_body import ShownBody

_PICTURE = base64.b64encode(b"\x89PNG\r\n\x1a\n" + bytes(90)).decode()
_VALUES = [
    '{"a": [1, {"b": 2}], "c": {}}',
    f'{{"image": "{_PICTURE}", "of": [[]]}}',
    f'"data:image/png;base64,{_PICTURE}"',
    r'"{\"a\": [1, 2], \"b\": \"\\u00e9\"}"',
    '"one\\ntwo\\nthree\\nfour"',
    "[[1], 2, NaN, é]",
    "[]",
    "-0.5e7",
    "oops",
]
_LINES = [f"{value}{end}" for value in _VALUES for end in ("\n", "\r\n", " ")]
PARTS = {
    "application/json": [*_VALUES, *"[]{},\n", '"k": ', "  ", "\ufeff"],
    "application/jsonlines": [*_LINES, "\n", '{"open": [1,', "\n 2]}\n"],
    "text/event-stream": [
        *(f"data: {value}\n\n" for value in _VALUES),
        "event: e\r\n",
        "id: 7\n",
        ": note\n",
        "data: [DONE]\n\n",
        "data\n",
        "\n",
        "\r",
    ],
    "application/xml": [
        "<?xml version='1.0'?>",
        "<a><b>x</b><c><d/></c></a>",
        "<a b='1' c=\"é\">x\ny</a>\n",
        "<!-- n\nm -->",
        "<![CDATA[ <a> ]]>",
        "<a>",
        "</a>",
        "&lt;",
        "text ",
    ],
    "text/html": [
        "<!doctype html>",
        "<ul><li>a<li>b</ul>",
        "<div class=x><p>x\ny</p></div>\n",
        "<pre>x\n  y</pre>",
        "<script>if (a < b) {\n}</script>",
        "<br>é &amp; ",
        "<div>",
        "</div>",
        "<!-- n\nm -->",
    ],
    "text/csv": ["a,b\n", '1,"x\ny"\r\n', ",,\n", "é;2", "\n"],
    "text/x-yaml": ["- id: 1\n", '  name: "x\ty"\n', "é ", "\r\n"],
    "text/plain": ["word ", "é€𝄞", "\t", "\r", "\n", "\x1b[31m", "\x00"],
}
bodies = st.sampled_from(sorted(PARTS)).flatmap(
    lambda kind: st.tuples(
        st.just(kind), st.lists(st.sampled_from(PARTS[kind]), max_size=12).map("".join)
    )
)
encodings = st.sampled_from(["utf-8", "utf-8", "utf-8", "utf-16", "latin-1"])
pieces = st.lists(
    st.tuples(
        st.one_of(st.integers(0, 12), st.integers(1, 300)),
        st.lists(st.integers(1, 200), max_size=3),
        st.lists(st.one_of(st.integers(0, 60), st.sampled_from("-+")), max_size=2),
    ),
    max_size=10,
)
"""How many bytes come next, what is laid out then, and which row or whether all is folded."""


def fold(document, what):
    if not isinstance(document, Foldable) or not document.row_count:
        return
    if what == "-":
        document.fold_all()
    elif what == "+":
        document.unfold_all()
    else:
        document.toggle(what % document.row_count)


def rested(document):
    """The document with all laid out, and folded as deep as all of it says."""
    for _ in range(10):
        finish(document, 50)
        if not (isinstance(document, Foldable) and document.needs_refold):
            break
        document.refold()
    while isinstance(document, Foldable) and not document.is_summed_up:
        document.sum_up(1 << 20)
    return document


def grown(body, lens, row_bytes, todo):
    """What shows a body that came by and by, if that is what shows all of it; else None."""
    shown, at = None, 0
    growing = GrowingBody(body[0])
    for size, budgets, folds in todo:
        growing.append(body[1][at : at + size])
        at = min(at + size, len(body[1]))
        if growing.look() or (shown is None and lens in growing.lenses):
            shown = growing.open(lens, row_bytes=row_bytes) if lens in growing.lenses else None
        growing.take_in()
        if shown is None:
            continue
        for budget in budgets:
            shown.advance(budget)
        for what in folds:
            fold(shown, what)
        look_at(shown)
    growing.append(body[1][at:])
    before, whole = growing.found, growing.finish()
    found = recognise(whole)
    if shown is None or not becomes(shown, before, whole, found):
        return None
    shown.finish(body[1] if lens == HEX or found.text is None else found.text)
    return rested(shown)


@given(bodies, encodings, st.sampled_from([PRETTY, PRETTY, RAW, HEX]), st.integers(8, 60), pieces)
@example(("application/jsonlines", '{"a": 1}\n' * 3), "utf-8", PRETTY, 21, [(5, [90], ["-"])])
def test_what_grew_and_was_folded_is_as_what_came_at_once(body, encoding, lens, row_bytes, todo):
    content_type, text = body
    data = text.encode(encoding, "replace")
    if encoding != "utf-8":
        content_type = f"{content_type}; charset={encoding}"
    shown = grown((content_type, data), lens, row_bytes, todo)
    if shown is None:
        return
    whole = ShownBody(data, content_type)
    fresh = open_document(whole, recognise(whole), lens, row_bytes=row_bytes)
    finish(fresh)
    if isinstance(shown, Foldable):
        assert isinstance(fresh, Foldable)
        fresh.fold_as(shown.folded())
        assert facts_of(shown) == facts_of(rested(fresh))
        shown.unfold_all()
        fresh.unfold_all()
    assert facts_of(rested(shown)) == facts_of(rested(fresh))


@given(bodies, pieces)
@example(("text/html", "<ul><li>one</ul>"), [(300, [], [])])
@example(("application/xml", "<a><b/></a>"), [(300, [], [])])
def test_all_rows_can_be_gone_to_once_all_that_came_is_laid_out(body, todo):
    content_type, text = body
    growing, data, at = GrowingBody(content_type), text.encode(), 0
    for size, _, _ in todo:
        growing.append(data[at : at + size])
        at += size
        growing.look()
        if not growing.lenses:
            continue
        shown = settle(growing.open(growing.lenses[0]))
        assert not shown.row_count or shown.reached == shown.span(shown.row_count - 1)[1]
