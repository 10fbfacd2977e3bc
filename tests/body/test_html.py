"""Indented HTML, against what Python's own parser reads in it."""

import re
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.body.laying_out import laid_out, rows_of
from tests.body.test_documents import CONTROLS, text_of
from tui.body.lenses import PRETTY
from tui.body.markup.document import MarkupDocument

HTML = "text/html"
budgets = st.integers(1, 200)
row_widths = st.integers(8, 60)
blanks = st.sampled_from(["", "", " ", "\n", "\n  ", "\r\n\t", " \n\n "])
words = st.sampled_from(["text", "one two", " é ", "\n indented\n", "&amp;", "a > b", "☃", "5 < 6"])
NAMES = (
    "div p ul li table tr td span b a br hr pre h1 DIV Li select option dl dt dd head body x-y svg"
    " g tbody nav img foreignObject"
)
names = st.sampled_from(NAMES.split())
attributes = st.sampled_from(
    [
        "",
        ' v="1"',
        " w='\"'",
        ' x = "a\n > b"',
        " y=é",
        " hidden",
        " z=a/b",
        ' long="' + "=" * 30 + '"',
    ]
)
tags = st.builds(lambda name, rest: f"<{name}{rest}>", names, attributes)
ends = names.map(lambda name: f"</{name}>")
raw_names = st.sampled_from(["script", "style", "textarea", "title", "SCRIPT", "xmp", "iframe"])
raws = st.builds(
    lambda name, text: f"<{name}>{text}</{name}>",
    raw_names,
    st.sampled_from(["", "a", "\n if (a < b && '<p>') {\n\t}\n", " é\n", "<b>", "</x>", "\n\n x "]),
)
asides = st.sampled_from(["<!-- a <b> -->", "<!---->", "<!--\n long\n\n-->", "<!doctype html>"])
ODD = (
    "< </ <! <?x </> <a~b=' <p~c=\" <!-- <![CDATA[~x~]]> <script> <pre> </3> <!---> <!--~--!>"
    " <plaintext> <svg><g/></svg> </script \f \x1b ' <!--[if~IE]> <svg/> <p/> = /> \""
    " <script><!--~<script>~</script>"
)
odd = st.sampled_from([each.replace("~", " ") for each in ODD.split(" ")])
parts = tags | ends | raws | asides | blanks | words
pages = st.lists(parts, max_size=25).map("".join)
wild_pages = st.lists(parts | odd, max_size=25).map("".join)


NGINX = (
    "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n"
    "<center><h1>502 Bad Gateway</h1></center>\r\n<hr><center>nginx/1.25.3</center>\r\n"
    "</body>\r\n</html>\r\n"
)


def squeezed(text):
    return re.sub(r"\s", "", text)


class Read(HTMLParser):
    """What a parser reads: tags, attributes, and text without its white space."""

    def __init__(self, text):
        super().__init__(convert_charrefs=False)
        self.tokens = []
        self.feed(text)
        self.close()

    def text(self, text):
        if squeezed(text):
            before = self.tokens.pop()[1] if self.tokens and self.tokens[-1][0] == "text" else ""
            self.tokens.append(("text", before + squeezed(text)))

    def handle_starttag(self, tag, attrs):
        self.tokens.append(("start", tag, attrs))

    def handle_endtag(self, tag):
        self.tokens.append(("end", tag))

    def handle_data(self, data):
        self.text(data)

    def handle_entityref(self, name):
        self.text(f"&{name};")

    def handle_comment(self, data):
        self.tokens.append(("comment", data))

    def handle_decl(self, decl):
        self.tokens.append(("declaration", decl))


def page_of(text, budget=1 << 20, row_bytes=1_000):
    document = MarkupDocument(text.encode(), row_bytes=row_bytes, is_html=True)
    turns = 0
    while not document.is_complete:
        document.advance(budget)
        turns += 1
        assert turns < 100_000, "it does not come to an end"
    return document


def lines_of(text):
    return [row.text for row in rows_of(page_of(text))]


@given(pages, budgets)
@example("<p>one <b>two</b>\n three<ul><li>a<li>b <i>c</i></ul>d<br>e", 3)
@example("<pre>\n a <b> c</b>\n</pre>x<textarea>\n\n </textarea>", 1)
def test_indented_html_says_what_came_and_nothing_else(text, budget):
    document = page_of(text, budget)
    assert Read(text_of(document)).tokens == Read(text.replace("\r\n", "\n")).tokens


@given(wild_pages | st.text(max_size=80), budgets, row_widths)
@example("<script>\n</scr", 3, 8)
@example("<a b='x>", 1, 8)
def test_whatever_comes_loses_nothing_but_white_space(text, budget, row_bytes):
    text = text.encode("utf-8", "replace").decode()
    shown = "".join(row.source[row.hanging :] for row in rows_of(page_of(text, budget, row_bytes)))
    assert squeezed(shown) == squeezed(text.removeprefix("\ufeff"))


@given(raws.filter(lambda text: "\n" in text), pages, row_widths)
def test_what_is_raw_is_copied_to_the_letter(raw, before, row_bytes):
    text = f"{before.replace('<pre', '<div')}<div>{raw}</div>"
    for width in (row_bytes, 1_000):
        assert raw in text_of(page_of(text, row_bytes=width))


@given(st.lists(words | blanks | st.sampled_from(["<b>", "</i>", "<br>", "<p>", "</ul>"])))
def test_what_is_preformatted_is_copied_to_the_letter(inside):
    pre = f"<pre>{''.join(inside)}</pre>".replace("\r\n", "\n")
    assert pre in text_of(page_of(f"<div>{pre}</div>"))


@given(wild_pages, budgets, row_widths)
@example("<!-- a <b> --><!---></div><!-- a <b> -->", 1, 40)
@example("<!-- a --!></div><!-- a <b> -->", 1, 40)
@example("a <!--></div><!-- a <b> -->", 1, 40)
def test_slices_of_any_size_lay_out_the_same_rows(text, budget, row_bytes):
    drawn = []
    for slice_bytes in (1 << 20, budget):
        document = page_of(text, slice_bytes, row_bytes)
        paths = [document.path(index) for index in range(document.row_count)]
        spans = [document.span(index) for index in range(document.row_count)]
        drawn.append((rows_of(document), spans, paths, document.words))
    assert drawn[0] == drawn[1]


@given(wild_pages, row_widths)
def test_rows_are_found_by_their_bytes_and_show_them(text, row_bytes):
    data = text.encode()
    document = page_of(text, row_bytes=row_bytes)
    spans = [document.span(index) for index in range(document.row_count)]
    assert all(before[1] == after[0] for before, after in pairwise(spans))
    for index, (start, end) in enumerate(spans):
        assert document.row_at(start) == document.row_at(end - 1) == index
        row = document.row(index)
        assert not CONTROLS.search(row.text)
        shown = data[start:end].rstrip()
        if shown:
            ((first, last),) = document.columns(index, start, start + len(shown))
            assert row.source[first:last].rstrip("\n") == shown.decode()


@given(wild_pages, row_widths)
def test_where_rows_are_cut_is_no_part_of_what_is_copied(text, row_bytes):
    # Blanks that end a line are not shown, unless it is cut among them.
    whole, cut = (
        re.sub("[ \t]+$", "", text_of(page_of(text, row_bytes=each)), flags=re.MULTILINE)
        for each in (1_000, row_bytes)
    )
    assert cut == whole


@given(wild_pages)
def test_colours_lie_within_their_rows_in_order(text):
    for row in rows_of(page_of(text, row_bytes=20)):
        at = 0
        for start, end, _ in row.spans:
            assert at <= start <= end <= len(row.text)
            at = end


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (
            NGINX,
            [
                "<html>",
                "  <head>",
                "    <title>502 Bad Gateway</title>",
                "  </head>",
                "  <body>",
                "    <center>",
                "      <h1>502 Bad Gateway</h1>",
                "    </center>",
                "    <hr>",
                "    <center>nginx/1.25.3</center>",
                "  </body>",
                "</html>",
            ],
        ),
        (
            "<!doctype html><p>One <b>two</b> <a href=x>three</a>.<p>Four<br>five</p></b>",
            [
                "<!doctype html>",
                "<p>One <b>two</b> <a href=x>three</a>.",
                "<p>",
                "  Four<br>",
                "  five",
                "</p>",
                "</b>",
            ],
        ),
        (
            "<ul><li>one<li>two<ul><li>deep</ul><li>three</ul>",
            [
                "<ul>",
                "  <li>one",
                "  <li>",
                "    two",
                "    <ul>",
                "      <li>deep",
                "    </ul>",
                "  <li>three",
                "</ul>",
            ],
        ),
        (
            "<table><tr><td>1<td>2<tr><th>3<tbody><tr><td><p>4</table>end",
            [
                "<table>",
                "  <tr>",
                "    <td>1",
                "    <td>2",
                "  <tr>",
                "    <th>3",
                "  <tbody>",
                "    <tr>",
                "      <td>",
                "        <p>4",
                "</table>",
                "end",
            ],
        ),
        (
            "<dl><dt>a<dd>b<dt>c</dl><select><optgroup id=x><option>1<option>2<optgroup></select>",
            [
                "<dl>",
                "  <dt>a",
                "  <dd>b",
                "  <dt>c",
                "</dl>",
                "<select>",
                "  <optgroup id=x>",
                "    <option>1",
                "    <option>2",
                "  <optgroup>",
                "</select>",
            ],
        ),
        (
            "<div><pre>\n  a\n<b>b</b></pre><script>\n  if (a<b) x('</p>')\n</script></div>",
            [
                "<div>",
                "  <pre>",
                "  a",
                "<b>b</b></pre>",
                "  <script>",
                "    if (a<b) x('</p>')",
                "  </script>",
                "</div>",
            ],
        ),
        (
            "<DIV ID=a><Br/><Img src='b'></dIv><script><!-- <script>x</script> </p> --></script>",
            [
                "<DIV ID=a>",
                "  <Br/>",
                "  <Img src='b'>",
                "</dIv>",
                "<script><!-- <script>x</script> </p> --></script>",
            ],
        ),
        (
            "<svg><g/><title>a</title><![CDATA[ > ]]><style><g/></style></svg><p>x<svg><g><p>y",
            [
                "<svg>",
                "  <g/>",
                "  <title>a</title>",
                "  <![CDATA[ > ]]>",
                "  <style>",
                "    <g/>",
                "  </style>",
                "</svg>",
                "<p>",
                "  x",
                "  <svg>",
                "    <g>",
                "<p>y",
            ],
        ),
        (
            "<svg><foreignobject><math><svg><div>x",
            ["<svg>", "  <foreignobject>", "    <math>", "      <svg>", "    <div>x"],
        ),
        (
            "<div></section></div></div><section><table><tr><td></section></table>",
            [
                "<div>",
                "  </section>",
                "</div>",
                "</div>",
                "<section>",
                "  <table>",
                "    <tr>",
                "      <td>",
                "        </section>",
                "  </table>",
            ],
        ),
        ("<ruby>a<rt>b<rt>c</ruby>", ["<ruby>a<rt>b<rt>c</ruby>"]),
        ("plain <", ["plain <"]),
        ("  ", [""]),
    ],
)
def test_lines_are_those_of_elements_that_hold_others(text, lines):
    assert lines_of(text) == lines


def test_a_path_leads_to_the_element_of_its_row():
    document = page_of("<html><body><ul><LI>a<li>b<p>c</ul><p>x\ny</p></body></html>")
    assert [document.path(index) for index in range(document.row_count)] == [
        "/html",
        "/html/body",
        "/html/body/ul",
        "/html/body/ul/li",
        "/html/body/ul/li[2]",
        "/html/body/ul/li[2]",
        "/html/body/ul/li[2]/p",
        "/html/body/ul",
        "/html/body/p",
        "/html/body/p",
        "/html/body/p",
        "/html/body/p",
        "/html/body",
        "/html",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "<div>" * 100_000,
        "<div>" * 20_000 + "</section>" * 50_000,
        "<section><td>" + "<div>" * 20_000 + "</section>" * 20_000,
        "<li><p>" * 50_000,
        "<b>x</b> y " * 50_000,
        "<p><b>" + "x" * 300_000,
        "<pre>" + "<i>x\n</i>" * 50_000,
        "<!--" + "x\n" * 200_000,
        "<script>" + "</p>\n" * 100_000,
        "<script>" + "<!--<script>" * 50_000,
        '<a b="' + "y" * 1_000_000,
        "<a b='\"" * 50_000,
        "<" * 300_000,
        "<a " + "=" * 300_000,
        "</" * 200_000,
        "<!" * 200_000,
        "<!--" * 100_000,
        "<svg>" + "<![CDATA[" * 50_000,
        " " * 500_000,
    ],
)
def test_hostile_shapes_come_to_an_end(text):
    document = laid_out(text.encode(), HTML, PRETTY)
    assert document.row_count > 0
    for index in (0, document.row_count // 2, document.row_count - 1):
        assert len(document.row(index).text) < 10_000
        document.path(index)
