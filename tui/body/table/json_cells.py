"""Cutting records of JSON into cells, without parsing what is in them.

    {"id": 7, "box": [1, 2]}   one cell a key; columns are the keys in the order they first come in
    [7, 0.5]                   one cell an item; columns are counted
    0.5                        one cell

Where they are is `json_members`' to find; only the cells of columns in view are cut.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tui.body.json.grammar import Mistake, first_token_offset
from tui.body.table.deep_members import STEPS_MAX
from tui.body.table.json_columns import JsonColumns
from tui.body.table.json_members import Members, MembersOnDemand, cell_of, members_of
from tui.body.table.json_patterns import keys_pattern, scalar_pattern, value_pattern
from tui.body.table.json_shapes import KnownShapes, Shape, shape_of
from tui.body.table.json_texts import JsonTexts
from tui.body.table.records import RECORD_BYTES_MAX, Beginnings, Cut, text_cut

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.body.table.cells import Cell

_LARGE_BYTES = 4 * 1024
_LARGE_MAX = 200
"""The members of so many large records are known, those of a screen; a megabyte takes 15 ms."""

_SLOWER = 5
"""Members that are not found together take so many times as long."""
_SPLIT_BYTES = 4
"""Of an array of scalars that is split, a piece; its bytes are hardly looked at."""
_TOKEN_BYTES = 200
"""So many are looked through while one token is read, to tell what is wrong."""
_MEMBER_BYTES = 16
"""To find a short member takes as long as to look through so many bytes."""


@dataclass(frozen=True, slots=True)
class _Found:
    """A record whose members are found, or are as they are asked for."""

    members: Members | MembersOnDemand
    shape: Shape


class JsonCells:
    """Cuts records, and knows their columns.

    Args:
        data: where the records are.
        names: what the items of records that are arrays are called, if that is known.
    """

    def __init__(self, data: bytes, names: Sequence[str] = ()) -> None:
        self.columns = JsonColumns(names)
        """Those known so far."""
        self._texts = JsonTexts(data, self.columns)
        self._data = data
        self._last_keys: list[bytes] = []
        self._repeated: Shape | None = None
        """That of the last keys, once they came again in a large record."""
        self._known_shapes = KnownShapes()
        self._last_shape = Shape(b"", (), (), {})
        self.searched_bytes = 0
        """How much was looked through to find members."""
        self._last_found: tuple[int, int, _Found | Mistake | None] | None = None
        """What is in a small record: one asks for its cells, and then for where they begin."""
        self._last_ends: tuple[tuple[int, int], Sequence[tuple[int, int]]] = (0, 0), ()
        """Where the cells of a record end: one goes from hit to hit in it."""
        self._large: dict[int, _Found | Mistake | None] = {}
        """What is in large records, those looked at last; by where they begin."""

    def learn(self, start: int, end: int, *, is_json: bool = False) -> bool:
        """Take up the columns of a record; false if it is no JSON, where that is not known."""
        if end - start > RECORD_BYTES_MAX:
            return True
        if self._data.startswith(b"{", start):
            return self._learn_keys(start, end)
        if self._data.startswith(b"[", start) and self._learn_scalars(start, end) is not None:
            return is_json or value_pattern().fullmatch(self._data, start, end) is not None
        is_plain = not len(self.columns) and self._data.startswith(b"]", end - 1)
        if len(self.columns) and value_pattern().fullmatch(self._data, start, end):
            return True
        return not isinstance(self._found(start, end, is_plain=is_plain), Mistake)

    def cut_broken(self, start: int, end: int) -> Cut:
        """Return what is wrong with a record, of which `learn` said that it is no JSON."""
        before = self.searched_bytes
        problem = _problem_of(self._found(start, end, is_plain=False))
        return Cut((), problem, searched_bytes=self.searched_bytes - before)

    def cut(self, start: int, end: int, first: int, stop: int) -> Cut:
        """Return the cells of the columns from ``first`` up to ``stop``."""
        if end - start > RECORD_BYTES_MAX:
            return Cut((), _too_long(start, end))
        before, is_array = self.searched_bytes, self._data.startswith(b"[", start)
        if is_array and (cells := self._cut_scalars(start, end, first, stop)) is not None:
            return Cut(cells, searched_bytes=self.searched_bytes - before)
        found = self._found(start, end)
        if not isinstance(found, _Found):
            problem = _problem_of(found)
            return Cut((), problem, searched_bytes=self.searched_bytes - before)
        at = found.shape.members
        wanted = [at.get(column) for column in range(first, min(stop, found.shape.stop))]
        cells = tuple(None if each is None else self._cell(found, each) for each in wanted)
        return Cut(cells, searched_bytes=self.searched_bytes - before)

    def text(self, start: int, end: int, column: int) -> bytes:
        """Return the text of a cell, as a table is sorted by it."""
        text = self._texts.text(start, end, column)
        return text_cut(self.cut(start, end, column, column + 1)) if text is None else text

    def column_of(self, start: int, end: int, offset: int) -> int | None:
        """Return the column of a byte of a record, or of the first cell behind it."""
        if end - start > RECORD_BYTES_MAX:
            return None
        if self._data.startswith(b"[", start) and (count := self._learn_scalars(start, end)):
            # Of a comma, and of white space before it, the next one is meant.
            at = first_token_offset(self._data, offset, end)
            return min(self._data.count(b",", start, max(offset, at) + 1), count - 1)
        found = self._found(start, end)
        if not isinstance(found, _Found) or not found.shape.columns:
            return None
        at = found.members.at_byte(self._data, offset)
        is_behind = _end_of(self._cell(found, at)) <= offset
        return found.shape.columns[min(at + is_behind, len(found.shape.columns) - 1)]

    def column_ends(self, start: int, end: int) -> Sequence[tuple[int, int]]:
        """Return the byte behind each cell of an object, and its column, in that order."""
        if self._last_ends[0] != (start, end):
            found = self._found_in_object(start, end)
            ends = [] if found is None else found.members.ends(self._data)
            columns = () if found is None else found.shape.columns
            self._last_ends = (start, end), list(zip(ends, columns, strict=True))
        return self._last_ends[1]

    def beginnings(self, start: int, end: int, first: int, stop: int) -> Beginnings | None:
        """Return where what belongs to the cells of an object begins, those of some columns."""
        found = self._found_in_object(start, end)
        if found is None or not found.shape.columns:
            return None
        at = found.shape.members
        wanted = {column: at[column] for column in range(first, stop) if column in at}
        offsets = {
            column: _end_of(self._cell(found, each - 1)) if each else 0
            for column, each in wanted.items()
        }
        return Beginnings(offsets, found.shape.columns[-1])

    # Members

    def _found_in_object(self, start: int, end: int) -> _Found | None:
        is_cut = self._data.startswith(b"{", start) and end - start <= RECORD_BYTES_MAX
        found = self._found(start, end) if is_cut else None
        return found if isinstance(found, _Found) else None

    def _cell(self, found: _Found, at: int) -> Cell:
        members = found.members
        if isinstance(members, Members):
            return members.cell(self._data, at)
        before = members.searched_bytes
        cell = members.cell(self._data, at)
        self.searched_bytes += members.searched_bytes - before
        return cell

    def _found(self, start: int, end: int, *, is_plain: bool = True) -> _Found | Mistake | None:
        """Find the members of a record; those of a large one stay known for a while."""
        if end - start < _LARGE_BYTES:
            if self._last_found is None or self._last_found[:2] != (start, end):
                self._last_found = start, end, self._find(start, end, is_plain=is_plain)
            return self._last_found[2]
        if start not in self._large:
            # What has no brackets of an object was not told: only its keys are.
            is_object = self._data.startswith(b"{", start) and self._data.startswith(b"}", end - 1)
            shape = self._known_shapes.of(start) if is_object else None
            if shape is None:
                self._large[start] = self._find(start, end, is_plain=is_plain)
            else:
                self._large[start] = _Found(MembersOnDemand(start + 1, end, shape.keys), shape)
            if len(self._large) > _LARGE_MAX:
                del self._large[next(iter(self._large))]
        return self._large[start]

    def _find(self, start: int, end: int, *, is_plain: bool) -> _Found | Mistake | None:
        members = members_of(self._data, start, end, is_plain=is_plain)
        if members is None or isinstance(members, Mistake):
            tokens_max = min(end - start, STEPS_MAX)
            self.searched_bytes += max((end - start) * _SLOWER, tokens_max * _TOKEN_BYTES)
            return members
        found_bytes = (end - start) * (_SLOWER if members.is_slow else 1)
        self.searched_bytes += max(found_bytes, _MEMBER_BYTES * len(members.begins))
        shape = self._shape_of(self._data[start : start + 1], members)
        return _Found(replace(members, keys=shape.keys), shape)

    def _shape_of(self, opening: bytes, members: Members) -> Shape:
        last = self._last_shape
        is_like_last = len(last.columns) == len(members.begins) and last.keys == members.keys
        if not is_like_last or last.opening != opening:
            columns = self._columns_in(opening, members)
            self.searched_bytes += _MEMBER_BYTES * len(columns)
            last = self._last_shape = shape_of(opening, members.keys, columns)
        return last

    def _columns_in(self, opening: bytes, members: Members) -> tuple[int, ...]:
        if opening == b"{":
            return tuple(self.columns.of_keys(members.keys))
        if opening == b"[":
            return tuple(self.columns.of_items(len(members.begins)))
        return (self.columns.of_value(),)

    def _learn_keys(self, start: int, end: int) -> bool:
        # One that was cut behind a member has the same keys as a whole one.
        if not self._data.startswith(b"}", end - 1):
            return False
        keys = keys_pattern().findall(self._data, start + 1, end)
        is_repeated = keys == self._last_keys
        if end - start >= _LARGE_BYTES:
            self._known_shapes.tell(start, self._repeated_shape() if is_repeated else None)
        if is_repeated or end - start == len(b"{}"):
            return True
        # Nothing where a key should be, but for one at the end: nested too deep, or no JSON.
        if b"" in keys[:-1]:
            found = self._found(start, end, is_plain=False)
            if not isinstance(found, _Found):
                return found is None
            keys = list(found.shape.keys)
        else:
            self._last_keys, self._repeated = keys, None
            keys = keys[:-1]
        self.columns.of_keys(keys)
        return True

    def _repeated_shape(self) -> Shape:
        if self._repeated is None:
            keys = tuple(self._last_keys[:-1])
            self._repeated = shape_of(b"{", keys, tuple(self.columns.of_keys(keys)))
        return self._repeated

    def _cut_scalars(self, start: int, end: int, first: int, stop: int) -> tuple[Cell, ...] | None:
        """Cut an array without strings and brackets, as embeddings are; None if it is another."""
        count = self._learn_scalars(start, end)
        if count is None:
            return None
        stop = min(stop, count)
        self.searched_bytes += (end - start) // _MEMBER_BYTES + stop * _SPLIT_BYTES
        pieces = self._data[start + 1 : end - 1].split(b",", stop)
        offset = start + 1 + sum(map(len, pieces[:first])) + min(first, count)
        cells: list[Cell] = []
        for piece in pieces[first:stop]:
            found = scalar_pattern().fullmatch(self._data, offset, offset + len(piece))
            if found is None:
                return None
            cells.append(cell_of(found))
            offset += len(piece) + 1
        return tuple(cells)

    def _learn_scalars(self, start: int, end: int) -> int | None:
        """Take up the columns of such an array, and return how many items it may have."""
        inner = self._data[start + 1 : end - 1]
        is_closed = self._data.startswith(b"]", end - 1)
        if not inner or not is_closed or any(mark in inner for mark in (b'"', b"[", b"{")):
            return None
        if len(self.columns) and not self.columns.are_items_first(1):
            return None  # there were other values before the first array
        count = inner.count(b",") + 1
        self.columns.of_items(count)
        return count if self.columns.are_items_first(count) else None


def _problem_of(found: _Found | Mistake | None) -> str:
    match found:
        case Mistake():
            return f"not JSON: {found.message}"
        case None:
            return "too much is nested deep for a table"
        case _Found():
            return ""


def _too_long(start: int, end: int) -> str:
    return f"{end - start:,} bytes, too long for a table"


def _end_of(cell: Cell) -> int:
    return cell.start + len(cell.source)
