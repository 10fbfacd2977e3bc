"""A history of 100,000 entries: looking into it, and starting the program beside it."""

from __future__ import annotations

import sqlite3
import sys
import time
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING
from uuid import uuid4

from tests.benchmarks.comparing import Case
from tests.pty.environment import newcomer
from tests.pty.terminal import Terminal
from tests.store.histories import answer, begun, ended
from tui.domain.history import HistoryFilter, OutcomeKind
from tui.store.history import HistoryBounds, HistoryFile

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_ROOT = Path(__file__).resolve().parents[2]
_SAGESCOPE = [sys.executable, "-m", "tui", "demo"]
_ENTRIES = 100_000
_FRAME_S = 1 / 60


@contextmanager
def history() -> Iterator[tuple[Case, ...]]:
    """Give the cases; their file lives as long as the context."""
    with TemporaryDirectory() as folder:
        home = Path(folder)
        _fill(home / "history.sqlite3")
        store = HistoryFile(home / "history.sqlite3", HistoryBounds())
        yield (*_lookings(store), _starting(home))
        store.close()


def _fill(path: Path) -> None:
    """Record one send, and multiply its row; each has other bytes and another endpoint."""
    store = HistoryFile(path, HistoryBounds())
    start = begun("endpoint-0", body=b'{"instances": [[5.1, 3.5, 1.4, 0.2]]}', number=0)
    headers = (("Content-Type", "application/json"), ("x-amzn-RequestId", str(uuid4())))
    store.finish(start, ended(start, answer(b'{"predictions": [0]}' * 9, headers=headers)))
    store.close()
    with sqlite3.connect(path) as db:
        columns = [row[1] for row in db.execute("PRAGMA table_info (entries)")]
        copied = ", ".join(name for name in columns[3:] if name != "endpoint_name")
        numbers = range(2, _ENTRIES + 1)
        db.executemany(
            "INSERT INTO entries (id, exchange_id, started_at, endpoint_name, "  # noqa: S608 - its own names
            f"{copied}) SELECT ?1, printf('%032d', ?1), started_at, 'endpoint-' || (?1 % 200), "
            f"{copied} FROM entries WHERE id = 1",
            ((number,) for number in numbers),
        )
        db.executemany(
            "INSERT INTO searched (id, words) SELECT ?1, words || ' trace=' || ?1 "
            "|| ' target-variant application/json' FROM searched WHERE id = 1",
            ((number,) for number in numbers),
        )
    db.close()


def _lookings(store: HistoryFile) -> Iterator[Case]:
    stopped = frozenset({OutcomeKind.STOPPED})
    yield _case("first page", partial(_page, store, HistoryFilter()))
    yield _case("first page of one endpoint", partial(_page, store, _of("endpoint-7")))
    yield _case("filter by outcome, nothing found", partial(_page, store, _of(kinds=stopped)))
    yield _case("filter by a word that most have", partial(_page, store, _of(text="trace")))
    yield _case("filter by a word that none has", partial(_page, store, _of(text="nowhere")))
    yield _case("record a send", partial(_record, store))


def _case(name: str, call: Callable[[], object]) -> Case:
    return Case(
        name=f"{name}, of {_ENTRIES:,}",
        measure=partial(_seconds, call),
        reference_name="a frame at 60 Hz",
        reference=lambda: _FRAME_S,
        at_most=2.0,
        runs=15,
    )


def _starting(home: Path) -> Case:
    """Return the case of a start beside a full history, against one beside none."""
    return Case(
        name=f"first paint beside {_ENTRIES:,} entries",
        measure=partial(_first_paint_s, home),
        reference_name="first paint beside none",
        reference=_first_paint_without_s,
        at_most=1.05,
        runs=9,
    )


def _of(endpoint_name: str | None = None, **wanted) -> HistoryFilter:
    return HistoryFilter(endpoint_name=endpoint_name, **wanted)


def _page(store: HistoryFile, wanted: HistoryFilter) -> None:
    store.page(wanted, before=None, size=50)


def _record(store: HistoryFile) -> None:
    start = begun(number=uuid4().int)
    store.begin(start)
    store.finish(start, ended(start, answer()))


def _seconds(call: Callable[[], object]) -> float:
    clock = time.perf_counter()
    call()
    return time.perf_counter() - clock


def _first_paint_without_s() -> float:
    with TemporaryDirectory() as home:
        return _first_paint_s(Path(home))


def _first_paint_s(home: Path) -> float:
    env = newcomer(home, PYTHONPATH=str(_ROOT), SAGESCOPE_HOME=str(home))
    with Terminal(_SAGESCOPE, env=env, cwd=_ROOT, columns=160, rows=48, renders=False) as terminal:
        return terminal.wait_raw(b"Endpoints")
