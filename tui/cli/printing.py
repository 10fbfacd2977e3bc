"""Words for a plain terminal: to standard output and standard error, nothing raw from outside.

Textual draws the program itself; this is for everything before and beside it.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, BinaryIO, TextIO

from tui.body.sanitise import sanitise, sanitise_block
from tui.domain.errors import StorageFailed

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tui.domain.errors import ExplorerError
    from tui.store.problems import Problem


PROGRAM = "sagescope"


def say(text: str) -> None:
    """Write lines to standard output, at once: a script may be waiting for them.

    Raises:
        BrokenPipeError: the reader has left.
        StorageFailed: standard output is a file that cannot be written.
    """
    write(sys.stdout, sanitise_block(text))


def complain(*lines: str) -> None:
    """Write one line each to standard error; empty ones are left out.

    Raises:
        BrokenPipeError: the reader has left.
        StorageFailed: standard error is a file that cannot be written.
    """
    write(sys.stderr, "".join(f"{sanitise(line)}\n" for line in lines if line))


def complain_of(error: ExplorerError) -> None:
    """Say what failed and what to do next."""
    complain(f"sagescope: {error.summary}", error.hint)


def complain_of_problems(problems: Iterable[Problem]) -> None:
    """Say what is wrong in settings, one line each."""
    complain(*(f"sagescope: {problem}" for problem in problems))


def discard_output() -> None:
    """Send to nowhere what is still to be written: Python would try again at its end, and fail."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.stdout, sys.stderr):
        # A stream that is closed, or that a test has replaced, has no descriptor.
        with suppress(OSError, ValueError, AttributeError):
            os.dup2(nowhere, stream.fileno())
    os.close(nowhere)


def terminal_problem(environ: Mapping[str, str]) -> str | None:
    """Say why the program cannot be drawn here; Textual would try, and garble what is there."""
    if environ.get("TERM") == "dumb":
        return "this terminal cannot draw (TERM=dumb): use another, or `sagescope --help`"
    # Textual reads from standard input and draws on standard error.
    if not all(is_terminal(stream) for stream in (sys.stdin, sys.stdout, sys.stderr)):
        return "it opens in a terminal: start it without pipes or redirections"
    return None


def write(stream: TextIO | None, text: str) -> None:
    """Write text as it is, at once; nothing where the stream was closed by whoever started us.

    Raises:
        BrokenPipeError: the reader has left.
        StorageFailed: the stream is a file that cannot be written.
    """
    if stream is None:
        return
    try:
        # What the locale cannot spell comes out as \u escapes rather than as a crash.
        encoding = stream.encoding or "utf-8"
        stream.write(text.encode(encoding, "backslashreplace").decode(encoding))
        stream.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        raise _output_failed(error) from error


def write_bytes(body: bytes) -> None:
    """Write a body to standard output as it is; to a terminal as text that is safe to draw.

    Raises:
        BrokenPipeError: the reader has left.
        StorageFailed: standard output is a file that cannot be written.
    """
    stream: TextIO | None = sys.stdout
    if stream is None:
        return
    if is_terminal(stream):
        say(body.decode("utf-8", "replace"))
        return
    try:
        write_all(stream.buffer, body)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise _output_failed(error) from error


def write_all(stream: BinaryIO, body: bytes) -> None:
    """Write every byte, also where Python was told to buffer none and a write may be cut short.

    Raises:
        OSError: it cannot be written, or its reader has left.
    """
    rest = memoryview(body)
    while rest:
        rest = rest[stream.write(rest) :]
    stream.flush()


def is_terminal(stream: TextIO | None) -> bool:
    """Whether somebody looks at what is written there."""
    return stream is not None and not stream.closed and stream.isatty()


def _output_failed(error: OSError) -> StorageFailed:
    return StorageFailed(summary=f"Cannot write the output: {error.strerror or error}")
