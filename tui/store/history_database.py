"""The file of the history: opening it, its schema and versions, and what goes wrong with it.

    missing ──▶ made, 0600          older ──▶ migrated           newer ──▶ refused, untouched
    damaged ──▶ renamed with the time, said, and a new one begun
    removed or replaced while the program runs ──▶ opened anew, so that nothing is written to a
                                                   file that nobody can reach any more

Several programs use one file at once: it is in WAL mode, where readers and one writer do not wait
for each other, and writers wait for one another for as long as `BUSY_TIMEOUT_S`.
"""

from __future__ import annotations

import os
import sqlite3
import time
from contextlib import suppress
from datetime import UTC, datetime
from threading import Lock
from typing import TYPE_CHECKING, TypeVar

from tui.domain.errors import StorageFailed
from tui.store.files import make_private_folder

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

T = TypeVar("T")

BUSY_TIMEOUT_S = 5.0
_CACHE_KIB = 32_000
VERSION = 2
"""Of the schema; `PRAGMA user_version` of the file."""

_VERSION_1 = """
CREATE TABLE bodies (
    id INTEGER PRIMARY KEY,
    sha256 BLOB NOT NULL UNIQUE,
    size_bytes INTEGER NOT NULL,
    is_compressed INTEGER NOT NULL,
    data BLOB NOT NULL
);
CREATE TABLE entries (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    exchange_id TEXT NOT NULL UNIQUE,
    started_at TEXT NOT NULL,
    endpoint_name TEXT NOT NULL,
    kind TEXT NOT NULL,
    status INTEGER,
    reason TEXT NOT NULL,
    summary TEXT NOT NULL,
    duration_s REAL,
    attempts INTEGER NOT NULL,
    request_id TEXT,
    variant TEXT,
    preset_name TEXT,
    is_starred INTEGER NOT NULL DEFAULT 0,
    is_demo INTEGER NOT NULL,
    note TEXT NOT NULL DEFAULT '',
    note_words TEXT NOT NULL DEFAULT '',
    words TEXT NOT NULL,
    sent_size_bytes INTEGER NOT NULL,
    sent_left_out TEXT,
    received_size_bytes INTEGER,
    received_left_out TEXT,
    request_body INTEGER REFERENCES bodies (id),
    sent_body INTEGER REFERENCES bodies (id),
    received_body INTEGER REFERENCES bodies (id),
    place BLOB NOT NULL,
    request BLOB NOT NULL,
    outcome BLOB
);
CREATE INDEX entries_by_endpoint ON entries (endpoint_name);
CREATE INDEX entries_by_kind ON entries (kind);
CREATE INDEX entries_by_status ON entries (status);
CREATE INDEX entries_by_star ON entries (is_starred) WHERE is_starred;
CREATE INDEX entries_by_request_body ON entries (request_body) WHERE request_body IS NOT NULL;
CREATE INDEX entries_by_sent_body ON entries (sent_body) WHERE sent_body IS NOT NULL;
CREATE INDEX entries_by_received_body ON entries (received_body) WHERE received_body IS NOT NULL;
"""

_VERSION_2 = """
CREATE TABLE searched (
    id INTEGER PRIMARY KEY,
    words TEXT NOT NULL,
    note_words TEXT NOT NULL DEFAULT ''
);
INSERT INTO searched SELECT id, words, note_words FROM entries;
ALTER TABLE entries DROP COLUMN words;
ALTER TABLE entries DROP COLUMN note_words;
CREATE INDEX entries_by_demo ON entries (is_demo);
"""

MIGRATIONS: tuple[str, ...] = (_VERSION_1, _VERSION_2)
"""The n-th script makes version n + 1 out of version n; version 0 is an empty file."""


class Database:
    """One connection to the file, used by one thread at a time; every method blocks.

    Args:
        path: the file; it and its folder need not exist.
        told: called, in the thread at work, with the new name of a damaged file.
    """

    def __init__(self, path: Path, told: Callable[[Path], None]) -> None:
        self._path = path
        self._told = told
        self._lock = Lock()
        self._connection: sqlite3.Connection | None = None
        self._file: tuple[int, int] | None = None
        """(device, inode) of what is open."""

    def read(self, work: Callable[[sqlite3.Connection], T], *, if_missing: T) -> T:
        """Return what ``work`` returns; without a file ``if_missing``, and none is made.

        Raises:
            StorageFailed: said in words; whatever ``work`` itself raises comes out too.
        """
        with self._lock:
            return self._translated(
                lambda: if_missing if _is_missing(self._path) else work(self._opened())
            )

    def write(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """Run ``work`` as one transaction: all of it happens, or nothing.

        Raises:
            StorageFailed: said in words; whatever ``work`` itself raises comes out too.
        """
        with self._lock:
            return self._translated(lambda: _in_transaction(self._opened(), work))

    def change(self, work: Callable[[sqlite3.Connection], T], *, if_missing: T) -> T:
        """Run ``work`` as one transaction; without a file return ``if_missing``, making none.

        Raises:
            StorageFailed: said in words; whatever ``work`` itself raises comes out too.
        """
        with self._lock:
            return self._translated(
                lambda: (
                    if_missing if _is_missing(self._path) else _in_transaction(self._opened(), work)
                )
            )

    def shrink(self) -> None:
        """Give back what deleting has freed, and empty the journal of what was deleted.

        Where another copy is busy it stays as it is until next time: what had to be done is done.
        """
        with self._lock, suppress(sqlite3.OperationalError):
            if self._connection is not None:
                self._connection.executescript("PRAGMA incremental_vacuum")  # a step a page
                self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    def close(self) -> None:
        """Let go of the file; the next call opens it again."""
        with self._lock:
            self._close()

    def _translated(self, attempt: Callable[[], T]) -> T:
        try:
            try:
                return attempt()
            except sqlite3.DatabaseError as error:
                if not _is_damage(error):
                    raise
                self._set_aside()
                return attempt()
        except sqlite3.Error as error:
            raise _failure(self._path, error) from error
        except OSError as error:
            raise _unusable(self._path, error.strerror or str(error)) from error

    def _opened(self) -> sqlite3.Connection:
        if self._connection is not None and self._file == _identity_of(self._path):
            return self._connection
        self._close()
        make_private_folder(self._path.parent)
        # SQLite gives its own files beside this one the same mode.
        with suppress(FileExistsError):
            os.close(os.open(self._path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        connection = sqlite3.connect(
            self._path, timeout=BUSY_TIMEOUT_S, isolation_level=None, check_same_thread=False
        )
        try:
            _prepare(connection, self._path)
        except BaseException:
            connection.close()
            raise
        self._connection, self._file = connection, _identity_of(self._path)
        return connection

    def _close(self) -> None:
        if self._connection is not None:
            connection, self._connection = self._connection, None
            connection.close()

    def _set_aside(self) -> None:
        """Rename the damaged file and what SQLite keeps beside it, unless another copy has."""
        found = self._file or _identity_of(self._path)
        self._close()
        self._file = None
        if found is None or found != _identity_of(self._path):
            return
        aside = _free_name(self._path)
        self._path.rename(aside)
        for suffix in ("-wal", "-shm"):
            with suppress(FileNotFoundError):
                beside = self._path.with_name(self._path.name + suffix)
                beside.rename(aside.with_name(aside.name + suffix))
        self._told(aside)


def _prepare(connection: sqlite3.Connection, path: Path) -> None:
    """Bring a connection and its file to where they can be used."""
    connection.row_factory = sqlite3.Row
    version = _version(connection)
    if version > VERSION:
        raise StorageFailed(
            summary=f"The history {path} was written by a newer sagescope "
            f"(version {version}; this one knows {VERSION})",
            hint="Update sagescope, or choose another folder with SAGESCOPE_HOME.",
            path=str(path),
        )
    if version == 0 and _has_tables(connection):
        raise StorageFailed(
            summary=f"{path} is a database, but not a history of sagescope",
            hint="Move it away, or choose another folder with SAGESCOPE_HOME.",
            path=str(path),
        )
    # What is deleted shall be gone, and not only be free to be overwritten some day.
    connection.execute("PRAGMA secure_delete = ON")
    # A killed program loses nothing by this; a power failure at worst the last few entries.
    connection.execute("PRAGMA synchronous = NORMAL")
    # The words of 100,000 entries fit in: filtering takes 29 ms instead of 45.
    connection.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
    if version == 0:  # both stay with the file
        _patiently(lambda: connection.execute("PRAGMA auto_vacuum = INCREMENTAL"))
        _patiently(lambda: connection.execute("PRAGMA journal_mode = WAL").fetchone())
    if version < VERSION:
        _in_transaction(connection, _migrate)


def _migrate(connection: sqlite3.Connection) -> None:
    """Bring the schema up to date, inside a transaction; another copy may have been faster."""
    for step in MIGRATIONS[_version(connection) :]:
        for statement in step.split(";\n"):
            connection.execute(statement)
    connection.execute(f"PRAGMA user_version = {VERSION}")


def _in_transaction(connection: sqlite3.Connection, work: Callable[[sqlite3.Connection], T]) -> T:
    connection.execute("BEGIN IMMEDIATE")
    try:
        result = work(connection)
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:  # a full disk has rolled back already
            connection.execute("ROLLBACK")
        raise
    return result


def _patiently(call: Callable[[], T]) -> T:
    """Try while another copy holds the file: for a change of the journal SQLite does not wait."""
    give_up_at = time.monotonic() + BUSY_TIMEOUT_S
    while True:
        try:
            return call()
        except sqlite3.OperationalError as error:
            if _code(error) != sqlite3.SQLITE_BUSY or time.monotonic() > give_up_at:
                raise
            time.sleep(0.01)


def _version(connection: sqlite3.Connection) -> int:
    return connection.execute("PRAGMA user_version").fetchone()[0]


def _has_tables(connection: sqlite3.Connection) -> bool:
    # Between the two questions another copy may have made the tables: then the version is set.
    found = connection.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone()
    return found is not None and _version(connection) == 0


def _code(error: sqlite3.Error) -> int:
    """Return SQLite's primary result code; 0 where Python raised the error itself."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF


def _is_damage(error: sqlite3.Error) -> bool:
    return _code(error) in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


def _is_missing(path: Path) -> bool:
    """Whether nothing is there; what may not be looked at is another matter.

    Raises:
        OSError: such as a folder that may not be entered.
    """
    try:
        os.lstat(path)
    except (FileNotFoundError, NotADirectoryError):
        return True
    return False


def _identity_of(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    return found.st_dev, found.st_ino


def _free_name(path: Path) -> Path:
    """Return ``NAME.damaged-20261125T154000Z``, with a number where that is taken."""
    stem = f"{path.name}.damaged-{datetime.now(UTC):%Y%m%dT%H%M%SZ}"
    free, number = path.with_name(stem), 1
    while os.path.lexists(free):
        number += 1
        free = path.with_name(f"{stem}-{number}")
    return free


_REASONS = {
    sqlite3.SQLITE_FULL: "the disk is full",
    sqlite3.SQLITE_READONLY: "it may not be written",
    sqlite3.SQLITE_PERM: "it may not be written",
    sqlite3.SQLITE_CANTOPEN: "it cannot be opened",
    sqlite3.SQLITE_BUSY: f"another program has kept it locked for {BUSY_TIMEOUT_S:g} s",
    sqlite3.SQLITE_LOCKED: "another program keeps it locked",
    sqlite3.SQLITE_IOERR: "the disk failed to read or write it",
}


def _failure(path: Path, error: sqlite3.Error) -> StorageFailed:
    return _unusable(path, _REASONS.get(_code(error), str(error)))


def _unusable(path: Path, reason: str) -> StorageFailed:
    return StorageFailed(
        summary=f"Cannot use the history {path}: {reason}",
        hint="Check its permissions and free space; SAGESCOPE_HOME chooses another folder.",
        path=str(path),
    )
