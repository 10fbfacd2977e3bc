"""Bytes: of no kind, and of those that the program knows: arrays, tensors, images, archives."""

from __future__ import annotations

import gzip
import json
import struct
import zipfile
import zlib
from functools import cache, partial
from io import BytesIO
from typing import TYPE_CHECKING

from PIL import Image

from tests.benchmarks.bodies import LARGE, body
from tests.benchmarks.hostile.making import BYTES, LOREM, chance_of, filled, repeated, whole
from tui.body.shown_body import ShownBody

if TYPE_CHECKING:
    from tests.benchmarks.hostile.making import Kinds, Make

_NOISE_BYTES = 1 << 20
_MAGIC = b"\x93NUMPY\x01\x00"
_NPY = "application/x-npy"


@cache
def _noise(size: int) -> bytes:
    """Return the same noise every time; the same million bytes again and again."""
    return (chance_of("noise").randbytes(_NOISE_BYTES) * (size // _NOISE_BYTES + 1))[:size]


def _npy(dtype: str, shape: str, values: bytes, *, is_fortran: bool = False) -> bytes:
    """Return a file of version 1.0 (numpy.lib.format)."""
    header = f"{{'descr': {dtype}, 'fortran_order': {is_fortran}, 'shape': {shape}, }}"
    padded = header.encode().ljust(-(-(len(header) + 11) // 64) * 64 - 11) + b"\n"
    return _MAGIC + struct.pack("<H", len(padded)) + padded + values


def _floats() -> bytes:
    chance = chance_of("floats")
    block = struct.pack("<10000f", *(chance.uniform(-1, 1) for _ in range(10_000)))
    return filled(block)


def _npy_of(dtype: str, shape: str, *, is_fortran: bool = False) -> Make:
    return whole(_NPY, lambda: _npy(dtype, shape, _floats(), is_fortran=is_fortran))


def _safetensors(count: int) -> bytes:
    size = LARGE // count // 4 * 4
    header = {
        f"model.layers.{at}.weight": {
            "dtype": "F32",
            "shape": [size // 4],
            "data_offsets": [at * size, (at + 1) * size],
        }
        for at in range(count)
    }
    spelt = json.dumps(header).encode()
    return struct.pack("<Q", len(spelt)) + spelt + _noise(count * size)


def _wav() -> bytes:
    form = struct.pack("<4sIHHIIHH", b"fmt ", 16, 1, 2, 44_100, 176_400, 4, 16)
    head = struct.pack("<4sI4s", b"RIFF", 36 + LARGE, b"WAVE")
    return head + form + struct.pack("<4sI", b"data", LARGE) + _noise(LARGE)


def _picture(width: int, height: int) -> Image.Image:
    """Return noise in a quarter of an image, and stripes beside it."""
    noise = _noise(width * height * 3 // 4)
    return Image.frombytes(
        "RGB", (width, height), noise + b"\x10\x20\x30" * (width * height * 3 // 4)
    )


def _image(kind: str, width: int, height: int) -> bytes:
    file = BytesIO()
    _picture(width, height).save(file, kind)
    return file.getvalue()


def _animated() -> bytes:
    frames = [Image.frombytes("L", (1000, 1000), _noise(1_000_000 + at)[at:]) for at in range(20)]
    file = BytesIO()
    frames[0].save(file, "gif", save_all=True, append_images=frames[1:], duration=40, loop=0)
    return file.getvalue()


def _gzip_of(data: bytes) -> bytes:
    return gzip.compress(data, compresslevel=1, mtime=0)


def _zip_of(members: int, size: int) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for at in range(members):
            name = zipfile.ZipInfo(f"folder/file {at}.bin", (1980, 1, 1, 0, 0, 0))
            archive.writestr(name, _noise(size))
    return file.getvalue()


def _recordio() -> bytes:
    """Return records of RecordIO, each of 2 kB: a magic number, a length, the bytes, padded."""
    record = chance_of("record").randbytes(2_000)
    return filled(struct.pack("<II", 0xCED7230A, len(record)) + record)


def _event_stream() -> bytes:
    """Return messages as Amazon's runtime streams them: a prelude, headers, JSON, a checksum."""
    name, value = b":event-type", b"PayloadPart"
    headers = bytes([len(name)]) + name + b"\x07" + struct.pack(">H", len(value)) + value
    payload = b'{"token": "lorem", "score": 0.125}'
    sizes = struct.pack(">II", 16 + len(headers) + len(payload), len(headers))
    begun = sizes + struct.pack(">I", zlib.crc32(sizes)) + headers + payload
    return filled(begun + struct.pack(">I", zlib.crc32(begun)))


_PROTOBUF = b"\x0a\x12\x08\x96\x01\x12\x07testing\x1d\x00\x00\x80\x3f\x22\x01a"
ARRAYS: Kinds = {
    "npy, float32 of one dimension": _npy_of("'<f4'", "(6250000,)"),
    "npy, float32 of two dimensions": _npy_of("'<f4'", "(6250, 1000)"),
    "npy, float32 of one column": _npy_of("'<f4'", "(6250000, 1)"),
    "npy, float32, Fortran": _npy_of("'<f4'", "(6250, 1000)", is_fortran=True),
    "npy, float32 of no dimension, and more": _npy_of("'<f4'", "()"),
    "npy, float32 of ten dimensions": _npy_of("'<f4'", "(5, 5, 5, 5, 5, 5, 5, 5, 2, 8)"),
    "npy, float64, big-endian": _npy_of("'>f8'", "(3125, 1000)"),
    "npy, int8": _npy_of("'|i1'", "(25000000,)"),
    "npy, bool": _npy_of("'|b1'", "(25000000,)"),
    "npy, structured": _npy_of("[('a', '<f4'), ('b', '<i4')]", "(3125000,)"),
    "npy, strings": _npy_of("'<U10'", "(625000,)"),
    "npy, of a shape that is too large": _npy_of("'<f4'", "(1000000, 1000000)"),
    "npy, cut short": whole(_NPY, lambda: _MAGIC + b"\xff\xff" + _noise(LARGE)),
    "safetensors, one tensor": whole(BYTES, partial(_safetensors, 1)),
    "safetensors, 10,000 tensors": whole(BYTES, partial(_safetensors, 10_000)),
    "safetensors, a header of 20 MB (45 MB)": whole(BYTES, partial(_safetensors, 200_000)),
}
MEDIA: Kinds = {
    "WAV": whole("audio/wav", _wav),
    "PNG of 24 megapixels": whole("image/png", partial(_image, "png", 6000, 4000)),
    "JPEG of 24 megapixels (4 MB)": whole("image/jpeg", partial(_image, "jpeg", 6000, 4000)),
    "WebP of 4 megapixels (0.6 MB)": whole("image/webp", partial(_image, "webp", 2000, 2000)),
    "GIF, animated": whole("image/gif", _animated),
    "PNG, broken": whole("image/png", lambda: _image("png", 3000, 3000)[:1000] + _noise(LARGE)),
    "BMP of 8 megapixels": whole("image/bmp", partial(_image, "bmp", 3300, 2500)),
}
PACKED: Kinds = {
    "gzip of noise": whole("application/gzip", lambda: _gzip_of(_noise(LARGE))),
    "gzips of 1 GB of zeros (4 MB)": whole(
        "application/gzip", lambda: _gzip_of(b"\0" * 100_000_000) * 10
    ),
    "gzip of JSON": whole("application/gzip", lambda: _gzip_of(body("records", LARGE).data) * 4),
    "zip of one file": whole("application/zip", partial(_zip_of, 1, LARGE)),
    "zip of 1,000 files": whole("application/zip", partial(_zip_of, 1_000, 25_000)),
    "zip of 100,000 files": whole("application/zip", partial(_zip_of, 100_000, 100)),
    "protobuf": repeated("application/x-protobuf", _PROTOBUF),
    "recordio-protobuf": whole("application/x-recordio-protobuf", _recordio),
    "Amazon event stream": whole("application/vnd.amazon.eventstream", _event_stream),
    "pickle": whole(BYTES, lambda: b"\x80\x04\x95" + _noise(LARGE)),
}
OF_NO_KIND: Kinds = {
    "bytes, noise": whole(BYTES, partial(_noise, LARGE)),
    "bytes, zeros": repeated(BYTES, b"\0"),
    "bytes, ones": repeated(BYTES, b"\xff"),
    "bytes, all 256": repeated(BYTES, bytes(range(256))),
    "bytes, text with a NUL at the start": lambda: ShownBody(
        filled(LOREM + b" 1\n", begin=b"\0" * 100), BYTES
    ),
    "bytes, text with a NUL in the middle": lambda: ShownBody(
        filled(LOREM + b" 1\n", size=LARGE // 2) + b"\0" + filled(LOREM, size=LARGE // 2), BYTES
    ),
    "bytes, digits": repeated(BYTES, b"1\0"),
    "bytes, called JSON": repeated("application/json", b"\0\x01\x02\xff{1"),
    "bytes, called text": repeated("text/plain", b"\0\x01\x02\xff 1\n"),
    "bytes, called CSV": whole("text/csv", partial(_noise, LARGE)),
    "bytes, called HTML": whole("text/html", partial(_noise, LARGE)),
}
BINARY_BODIES: Kinds = {**ARRAYS, **MEDIA, **PACKED, **OF_NO_KIND}
