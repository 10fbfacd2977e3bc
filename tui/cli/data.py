"""What a command prints: JSON's values, before anybody chose how they look."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable

Scalar: TypeAlias = str | int | float | bool | None
Data: TypeAlias = "Scalar | list[Data] | dict[str, Data]"


def with_texts(data: Data, change: Callable[[str], str]) -> Data:
    """Return the same data with every text in it changed, names of values too."""
    match data:
        case str():
            return change(data)
        case list():
            return [with_texts(each, change) for each in data]
        case dict():
            return {change(name): with_texts(each, change) for name, each in data.items()}
        case _:
            return data


def parts_of(shape: dict[str, Data]) -> tuple[list[str], list[str]]:
    """Return (names of plain values, names of lists and dictionaries), each in order."""
    names = sorted(shape)
    nested = [name for name in names if isinstance(shape[name], list | dict)]
    return [name for name in names if name not in nested], nested
