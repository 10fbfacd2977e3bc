"""The private log: what a bug report needs to know of a crash, and nothing of anybody's data.

Bodies, headers and credentials are the values that the program handles, so no value gets in here:
neither variables nor the messages of exceptions, which may quote what they stumbled over. Which
exceptions they were and the lines of code they came through is what is kept.

    sagescope.log (0600) ── over 256 kB ──> sagescope.log.1, replacing the one before
"""

from __future__ import annotations

import logging
import os
import traceback
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from tui.domain.errors import StorageFailed
from tui.store.files import make_private_folder

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator
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


@contextmanager
def warnings_logged(path: Path) -> Generator[None]:
    """Keep what libraries warn of in the log, where it would else be drawn over the screen."""
    handler = _WarningLog(path)
    root = logging.getLogger()
    root.addHandler(handler)
    logging.captureWarnings(True)  # noqa: FBT003 - the only parameter there is
    try:
        yield
    finally:
        logging.captureWarnings(False)  # noqa: FBT003 - as above
        root.removeHandler(handler)


class _WarningLog(logging.Handler):
    """Writes where a warning comes from and its words before any value was put in."""

    def __init__(self, path: Path) -> None:
        super().__init__(logging.WARNING)
        self._path = path

    def emit(self, record: logging.LogRecord) -> None:
        """Append one line. Blocks."""
        time = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="seconds")
        try:
            _append(self._path, f"{time} {record.levelname} {describe_warning(record)}\n")
        except StorageFailed:
            self.handleError(record)


def describe_warning(record: logging.LogRecord) -> str:
    """Say who warns, where, and of what; text that may hold a value is left out."""
    if record.name == "py.warnings":
        # "file:line: category: message", put together already.
        return ": ".join(record.getMessage().split(": ", 2)[:2])
    words = f" {record.msg}" if record.args else ""
    return f"{record.name} {record.module}:{record.lineno}{words}"


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
