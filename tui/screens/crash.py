"""The last words of a program that cannot go on: what happened and where, and nothing more.

Textual's own report prints the local variables of every frame, and with them credentials and
bodies. This one holds the lines of code and the exception's message, made safe to print.
"""

from __future__ import annotations

from datetime import UTC, datetime
from traceback import format_exception
from typing import TYPE_CHECKING

from tui.body.sanitise import sanitise_block
from tui.domain.errors import StorageFailed
from tui.store.files import write_atomically

if TYPE_CHECKING:
    from pathlib import Path

LONGEST_MESSAGE = 500
"""Characters of a line; an exception may quote a whole body."""


def last_words(error: BaseException, log_file: Path) -> str:
    """Write the report to ``log_file`` and return what to print. Blocks."""
    report = crash_report(error)
    try:
        write_atomically(log_file, f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S}Z\n{report}".encode())
    except StorageFailed as failure:
        return f"{report}\nsagescope stopped: that was a mistake of ours. {failure.summary}"
    return f"{report}\nsagescope stopped: that was a mistake of ours. This report is in {log_file}"


def crash_report(error: BaseException) -> str:
    """Return the traceback without local variables, long lines cut, safe to print."""
    lines = sanitise_block("".join(format_exception(error))).splitlines()
    return "\n".join(_cut(line) for line in lines) + "\n"


def _cut(line: str) -> str:
    return line if len(line) <= LONGEST_MESSAGE else line[:LONGEST_MESSAGE] + " …"
