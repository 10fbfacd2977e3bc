"""Commands without a face: the same explorer as the program's, run to an end and closed.

What was sent is in the history before a command ends, whatever came of it.
"""

from __future__ import annotations

import asyncio
import signal
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar

from tui.cli.connection_flags import connection_of, connector_of
from tui.cli.exits import BAD_CONFIGURATION, SIGNALLED, status_of
from tui.cli.narration import failure_lines, tell, waiting_for
from tui.cli.printing import complain_of_problems
from tui.cli.recording import recorded
from tui.cli.starting import make_history
from tui.domain.stopping import StopSwitch
from tui.explorer import Explorer

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Awaitable, Callable, Generator
    from types import FrameType

    from tui.cli.starting import Start
    from tui.domain.errors import ExplorerError
    from tui.domain.exchanges import Exchange

T = TypeVar("T")

# Windows has no hangup.
_ENDING = [signal.SIGINT, signal.SIGTERM, *([signal.SIGHUP] if hasattr(signal, "SIGHUP") else [])]


def configuration_problem(begun: Start) -> int:
    """Say what is wrong in the settings; return the exit status, 0 where nothing is."""
    problems = begun.loaded.problems
    complain_of_problems(problems)
    return BAD_CONFIGURATION if problems else 0


def open_explorer(arguments: Namespace, begun: Start) -> Explorer:
    """Put together what does the work, as flags and settings have it; nothing is opened yet."""
    settings = begun.loaded.settings
    return Explorer(
        connector_of(arguments, settings),
        connection_of(arguments),
        read_only=settings.read_only,
        history=make_history(begun),
    )


def run(explorer: Explorer, work: Callable[[], Awaitable[T]]) -> T:
    """Run ``work`` to its end, close the explorer, and return what came of it.

    Raises:
        ExplorerError: from ``work``.
        KeyboardInterrupt: ctrl+c.
    """
    return asyncio.run(_recorded(explorer, work))


async def wait(what: str, invoke: Callable[[StopSwitch], Awaitable[Exchange]]) -> Exchange:
    """Invoke, telling a terminal how long it takes; ctrl+c stops the wait, not the program.

    Args:
        what: is waited for.
        invoke: sends, and ends soon when its switch is flipped.

    Raises:
        SystemExit: somebody else than the user ended the program; the history has it.
    """
    stop = StopSwitch()
    with _stopped_by_signals(stop) as came:
        async with waiting_for(what):
            exchange = await invoke(stop)
    if came and came[0] != signal.SIGINT:
        raise SystemExit(SIGNALLED + came[0])
    return exchange


def tell_failure(error: ExplorerError, operation: str) -> int:
    """Say why a call failed; return the exit status."""
    tell(*failure_lines(error, operation))
    return status_of(error)


async def _recorded(explorer: Explorer, work: Callable[[], Awaitable[T]]) -> T:
    async with recorded(explorer):
        return await work()


@contextmanager
def _stopped_by_signals(stop: StopSwitch) -> Generator[list[int]]:
    """Let the first signal flip the switch, and tell which it was; a second one ends the program.

    That is ctrl+c, or the end that a supervisor, a shell or a closed terminal asks for.
    """
    loop = asyncio.get_running_loop()
    came: list[int] = []

    def stop_waiting(number: int, _frame: FrameType | None) -> None:
        came.append(number)
        for each, handler in before.items():
            signal.signal(each, handler)
        loop.call_soon_threadsafe(stop.stop)

    before = {each: signal.getsignal(each) for each in _ENDING}
    for each in _ENDING:
        if before[each] is not signal.SIG_IGN:  # as under nohup
            signal.signal(each, stop_waiting)
    try:
        yield came
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)
