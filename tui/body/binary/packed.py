"""What is in packed bodies, gzip and ZIP: unpacked within bounds, whatever they say."""

from __future__ import annotations

import struct
import zipfile
import zlib
from dataclasses import dataclass
from io import BytesIO

from tui.body.binary.npy_document import npy_words
from tui.body.binary.npy_header import HEADER_BYTES_MAX, NpyBroken, read_npy_header
from tui.body.shown_body import ShownBody

UNPACKED_BYTES_MAX = 100_000_000
"""More is not unpacked: 100 kB of gzip can be told to be as much."""
_DIRECTORY_BYTES_MAX = 200_000
"""Of a ZIP archive; some 20 ms, which is what it may take to list it."""
_DESCRIBED_MAX = 50
_SLICE_BYTES = 1 << 20
_END = b"PK\x05\x06"
_END_BYTES = 22
_COMMENT_BYTES_MAX = 65_535
_GZIP_BEGINS = b"\x1f\x8b"
_GZIP = 31
"""What zlib calls gzip, with windows of 32 kB."""
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    NotImplementedError,
    RuntimeError,
    OSError,
    ValueError,
    LookupError,
    EOFError,
    struct.error,
)
"""What `zipfile` raises over archives that are none, or encrypted, or packed in another way."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One file in an archive."""

    name: str
    """As it came, not sanitised."""
    size_bytes: int
    packed_bytes: int
    words: str = ""
    """What is in it, if it is an array."""


def unpack_gzip(data: bytes) -> ShownBody | None:
    """Return what a gzip body holds, as far as it goes and at most `UNPACKED_BYTES_MAX`.

    It is cut if that is not all of it, or is not what was packed.

    None if nothing comes out of it.
    """
    parts: list[bytes] = []
    room, rest, is_whole = UNPACKED_BYTES_MAX, data, False
    while rest and room > 0:
        unpacker, room_before = zlib.decompressobj(_GZIP), room
        try:
            while room > 0 and not unpacker.eof and (rest or unpacker.unconsumed_tail):
                part = unpacker.decompress(rest, min(room, _SLICE_BYTES))
                rest = unpacker.unconsumed_tail
                parts.append(part)
                room -= len(part)
        except zlib.error:
            # What comes behind the end, and is no gzip, is no part of it.
            is_whole = is_whole and room == room_before
            break
        rest, is_whole = unpacker.unused_data, unpacker.eof
    is_whole = is_whole and not (room <= 0 and rest.startswith(_GZIP_BEGINS))
    unpacked = b"".join(parts)
    return ShownBody(unpacked, None, is_cut=not is_whole) if unpacked else None


def members_of(data: bytes) -> tuple[Member, ...]:
    """List a ZIP archive; nothing if it is broken, or too long a list."""
    if not _is_short(data):
        return ()
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            found = archive.infolist()
            return tuple(
                Member(
                    name=each.filename,
                    size_bytes=each.file_size,
                    packed_bytes=each.compress_size,
                    words=_array_words(archive, each) if at < _DESCRIBED_MAX else "",
                )
                for at, each in enumerate(found)
            )
    except _BROKEN:
        return ()


def unpack_member(data: bytes, name: str) -> ShownBody | None:
    """Return a file of a ZIP archive, at most `UNPACKED_BYTES_MAX`; None if it cannot be read."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive, archive.open(name) as file:
            return ShownBody(file.read(UNPACKED_BYTES_MAX), None, is_cut=bool(file.read(1)))
    except _BROKEN:
        return None


def _is_short(data: bytes) -> bool:
    """Whether the list of members is of bounded length, by what is said at the archive's end."""
    at = data.rfind(_END, max(0, len(data) - _COMMENT_BYTES_MAX - _END_BYTES))
    if at < 0 or len(data) - at < _END_BYTES:
        return False
    (directory_bytes,) = struct.unpack_from("<I", data, at + 12)
    return directory_bytes <= _DIRECTORY_BYTES_MAX


def _array_words(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> str:
    """Say what array a member of an .npz file is."""
    if not member.filename.endswith(".npy"):
        return ""
    try:
        with archive.open(member) as file:
            return npy_words(read_npy_header(file.read(HEADER_BYTES_MAX)))
    except (*_BROKEN, NpyBroken):
        return "broken"
