"""What every command that may send does at its end: let the history be written, and say if not."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, assert_never

from tui.cli.printing import complain, complain_of

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from tui.domain.history import HistoryEvent
    from tui.explorer import Explorer


@asynccontextmanager
async def recorded(explorer: Explorer) -> AsyncGenerator[None, None]:
    """Close ``explorer`` at the end; say on standard error what could not be recorded."""
    history = explorer.history
    stop_listening = None if history is None else history.listen(tell)
    try:
        yield
    finally:
        await explorer.close()
        if stop_listening is not None:
            stop_listening()


def tell(event: HistoryEvent) -> None:
    """Say on standard error what went wrong with the history."""
    from tui.domain.history import HistoryChanged, HistorySetAside, RecordingFailed

    match event:
        case HistoryChanged():
            pass
        case RecordingFailed(error=error):
            complain_of(error)
        case HistorySetAside(path=path):
            complain(f"sagescope: the history was damaged: it is now {path}; a new one was begun")
        case _:
            assert_never(event)
