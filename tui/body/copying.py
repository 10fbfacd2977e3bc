"""Rows back to text: what is copied is what came, not how it was cut to fit the screen."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from tui.body.decoding import as_pieces
from tui.body.growing import Growing
from tui.body.json.string_text import string_text
from tui.body.pieces import let_others_run, without_end
from tui.body.rows import Foldable, Headed
from tui.body.table.tabular import Tabular

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Protocol

    from tui.body.pieces import Pieces
    from tui.body.rows import Document, Valued

    class FoldableDocument(Foldable, Document, Protocol):
        """A document that folds."""

    class TableOfRows(Tabular, Headed, Document, Protocol):
        """A document that is a table below the names of its columns."""


COPIED_ROWS_MAX = 20_000
"""More are copied as they came, rather than row by row as they are shown."""
_ADVANCED_BYTES = 64 * 1024
_ROWS_AT_ONCE = 500
_TABLE_CELLS = 100_000
"""A table is written as wide as that at most."""
_ROWS_IN_PIECE = 64
"""So many take a millisecond."""


def text_of_rows(
    document: Document,
    first: int,
    end: int,
    *,
    first_column: int = 0,
    last_column: int | None = None,
) -> str:
    """Return the text of a few rows as `making_text` makes it."""
    make = making_text(document, first, end, first_column=first_column, last_column=last_column)
    return "".join(make())


def making_text(
    document: Document,
    first: int,
    end: int,
    *,
    first_column: int = 0,
    last_column: int | None = None,
) -> Callable[[], Pieces]:
    """Return what makes the text of rows as lines, with what is folded into them.

    Any thread may call it: the text is that of the rows as they are now, whatever is folded, or
    comes, meanwhile.

    Args:
        document: where the rows are.
        first: the first row.
        end: the row behind the last one.
        first_column: where in the first row to begin, in characters.
        last_column: where in the last row to stop; None for all of it.
    """
    selected = _Selected(first, end - 1, first_column, last_column)
    if isinstance(document, Foldable) and first < end:
        return _making_with_folds(document, selected)
    return _making(document, selected)


@dataclass(frozen=True, slots=True)
class _Selected:
    """What is copied of rows, both rows included."""

    first: int
    last: int
    first_column: int
    last_column: int | None


def _making_with_folds(document: FoldableDocument, selected: _Selected) -> Callable[[], Pieces]:
    """Take what is folded as a whole where all that stands for it is selected, else as drawn."""
    first, last = selected.first, selected.last
    begins_in_words = _is_in_words(document, first, selected.first_column)
    is_cut, suffix = _cut_of(document, last, selected.last_column)
    if begins_in_words and first == last:
        words = document.row(first).source[selected.first_column : selected.last_column]
        return lambda: (words,)
    head, tail = tuple[str, ...](), tuple[str, ...]()
    make: Callable[[], Pieces] | None = None
    if begins_in_words:
        head = (document.row(first).source[selected.first_column :], "\n")
    if first + begins_in_words <= last - is_cut:
        column = 0 if begins_in_words else selected.first_column
        end_column = None if document.is_folded(last) else selected.last_column
        rows, start, end = document.whole(first + begins_in_words, last + 1 - is_cut)
        make = _making(rows, _Selected(start, end - 1, column, end_column))
    if is_cut:
        column = selected.first_column if first == last else 0
        cut = document.row(last).source[column : selected.last_column]
        tail = (cut,) if make is None else ("\n", cut)

    def joined() -> Pieces:
        whole = () if make is None else without_end(make(), suffix)
        return (*head, *whole, *tail)

    return joined


def _is_in_words(document: Foldable, index: int, column: int) -> bool:
    """Whether a column is within what stands for a fold."""
    words = document.columns_of_fold(index)
    return words is not None and column > words[0]


def _cut_of(document: FoldableDocument, index: int, column: int | None) -> tuple[bool, str]:
    """Return whether a fold is selected only in part, and else what of its row is not."""
    if column is None or not document.is_folded(index):
        return False, ""
    rest = document.row(index).source[column:]
    return rest not in ("", ","), rest


def _making(document: Document, selected: _Selected) -> Callable[[], Pieces]:
    first, end = selected.first, selected.last + 1
    is_open = isinstance(document, Growing)
    final = max(first, min(end, document.final_row_count)) if is_open else end
    if end - first > COPIED_ROWS_MAX or end - final > _ROWS_AT_ONCE:
        start, stop, data = document.span(first)[0], document.span(end - 1)[1], document.data
        return lambda: as_pieces(data[start:stop], None)
    # Rows that may become others are few, and become text at once.
    rest = _text_of(document, range(final, end), selected)
    return lambda: (*_pieces_of(document, range(first, final), selected), rest)


def _pieces_of(document: Document, rows: range, selected: _Selected) -> Iterator[str]:
    for at in range(0, len(rows), _ROWS_IN_PIECE):
        if at:
            let_others_run()
        yield _text_of(document, rows[at : at + _ROWS_IN_PIECE], selected)


def _text_of(document: Document, rows: range, selected: _Selected) -> str:
    parts: list[str] = []
    for index in rows:
        row = document.row(index)
        start = selected.first_column if index == selected.first else 0
        stop = selected.last_column if index == selected.last else None
        if index > selected.first and document.starts_line(index):
            parts.append("\n")
        parts.append(row.source[max(start, row.hanging) : stop])
    return "".join(parts)


def rows_behind(document: Document, index: int) -> tuple[Document, int, int]:
    """Return the document that holds what a row shows, the first row of it there, and the last + 1.

    What is folded or unfolded later changes none of them.
    """
    if isinstance(document, Foldable):
        return document.whole(index, index + 1)
    return document, index, index + 1


def line_text(document: Document, first: int, end: int) -> Pieces:
    """Return the text of rows and of all of the lines that they are of.

    Args:
        document: nothing more comes of it, else see `rows_of_line`; then any thread may call.
        first: the first row.
        end: the row behind the last one.
    """
    for known in rows_of_line(document, first, end):
        first, end = known
        let_others_run()
    return making_text(document, first, end)()


def rows_of_line(document: Document, first: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the first row of the lines that some rows are of, and the one behind them.

    The last ones are those; the ones before are as far as it was looked for them. More may come of
    the document meanwhile, and what was open of it may have fewer rows.
    """
    is_found = False
    while not is_found:
        end = max(1, min(end, document.row_count))
        first = min(first, end - 1)
        back, on = max(0, first - _ROWS_AT_ONCE), min(end + _ROWS_AT_ONCE, document.row_count)
        while first > back and not document.starts_line(first):
            first -= 1
        while end < on and not document.starts_line(end):
            end += 1
        is_found = (first > back or not back) and (end < on or on == document.row_count)
        yield first, end


def making_value_text(document: Valued, index: int) -> Callable[[], Pieces | None]:
    """Return what makes the text of the value of a row; any thread may call it.

    A string of JSON is decoded, all else is as it is spelt; None if the row has no value.
    """
    return partial(_value_text, document.making_value(index))


def _value_text(find_value: Callable[[], bytes | None]) -> Pieces | None:
    value = find_value()
    if value is None:
        return None
    if value.startswith(b'"'):
        # What is no string after all is copied as it stands.
        with suppress(ValueError):
            return string_text(value, "surrogatepass")
    return as_pieces(value, None)


def lines_of(document: Document) -> Iterator[str]:
    """Lay out all of a document and yield its text, many lines at a time.

    Args:
        document: nobody else's, since it is laid out and unfolded here.
    """
    if isinstance(document, Tabular) and isinstance(document, Headed):
        yield from _lines_of_table(document)
        return
    if isinstance(document, Headed):
        yield f"{document.header.row.text.rstrip()}\n"
    rows, done = document, 0
    while True:
        let_others_run()
        document.advance(_ADVANCED_BYTES)
        if isinstance(document, Foldable) and document.row_count:
            rows, _, _ = document.whole(0, 1)
        # The last row may grow while there is more to come.
        known = rows.row_count - (not document.is_complete)
        while done < known:
            end = min(done + _ROWS_AT_ONCE, known)
            yield _rows_with_end(rows, done, end)
            done = end
        if document.is_complete:
            break
    if done:
        yield "\n"


def _lines_of_table(table: TableOfRows) -> Iterator[str]:
    """Yield the names of the columns and all rows, in cells as wide as most of them are."""
    while not table.is_complete:
        let_others_run()
        table.advance(_ADVANCED_BYTES)
    for first in range(0, table.row_count, _ROWS_AT_ONCE):
        rows = range(first, min(first + _ROWS_AT_ONCE, table.row_count))
        table.fit(rows, _TABLE_CELLS)
        while table.is_cutting:
            let_others_run()
            table.fit(rows, _TABLE_CELLS)
        if not first:
            yield f"{table.header.row.text.rstrip()}\n"
        for index in rows:
            yield f"{table.row(index).text.rstrip()}\n"


def whole_text(document: Document) -> bytes:
    """Return all of a document's text, as `lines_of` does."""
    return b"".join(lines.encode("utf-8", "surrogateescape") for lines in lines_of(document))


def _rows_with_end(document: Document, first: int, end: int) -> str:
    is_line = first > 0 and document.starts_line(first)
    return "\n" * is_line + text_of_rows(document, first, end)
