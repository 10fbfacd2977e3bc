"""Regular expressions in bytes: against `re` by hand, and through the process that looks."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tui.body.search import pattern_search
from tui.body.search.hits import HITS_MAX
from tui.body.search.pattern_child import find_spans
from tui.body.search.pattern_search import (
    ANSWER_HEAD_BYTES,
    PatternSearch,
    body_message,
    child_command,
    unpack_answer,
)
from tui.body.search.searching import SpeltAs
from tui.processes import Child, ChildStopped

PATTERNS = ("a", "b+", "é.", r"\bab?\b", "^a|b$", "[^ab]+", r"\w+(?= )", "x*", '": a', "(?s).{2}")
texts = st.text(alphabet='ab é€😀\n:"', max_size=60)


def found_in(data, pattern, **options):
    plain = {"is_in_bytes": False, "is_spaced": False, "ignores_case": False}
    return list(find_spans(data, pattern, **{**plain, **options}))


@given(texts, st.sampled_from(PATTERNS), st.booleans())
@example("é€😀 é€😀", "€.", False)
def test_places_in_text_are_those_of_re_in_bytes(text, pattern, ignores_case):
    compiled = re.compile(pattern, re.MULTILINE | (re.IGNORECASE * ignores_case))
    naive = [
        (len(text[: found.start()].encode()), len(text[: found.end()].encode()))
        for found in compiled.finditer(text)
    ]
    assert found_in(text.encode(), pattern, ignores_case=ignores_case) == naive


@given(st.binary(max_size=80), st.sampled_from([rb"\x00", rb"[\x80-\xff]+", rb"(?s).a"]))
def test_in_a_dump_patterns_are_of_bytes(data, pattern):
    naive = [found.span() for found in re.finditer(pattern, data)]
    assert found_in(data, pattern.decode(), is_in_bytes=True) == naive


@pytest.mark.parametrize("is_in_bytes", [False, True])
@pytest.mark.parametrize("pattern", ["\ud800", "[\udfff]x", "\udc00A"])
def test_half_a_character_is_found_nowhere(pattern, is_in_bytes):
    assert found_in("x👩A".encode(), pattern, is_in_bytes=is_in_bytes) == []


@given(st.binary(max_size=80))
def test_bytes_that_are_no_text_keep_their_places(data):
    spans = found_in(data, "a")
    assert [data[start:end] for start, end in spans] == [b"a"] * data.count(b"a")
    assert spans == sorted(spans)


@pytest.mark.parametrize("pattern", [r'"a": \d', r'"a": *\d', r'"a": +\d', r'"[a]": [1]'])
@pytest.mark.parametrize("body", [b'{"a":1}', b'{"a": 1}', b'{"a":\n  1}'])
def test_a_space_behind_a_key_stands_for_any(body, pattern):
    assert len(found_in(body, pattern, is_spaced=True)) == 1


def test_a_set_is_left_as_it_is():
    assert found_in(b'": :', '[": ]+', is_spaced=True) == [(0, 4)]
    assert found_in(b'x":  y', r'": {2}', is_spaced=True) == [(1, 5)]


DATA = '{"a": "Été", "b": "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!"}'.encode()


class Looker:
    """The process, asked and heard as the view does, but in turn."""

    def __init__(self, data):
        self.child = Child(child_command(), has_errors=False)
        self.child.start()
        self.send(data, 0)

    def send(self, data, start):
        self.child.write(*body_message(data, start, len(data)))

    def look(self, text, **options):
        return self.look_on(PatternSearch(text, **options))

    def look_on(self, search):
        self.child.write(search.query)
        while not search.is_complete:
            kind, size = unpack_answer(self.child.read(ANSWER_HEAD_BYTES))
            search.take(kind, self.child.read(size))
        return search

    def close(self):
        self.child.close()


@pytest.fixture
def looker():
    looker = Looker(DATA)
    yield looker
    looker.close()


def hits(search):
    return list(zip(search.starts, search.ends, strict=True))


def test_the_process_answers_one_query_after_another(looker):
    assert hits(looker.look("é[a-z]é")) == [(7, 12)]
    assert hits(looker.look("É[a-z]é")) == [(7, 12)]
    assert hits(looker.look("É[a-z]É")) == []
    assert hits(looker.look(r"\S:")) == [(3, 5), (17, 19)]


def test_the_process_is_told_what_comes_behind_a_body(looker):
    data, accent = bytearray(DATA), "é".encode()
    for more in (b"et", accent[:1], accent[1:], b"", b" " * 600_000 + "\nété".encode()):
        start = len(data)
        data += more
        looker.send(data, start)
        for pattern in ("é?t.?", "[^ ]$"):
            found = found_in(bytes(data), pattern, ignores_case=True)
            assert hits(looker.look(pattern)) == found


def test_more_may_come_behind_bytes_of_which_not_all_was_counted(looker):
    data = bytearray(DATA) + b"x" * 2 * HITS_MAX
    looker.send(data, len(DATA))
    for _ in range(2):
        assert looker.look("x", spelling=SpeltAs.BYTES).count == HITS_MAX
        data += b"y"
        looker.send(data, len(data) - 1)
    assert looker.look("y", spelling=SpeltAs.BYTES).count == 2


def test_the_process_tells_a_pattern_that_matches_no_character(looker):
    for pattern, is_only_empty in (("^", True), ("x*", True), ("b*", False), ("y", False)):
        search = looker.look(pattern)
        assert search.is_only_empty == is_only_empty
        assert search.count == (pattern == "b*")


def test_a_capital_behind_a_backslash_asks_for_no_capital(looker):
    assert looker.look(r"(?P<x>b)\S").count == looker.look(r"(?P<x>B)\S").count + 1


@pytest.mark.parametrize(
    ("pattern", "at"), [("(a", 0), ("a)", 1), ("a**", 2), ("[b", 0), ("ab\\", 2), ("a{2,1}", 2)]
)
def test_a_broken_pattern_is_told_where_it_breaks(looker, pattern, at):
    problem = looker.look(pattern).problem
    assert problem.at == at
    assert problem.reason
    assert looker.look("a").problem is None


def test_a_pattern_too_deep_or_too_large_is_told(looker):
    assert looker.look("(" * 20_000).problem is not None
    assert looker.look("a{99999999999}").problem is not None
    assert looker.look("a{" + "9" * 5_000 + "}").problem.reason == "a number of too many digits"


def test_hits_are_counted_up_to_a_bound():
    looker = Looker(b"ab" * (HITS_MAX // 2 + 10))
    search = looker.look("[ab]")
    assert search.count == HITS_MAX
    assert search.is_capped
    assert search.look_on()
    looker.look_on(search)
    looker.close()
    assert list(search.starts) == list(range(HITS_MAX + 20))
    assert not search.is_capped


def test_a_pattern_that_would_take_for_ever_ends_by_itself(looker, monkeypatch):
    monkeypatch.setattr(pattern_search, "SECONDS_MAX", 0.2)
    with pytest.raises(ChildStopped):
        looker.look("(a+)+$")
