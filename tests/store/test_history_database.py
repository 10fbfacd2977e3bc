"""The file of the history under hard conditions: other programs, kills, damage, versions."""

import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from tests.store.histories import answer, begun, ended, record
from tui.domain.errors import StorageFailed
from tui.domain.history import HistoryFilter, NotInHistory, OutcomeKind
from tui.store import history_database
from tui.store.history import HistoryBounds, HistoryFile

ALL = HistoryFilter()
needs_posix = pytest.mark.skipif(sys.platform == "win32", reason="fork and kill of POSIX")


@pytest.fixture
def path(tmp_path):
    return tmp_path / "history.sqlite3"


@pytest.fixture
def store(path):
    made = HistoryFile(path, HistoryBounds())
    yield made
    made.close()


def apart(path, what, count):
    command = [sys.executable, "-m", "tests.store.recording_apart", path, what, str(count)]
    return subprocess.Popen(command, stdout=subprocess.PIPE)  # noqa: S603 - our own program


def names(path):
    return sorted(each.name for each in path.parent.iterdir())


def test_two_programs_record_a_thousand_sends_each_at_once(path, store):
    programs = [apart(path, "fill", 1000) for _ in range(2)]
    for program in programs:
        program.communicate(timeout=120)
    assert [program.returncode for program in programs] == [0, 0]
    assert store.count(HistoryFilter(kinds=frozenset({OutcomeKind.ANSWER}))) == 2000
    assert store.count(ALL) == 2000


@needs_posix
def test_nothing_that_was_recorded_is_missing_after_kills_at_any_moment(path, store):
    with apart(path, "killed", 100) as program:
        said = json.loads(program.communicate(timeout=120)[0])
    kinds = {}
    while page := store.page(ALL, before=min(kinds, default=None), size=1000).entries:
        kinds |= {entry.id: entry.kind for entry in page}
    recorded = {what: {int(line.split()[1]) for line in said if what in line} for what in KINDS}
    assert recorded["begun"] <= kinds.keys()
    assert {kinds[each] for each in recorded["ended"]} == {OutcomeKind.ANSWER}
    assert len(recorded["ended"]) > 100
    with closing(sqlite3.connect(path)) as db:
        assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    for each in kinds:
        assert store.open(each).request.endpoint_name == "iris"


KINDS = ("begun", "ended")


def damaged_in_its_middle(path):
    """Write zeros over a page that holds entries."""
    with path.open("r+b") as file:
        file.seek(4096)
        file.write(bytes(3 * 4096))


@pytest.mark.parametrize(
    "damage",
    [
        lambda path: path.write_bytes(b"no database, but a text of somebody's\n" * 200),
        damaged_in_its_middle,
        lambda path: os.truncate(path, 5000),
    ],
    ids=["replaced", "zeros", "truncated"],
)
def test_a_damaged_file_is_set_aside_unchanged_and_said(path, store, damage):
    record(store, *["iris"] * 30)
    store.close()
    damage(path)
    content = path.read_bytes()
    record(store, "after")
    assert [entry.endpoint_name for entry in store.page(ALL, before=None, size=9).entries] == [
        "after"
    ]
    (aside,) = store.take_set_aside()
    assert store.take_set_aside() == ()
    assert aside.name.startswith("history.sqlite3.damaged-2")
    assert aside.read_bytes() == content


def test_damage_that_a_reader_meets_is_set_aside_too(path, store):
    path.write_bytes(b"nothing of ours" * 100)
    assert store.page(ALL, before=None, size=9).entries == ()
    assert len(store.take_set_aside()) == 1
    assert len(record(store, "iris")) == 1


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE entries SET place = x'7b7d' WHERE id = ?",
        "UPDATE entries SET started_at = 'soon' WHERE id = ?",
        "UPDATE entries SET kind = 'whatever' WHERE id = ?",
        "UPDATE entries SET place = x'ff' WHERE id = ?",
    ],
)
def test_an_entry_that_a_disk_has_changed_is_said_and_can_be_deleted(path, store, change):
    damaged, whole = record(store, "iris", "llm")
    with sqlite3.connect(path) as db:
        db.execute(change, (damaged,))
    db.close()
    for ask in (
        lambda: store.open(damaged),
        lambda: store.delete(damaged),
        lambda: store.page(ALL, before=None, size=9),
    ):
        with pytest.raises(StorageFailed, match=f"Entry {damaged} of the history is damaged"):
            ask()
    assert store.open(whole).entry.endpoint_name == "llm"
    store.delete_for_good((damaged, damaged))
    assert [each.id for each in store.page(ALL, before=None, size=9).entries] == [whole]
    with pytest.raises(NotInHistory):
        store.delete_for_good((whole, damaged))
    assert store.count(ALL) == 1


@pytest.mark.parametrize("change", ["is_compressed = 1", "data = x'3131'", "id = 99"])
def test_a_body_that_a_disk_has_changed_is_said(path, store, change):
    (entry_id,) = record(store, "iris")
    with sqlite3.connect(path) as db:
        db.execute(f"UPDATE bodies SET {change} WHERE id = 1")  # noqa: S608 - our own words
    db.close()
    with pytest.raises(StorageFailed, match="damaged"):
        store.open(entry_id)


def test_a_second_program_goes_over_to_the_new_file(path, store):
    other = HistoryFile(path, HistoryBounds())
    record(store, *["iris"] * 30)
    record(other, "iris")
    with sqlite3.connect(path) as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    db.close()
    store.close()
    damaged_in_its_middle(path)
    record(store, "by the one")
    record(other, "by the other")
    assert store.count(ALL) == 2
    assert len(store.take_set_aside() + other.take_set_aside()) == 1
    other.close()


def test_a_file_that_is_removed_meanwhile_is_made_anew(path, store):
    record(store, "iris")
    for each in path.parent.iterdir():
        each.unlink()
    record(store, "llm")
    assert store.endpoint_names() == ("llm",)


def test_the_file_of_a_newer_version_is_refused_and_stays_as_it_is(path, store):
    record(store, "iris")
    store.close()
    with sqlite3.connect(path) as db:
        db.execute("PRAGMA user_version = 99")
    db.close()
    content = path.read_bytes()
    for ask in (
        lambda: record(store, "x"),
        lambda: store.count(ALL),
        lambda: store.delete_all(ALL),
    ):
        with pytest.raises(StorageFailed, match=r"newer sagescope \(version 99; this one knows"):
            ask()
    store.close()
    assert path.read_bytes() == content
    assert names(path) == [path.name]


def test_a_database_of_others_is_refused_and_stays_as_it_is(path, store):
    with sqlite3.connect(path) as db:
        db.execute("CREATE TABLE addresses (name)")
    db.close()
    content = path.read_bytes()
    with pytest.raises(StorageFailed, match="not a history of sagescope"):
        record(store, "x")
    assert path.read_bytes() == content


def test_a_folder_that_cannot_be_made_is_said(tmp_path):
    (tmp_path / "data").write_text("a file where the folder should be")
    store = HistoryFile(tmp_path / "data" / "history.sqlite3", HistoryBounds())
    with pytest.raises(StorageFailed, match=r"Cannot use the history .*/data/history\.sqlite3"):
        record(store, "x")


def test_a_folder_in_the_file_s_place_is_said(path, store):
    path.mkdir()
    for ask in (lambda: record(store, "x"), lambda: store.count(ALL)):
        with pytest.raises(StorageFailed, match="it cannot be opened"):
            ask()


@needs_posix
def test_a_disk_that_takes_no_more_is_said_and_what_was_there_stays(path, store):
    import resource  # there is none on Windows

    kept = record(store, "iris")
    before, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, hard))
    try:
        start = begun(body=os.urandom(1_000_000), number=7)
        with pytest.raises(StorageFailed, match="the disk failed to read or write it"):
            store.finish(start, ended(start, answer()))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (before, hard))
    more = record(store, "llm")
    assert [entry.id for entry in store.page(ALL, before=None, size=9).entries] == [*more, *kept]


def test_a_file_that_another_program_keeps_locked_is_said(path, store, monkeypatch):
    monkeypatch.setattr(history_database, "BUSY_TIMEOUT_S", 0.05)
    record(store, "iris")
    store.close()
    with sqlite3.connect(path, isolation_level=None) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StorageFailed, match="another program has kept it locked"):
            record(store, "x")
        assert store.count(ALL) == 1
        other.execute("COMMIT")
    other.close()
    record(store, "llm")
    assert store.count(ALL) == 2


VERSION_1 = Path(__file__).with_name("history-version-1.sql")


def test_a_file_of_version_1_is_brought_up_to_date_and_loses_nothing(path, store):
    with sqlite3.connect(path) as db:
        db.executescript(VERSION_1.read_text(encoding="utf-8"))
    db.close()
    in_flight, stopped, failed, answered = store.page(ALL, before=None, size=9).entries
    assert [each.id for each in (in_flight, stopped, failed, answered)] == [4, 3, 2, 1]
    assert (in_flight.kind, stopped.kind) == (OutcomeKind.UNKNOWN, OutcomeKind.STOPPED)
    assert (failed.is_starred, failed.note) == (True, "look at Übermaß")
    assert failed.place.account == "123456789012"
    found = store.open(answered.id)
    assert (found.sent_body, found.exchange.reply.body) == (b"5.1,3.5", b"[0, 1]" * 60)
    assert found.exchange.reply.headers[-1] == ("X-Odd", "\xff\udcff")
    assert (found.request.custom_attributes, answered.preset_name) == ("trace=A1", "smoke")
    for text, wanted in (("TRACE=a1", answered), ("übermass", failed), ("demo", stopped)):
        (entry,) = store.page(HistoryFilter(text=text), before=None, size=9).entries
        assert entry == wanted
    assert record(store, "new") == [5]


def test_a_migration_that_is_cut_short_leaves_the_old_version(path, store, monkeypatch):
    with sqlite3.connect(path) as db:
        db.executescript(VERSION_1.read_text(encoding="utf-8"))
    with monkeypatch.context() as broken:
        steps = (*history_database.MIGRATIONS[:-1], "CREATE TABLE searched (id);\nNONSENSE")
        broken.setattr(history_database, "MIGRATIONS", steps)
        with pytest.raises(StorageFailed, match="syntax error"):
            store.count(ALL)
    assert db.execute("PRAGMA user_version").fetchone() == (1,)
    assert db.execute("SELECT count(*) FROM sqlite_master WHERE name = 'searched'").fetchone() == (
        0,
    )
    db.close()
    assert store.count(ALL) == 4
