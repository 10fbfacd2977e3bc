"""The body in the user's own editor: a private file that lives as long as the editor does."""

from __future__ import annotations

import os
import shlex
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from tui.domain.errors import StorageFailed

if TYPE_CHECKING:
    from collections.abc import Mapping


def editor_command(environ: Mapping[str, str]) -> list[str]:
    """Return the command of ``$VISUAL`` or ``$EDITOR``.

    Raises:
        StorageFailed: neither says one.
    """
    words = environ.get("VISUAL") or environ.get("EDITOR") or ""
    try:
        command = shlex.split(words, posix=os.name == "posix")
    except ValueError as error:
        raise _failed(f"$EDITOR is not a command: {error}") from error
    if not command:
        raise _failed("Neither $VISUAL nor $EDITOR names an editor")
    return command


def edited(data: bytes, suffix: str, command: list[str]) -> bytes:
    """Let ``command`` change ``data``; blocks until it ends, and owns the terminal meanwhile.

    The line feed that most editors put behind the last line is taken off if there was none.

    Raises:
        StorageFailed: the editor cannot be started, or ended in failure; nothing is changed then.
    """
    try:
        # mkdtemp makes the folder 0700 and mkstemp the file 0600; both are gone afterwards.
        with tempfile.TemporaryDirectory(prefix="sagescope-") as folder:
            descriptor, name = tempfile.mkstemp(dir=folder, prefix="body-", suffix=suffix)
            with os.fdopen(descriptor, "wb") as file:
                file.write(data)
            status = subprocess.run([*command, name], check=False).returncode  # noqa: S603 - the user's own editor
            changed = Path(name).read_bytes()
    except OSError as error:
        raise _failed(f"{command[0]}: {error.strerror or error}") from error
    if status != 0:
        raise _failed(f"{command[0]} ended with status {status}; the body is as it was")
    return changed if data.endswith(b"\n") else changed.removesuffix(b"\n")


def _failed(summary: str) -> StorageFailed:
    return StorageFailed(
        summary=summary, hint="Set $EDITOR to a command that waits, such as vim or “code --wait”."
    )
