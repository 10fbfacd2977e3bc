"""The statements on the tables of the history; each function works inside a transaction.

    searched ──▶ entries ──▶ bodies

What is looked for stands in a narrow table of its own: without an index for parts of words every
text there is has to be looked at, and of 100,000 entries these are 15 MB instead of 150. What a
statement is put together from are names of ours; values always go in by question marks.
"""

from __future__ import annotations

import hashlib
from functools import partial
from typing import TYPE_CHECKING

from tui.store.history_rows import BODY_COLUMNS, fold, packed, record_of, unpacked

if TYPE_CHECKING:
    from collections.abc import Iterable
    from sqlite3 import Connection

    from tui.domain.history import HistoryFilter, HistoryRecord
    from tui.store.history_rows import Columns

_SEARCHED = ("words", "note_words")
"""The columns that stand in ``searched``."""
_AT_ONCE = 20
"""So many entries are dropped before it is looked again whether the bytes suffice."""


def select(
    what: str, wanted: HistoryFilter, *, before: int | None = None
) -> tuple[str, list[object]]:
    """Return a statement on ``entries`` and the values for its question marks."""
    words = sorted(fold(wanted.text).split(), key=len, reverse=True)  # the rarest, as a rule, first
    where, values = _conditions(wanted)
    for word in words:
        where.append("(words LIKE ? ESCAPE '\\' OR note_words LIKE ? ESCAPE '\\')")
        values += [_anywhere(word)] * 2
    if before is not None:
        where, values = [*where, "entries.id < ?"], [*values, before]
    # CROSS fixes the order: going through the narrow table first is never slow.
    tables = "searched CROSS JOIN entries USING (id)" if words else "entries"
    condition = f" WHERE {' AND '.join(where)}" if where else ""
    return f"SELECT {what} FROM {tables}{condition}", values  # noqa: S608 - words of ours


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
    return where, values


def _anywhere(word: str) -> str:
    """Return the pattern for a text that holds ``word``."""
    for special in "\\%_":
        word = word.replace(special, f"\\{special}")
    return f"%{word}%"


def has_entry(db: Connection, entry_id: int) -> bool:
    """Whether there is such an entry, readable or not."""
    found = db.execute("SELECT 1 FROM entries WHERE id = ?", (entry_id,)).fetchone()
    return found is not None


def read_record(db: Connection, entry_id: int) -> HistoryRecord | None:
    """Read an entry with all that belongs to it; None where there is none."""
    row = db.execute("SELECT * FROM entries WHERE id = ?", (entry_id,)).fetchone()
    return None if row is None else record_of(row, partial(_body, db))


def _body(db: Connection, body_id: int | None) -> bytes:
    if body_id is None:
        return b""
    return unpacked(db.execute("SELECT * FROM bodies WHERE id = ?", (body_id,)).fetchone())


def insert(db: Connection, columns: Columns) -> int:
    """Write an entry; return its id, which is a new one unless ``columns`` has one."""
    entry_id = _insert(db, "entries", _with_bodies_written(db, _without(columns, _SEARCHED)))
    searched = {name: columns[name] for name in _SEARCHED if name in columns}
    _insert(db, "searched", {"id": entry_id, **searched})
    return entry_id


def update(db: Connection, entry_id: int, columns: Columns) -> None:
    """Change an entry, if there is one."""
    searched = {name: columns[name] for name in _SEARCHED if name in columns}
    if searched:
        _update(db, "searched", entry_id, searched)
    written = _with_bodies_written(db, _without(columns, _SEARCHED))
    _update(db, "entries", entry_id, written)


def _insert(db: Connection, table: str, columns: Columns) -> int:
    names, marks = ", ".join(columns), ", ".join("?" * len(columns))
    statement = f"INSERT INTO {table} ({names}) VALUES ({marks})"  # noqa: S608 - names of ours
    return db.execute(statement, tuple(columns.values())).lastrowid or 0


def _update(db: Connection, table: str, entry_id: int, columns: Columns) -> None:
    names = ", ".join(f"{name} = ?" for name in columns)
    statement = f"UPDATE {table} SET {names} WHERE id = ?"  # noqa: S608 - names of ours
    db.execute(statement, (*columns.values(), entry_id))


def _without(columns: Columns, names: Iterable[str]) -> Columns:
    return {name: value for name, value in columns.items() if name not in names}


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


def delete(db: Connection, entry_ids: Iterable[int]) -> None:
    """Delete entries, and the bodies that no entry has any more."""
    columns = ", ".join(BODY_COLUMNS)
    found = f"SELECT {columns} FROM entries WHERE id = ?"  # noqa: S608 - names of ours
    for entry_id in entry_ids:
        bodies = {each for each in db.execute(found, (entry_id,)).fetchone() if each is not None}
        db.execute("DELETE FROM entries WHERE id = ?", (entry_id,))
        db.execute("DELETE FROM searched WHERE id = ?", (entry_id,))
        for body_id in bodies:
            _delete_if_unused(db, body_id)


def delete_some(db: Connection, wanted: HistoryFilter, at_most: int) -> int:
    """Delete entries that are wanted so; return how many."""
    statement, values = select("id", wanted)
    ids = [row["id"] for row in db.execute(f"{statement} LIMIT ?", (*values, at_most))]
    delete(db, ids)
    return len(ids)


def delete_everything(db: Connection) -> int:
    """Empty the tables, which is much faster than row by row; return how many entries went."""
    deleted = count_entries(db)
    for table in ("entries", "searched", "bodies"):
        db.execute(f"DELETE FROM {table}")  # noqa: S608 - names of ours
    return deleted


def _delete_if_unused(db: Connection, body_id: int) -> None:
    for column in BODY_COLUMNS:
        used = f"SELECT 1 FROM entries WHERE {column} = ? LIMIT 1"  # noqa: S608 - a name of ours
        if db.execute(used, (body_id,)).fetchone() is not None:
            return
    db.execute("DELETE FROM bodies WHERE id = ?", (body_id,))


def keep_in_bounds(db: Connection, *, entries_max: int, bytes_max: int) -> None:
    """Drop the oldest entries without a star until the rest is within bounds."""
    excess = count_entries(db) - entries_max
    if excess > 0:
        _drop_oldest(db, excess)
    while used_bytes(db) > bytes_max:
        if not _drop_oldest(db, _AT_ONCE):
            return


def _drop_oldest(db: Connection, at_most: int) -> int:
    """Drop the oldest entries without a star, never the newest of all; return how many."""
    oldest = (
        "SELECT id FROM entries WHERE NOT is_starred AND id < (SELECT max(id) FROM entries) "
        "ORDER BY id LIMIT ?"
    )
    ids = [row["id"] for row in db.execute(oldest, (at_most,))]
    delete(db, ids)
    return len(ids)


def count_entries(db: Connection) -> int:
    """Count all entries; SQLite walks over its smallest index for it."""
    return db.execute("SELECT count(*) FROM entries").fetchone()[0]


def used_bytes(db: Connection) -> int:
    """Return what the file holds, without pages that are free to be used again."""
    pages, free, size_bytes = (
        db.execute(f"PRAGMA {name}").fetchone()[0]
        for name in ("page_count", "freelist_count", "page_size")
    )
    return (pages - free) * size_bytes
