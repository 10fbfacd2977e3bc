"""Calls that do not need each other's answers, made at the same time.

    calls ─▶ up to eight daemon threads ─▶ what they returned, in the order of the calls

Daemon threads, not an executor's: those are joined when the program ends, so that one hung call
would hold it.
"""

from __future__ import annotations

from concurrent.futures import Future
from contextvars import copy_context
from queue import Empty, SimpleQueue
from threading import Thread
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    T = TypeVar("T")

MAX_THREADS = 8
"""Botocore keeps ten connections of a client open; more threads would only make new ones."""


def run_side_by_side(calls: Sequence[Callable[[], T]]) -> list[T]:
    """Return what each call returned, in their order; blocks until all are done.

    Each runs in a copy of the caller's context.

    Raises:
        BaseException: what the first of the calls that failed raised.
    """
    if len(calls) == 1:
        return [calls[0]()]
    waiting: SimpleQueue[tuple[Callable[[], T], Future[T]]] = SimpleQueue()
    futures: list[Future[T]] = []
    for call in calls:
        futures.append(Future())
        waiting.put((call, futures[-1]))
    for _ in range(min(MAX_THREADS, len(calls))):
        context = copy_context()
        Thread(
            target=context.run, args=(_work, waiting), name="sagescope-call", daemon=True
        ).start()
    return [future.result() for future in futures]


def _work(waiting: SimpleQueue[tuple[Callable[[], T], Future[T]]]) -> None:
    while True:
        try:
            call, future = waiting.get_nowait()
        except Empty:
            return
        try:
            future.set_result(call())
        except BaseException as error:  # noqa: BLE001 - raised again where it is waited for
            future.set_exception(error)
