"""Everything that a test must wait for comes late, on demand: ``TESTS_LATE_S=0.3 pytest``.

A test that passes only because a thread or a file was quick fails here, and on somebody's busy
machine one day. Threads start late, what they return arrives late, files are named and synced
slowly, and now and then the event loop stands still: each for a random part of the time given.
``TESTS_LATE_SEED`` has other parts.
"""

from __future__ import annotations

import asyncio
import os
import threading
import time
from functools import wraps
from random import Random
from typing import TYPE_CHECKING

from tui import blocking

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_STANDSTILLS = 0.02
"""The part of the event loop's turns that stand still."""
_STANDSTILL_PART = 0.1
"""How long they do, as a part of what threads are late."""
_FILE_CALLS = ("fsync", "replace", "rename", "link", "unlink")


def install_if_wanted(environment: Mapping[str, str]) -> None:
    """Make everything late, if the environment says by how many seconds."""
    longest_s = float(environment.get("TESTS_LATE_S", "0"))
    if longest_s:
        _install(longest_s, Random(environment.get("TESTS_LATE_SEED", "1")))  # noqa: S311 - hides nothing


def _install(longest_s: float, random: Random) -> None:
    def late(call: Callable[..., object]) -> Callable[..., object]:
        @wraps(call)
        def called(*args: object, **kwargs: object) -> object:
            if threading.current_thread() is not threading.main_thread():
                time.sleep(random.random() * longest_s)
            return call(*args, **kwargs)

        return called

    def halting(turn: Callable[..., object]) -> Callable[..., object]:
        @wraps(turn)
        def turned(loop: asyncio.BaseEventLoop) -> None:
            if random.random() < _STANDSTILLS:
                time.sleep(random.random() * longest_s * _STANDSTILL_PART)
            turn(loop)

        return turned

    made_late = [(threading.Thread, "run"), (blocking, "_settle")]
    for owner, name in (*made_late, *((os, name) for name in _FILE_CALLS)):
        setattr(owner, name, late(getattr(owner, name)))
    halted = asyncio.BaseEventLoop, "_run_once"
    setattr(*halted, halting(getattr(*halted)))
