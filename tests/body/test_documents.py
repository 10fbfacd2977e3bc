"""Every way to lay out a body, against what the body is."""

import codecs
import json
import re
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.body.json_strategies import almost_documents, documents, tokens_of
from tests.body.laying_out import laid_out, recognised, rows_of
from tui.body.copying import text_of_rows
from tui.body.kinds import Kind, recognise
from tui.body.lenses import HEX, PRETTY, RAW, lenses_for, open_document
from tui.body.sanitise import sanitise
from tui.body.shown_body import ShownBody

CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
TYPES = (
    None,
    "application/json",
    "text/csv",
    "text/html",
    "text/plain",
    "text/x-python",
    "text/xml",
    "x/y",
)
budgets = st.integers(1, 200)


def text_of(document):
    return text_of_rows(document, 0, document.row_count)


@given(documents, budgets)
@example('{"a":1,"a":1E5,"b":[1e400,{}],"c":[]}', 1)
@example('"' + "x" * 5000 + '"', 50)
@example("[" * 600 + "]" * 600, 7)
def test_pretty_json_has_the_tokens_that_came_and_no_other(text, budget):
    document = laid_out(text.encode(), "application/json", PRETTY, budget)
    assert tokens_of(text_of(document)) == tokens_of(text)


@given(
    st.one_of(documents, almost_documents, st.text(), st.text().map('data: [1, "{}"]'.format)),
    st.sampled_from(["application/json", "application/jsonlines", "text/event-stream", "x/y"]),
    st.integers(8, 60),
)
def test_no_character_is_cut_in_two(text, content_type, row_bytes):
    data = text.encode("utf-8", "replace")
    document = laid_out(data, content_type, PRETTY, row_bytes=row_bytes)
    for row in rows_of(document):
        assert not any("\udc80" <= char <= "\udcff" for char in row.source)


@given(documents)
def test_pretty_json_is_laid_out_as_the_standard_library_indents_it(text):
    document = laid_out(text.encode(), "application/json", PRETTY)
    try:
        value = json.loads(text)
    except RecursionError:
        return
    shape = json.dumps(value, indent=2)
    if '"same"' not in text:
        assert len(text_of(document).splitlines()) >= shape.count("\n") + 1


@given(documents, budgets)
def test_slices_of_any_size_lay_out_the_same_rows(text, budget):
    whole = laid_out(text.encode(), "application/json", PRETTY)
    sliced = laid_out(text.encode(), "application/json", PRETTY, budget)
    drawn = [
        [(row.text, row.source, row.spans) for row in rows_of(each)] for each in (whole, sliced)
    ]
    assert drawn[0] == drawn[1]


@given(almost_documents, budgets)
def test_what_is_no_json_loses_nothing_but_white_space(text, budget):
    document = laid_out(text.encode("utf-8", "surrogatepass"), "application/json", PRETTY, budget)
    shown = "".join(row.source for row in rows_of(document))
    assert re.sub(r"\s", "", shown) == re.sub(r"\s", "", text)


@given(
    st.binary(max_size=3000) | st.text(max_size=500).map(str.encode),
    st.sampled_from(TYPES),
    st.integers(8, 200),
    budgets,
)
def test_no_row_of_any_body_holds_a_control_character(data, content_type, row_bytes, budget):
    for lens in lenses_for(*recognised(data, content_type)):
        for row in rows_of(laid_out(data, content_type, lens, budget, row_bytes=row_bytes)):
            assert not CONTROLS.search(row.text)


@given(st.text(max_size=500), st.sampled_from(TYPES), st.integers(8, 200))
def test_spans_lie_within_their_rows_in_order(text, content_type, row_bytes):
    data = text.encode()
    for lens in lenses_for(*recognised(data, content_type)):
        for row in rows_of(laid_out(data, content_type, lens, row_bytes=row_bytes)):
            at = 0
            for start, end, _ in row.spans:
                assert at <= start <= end <= len(row.text)
                at = end


@given(st.text(max_size=800), st.integers(8, 100), budgets)
def test_raw_text_is_copied_as_it_came(text, row_bytes, budget):
    data = text.encode()
    if RAW not in lenses_for(*recognised(data, "text/plain")):
        return
    document = laid_out(data, "text/plain", RAW, budget, row_bytes=row_bytes)
    expected = text.replace("\r\n", "\n").removesuffix("\n")
    assert text_of(document).replace("\r\n", "\n") == expected


@given(st.text(max_size=800))
def test_colours_change_no_character(text):
    data = text.encode()
    if recognise(ShownBody(data, "text/x-python")).kind is not Kind.TEXT:
        return
    coloured = laid_out(data, "text/x-python", PRETTY)
    plain = laid_out(data, "text/x-python", RAW)
    assert text_of(coloured) == text_of(plain)


@given(st.permutations(range(20)))
def test_colours_are_the_same_whatever_is_looked_at_first(order):
    data = "".join(f'é{at} = "ü" if {at} else "日本語"  # 🙂\n' for at in range(20)).encode()
    document = laid_out(data, "text/x-python", PRETTY)
    drawn = {at: document.row(at) for at in order}
    for row in drawn.values():
        coloured = [row.source[start:end] for start, end, _ in row.spans]
        assert '"ü"' in coloured or "ü" in coloured
        assert coloured[-1] == "# 🙂"


@given(st.binary(min_size=1, max_size=400))
def test_a_hex_dump_holds_every_byte(data):
    rows = rows_of(laid_out(data, None, HEX))
    dumped = b"".join(bytes.fromhex(row.text[8:56].replace(" ", "")) for row in rows)
    assert dumped == data
    assert [int(row.text[:7], 16) for row in rows] == list(range(0, len(data), 16))


@pytest.mark.parametrize(
    ("data", "content_type", "kind"),
    [
        (b"", "application/json", Kind.EMPTY),
        (b'{"a": 1}', None, Kind.JSON),
        (b'{"a": 1}', "text/html", Kind.JSON),
        (b'{"a": 1}', "application/octet-stream", Kind.JSON),
        (b'{"error": "no model"}', "text/csv", Kind.JSON),
        (b'{"error": "no model"}', "text/event-stream", Kind.JSON),
        (b'{"error": "no model"}', "image/png", Kind.JSON),
        (b"[0.1, 0.9]\n[0.3, 0.7]\n", "text/csv", Kind.JSON),
        (b"[a],[b]\n1,2\n", "text/csv", Kind.TEXT),
        (b"[1],[2]\n1,2\n", "text/csv", Kind.TEXT),
        (b'\xef\xbb\xbf{"a": 1}', "application/json", Kind.JSON),
        ('{"a": "é"}'.encode("utf-16"), "application/json", Kind.JSON),
        ('{"a": "é"}'.encode("latin-1"), "application/json; charset=latin-1", Kind.JSON),
        (b"<html><body>502", "application/json", Kind.TEXT),
        (b"5.1,3.5\n", "text/csv", Kind.TEXT),
        (b"plain", None, Kind.TEXT),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "image/png", Kind.BYTES),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "text/plain", Kind.BYTES),
        (bytes(range(256)) * 12, "application/octet-stream", Kind.BYTES),
    ],
)
def test_a_body_is_recognised_by_its_type_and_its_bytes(data, content_type, kind):
    assert recognise(ShownBody(data, content_type)).kind is kind


LATIN_XML = '<?xml version="1.0" encoding="ISO-8859-1"?><r>Zoë</r>'
JAPANESE_PAGE = '<!doctype html><html><head><meta charset="shift_jis"></head><body>日本語</body>'
RUSSIAN_PAGE = """<html><meta http-equiv='Content-Type' content='text/html; charset=koi8-r'>Мир"""


@pytest.mark.parametrize(
    ("text", "encoding", "content_type"),
    [
        (LATIN_XML, "iso8859-1", "application/xml"),
        (LATIN_XML, "iso8859-1", "text/xml"),
        (LATIN_XML, "iso8859-1", None),
        (JAPANESE_PAGE, "shift_jis", "text/html"),
        (RUSSIAN_PAGE, "koi8-r", "text/html"),
    ],
)
def test_markup_is_read_in_the_encoding_that_it_declares(text, encoding, content_type):
    found = recognise(ShownBody(text.encode(encoding), content_type))
    assert (found.text, found.encoding) == (text.encode(), encoding)


@pytest.mark.parametrize(
    ("data", "content_type"),
    [
        (LATIN_XML.encode(), "text/xml"),
        (JAPANESE_PAGE.encode(), "text/html"),
        (LATIN_XML.encode("latin-1"), "text/xml; charset=utf-8"),
        (LATIN_XML.replace("ë", "e").encode(), "text/xml"),
        (b'<?xml version="1.0" encoding="utf-16"?><r>\xeb</r>', "application/xml"),
        (b'<?xml version="1.0" encoding="nonsense"?><r>\xeb</r>', "application/xml"),
        (b'{"a": "<meta charset=koi8-r>\xeb"}', "application/json"),
    ],
    ids=[
        "xml-is-utf-8",
        "html-is-utf-8",
        "header",
        "ascii",
        "two-bytes-a-letter",
        "unknown",
        "json",
    ],
)
def test_a_declared_encoding_is_not_believed_against_the_bytes_or_the_header(data, content_type):
    found = recognise(ShownBody(data, content_type))
    assert (found.text, found.encoding) == (data, None)


class Unread(bytes):
    """Bytes that are not gone through as a whole."""

    def isascii(self):
        raise AssertionError("all of it is looked at")


@pytest.mark.parametrize("declared", [b"", b'<meta charset="utf-8">', b'<meta charset="none">'])
def test_a_page_is_known_by_its_beginning_unless_it_declares_another_encoding(declared):
    page = Unread(b"<!doctype html><html>" + declared + b"<p>text" * 1000)
    assert recognise(ShownBody(page, "text/html")).media_type == "text/html"


@pytest.mark.parametrize("charset", ["idna", "base64", "undefined", "nonsense", "\x00", "utf-7"])
def test_what_is_no_charset_changes_nothing(charset):
    found = recognise(ShownBody(b'{"a": 1}', f"application/json; charset={charset}"))
    assert found.text == b'{"a": 1}'


@pytest.mark.parametrize("charset", ["utf-16-le", "cp1252", "shift_jis", "gb18030", "koi8-r"])
def test_bytes_that_a_charset_does_not_have_are_no_crash(charset):
    recognise(ShownBody(bytes(range(256)), f"text/plain; charset={charset}"))


def test_a_few_bytes_that_are_no_utf8_are_forgiven_in_what_is_called_text():
    assert recognise(ShownBody(b'["caf\xe9"]', "application/json")).kind is Kind.JSON
    assert recognise(ShownBody(b"caf\xe9", "application/octet-stream")).kind is Kind.BYTES


@pytest.mark.parametrize(
    "data", [b"model failed\a: no such file\n", b"\x1b[31mError\x1b[0m: bad input\0"]
)
@pytest.mark.parametrize("content_type", ["text/plain", "text/html"])
def test_a_control_character_in_what_is_called_text_makes_it_no_file(data, content_type):
    assert recognise(ShownBody(data, content_type)).kind is Kind.TEXT
    assert recognise(ShownBody(bytes(range(48)), content_type)).kind is Kind.BYTES


# What says that it is in UTF-16 or UTF-32 is shown as the text that it is.
BOMS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)
in_no_encoding = st.binary(min_size=1, max_size=800).filter(lambda data: not data.startswith(BOMS))


@given(in_no_encoding, st.integers(8, 100))
def test_any_bytes_are_shown_as_they_came(data, row_bytes):
    lenses = lenses_for(*recognised(data, "application/octet-stream"))
    assert {HEX, RAW} <= set(lenses)
    document = laid_out(data, "application/octet-stream", RAW, row_bytes=row_bytes)
    shown = text_of(document).encode("utf-8", "surrogateescape").replace(b"\r\n", b"\n")
    assert shown == data.replace(b"\r\n", b"\n").removesuffix(b"\n")


@given(st.text(st.characters() | st.sampled_from(";=\r\n\0\ud800 \"'*"), max_size=60))
@example("\ud800")
@example("text/plain; charset=\ud800")
@example("text/plain; charset*=''%")
def test_a_content_type_of_any_characters_is_survived(content_type):
    found = recognise(ShownBody(b"a,b\n", content_type))
    assert found.kind in {Kind.TEXT, Kind.JSON}
    assert not CONTROLS.search(found.name)


def test_another_encoding_is_read_by_its_charset():
    data = '{"name": "Zoë"}'.encode("latin-1")
    document = laid_out(data, "application/json; charset=iso-8859-1", PRETTY)
    assert '  "name": "Zoë"' in text_of(document)


@pytest.mark.parametrize("content_type", ["text/plain", "text/csv", "text/html"])
def test_text_in_latin_1_that_says_no_charset_is_read(content_type):
    found = recognise(ShownBody("Zoë, café, Größe, “so”\n".encode("cp1252"), content_type))
    assert (found.kind, found.encoding) == (Kind.TEXT, "cp1252")
    assert found.name.endswith(", read as Windows-1252")
    assert found.text == "Zoë, café, Größe, “so”\n".encode()


@pytest.mark.parametrize(
    ("data", "content_type"),
    [
        ("naïve ".encode() + b"\xff", "text/plain"),
        (b"caf\xe9 au lait", "application/octet-stream"),
        (b"caf\xe9 au lait", "text/plain; charset=utf-8"),
        (b"caf\xe9 au lait\x00", "text/plain"),
        (b"\xe9\xe8\xff\xfe\xfa a", "text/plain"),
        (b'["caf\xe9"]', "application/json"),
    ],
)
def test_nothing_else_is_taken_for_latin_1(data, content_type):
    assert recognise(ShownBody(data, content_type)).encoding is None


def test_broken_json_says_where_and_goes_on_as_text():
    document = laid_out(b'{"a": 1,\n "b" 2}\nrest\n', "application/json", PRETTY)
    assert "not JSON" in document.words
    assert "rest" in text_of(document)


@pytest.mark.parametrize(
    "data",
    [
        b'"' + b"a" * 2_000_000 + b'"',
        b'"' + b"\\" * 2_000_001,
        b"[" * 200_000,
        b"{" + b'"k":' * 200_000,
        b"1," * 500_000,
        b" " * 2_000_000,
        b"x" * 2_000_000,
        "é".encode() * 500_000,
    ],
    ids=["string", "backslashes", "open", "keys", "commas", "spaces", "line", "wide"],
)
def test_hostile_shapes_come_to_an_end(data):
    document = laid_out(data, "application/json", PRETTY)
    assert document.row_count > 0
    assert len(document.row(document.row_count - 1).text) < 10_000


def test_deep_nesting_is_laid_out_a_few_rows_at_a_time():
    deep = b"[" * 40_000 + b"]" * 40_000
    document = open_document(*recognised(deep, "application/json"), PRETTY)
    rows = [0]
    while not document.is_complete:
        document.advance(32_768)
        rows.append(document.row_count)
    assert max(after - before for before, after in pairwise(rows)) < 10_000


def test_what_is_nested_too_deeply_to_be_told_is_laid_out_alike_in_slices_of_any_size():
    opening, closing = b'[1,{"a":' * 4_100, b',"b":[[2]]},[],3]' * 4_100
    drawn = []
    for slice_bytes in (1, 1 << 20):
        document = open_document(
            *recognised(opening + b"[[],[4]]" + closing, "application/json"), PRETTY
        )
        while not document.is_complete:
            document.advance(slice_bytes)
        # Those around the row from which on all are told to be as deep, and back again.
        rows = (*range(8_150, 8_250), *range(document.row_count - 24_650, document.row_count, 90))
        spans = [document.span(row) for row in range(document.row_count)]
        drawn.append((spans, [(document.row(row), document.number(row)) for row in rows]))
    assert drawn[0] == drawn[1]


@given(st.text(max_size=60))
def test_sanitised_text_is_as_long_as_what_it_shows(text):
    assert len(sanitise(text)) == len(text)
    assert not CONTROLS.search(sanitise(text))


@given(documents, st.integers(8, 60))
def test_where_rows_are_cut_is_no_part_of_what_is_copied(text, row_bytes):
    whole = text_of(laid_out(text.encode(), "application/json", PRETTY))
    assert (
        text_of(laid_out(text.encode(), "application/json", PRETTY, row_bytes=row_bytes)) == whole
    )
