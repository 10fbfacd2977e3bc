"""NumPy arrays: dtype, shape, order, and the first values as they lie along the axes."""

from __future__ import annotations

from itertools import islice, product
from typing import TYPE_CHECKING

from tui.body.binary.npy_header import MAGIC, NpyBroken, NpyHeader, read_npy_header
from tui.body.binary.npy_values import ValueType, value_type
from tui.body.lens import Fit
from tui.body.told_document import ToldDocument, aligned, cut_words, fact, told

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tui.body.kinds import Recognised
    from tui.body.rows import Document, Row
    from tui.body.shown_body import ShownBody

_ROWS_MAX = 200
_COLUMNS_MAX = 24
_VALUE_CHARS_MAX = 40
_WORD_CHARS_MAX = 80
_NAMES = {"b": "bool", "i": "int", "u": "uint", "f": "float", "c": "complex"}


def fit_npy(body: ShownBody, _found: Recognised) -> Fit:
    """Say whether a body is an array of NumPy's."""
    return Fit.MADE_FOR_IT if body.data.startswith(MAGIC) else Fit.NONE


def open_npy(body: ShownBody, found: Recognised, _row_bytes: int) -> Document:
    """Read the header, and the first few values."""
    size = f"{len(body.data):,} bytes"
    try:
        header = read_npy_header(body.data)
    except NpyBroken as error:
        words = f"{found.name} · its header is broken: {error} · {size}"
        return ToldDocument([told((words, "error"))], words)
    row = told((f"{found.name} · {npy_words(header)} · {size}", ""))
    return ToldDocument(list(_rows(body.data, header)), row.text)


def npy_words(header: NpyHeader) -> str:
    """Say dtype and shape, not sanitised."""
    shape = " × ".join(f"{size:,}" for size in header.shape) or "one value"
    return f"{_dtype_words(header.dtype)} · {shape}"


def _dtype_words(dtype: str) -> str:
    kind = value_type(dtype)
    if kind is not None and kind.kind in _NAMES:
        return _NAMES[kind.kind] + (f"{8 * kind.size_bytes}" if kind.kind != "b" else "")
    return dtype if len(dtype) <= _WORD_CHARS_MAX else f"{dtype[:_WORD_CHARS_MAX]}…"


def _rows(data: bytes, header: NpyHeader) -> Iterator[Row]:
    order = (
        "Fortran, the first axis runs fastest" if header.is_fortran else "C, the last runs fastest"
    )
    words = _dtype_words(header.dtype)
    is_named = not header.dtype.startswith(words.removesuffix("…"))
    yield fact("dtype", f"{words} ({header.dtype[:_WORD_CHARS_MAX]})" if is_named else words)
    yield fact("shape", f"{header.shape}")
    yield fact("order", order)
    yield fact("format", f"version {header.version}")
    kind = value_type(header.dtype)
    if kind is None:
        yield fact("values", "of a dtype that is not read here; w writes the file")
        return
    missing = header.count * kind.size_bytes - (len(data) - header.start)
    if missing:
        state = f"{missing:,} bytes are missing" if missing > 0 else f"{-missing:,} bytes too many"
        yield told((f"{'values':<8} {state}", "error"))
    if summary := kind.summary(data, header.start, header.count):
        yield fact("values", summary)
    yield from _value_rows(data, header, kind)


def _value_rows(data: bytes, header: NpyHeader, kind: ValueType) -> Iterator[Row]:
    """Spell the values along the last axis in a row each, those of the first rows."""
    if not header.count:
        return
    width = header.shape[-1] if header.shape else 1
    goes_on = f"  … {width - _COLUMNS_MAX:,} more" if width > _COLUMNS_MAX else ""
    spelt = list(_spelt_rows(data, header, kind))
    names = aligned([f"[{', '.join(map(str, place))}]" for place, _ in spelt])
    columns = [
        aligned(column, is_right=kind.kind in _NAMES)
        for column in zip(*(values for _, values in spelt), strict=True)
    ]
    for name, values in zip(names, zip(*columns, strict=True), strict=True):
        words = "  ".join(values).rstrip()
        yield told((f"{name:<8} ", "comment"), (words, "number"), (goes_on, "comment"))


def _spelt_rows(
    data: bytes, header: NpyHeader, kind: ValueType
) -> Iterator[tuple[tuple[int, ...], list[str]]]:
    """Yield where rows are along the outer axes, and as many values of each; "" if cut short."""
    strides = header.strides()
    outer, width = header.shape[:-1], header.shape[-1] if header.shape else 1
    step = strides[-1] if strides else 1
    for place in islice(_places(outer), _ROWS_MAX):
        first = sum(at * stride for at, stride in zip(place, strides, strict=False))
        indexes = range(first, first + min(width, _COLUMNS_MAX) * step, step)
        values = [kind.spell(data, header.start + at * kind.size_bytes) for at in indexes]
        if not values[0]:
            return
        yield place, [cut_words(each, _VALUE_CHARS_MAX) for each in values]


def _places(outer: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
    # More than this along an axis are not reached, and `product` would keep all of them.
    return product(*(range(min(size, _ROWS_MAX)) for size in outer))
