"""The records of one array in JSON, as models answer: ``{"predictions": [{...}, {...}]}``.

`find_array` says where the array begins, by the start of the body; `JsonArrayRecords` finds its
items, a match each. An item that is nested deep, or larger than a slice, is read token by token.
From where the JSON breaks on, there is one record more: the rest, which has a problem.
"""

from __future__ import annotations

import json
import re
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tui.body.json.grammar import (
    WHITESPACE,
    JsonScanner,
    Mistake,
    State,
    Token,
    first_token_offset,
)
from tui.body.json.layout import BOM, STEP_BYTES
from tui.body.json.non_finite import NonFiniteSearch
from tui.body.json.paths import step_to
from tui.body.json.text import problem_at
from tui.body.offsets import Offsets
from tui.body.rows import decode
from tui.body.table.json_cells import JsonCells
from tui.body.table.json_members import end_without
from tui.body.table.json_patterns import item_pattern
from tui.body.table.json_runs import skip_run
from tui.body.table.records import Cut

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.body.json.text import JsonProblem
    from tui.body.table.records import Beginnings

_BETWEEN = WHITESPACE + b","
_WS = rb"[ \t\n\r]*+"
_BLANK_BYTES = 4 * 1024
"""So much white space behind an item is stepped over in no time."""
_LARGE_BYTES = 64 * 1024
_TOKEN_BYTES = 64
"""A token that is looked at again and again must be looked at further each time."""
_NAMES_KEY = b'"columns"'
_NOT_DATA_KEYS = (_NAMES_KEY, b'"index"')
_TOKENS_MAX = 5_000
"""Looking at so many tokens takes some 20 ms; more than that are in no body whose table is found
by the first four kilobytes."""
_STRING = rb'"(?:[^"\\]++|\\.)*+"'
_SCALAR_MEMBERS = re.compile(
    rb"(?:\s*+" + _STRING + rb"\s*+:\s*+(?:" + _STRING + rb"|[^\s\[\]{}\",:]++)\s*+,)++", re.DOTALL
)
"""Members of an object, each with the comma behind it, as they are in JSON that is right."""
_OTHER = rb"(?!" + _NAMES_KEY + rb")" + _STRING
_OF_SCALARS = rb'\[(?:[^\[\]{}"]++|' + _STRING + rb")*+\]"
_OBJECT = rb'\{(?:[^\[\]{}"]++|' + _OTHER + rb"|" + _OF_SCALARS + rb")*+\}"
_VALUE = rb"(?:" + rb"|".join((_OTHER, rb"[^\s\[\]{}\",:]++", _OF_SCALARS, _OBJECT)) + rb")"
_MEMBERS_WITHOUT_RECORDS = re.compile(
    rb"(?:\s*+" + _OTHER + rb"\s*+:\s*+" + _VALUE + rb"\s*+,)++", re.DOTALL
)
"""Members, objects too, with arrays of scalars only, and no names of columns."""
_NEXT_BRACKET = re.compile(rb'(?:[^\[\]{}"]++|' + _STRING + rb")*+(?:([\[{])|[\]}])", re.DOTALL)
"""What opens (1) or closes, behind anything else."""
_NAMES = re.compile(rb'\[[ \t\n\r]*+(?:"(?:[^"\\]++|\\.)*+"[ \t\n\r]*+(?:,[ \t\n\r]*+|(?=\])))*+\]')


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundArray:
    """An array whose items are the rows of a table."""

    start: int
    """The byte after its bracket."""
    path: str
    """Where it is in the body: ``predictions``; empty for the body itself."""
    names: tuple[str, ...] = ()
    """What the items of its items are called, as next to ``data`` in a split data frame."""
    holds_records: bool
    """Whether its first item is an object or an array."""


def find_array(data: bytes, looked_at_bytes: int) -> FoundArray | None:
    """Return the first array of objects or arrays that is in no other array, or else of scalars.

    Args:
        data: JSON.
        looked_at_bytes: how much of its start to look at.
    """
    return _Search(data, looked_at_bytes).run()


class _Search:
    """Walks through the start of a body, into objects and not into arrays."""

    def __init__(self, data: bytes, looked_at_bytes: int) -> None:
        self._start = data[:looked_at_bytes]
        self._scanner = JsonScanner(len(BOM) if data.startswith(BOM) else 0)
        self._keys: list[bytes] = [b""]
        self._names: tuple[str, ...] = ()
        self._scalars: FoundArray | None = None

    def run(self) -> FoundArray | None:
        """Return what is found."""
        for _ in range(_TOKENS_MAX):
            step = None if self._scanner.is_done else self._scanner.step(self._start)
            if step is None or isinstance(step, Mistake):
                break
            found = self._take(*step)
            if found is not None:
                return found
            if self._scanner.state in (State.FIRST_KEY, State.KEY):
                self._skip_scalars()
        return self._scalars

    def _take(self, token: Token, at: int) -> FoundArray | None:
        match token:
            case Token.STRING if self._scanner.state is State.COLON:
                self._keys[-1] = self._start[at : self._scanner.position]
            case Token.OPEN_OBJECT:
                self._keys.append(b"")
            case Token.CLOSE_OBJECT:
                self._keys.pop()
            case Token.OPEN_ARRAY:
                return self._look_into_array(at)
            case _:
                pass
        return None

    def _skip_scalars(self) -> None:
        """Go on to a member that may hold an array that is looked for, or to the last one."""
        members = _MEMBERS_WITHOUT_RECORDS if self._scalars else _SCALAR_MEMBERS
        if found := members.match(self._start, self._scanner.position):
            self._go_to(found.end(), State.KEY)

    def _skip_array(self) -> None:
        """Go on to the bracket that closes the array which has just been opened."""
        at, depth = self._scanner.position, 1
        while depth:
            found = _NEXT_BRACKET.match(self._start, at)
            if found is None:
                at = len(self._start) + 1
                break
            at = found.end()
            depth += -1 if found[1] is None else 1
        self._go_to(at - 1, State.AFTER_VALUE)

    def _go_to(self, position: int, state: State) -> None:
        self._scanner.position = self._scanner.reached = position
        self._scanner.state = state

    def _look_into_array(self, at: int) -> FoundArray | None:
        start, key = self._scanner.position, self._keys[-1]
        first = self._start[first_token_offset(self._start, start) :][:1]
        holds_records = first in (b"{", b"[")
        found = FoundArray(
            start=start,
            path="".join(step_to(decode(each)) for each in self._keys if each).removeprefix("."),
            names=self._names,
            holds_records=holds_records,
        )
        if key == _NAMES_KEY and (names := _NAMES.match(self._start, at)):
            self._names = tuple(json.loads(decode(names[0])))
        elif holds_records:
            return found
        elif key not in _NOT_DATA_KEYS and first and first != b"]":
            self._scalars = self._scalars or found
        self._skip_array()
        return None


class JsonArrayRecords:
    """Finds the items of an array, and cuts them into cells."""

    def __init__(self, data: bytes, name: str, array: FoundArray) -> None:
        self.data = data
        self.is_complete = False
        self._name = name
        self._array = array
        self._position = self._end = array.start
        self._starts = Offsets()
        self._ends: dict[int, int] = {}
        """Where records end that have much white space behind them."""
        self._scanner: JsonScanner | None = None
        self._problem: JsonProblem | None = None
        self._cells = JsonCells(data, array.names)
        self._non_finite = NonFiniteSearch(data, array.start)

    @property
    def words(self) -> str:
        """What this is, and where it breaks."""
        if self._problem:
            return f"not JSON: {self._problem}"
        at = self._non_finite.found_at
        row = f" (row {self.record_at(at) + 1:,})" if at is not None and at < self._end else ""
        return f"{self._name}{self._non_finite.words}{row}"

    @property
    def columns(self) -> Sequence[str]:
        """The keys of all items, in the order in which they first come, or counted."""
        return self._cells.columns

    @property
    def count(self) -> int:
        """How many records there are so far."""
        return len(self._starts)

    @property
    def position(self) -> int:
        """Bytes looked at so far."""
        if self.is_complete:
            return len(self.data)
        return self._position if self._scanner is None else self._scanner.reached

    @property
    def reached(self) -> int:
        """Offset of the first byte that no record holds yet."""
        return len(self.data) if self.is_complete else self._end

    def advance(self, budget_bytes: int) -> None:
        """Find the items in about so many bytes more."""
        if self.is_complete:
            return
        limit = self.position + budget_bytes
        if self._scanner is None:
            self._take_whole(limit)
        if not self.is_complete and self.position < limit:
            self._go_on(limit)
        scanner = self._scanner
        if scanner is None:
            self._non_finite.look_up_to(self._position, is_outside=True)
        elif not self.is_complete:
            is_outside = scanner.reached == scanner.position
            self._non_finite.look_up_to(scanner.reached, is_outside=is_outside)

    def span(self, record: int) -> tuple[int, int]:
        """Return the first byte of a record, and the first one behind it and its comma."""
        return self._starts.span(record, self._end)

    def source(self, record: int, bytes_max: int = sys.maxsize) -> bytes:
        """Return an item as it is spelt, up to so many bytes."""
        start, end = self._value(record)
        return self.data[start : min(end, start + bytes_max)]

    def record_at(self, offset: int) -> int:
        """Return the record that holds a byte, the nearest one if none does."""
        return max(0, self._starts.count_below(offset + 1) - 1)

    def mistake_from(self, offset: int) -> int | None:
        """Return where the JSON breaks, if it does so from an offset on."""
        problem = self._problem
        return problem.offset if problem is not None and problem.offset >= offset else None

    def cut(self, record: int, first: int, stop: int) -> Cut:
        """Return the cells of an item from column ``first`` up to ``stop``."""
        if self._problem and record + 1 == self.count:
            return Cut((), f"not JSON: {self._problem}")
        return self._cells.cut(*self._value(record), first, stop)

    def column_of(self, record: int, offset: int) -> int | None:
        """Return the column of a byte of a record; None if the record has no cells."""
        return self._cells.column_of(*self._value(record), offset)

    def column_ends(self, record: int) -> Sequence[tuple[int, int]]:
        """Return where the cells of a record end, and their columns, if it is an object."""
        return self._cells.column_ends(*self._value(record))

    def beginnings(self, record: int, first: int, stop: int) -> Beginnings | None:
        """Return where what belongs to the cells of an object begins, those of some columns."""
        return self._cells.beginnings(*self._value(record), first, stop)

    def texts(self, records: Sequence[int], column: int) -> Sequence[bytes]:
        """Return the texts of a column, which are blank where the JSON breaks."""
        broken = self.count - 1 if self._problem else None
        return [
            b"" if record == broken else self._cells.text(*self._value_in(record, span), column)
            for record, span in zip(records, self._starts.spans(records, self._end), strict=True)
        ]

    @property
    def has_header(self) -> bool:
        """Whether a record has the names of the columns; never: they are the keys."""
        return False

    def toggle_header(self) -> bool:
        """Do nothing: names are the keys."""
        return False

    def path(self, record: int, column: int) -> str:
        """Return where a cell is, as JMESPath spells it."""
        return f"{self._array.path}[{record}]{self._cells.columns.step(column)}"

    # Finding items

    def _take_whole(self, limit: int) -> None:
        for found in item_pattern().finditer(self.data, self._position, limit):
            if not self._take(found):
                return

    def _take(self, found: re.Match[bytes]) -> bool:
        """Take one item up, if it is one; true if another has to follow."""
        if found.lastindex is None:
            return False
        self._add(found.start(1), found.end(1))
        self._position = found.end()
        self.is_complete = found[2] is None
        return not self.is_complete

    def _go_on(self, limit: int) -> None:
        """Read on in one item that is large, nested deep, the last one, or wrong."""
        scanner = self._scanner = self._scanner or self._begin_item(limit)
        if scanner is None:
            return
        limit = max(limit, scanner.reached + _TOKEN_BYTES)
        begun_at = scanner.reached
        while not self.is_complete and scanner.reached < limit:
            if scanner.is_done:
                # To learn what is in a large one takes as long as a turn of reading.
                if scanner.reached == begun_at or begun_at - self._position < _LARGE_BYTES:
                    self._end_item(scanner, limit)
                return
            if scanner.reached == scanner.position:
                skip_run(scanner, self.data, limit)
            if scanner.reached < limit and not scanner.is_done:
                self._step(scanner, limit)
            limit -= STEP_BYTES

    def _begin_item(self, limit: int) -> JsonScanner | None:
        self._position = first_token_offset(self.data, self._position, limit)
        if self._position == limit < len(self.data):
            return None
        if not self._starts and self.data.startswith(b"]", self._position):
            self.is_complete = True
            return None
        return JsonScanner(self._position)

    def _step(self, scanner: JsonScanner, limit: int) -> None:
        step = scanner.step(self.data, limit)
        if isinstance(step, Mistake):
            self._break(step)

    def _end_item(self, scanner: JsonScanner, limit: int) -> None:
        """Take an item up if what is behind it is right, as far as that is looked at."""
        scanner.reached = following = first_token_offset(self.data, scanner.reached, limit)
        if following == limit < len(self.data):
            return
        if self.data[following : following + 1] not in (b",", b"]"):
            is_at_end = following == len(self.data)
            self._break(Mistake(following, "expected ',' or ']'", is_at_end=is_at_end))
            return
        self._add(self._position, scanner.position)
        self._position = following + 1
        self._scanner = None
        self.is_complete = self.data.startswith(b"]", following)

    def _break(self, mistake: Mistake) -> None:
        """Let the rest, from the item with the mistake on, be the last record."""
        self._problem = problem_at(self.data, mistake)
        self._begin(self._position)
        self._end = len(self.data)
        # Its commas part it from nothing.
        end = end_without(self.data, self._position, self._end, WHITESPACE)
        self._ends[len(self._starts) - 1] = end
        self._scanner = None
        self.is_complete = True

    def _add(self, start: int, end: int) -> None:
        self._begin(start)
        self._end = end
        if self.data.startswith(b"{", start) or not self._has_no_names(start):
            self._cells.learn(start, end, is_json=True)

    def _has_no_names(self, start: int) -> bool:
        """Whether an item that is no object says nothing of columns that is not known."""
        return len(self._cells.columns) > 0 or self.data.startswith(b"[]", start)

    def _begin(self, start: int) -> None:
        """Begin a record; the one before may end long before it."""
        if start - self._end > _BLANK_BYTES:
            self._ends[len(self._starts) - 1] = self._end
        self._starts.append(start)

    def _value(self, record: int) -> tuple[int, int]:
        return self._value_in(record, self.span(record))

    def _value_in(self, record: int, span: tuple[int, int]) -> tuple[int, int]:
        start, end = span
        known = self._ends.get(record)
        return start, end_without(self.data, start, end, _BETWEEN) if known is None else known
