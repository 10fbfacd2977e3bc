"""The process in which a body view looks for regular expressions, see `tui.body.pattern_child`.

Absent ── look ──▶ Busy ── answered ──▶ Idle ── look ──▶ Busy ...
                     └── another pattern, another body, too long ──▶ ended
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from tui.blocking import run_blocking
from tui.body.pattern_search import (
    ANSWER_HEAD_BYTES,
    SECONDS_MAX,
    PatternSearch,
    body_message,
    child_command,
    unpack_answer,
)
from tui.body.sanitise import sanitise
from tui.processes import Child, ChildStopped

if TYPE_CHECKING:
    from collections.abc import Callable


class PatternLooker:
    """Looks through one body, for one pattern at a time; keeps its process until closed."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self._idle: Child | None = None
        self._is_closed = False

    async def look(self, search: PatternSearch, on_news: Callable[[], None]) -> None:
        """Look for a pattern until all of it is known; when cancelled, its process is ended.

        Args:
            search: takes in what is found.
            on_news: called whenever it has.
        """
        child, self._idle = self._idle, None
        is_new = child is None
        child = child or Child(child_command(), has_errors=False)
        try:
            await run_blocking(partial(self._begin, child, search.query, is_new=is_new))
            while not search.is_complete:
                search.take(*await run_blocking(partial(_hear, child), name="pattern"))
                on_news()
            if not self._is_closed:
                self._idle = child
        except ChildStopped:
            search.give_up(f"gave up after {SECONDS_MAX:.0f} s")
            on_news()
        except OSError as error:
            search.give_up(f"cannot look: {sanitise(error.strerror or str(error))}")
            on_news()
        finally:
            if self._idle is not child:
                child.discard()

    def close(self) -> None:
        """End the process; a busy one when it has answered, or who waits for it is cancelled."""
        self._is_closed = True
        if self._idle is not None:
            self._idle.discard()
        self._idle = None

    def _begin(self, child: Child, query: bytes, *, is_new: bool) -> None:
        if is_new:
            child.start()
            child.write(*body_message(self.data))
        child.write(query)


def _hear(child: Child) -> tuple[bytes, bytes]:
    """Return one answer: its kind, and what it says."""
    kind, size = unpack_answer(child.read(ANSWER_HEAD_BYTES))
    return kind, child.read(size)
