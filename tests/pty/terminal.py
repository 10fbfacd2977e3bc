"""A real terminal for the tests: a program on a pty, its raw bytes and the screen they draw.

Every wait has a deadline and ends the moment what is waited for is there; nothing sleeps. The
bytes are kept as they came, so that a test can ask what would have reached a user's terminal.
POSIX only: importers skip where there is no `pty`.
"""

from __future__ import annotations

import errno
import fcntl
import os
import re
import signal
import struct
import subprocess
import termios
import time
from threading import Condition, Thread
from typing import TYPE_CHECKING, Self

import pyte

from tests.pty.modes import modes_left_on

if TYPE_CHECKING:
    from pathlib import Path

KEYS = {
    "enter": "\r",
    "escape": "\x1b",
    "tab": "\t",
    "shift+tab": "\x1b[Z",
    "space": " ",
    "backspace": "\x7f",
    "delete": "\x1b[3~",
    "up": "\x1b[A",
    "down": "\x1b[B",
    "right": "\x1b[C",
    "left": "\x1b[D",
    "home": "\x1b[H",
    "end": "\x1b[F",
    "pageup": "\x1b[5~",
    "pagedown": "\x1b[6~",
    "f1": "\x1bOP",
    "f2": "\x1bOQ",
    "f3": "\x1bOR",
    "f4": "\x1bOS",
    "f5": "\x1b[15~",
    "f6": "\x1b[17~",
    "f7": "\x1b[18~",
    "f8": "\x1b[19~",
    "f9": "\x1b[20~",
    "f10": "\x1b[21~",
    "f11": "\x1b[23~",
    "f12": "\x1b[24~",
} | {f"ctrl+{letter}": chr(ord(letter) - 96) for letter in "abcdefghijklmnopqrstuvwxyz"}

# A session's leader owns the first terminal that it opens; only then do SIGWINCH and SIGHUP come.
ON_TTY = 'tty=$1; shift; exec "$@" <"$tty" >"$tty" 2>&1'

# pyte does not know it and would draw its last letter.
_KITTY_POP = b"\x1b[<u"

_WAIT_S = 60.0


class NotSeen(AssertionError):
    """The deadline passed; the message shows the screen as it was."""


class Terminal:
    """One program on a pty of its own. Use it as a context manager."""

    def __init__(
        self,
        argv: list[str],
        *,
        env: dict[str, str],
        cwd: Path,
        columns: int = 120,
        rows: int = 40,
        renders: bool = True,
    ) -> None:
        """Start ``argv``.

        Args:
            argv: the program and its arguments.
            env: its whole environment.
            cwd: where it starts.
            columns: width in cells.
            rows: height in cells.
            renders: whether to draw the screen; without, only `raw` is filled, at no cost.
        """
        self._master, slave = os.openpty()
        self._set_size(columns, rows)
        self._modes_before = termios.tcgetattr(self._master)
        self._screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self._screen) if renders else None
        self._changed = Condition()
        self._chunks: list[bytes] = []
        self._closed = False
        self.started_at_s = time.perf_counter()
        self._process = subprocess.Popen(  # noqa: S603 - the tests' own programs
            ["/bin/sh", "-c", ON_TTY, "sh", os.ttyname(slave), *argv],
            env=env,
            cwd=cwd,
            stdin=slave,
            stdout=slave,
            stderr=slave,
            start_new_session=True,
        )
        os.close(slave)
        self._reader = Thread(target=self._read, daemon=True)
        self._reader.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._process.poll() is None:
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        self._reader.join()
        os.close(self._master)

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def raw(self) -> bytes:
        """Everything the program has written."""
        with self._changed:
            return b"".join(self._chunks)

    @property
    def lines(self) -> list[str]:
        """The screen's rows, without the blanks at their ends."""
        with self._changed:
            return [self._row(row).rstrip() for row in range(self._screen.lines)]

    def _row(self, row: int) -> str:
        """Read a row; pyte's own `display` fails where half of a wide character was overwritten."""
        cells = self._screen.buffer[row]
        return "".join(cells[column].data for column in range(self._screen.columns))

    @property
    def text(self) -> str:
        return "\n".join(self.lines)

    def press(self, *keys: str) -> None:
        """Type keys by name (``ctrl+j``, ``f5``, ``down``) or a single character each."""
        self.type("".join(KEYS.get(key, key) for key in keys))

    def type(self, text: str) -> None:
        """Type text as it is."""
        data = text.encode()
        while data:
            data = data[os.write(self._master, data) :]

    def paste(self, text: str) -> None:
        """Paste text the way terminals do (bracketed)."""
        self.type(f"\x1b[200~{text}\x1b[201~")

    def resize(self, columns: int, rows: int) -> None:
        with self._changed:
            self._screen.resize(rows, columns)
        self._set_size(columns, rows)

    def signal(self, number: int) -> None:
        self._process.send_signal(number)

    def wait_for(self, wanted: str | re.Pattern[str], *, within_s: float = _WAIT_S) -> str:
        """Wait until the screen shows a text or a pattern; return the screen."""
        pattern = re.compile(re.escape(wanted)) if isinstance(wanted, str) else wanted
        return self._wait(lambda: bool(pattern.search(self.text)), f"{wanted!r}", within_s)

    def wait_gone(self, unwanted: str, *, within_s: float = _WAIT_S) -> str:
        """Wait until the screen no longer shows a text; return the screen."""
        return self._wait(lambda: unwanted not in self.text, f"no {unwanted!r}", within_s)

    def wait_raw(self, wanted: bytes, *, within_s: float = _WAIT_S) -> float:
        """Wait until the program has written ``wanted``; return the seconds since its start."""
        self._wait(lambda: wanted in self.raw, f"bytes {wanted!r}", within_s)
        return time.perf_counter() - self.started_at_s

    def wait_exit(self, *, within_s: float = _WAIT_S) -> int:
        """Wait until the program ends and all it wrote was read; return its exit status."""
        self._wait(lambda: self._closed, "the program's end", within_s, ends=True)
        return self._process.wait(timeout=within_s)

    def damage(self) -> set[str]:
        """Name what the program left behind in the terminal; empty when it is as before."""
        left = modes_left_on(self.raw)
        if termios.tcgetattr(self._master) != self._modes_before:
            left.add("line discipline")
        return left

    def _wait(self, is_so, wanted: str, within_s: float, *, ends: bool = False) -> str:
        deadline_s = time.perf_counter() + within_s
        with self._changed:
            while not is_so():
                left_s = deadline_s - time.perf_counter()
                if left_s <= 0 or (self._closed and not ends):
                    why = "the program ended" if self._closed else f"{within_s} s passed"
                    raise NotSeen(f"{why} without {wanted}; the screen:\n{self.text}")
                self._changed.wait(left_s)
        return self.text

    def _set_size(self, columns: int, rows: int) -> None:
        fcntl.ioctl(self._master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def _read(self) -> None:
        while chunk := _read_chunk(self._master):
            with self._changed:
                self._chunks.append(chunk)
                if self._stream:
                    self._stream.feed(chunk.replace(_KITTY_POP, b""))
                self._changed.notify_all()
        with self._changed:
            self._closed = True
            self._changed.notify_all()


def _read_chunk(master: int) -> bytes:
    """Read what is there; empty at the end, which Linux reports as EIO."""
    try:
        return os.read(master, 65536)
    except OSError as error:
        if error.errno == errno.EIO:
            return b""
        raise
