"""Bodies of which more may come while they are shown.

    append, append ... ──▶ finish
       └ advance, advance ... between any of them

What has come is kept in one `bytearray` that grows in place: 25 MB in pieces of a kilobyte cost
one copy of each piece, not one of all that came before. Nothing may keep a view of it between
frames; who reads it on a thread at the very moment that more comes keeps what there was.
"""

from __future__ import annotations

from typing import Protocol, runtime_checkable

Bytes = bytes | bytearray
"""What a document is made of: a `bytearray` while more may come."""


@runtime_checkable
class Growing(Protocol):
    """A document that can grow behind its end.

    Rows whose bytes have all come are final. Behind them are those of the line that is still
    open, as far as it came; they may change, and their number too, with what comes next. Once it
    is finished, a document is the same as one that was opened on all bytes at once.
    """

    @property
    def is_growing(self) -> bool:
        """Whether more may come."""
        ...

    @property
    def is_waiting(self) -> bool:
        """Whether more may come, and all that came so far is laid out."""
        ...

    @property
    def final_row_count(self) -> int:
        """How many rows are as they will stay."""
        ...

    @property
    def has_open_rows(self) -> bool:
        """Whether there are rows that may yet become others, whether more comes or not."""
        ...

    def append(self, data: bytes) -> None:
        """Take in what came next; it is laid out by `advance`."""
        ...

    def finish(self, data: bytes) -> None:
        """Take in that nothing comes any more.

        Args:
            data: all that came, kept from now on instead of what grew.
        """
        ...


def grown(data: Bytes, more: bytes) -> bytearray:
    """Return bytes with more behind them: the same object, unless somebody is reading it."""
    if isinstance(data, bytearray):
        try:
            data += more
        except BufferError:
            pass
        else:
            return data
    longer = bytearray(data)
    longer += more
    return longer


def whole_characters(data: Bytes, start: int, end: int) -> int:
    """Return where the last character of UTF-8 ends that has come as a whole."""
    for at in range(end - 1, max(start, end - 4) - 1, -1):
        byte = data[at]
        if byte & 0xC0 != 0x80:
            return at if at + _character_bytes(byte) > end else end
    return end


def _character_bytes(first: int) -> int:
    """Return how many bytes a character has, by its first one; 1 of what begins none."""
    if first < 0xC2 or first > 0xF4:
        return 1
    return 2 if first < 0xE0 else 3 if first < 0xF0 else 4
