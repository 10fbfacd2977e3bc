"""What elements of HTML are called, and which of them do what (WHATWG, HTML Living Standard).

Names are in lower case. What is in none of these is within a line of text, as is what nobody
knows: that is what style sheets begin with, too.
"""

from __future__ import annotations

from enum import IntEnum


class Role(IntEnum):
    """What a tag does to lines."""

    INLINE = 0
    """It is a part of the line of its text."""
    BLOCK = 1
    """It begins a line, and what is in it is indented."""
    VOID = 2
    """It is a line, and nothing is in it (13.1.2)."""
    BREAK = 3
    """It ends the line of its text."""
    RAW = 4
    """Nothing in it is markup (13.2.5.2 to 13.2.5.5)."""
    KEPT = 5
    """White space in it says something."""


def _names(words: str) -> frozenset[bytes]:
    return frozenset(words.encode().split())


_HEADINGS = _names("h1 h2 h3 h4 h5 h6")
_TABLE_PARTS = _names("caption colgroup tbody thead tfoot tr td th")
_BLOCKS = (
    _HEADINGS
    | _TABLE_PARTS
    | _names(
        "html head body address article aside blockquote center details dialog dir div dl dt dd"
        " fieldset figcaption figure footer form frameset header hgroup legend li main math menu"
        " nav noscript ol optgroup option p picture search section select datalist summary svg"
        " table template ul video audio object map canvas noindex"
    )
)
_VOIDS = _names("area base basefont bgsound col frame hr link meta param source track")
_RAW = "script style textarea title xmp iframe noembed noframes plaintext"
RAW_NAMES = frozenset(_RAW.split())

ROLES: dict[bytes, Role] = {
    **dict.fromkeys(_BLOCKS, Role.BLOCK),
    **dict.fromkeys(_VOIDS, Role.VOID),
    **dict.fromkeys(_names(_RAW), Role.RAW),
    b"pre": Role.KEPT,
    b"listing": Role.KEPT,
    b"br": Role.BREAK,
}

IN_HEAD = _names(
    "head base basefont bgsound link meta title noframes style script template noscript"
)
"""Any other tag ends the head (13.2.6.4.4)."""

_SCOPE = _names("applet caption html table td th marquee object template foreignobject")
"""An end tag ends nothing outside of these (13.2.4.2)."""
_TABLE_SCOPE = _names("html table template")

ENDS_P = (
    _names(
        "address article aside blockquote center details dialog dir div dl fieldset figcaption"
        " figure footer form header hgroup hr li listing main menu nav ol p plaintext pre search"
        " section summary table ul xmp dd dt"
    )
    | _HEADINGS
)
"""Start tags before which a paragraph ends (13.2.6.4.7)."""

P = _names("p")
P_WALLS = _SCOPE | _names("button")

ENDED_BEFORE: dict[bytes, tuple[frozenset[bytes], frozenset[bytes]]] = {
    b"li": (_names("li"), _SCOPE | _names("ul ol menu dir section article main aside")),
    b"dd": (_names("dd dt"), _SCOPE | _names("dl section article main aside")),
    b"dt": (_names("dd dt"), _SCOPE | _names("dl section article main aside")),
    b"option": (_names("option"), _names("select datalist optgroup html")),
    b"optgroup": (_names("option optgroup"), _names("select html")),
    b"td": (_names("td th"), _TABLE_SCOPE | _names("tr")),
    b"th": (_names("td th"), _TABLE_SCOPE | _names("tr")),
    b"tr": (_names("tr caption colgroup"), _TABLE_SCOPE | _names("tbody thead tfoot")),
    **dict.fromkeys(
        _names("tbody thead tfoot"),
        (_names("tbody thead tfoot tr caption colgroup"), _TABLE_SCOPE),
    ),
    b"caption": (_names("caption colgroup"), _TABLE_SCOPE),
    b"colgroup": (_names("caption colgroup"), _TABLE_SCOPE),
    b"body": (_names("head"), _names("html")),
    **dict.fromkeys(_HEADINGS, (_HEADINGS, frozenset(ROLES) - _HEADINGS)),
}
"""Of start tags: what ends before them, and what they do not look beyond (13.1.2.4)."""

WALLS: dict[bytes, frozenset[bytes]] = {
    **dict.fromkeys(_TABLE_PARTS | _names("table"), _TABLE_SCOPE),
    b"li": _SCOPE | _names("ul ol"),
    b"p": P_WALLS,
    b"html": frozenset(),
    b"body": frozenset(),
}
"""Of end tags: what they do not look beyond, if that is not `_SCOPE`."""

SCOPE = _SCOPE

FOREIGN = _names("svg math")
"""In these it is `/>` that says that nothing is in an element, and none is raw (13.2.6.5)."""
HTML_AGAIN = _names("foreignobject annotation-xml")
"""In these, within the others, it is HTML again."""
ENDS_FOREIGN = _names(
    "b big blockquote body br center code dd div dl dt em embed h1 h2 h3 h4 h5 h6 head hr i img li"
    " listing menu meta nobr ol p pre ruby s small span strong strike sub sup table tt u ul var"
)
"""Start tags that are HTML, wherever they are."""
