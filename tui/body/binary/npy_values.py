"""Values in NumPy's .npy files, spelt one by one: bool, numbers, complex numbers and strings."""

from __future__ import annotations

import re
import struct
from dataclasses import dataclass
from math import isnan

_DTYPE = re.compile(r"(?P<order>[<>|=]?)(?P<kind>[biufcSU])(?P<size>\d{1,9})", re.ASCII)
_CODES = {
    "b1": "?",
    "i1": "b",
    "i2": "h",
    "i4": "i",
    "i8": "q",
    "u1": "B",
    "u2": "H",
    "u4": "I",
    "u8": "Q",
    "f2": "e",
    "f4": "f",
    "f8": "d",
    "c8": "ff",
    "c16": "dd",
}
_DIGITS = {"f2": 4, "f4": 7, "c8": 7}
"""After which single and half precision say nothing more."""
_UTF32_BYTES = 4
_SUMMED_UP_MAX = 100_000
"""More values take longer than a frame."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueType:
    """How values of one dtype are laid out."""

    size_bytes: int
    order: str
    """``<`` or ``>``, as `struct` says it."""
    code: str
    """Of `struct`; empty for strings."""
    kind: str
    digits: int

    def spell(self, data: bytes, offset: int) -> str:
        """Return the value at an offset as text, not sanitised; empty if it is cut short."""
        piece = data[offset : offset + self.size_bytes]
        if len(piece) < self.size_bytes:
            return ""
        if self.kind == "S":
            return repr(piece.rstrip(b"\0"))
        if self.kind == "U":
            codec = "utf-32-le" if self.order == "<" else "utf-32-be"
            return repr(piece.decode(codec, "replace").rstrip("\0"))
        numbers = struct.unpack(self.order + self.code, piece)
        if self.kind == "c":
            real, imaginary = (f"{each:.{self.digits}g}" for each in numbers)
            return f"{real}{'' if imaginary[0] in '+-' else '+'}{imaginary}j"
        return f"{numbers[0]:.{self.digits}g}" if self.kind == "f" else str(numbers[0])

    def summary(self, data: bytes, start: int, count: int) -> str:
        """Say least, greatest and mean of all values; empty where that is not cheap, or none."""
        if self.kind not in "biuf" or not 0 < count <= _SUMMED_UP_MAX:
            return ""
        piece = data[start : start + count * self.size_bytes]
        there = len(piece) // self.size_bytes
        values = struct.unpack(f"{self.order}{there}{self.code}", piece[: there * self.size_bytes])
        numbers = [each for each in values if not isnan(each)]
        if not numbers:
            return ""
        mean = sum(numbers) / len(numbers)
        least, greatest = (
            f"{each:.{self.digits}g}" if self.kind == "f" else f"{each}"
            for each in (min(numbers), max(numbers))
        )
        nans = f" · {there - len(numbers):,} NaN" if len(numbers) < there else ""
        return f"least {least} · greatest {greatest} · mean {mean:.6g}{nans}"


def value_type(dtype: str) -> ValueType | None:
    """Return how values of a dtype are laid out; None of those not known here."""
    found = _DTYPE.fullmatch(dtype)
    if found is None:
        return None
    kind, size = found["kind"], int(found["size"])
    code = _CODES.get(f"{kind}{size}", "")
    if not size or (not code and kind not in "SU"):
        return None
    return ValueType(
        size_bytes=size * _UTF32_BYTES if kind == "U" else size,
        order=">" if found["order"] == ">" else "<",
        code=code,
        kind=kind,
        digits=_DIGITS.get(f"{kind}{size}", 15),
    )
