"""The last words of a program that cannot go on: where it happened, and where the report is.

Textual's own report prints the local variables of every frame, and with them credentials and
bodies. This one is what the log keeps: the kind of exception, and the code it came through.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from tui.body.sanitise import sanitise, sanitise_block
from tui.domain.errors import StorageFailed
from tui.store.log import describe_crash, record_crash

if TYPE_CHECKING:
    from pathlib import Path


def last_words(error: BaseException, log_file: Path, *, program: str) -> str:
    """Put the crash into the log and return what to print. Blocks.

    Args:
        error: what nobody caught.
        log_file: need not exist.
        program: our name and version.
    """
    try:
        record_crash(log_file, error, program=program, now=datetime.now(UTC))
        where = f"This report is in {log_file}"
    except StorageFailed as failure:
        where = f"The report could not be kept: {failure.summary}"
    report = sanitise_block(describe_crash(error))
    return f"{report}\n{program} stopped because of a mistake of its own. {sanitise(where)}"
