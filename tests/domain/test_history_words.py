from hypothesis import given
from hypothesis import strategies as st

from tui.domain.history import HistoryFilter, OutcomeKind
from tui.domain.history_words import filter_of


def test_words_with_a_meaning_narrow_and_the_others_are_looked_for():
    found = filter_of("iris  status:424 outcome:timeout endpoint:a Starred x:y", is_demo=False)
    assert found == HistoryFilter(
        text="iris x:y",
        status=424,
        kinds=frozenset({OutcomeKind.TIMEOUT}),
        endpoint_name="a",
        is_starred=True,
        is_demo=False,
    )


def test_what_is_half_typed_is_a_word():
    for text in ("status:", "status:4x", "outcome:tim", "endpoint:"):
        assert filter_of(text, is_demo=None) == HistoryFilter(text=text)


@given(st.text())
def test_any_text_is_a_filter(text):
    assert filter_of(text, is_demo=True).is_demo is True
