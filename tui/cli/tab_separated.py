"""Data as ``--output text`` of the AWS CLI has it: a line each, cells between tabs, for `cut`.

A dictionary's plain values are one line, in the order of their names; what is nested in it follows
on lines that begin with the name it has there, in capitals.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.cli.data import parts_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tui.cli.data import Data


def as_text(data: Data) -> str:
    """Return lines; none where there is nothing to show."""
    return "".join(f"{line}\n" for line in _lines(data, ()))


def _lines(data: Data, label: tuple[str, ...]) -> Iterator[str]:
    """Yield lines.

    Args:
        data: what to show.
        label: the first cell of each line that has plain values, or nothing.
    """
    match data:
        case dict():
            names, _ = parts_of(data)
            yield from _shape_lines(data, names, label)
        case list():
            yield from _list_lines(data, label)
        case _:
            yield str(data)


def _list_lines(items: list[Data], label: tuple[str, ...]) -> Iterator[str]:
    shapes = [each for each in items if isinstance(each, dict)]
    if shapes:
        names = sorted({name for shape in shapes for name in parts_of(shape)[0]})
        for each in items:
            yield from (
                _shape_lines(each, names, label) if isinstance(each, dict) else _lines(each, label)
            )
        return
    scalars = [str(each) for each in items if not isinstance(each, list)]
    if label:
        yield from (_line(*label, each) for each in scalars)
    elif scalars:
        yield _line(*scalars)
    for each in items:
        if isinstance(each, list):
            yield from _list_lines(each, label)


def _shape_lines(
    shape: dict[str, Data], names: Sequence[str], label: tuple[str, ...]
) -> Iterator[str]:
    """Yield a line with the values of ``names``, then what is nested."""
    if names:
        yield _line(*label, *(str(shape.get(name, "")) for name in names))
    for name in sorted(shape.keys() - set(names)):
        yield from _lines(shape[name], (name.upper(),))


def _line(*cells: str) -> str:
    return "\t".join(cells)
