"""The terminal that is drawn on, which may be gone before the program has ended.

A window is closed ──▶ SIGHUP, SIGCONT ──▶ Textual begins to draw anew, the program ends
                           └──▶ each write fails

A write that fails ends the thread of Textual's that writes. What is to be written waits for it in a
queue of thirty; whoever adds more, or says that it was the last, would wait for ever.
"""

from __future__ import annotations

import sys
from errno import EIO
from io import BufferedWriter, FileIO, TextIOWrapper
from typing import TYPE_CHECKING

from textual.drivers.linux_driver import LinuxDriver

if TYPE_CHECKING:
    from typing import TextIO

    from _typeshed import ReadableBuffer


class _Terminal(FileIO):
    """What is written once there is no terminal any more is lost."""

    def write(self, b: ReadableBuffer, /) -> int:
        try:
            return super().write(b)
        except OSError as error:
            if error.errno != EIO:
                raise
            return memoryview(b).nbytes  # it hung up: SIGHUP tells, and ends the program


def lasting(file: TextIO) -> TextIO:
    """Return a file that is written to the same terminal, and takes what it can no longer have."""
    terminal = _Terminal(file.fileno(), "w", closefd=False)
    return TextIOWrapper(BufferedWriter(terminal), encoding=file.encoding, errors=file.errors)


class TerminalDriver(LinuxDriver):
    """Draws on a terminal, and goes on when that is gone, until the program ends."""

    def start_application_mode(self) -> None:
        """Begin to draw, or begin again when the program is continued."""
        if sys.__stderr__ is not None:
            self._file = lasting(sys.__stderr__)
        super().start_application_mode()
