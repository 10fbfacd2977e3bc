"""Headers of safetensors files: what tensors there are, read as far as they are asked for.

Format (github.com/huggingface/safetensors, "Format"): eight bytes of length, little endian; JSON
that begins with a brace; the values. Offsets count from behind the header.
"""

from __future__ import annotations

import json
import re
import struct
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice
from math import prod
from typing import NamedTuple, TypeGuard

READ_BYTES_MAX = 1_000_000
"""What is asked for must be within them; a model of seventy billion numbers has 80 kB in all."""
_LENGTH_BYTES = 8
_METADATA = "__metadata__"
_OFFSETS = re.compile(rb'"data_offsets"')
"""Each tensor has them once; a quotation mark within a string would follow a backslash."""
_DIMENSIONS_MAX = 64
_BYTES_MAX = 2**63
_BITS = {"BOOL": 8, "BF16": 16, "F4": 4, "F6_E2M3": 6, "F6_E3M2": 6}
_BITS_IN_NAME = re.compile(r"[A-Z](?P<bits>8|16|32|64)(?:_\w+)?")


class SafetensorsBroken(Exception):
    """The header is none; the message says why."""


class Tensor(NamedTuple):
    """What the header says of one tensor; a tuple is made in a third of the time."""

    name: str
    """As it came, not sanitised."""
    dtype: str
    """Likewise."""
    shape: tuple[int, ...]
    start: int
    """Where its values begin, in bytes of the whole file."""
    end: int

    @property
    def value_count(self) -> int:
        """How many values there are."""
        return prod(self.shape)

    @property
    def size_bytes(self) -> int:
        """How many bytes its offsets span."""
        return self.end - self.start

    @property
    def needed_bytes(self) -> int | None:
        """How many bytes so many values take; None of a dtype that is not known."""
        bits = _bits_of(self.dtype)
        return None if bits is None else -(-self.value_count * bits // 8)


@dataclass(frozen=True, slots=True, kw_only=True)
class SafetensorsHeader:
    """What a header says, in its order."""

    start: int
    """Where the values begin."""
    tensors: tuple[Tensor, ...]
    """The first of them, no more than were asked for."""
    tensor_count: int
    """How many there are in all; those behind the first are counted by their offsets alone."""
    metadata: tuple[tuple[str, str], ...] = ()
    """Not sanitised."""
    broken: tuple[str, ...] = field(default=())
    """Names of entries that say no dtype, shape and offsets."""


@lru_cache(maxsize=16)
def _bits_of(dtype: str) -> int | None:
    """Return how many bits a value has; None of a dtype that is not known."""
    found = _BITS_IN_NAME.fullmatch(dtype)
    return _BITS.get(dtype) or (int(found["bits"]) if found else None)


def read_safetensors_header(data: bytes, tensors_max: int) -> SafetensorsHeader:
    """Read the header at the start of some bytes, up to so many tensors.

    Two thousand take 5 ms, however many follow: these are counted at 3 GB a second.

    Raises:
        SafetensorsBroken: it is none, cut short, or too long before so many are read.
    """
    if len(data) < _LENGTH_BYTES:
        raise SafetensorsBroken("it is cut short")
    (length,) = struct.unpack_from("<Q", data)
    start = _LENGTH_BYTES + length
    if len(data) < start:
        raise SafetensorsBroken("it is cut short")
    text, is_all = _first_entries(data, start, tensors_max + 1)
    entries = _parse(text)
    told = entries.pop(_METADATA, {})
    tensors = {name: _tensor(name, entry, start) for name, entry in entries.items()}
    read = [tensor for tensor in tensors.values() if tensor is not None]
    return SafetensorsHeader(
        start=start,
        tensors=tuple(read[:tensors_max]),
        tensor_count=len(read) if is_all else data.count(_OFFSETS.pattern, _LENGTH_BYTES, start),
        metadata=tuple((name, str(value)) for name, value in told.items())
        if _is_object(told)
        else (),
        broken=tuple(name for name, tensor in tensors.items() if tensor is None),
    )


def _first_entries(data: bytes, stop: int, entries_max: int) -> tuple[bytes, bool]:
    """Return an object of JSON of the first entries of a header, and whether that is all of it."""
    read_stop = min(stop, _LENGTH_BYTES + READ_BYTES_MAX)
    offsets = _OFFSETS.finditer(data, _LENGTH_BYTES, read_stop)
    last = next(islice(offsets, entries_max - 1, None), None)
    end = data.find(b"}", last.end(), stop) + 1 if last else 0
    if end:
        return data[_LENGTH_BYTES:end] + b"}", False
    if stop > read_stop:
        raise SafetensorsBroken(f"it says that it has {stop - _LENGTH_BYTES:,} bytes")
    return data[_LENGTH_BYTES:stop], True


def _parse(text: bytes) -> dict[str, object]:
    try:
        found: object = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise SafetensorsBroken("it is no JSON") from error
    if not _is_object(found):
        raise SafetensorsBroken("it is no object of JSON")
    return found


def _tensor(name: str, entry: object, start: int) -> Tensor | None:
    if not _is_object(entry):
        return None
    dtype, shape, offsets = entry.get("dtype"), entry.get("shape"), entry.get("data_offsets")
    if not isinstance(dtype, str) or not _are_sizes(shape) or not _are_sizes(offsets):
        return None
    if len(offsets) != 2 or offsets[0] > offsets[1] or prod(shape) >= _BYTES_MAX:
        return None
    return Tensor(name, dtype, tuple(shape), start + offsets[0], start + offsets[1])


def _are_sizes(values: object) -> TypeGuard[list[int]]:
    """Whether this is a list of whole numbers, none of them negative."""
    if not _is_list(values) or len(values) > _DIMENSIONS_MAX:
        return False
    # By their very types, for true and false are whole numbers to `isinstance`.
    return all(type(size) is int and 0 <= size < _BYTES_MAX for size in values)


def _is_object(value: object) -> TypeGuard[dict[str, object]]:
    return isinstance(value, dict)


def _is_list(value: object) -> TypeGuard[list[object]]:
    return isinstance(value, list)
