"""One row of XML as text: indented, coloured, every piece as it is spelt."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tui.body.json.layout import INDENT_CELLS, INDENTED_DEPTH_MAX
from tui.body.markup.grammar import Within
from tui.body.markup.html_names import RAW_NAMES
from tui.body.rows import Row
from tui.body.sanitise import sanitise
from tui.body.spans import LazySpans

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tui.body.spans import Span

_PIECES_AT_ONCE = 32
"""A row that is wider than the screen is not painted to its end."""
_NAME = r"[A-Za-z_:\u0080-\U0010ffff][\w:.\-\u0080-\U0010ffff]*+"
_PIECES = {
    Within.TEXT: re.compile(
        r"(?P<comment><!--|<\?|<!(?!\[))|(?P<keyword><!\[CDATA\[|&#?\w++;)"
        rf"|(?P<punctuation></?+)(?P<tag>{_NAME})(?P<closed>/?+>)?+"
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
    indent = _indent(depth, shift_cells)
    spans = LazySpans(_Painter(is_html=is_html, indent=indent).spans(text, within))
    source = " " * indent + text
    shown = sanitise(source.replace("\t", "→"))
    hanging = indent if is_continued else shift_cells
    return Row(shown, source, spans, runs_of(len(text), depth, shift_cells), hanging)


def runs_of(length: int, depth: int, shift_cells: int) -> tuple[tuple[int, int, int], ...]:
    """Return where the characters of such a row come from, by how many are in it; see `Row`."""
    return ((_indent(depth, shift_cells), 0, length),)


def _indent(depth: int, shift_cells: int) -> int:
    return shift_cells + INDENT_CELLS * min(depth, INDENTED_DEPTH_MAX)


class _Painter:
    """Finds what a row is made of, from its beginning on; it may have hundreds of pieces.

    Args:
        is_html: whether it is that, rather than XML.
        indent: where in the row its text begins.
    """

    def __init__(self, *, is_html: bool, indent: int) -> None:
        self._is_html = is_html
        self._indent = indent
        self._ends = _HTML_ENDS if is_html else _ENDS
        self._is_raw = False
        """Whether nothing is markup behind the tag."""
        self._spans: list[Span] = []
        """Some that were found, and not yielded yet."""

    def spans(self, text: str, within: Within) -> Iterator[Span]:
        """Yield the pieces of a row, the first of which is within something."""
        at = 0
        while at < len(text):
            pieces = _PIECES.get(within)
            if pieces is None:
                at, within = self._whole(text, at, within)
            else:
                at, within = self._pieces(pieces.finditer(text, at), within, len(text))
            yield from self._spans
            self._spans.clear()

    def _pieces(
        self, pieces: Iterator[re.Match[str]], within: Within, end: int
    ) -> tuple[int, Within]:
        """Add some pieces, up to one that has others behind it; return its end, and what they are.

        Args:
            pieces: those that there are, if all is within the same.
            within: that.
            end: where to go on if there are no others.
        """
        for count, found in enumerate(pieces, 1):
            behind = self._after(found, within)
            if behind is not within or count == _PIECES_AT_ONCE:
                return found.end(), behind
        return end, within

    def _after(self, found: re.Match[str], within: Within) -> Within:
        """Add what was found, and return what is behind it."""
        start, end = found.span()
        start, end, kind = start + self._indent, end + self._indent, found.lastgroup
        match kind:
            case "tag" | "closed":
                name, behind = found.start("tag") + self._indent, found.end("tag") + self._indent
                self._spans += (start, name, "punctuation"), (name, behind, "tag")
                is_start = self._is_html and found["punctuation"] == "<"
                self._is_raw = is_start and found["tag"].lower() in RAW_NAMES
                return Within.TAG if kind == "tag" else self._end_tag(behind, end)
            case "end":
                return self._end_tag(start, end)
            case "string":
                self._spans.append((start, end, "string"))
                return Within.TAG
            case _:
                self._spans.append((start, end, kind or ""))
                return _BEGINS.get(found[0], within)

    def _end_tag(self, start: int, end: int) -> Within:
        """Add what ends a tag, and return what is behind it."""
        self._spans.append((start, end, "punctuation"))
        return Within.RAW if self._is_raw else Within.TEXT

    def _whole(self, text: str, at: int, within: Within) -> tuple[int, Within]:
        """Add the rest of a comment or the like, and return where it ends."""
        closing = self._ends.get(within)
        found = None if closing is None else closing.search(text, at)
        end = len(text) if found is None else found.end()
        if within is Within.CDATA:
            if found is not None:
                start, stop = found.span()
                self._spans.append((start + self._indent, stop + self._indent, "keyword"))
        elif within is not Within.RAW:
            self._spans.append((at + self._indent, end + self._indent, "comment"))
        return end, Within.TEXT
