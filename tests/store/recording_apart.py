"""Recording in processes of their own: ``python -m tests.store.recording_apart PATH WHAT COUNT``.

``fill`` records so many sends. ``killed`` does so in so many children, one after the other, each of
which is killed at a random moment; it prints what the children were told to have been recorded.
One process forks them all, since starting Python anew each time would take longer than the test.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import time
from pathlib import Path
from uuid import uuid4

from tests.store.histories import answer, begun, ended
from tui.store.history import HistoryBounds, HistoryFile

_MOST_SENDS = 20
_LATEST_S = 0.003
"""A child is killed up to so long after it said that something is recorded."""


def main(path: Path, what: str, count: int) -> None:
    if what == "fill":
        store = HistoryFile(path, HistoryBounds())
        for _ in range(count):
            _record(store, lambda _line: None)
        store.close()
    else:
        lines = [line for _ in range(count) for line in _recorded_until_killed(path)]
        sys.stdout.write(json.dumps(lines))


def _record(store: HistoryFile, say) -> None:
    start = begun(number=uuid4().int, body=os.urandom(random.choice((10, 30_000))))  # noqa: S311 - no secret
    say(f"begun {store.begin(start)}\n")
    say(f"ended {store.finish(start, ended(start, answer(start.sent_body)))}\n")


def _recorded_until_killed(path: Path) -> list[str]:
    """Return the whole lines that a child wrote before it was killed."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        store = HistoryFile(path, HistoryBounds())
        while True:
            _record(store, lambda line: os.write(writing, line.encode()))
    os.close(writing)
    with os.fdopen(reading) as said:
        lines = [said.readline() for _ in range(random.randint(1, _MOST_SENDS))]  # noqa: S311
        time.sleep(random.uniform(0, _LATEST_S))  # noqa: S311 - any moment will do
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        lines += said.readlines()
    return [line.strip() for line in lines if line.endswith("\n")]


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]))
