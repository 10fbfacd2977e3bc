"""The private log: what a bug report needs to know of a crash, and nothing of anybody's data.

Bodies, headers and credentials are the values that the program handles, so no value gets in here:
neither variables nor the messages of exceptions, which may quote what they stumbled over. Which
exceptions they were and the lines of code they came through is what is kept.

    sagescope.log (0600) ── over 256 kB ──> sagescope.log.1, replacing the one before
"""

from __future__ import annotations

import os
import traceback
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from tui.domain.errors import StorageFailed
from tui.store.files import make_private_folder

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LARGEST_LOG_BYTES = 256_000
"""Above it, the log begins anew."""


def record_crash(path: Path, error: BaseException, *, program: str, now: datetime) -> None:
    """Append what is known of a crash to the log. Blocks.

    Args:
        path: the log, which need not exist.
        error: with its causes.
        program: names the program and its version.
        now: aware.

    Raises:
        StorageFailed: it could not be written.
    """
    time = now.astimezone(UTC).isoformat(timespec="seconds")
    _append(path, f"{time} {program} crashed\n{describe_crash(error)}\n")


def describe_crash(error: BaseException) -> str:
    """Return the exceptions' types and the code they came through, the first cause first."""
    return "\n".join(_report(each) for each in reversed(list(_chain(error))))


def _chain(error: BaseException) -> Iterator[BaseException]:
    """Yield ``error`` and what it came from, each once: a chain may be a ring."""
    seen: set[int] = set()
    current: BaseException | None = error
    while current is not None and id(current) not in seen:
        seen.add(id(current))
        yield current
        hidden = current.__suppress_context__
        current = current.__cause__ or (None if hidden else current.__context__)


def _report(error: BaseException) -> str:
    kind = type(error)
    frames = "".join(traceback.format_tb(error.__traceback__))
    return f"{frames}{kind.__module__}.{kind.__qualname__} (its message may hold data: left out)\n"


def _append(path: Path, text: str) -> None:
    try:
        make_private_folder(path.parent)
        if path.exists() and path.stat().st_size > LARGEST_LOG_BYTES:
            path.replace(path.with_name(f"{path.name}.1"))
        descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(text.encode(errors="backslashreplace"))
    except (OSError, ValueError) as error:
        raise StorageFailed(summary=f"Cannot write {path}: {error}", path=str(path)) from error
