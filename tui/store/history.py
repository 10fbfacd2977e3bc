"""The history in its file: record, list, open, keep in order and in bounds.

    entries ──▶ bodies      each content once; gone with the last entry that has it

An id is never used twice, entries are listed by it, newest first. When there are more entries or
bytes than the settings allow, the oldest that have no star go. All methods block and may be called
from any thread; readers do not wait for a writer.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import partial
from threading import Lock
from typing import TYPE_CHECKING

from tui.domain.history import HistoryPage, HistoryUsage, NotInHistory
from tui.store.history_database import Database
from tui.store.history_rows import (
    BODY_COLUMNS,
    LISTED,
    beginning,
    columns_of,
    ending,
    entry_of,
    fold,
    judge,
    packed,
    record_of,
    safe_exchange,
    unpacked,
)
from tui.store.history_values import text_for_sql

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path
    from sqlite3 import Connection

    from tui.domain.exchanges import Exchange
    from tui.domain.history import HistoryFilter, HistoryRecord, KeptBody, SendStart
    from tui.store.history_rows import Columns

_AT_ONCE = 20
"""So many entries are dropped before it is looked again whether the bytes suffice."""
_NO_NAMES: tuple[str, ...] = ()


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
            entry_id = _insert(db, columns)
            _keep_in_bounds(db, self._bounds)
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
                entry_id = _insert(db, begun | ended)
            else:
                entry_id = found["id"]
                _update(db, entry_id, ended)
            _keep_in_bounds(db, self._bounds)
            return entry_id

        return self._writes.write(work)

    def page(self, wanted: HistoryFilter, *, before: int | None, size: int) -> HistoryPage:
        """Return the newest entries that are older than ``before``."""
        statement, values = _select(LISTED, wanted, before=before)

        def work(db: Connection) -> HistoryPage:
            newest = f"{statement} ORDER BY id DESC LIMIT ?"
            rows = db.execute(newest, (*values, size + 1)).fetchall()
            entries = tuple(entry_of(row) for row in rows[:size])
            return HistoryPage(entries=entries, has_more=len(rows) > size)

        return self._reads.read(work, if_missing=HistoryPage())

    def count(self, wanted: HistoryFilter) -> int:
        """Count entries."""
        statement, values = _select("count(*)", wanted)
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
        found = self._reads.read(lambda db: _record(db, entry_id), if_missing=None)
        if found is None:
            raise self._not_there(entry_id)
        return found

    def star(self, entry_id: int, *, is_starred: bool) -> None:
        """Protect an entry from being dropped when the history is full, or no longer."""
        self._update(entry_id, {"is_starred": is_starred})

    def annotate(self, entry_id: int, note: str) -> None:
        """Replace the note of an entry."""
        self._update(entry_id, {"note": text_for_sql(note), "note_words": fold(note)})

    def delete(self, entry_id: int) -> HistoryRecord:
        """Delete an entry; what is returned can be given to `restore`."""

        def work(db: Connection) -> HistoryRecord | None:
            record = _record(db, entry_id)
            if record is not None:
                _delete(db, [entry_id])
            return record

        record = self._writes.change(work, if_missing=None)
        if record is None:
            raise self._not_there(entry_id)
        self._writes.shrink()
        return record

    def delete_all(self, wanted: HistoryFilter) -> int:
        """Delete entries, the starred ones too; return how many."""
        statement, values = _select("id", wanted)

        def work(db: Connection) -> int:
            ids = [row["id"] for row in db.execute(statement, values)]
            _delete(db, ids)
            return len(ids)

        deleted = self._writes.change(work, if_missing=0)
        self._writes.shrink()
        return deleted

    def restore(self, record: HistoryRecord) -> None:
        """Put a deleted entry back where it was, under its old id; one that is there stays."""
        columns = columns_of(record)

        def work(db: Connection) -> None:
            if _record(db, record.entry.id) is None:
                _insert(db, columns)

        self._writes.write(work)

    def usage(self) -> HistoryUsage:
        """Tell how much there is."""
        return self._reads.read(
            lambda db: HistoryUsage(entries=_count(db), size_bytes=_used_bytes(db)),
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

    def _judged(self, start: SendStart, body: bytes) -> KeptBody:
        return judge(
            len(body),
            keep_bodies=self._bounds.keep_bodies and start.keep_bodies,
            at_most_bytes=self._bounds.body_bytes_max,
        )

    def _update(self, entry_id: int, columns: Columns) -> None:
        def work(db: Connection) -> bool:
            return _update(db, entry_id, columns)

        if not self._writes.change(work, if_missing=False):
            raise self._not_there(entry_id)

    def _not_there(self, entry_id: int) -> NotInHistory:
        return NotInHistory(
            summary=f"There is no entry {entry_id} in the history",
            hint="It was deleted, or dropped when the history was full.",
            path=str(self._path),
        )

    def _note_set_aside(self, path: Path) -> None:
        with self._lock:
            self._set_aside.append(path)


def _select(
    what: str, wanted: HistoryFilter, *, before: int | None = None
) -> tuple[str, list[object]]:
    """Return a statement and the values for its question marks."""
    where, values = _conditions(wanted)
    if before is not None:
        where, values = [*where, "id < ?"], [*values, before]
    condition = f" WHERE {' AND '.join(where)}" if where else ""
    return f"SELECT {what} FROM entries{condition}", values  # noqa: S608 - words of ours


def _conditions(wanted: HistoryFilter) -> tuple[list[str], list[object]]:
    exact: dict[str, object] = {
        "endpoint_name": wanted.endpoint_name,
        "status": wanted.status,
        "is_starred": wanted.is_starred,
        "is_demo": wanted.is_demo,
    }
    given = {column: value for column, value in exact.items() if value is not None}
    where, values = [f"{column} = ?" for column in given], list(given.values())
    if wanted.kinds:
        where.append(f"kind IN ({', '.join('?' * len(wanted.kinds))})")
        values += sorted(wanted.kinds)
    for word in fold(wanted.text).split():
        where.append("(instr(words, ?) OR instr(note_words, ?))")
        values += [word, word]
    return where, values


def _record(db: Connection, entry_id: int) -> HistoryRecord | None:
    row = db.execute("SELECT * FROM entries WHERE id = ?", (entry_id,)).fetchone()
    return None if row is None else record_of(row, partial(_body, db))


def _body(db: Connection, body_id: int | None) -> bytes:
    if body_id is None:
        return b""
    return unpacked(db.execute("SELECT * FROM bodies WHERE id = ?", (body_id,)).fetchone())


def _insert(db: Connection, columns: Columns) -> int:
    written = _with_bodies_written(db, columns)
    names, marks = ", ".join(written), ", ".join("?" * len(written))
    statement = f"INSERT INTO entries ({names}) VALUES ({marks})"  # noqa: S608 - names of ours
    entry_id = db.execute(statement, tuple(written.values())).lastrowid
    return entry_id or 0


def _update(db: Connection, entry_id: int, columns: Columns) -> bool:
    """Change an entry; tell whether there was one."""
    written = _with_bodies_written(db, columns)
    names = ", ".join(f"{name} = ?" for name in written)
    statement = f"UPDATE entries SET {names} WHERE id = ?"  # noqa: S608 - names of ours
    return db.execute(statement, (*written.values(), entry_id)).rowcount > 0


def _with_bodies_written(db: Connection, columns: Columns) -> Columns:
    """Write the bodies; return the columns with references in their place."""
    return {
        name: _body_id(db, value) if name in BODY_COLUMNS and isinstance(value, bytes) else value
        for name, value in columns.items()
    }


def _body_id(db: Connection, data: bytes) -> int | None:
    """Return the reference to a body, which is written unless it is there; None if it is empty."""
    if not data:
        return None
    digest = hashlib.sha256(data).digest()
    found = db.execute("SELECT id FROM bodies WHERE sha256 = ?", (digest,)).fetchone()
    if found is not None:
        return found["id"]
    is_compressed, stored = packed(data)
    statement = "INSERT INTO bodies (sha256, size_bytes, is_compressed, data) VALUES (?, ?, ?, ?)"
    return db.execute(statement, (digest, len(data), is_compressed, stored)).lastrowid


def _delete(db: Connection, entry_ids: Iterable[int]) -> None:
    """Delete entries, and the bodies that no entry has any more."""
    for entry_id in entry_ids:
        columns = ", ".join(BODY_COLUMNS)
        found = f"SELECT {columns} FROM entries WHERE id = ?"  # noqa: S608 - names of ours
        bodies = {each for each in db.execute(found, (entry_id,)).fetchone() if each is not None}
        db.execute("DELETE FROM entries WHERE id = ?", (entry_id,))
        for body_id in bodies:
            _delete_if_unused(db, body_id)


def _delete_if_unused(db: Connection, body_id: int) -> None:
    for column in BODY_COLUMNS:
        used = f"SELECT 1 FROM entries WHERE {column} = ? LIMIT 1"  # noqa: S608 - a name of ours
        if db.execute(used, (body_id,)).fetchone() is not None:
            return
    db.execute("DELETE FROM bodies WHERE id = ?", (body_id,))


def _keep_in_bounds(db: Connection, bounds: HistoryBounds) -> None:
    excess = _count(db) - bounds.entries_max
    if excess > 0:
        _drop_oldest(db, excess)
    while _used_bytes(db) > bounds.bytes_max:
        if not _drop_oldest(db, _AT_ONCE):
            return


def _drop_oldest(db: Connection, at_most: int) -> int:
    """Drop the oldest entries without a star, never the newest of all; return how many."""
    oldest = (
        "SELECT id FROM entries WHERE NOT is_starred AND id < (SELECT max(id) FROM entries) "
        "ORDER BY id LIMIT ?"
    )
    ids = [row["id"] for row in db.execute(oldest, (at_most,))]
    _delete(db, ids)
    return len(ids)


def _count(db: Connection) -> int:
    return db.execute("SELECT count(*) FROM entries").fetchone()[0]


def _used_bytes(db: Connection) -> int:
    pages, free, size_bytes = (
        db.execute(f"PRAGMA {name}").fetchone()[0]
        for name in ("page_count", "freelist_count", "page_size")
    )
    return (pages - free) * size_bytes
