"""One row of XML as text: indented, coloured, every piece as it is spelt."""

from __future__ import annotations

import re

from tui.body.json.layout import INDENT_CELLS, INDENTED_DEPTH_MAX
from tui.body.markup.grammar import Within
from tui.body.markup.html_names import RAW_NAMES
from tui.body.rows import Row, Span
from tui.body.sanitise import sanitise

_NAME = r"[A-Za-z_:\u0080-\U0010ffff][\w:.\-\u0080-\U0010ffff]*+"
_PIECES = {
    Within.TEXT: re.compile(
        r"(?P<comment><!--|<\?|<!(?!\[))|(?P<keyword><!\[CDATA\[|&#?\w++;)"
        rf"|(?P<punctuation></?+)(?P<tag>{_NAME})"
    ),
    Within.TAG: re.compile(
        r"(?P<string>\"[^\"]*+(?:\"|$)|'[^']*+(?:'|$)|(?<==)[^\s\"'>]++)|(?P<end>/?+>)"
        rf"|(?P<attribute>{_NAME})|(?P<punctuation>=)",
    ),
    Within.DOUBLE_QUOTES: re.compile(r'(?P<string>[^"]*+(?:"|$))'),
    Within.SINGLE_QUOTES: re.compile(r"(?P<string>[^']*+(?:'|$))"),
}
_BEGINS = {
    "<!--": Within.COMMENT,
    "<?": Within.INSTRUCTION,
    "<!": Within.DOCTYPE,
    "<![CDATA[": Within.CDATA,
}
_ENDS = {
    Within.COMMENT: re.compile("-->"),
    Within.INSTRUCTION: re.compile(r"\?>"),
    Within.CDATA: re.compile("]]>"),
}
_HTML_ENDS = {
    Within.COMMENT: re.compile("--!?>"),
    Within.INSTRUCTION: re.compile(">"),
    Within.DOCTYPE: re.compile(">"),
    Within.CDATA: re.compile("]]>"),
    Within.RAW: re.compile(rf"(?=</(?:{'|'.join(sorted(RAW_NAMES))})\b)", re.IGNORECASE),
}


def draw_markup(
    text: str,
    *,
    depth: int,
    within: Within,
    is_continued: bool,
    is_html: bool = False,
    shift_cells: int = 0,
) -> Row:
    """Lay out what one row holds.

    Args:
        text: the bytes of the row, decoded, without white space that is not shown.
        depth: how far it is indented.
        within: what its first character is within.
        is_continued: whether it goes on with the line of the row before.
        is_html: whether it is that, rather than XML.
        shift_cells: how much further it is drawn, though it is indented as it came.
    """
    indent = shift_cells + INDENT_CELLS * min(depth, INDENTED_DEPTH_MAX)
    spans = [
        (indent + start, indent + end, role)
        for start, end, role in _Painter(is_html=is_html).spans(text, within)
    ]
    source = " " * indent + text
    shown = sanitise(source.replace("\t", "→"))
    hanging = indent if is_continued else shift_cells
    return Row(shown, source, tuple(spans), ((indent, 0, len(text)),), hanging)


class _Painter:
    """Finds what a row is made of, from its beginning on."""

    def __init__(self, *, is_html: bool) -> None:
        self._is_html = is_html
        self._ends = _HTML_ENDS if is_html else _ENDS
        self._is_raw = False
        """Whether nothing is markup behind the tag."""
        self._spans: list[Span] = []

    def spans(self, text: str, within: Within) -> list[Span]:
        """Return the pieces of a row, the first of which is within something."""
        at = 0
        while at < len(text):
            pieces = _PIECES.get(within)
            if pieces is None:
                at, within = self._whole(text, at, within)
                continue
            found = pieces.search(text, at)
            if found is None:
                break
            at = found.end()
            within = self._after(found, within)
        return self._spans

    def _after(self, found: re.Match[str], within: Within) -> Within:
        """Add what was found, and return what is behind it."""
        for role in found.groupdict():
            start, end = found.span(role)
            if start < end:
                self._spans.append((start, end, "punctuation" if role == "end" else role))
        match found.lastgroup:
            case "tag":
                is_start = self._is_html and found["punctuation"] == "<"
                self._is_raw = is_start and found["tag"].lower() in RAW_NAMES
                return Within.TAG
            case "end":
                return Within.RAW if self._is_raw else Within.TEXT
            case "string":
                return Within.TAG
            case _:
                return _BEGINS.get(found[0], within)

    def _whole(self, text: str, at: int, within: Within) -> tuple[int, Within]:
        """Add the rest of a comment or the like, and return where it ends."""
        closing = self._ends.get(within)
        found = None if closing is None else closing.search(text, at)
        end = len(text) if found is None else found.end()
        if within is Within.CDATA:
            if found is not None:
                self._spans.append((*found.span(), "keyword"))
        elif within is not Within.RAW:
            self._spans.append((at, end, "comment"))
        return end, Within.TEXT
