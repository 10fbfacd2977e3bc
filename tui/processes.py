"""Other programs, run beside this one and never given its terminal.

For what cannot be trusted to end, or would hold the interpreter meanwhile: a regular expression, a
filter, a command of the user's shell. A thread cannot be ended; a process can.

    Child    start ──▶ write, read ... ──▶ close
               └──────── stop, at any time, from any thread: it and its children end at once

Input and output are pipes. On POSIX each has a session of its own, so that a program finds no
``/dev/tty`` to write to, and one signal ends all that it started. All but `Child.stop` block.
"""

from __future__ import annotations

import atexit
import os
import signal
import subprocess
import sys
from contextlib import suppress
from dataclasses import dataclass, field
from threading import Lock, Thread
from time import monotonic
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

_CHUNK_BYTES = 256 * 1024
_ERRORS_BYTES_MAX = 64 * 1024
_LEFT_BEHIND_S = 0.5
"""A program may leave another behind that keeps the pipe (``xclip`` does); it is not waited for."""


class ChildStopped(Exception):
    """It was stopped, or ended by itself, before it could do what was asked."""


class Child:
    """One process.

    Args:
        command: a program and its arguments; a string is a command line for the user's shell.
        has_errors: whether somebody reads its standard error; else it goes nowhere.
    """

    def __init__(self, command: str | Sequence[str], *, has_errors: bool = True) -> None:
        self._command = command
        self._has_errors = has_errors
        self._lock = Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._is_stopped = False

    def start(self) -> None:
        """Start it; once.

        Raises:
            ChildStopped: nobody wants it any more.
            OSError: it cannot be started.
            ValueError: no program can be told that.
        """
        with self._lock:
            if self._is_stopped:
                raise ChildStopped
            self._process = subprocess.Popen(  # noqa: S603 - ours, or the user's own command
                self._command,
                shell=isinstance(self._command, str),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE if self._has_errors else subprocess.DEVNULL,
                start_new_session=os.name == "posix",
                creationflags=0x08000000 if sys.platform == "win32" else 0,  # no window
            )
        atexit.register(self.stop)

    def stop(self) -> None:
        """End it and all its children, now or as soon as it starts; does not block."""
        with self._lock:
            self._is_stopped = True
            process = self._process
        # Once it was waited for, its number may be another's.
        if process is not None and process.returncode is None:
            _kill(process)

    @property
    def is_stopped(self) -> bool:
        """Whether somebody wanted it to end."""
        return self._is_stopped

    def write(self, *parts: bytes) -> None:
        """Send bytes to its input.

        Raises:
            ChildStopped: it has ended.
        """
        try:
            for part in parts:
                self.input.write(part)
            self.input.flush()
        except (OSError, ValueError) as error:
            raise ChildStopped from error

    def read(self, size_bytes: int) -> bytes:
        """Return so many bytes of its output.

        Raises:
            ChildStopped: it has ended before.
        """
        try:
            data = self.output.read(size_bytes)
        except (OSError, ValueError) as error:
            raise ChildStopped from error
        if len(data) < size_bytes:
            raise ChildStopped
        return data

    def close(self) -> None:
        """End it if it has not ended, and forget it."""
        self.stop()
        if self._process is not None:
            self.wait()
            for pipe in (self._process.stdin, self._process.stdout, self._process.stderr):
                if pipe is not None:
                    with suppress(OSError):  # what could not be sent any more
                        pipe.close()

    def discard(self) -> None:
        """End it now, and see to the rest elsewhere; does not block."""
        self.stop()
        Thread(target=self.close, name="sagescope-child", daemon=True).start()

    def wait(self) -> int:
        """Return its exit status; negative for the signal that ended it."""
        status = self._started.wait()
        atexit.unregister(self.stop)
        return status

    @property
    def _started(self) -> subprocess.Popen[bytes]:
        if self._process is None:
            raise ChildStopped
        return self._process

    @property
    def input(self) -> IO[bytes]:
        """Where it reads from."""
        return _there(self._started.stdin)

    @property
    def output(self) -> IO[bytes]:
        """What it writes."""
        return _there(self._started.stdout)

    @property
    def errors(self) -> IO[bytes]:
        """What it writes to standard error."""
        return _there(self._started.stderr)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ran:
    """What came of a program."""

    output: bytes = field(repr=False)
    errors: bytes = field(repr=False)
    """Standard error, the first of it."""
    status: int
    """Negative for the signal that ended it."""
    is_cut: bool
    """Whether it wrote more than was asked for, and was ended."""
    duration_s: float


def run_through(
    child: Child,
    data: Iterable[bytes | bytearray],
    *,
    output_bytes_max: int,
    on_output: Callable[[bytes], object] | None = None,
) -> Ran:
    """Start a program, send it bytes and return what it says.

    Args:
        child: not started yet.
        data: its input, put together nowhere; it need not read all of it.
        output_bytes_max: when it writes more, it is ended.
        on_output: is told of its output as it comes, on another thread; then none is returned.

    Raises:
        ChildStopped: it was stopped.
        OSError: it cannot be started.
        ValueError: no program can be told that.
    """
    begun_s = monotonic()
    child.start()
    output = _Collected(child.output, output_bytes_max, if_more=child.stop, on_output=on_output)
    errors = _Collected(child.errors, _ERRORS_BYTES_MAX)
    Thread(target=_feed, args=(child, data), name="sagescope-feed", daemon=True).start()
    status = child.wait()
    for each in (output, errors):
        each.join(_LEFT_BEHIND_S)
    if child.is_stopped and not output.is_cut:
        raise ChildStopped
    return Ran(
        output=output.collected,
        errors=errors.collected,
        status=status,
        is_cut=output.is_cut,
        duration_s=monotonic() - begun_s,
    )


class _Collected(Thread):
    """Reads a pipe until its end and keeps the first of it."""

    def __init__(
        self,
        pipe: IO[bytes],
        bytes_max: int,
        if_more: Callable[[], None] | None = None,
        on_output: Callable[[bytes], object] | None = None,
    ) -> None:
        super().__init__(name="sagescope-read", daemon=True)
        self.is_cut = False
        self._pipe = pipe
        self._bytes_max = bytes_max
        self._if_more = if_more
        self._chunks: list[bytes] = []
        self._keep = on_output or self._chunks.append
        self.start()

    @property
    def collected(self) -> bytes:
        """What was kept so far."""
        return b"".join(self._chunks)

    def run(self) -> None:
        """Read; what is too much is dropped."""
        room = self._bytes_max
        with self._pipe as pipe:
            while chunk := os.read(pipe.fileno(), _CHUNK_BYTES):
                self._keep(chunk[:room])
                if len(chunk) > room and not self.is_cut:
                    self.is_cut = True
                    if self._if_more is not None:
                        self._if_more()
                room -= min(room, len(chunk))


def _kill(process: subprocess.Popen[bytes]) -> None:
    if sys.platform == "win32":
        process.kill()
        return
    # It may have ended this moment.
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)


def _feed(child: Child, data: Iterable[bytes | bytearray]) -> None:
    # A program that has read enough closes its end: no failure.
    with suppress(OSError, ValueError), child.input as pipe:
        for part in data:
            pipe.write(part)


def _there(pipe: IO[bytes] | None) -> IO[bytes]:
    if pipe is None:
        raise ChildStopped
    return pipe
