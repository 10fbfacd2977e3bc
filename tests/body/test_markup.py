"""Indented XML, against what Python's own parser reads in it."""

import re
from xml.etree import ElementTree

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.body.laying_out import laid_out, recognised, rows_of
from tests.body.test_documents import text_of
from tui.body.lenses import PRETTY, RAW, lenses_for
from tui.body.markup.document import MarkupDocument

XML = "application/xml"
budgets = st.integers(1, 200)
row_widths = st.integers(8, 60)
names = st.sampled_from(["a", "b", "ns:item", "x-1", "é"])
blanks = st.sampled_from(["", "", " ", "\n", "\n  ", "\r\n\t", " \n\n "])
words = st.sampled_from(
    ["text", "one two", " é ", "\n indented\n", "&amp;", "&#233;", "a > b", "☃"]
)
quoted = st.sampled_from(
    ['v="1"', "w='\"'", 'x = "a\n > b"', 'y="é"', 'z=""', "long='" + "=" * 30 + "'"]
)
asides = st.sampled_from(["<!-- a <b> -->", "<?go on?>", "<!---->", "<!--\n long\n\n-->"])
sections = st.sampled_from(["<![CDATA[ a<b> ]]>", "<![CDATA[]]>", "<![CDATA[\n\n]]>"])


@st.composite
def _elements(draw, inner):
    name = draw(names)
    chosen = draw(st.lists(quoted, max_size=2, unique_by=lambda each: each[0]))
    tag = " ".join([name, *chosen])
    parts = draw(st.lists(inner | words | asides | sections | blanks, max_size=5))
    if not parts:
        return draw(st.sampled_from([f"<{tag}/>", f"<{tag} />", f"<{tag}></{name}>"]))
    return f"<{tag}>{''.join(parts)}</{name}{draw(st.sampled_from(['', ' ']))}>"


elements = st.recursive(st.just("<ns:item/>"), _elements, max_leaves=12)
_ROOT = '<root xmlns:ns="urn:n">'
documents = st.builds(
    lambda begin, before, body, after: f"{begin}{before}{_ROOT}{body}</root>{after}",
    st.sampled_from(["", '<?xml version="1.0"?>', "<!DOCTYPE root [<!ENTITY e ']>'>]>", "\ufeff"]),
    blanks | asides,
    st.lists(elements | blanks | words, max_size=3).map("".join),
    blanks | asides,
)
almost_documents = st.tuples(
    documents, st.integers(0, 300), st.text("<>/'\"-]a \n", max_size=2)
).map(lambda parts: parts[0][: parts[1]] + parts[2] + parts[0][parts[1] + 1 :])


def said(text):
    """What a parser reads: tags, attributes, and text that is more than white space."""
    parser = ElementTree.XMLPullParser(["start", "end", "comment", "pi"])
    parser.feed(text.encode())
    parser.close()
    for event, element in parser.read_events():
        yield event, str(element.tag), dict(element.attrib)
        for part in (element.text, element.tail):
            if event in ("end", "comment", "pi") and part and part.strip():
                yield part.strip()


@given(documents, budgets)
@example(f"{_ROOT}<a>one <b>two</b>\n <b>three</b></a><a> <b/> tail <b/></a></root>", 3)
@example(f'{_ROOT}<a xml:space="preserve"> <b/> </a></root>', 1)
def test_indented_xml_says_what_came_and_nothing_else(text, budget):
    document = laid_out(text.encode(), XML, PRETTY, budget)
    assert document.words.startswith("XML · ")
    assert list(said(text_of(document))) == list(said(text))


@given(documents, budgets)
def test_only_white_space_between_tags_changes(text, budget):
    def squeezed(shown):
        return re.sub(r">\s+<", "><", shown.replace("\r\n", "\n").removeprefix("\ufeff").strip())

    document = laid_out(text.encode(), XML, PRETTY, budget)
    assert squeezed(text_of(document)) == squeezed(text)


@given(almost_documents, budgets, row_widths)
def test_what_is_no_xml_loses_nothing_but_white_space(text, budget, row_bytes):
    data = text.encode()
    document = MarkupDocument(data, row_bytes=row_bytes)
    while not document.is_complete:
        document.advance(budget)
    shown = "".join(row.source for row in rows_of(document)).replace("\ufeff", "")
    assert re.sub(r"\s", "", shown) == re.sub(r"\s", "", text.replace("\ufeff", ""))


@given(documents | almost_documents, budgets, row_widths)
def test_slices_of_any_size_lay_out_the_same_rows(text, budget, row_bytes):
    drawn = []
    for slice_bytes in (1 << 20, budget):
        document = MarkupDocument(text.encode(), row_bytes=row_bytes)
        while not document.is_complete:
            document.advance(slice_bytes)
        paths = [document.path(index) for index in range(document.row_count)]
        drawn.append((rows_of(document), paths, document.words))
    assert drawn[0] == drawn[1]


@given(documents, row_widths)
def test_rows_are_found_by_their_bytes_and_show_them(text, row_bytes):
    data = text.encode()
    document = laid_out(data, XML, PRETTY, row_bytes=row_bytes)
    end = 0
    for index in range(document.row_count):
        start, end_of_row = document.span(index)
        assert end <= start < end_of_row
        assert not data[end:start].strip(b"\xef\xbb\xbf \t\r\n")
        assert document.row_at(start) == document.row_at(end_of_row - 1) == index
        shown = data[start:end_of_row].rstrip()
        if shown:
            ((first, last),) = document.columns(index, start, start + len(shown))
            row = document.row(index)
            assert row.source[first:last].rstrip("\n") == shown.decode()
        end = end_of_row
    assert not data[end:].strip()


@given(documents, row_widths)
def test_where_rows_are_cut_is_no_part_of_what_is_copied(text, row_bytes):
    whole = text_of(laid_out(text.encode(), XML, PRETTY))
    assert text_of(laid_out(text.encode(), XML, PRETTY, row_bytes=row_bytes)) == whole


@given(documents, st.integers(24, 60))
def test_where_rows_are_cut_changes_no_colour_of_strings_and_comments(text, row_bytes):
    def colours(document):
        for row in rows_of(document):
            roles = {at: role for start, end, role in row.spans for at in range(start, end)}
            for at in range(row.hanging, len(row.text)):
                if not row.text[at].isspace():
                    role = roles.get(at)
                    yield row.text[at], role if role in ("string", "comment") else None

    whole, cut = (
        list(colours(laid_out(text.encode(), XML, PRETTY, row_bytes=each)))
        for each in (10_000, row_bytes)
    )
    assert cut == whole


def lines_of(text):
    document = laid_out(text.encode(), XML, PRETTY)
    return document, [row.text for row in rows_of(document)]


def test_an_element_is_a_line_and_text_is_left_as_it_is():
    text = (
        '<?xml version="1.0"?><list><item id="1"><name>One</name><note>a <b>bold</b> word'
        "\n  and more</note></item> <!-- two --><item/><item></item></list>"
    )
    _, lines = lines_of(text)
    assert lines == [
        '<?xml version="1.0"?>',
        "<list>",
        '  <item id="1">',
        "    <name>One</name>",
        "    <note>a <b>bold</b> word",
        "  and more</note>",
        "  </item>",
        "  <!-- two -->",
        "  <item/>",
        "  <item></item>",
        "</list>",
    ]


def test_a_path_leads_to_the_element_of_its_row():
    text = "<r><a><b>1</b><b>2\n</b></a><a><!-- x --><c/></a></r>"
    document, lines = lines_of(text)
    paths = [document.path(index) for index in range(len(lines))]
    assert paths == [
        "/r",
        "/r/a",
        "/r/a/b",
        "/r/a/b[2]",
        "/r/a/b[2]",
        "/r/a",
        "/r/a[2]",
        "/r/a[2]",
        "/r/a[2]/c",
        "/r/a[2]",
        "/r",
    ]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("<a>\n<b></a>", "line 2, column 4: </b> is expected, not </a>"),
        ("<a/>\n</a>", "line 2, column 1: </a> closes no element"),
        ("<a><b/>", "line 1, column 8: <a> is not closed, but the text ends here"),
        ("<a>\n <!-- x</a>", "line 2, column 2: this comment does not end"),
        ("<a></a>\n5 < 6", "line 2, column 1: this is text outside of an element"),
        ("<a>5 < 6</a>", "line 1, column 6: this begins no tag"),
        ('<a b="></a>', "line 1, column 1: this begins no tag"),
        (" \n ", "line 2, column 2: there is no element"),
        ("<é\x1b></b>", "line 1, column 5: </é> is expected, not </b>"),
    ],
)
def test_where_the_markup_breaks_is_told_and_the_rest_is_text(text, problem):
    document, lines = lines_of(text)
    assert document.words.startswith(f"not XML: {problem}")
    assert "".join(lines).replace(" ", "").endswith(text[-1:].strip())


@pytest.mark.parametrize(
    "content_type", ["text/xml", "application/xml; charset=utf-8", "image/svg+xml"]
)
def test_xml_is_indented_whatever_kind_it_is(content_type):
    assert lenses_for(*recognised(b"<a><b/></a>", content_type))[:2] == (PRETTY, RAW)
    assert text_of(laid_out(b"<a><b/></a>", content_type, PRETTY)) == "<a>\n  <b/>\n</a>"


@pytest.mark.parametrize(
    "text",
    [
        "<a>" * 200_000,
        "<a>" * 3_000 + "x" + "</a>" * 3_000,
        "<a>" + "<b>x</b> y " * 100_000 + "</a>",
        "<!--" + "x\n" * 300_000 + "--><a/>",
        '<a b="' + "y" * 2_000_000 + '"/>',
        "<" * 500_000,
        "<a " + "=" * 500_000,
        " " * 1_000_000,
        "<!DOCTYPE a [" + "]" * 500_000,
    ],
    ids=["open", "deep", "mixed", "comment", "attribute", "less", "equals", "spaces", "doctype"],
)
def test_hostile_shapes_come_to_an_end(text):
    document = laid_out(text.encode(), XML, PRETTY)
    assert document.row_count > 0
    for index in (0, document.row_count // 2, document.row_count - 1):
        assert len(document.row(index).text) < 10_000
        document.path(index)
