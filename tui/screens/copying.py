"""Copying as people are told of it: which way a text went, and where it is now."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from tui.clipboard import Clipboard, Way

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tui.widgets.copying import CopyRequested


async def copied(
    event: CopyRequested, *, write_to_terminal: Callable[[str], None], file: Path
) -> str:
    """Copy, and say what was copied and where it is, unsanitised.

    Raises:
        StorageFailed: the text is too large for a terminal and could not be written to ``file``.
    """
    clipboard = Clipboard(write_to_terminal=write_to_terminal, file=file, environ=os.environ)
    what = event.what
    match await clipboard.copy(event.pieces):
        case Way.PROGRAM:
            words = f"Copied {what} to the clipboard"
        case Way.TERMINAL:
            words = f"Copied {what} to the terminal's clipboard, if it has one (OSC 52)"
        case Way.FILE:
            words = f"Too large for the terminal's clipboard: saved {what} to {file}"
    return words
