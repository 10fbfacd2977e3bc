"""Colours of rows: what is looked for, and what is marked between them."""

from hypothesis import given
from hypothesis import strategies as st

from tui.body.rows import plain_row
from tui.body.sanitise import sanitise
from tui.body.spans import LazySpans, spans_within, with_marks

SPANS = ((0, 1, "tag"), (2, 4, "string"), (4, 9, "number"))
TEXTS = st.text(st.sampled_from("ab漢\x1b\u202e\t\x7f\ud800"), max_size=40)


def test_no_more_spans_are_looked_for_than_are_wanted():
    looked_for = []

    def finding():
        for span in SPANS:
            looked_for.append(span)
            yield span

    spans = LazySpans(finding())
    assert looked_for == []
    assert next(iter(spans)) == SPANS[0]
    assert looked_for == [SPANS[0]]
    first, second, *_ = spans
    assert (first, second) == SPANS[:2]
    assert looked_for == [*SPANS]


@given(st.lists(st.sampled_from(["half", "all", "length", "last", "compare"])))
def test_spans_are_the_same_however_one_looks(looks):
    spans = LazySpans(iter(SPANS))
    for look in looks:
        match look:
            case "half":
                assert next(iter(spans)) == SPANS[0]
            case "all":
                assert tuple(spans) == SPANS
            case "length":
                assert len(spans) == len(SPANS)
            case "last":
                assert (spans[-1], spans[1:]) == (SPANS[-1], [*SPANS[1:]])
            case _:
                assert spans == SPANS
                assert spans == LazySpans(iter(SPANS))
                assert spans != SPANS[1:]


@st.composite
def coloured(draw):
    """Draw a text, and colours for some of it."""
    text = draw(TEXTS)
    edges = sorted(draw(st.sets(st.integers(0, len(text)))))
    return text, [(start, end, "key") for start, end in zip(edges[::2], edges[1::2], strict=False)]


@given(coloured())
def test_what_stands_for_something_else_has_a_colour(drawn):
    text, spans = drawn
    marked = list(with_marks(text, spans))
    assert marked == sorted(marked)
    assert [span for span in marked if span[2] == "key"] == spans
    roles = ["" for _ in text]
    for start, end, role in marked:
        assert roles[start:end] == [""] * (end - start)
        roles[start:end] = [role] * (end - start)
    shown = sanitise(text.replace("\t", "→"))
    for char, instead, role in zip(text, shown, roles, strict=True):
        assert role in (("key", "comment") if char != instead else ("key", ""))


def test_a_row_of_text_is_as_long_as_what_it_stands_for():
    row = plain_row("a\x1b[31m\u202e\t\x7f\x85b")
    assert row.text == "a␛[31m\N{REPLACEMENT CHARACTER}→␡\N{REPLACEMENT CHARACTER}b"
    assert row.spans == ((1, 2, "comment"), (6, 10, "comment"))


@given(coloured(), st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40))), st.booleans())
def test_spans_of_a_part_are_those_with_a_character_in_it(drawn, parts, is_lazy):
    _, spans = drawn
    kept = LazySpans(iter(spans)) if is_lazy else spans
    for chars in [range(*sorted(part)) for part in parts if part[0] != part[1]]:
        wanted = [span for span in spans if span[0] < chars.stop and chars.start < span[1]]
        assert list(spans_within(kept, chars)) == wanted


def test_no_span_behind_a_part_is_looked_for():
    looked_for = []

    def finding():
        for at in range(0, 100, 10):
            looked_for.append(at)
            yield at, at + 5, "tag"

    assert [*spans_within(LazySpans(finding()), range(32, 50))] == [
        (30, 35, "tag"),
        (40, 45, "tag"),
    ]
    assert looked_for == [0, 10, 20, 30, 40, 50]
