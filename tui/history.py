"""The history as the program uses it: recorded as it happens, listed, opened, kept in order.

Recording never delays or costs an answer. It runs on threads behind the sends, one write after the
other in the order they were asked for; what goes wrong with it is an event for whoever listens,
never an exception of the send. What a full disk did not take is kept and recorded as soon as there
is room. Looking into the history is asked for, and so raises.
"""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING, Protocol, TypeVar

from tui.blocking import run_blocking
from tui.domain.errors import StorageFailed

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tui.domain.exchanges import Exchange
    from tui.domain.history import (
        HistoryEvent,
        HistoryFilter,
        HistoryPage,
        HistoryRecord,
        HistoryUsage,
        SendStart,
    )

T = TypeVar("T")

PAGE_SIZE = 50
_GRACE_S = 0.05
"""An answer waits so long for its record, so that what is seen is also kept; then it is shown."""
_CLOSING_S = 2.0
"""Quitting waits so long for what is still to be written."""
_OWED_MAX = 200
_OWED_BYTES_MAX = 50_000_000
"""Of sends that could not be recorded; above either the oldest are given up."""


class HistoryStore(Protocol):
    """What keeps the history. Every method blocks and may be called from any thread.

    Raises:
        StorageFailed: from every method.
    """

    def begin(self, start: SendStart) -> int:
        """Record that a send began; return the entry's id."""
        ...

    def finish(self, start: SendStart, exchange: Exchange) -> int:
        """Record how it ended, whether or not its beginning was; return the entry's id."""
        ...

    def page(self, wanted: HistoryFilter, *, before: int | None, size: int) -> HistoryPage:
        """Return the newest entries that are older than ``before``."""
        ...

    def count(self, wanted: HistoryFilter) -> int:
        """Count entries."""
        ...

    def endpoint_names(self) -> tuple[str, ...]:
        """Name the endpoints in it, in alphabetical order."""
        ...

    def open(self, entry_id: int) -> HistoryRecord:
        """Read one entry.

        Raises:
            NotInHistory: there is none with this id.
        """
        ...

    def star(self, *entry_ids: int, is_starred: bool) -> None:
        """Protect entries from being dropped when the history is full, or no longer."""
        ...

    def annotate(self, entry_id: int, note: str) -> None:
        """Replace the note of an entry."""
        ...

    def delete(self, entry_id: int) -> HistoryRecord:
        """Delete an entry; what is returned can be given to `restore`."""
        ...

    def delete_all(self, wanted: HistoryFilter) -> int:
        """Delete entries, the starred ones too; return how many."""
        ...

    def restore(self, record: HistoryRecord) -> None:
        """Put a deleted entry back where it was, under its old id."""
        ...

    def usage(self) -> HistoryUsage:
        """Tell how much there is."""
        ...

    def take_set_aside(self) -> tuple[Path, ...]:
        """Tell of damaged files that were renamed since the last time this was asked."""
        ...

    def close(self) -> None:
        """Let go of the file; a later call opens it again."""
        ...


class History:
    """The history of this program and its other copies. Methods belong to the loop's thread.

    Args:
        open_store: makes the store; called in a thread, at first use.
        is_recording: False records nothing; what is there can still be looked at.
    """

    def __init__(
        self, open_store: Callable[[], HistoryStore], *, is_recording: bool = True
    ) -> None:
        self._open_store = open_store
        self._is_recording = is_recording
        self._store: asyncio.Future[HistoryStore] | None = None
        self._last_write: asyncio.Task[object] | None = None
        self._is_failing = False
        """The last record could not be made; told once, not for every send from then on."""
        self._owed: tuple[tuple[SendStart, Exchange], ...] = ()
        """How sends ended that could not be recorded yet, the oldest first."""
        self._listeners: list[Callable[[HistoryEvent], None]] = []

    @property
    def is_recording(self) -> bool:
        """Whether sends are recorded."""
        return self._is_recording

    def listen(self, listener: Callable[[HistoryEvent], None]) -> Callable[[], None]:
        """Call ``listener``, in the loop's thread, with whatever happens; return how to stop it."""
        self._listeners.append(listener)
        return partial(self._listeners.remove, listener)

    async def page(
        self,
        wanted: HistoryFilter | None = None,
        *,
        before: int | None = None,
        size: int = PAGE_SIZE,
    ) -> HistoryPage:
        """Return a page, newest first; ``before`` is the last id of the page above."""
        store, wanted = await self._opened(), wanted or _everything()
        return await self._reading(partial(store.page, wanted, before=before, size=size))

    async def count(self, wanted: HistoryFilter | None = None) -> int:
        """Count entries."""
        store, wanted = await self._opened(), wanted or _everything()
        return await self._reading(partial(store.count, wanted))

    async def endpoint_names(self) -> tuple[str, ...]:
        """Name the endpoints in it, in alphabetical order."""
        return await self._reading((await self._opened()).endpoint_names)

    async def open(self, entry_id: int) -> HistoryRecord:
        """Read one entry: request and response as they were.

        Raises:
            NotInHistory: there is none with this id.
        """
        store = await self._opened()
        return await self._reading(partial(store.open, entry_id))

    async def star(self, entry_id: int, *, is_starred: bool) -> None:
        """Protect an entry from being dropped when the history is full, or no longer."""
        store = await self._opened()
        await self._changing(partial(store.star, entry_id, is_starred=is_starred))

    async def annotate(self, entry_id: int, note: str) -> None:
        """Replace the note of an entry; an empty one removes it."""
        store = await self._opened()
        await self._changing(partial(store.annotate, entry_id, note))

    async def delete(self, entry_id: int) -> HistoryRecord:
        """Delete an entry; what is returned can be given to `restore`."""
        store = await self._opened()
        return await self._changing(partial(store.delete, entry_id))

    async def delete_all(self, wanted: HistoryFilter | None = None) -> int:
        """Delete entries, the starred ones too; return how many. This cannot be undone."""
        store, wanted = await self._opened(), wanted or _everything()
        return await self._changing(partial(store.delete_all, wanted))

    async def restore(self, record: HistoryRecord) -> None:
        """Put a deleted entry back where it was, under its old id."""
        store = await self._opened()
        await self._changing(partial(store.restore, record))

    async def usage(self) -> HistoryUsage:
        """Tell how much there is."""
        return await self._reading((await self._opened()).usage)

    def begin(self, start: SendStart) -> None:
        """Record, behind the send, that it began."""
        if self._is_recording:
            self._record(lambda store: store.begin(start))

    def finish(self, start: SendStart, exchange: Exchange) -> None:
        """Record, behind the send, how it ended."""
        if self._is_recording:
            self._record_end(start, exchange)

    async def settle(self, at_most_s: float = _GRACE_S) -> None:
        """Wait until all that was asked to be recorded is, or the time is over."""
        if self._last_write is not None:
            await asyncio.wait({self._last_write}, timeout=at_most_s)

    async def close(self) -> None:
        """Write what is still to be written, as far as that is quick, and let go of the file."""
        await self.settle(_CLOSING_S)
        self._pay()
        await self.settle(_CLOSING_S)
        if self._store is not None and (self._last_write is None or self._last_write.done()):
            store = await self._opened()
            await run_blocking(store.close, name="history")

    def _record_end(self, start: SendStart, exchange: Exchange) -> None:
        self._record(
            lambda store: store.finish(start, exchange), or_else=lambda: self._owe(start, exchange)
        )

    def _owe(self, start: SendStart, exchange: Exchange) -> None:
        """Keep the end of a send until it can be recorded."""
        owed = [*self._owed, (start, exchange)][-_OWED_MAX:]
        while len(owed) > 1 and sum(map(_bytes_of, owed)) > _OWED_BYTES_MAX:
            del owed[0]
        self._owed = tuple(owed)

    def _pay(self) -> None:
        """Try again to record what could not be."""
        owed, self._owed = self._owed, ()
        for start, exchange in owed:
            self._record_end(start, exchange)

    def _record(
        self, write: Callable[[HistoryStore], object], *, or_else: Callable[[], None] | None = None
    ) -> None:
        recording = asyncio.ensure_future(self._recorded(write, self._last_write, or_else))
        self._last_write = recording

    async def _recorded(
        self,
        write: Callable[[HistoryStore], object],
        after: asyncio.Task[object] | None,
        or_else: Callable[[], None] | None,
    ) -> None:
        try:
            store = await self._opened()
            await self._in_turn(partial(write, store), after)
        except StorageFailed as error:
            if not self._is_failing:
                self._tell(_recording_failed(error))
            self._is_failing = True
            if or_else is not None:
                or_else()
        else:
            self._is_failing = False
            self._pay()
            self._tell(_changed())
        self._tell_set_aside()

    async def _reading(self, call: Callable[[], T]) -> T:
        try:
            return await run_blocking(call, name="history")
        finally:
            self._tell_set_aside()

    async def _changing(self, call: Callable[[], T]) -> T:
        changing = asyncio.ensure_future(self._in_turn(call, self._last_write))
        self._last_write = changing
        try:
            result = await asyncio.shield(changing)
        finally:
            self._tell_set_aside()
        self._tell(_changed())
        return result

    @staticmethod
    async def _in_turn(call: Callable[[], T], after: asyncio.Task[object] | None) -> T:
        """Run ``call`` in a thread once the write before it is over, however that ended."""
        if after is not None:
            await asyncio.wait({after})
        return await run_blocking(call, name="history")

    async def _opened(self) -> HistoryStore:
        if self._store is None:
            opening = run_blocking(self._open_store, name="history")
            self._store = asyncio.ensure_future(opening)
        return await asyncio.shield(self._store)

    def _tell_set_aside(self) -> None:
        if self._store is not None and self._store.done():
            for path in self._store.result().take_set_aside():
                self._tell(_set_aside(path))

    def _tell(self, event: HistoryEvent) -> None:
        for listener in tuple(self._listeners):
            listener(event)


def _bytes_of(owed: tuple[SendStart, Exchange]) -> int:
    start, exchange = owed
    return len(start.sent_body) + len(exchange.reply.body if exchange.reply else b"")


# The nouns are loaded when the first of them is needed, never before the first paint: 7 ms.


def _everything() -> HistoryFilter:
    from tui.domain.history import HistoryFilter

    return HistoryFilter()


def _changed() -> HistoryEvent:
    from tui.domain.history import HistoryChanged

    return HistoryChanged()


def _recording_failed(error: StorageFailed) -> HistoryEvent:
    from tui.domain.history import RecordingFailed

    return RecordingFailed(error)


def _set_aside(path: Path) -> HistoryEvent:
    from tui.domain.history import HistorySetAside

    return HistorySetAside(path)
