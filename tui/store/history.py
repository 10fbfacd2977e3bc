"""The history in its file: record, list, open, keep in order and in bounds.

    entries ──▶ bodies      each content once; gone with the last entry that has it

An id is never used twice, entries are listed by it, newest first. When there are more entries or
bytes than the settings allow, the oldest that have no star go. All methods block and may be called
from any thread; readers do not wait for a writer.
"""

from __future__ import annotations

from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING

from tui.domain.history import HistoryFilter, HistoryPage, HistoryUsage, NotInHistory
from tui.store.history_database import Database
from tui.store.history_rows import (
    LISTED,
    beginning,
    columns_of,
    ending,
    entry_of,
    fold,
    judge,
    safe_exchange,
)
from tui.store.history_tables import (
    count_entries,
    delete,
    delete_everything,
    delete_some,
    has_entry,
    insert,
    keep_in_bounds,
    read_record,
    select,
    update,
    used_bytes,
)
from tui.store.history_values import text_for_sql

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path
    from sqlite3 import Connection

    from tui.domain.exchanges import Exchange
    from tui.domain.history import HistoryRecord, KeptBody, SendStart
    from tui.store.history_rows import Columns

_NO_NAMES: tuple[str, ...] = ()
_BATCH = 500
"""So many entries are deleted in one transaction, for which others wait some tenths of a second."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryBounds:
    """How much is kept; see the settings of the same names."""

    entries_max: int = 100_000
    bytes_max: int = 500_000_000
    body_bytes_max: int = 25_000_000
    keep_bodies: bool = True


class HistoryFile:
    """A `tui.history.HistoryStore` in one SQLite file, which is made when something is recorded.

    Args:
        path: the file; it and its folder need not exist.
        bounds: how much is kept.
    """

    def __init__(self, path: Path, bounds: HistoryBounds) -> None:
        self._path = path
        self._bounds = bounds
        self._lock = Lock()
        self._set_aside: list[Path] = []
        self._reads = Database(path, self._note_set_aside)
        self._writes = Database(path, self._note_set_aside)

    def begin(self, start: SendStart) -> int:
        """Record that a send began; return the entry's id."""
        columns = beginning(start, self._judged(start, start.sent_body))

        def work(db: Connection) -> int:
            entry_id = insert(db, columns)
            self._keep_in_bounds(db)
            return entry_id

        return self._writes.write(work)

    def finish(self, start: SendStart, exchange: Exchange) -> int:
        """Record how it ended, whether or not its beginning was; return the entry's id."""
        keep_bodies = self._bounds.keep_bodies and start.keep_bodies
        kept = safe_exchange(exchange, keep_bodies=keep_bodies)
        received = None if kept.reply is None else self._judged(start, kept.reply.body)
        begun = beginning(start, self._judged(start, start.sent_body))
        ended = ending(start, kept, received)

        def work(db: Connection) -> int:
            found = db.execute(
                "SELECT id FROM entries WHERE exchange_id = ?", (start.exchange_id,)
            ).fetchone()
            if found is None:
                entry_id = insert(db, begun | ended)
            else:
                entry_id = found["id"]
                update(db, entry_id, ended)
            self._keep_in_bounds(db)
            return entry_id

        return self._writes.write(work)

    def page(self, wanted: HistoryFilter, *, before: int | None, size: int) -> HistoryPage:
        """Return the newest entries that are older than ``before``."""
        statement, values = select(LISTED, wanted, before=before)

        def work(db: Connection) -> HistoryPage:
            newest = f"{statement} ORDER BY id DESC LIMIT ?"
            rows = db.execute(newest, (*values, size + 1)).fetchall()
            entries = tuple(entry_of(row) for row in rows[:size])
            return HistoryPage(entries=entries, has_more=len(rows) > size)

        return self._reads.read(work, if_missing=HistoryPage())

    def count(self, wanted: HistoryFilter) -> int:
        """Count entries."""
        statement, values = select("count(*)", wanted)
        return self._reads.read(
            lambda db: db.execute(statement, values).fetchone()[0], if_missing=0
        )

    def endpoint_names(self) -> tuple[str, ...]:
        """Name the endpoints in it, in alphabetical order."""
        statement = "SELECT DISTINCT endpoint_name FROM entries ORDER BY 1"
        return self._reads.read(
            lambda db: tuple(row[0] for row in db.execute(statement)), if_missing=_NO_NAMES
        )

    def open(self, entry_id: int) -> HistoryRecord:
        """Read one entry.

        Raises:
            NotInHistory: there is none with this id.
        """
        found = self._reads.read(lambda db: read_record(db, entry_id), if_missing=None)
        if found is None:
            raise self._not_there(entry_id)
        return found

    def star(self, *entry_ids: int, is_starred: bool) -> None:
        """Protect entries from being dropped when the history is full, or no longer.

        Raises:
            NotInHistory: one of them is not there; then all of them stay as they are.
        """
        self._update(entry_ids, {"is_starred": is_starred})

    def annotate(self, entry_id: int, note: str) -> None:
        """Replace the note of an entry."""
        self._update((entry_id,), {"note": text_for_sql(note), "note_words": fold(note)})

    def delete(self, entry_id: int) -> HistoryRecord:
        """Delete an entry; what is returned can be given to `restore`."""

        def work(db: Connection) -> HistoryRecord | None:
            record = read_record(db, entry_id)
            if record is not None:
                delete(db, [entry_id])
            return record

        record = self._writes.change(work, if_missing=None)
        if record is None:
            raise self._not_there(entry_id)
        self._writes.shrink()
        return record

    def delete_for_good(self, entry_ids: tuple[int, ...]) -> None:
        """Delete entries without reading them, as is needed where one is damaged.

        Raises:
            NotInHistory: one of them is not there; then all of them stay.
        """
        self._change_all(entry_ids, lambda db: delete(db, dict.fromkeys(entry_ids)))
        self._writes.shrink()

    def delete_all(self, wanted: HistoryFilter) -> int:
        """Delete entries, the starred ones too; return how many."""
        if wanted == HistoryFilter():
            deleted = self._writes.change(delete_everything, if_missing=0)
        else:
            deleted = sum(iter(lambda: self._delete_some(wanted), 0))
        self._writes.shrink()
        return deleted

    def _delete_some(self, wanted: HistoryFilter) -> int:
        """Delete a batch: between two of them, other copies of the program can record."""
        return self._writes.change(lambda db: delete_some(db, wanted, _BATCH), if_missing=0)

    def restore(self, record: HistoryRecord) -> None:
        """Put a deleted entry back where it was, under its old id; one that is there stays."""
        columns = columns_of(record)

        def work(db: Connection) -> None:
            if read_record(db, record.entry.id) is None:
                insert(db, columns)

        self._writes.write(work)

    def usage(self) -> HistoryUsage:
        """Tell how much there is."""
        return self._reads.read(
            lambda db: HistoryUsage(entries=count_entries(db), size_bytes=used_bytes(db)),
            if_missing=HistoryUsage(entries=0, size_bytes=0),
        )

    def take_set_aside(self) -> tuple[Path, ...]:
        """Tell of damaged files that were renamed since the last time this was asked."""
        with self._lock:
            found, self._set_aside = tuple(self._set_aside), []
        return found

    def close(self) -> None:
        """Let go of the file; a later call opens it again."""
        self._reads.close()
        self._writes.close()

    def _keep_in_bounds(self, db: Connection) -> None:
        bounds = self._bounds
        keep_in_bounds(db, entries_max=bounds.entries_max, bytes_max=bounds.bytes_max)

    def _judged(self, start: SendStart, body: bytes) -> KeptBody:
        return judge(
            len(body),
            keep_bodies=self._bounds.keep_bodies and start.keep_bodies,
            at_most_bytes=self._bounds.body_bytes_max,
        )

    def _update(self, entry_ids: Sequence[int], columns: Columns) -> None:
        def work(db: Connection) -> None:
            for each in entry_ids:
                update(db, each, columns)

        self._change_all(entry_ids, work)

    def _change_all(self, entry_ids: Sequence[int], change: Callable[[Connection], None]) -> None:
        """Change entries that are all there, in one transaction."""

        def work(db: Connection) -> int | None:
            missing = next((each for each in entry_ids if not has_entry(db, each)), None)
            if missing is None:
                change(db)
            return missing

        missing = self._writes.change(work, if_missing=next(iter(entry_ids), None))
        if missing is not None:
            raise self._not_there(missing)

    def _not_there(self, entry_id: int) -> NotInHistory:
        return NotInHistory(
            summary=f"There is no entry {entry_id} in the history",
            hint="It was deleted, or dropped when the history was full.",
            path=str(self._path),
        )

    def _note_set_aside(self, path: Path) -> None:
        with self._lock:
            self._set_aside.append(path)
