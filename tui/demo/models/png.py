"""PNG files, 8-bit RGB, with nothing but zlib. W3C, Portable Network Graphics, third edition."""

from __future__ import annotations

import struct
import zlib

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_BIT_DEPTH = 8
_RGB = 2


def to_png(pixels: bytes, width: int, height: int) -> bytes:
    """Encode ``pixels``: three bytes each, row by row from the top."""
    stride = 3 * width
    # Each row begins with its filter: 0, none.
    rows = (b"\0" + pixels[row * stride : (row + 1) * stride] for row in range(height))
    header = struct.pack(">IIBBBBB", width, height, _BIT_DEPTH, _RGB, 0, 0, 0)
    data = zlib.compress(b"".join(rows))
    chunks = ((b"IHDR", header), (b"IDAT", data), (b"IEND", b""))
    return _SIGNATURE + b"".join(_chunk(*chunk) for chunk in chunks)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
