"""Files of the kinds that model servers answer, of any size to the byte: arrays, tensors, sound.

What is left over lengthens a header, where the format allows white space, or the values.
"""

from __future__ import annotations

import json
import struct
from array import array
from http import HTTPStatus
from math import prod
from random import Random

from tui.demo.containers import RequestRefused

_HEADER_BYTES = 128
"""Of an array; NumPy itself aligns to 64."""
_COLUMNS = 8
_FLOAT_BYTES = 4
_POOL = 4_096
_SAMPLES_PER_S = 8_000
_WAV_BYTES = 44
_TENSORS = (
    ("encoder.weight", "F32", 4, 5),
    ("encoder.bias", "F16", 2, 1),
    ("decoder.weight", "BF16", 2, 2),
)
"""Name, dtype, bytes of a value, and the share of each, in eighths."""


def make_npy(size: int, seed: int) -> bytes:
    """Return an array of floats in rows of eight."""
    rows = (size - _HEADER_BYTES) // (_FLOAT_BYTES * _COLUMNS)
    _require(rows >= 1, _HEADER_BYTES + _FLOAT_BYTES * _COLUMNS)
    values = rows * _COLUMNS
    start = size - values * _FLOAT_BYTES
    literal = {"descr": "<f4", "fortran_order": False, "shape": (rows, _COLUMNS)}
    head = b"\x93NUMPY\1\0" + struct.pack("<H", start - 10)
    return head + f"{literal!r}".encode().ljust(start - 11) + b"\n" + _floats(values, seed)


def make_safetensors(size: int, seed: int) -> bytes:
    """Return three tensors, the rest of the bytes white space of the header."""
    room = size - 512
    _require(room >= _FLOAT_BYTES * len(_TENSORS) * _COLUMNS, 1_000)
    header: dict[str, object] = {"__metadata__": {"format": "pt", "made_by": "sagescope demo"}}
    at = 0
    for name, dtype, width, share in _TENSORS:
        rows = max(1, room * share // 8 // (width * _COLUMNS))
        shape = [rows, _COLUMNS] if name.endswith("weight") else [rows * _COLUMNS]
        end = at + prod(shape) * width
        header[name] = {"dtype": dtype, "shape": shape, "data_offsets": [at, end]}
        at = end
    values = _floats(-(-at // _FLOAT_BYTES), seed)[:at]
    text = json.dumps(header).encode().ljust(size - 8 - at)
    return struct.pack("<Q", len(text)) + text + values


def make_wav(size: int, seed: int) -> bytes:
    """Return noise of one channel and eight bits."""
    _require(size >= _WAV_BYTES, _WAV_BYTES)
    samples = size - _WAV_BYTES
    form = struct.pack("<4sIHHIIHH", b"fmt ", 16, 1, 1, _SAMPLES_PER_S, _SAMPLES_PER_S, 1, 8)
    head = struct.pack("<4sI4s", b"RIFF", size - 8, b"WAVE") + form
    noise = Random(seed).randbytes(min(samples, _POOL))  # noqa: S311 - noise, guards nothing
    return head + struct.pack("<4sI", b"data", samples) + _repeated(noise, samples)


def _floats(count: int, seed: int) -> bytes:
    random = Random(seed)  # noqa: S311 - filler, guards nothing
    pool = array("f", [round(random.gauss(0, 1), 4) for _ in range(min(count, _POOL))])
    return _repeated(pool.tobytes(), count * _FLOAT_BYTES)


def _repeated(pool: bytes, size: int) -> bytes:
    return (pool * (size // max(1, len(pool)) + 1))[:size]


def _require(is_enough: bool, least: int) -> None:  # noqa: FBT001 - says what it checks
    if not is_enough:
        problem = f"size_bytes must be at least {least} for this kind"
        raise RequestRefused(HTTPStatus.BAD_REQUEST, problem, member="size_bytes")
