"""Bodies that grow while they are laid out, against the same bodies laid out as a whole."""

import codecs

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.body.json_strategies import almost_documents, documents
from tests.body.test_documents import CONTROLS
from tui.body.decoding import as_utf8_slices
from tui.body.growing import Growing, whole_characters
from tui.body.growing_body import Decoded, GrowingBody, becomes
from tui.body.json.folding import FoldingJson
from tui.body.kinds import recognise
from tui.body.lenses import HEX, PRETTY, RAW, open_document
from tui.body.rows import decode
from tui.body.search.finding import Finding
from tui.body.search.searching import Search, SpeltAs
from tui.body.shown_body import ShownBody
from tui.body.text_document import TextDocument

json_lines = st.lists(documents, max_size=3).map("\n".join)
long_strings = st.integers(0, 400).map(lambda size: '{"a": "' + "é\\n" * size + '", "b": [1, 2]}')
pythons = documents.map(lambda text: text.replace("null", "NaN").replace("true", "-Infinity"))
jsons = st.one_of(json_lines, almost_documents, pythons, long_strings).map(
    lambda text: text.encode("utf-8", "surrogatepass")
)
texts = st.text(alphabet="ab é€𝄞\t\r\n\x1b\\", max_size=120).map(str.encode)
events = st.lists(
    st.sampled_from([b'data: {"a": [1, "x"]}\n', b"event: e\r\n", b"\n", b": note\n", b"data: "])
).map(b"".join)
anything = st.binary(max_size=200)
bodies = st.one_of(
    st.tuples(
        st.sampled_from(["application/json", "application/jsonlines"]),
        st.one_of(jsons, anything, texts),
    ),
    st.tuples(st.just("text/event-stream"), st.one_of(events, texts)),
    st.tuples(st.sampled_from(["text/plain", None]), st.one_of(texts, jsons, anything)),
)
turns = st.lists(
    st.tuples(st.integers(0, 40), st.lists(st.integers(1, 90), max_size=3)), max_size=8
)
"""How many bytes come next, and what is laid out then."""


def facts_of(document):
    """Whatever a document says of its rows."""
    rows = range(document.row_count)
    offsets = range(len(document.data) + 1)
    return {
        "words": document.words,
        "problem": str(getattr(document, "problem", "")),
        "rows": [document.row(row) for row in rows],
        "spans": [document.span(row) for row in rows],
        "numbers": [document.number(row) for row in rows],
        "starts": [document.starts_line(row) for row in rows],
        "paths": [document.path(row) for row in rows],
        "row_at": [document.row_at(offset) for offset in offsets],
        "row_of": [document.row_of(number) for number in range(len(rows) + 2)],
        "reached": document.reached,
    }


def finish(document, budget=1 << 20):
    turns = 0
    while not document.is_complete:
        document.advance(budget)
        turns += 1
        assert turns < 5_000, "it does not come to an end"
    return document


def settle(document, budget=1 << 20):
    """Lay out all that came so far."""
    turns = 0
    while not document.is_waiting:
        document.advance(budget)
        turns += 1
        assert turns < 5_000, "it does not come to rest"
    return document


def look_at(document):
    """Draw and ask as a view does between any two appends."""
    assert isinstance(document, Growing)
    assert 0 <= document.final_row_count <= document.row_count
    for row in range(document.row_count):
        assert not CONTROLS.search(document.row(row).text)
        start, end = document.span(row)
        assert 0 <= start <= end <= len(document.data)
        document.number(row)
        document.path(row)
        document.columns(row, start, end)
    if document.row_count:
        assert 0 <= document.row_at(document.reached) < document.row_count


def grow(document, data, todo, first=0):
    """Append the rest of some bytes in pieces, with slices laid out between them."""
    at = first
    for size, budgets in todo:
        document.append(data[at : at + size])
        at = min(at + size, len(data))
        for budget in budgets:
            document.advance(budget)
        look_at(document)
    document.append(data[at:])


@given(bodies, st.sampled_from([PRETTY, RAW, HEX]), st.integers(8, 60), turns, turns)
@example(("application/json", b"[1, 2"), PRETTY, 1_000, [(1, [9]), (4, [90])], [])
@example(("application/json", b"\xef\xbb\xbf[]"), PRETTY, 1_000, [(1, [9]), (1, [90])], [])
@example(("text/plain", b"\x00"), RAW, 8, [(1, [])], [])
def test_a_body_that_grew_is_laid_out_as_if_it_had_come_at_once(body, lens, row_bytes, todo, more):
    content_type, data = body
    growing = GrowingBody(content_type)
    shown, at = None, 0
    for size, budgets in [*todo, *more]:
        growing.append(data[at : at + size])
        at = min(at + size, len(data))
        if growing.look() or (shown is None and lens in growing.lenses):
            shown = growing.open(lens, row_bytes=row_bytes) if lens in growing.lenses else None
        before = growing.found
        growing.take_in()
        for budget in budgets if shown is not None else ():
            shown.advance(budget)
        if shown is not None:
            look_at(shown)
    growing.append(data[at:])
    whole = growing.finish()
    assert whole == ShownBody(data, content_type)
    found = recognise(whole)
    if shown is None or not becomes(shown, before, whole, found):
        return
    shown.finish(data if lens == HEX or found.text is None else found.text)
    expected = finish(open_document(whole, found, lens, row_bytes=row_bytes))
    assert facts_of(finish(shown, 50)) == facts_of(expected)


@given(jsons, st.integers(8, 60), turns)
@example(b'{"a": [1, 2], "b": tru}', 1_000, [(13, [90]), (3, [90]), (6, [90])])
def test_json_that_grew_is_laid_out_as_if_it_had_come_at_once(data, row_bytes, todo):
    document = FoldingJson(b"", row_bytes=row_bytes, is_growing=True)
    grow(document, data, todo)
    document.finish(data)
    expected = finish(FoldingJson(data, row_bytes=row_bytes))
    assert facts_of(finish(document, 50)) == facts_of(expected)


@given(documents, st.integers(0, 200))
def test_what_has_not_come_yet_is_no_mistake(text, size):
    data = text.encode("utf-8", "surrogatepass")[:size]
    document = FoldingJson(b"", is_growing=True)
    document.append(data)
    settle(document)
    assert "not JSON" not in document.words
    spans = [span for row in range(document.row_count) for span in document.row(row).spans]
    assert all(role != "error" for _, _, role in spans)
    shown = "".join(document.row(row).source for row in range(document.row_count))
    expected = decode(data[: whole_characters(data, 0, len(data))])
    assert "".join(shown.split()) == "".join(expected.split()).removeprefix("\ufeff")


@given(texts, turns)
def test_no_character_is_shown_before_it_has_come_as_a_whole(data, todo):
    document = GrowingBody("text/plain")
    document.append(b"x")
    document.look()
    shown = document.open(PRETTY)
    data, at = b"x" + data, 1
    for size, budgets in todo:
        document.append(data[at : at + size])
        at = min(at + size, len(data))
        document.take_in()
        for budget in budgets:
            shown.advance(budget)
        sources = "".join(shown.row(row).source for row in range(shown.row_count))
        assert not any("\udc80" <= char <= "\udcff" for char in sources)
        assert all(char in decode(data) for char in sources)


@given(
    st.one_of(texts, jsons, anything),
    st.sampled_from(["utf-8", "utf-16", "utf-16-be", "latin-1", "shift_jis"]),
    turns,
    st.integers(0, 4),
    st.booleans(),
)
@example("é€𝄞".encode() * 40_000, "utf-16-be", [(1, []), (200_000, []), (9, [])], 1, True)
def test_what_came_so_far_is_copied_whatever_comes_meanwhile(data, encoding, todo, asked, is_open):
    data = decode(data).encode(encoding, "replace")
    growing = GrowingBody(f"text/plain; charset={encoding}")
    make, expected, at = None, "", 0
    for turn, (size, _) in enumerate(todo):
        growing.append(data[at : at + size])
        at = min(at + size, len(data))
        if growing.look() and is_open and growing.lenses:
            growing.open(growing.lenses[0])
        if turn == asked:
            make = growing.making_text()
            expected = data[:at].decode(growing.found.encoding or "utf-8", "replace")
        if turn % 2:
            growing.take_in()
    growing.append(data[at:])
    growing.finish()
    assert make is None or "".join(make()) == expected


def test_a_carriage_return_is_not_shown_until_it_is_known_what_follows():
    document = GrowingBody("text/plain")
    document.append(b"one\r")
    document.look()
    shown = settle(document.open(PRETTY))
    assert [shown.row(row).text for row in range(shown.row_count)] == ["one"]
    document.append(b"\n")
    document.take_in()
    settle(shown)
    assert [shown.row(row).text for row in range(shown.row_count)] == ["one"]


@given(
    st.one_of(texts, jsons),
    st.sampled_from(["utf-16", "utf-16-le", "utf-16-be", "latin-1", "shift_jis", "utf-32"]),
    st.sampled_from(["", "utf-16", "utf-32"]),
    turns,
)
@example(b"text", "utf-16-le", "utf-16", [(2, []), (4, [90])])
def test_text_in_any_encoding_grows_to_the_same(data, encoding, said, todo):
    data = decode(data).encode(encoding, "replace")
    charset = f"text/plain; charset={said or encoding}"
    growing = GrowingBody(charset)
    growing.append(data[:1])
    growing.look()
    shown, at = None, 1
    for size, budgets in todo:
        growing.append(data[at : at + size])
        at = min(at + size, len(data))
        if growing.look() or shown is None:
            shown = growing.open(PRETTY) if PRETTY in growing.lenses else None
        if size % 2:
            assert b"".join(growing.slices()) == data[:at]
            found = recognise(ShownBody(data[:at], charset), is_whole=False)
            if found.encoding is not None:
                assert b"".join(as_utf8_slices(growing.slices(), found.encoding)) == found.text
        before = growing.found
        growing.take_in()
        for budget in budgets if shown is not None else ():
            shown.advance(budget)
    growing.append(data[at:])
    whole = growing.finish()
    found = recognise(whole)
    if shown is not None and becomes(shown, before, whole, found):
        shown.finish(found.text)
        assert facts_of(finish(shown)) == facts_of(finish(open_document(whole, found, PRETTY)))


@given(
    st.text(max_size=60),
    st.sampled_from(["utf-16", "utf-16-be", "utf-32", "cp1252", "shift_jis", "gb18030", "hz"]),
    st.lists(st.tuples(st.integers(0, 20), st.integers(0, 20))),
)
def test_text_is_decoded_by_pieces_as_it_would_be_at_once(text, encoding, todo):
    data = text.encode(encoding, "replace")
    decoded, came, read = Decoded(encoding), 0, b""
    for size, bytes_max in todo:
        came += size
        read += decoded.decode_on(bytearray(data[:came]), bytes_max)
        assert decoded.read_bytes <= min(came, len(data))
    assert data.decode(encoding, "replace").encode("utf-8", "replace").startswith(read)
    while decoded.read_bytes < len(data):
        read += decoded.decode_on(data, 3)
    whole = Decoded(encoding)
    assert read == whole.decode_on(data, len(data))


@given(jsons, st.lists(st.tuples(st.integers(0, 40), st.lists(st.integers(0, 40), max_size=3))))
@example(b'\r{"":0,"":-Infinity,"same":0\n}', [(20, [])])
def test_folds_made_while_it_grows_come_to_the_same(data, todo):
    document = FoldingJson(b"", row_bytes=40, is_growing=True)
    at = 0
    for size, folds in todo:
        document.append(data[at : at + size])
        at = min(at + size, len(data))
        document.advance(60)
        for fold in folds:
            if document.row_count:
                document.toggle(fold % document.row_count)
        look_at(document)
    document.finish(data)
    finish(document, 50)
    document.unfold_all()
    expected = FoldingJson(data, row_bytes=40)
    expected.unfold_all()
    assert facts_of(finish(document)) == facts_of(finish(expected))


@given(json_lines, turns)
def test_what_is_folded_stays_so_when_more_comes(text, todo):
    data = b'{"a": {"b": [1, 2]},\n' + b'"c": [' + text.encode("utf-8", "surrogatepass")
    document = FoldingJson(b"", is_growing=True)
    document.append(data[:30])
    settle(document)
    assert document.toggle(1) == 1
    folded = document.row(1)
    assert "1 key" in folded.text
    grow(document, data, todo, first=30)
    settle(document)
    assert document.row(1) == folded
    assert document.number(2) == "8"


@given(
    st.lists(
        st.sampled_from(
            ["aB", "ab", '"k":', " ", "  ", "ß", "SS", "\u017f", "x\n", '"', "\\", r"\u00df"]
        )
    ).map("".join),
    st.sampled_from(
        ["ab", "aB", "abab", '"k": ', '"k": ab', "ß", "ßß", "s", " ", "x\n", '"', '"ab']
    ),
    st.sampled_from(SpeltAs),
    turns,
)
def test_what_is_found_in_a_body_that_grows_is_what_is_found_in_the_whole(
    text, word, spelling, todo
):
    data = text.encode()
    whole = Search(data, word, spelling=spelling)
    while not whole.is_complete:
        whole.advance(1 << 20)
    search = Search(b"", word, spelling=spelling, is_growing=True)
    at = 0
    for size, budgets in todo:
        at += size
        search.grow(data[:at], is_whole=False)
        for budget in budgets:
            search.advance(budget)
            assert not search.is_complete
        found = list(zip(search.starts, search.ends, strict=True))
        assert found == list(zip(whole.starts, whole.ends, strict=True))[: len(found)]
    search.grow(data, is_whole=True)
    while not search.is_complete:
        search.advance(7)
    assert (search.starts, search.ends) == (whole.starts, whole.ends)


def test_a_line_is_found_as_soon_as_it_has_come():
    search = Search(b"", "error", is_growing=True)
    search.grow(b"an error\n", is_whole=False)
    search.advance(1_000)
    assert search.count == 1
    assert search.is_waiting


def test_what_is_found_only_further_up_is_gone_to_before_the_end_has_come():
    search = Search(b"word and nothing more", "word", is_growing=True)
    finding = Finding(search, TextDocument(b"word and nothing more", "text"), origin=10)
    while finding.can_advance:
        finding.advance(1_000)
    assert finding.current == 0
    assert finding.words == "1 of 1…, from the top again"


@pytest.mark.parametrize("make", [lambda: FoldingJson(b"[", is_growing=True)])
def test_what_somebody_reads_at_that_moment_does_not_keep_it_from_growing(make):
    document = make()
    document.append(b"1,")
    held = memoryview(document.data)
    document.append(b"2]")
    assert bytes(held) == b"[1,"
    document.finish(b"[1,2]")
    assert "JSON" in finish(document).words


def test_a_large_body_that_grows_by_little_is_not_copied_each_time():
    document = FoldingJson(b"", is_growing=True)
    document.append(b"[")
    grown = document.data
    for _ in range(1_000):
        document.append(b'"x",\n')
    assert document.data is grown


@given(st.text(max_size=20))
def test_the_end_of_whole_characters_is_that_of_the_text_that_can_be_decoded(text):
    data = text.encode("utf-8", "surrogatepass").decode("utf-8", "ignore").encode()
    for end in range(len(data) + 1):
        decoder = codecs.getincrementaldecoder("utf-8")("strict")
        expected = len(decoder.decode(data[:end]).encode())
        assert whole_characters(data, 0, end) == expected
