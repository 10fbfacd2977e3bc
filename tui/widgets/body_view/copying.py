"""What is copied from a body view: the selection, the path of a line, or all of it."""

from __future__ import annotations

from asyncio import sleep
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from textual import work

from tui.blocking import run_blocking
from tui.body.copying import (
    COPIED_ROWS_MAX,
    line_text,
    making_text,
    making_value_text,
    rows_behind,
    rows_of_line,
)
from tui.body.decoding import as_pieces
from tui.body.growing import Growing
from tui.body.growing_body import GrowingBody
from tui.body.lenses import HEX
from tui.body.rows import ROW_BYTES, Deep, Valued, path_end
from tui.widgets.body_view.lens import BodyLens
from tui.widgets.copying import CopyRequested

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.selection import Selection

    from tui.body.pieces import Pieces
    from tui.body.rows import Document

_ROWS_AT_ONCE = 500
"""So many rows become text in some 10 ms."""
_PATH_CHARS = 4_096
"""A path of fewer is found at once."""
_GROUP = "copy"
SELECTION = "the selection"


@dataclass(frozen=True, slots=True)
class Copied:
    """What is to be copied."""

    what: str
    """What to call it."""
    row_count: int
    make: Callable[[], Pieces]
    """Makes the text of it; any thread may call."""

    @property
    def is_made_apart(self) -> bool:
        """Whether that takes longer than one waits for a key."""
        return self.row_count > _ROWS_AT_ONCE


class BodyCopying(BodyLens):
    """Turns what is shown, or selected, back into text."""

    def action_copy_path(self) -> None:
        """Copy where in the value the cursor is; in a hex dump, at which byte."""
        if self.document is None or not self.row_count:
            return
        self._drop_copies()
        if self.lens == HEX:
            offset = f"0x{self.offset_of_cursor:x}"
            self.post_message(CopyRequested(offset, "the offset"))
        else:
            self._copy_path(self.document)

    def _copy_path(self, document: Document) -> None:
        path = path_end(document, self.cursor, _PATH_CHARS)
        if isinstance(document, Deep) and len(path) >= _PATH_CHARS:
            # There may be more of it, as long as the body.
            holder, first, _ = rows_behind(document, self.cursor)
            self._copy_long_path(partial(holder.path, first))
        elif path:
            self.post_message(CopyRequested(path, "the path"))

    @work(exclusive=True, group=_GROUP, description="copy a long path")
    async def _copy_long_path(self, find_path: Callable[[], str]) -> None:
        path = await run_blocking(find_path, name="path")
        self.post_message(CopyRequested(path, "the path"))

    def action_copy_value(self) -> None:
        """Copy the value of the cursor's row; of what has none, its line."""
        document, row = self.document, self.cursor
        if document is None or not self.row_count:
            return
        # What one folds, or sorts, a moment later changes nothing in what these two are about.
        make_value = making_value_text(document, row) if isinstance(document, Valued) else None
        self._copy_value(make_value, *rows_behind(document, row))

    @work(exclusive=True, group=_GROUP, description="copy a value")
    async def _copy_value(
        self,
        make_value: Callable[[], Pieces | None] | None,
        document: Document,
        first: int,
        end: int,
    ) -> None:
        if make_value is not None:
            # The end of what is long is looked for: 20 ms among a million siblings.
            text = await run_blocking(make_value, name="value")
            if text is not None:
                self.post_message(CopyRequested(text, "the value"))
                return
        text = await _line_text(document, first, end)
        self.post_message(CopyRequested(text, "the line"))

    def text_to_copy(self) -> str:
        """Return what is selected; without a selection all that is shown."""
        return "".join(self._to_copy("").make())

    def copy(self, whole: str) -> None:
        """Ask for what is selected, else for all, named ``whole``; many rows take a second."""
        self._drop_copies()
        copied = self._to_copy(whole)
        if copied.is_made_apart:
            self._copy_apart(copied)
        else:
            self.post_message(CopyRequested(copied.make(), copied.what))

    def _drop_copies(self) -> None:
        """Copy no more what was asked for before: what is asked for last is on the clipboard."""
        for worker in self.workers:
            if worker.node is self and worker.group == _GROUP:
                worker.cancel()

    @work(exclusive=True, group=_GROUP, description="copy many rows")
    async def _copy_apart(self, copied: Copied) -> None:
        text = await _made(copied)
        self.post_message(CopyRequested(text, copied.what))

    def _to_copy(self, whole: str) -> Copied:
        document, selected = self.document, self.selected_part()
        if selected is not None:
            return selected
        if document is None:
            return Copied(whole, 0, tuple)
        return Copied(whole, _rows_in(document), self._making_all(document))

    def selected_part(self) -> Copied | None:
        """Return what is selected; None without a selection."""
        document, selection = self.document, self.text_selection
        if document is None:
            return None
        if selection is not None:
            return self._selected_by_mouse(document, selection)
        if self.selected_from is None:
            return None
        first, last = sorted((self.selected_from, self.cursor))
        return copied_rows(document, first, last + 1)

    def _making_all(self, document: Document) -> Callable[[], Pieces]:
        is_all_known = document.is_complete and self.is_laid_out
        if is_all_known and document.row_count <= COPIED_ROWS_MAX:
            return making_text(document, 0, document.row_count)
        return self._making_as_it_came()

    def _making_as_it_came(self) -> Callable[[], Pieces]:
        if isinstance(self.shown, GrowingBody):
            return self.shown.making_text()
        data = self.shown.data if self.shown else b""
        encoding = self.found.encoding if self.found else None
        return partial(as_pieces, data, encoding)

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """Return the text that the mouse selected; Textual asks."""
        if self.document is None:
            return None
        return "".join(self._selected_by_mouse(self.document, selection).make()), "\n"

    def _selected_by_mouse(self, document: Document, selection: Selection) -> Copied:
        start, end = selection.start, selection.end
        if start is None and end is None:
            return Copied(SELECTION, _rows_in(document), self._making_all(document))
        last = document.row_count - 1
        return copied_rows(
            document,
            start.y if start else 0,
            1 + (min(end.y, last) if end else last),
            first_column=max(0, start.x) if start else 0,
            last_column=max(0, end.x) if end and end.y <= last else None,
        )


async def _line_text(document: Document, first: int, end: int) -> Pieces:
    """Return all of the lines that some rows are of; one may be as long as the body."""
    if not (isinstance(document, Growing) and document.is_growing):
        return await run_blocking(partial(line_text, document, first, end), name="line")
    for known in rows_of_line(document, first, end):
        first, end = known
        await sleep(0)
    return await _made(copied_rows(document, first, end))


def _rows_in(document: Document) -> int:
    """Return how many rows there are, or would be of as many bytes that are no white space."""
    return max(document.row_count, len(document.data) // ROW_BYTES)


async def _made(copied: Copied) -> Pieces:
    """Return the text of what is copied."""
    return await run_blocking(copied.make, name="copy") if copied.is_made_apart else copied.make()


def copied_rows(
    document: Document,
    first: int,
    end: int,
    *,
    first_column: int = 0,
    last_column: int | None = None,
) -> Copied:
    """Return rows that are selected, from ``first`` up to ``end``."""
    make = making_text(document, first, end, first_column=first_column, last_column=last_column)
    return Copied(SELECTION, end - first, make)
