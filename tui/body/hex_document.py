"""Bytes that are no text, sixteen a row: offset, hexadecimal, and the ASCII among them."""

from __future__ import annotations

from tui.body.rows import Row

BYTES_PER_ROW = 16
_OFFSET_CELLS = 8
_HEX_COLUMN = _OFFSET_CELLS + 2
_TEXT_COLUMN = _HEX_COLUMN + 3 * BYTES_PER_ROW + 2
_SHOWN = bytes(code if 0x20 <= code < 0x7F else ord(".") for code in range(256))


class HexDocument:
    """A hex dump; every row is known at once, at any size."""

    is_complete = True
    progress = 1.0

    def __init__(self, data: bytes, name: str) -> None:
        self._data = data
        self.words = f"{name} · {len(data):,} bytes"

    @property
    def row_count(self) -> int:
        """How many rows there are."""
        return -(-len(self._data) // BYTES_PER_ROW)

    def advance(self, budget_bytes: int) -> None:
        """Do nothing: nothing is left to lay out."""

    def row(self, index: int) -> Row:
        """Spell sixteen bytes."""
        offset = index * BYTES_PER_ROW
        piece = self._data[offset : offset + BYTES_PER_ROW]
        halves = f"{piece[:8].hex(' '):<24} {piece[8:].hex(' '):<24}"
        text = f"{offset:0{_OFFSET_CELLS}x}  {halves} {piece.translate(_SHOWN).decode('ascii')}"
        spans = ((0, _OFFSET_CELLS, "comment"), (_TEXT_COLUMN, len(text), "string"))
        return Row(text, text, spans)

    def number(self, index: int) -> str:
        """Return nothing: the rows tell their offsets."""
        del index
        return ""

    def starts_line(self, index: int) -> bool:
        """Every row is a line."""
        del index
        return True
