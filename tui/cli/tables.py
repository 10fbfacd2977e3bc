"""Data as the boxes that ``--output table`` of the AWS CLI draws.

    -----------------------------------
    |          ListEndpoints          |     A dictionary's plain values are one row under their
    +---------------------------------+     names; lists and dictionaries in it become sections of
    ||           Endpoints           ||     their own, one bar further in. Where that is wider than
    |+----------------+--------------+|     the terminal, single rows stand upright, a name and a
    ||  EndpointName  |  Status      ||     value a line.
    |+----------------+--------------+|

Nothing is printed here, and texts must be safe to print already.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias

from tui.cli.data import parts_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from tui.cli.data import Data

    Paint: TypeAlias = Callable[[str], str]

_PADDING_CELLS = 4
_MARGIN_CELLS = 2

Row: TypeAlias = tuple[str, ...]


def as_table(data: Data, *, title: str, width_cells: int, paint: Paint = str) -> str:
    """Return lines; none where there is nothing to show.

    Args:
        data: what to show.
        title: stands over all of it.
        width_cells: of the terminal.
        paint: colours a value; what it returns must be as wide.
    """
    sections = list(_sections(data, title, 0))
    if not sections:
        return ""
    if _width(sections) > width_cells:
        sections = [each.upright() for each in sections]
    width = _width(sections)
    lines = ["-" * width]
    for section in sections:
        bars = "|" * section.indent
        inner = width - 2 * section.indent
        lines.extend(f"{bars}{line}{bars}" for line in section.lines(inner, paint))
    return "\n".join((*lines, ""))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Section:
    """A title, names of columns, and rows that have a cell for each column."""

    title: str = ""
    indent: int = 0
    headers: Row = ()
    rows: tuple[Row, ...] = ()

    @property
    def width(self) -> int:
        """Cells that it needs, borders and indent included."""
        columns = sum(self._column_widths()) + _MARGIN_CELLS
        return max(_cells(self.title) + _MARGIN_CELLS, columns) + 2 * self.indent

    def upright(self) -> _Section:
        """Turn a single row into a name and a value a line."""
        if len(self.rows) != 1 or not self.headers:
            return self
        return replace(self, headers=(), rows=tuple(zip(self.headers, *self.rows, strict=True)))

    def lines(self, width: int, paint: Paint) -> Iterator[str]:
        """Yield its lines, ``width`` cells each, without the indent."""
        columns = _columns(self._column_widths(), width)
        rule = f"+{''.join('-' * each.inner + '+' for each in columns)}"
        if self.title:
            yield f"|{_Column(width=width, edges=2).centred(self.title)}|"
        if self.title and not self.headers and not self.rows:
            yield f"+{'-' * (width - 2)}+"
        if self.headers:
            yield rule
            yield _bounded(each.centred(name) for each, name in _paired(columns, self.headers))
        if not columns:
            return
        yield rule
        for row in self.rows:
            yield _bounded(each.aligned(cell, paint) for each, cell in _paired(columns, row))
        yield rule

    def _column_widths(self) -> list[int]:
        texts = zip(*([self.headers] if self.headers else []), *self.rows, strict=True)
        return [max(map(_cells, column)) + _PADDING_CELLS for column in texts]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Column:
    width: int
    """Cells, with its edges: the first column has two, the others only the right one."""
    edges: int

    @property
    def inner(self) -> int:
        return self.width - self.edges

    def centred(self, text: str) -> str:
        lead = self.width // 2 - _cells(text) // 2 - 1
        return self._filled(" " * lead, text, text)

    def aligned(self, text: str, paint: Paint) -> str:
        lead = "  " if _cells(text) + 2 <= self.inner else ""
        return self._filled(lead, text, paint(text))

    def _filled(self, lead: str, text: str, shown: str) -> str:
        return f"{lead}{shown}{' ' * (self.inner - len(lead) - _cells(text))}"


def _columns(needed: Sequence[int], width: int) -> list[_Column]:
    """Share ``width`` cells out in proportion to what each column needs."""
    if not needed:
        return []
    factor = width / sum(needed)
    shares = [round(factor * each) for each in needed]
    surplus = sum(shares) - width
    # What rounding gave too much is taken from the left on; what it left goes to the right.
    order = range(len(shares)) if surplus > 0 else range(len(shares) - 1, -1, -1)
    step = 1 if surplus > 0 else -1
    for turn in range(abs(surplus)):
        shares[order[turn % len(shares)]] -= step
    return [_Column(width=each, edges=1 if index else 2) for index, each in enumerate(shares)]


def _paired(columns: Sequence[_Column], texts: Row) -> Iterable[tuple[_Column, str]]:
    return zip(columns, texts, strict=True)


def _bounded(cells: Iterable[str]) -> str:
    return f"|{''.join(f'{cell}|' for cell in cells)}"


def _width(sections: Iterable[_Section]) -> int:
    return max(each.width for each in sections)


def _cells(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(each) in "WF" else 1 for each in text)


def _sections(data: Data, title: str, indent: int) -> Iterator[_Section]:
    """Yield what ``data`` becomes; nothing where it is empty."""
    match data:
        case dict():
            yield from _of_shape(data, title, indent) if data else ()
        case list():
            yield from _of_list(data, title, indent) if data else ()
        case None:
            return
        case _:
            yield _Section(title=title, indent=indent, rows=((str(data),),))


def _of_shape(shape: dict[str, Data], title: str, indent: int) -> Iterator[_Section]:
    names, nested = parts_of(shape)
    match names:
        case []:
            yield _Section(title=title, indent=indent)
        case [name]:
            yield _Section(title=title, indent=indent, rows=((name, str(shape[name])),))
        case _:
            row = tuple(str(shape[name]) for name in names)
            yield _Section(title=title, indent=indent, headers=tuple(names), rows=(row,))
    for name in nested:
        yield from _sections(shape[name], name, indent + 1)


def _of_list(items: list[Data], title: str, indent: int) -> Iterator[_Section]:
    shapes = [each for each in items if isinstance(each, dict)]
    if len(shapes) == len(items):
        yield from _of_shapes(shapes, title, indent)
        return
    rows = [tuple(map(str, each)) if isinstance(each, list) else (str(each),) for each in items]
    length = max(map(len, rows))
    filled = tuple((*row, *[""] * (length - len(row))) for row in rows)
    yield _Section(title=title, indent=indent, rows=filled)


def _of_shapes(shapes: list[dict[str, Data]], title: str, indent: int) -> Iterator[_Section]:
    """One section for all of them, or one for each where something stands below each."""
    parts = [parts_of(shape) for shape in shapes]
    headers = tuple(sorted({name for names, _ in parts for name in names}))
    nested = sorted({name for _, names in parts for name in names})
    rows = [tuple(str(shape.get(name, "")) for name in headers) for shape in shapes]
    if not nested:
        yield _Section(title=title, indent=indent, headers=headers, rows=tuple(rows))
        return
    for shape, row in zip(shapes, rows, strict=True):
        yield _Section(title=title, indent=indent, headers=headers, rows=(row,))
        for name in parts_of(shape)[1]:
            yield from _sections(shape[name], name, indent + 1)
