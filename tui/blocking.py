"""The one hop from the event loop to a thread.

A daemon thread per call, not asyncio's executor: the executor joins its threads at exit, so a
hung call would hold the process until its socket times out (6.0 s against 0.5 s, measured with
a 6 s call), and its small pool starves behind a few hung calls.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from functools import partial
from threading import Thread
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")


async def run_blocking(call: Callable[[], T], *, name: str = "blocking") -> T:
    """Run ``call`` in a daemon thread of its own and return what it returns.

    Cancelling the awaiting task abandons the thread: it runs on, and its result is dropped.

    Raises:
        BaseException: whatever ``call`` raised.
    """
    loop = asyncio.get_running_loop()
    future: asyncio.Future[T] = loop.create_future()

    def work() -> None:
        try:
            result = call()
        except BaseException as error:  # noqa: BLE001 - handed to the awaiting task, not lost
            _settle(loop, future, partial(future.set_exception, error))
        else:
            _settle(loop, future, partial(future.set_result, result))

    Thread(target=work, name=f"sagescope-{name}", daemon=True).start()
    return await future


def _settle(
    loop: asyncio.AbstractEventLoop, future: asyncio.Future[T], apply: Callable[[], None]
) -> None:
    def settle_if_waiting() -> None:
        if not future.done():
            apply()

    # A loop that closed meanwhile has nobody left to tell.
    with suppress(RuntimeError):
        loop.call_soon_threadsafe(settle_if_waiting)
