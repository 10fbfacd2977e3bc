"""Text in a language that Pygments knows, coloured while one looks at it.

Lexers of whole languages need all that came before, so the text is lexed from its beginning, a
slice at a time, and only the starts and roles of tokens are kept. Above `LEXED_BYTES_MAX` text
stays plain.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from threading import Lock
from typing import TYPE_CHECKING

from pygments.token import (
    Comment,
    Error,
    Keyword,
    Literal,
    Name,
    Number,
    Operator,
    Punctuation,
    String,
    Token,
    _TokenType,  # pyright: ignore[reportPrivateUsage] - the only name that Pygments has for it
)

from tui.body.rows import ROW_BYTES, Row, decode, plain_row
from tui.body.spans import LazySpans
from tui.body.text_document import TextDocument

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pygments.lexer import Lexer

    from tui.body.growing import Bytes
    from tui.body.shown_bytes import ShownBytes
    from tui.body.spans import Span

LEXED_BYTES_MAX = 150_000
"""All of it may be one token, which Pygments finds in one go: a string of bash takes 0.2 s a MB."""
_ROLES: dict[_TokenType, str] = {
    Name.Tag: "tag",
    Name.Attribute: "attribute",
    Name.Builtin: "keyword",
    Name.Entity: "keyword",
    Keyword: "keyword",
    Number: "number",
    String: "string",
    Literal: "string",
    Comment: "comment",
    Operator: "punctuation",
    Punctuation: "punctuation",
    Error: "error",
    Token: "",
}
_ROLE_NAMES = tuple(dict.fromkeys(_ROLES.values()))


class HighlightedDocument:
    """A text document whose rows are coloured as far as the lexer has come."""

    def __init__(self, data: bytes, name: str, lexer: Lexer, *, row_bytes: int = ROW_BYTES) -> None:
        self._text = TextDocument(data, name, row_bytes=row_bytes)
        self._size = max(1, len(data))
        self._tokens: Iterator[tuple[int, _TokenType, str]] | None = iter(
            lexer.get_tokens_unprocessed(decode(data))
        )
        self._token_starts = array("I")
        self._token_roles = bytearray()
        self._lexed_chars = 0
        self._counted = 0, 0
        """The first byte of a row, and how many characters are before it."""
        self._counting = Lock()
        """Held by the thread that counts on: rows are copied on another one than they are drawn."""

    @property
    def row_count(self) -> int:
        """How many rows there are so far."""
        return self._text.row_count

    @property
    def is_complete(self) -> bool:
        """Whether all is laid out and coloured."""
        return self._text.is_complete and self._tokens is None

    @property
    def progress(self) -> float:
        """How much of the text is laid out and coloured, 0 to 1."""
        lexed = 1.0 if self._tokens is None else min(1.0, self._lexed_chars / self._size)
        return (self._text.progress + lexed) / 2

    @property
    def words(self) -> str:
        """What this is, and how many lines of it."""
        return self._text.words

    @property
    def index_bytes(self) -> int:
        """How much memory it takes to know where rows and colours are."""
        tokens = len(self._token_starts) * (self._token_starts.itemsize + 1)
        return self._text.index_bytes + tokens

    def advance(self, budget_bytes: int) -> None:
        """Lay out so many bytes more, then colour a tenth of that: lexers are that much slower."""
        if not self._text.is_complete:
            self._text.advance(budget_bytes)
            return
        limit = self._lexed_chars + max(512, budget_bytes // 10)
        for start, kind, text in self._tokens or ():
            self._token_starts.append(start)
            self._token_roles.append(_role_number(kind))
            self._lexed_chars = start + len(text)
            if self._lexed_chars >= limit:
                return
        self._tokens = None

    def row(self, index: int) -> Row:
        """Cut, decode and colour one row."""
        source = self._text.source(index)
        return plain_row(source, LazySpans(self._spans(self._chars_before(index), len(source))))

    @property
    def data(self) -> Bytes:
        """The bytes that rows are made of."""
        return self._text.data

    @property
    def reached(self) -> int:
        """Offset of the first byte that no row holds yet."""
        return self._text.reached

    def span(self, index: int) -> tuple[int, int]:
        """Return the first byte of a row, and the first one behind it."""
        return self._text.span(index)

    def row_at(self, offset: int) -> int:
        """Return the row that holds a byte."""
        return self._text.row_at(offset)

    def row_of(self, number: int) -> int:
        """Return the row where the line of that number begins."""
        return self._text.row_of(number)

    def columns(self, index: int, start: int, end: int) -> tuple[tuple[int, int], ...]:
        """Return which characters of a row show a range of bytes."""
        return self._text.columns(index, start, end)

    def shown_in(self, index: int) -> ShownBytes:
        """Return which characters of a row show which bytes."""
        return self._text.shown_in(index)

    def path(self, index: int) -> str:
        """Text has none."""
        return self._text.path(index)

    def number(self, index: int) -> str:
        """Return the number of the line that a row begins."""
        return self._text.number(index)

    def starts_line(self, index: int) -> bool:
        """Whether a row begins a line."""
        return self._text.starts_line(index)

    def _chars_before(self, index: int) -> int:
        """Count the characters before a row, on from where they were counted last."""
        start = self._text.span(index)[0]
        with self._counting:
            known, chars = self._counted
            if start < known:
                known = chars = 0
            chars += len(decode(self.data[known:start]))
            self._counted = start, chars
        return chars

    def _spans(self, begin: int, length: int) -> Iterator[Span]:
        at = max(0, bisect_right(self._token_starts, begin) - 1)
        end = begin + length
        while at < len(self._token_starts) and self._token_starts[at] < end:
            is_last = at + 1 == len(self._token_starts)
            stop = self._lexed_chars if is_last else self._token_starts[at + 1]
            role = _ROLE_NAMES[self._token_roles[at]]
            start, stop = max(self._token_starts[at], begin) - begin, min(stop, end) - begin
            if role and start < stop:
                yield start, stop, role
            at += 1


def _role_number(kind: _TokenType) -> int:
    while kind not in _ROLES:
        kind = kind.parent or Token
    return _ROLE_NAMES.index(_ROLES[kind])
