"""What is found in bytes, against a search by hand, and where it is drawn."""

import json
from array import array

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.body.json_strategies import documents
from tests.body.laying_out import laid_out
from tui.body.lenses import HEX, PRETTY, RAW
from tui.body.search import hits as hits_module
from tui.body.search.finding import Finding
from tui.body.search.pattern_child import END, HITS
from tui.body.search.pattern_search import PatternSearch
from tui.body.search.searching import Search, SpeltAs

letters = st.text(alphabet='ab AB,:"{é€', min_size=1)


def search_through(data, text, budget=1 << 20, **options):
    search = Search(data, text, **options)
    while not search.is_complete:
        search.advance(budget)
    return search


def hits(search):
    return list(zip(search.starts, search.ends, strict=True))


def naive_hits(data, needle):
    found, at = [], data.find(needle)
    while at >= 0:
        found.append((at, at + len(needle)))
        at = data.find(needle, at + len(needle))
    return found


@given(letters, letters.filter(lambda text: text != text.lower()), st.integers(1, 9))
def test_a_text_with_a_capital_is_found_where_it_stands_exactly(text, needle, budget):
    found = search_through(text.encode(), needle, budget)
    assert hits(found) == naive_hits(text.encode(), needle.encode())


@given(letters, letters.map(str.lower), st.integers(1, 9))
def test_a_text_without_capitals_is_found_in_any_case(text, needle, budget):
    found = search_through(text.encode(), needle, budget)
    assert hits(found) == naive_hits(text.lower().encode(), needle.encode())


@pytest.mark.parametrize(("text", "needle"), [("ÉTÉ", "été"), ("été", "été"), ("STRASSE", "sse")])
def test_letters_beyond_ascii_have_cases_too(text, needle):
    assert search_through(text.encode(), needle).count == 1


@pytest.mark.parametrize("needle", ["\ud800", "a\udfff", "\udc00A"])
def test_half_a_character_is_looked_for_and_found_nowhere(needle):
    assert search_through("a👩A \\ud800".encode(), needle).count == 0


def test_nothing_in_a_text_is_a_pattern():
    assert hits(search_through(b"abc a.c a+c", "a.c")) == [(4, 7)]


@pytest.mark.parametrize("body", [b'{"a":1}', b'{"a": 1}', b'{"a" :\n 1}'.replace(b'" :', b'":')])
def test_a_key_and_its_value_are_found_however_they_are_spaced(body):
    assert search_through(body, '"a": 1', spelling=SpeltAs.JSON).count == 1


@given(st.text('aé"\\/€\U0001f600 É', min_size=1), st.booleans(), st.integers(1, 9))
@example("a\\", False, 1)
def test_what_a_table_shows_of_a_string_is_found_however_it_is_escaped(text, is_ascii, budget):
    spelt = json.dumps(text, ensure_ascii=is_ascii)[1:-1].encode()
    found = search_through(spelt, text, budget, spelling=SpeltAs.JSON_CELLS)
    assert hits(found) == [(0, len(spelt))]


def test_escapes_in_json_are_found_with_digits_in_either_case():
    body = rb'["caf\u00e9", "caf\u00E9", "CAF\u00c9"]'
    assert search_through(body, "café", spelling=SpeltAs.JSON).count == 3
    assert search_through(body, "CAFÉ", spelling=SpeltAs.JSON).count == 1
    assert search_through(body, "café").count == 0


def test_quotes_that_csv_doubles_are_found_as_a_table_shows_them():
    body = b'1,"say ""hi"" now"\n'
    assert hits(search_through(body, 'y "hi"', spelling=SpeltAs.CSV_CELLS)) == [(5, 13)]


@given(st.binary(max_size=200), st.integers(0, 255))
def test_bytes_of_any_kind_are_searched(data, code):
    found = search_through(data + bytes([code]), chr(code) if 32 <= code < 127 else "~")
    assert found.is_complete


def test_hits_are_counted_up_to_a_bound(monkeypatch):
    monkeypatch.setattr(hits_module, "HITS_MAX", 10)
    found = search_through(b"a" * 100, "a")
    assert found.count == 10
    assert found.is_capped


@given(st.text(alphabet="ab", max_size=60), st.integers(1, 9))
def test_looking_on_behind_those_that_were_counted_leaves_none_out(text, budget):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(hits_module, "HITS_MAX", 3)
        found = search_through(text.encode(), "aa", budget)
        while found.look_on():
            while not found.is_complete:
                found.advance(budget)
    assert hits(found) == naive_hits(text.encode(), b"aa")


def test_there_is_an_end_to_looking_on(monkeypatch):
    monkeypatch.setattr(hits_module, "HITS_MAX", 10)
    monkeypatch.setattr(hits_module, "KEPT_MAX", 30)
    found = search_through(b"a" * 100, "a")
    while found.look_on():
        found.advance(100)
    assert found.count == 30
    assert found.is_capped


def test_stepping_on_before_more_is_known_does_not_begin_again(monkeypatch):
    monkeypatch.setattr(hits_module, "HITS_MAX", 2)
    document = laid_out(b"a\n" * 9, "text/plain", RAW)
    finding = Finding(search_through(document.data, "a"), document, origin=0)
    finding.settle()
    for _ in range(4):
        finding.step(1, min(finding.current or 1, 1))
    assert "again" not in finding.words
    finding.advance(100)
    assert finding.current == 2


def told(search, *places):
    search.take(HITS, array("Q", places).tobytes())


def test_stepping_while_hits_still_come_waits_for_the_next_one():
    document = laid_out(b"a\n" * 9, "text/plain", RAW)
    search = PatternSearch("a")
    finding = Finding(search, document, origin=0)
    finding.step(1, 0)
    told(search, 0, 1, 2, 3)
    assert finding.settle()
    for row in (0, 1, 1, 1):
        finding.step(1, row)
        assert "again" not in finding.words
    told(search, 4, 5)
    assert finding.settle()
    assert finding.current == 2
    finding.step(1, 2)
    search.take(END, b"")
    assert finding.settle()
    assert finding.words == "1 of 3, from the top again"


def test_the_next_hit_is_waited_for_while_more_is_looked_through():
    document = laid_out(b"a--------" * 2, "text/plain", RAW)
    finding = Finding(Search(document.data, "a"), document, origin=0)
    finding.advance(4)
    assert finding.current == 0
    finding.step(1, 0)
    assert "again" not in finding.words
    while not finding.is_complete:
        finding.advance(4)
    assert finding.current_hit == (9, 10)
    finding.step(1, 0)
    assert "1 of 2, from the top again" in finding.words


def test_the_next_hit_is_told_by_offset():
    found = search_through(b"ab ab ab", "ab")
    assert [found.index_from(offset) for offset in (0, 1, 6, 7)] == [0, 1, 2, None]


@given(st.text(alphabet="ab", max_size=40), st.integers(0, 40), st.integers(0, 40))
def test_hits_in_a_range_are_those_that_have_a_byte_in_it(text, start, end):
    found = search_through(text.encode(), "ab")
    expected = [
        (index, first, last)
        for index, (first, last) in enumerate(hits(found))
        if first < end and last > start
    ]
    assert list(found.hits_in(start, end)) == expected


def drawn_hits(document, search):
    """The marked characters, row by row."""
    marked = []
    for index in range(document.row_count):
        row = document.row(index)
        for _, start, end in search.hits_in(*document.span(index)):
            columns = document.columns(index, start, end)
            marked.append("".join(row.source[first:last] for first, last in columns))
    return marked


@given(documents, st.sampled_from([PRETTY, RAW]))
@example('{"e":"e€e","€e" :[ "e" ]}', PRETTY)
def test_every_hit_is_marked_where_it_is_drawn(text, lens):
    document = laid_out(text.encode(), "application/json", lens)
    search = search_through(document.data, "e")
    assert [each.lower() for each in drawn_hits(document, search)] == ["e"] * search.count


def test_a_hit_across_rows_is_marked_on_both():
    data = json.dumps("x" * 2000 + "needle" + "x" * 2000).encode()
    document = laid_out(data, "application/json", PRETTY, row_bytes=2004)
    search = search_through(data, "needle")
    assert "".join(drawn_hits(document, search)) == "needle"
    assert len(drawn_hits(document, search)) == 2


@given(st.binary(min_size=1, max_size=100), st.integers(0, 99), st.integers(1, 40))
def test_bytes_are_marked_in_both_columns_of_a_dump(data, start, length):
    document = laid_out(data, None, HEX)
    end = min(start + length, len(data))
    spelt, shown = b"", ""
    for index in range(document.row_count):
        columns = document.columns(index, start, end)
        if columns:
            text = document.row(index).text
            (first, last), (left, right) = columns
            spelt += bytes.fromhex(text[first:last].replace(" ", ""))
            shown += text[left:right]
    assert spelt == data[start:end]
    assert len(shown) == len(spelt)
