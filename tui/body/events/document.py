"""Server-sent events, each to be read at once: numbered, and the JSON in them laid out.

EventLayout ──where rows begin──▶ EventDocument ──row(i)──▶ a field, a comment, a row of JSON
"""

from __future__ import annotations

import re
import sys
from contextlib import suppress
from typing import TYPE_CHECKING

from tui.body.embedded import open_string
from tui.body.events.layout import EventLayout
from tui.body.events.rows import COLOURED_BYTES_MAX, draw_first_json, draw_line
from tui.body.json.flags import CONTINUED, DEPTH_BITS, IN_STRING
from tui.body.json.grammar import first_token_offset
from tui.body.json.paths import path_in_value
from tui.body.json.rows import draw_json
from tui.body.json.values import value_span
from tui.body.laid_rows import LaidRows
from tui.body.rows import ROW_BYTES, Row, decode, plain_row
from tui.body.shown_body import ShownBody
from tui.body.shown_bytes import ShownText
from tui.body.text_document import TextDocument

if TYPE_CHECKING:
    from tui.body.growing import Bytes
    from tui.body.shown_bytes import ShownBytes

_DATA = b"data:"
_FIELDS_MAX = 1_000
"""Further down in an event its data is not looked for."""
_LINE_END = re.compile(b"[\r\n]")


class EventDocument(LaidRows):
    """Events in rows; the gutter numbers events, not lines.

    While more may come, the line that is still open is text behind those that are laid out.
    """

    def __init__(
        self, data: Bytes, *, row_bytes: int = ROW_BYTES, is_growing: bool = False
    ) -> None:
        self.layout = EventLayout(data, row_bytes=row_bytes, is_growing=is_growing)
        super().__init__(self.layout.rows)
        self._row_bytes = row_bytes
        self._open: TextDocument | None = None

    @property
    def data(self) -> Bytes:
        """The bytes that rows are made of."""
        return self.layout.data

    @property
    def is_complete(self) -> bool:
        """Whether all rows are known."""
        return self.layout.is_complete

    @property
    def is_growing(self) -> bool:
        """Whether more may come."""
        return self.layout.is_growing

    @property
    def is_waiting(self) -> bool:
        """Whether more may come, and all that came so far is laid out."""
        return self.layout.is_waiting and (self._open is None or self._open.is_waiting)

    @property
    def final_row_count(self) -> int:
        """How many rows are as they will stay; JSON is taken over some rows at a time."""
        return len(self.layout.rows)

    @property
    def progress(self) -> float:
        """How much of the body is laid out, 0 to 1."""
        return self.layout.position / len(self.data) if self.data else 1.0

    def append(self, data: bytes) -> None:
        """Take in what came next."""
        self.layout.append(data)
        if self._open is not None:
            self._open.grow_to(self.data)

    def finish(self, data: bytes) -> None:
        """Take in that nothing comes any more."""
        self.layout.finish(data)
        self._rest = self._open = None

    @property
    def words(self) -> str:
        """How many events there are, and whether the last one is whole."""
        count = len(self.layout.firsts)
        words = f"event stream · {count:,} event{'s' * (count != 1)}"
        is_cut = self.is_complete and not self.layout.is_ended
        return f"{words} · the last not ended by an empty line" if is_cut else words

    @property
    def index_bytes(self) -> int:
        """How much memory it takes to know where rows are."""
        layout = self.layout
        of_events = (layout.firsts, layout.commented, layout.commented_ends)
        arrays = (*of_events, layout.payloads, layout.ends)
        own = sum(len(each) * each.itemsize for each in arrays)
        return own + layout.rows.size_bytes + layout.flags.size_bytes

    def advance(self, budget_bytes: int) -> None:
        """Lay out about so many bytes more."""
        layout = self.layout
        layout.advance(budget_bytes)
        if self._open is not None and self._open.first_offset < layout.rows.end:
            self._rest = self._open = None
        if layout.is_waiting and layout.position < len(self.data):
            self._show_open_line(budget_bytes)

    def _show_open_line(self, budget_bytes: int) -> None:
        if self._open is None:
            self._open = TextDocument(
                self.data,
                "text",
                first_offset=self.layout.position,
                row_bytes=self._row_bytes,
                is_growing=True,
            )
        self._open.advance(budget_bytes)
        self._rest = self._open if self._open.row_count else None

    def row(self, index: int) -> Row:
        """Cut, decode and colour one row."""
        return self.row_until(index, self._shown_span(index)[1])

    def row_until(self, index: int, end: int) -> Row:
        """Do the same for the part of a row that is before an offset."""
        start, stop = self._shown_span(index)
        end = min(end, stop)
        if index >= len(self.layout.rows):
            return self._line_row(index, start, end)
        payload = self.layout.payload_of(index)
        if payload is None:
            return self._line_row(index, start, end)
        text = decode(self.data[start:end])
        if index == payload[0]:
            return draw_first_json(text)
        flags = self.layout.flags[index]
        return draw_json(
            text,
            depth=flags & DEPTH_BITS,
            is_continued=bool(flags & CONTINUED),
            is_in_string=bool(flags & IN_STRING),
        )

    def number(self, index: int) -> str:
        """Return the number of the event that a row begins, from 1."""
        event = self._event_of(index)
        before = self._event_of(index - 1) if index else 0
        return str(event) if before < event else ""

    def row_of(self, number: int) -> int:
        """Return the row where the event of that number begins."""
        firsts = self.layout.firsts
        return firsts[max(0, min(number, len(firsts)) - 1)] if firsts else 0

    def shown_in(self, index: int) -> ShownBytes:
        """Return which characters of a row show which bytes."""
        return ShownText(self.row(index).runs, self.data, *self._shown_span(index))

    def path(self, index: int) -> str:
        """Return which event a row is of, and where in its JSON: ``event 4: choices[0].delta``."""
        return self.path_end(index, sys.maxsize)

    def path_end(self, index: int, chars_max: int) -> str:
        """Return the same with the end only of a longer path in the JSON."""
        event = self._event_of(index)
        if not event or self.data.startswith(b":", self.span(index)[0]):
            return ""
        is_json = self.layout.payload_of(index) is not None
        path = path_in_value(self.data, self.layout, index, chars_max) if is_json else ""
        return f"event {event}: {path}" if path else f"event {event}"

    def value(self, index: int) -> bytes | None:
        """Return the value of a row of JSON as it is spelt, else that of the field."""
        payload = self.layout.payload_of(index)
        if payload is None:
            return self._field_value(index)
        found = value_span(self.data, self.layout, index)
        if found is None:
            return None
        start, stop = found
        if start == self.span(payload[0])[0]:
            start = first_token_offset(self.data, start + len(_DATA))
        return bytes(self.data[start:stop])

    def nested(self, index: int) -> ShownBody | None:
        """Return the JSON in a row, or what is in brackets or in a string, as a body.

        Of another field than data, what is in the data of its event.
        """
        value = self.value(self._with_data(index))
        if value is None or value[:1] not in (b'"', b"{", b"["):
            return None
        if value[:1] != b'"':
            return ShownBody(value, "application/json")
        # Text that only begins with a quote is no string, and nothing is in it.
        with suppress(ValueError):
            return open_string(value)
        return None

    def _with_data(self, index: int) -> int:
        """Return the first row of data of an event where a row is another field of it."""
        event = self.layout.event_of(index)
        if not event or self._is_data(index):
            return index
        first = self.layout.firsts[event - 1]
        end = self.layout.end_of_event(event) or len(self.layout.rows)
        return next(filter(self._is_data, range(first, min(end, first + _FIELDS_MAX))), index)

    def _is_data(self, index: int) -> bool:
        is_json = self.layout.payload_of(index) is not None
        return is_json or self.data.startswith(_DATA, self.span(index)[0])

    def _event_of(self, index: int) -> int:
        """Return which event a row is of, from 1; 0 before the first."""
        layout = self.layout
        begins_one = index >= len(layout.rows) and layout.is_ended
        is_comment = begins_one and self.data.startswith(b":", layout.position)
        return layout.event_of(index) + (begins_one and not is_comment)

    def _shown_span(self, index: int) -> tuple[int, int]:
        """Return the bytes of a row, less what ends a line, and empty lines behind it."""
        start, end = self.span(index)
        found = _LINE_END.search(self.data, start, end)
        return start, end if found is None else found.start()

    def _line(self, index: int) -> tuple[int, int]:
        """Return from where up to where the line is that a row is of."""
        rows = self.layout.rows
        if index >= len(rows):
            return self._start_of_line(index), self._shown_span(self.row_count - 1)[1]
        number = rows.line_of(index)
        behind = rows.row_of(number + 1)
        is_last = rows.line_of(behind) == number
        return self._start_of_line(index), self._shown_span(behind - (not is_last))[1]

    def _start_of_line(self, index: int) -> int:
        """Return where the line begins that a row is of."""
        rows = self.layout.rows
        first = len(rows) if index >= len(rows) else rows.row_of(rows.line_of(index))
        return self.span(first)[0]

    def _line_row(self, index: int, start: int, end: int) -> Row:
        first = self._start_of_line(index)
        if start - first > COLOURED_BYTES_MAX:
            return plain_row(decode(self.data[start:end]))
        line = decode(self._head_of_line(first))
        return draw_line(decode(self.data[start:end]), line, len(decode(self.data[first:start])))

    def _head_of_line(self, start: int) -> Bytes:
        """Return the line that begins at an offset, as far as rows of it are coloured."""
        head = self.data[start : start + COLOURED_BYTES_MAX + self._row_bytes]
        found = _LINE_END.search(head)
        return head if found is None else head[: found.start()]

    def _field_value(self, index: int) -> bytes:
        name, colon, value = bytes(self.data[slice(*self._line(index))]).partition(b":")
        return value.removeprefix(b" ") if colon and name else name + colon + value
