"""The user's own editor and pager: what they are, and what they are given.

Both own the terminal while they run. A file made for them is private and gone afterwards; a pager
needs none, it is fed as it reads, so that the longest body is there at once.
"""

from __future__ import annotations

import os
import shlex
import shutil
import signal
import subprocess
import tempfile
from contextlib import contextmanager, suppress
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

from tui.body.copying import lines_of
from tui.body.sanitise import sanitise_block
from tui.domain.errors import StorageFailed

if TYPE_CHECKING:
    from collections.abc import Generator, Mapping

    from tui.body.rows import Document

_EDITOR_HINT = "Set $EDITOR to a command that waits, such as vim or “code --wait”."
_PAGER_HINT = "Set $PAGER to a program that shows text, such as less."


def editor_command(environ: Mapping[str, str]) -> list[str]:
    """Return the command of ``$VISUAL`` or ``$EDITOR``.

    Raises:
        StorageFailed: neither says one.
    """
    command = _command("$EDITOR", environ.get("VISUAL") or environ.get("EDITOR") or "")
    if not command:
        raise _failed("Neither $VISUAL nor $EDITOR names an editor", _EDITOR_HINT)
    return command


def pager_command(environ: Mapping[str, str]) -> list[str]:
    """Return the command of ``$PAGER``, else of less, else of more.

    Raises:
        StorageFailed: ``$PAGER`` is not a command.
    """
    command = _command("$PAGER", environ.get("PAGER") or "")
    if command:
        return command
    return ["less", "-R"] if shutil.which("less", path=environ.get("PATH")) else ["more"]


def page(document: Document, command: list[str]) -> float:
    """Let ``command`` show all of a document; blocks until it ends, and owns the terminal.

    Text is safe for terminals, and is laid out as it is read.

    Returns:
        How many seconds it ran.

    Raises:
        StorageFailed: the pager cannot be started, or ended in failure.
    """
    begun_s = monotonic()
    try:
        with (
            _own_interrupts(),
            subprocess.Popen(command, stdin=subprocess.PIPE) as pager,  # noqa: S603 - the user's own
            suppress(BrokenPipeError),  # most people leave before the end
        ):
            _feed(pager, document)
    except OSError as error:
        raise _failed(f"{command[0]}: {error.strerror or error}", _PAGER_HINT) from error
    if pager.returncode > 0:
        raise _failed(f"{command[0]} ended with status {pager.returncode}", _PAGER_HINT)
    return monotonic() - begun_s


def _feed(pager: subprocess.Popen[bytes], document: Document) -> None:
    if (pipe := pager.stdin) is not None:
        with pipe:
            for lines in lines_of(document):
                pipe.write(sanitise_block(lines).encode("utf-8", "replace"))


def read_copy(data: bytes, suffix: str, command: list[str]) -> float:
    """Let ``command`` show a copy of ``data`` that it cannot change; blocks until it ends.

    Returns:
        How many seconds it ran.

    Raises:
        StorageFailed: the editor cannot be started, or ended in failure.
    """
    begun_s = monotonic()
    try:
        with tempfile.TemporaryDirectory(prefix="sagescope-") as folder:
            file = _private_file(folder, suffix, data)
            file.chmod(0o400)
            status = _run(command, file)
    except OSError as error:
        raise _failed(f"{command[0]}: {error.strerror or error}", _EDITOR_HINT) from error
    if status != 0:
        raise _failed(f"{command[0]} ended with status {status}", _EDITOR_HINT)
    return monotonic() - begun_s


def edited(data: bytes, suffix: str, command: list[str]) -> bytes:
    """Let ``command`` change ``data``; blocks until it ends, and owns the terminal meanwhile.

    The line feed that most editors put behind the last line is taken off if there was none.

    Raises:
        StorageFailed: the editor cannot be started, or ended in failure; nothing is changed then.
    """
    try:
        with tempfile.TemporaryDirectory(prefix="sagescope-") as folder:
            file = _private_file(folder, suffix, data)
            status = _run(command, file)
            changed = file.read_bytes()
    except OSError as error:
        raise _failed(f"{command[0]}: {error.strerror or error}", _EDITOR_HINT) from error
    if status != 0:
        raise _failed(
            f"{command[0]} ended with status {status}; the body is as it was", _EDITOR_HINT
        )
    return changed if data.endswith(b"\n") else changed.removesuffix(b"\n")


def _command(name: str, words: str) -> list[str]:
    try:
        return shlex.split(words, posix=os.name == "posix")
    except ValueError as error:
        hint = _PAGER_HINT if name == "$PAGER" else _EDITOR_HINT
        raise _failed(f"{name} is not a command: {error}", hint) from error


def _private_file(folder: str, suffix: str, data: bytes) -> Path:
    """Write a file that only we can read: mkdtemp makes the folder 0700 and mkstemp it 0600."""
    descriptor, name = tempfile.mkstemp(dir=folder, prefix="body-", suffix=suffix)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
    return Path(name)


def _run(command: list[str], file: Path) -> int:
    with _own_interrupts():
        return subprocess.run([*command, str(file)], check=False).returncode  # noqa: S603 - the user's own editor


@contextmanager
def _own_interrupts() -> Generator[None]:
    """Leave ctrl+c to the program that owns the terminal; it reaches us as well.

    Not ignored, since a program that we start would then ignore it too.
    """
    before = signal.signal(signal.SIGINT, lambda _number, _frame: None)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _failed(summary: str, hint: str) -> StorageFailed:
    return StorageFailed(summary=summary, hint=hint)
