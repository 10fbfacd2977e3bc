"""One row of XML as text: indented, coloured, every piece as it is spelt."""

from __future__ import annotations

import re

from tui.body.json.layout import INDENT_CELLS, INDENTED_DEPTH_MAX
from tui.body.markup.grammar import Within
from tui.body.rows import Row, Span
from tui.body.sanitise import sanitise

_NAME = r"[A-Za-z_:\u0080-\U0010ffff][\w:.\-\u0080-\U0010ffff]*+"
_PIECES = {
    Within.TEXT: re.compile(
        r"(?P<comment><!--|<\?|<!(?!\[))|(?P<keyword><!\[CDATA\[|&#?\w++;)"
        rf"|(?P<punctuation></?+)(?P<tag>{_NAME})"
    ),
    Within.TAG: re.compile(
        rf"(?P<end>/?+>)|(?P<string>\"[^\"]*+(?:\"|$)|'[^']*+(?:'|$))"
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
_ENDS = {Within.COMMENT: "-->", Within.INSTRUCTION: "?>", Within.CDATA: "]]>"}


def draw_markup(text: str, *, depth: int, within: Within, is_continued: bool) -> Row:
    """Lay out what one row holds.

    Args:
        text: the bytes of the row, decoded, without white space that is not shown.
        depth: how far it is indented.
        within: what its first character is within.
        is_continued: whether it goes on with the line of the row before.
    """
    indent = INDENT_CELLS * min(depth, INDENTED_DEPTH_MAX)
    spans = [(indent + start, indent + end, role) for start, end, role in _spans(text, within)]
    source = " " * indent + text
    shown = sanitise(source.replace("\t", "→"))
    hanging = indent if is_continued else 0
    return Row(shown, source, tuple(spans), ((indent, 0, len(text)),), hanging)


def _spans(text: str, within: Within) -> list[Span]:
    spans: list[Span] = []
    at = 0
    while at < len(text):
        pieces = _PIECES.get(within)
        if pieces is None:
            at, within = _whole(text, at, within, spans)
            continue
        found = pieces.search(text, at)
        if found is None:
            break
        at = found.end()
        within = _after(found, within, spans)
    return spans


def _after(found: re.Match[str], within: Within, spans: list[Span]) -> Within:
    """Add what was found, and return what is behind it."""
    for role in found.groupdict():
        start, end = found.span(role)
        if start < end:
            spans.append((start, end, "punctuation" if role == "end" else role))
    match found.lastgroup:
        case "tag":
            return Within.TAG
        case "end":
            return Within.TEXT
        case "string":
            return Within.TAG
        case _:
            return _BEGINS.get(found[0], within)


def _whole(text: str, at: int, within: Within, spans: list[Span]) -> tuple[int, Within]:
    """Add the rest of a comment or the like, and return where it ends."""
    closing = _ENDS.get(within)
    begin = text.find(closing, at) if closing is not None else -1
    end = len(text) if closing is None or begin < 0 else begin + len(closing)
    if within is not Within.CDATA:
        spans.append((at, end, "comment"))
    elif begin >= 0:
        spans.append((begin, end, "keyword"))
    return end, Within.TEXT
