"""Headers of NumPy's .npy files, versions 1 to 3, read without numpy.

Format: numpy.lib.format, "NPY format": magic, version, length, a Python literal, the values.
"""

from __future__ import annotations

import ast
import struct
from dataclasses import dataclass
from math import prod
from typing import TypeAlias

MAGIC = b"\x93NUMPY"
HEADER_BYTES_MAX = 10_000
"""NumPy's own bound (max_header_size), for the same reason: it is parsed as Python."""
_DIMENSIONS_MAX = 64
_BYTES_MAX = 2**63
_UTF8_SINCE = 3
_Value: TypeAlias = str | bool | tuple[object, ...] | list[object] | None


class NpyBroken(Exception):
    """The header is none; the message says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NpyHeader:
    """What a file says of its values."""

    version: str
    dtype: str
    """As it is spelt, such as ``<f4``; of structured values the whole literal."""
    shape: tuple[int, ...]
    is_fortran: bool
    start: int
    """Where the values begin."""

    @property
    def count(self) -> int:
        """How many values there are."""
        return prod(self.shape)

    def strides(self) -> tuple[int, ...]:
        """Return how many values further the next one is, along each axis."""
        sizes = self.shape if self.is_fortran else self.shape[::-1]
        steps = tuple(prod(sizes[:axis]) for axis in range(len(sizes)))
        return steps if self.is_fortran else steps[::-1]


def read_npy_header(data: bytes) -> NpyHeader:
    """Read the header at the start of some bytes.

    Raises:
        NpyBroken: it is none, or cut short.
    """
    if not data.startswith(MAGIC) or len(data) < len(MAGIC) + 2:
        raise NpyBroken("it is cut short")
    major, minor = data[6:8]
    length_format = {1: "<H", 2: "<I", 3: "<I"}.get(major)
    if length_format is None:
        raise NpyBroken(f"version {major}.{minor} is not known")
    start = 8 + struct.calcsize(length_format)
    if len(data) < start:
        raise NpyBroken("it is cut short")
    (length,) = struct.unpack_from(length_format, data, 8)
    if length > HEADER_BYTES_MAX:
        raise NpyBroken(f"it says that it has {length:,} bytes")
    if len(data) < start + length:
        raise NpyBroken("it is cut short")
    encoding = "utf-8" if major >= _UTF8_SINCE else "latin-1"
    text = data[start : start + length].decode(encoding, "replace")
    dtype, shape, is_fortran = _members(_literal(text))
    return NpyHeader(
        version=f"{major}.{minor}",
        dtype=dtype,
        shape=shape,
        is_fortran=is_fortran,
        start=start + length,
    )


def npy_file(dtype: str, shape: tuple[int, ...], values: bytes) -> bytes:
    """Return a file of values that lie in the order of C."""
    literal = f"{{'descr': {dtype!r}, 'fortran_order': False, 'shape': {shape!r}}}\n".encode()
    return MAGIC + b"\1\0" + struct.pack("<H", len(literal)) + literal + values


def _literal(text: str) -> dict[str, _Value]:
    try:
        found: dict[str, _Value] | str = ast.literal_eval(text.strip())
    except (ValueError, SyntaxError, TypeError, RecursionError, MemoryError) as error:
        raise NpyBroken("it is no literal of Python") from error
    if not isinstance(found, dict):
        raise NpyBroken("it is no dictionary")
    return found


def _members(found: dict[str, _Value]) -> tuple[str, tuple[int, ...], bool]:
    descr, shape, is_fortran = (found.get(key) for key in ("descr", "shape", "fortran_order"))
    if descr is None or not isinstance(shape, tuple) or not isinstance(is_fortran, bool):
        raise NpyBroken("it does not say descr, fortran_order and shape")
    sizes = tuple(size for size in shape if isinstance(size, int) and 0 <= size < _BYTES_MAX)
    if len(sizes) != len(shape) or len(sizes) > _DIMENSIONS_MAX or prod(sizes) >= _BYTES_MAX:
        raise NpyBroken("its shape is none")
    return descr if isinstance(descr, str) else repr(descr), sizes, is_fortran
