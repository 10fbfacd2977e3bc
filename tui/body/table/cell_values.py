"""What is in a cell of a table by itself: as a value to be copied, or as a body to be opened."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tui.body.embedded import open_string
from tui.body.shown_body import ShownBody
from tui.body.table.cells import CellKind, is_number, text_of

if TYPE_CHECKING:
    from tui.body.table.cells import Cell


def body_in(cell: Cell | None) -> ShownBody | None:
    """Return a cell as a body, base64 decoded; None if it is a number, a word or no cell."""
    if cell is None or cell.kind is CellKind.KEYWORD or is_number(cell):
        return None
    if cell.kind is CellKind.NESTED:
        return ShownBody(cell.source, "application/json")
    return open_string(json.dumps(text_of(cell)).encode())


def value_of(cell: Cell | None) -> bytes | None:
    """Return a cell: text as a string of JSON, all else as it is spelt."""
    if cell is None:
        return None
    is_spelt = cell.kind in (CellKind.KEYWORD, CellKind.NESTED, CellKind.NUMBER)
    is_spelt = is_spelt or (cell.kind is CellKind.PLAIN and is_number(cell))
    return cell.source if is_spelt else json.dumps(text_of(cell)).encode()
