"""A first look at the file that a body will be read from. Blocks; no widgets in here."""

from __future__ import annotations

import stat
from dataclasses import dataclass, field
from pathlib import Path

HEAD_BYTES = 512
"""How much of the beginning is read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Peek:
    """What a look at the file told."""

    size_bytes: int = 0
    head: bytes = field(default=b"", repr=False)
    problem: str = ""
    """Why it cannot be sent, in words; empty when it can."""


def peek(path: Path) -> Peek:
    """Look at a file without reading more than its beginning; failures are told, not raised."""
    if path == Path():
        return Peek(problem="No file chosen yet")
    try:
        return _look(path.expanduser())
    except FileNotFoundError:
        return Peek(problem="There is no such file")
    except PermissionError:
        return Peek(problem="This file may not be read")
    except OSError as error:
        return Peek(problem=f"Cannot be read: {error.strerror or error}")
    except (RuntimeError, ValueError) as error:
        # An unknown ~user, or a NUL in the path.
        return Peek(problem=f"Not a usable path: {error}")


def _look(path: Path) -> Peek:
    found = path.stat()
    if stat.S_ISDIR(found.st_mode):
        return Peek(problem="This is a folder, not a file")
    if not stat.S_ISREG(found.st_mode):
        # Opening a pipe or a terminal would wait for ever.
        return Peek(problem="Not a regular file")
    with path.open("rb") as file:
        return Peek(size_bytes=found.st_size, head=file.read(HEAD_BYTES))


def hex_lines(data: bytes, *, bytes_per_line: int) -> tuple[tuple[str, str, str], ...]:
    """Return (offset, hex, text) for each line; unprintable bytes are dots in the text."""
    width = bytes_per_line * 3 - 1
    return tuple(
        (
            f"{start:04x}",
            data[start : start + bytes_per_line].hex(" ").ljust(width),
            "".join(map(_character, data[start : start + bytes_per_line])),
        )
        for start in range(0, len(data), bytes_per_line)
    )


def _character(byte: int) -> str:
    return chr(byte) if 0x20 <= byte < 0x7F else "."
