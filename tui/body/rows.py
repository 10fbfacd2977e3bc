"""Where rows begin in bytes, and what a drawn row is.

A row is what fits on one line of the screen's grid: a line of text, or a part of one that is too
long. Rows are kept as byte offsets, a byte or two a row; text is cut and decoded when it is drawn.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from tui.body.cuts import cut_line
from tui.body.offsets import Offsets
from tui.body.sanitise import sanitise
from tui.body.shown_bytes import ShownText
from tui.body.spans import LazySpans, with_marks

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tui.body.folded import Folded
    from tui.body.growing import Bytes
    from tui.body.shown_body import ShownBody
    from tui.body.shown_bytes import ShownBytes
    from tui.body.spans import Span

ROW_BYTES = 1_000
"""Longer lines are cut. At 8 kB a page of minified JSON took 173 ms to draw, at 1 kB 28 ms."""


@dataclass(frozen=True, slots=True)
class Row:
    """One drawn row.

    ``text`` is safe to draw; ``source`` is what it stands for, character for character, and is
    what gets copied. ``runs`` says where characters come from: (column, character index in the
    decoded bytes of the row, number of characters).
    """

    text: str
    source: str = field(repr=False)
    spans: Sequence[Span] = ()
    """In order, none overlapping."""
    runs: tuple[tuple[int, int, int], ...] = ()
    hanging: int = 0
    """Characters of indentation where a line goes on: drawn, but no part of the line."""
    pixels: bytes = field(default=b"", repr=False)
    """What a row of a picture is drawn in: of each character the colour of its upper half and that
    of the lower one, red, green and blue. Its ``source`` looks alike where there are no colours."""


class Document(Protocol):
    """A body laid out in rows, some of them perhaps not found yet."""

    @property
    def row_count(self) -> int:
        """How many rows there are so far."""
        ...

    @property
    def is_complete(self) -> bool:
        """Whether all rows are known."""
        ...

    @property
    def progress(self) -> float:
        """How much of the body is laid out, 0 to 1."""
        ...

    @property
    def reached(self) -> int:
        """Offset of the first byte that no row holds yet."""
        ...

    @property
    def data(self) -> Bytes:
        """The bytes that rows are made of, and that offsets count in."""
        ...

    @property
    def words(self) -> str:
        """What this is, in a few drawable words."""
        ...

    def advance(self, budget_bytes: int) -> None:
        """Lay out about so many bytes more; about 30 MB/s."""
        ...

    def row(self, index: int) -> Row:
        """Cut, decode and colour one row."""
        ...

    def number(self, index: int) -> str:
        """Return what the gutter says of a row: nothing where a line goes on."""
        ...

    def starts_line(self, index: int) -> bool:
        """Whether a row begins a line, rather than going on with one."""
        ...

    def span(self, index: int) -> tuple[int, int]:
        """Return the first byte of a row, and the first one behind it."""
        ...

    def row_at(self, offset: int) -> int:
        """Return the row that holds a byte, the nearest one known if none does."""
        ...

    def row_of(self, number: int) -> int:
        """Return the row that the gutter numbers so, the nearest one known if none is."""
        ...

    def columns(self, index: int, start: int, end: int) -> tuple[tuple[int, int], ...]:
        """Return which characters of a row show the bytes from ``start`` up to ``end``."""
        ...

    def shown_in(self, index: int) -> ShownBytes:
        """Return the same for any number of ranges; it holds until rows change."""
        ...

    def path(self, index: int) -> str:
        """Return where in the value a row is, not sanitised; empty where that says nothing."""
        ...


def _nothing_shown() -> ShownBytes:
    return ShownText((), b"", 0, 0)


@dataclass(frozen=True, slots=True)
class Header:
    """A row that stays in sight above all others."""

    row: Row
    span: tuple[int, int] = (0, 0)
    """The bytes that it is made of, from and up to; none if they are not there by themselves."""
    shown_in: Callable[[], ShownBytes] = _nothing_shown
    """Returns which of its characters show which bytes."""


@runtime_checkable
class Headed(Protocol):
    """A document with such a row, as a table's names of columns."""

    @property
    def header(self) -> Header:
        """The row, drawn as the first line of the view."""
        ...


@runtime_checkable
class Foldable(Protocol):
    """A document that can show parts of itself as one row each.

    Folding changes which rows there are, at any time and not only behind the last one; numbers,
    spans and offsets stay those of the whole.
    """

    def toggle(self, index: int) -> int | None:
        """Fold or unfold what a row belongs to; return its row then, None if it is in nothing."""
        ...

    def fold_all(self) -> None:
        """Fold all but the outermost."""
        ...

    def unfold_all(self) -> None:
        """Show all rows."""
        ...

    @property
    def needs_refold(self) -> bool:
        """Whether what was folded all of is to be folded at another depth, by what came since."""
        ...

    def refold(self) -> None:
        """Fold all at that depth, as if it had been known then."""
        ...

    def is_folded(self, index: int) -> bool:
        """Whether something is folded into a row."""
        ...

    def begins_fold(self, index: int) -> bool:
        """Whether something that can be folded, or is, begins in a row."""
        ...

    def columns_of_fold(self, index: int) -> tuple[int, int] | None:
        """Return which characters of a row stand for what is folded into it; None if nothing is."""
        ...

    def folded(self) -> Folded:
        """Return what is folded, for another document of the same bytes."""
        ...

    def fold_as(self, folded: Folded) -> None:
        """Fold what was folded in another document of the same bytes."""
        ...

    def reveal(self, offset: int) -> bool:
        """Unfold what hides a byte, one fold of perhaps several; false if nothing does."""
        ...

    def reveal_line(self, number: int) -> bool:
        """Do the same for the line of that number."""
        ...

    def whole(self, first: int, end: int) -> tuple[Document, int, int]:
        """Return the rows that some rows in sight stand for, and the document they are of."""
        ...

    @property
    def is_summed_up(self) -> bool:
        """Whether nothing is left to be said of what is folded."""
        ...

    def sum_up(self, budget_bytes: int) -> bool:
        """Go on with what is to be said of folds; true if rows look different by now."""
        ...


@runtime_checkable
class Unnumbered(Protocol):
    """A document that may have no numbers for its rows, and so needs no room for them."""

    @property
    def is_unnumbered(self) -> bool:
        """Whether `number` says nothing of any row."""
        ...


@runtime_checkable
class Nested(Protocol):
    """A document with values that are bodies of their own, such as base64 in a string of JSON."""

    def nested(self, index: int) -> ShownBody | None:
        """Return the body within a row, None if it is no such value."""
        ...


@runtime_checkable
class Breakable(Protocol):
    """A document of a language that bytes may break the rules of."""

    def mistake_from(self, offset: int) -> int | None:
        """Return the byte at which it breaks first, from an offset on; None if it does not."""
        ...


@runtime_checkable
class Deep(Protocol):
    """A document of values that may be nested deeply, or have long names."""

    def path_end(self, index: int, chars_max: int) -> str:
        """Return the path of a row; of a longer one only about so many characters at its end."""
        ...


@runtime_checkable
class Valued(Protocol):
    """A document whose rows are of values that one may want to have by themselves."""

    def value(self, index: int) -> bytes | None:
        """Return the whole value that begins at a row, as it is spelt; None if none does."""
        ...

    def making_value(self, index: int) -> Callable[[], bytes | None]:
        """Return what finds the same; any thread may call it.

        It is the value that the row has now, whatever is folded or sorted meanwhile.
        """
        ...


def path_end(document: Document, index: int, chars_max: int) -> str:
    """Return the path of a row as it is told: the end of it, where all of it takes long to find."""
    if isinstance(document, Deep):
        return document.path_end(index, chars_max)
    return document.path(index)


class RowIndex:
    """Byte offsets of rows in order, each ending where the next begins."""

    def __init__(self) -> None:
        self.starts = Offsets()
        self.continued = array("I")
        self.end = 0
        """Where the last row ends."""

    def __len__(self) -> int:
        return len(self.starts)

    def span(self, index: int) -> tuple[int, int]:
        """Return the first byte of a row, and the first one behind it."""
        is_last = index + 1 >= len(self.starts)
        return self.starts[index], self.end if is_last else self.starts[index + 1]

    def row_at(self, offset: int) -> int:
        """Return the row that holds the byte at ``offset``, the nearest one if none does."""
        return max(0, self.starts.count_below(offset + 1) - 1)

    def starts_line(self, index: int) -> bool:
        """Whether a row is not the continuation of the one before."""
        at = bisect_left(self.continued, index)
        return at == len(self.continued) or self.continued[at] != index

    def number(self, index: int) -> str:
        """Return the number of the line that a row begins, from 1, as text."""
        if not self.starts_line(index):
            return ""
        return str(index + 1 - bisect_left(self.continued, index))

    def row_of(self, number: int) -> int:
        """Return the row where a line begins, by its number from 1; the nearest one there is."""
        if number <= 1 or not self.starts:
            return 0
        rows = range(len(self.starts))
        return bisect_left(rows, number, hi=len(rows) - 1, key=self.line_of)

    def line_of(self, index: int) -> int:
        """Return the number of the line that a row is of."""
        return index + 1 - bisect_right(self.continued, index)

    @property
    def size_bytes(self) -> int:
        """How much memory that takes."""
        return self.starts.size_bytes + len(self.continued) * self.continued.itemsize

    @property
    def line_count(self) -> int:
        """Rows that begin a line."""
        return len(self.starts) - len(self.continued)

    def add_cut(self, data: Bytes, start: int, end: int, row_bytes: int) -> None:
        """Add one line as rows of at most ``row_bytes``, cut between characters."""
        first, starts = len(self.starts), cut_line(data, start, end, row_bytes)
        self.continued.extend(range(first + 1, first + len(starts)))
        self.starts.extend(starts)
        self.end = end


def decode(data: Bytes) -> str:
    """Return text of which every character still tells its bytes, even where it is no UTF-8."""
    return data.decode("utf-8", "surrogateescape")


def plain_row(text: str, spans: Sequence[Span] = ()) -> Row:
    """Return a row that shows ``text`` character for character; tabs become arrows.

    What stands for another character, wherever rows are cut, has a colour if it has no other.
    """
    shown = sanitise(text.replace("\t", "→"))
    if shown != text:
        spans = LazySpans(with_marks(text, spans))
    return Row(shown, text, spans, ((0, 0, len(text)),))


def with_suffix(row: Row, *parts: tuple[str, str]) -> Row:
    """Return a row with (text, role) added that stands for no byte of it."""
    text, source, spans = row.text, row.source, list(row.spans)
    for part, role in parts:
        spans.append((len(text), len(text) + len(part), role))
        text, source = text + sanitise(part), source + part
    return Row(text, source, tuple(spans), row.runs, row.hanging)
