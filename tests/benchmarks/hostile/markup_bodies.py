"""XML and HTML: deep, never closed, and with one part that is nearly all of it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from tests.benchmarks.bodies import LARGE, body
from tests.benchmarks.hostile.making import (
    HTML,
    LOREM,
    XML,
    encoded,
    of_items,
    repeated,
    whole,
)

if TYPE_CHECKING:
    import random

    from tests.benchmarks.hostile.making import Kinds

_LINE = LOREM + b" 1\n"
_DECLARED = b'<?xml version="1.0"?>'
_DOCTYPE = b"<!doctype html>"


def _deep_and_closed(name: bytes, text: bytes = b"1") -> bytes:
    depth = LARGE // (2 * len(name) + 5)
    return b"<%s>" % name * depth + text + b"</%s>" % name * depth


def _attribute(number: int, chance: random.Random) -> bytes:
    return b'attribute%d="%d"' % (number, chance.randrange(1000))


def _entity(number: int, _chance: random.Random) -> bytes:
    return b'<!ENTITY name%d "value %d">' % (number, number)


_SVG = b'<path d="M 10 10 L 20 20 C 1 1 2 2 3 3 Z" fill="#123456"/>'
XML_BODIES: Kinds = {
    "XML, records": partial(body, "XML", LARGE),
    "XML, unclosed": repeated(XML, b"<a><b>1", begin=_DECLARED),
    "XML, unclosed, of one name": repeated(XML, b"<a>", begin=_DECLARED),
    "XML, in one another": whole(XML, partial(_deep_and_closed, b"a")),
    "XML, long names in one another": whole(XML, partial(_deep_and_closed, b"name" * 20)),
    "XML, 1,000 deep, again and again": repeated(
        XML, b"<a>" * 1_000 + b"1" + b"</a>" * 1_000, begin=b"<r>", end=b"</r>"
    ),
    "XML, closing tags only": repeated(XML, b"</a>", begin=b"<a>"),
    "XML, crossed tags": repeated(XML, b"<a><b>1</a></b>", begin=b"<r>", end=b"</r>"),
    "XML, attributes of one tag": of_items(
        XML, _attribute, begin=b"<r><a ", between=b" ", end=b"/></r>"
    ),
    "XML, one attribute": repeated(XML, LOREM + b" ", begin=b'<r><a b="', end=b'"/></r>'),
    "XML, one attribute without an end": repeated(XML, LOREM + b" ", begin=b'<r><a b="'),
    "XML, one attribute of lines": repeated(XML, _LINE, begin=b'<r><a b="', end=b'"/></r>'),
    "XML, one tag without an end": repeated(XML, b"a ", begin=b"<r><a "),
    "XML, one name": repeated(XML, b"a", begin=b"<r><", end=b"/></r>"),
    "XML, one comment": repeated(XML, _LINE, begin=b"<r><!--", end=b"--></r>"),
    "XML, one comment of a line": repeated(XML, LOREM, begin=b"<r><!--", end=b"--></r>"),
    "XML, one comment without an end": repeated(XML, _LINE, begin=b"<r><!--"),
    "XML, one comment of hyphens": repeated(XML, b"-", begin=b"<r><!--", end=b"></r>"),
    "XML, comments": repeated(XML, b"<!--1-->", begin=b"<r>", end=b"</r>"),
    "XML, one CDATA": repeated(XML, _LINE, begin=b"<r><![CDATA[", end=b"]]></r>"),
    "XML, one CDATA of brackets": repeated(XML, b"]", begin=b"<r><![CDATA[", end=b"></r>"),
    "XML, CDATA all over": repeated(XML, b"<![CDATA[<1>]]>", begin=b"<r>", end=b"</r>"),
    "XML, text without tags": repeated(XML, LOREM + b" 1 ", begin=b"<r>", end=b"</r>"),
    "XML, lines without tags": repeated(XML, _LINE, begin=b"<r>", end=b"</r>"),
    "XML, entities": repeated(XML, b"&amp;&#233;&lt;&x1;", begin=b"<r>", end=b"</r>"),
    "XML, ampersands": repeated(XML, b"&", begin=b"<r>", end=b"</r>"),
    "XML, bare <": repeated(XML, b"<", begin=b"<r>", end=b"</r>"),
    "XML, bare < with spaces": repeated(XML, b"< ", begin=b"<r>", end=b"</r>"),
    "XML, bare >": repeated(XML, b">", begin=b"<r>", end=b"</r>"),
    "XML, a DOCTYPE with a subset": of_items(
        XML, _entity, begin=_DECLARED + b"<!DOCTYPE r [", between=b"\n", end=b"]><r/>"
    ),
    "XML, a DOCTYPE without an end": repeated(XML, b"<!ENTITY a '1'>", begin=b"<!DOCTYPE r ["),
    "XML, processing instructions": repeated(XML, b"<?a b 1?>", begin=b"<r>", end=b"</r>"),
    "XML, one processing instruction": repeated(XML, _LINE, begin=b"<r><?a ", end=b"?></r>"),
    "XML, namespaces": repeated(
        XML, b'<x:a xmlns:x="urn:a:b" x:c="1"><x:b/></x:a>', begin=b"<r>", end=b"</r>"
    ),
    "XML, empty elements": repeated(XML, b"<a/>", begin=b"<r>", end=b"</r>"),
    "XML, elements without text": repeated(XML, b"<a></a>", begin=b"<r>", end=b"</r>"),
    "XML, short elements": repeated(XML, b"<a>1</a>", begin=b"<r>", end=b"</r>"),
    "XML, mixed with text": repeated(XML, b"1 <b>2</b> 3 ", begin=b"<r>", end=b"</r>"),
    "XML, white space within": repeated(XML, b" \n", begin=b"<r>", end=b"</r>"),
    "XML, white space in tags": repeated(
        XML, b"<a" + b" \n" * 500 + b"b = '1'/>", begin=b"<r>", end=b"</r>"
    ),
    "XML, indented": repeated(
        XML, b"  <a>\n    <b c='1'>2</b>\n  </a>\n", begin=b"<r>\n", end=b"</r>\n"
    ),
    "XML, SVG": repeated(
        "image/svg+xml", _SVG, begin=b'<svg xmlns="http://www.w3.org/2000/svg">', end=b"</svg>"
    ),
    "XML, UTF-16": encoded(repeated(XML, b"<a>1</a>", begin=b"<r>", end=b"</r>"), "utf-16"),
}
HTML_BODIES: Kinds = {
    "HTML, a table": partial(body, "HTML", LARGE),
    "HTML, unclosed p": repeated(HTML, b"<p>lorem 1", begin=_DOCTYPE),
    "HTML, unclosed li": repeated(HTML, b"<li>1", begin=_DOCTYPE + b"<ul>"),
    "HTML, unclosed td": repeated(HTML, b"<tr><td>1<td>2", begin=_DOCTYPE + b"<table>"),
    "HTML, unclosed div": repeated(HTML, b"<div>1", begin=_DOCTYPE),
    "HTML, unclosed b": repeated(HTML, b"<b>1", begin=_DOCTYPE),
    "HTML, lists in one another": repeated(HTML, b"<ul><li>1", begin=_DOCTYPE),
    "HTML, tables in one another": repeated(HTML, b"<table><tr><td>", begin=_DOCTYPE),
    "HTML, div in one another": whole(HTML, lambda: _DOCTYPE + _deep_and_closed(b"div")),
    "HTML, closing tags only": repeated(HTML, b"</div>", begin=_DOCTYPE),
    "HTML, a script": repeated(
        HTML, b'var a = "<b>" + 1;\n', begin=b"<html><script>", end=b"</script></html>"
    ),
    "HTML, a script of a line": repeated(
        HTML, b"a(1);", begin=b"<html><script>", end=b"</script></html>"
    ),
    "HTML, a script without an end": repeated(HTML, b"a<1;\n", begin=b"<html><script>"),
    "HTML, a script of comments": repeated(HTML, b"<!--<script>", begin=b"<html><script>"),
    "HTML, scripts": repeated(HTML, b"<script>1</script>", begin=_DOCTYPE),
    "HTML, a style": repeated(
        HTML, b"a > b { color: #123 }\n", begin=b"<html><style>", end=b"</style></html>"
    ),
    "HTML, a pre": repeated(HTML, _LINE, begin=b"<html><pre>", end=b"</pre></html>"),
    "HTML, a pre of elements": repeated(
        HTML, b"<b>1</b> 2\n", begin=b"<html><pre>", end=b"</pre></html>"
    ),
    "HTML, a textarea": repeated(HTML, b"<b>1\n", begin=b"<html><textarea>", end=b"</textarea>"),
    "HTML, a title without an end": repeated(HTML, _LINE, begin=b"<html><title>"),
    "HTML, an SVG": repeated(HTML, _SVG, begin=b"<html><svg>", end=b"</svg></html>"),
    "HTML, SVGs": repeated(HTML, b"<svg><path/></svg>", begin=_DOCTYPE),
    "HTML, bare <": repeated(HTML, b"<", begin=_DOCTYPE + b"<p>"),
    "HTML, a comment without an end": repeated(HTML, _LINE, begin=b"<html><!--"),
    "HTML, comments": repeated(HTML, b"<!-- 1 -->\n", begin=_DOCTYPE),
    "HTML, inline elements on a line": repeated(HTML, b"<b>1</b>", begin=_DOCTYPE),
    "HTML, inline elements, spaced": repeated(HTML, b"<b>1</b> <i>2</i> ", begin=_DOCTYPE),
    "HTML, br": repeated(HTML, b"1<br>", begin=_DOCTYPE),
    "HTML, images of base64": repeated(
        HTML, b'<img src="data:image/png;base64,' + b"QUJD" * 20_000 + b'">', begin=_DOCTYPE
    ),
    "HTML, minified": repeated(
        HTML,
        b"<div class=a><a href=/b/1>one</a><span>2</span><ul><li>3<li>4</ul></div>",
        begin=_DOCTYPE,
    ),
    "HTML, text without tags": repeated(HTML, LOREM + b" 1 ", begin=_DOCTYPE + b"<p>"),
    "HTML, entities": repeated(HTML, b"&nbsp;&eacute;&#1;", begin=_DOCTYPE + b"<p>"),
    "HTML, attributes without values": repeated(HTML, b"a ", begin=_DOCTYPE + b"<p ", end=b">1"),
    "HTML, options": repeated(HTML, b"<option value=1>1", begin=_DOCTYPE + b"<select>"),
    "HTML, Latin-1": encoded(
        repeated(HTML, "<p>é 1</p>\n".encode(), begin=_DOCTYPE), "latin-1", "iso-8859-1"
    ),
}
MARKUP_BODIES: Kinds = {**XML_BODIES, **HTML_BODIES}
