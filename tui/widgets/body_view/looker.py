"""The process in which a body view looks for regular expressions.

See `tui.body.search.pattern_child` for the other end.

Absent ── warm, look ──▶ Beginning ──▶ Idle ── look ──▶ Busy ── answered ──▶ Idle ...
                             │                           └── another pattern, too long ──▶ ended
                             └── another pattern: the same process looks for it

A process begins by being sent the body, or what came behind it since it was sent. Whoever types on
before that is done asks the same one: each start holds the interpreter for some milliseconds, and
longer where others start beside it.
"""

from __future__ import annotations

from asyncio import CancelledError
from contextlib import suppress
from functools import partial
from threading import Lock
from time import monotonic
from typing import TYPE_CHECKING

from tui.blocking import run_blocking
from tui.body.sanitise import sanitise
from tui.body.search.pattern_search import (
    ANSWER_HEAD_BYTES,
    SECONDS_MAX,
    PatternSearch,
    body_message,
    child_command,
    unpack_answer,
)
from tui.processes import Child, ChildStopped

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.body.growing import Bytes


class _Process:
    """A process that is started, and given a body, by the first who needs it."""

    def __init__(self, data: Bytes) -> None:
        self._data = data
        self._child = Child(child_command(), has_errors=False)
        self._lock = Lock()
        self._is_started = False
        self._sent_bytes = 0

    def begin(self) -> None:
        """Start it and send it what there is of the body, or wait until that is done; blocks."""
        with self._lock:
            if not self._is_started:
                self._child.start()
                self._is_started = True
            end = len(self._data)
            if self._sent_bytes < end:
                for part in body_message(self._data, self._sent_bytes, end):
                    self._child.write(part)
                self._sent_bytes = end

    def ask(self, query: bytes) -> None:
        """Send it a query, once it has begun; blocks."""
        self._child.write(query)

    def hear(self) -> tuple[bytes, bytes]:
        """Return one answer: its kind, and what it says; blocks."""
        kind, size = unpack_answer(self._child.read(ANSWER_HEAD_BYTES))
        return kind, self._child.read(size)

    def discard(self) -> None:
        """End it."""
        self._child.discard()


class PatternLooker:
    """Looks through one body, for one pattern at a time; keeps its process until closed.

    Args:
        data: more may come behind it; each pattern is looked for in all there is at the time.
    """

    def __init__(self, data: Bytes) -> None:
        self._data = data
        self._idle: _Process | None = None
        self._is_closed = False

    def has(self, data: Bytes) -> bool:
        """Whether it looks through the very same bytes, and what comes behind them."""
        return data is self._data

    async def warm(self) -> None:
        """Have a process that knows the body: starting it takes longer than most patterns do."""
        if self._is_closed:  # before it came to that, by keys in a burst
            return
        if self._idle is None:
            self._idle = _Process(self._data)
        with suppress(ChildStopped, OSError):  # whoever looks for a pattern is told
            await run_blocking(self._idle.begin, name="pattern")

    async def look(self, search: PatternSearch, on_news: Callable[[], None]) -> None:
        """Look for a pattern until all of it is known; when cancelled, its process is ended.

        Args:
            search: takes in what is found.
            on_news: called whenever it has.
        """
        process, begun_s = self._take(), monotonic()
        try:
            await self._begin(process)
            await run_blocking(partial(process.ask, search.query), name="pattern")
            while not search.is_complete:
                search.take(*await run_blocking(process.hear, name="pattern"))
                on_news()
            self._keep(process)
        except ChildStopped:
            is_too_long = monotonic() - begun_s >= SECONDS_MAX
            ended = f"gave up after {SECONDS_MAX:.0f} s" if is_too_long else "what looked has ended"
            search.give_up(ended)
            on_news()
        except OSError as error:
            search.give_up(f"cannot look: {sanitise(error.strerror or str(error))}")
            on_news()
        finally:
            if self._idle is not process:
                process.discard()

    async def _begin(self, process: _Process) -> None:
        """Wait until it knows the body; when cancelled meanwhile, it is there for the next look."""
        try:
            await run_blocking(process.begin, name="pattern")
        except CancelledError:
            self._keep(process)
            raise

    def _take(self) -> _Process:
        process, self._idle = self._idle or _Process(self._data), None
        return process

    def _keep(self, process: _Process) -> None:
        if self._idle is None and not self._is_closed:
            self._idle = process

    def close(self) -> None:
        """End the process; a busy one when it has answered, or who waits for it is cancelled."""
        self._is_closed = True
        if self._idle is not None:
            self._idle.discard()
        self._idle = None
