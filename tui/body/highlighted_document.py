"""Text in a language that Pygments knows, coloured while one looks at it.

Lexers of whole languages need all that came before, so the text is lexed from its beginning, a
slice at a time, and only the starts and roles of tokens are kept. Above `LEXED_BYTES_MAX` text
stays plain: the slowest lexers do half a megabyte a second. While more may come, whole lines are
lexed as they come, which is for languages whose lines mean the same wherever they are.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
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

from tui.body.rows import ROW_BYTES, Row, Span, decode, plain_row
from tui.body.text_document import TextDocument

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pygments.lexer import Lexer

    from tui.body.growing import Bytes

LEXED_BYTES_MAX = 1_000_000
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

    def __init__(
        self,
        data: Bytes,
        name: str,
        lexer: Lexer,
        *,
        row_bytes: int = ROW_BYTES,
        is_growing: bool = False,
    ) -> None:
        self._text = TextDocument(data, name, row_bytes=row_bytes, is_growing=is_growing)
        self._lexer = lexer
        self._tokens: Iterator[tuple[int, _TokenType, str]] | None = None
        self._token_starts = array("I")
        self._token_roles = bytearray()
        self._given_bytes = self._given_chars = 0
        """How much was given to the lexer."""
        self._piece_start = 0
        """Where what it has been given last begins, in characters."""
        self._lexed_chars = 0
        self._row_chars = array("I", [0])

    @property
    def row_count(self) -> int:
        """How many rows there are so far."""
        return self._text.row_count

    @property
    def final_row_count(self) -> int:
        """How many rows are as they will stay, but for their colours."""
        return self._text.final_row_count

    @property
    def is_growing(self) -> bool:
        """Whether more may come."""
        return self._text.is_growing

    @property
    def is_complete(self) -> bool:
        """Whether all is laid out and coloured."""
        return self._text.is_complete and self._is_lexed

    @property
    def is_waiting(self) -> bool:
        """Whether more may come, and all that came so far is laid out and coloured."""
        return self._text.is_waiting and self._is_lexed

    @property
    def _is_lexed(self) -> bool:
        return self._tokens is None and self._given_bytes == self._lexable_bytes

    @property
    def _lexable_bytes(self) -> int:
        """How much there is to be lexed: while more may come, whole lines, and not too many."""
        if not self.is_growing:
            return len(self.data)
        if len(self.data) > LEXED_BYTES_MAX:
            return self._given_bytes
        return max(self._given_bytes, self.data.rfind(b"\n", self._given_bytes) + 1)

    def append(self, data: bytes) -> None:
        """Take in what came next."""
        self._text.append(data)

    def finish(self, data: bytes) -> None:
        """Take in that nothing comes any more."""
        self._text.finish(data)

    @property
    def progress(self) -> float:
        """How much of the text is laid out and coloured, 0 to 1."""
        lexed = 1.0 if self._is_lexed else min(1.0, self._lexed_chars / max(1, len(self.data)))
        return (self._text.progress + lexed) / 2

    @property
    def words(self) -> str:
        """What this is, and how many lines of it."""
        return self._text.words

    @property
    def index_bytes(self) -> int:
        """How much memory it takes to know where rows and colours are."""
        row_chars = len(self._row_chars) * self._row_chars.itemsize
        tokens = len(self._token_starts) * (self._token_starts.itemsize + 1)
        return self._text.index_bytes + row_chars + tokens

    def advance(self, budget_bytes: int) -> None:
        """Lay out so many bytes more, then colour a tenth of that: lexers are that much slower."""
        if not self._text.is_complete and not self._text.is_waiting:
            self._text.advance(budget_bytes)
            return
        if self._tokens is None:
            self._give()
        limit = self._lexed_chars + max(512, budget_bytes // 10)
        for start, kind, text in self._tokens or ():
            self._token_starts.append(self._piece_start + start)
            self._token_roles.append(_role_number(kind))
            self._lexed_chars = self._piece_start + start + len(text)
            if self._lexed_chars >= limit:
                return
        self._tokens = None

    def _give(self) -> None:
        """Give the lexer what it has not had yet."""
        end = self._lexable_bytes
        piece = decode(self.data[self._given_bytes : end])
        self._tokens = iter(self._lexer.get_tokens_unprocessed(piece))
        self._piece_start = self._given_chars
        self._given_bytes, self._given_chars = end, self._given_chars + len(piece)

    def row(self, index: int) -> Row:
        """Cut, decode and colour one row."""
        source = self._text.source(index)
        return plain_row(source, self._spans(self._chars_before(index), len(source)))

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
        """Count the characters before a row; counted once, in order."""
        while len(self._row_chars) <= index:
            last = len(self._row_chars) - 1
            self._row_chars.append(self._row_chars[last] + self._text.chars_in(last))
        return self._row_chars[index]

    def _spans(self, begin: int, length: int) -> tuple[Span, ...]:
        spans: list[Span] = []
        at = max(0, bisect_right(self._token_starts, begin) - 1)
        end = begin + length
        while at < len(self._token_starts) and self._token_starts[at] < end:
            is_last = at + 1 == len(self._token_starts)
            stop = self._lexed_chars if is_last else self._token_starts[at + 1]
            role = _ROLE_NAMES[self._token_roles[at]]
            start, stop = max(self._token_starts[at], begin) - begin, min(stop, end) - begin
            if role and start < stop:
                spans.append((start, stop, role))
            at += 1
        return tuple(spans)


def _role_number(kind: _TokenType) -> int:
    while kind not in _ROLES:
        kind = kind.parent or Token
    return _ROLE_NAMES.index(_ROLES[kind])
