"""Onto the clipboard, by whichever way reaches the one in front of the user.

    not over ssh ──▶ a clipboard program of this machine (pbcopy, wl-copy, xclip, …)
         │ over ssh, none there, it fails or hangs
         ▼
    up to 75 kB ──▶ the terminal's clipboard (OSC 52)
         │ larger
         ▼
    a private file

The programs are run here rather than by a library: pyperclip does not look at their exit status,
so that a copy without a display would count as made, and lets them write on the user's screen.
No terminal answers an OSC 52 sequence either, so nobody can know whether it took the text; 75 kB
is what those that take any accept, and tmux drops larger ones without a word. Nothing here draws.
"""

from __future__ import annotations

import os
import subprocess
import sys
from base64 import b64encode
from dataclasses import dataclass
from enum import Enum, auto
from shutil import which
from typing import TYPE_CHECKING

from tui.blocking import run_blocking
from tui.body.pieces import encoded
from tui.store.files import write_atomically

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from tui.body.pieces import Pieces

LARGEST_OSC_52_BYTES = 75_000
"""Of the text in UTF-8, before base64."""
PROGRAM_TIMEOUT_S = 3.0
"""A clipboard program may wait for a display for good."""


class Way(Enum):
    """How a text was copied."""

    PROGRAM = auto()
    """Into the clipboard of this machine."""
    TERMINAL = auto()
    """Sent to the terminal, which may or may not pass it on."""
    FILE = auto()
    """Too large for the terminal; written to `Clipboard.file`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """A program that takes the clipboard's new text from its standard input."""

    command: tuple[str, ...]
    encoding: str = "utf-8"


@dataclass(frozen=True, slots=True, kw_only=True)
class Clipboard:
    """The ways there are in this session."""

    write_to_terminal: Callable[[str], None]
    """Writes a control sequence; called in the event loop's thread."""
    file: Path
    """Takes what fits nowhere else; the latest replaces the one before."""
    environ: Mapping[str, str]

    async def copy(self, pieces: Pieces) -> Way:
        """Copy a text by the first way that takes it.

        Raises:
            StorageFailed: the file was the last way, and it cannot be written.
        """
        if await run_blocking(lambda: self._copy_by_program(pieces), name="copy"):
            return Way.PROGRAM
        data = await run_blocking(lambda: _encoded(pieces, "utf-8"), name="copy-encoded")
        if len(data) <= LARGEST_OSC_52_BYTES:
            self.write_to_terminal(f"\x1b]52;c;{b64encode(data).decode('ascii')}\a")
            return Way.TERMINAL
        await run_blocking(lambda: write_atomically(self.file, data), name="copy-to-file")
        return Way.FILE

    def _copy_by_program(self, pieces: Pieces) -> bool:
        if is_remote(self.environ):
            return False
        return any(run(each, pieces, self.environ) for each in programs(self.environ, sys.platform))


def is_remote(environ: Mapping[str, str]) -> bool:
    """Whether the user's clipboard is on another machine than this: the session came over ssh."""
    return any(environ.get(name) for name in ("SSH_CONNECTION", "SSH_TTY", "SSH_CLIENT"))


def programs(environ: Mapping[str, str], platform: str) -> Iterator[Program]:
    """Yield what may reach a clipboard here, best first, installed or not.

    Args:
        environ: says which kind of display there is.
        platform: as `sys.platform`.
    """
    if platform == "darwin":
        yield Program(command=("pbcopy",))
    if platform == "win32" or environ.get("WSL_DISTRO_NAME"):
        yield Program(command=("clip.exe",), encoding="utf-16")
    if environ.get("WAYLAND_DISPLAY"):
        yield Program(command=("wl-copy", "--type", "text/plain"))
    if environ.get("DISPLAY"):
        yield Program(command=("xclip", "-selection", "clipboard"))
        yield Program(command=("xsel", "--clipboard", "--input"))


def run(program: Program, pieces: Pieces, environ: Mapping[str, str]) -> bool:
    """Hand a text to a program; return whether it is there and says that it took it. Blocks."""
    path = which(program.command[0], path=environ.get("PATH", os.defpath))
    if path is None:
        return False
    try:
        done = subprocess.run(  # noqa: S603 - one of our own fixed commands
            (path, *program.command[1:]),
            input=_encoded(pieces, program.encoding),
            # xclip and wl-copy stay behind to serve the text and would hold a pipe open.
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=PROGRAM_TIMEOUT_S,
            check=False,
            # pbcopy reads its input as the locale says.
            env={**environ, "LC_CTYPE": "UTF-8"} if program.command == ("pbcopy",) else environ,
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def _encoded(pieces: Pieces, encoding: str) -> bytes:
    """Return a text as bytes. Lone surrogates, which JSON can hold, become question marks."""
    return b"".join(encoded(pieces, encoding))
