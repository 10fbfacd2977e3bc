from __future__ import annotations

import asyncio
import subprocess
import sys
from textwrap import dedent
from threading import Event, current_thread, main_thread

import pytest

from tests.patience import PATIENCE_S
from tui.blocking import run_blocking


async def test_the_call_runs_in_a_daemon_thread_of_its_own_and_its_value_comes_back():
    thread = await run_blocking(current_thread, name="list")
    assert thread is not main_thread()
    assert thread.daemon
    assert thread.name == "sagescope-list"


class Boom(BaseException):
    pass


@pytest.mark.parametrize("error", [ValueError("no"), Boom("worse")])
async def test_what_the_call_raises_comes_back(error):
    def fail():
        raise error

    with pytest.raises(type(error)) as caught:
        await run_blocking(fail)
    assert caught.value is error


async def test_the_loop_runs_on_while_a_call_blocks():
    gate = Event()
    waiting = asyncio.ensure_future(run_blocking(gate.wait))
    await asyncio.sleep(0)
    assert not waiting.done()
    gate.set()
    assert await waiting is True


async def test_more_calls_may_hang_than_any_pool_has_threads():
    gate = Event()
    hung = [asyncio.ensure_future(run_blocking(gate.wait)) for _ in range(100)]
    assert await asyncio.wait_for(run_blocking(lambda: "through"), PATIENCE_S) == "through"
    gate.set()
    assert await asyncio.gather(*hung) == [True] * 100


async def test_cancelling_abandons_the_thread_and_drops_its_result():
    gate, ended = Event(), Event()

    def call():
        gate.wait()
        ended.set()
        return "late"

    waiting = asyncio.ensure_future(run_blocking(call))
    await asyncio.sleep(0)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    gate.set()
    assert await run_blocking(lambda: ended.wait(PATIENCE_S))
    await asyncio.sleep(0)
    assert waiting.cancelled()


def test_a_result_that_outlives_its_loop_is_dropped_in_silence():
    gate, begun = Event(), Event()
    threads = []

    def call():
        threads.append(current_thread())
        begun.set()
        gate.wait()

    async def abandon():
        waiting = asyncio.ensure_future(run_blocking(call))
        await asyncio.to_thread(begun.wait, PATIENCE_S)
        waiting.cancel()

    asyncio.run(abandon())
    gate.set()
    # An exception in the thread would fail this test as an unhandled one.
    threads[0].join(PATIENCE_S)
    assert not threads[0].is_alive()


def test_a_hung_call_does_not_hold_the_process():
    source = """
        import asyncio, threading
        from tui.blocking import run_blocking

        async def main():
            hung = asyncio.ensure_future(run_blocking(threading.Event().wait))
            await asyncio.sleep(0)
            hung.cancel()

        asyncio.run(main())
    """
    subprocess.run([sys.executable, "-c", dedent(source)], check=True, timeout=PATIENCE_S)  # noqa: S603
