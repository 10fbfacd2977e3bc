"""Text that comes back as the bytes it was, whatever is done to it in between."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tui.body.json.text import reindent_json
from tui.widgets.body_editor.document import ExactDocument, QuickWrappedDocument
from tui.widgets.body_editor.text import place_after, visible

texts = st.text(st.sampled_from("ab \t\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029字"), max_size=30)


@given(texts)
def test_a_document_is_the_text_it_was_made_from(text):
    assert ExactDocument(text).text == text


@given(texts, texts, st.data())
def test_an_edit_can_be_taken_back(text, inserted, data):
    document = ExactDocument(text)
    places = [
        (row, data.draw(st.integers(0, len(line)))) for row, line in enumerate(document.lines)
    ]
    start, end = sorted(data.draw(st.tuples(st.sampled_from(places), st.sampled_from(places))))
    done = document.replace_range(start, end, inserted)
    document.replace_range(start, done.end_location, done.replaced_text)
    assert document.text == text


@given(texts, texts, st.integers(1, 9), st.data())
def test_a_wrapped_document_is_as_high_as_its_parts(text, inserted, width, data):
    wrapped = QuickWrappedDocument(ExactDocument(text), width=width)
    row = data.draw(st.integers(0, wrapped.document.line_count - 1))
    done = wrapped.document.replace_range((row, 0), (row, 0), inserted)
    wrapped.wrap_range((row, 0), (row, 0), done.end_location)
    lines = range(wrapped.document.line_count)
    assert wrapped.height == sum(len(wrapped.get_offsets(line)) + 1 for line in lines)


@given(st.text(st.characters(), max_size=50))
def test_a_line_is_drawn_one_character_for_one(line):
    assert len(visible(line)) == len(line)


@given(
    st.recursive(
        st.just("[]") | st.just('"x y"') | st.just("1"),
        lambda inner: st.lists(inner, min_size=1, max_size=3).map(
            lambda items: "[" + ",".join(items) + "]"
        ),
        max_leaves=8,
    ),
    st.data(),
)
def test_a_place_is_found_again_behind_the_same_token(text, data):
    pretty = reindent_json(text)
    place = data.draw(st.integers(0, len(text)))
    before = "".join(text[:place].split())
    assert "".join(pretty[: place_after(pretty, len(before))].split()) == before
