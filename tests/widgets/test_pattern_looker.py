"""The process that looks for patterns: begun once, whoever asks, and never left behind."""

import asyncio
import os
import signal

import pytest

from tests.app.waiting import until
from tests.children import children_of_this_process
from tui.body.search.pattern_search import PatternSearch
from tui.widgets.body_view.looker import PatternLooker

BODY = b"ab" * 1_000_000


@pytest.fixture
async def looker():
    await until(lambda: not children_of_this_process())  # of earlier tests
    looker = PatternLooker(BODY)
    yield looker
    looker.close()
    await until(lambda: not children_of_this_process())


def look(looker, text):
    search = PatternSearch(text)
    return search, asyncio.create_task(looker.look(search, lambda: None))


def only_child():
    (pid,) = children_of_this_process()
    return pid


async def end(task):
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


async def test_who_types_on_before_it_began_asks_the_same_process(looker):
    _, first = look(looker, "a")
    await asyncio.sleep(0)
    await end(first)
    await until(lambda: len(children_of_this_process()) == 1)
    search, second = look(looker, "b")
    await second
    assert (search.is_complete, search.ended_badly) == (True, "")
    assert search.count == search.limit
    assert len(children_of_this_process()) == 1


async def test_it_is_closed_behind_the_answer_that_somebody_waits_for(looker):
    search, looking = look(looker, "c|ab$")
    await asyncio.sleep(0)
    looker.close()
    await looking
    assert (search.count, search.ended_badly) == (1, "")


async def test_nobody_is_left_where_it_is_closed_and_then_typed_on(looker):
    _, looking = look(looker, "a")
    await asyncio.sleep(0)
    looker.close()
    await end(looking)


async def test_a_process_that_somebody_ended_is_told_as_such(looker):
    await looker.warm()
    os.kill(only_child(), signal.SIGKILL)
    search, looking = look(looker, "a")
    await looking
    assert (search.is_complete, search.ended_badly) == (True, "what looked has ended")


async def test_nothing_is_begun_for_who_closed_it_before(looker):
    looker.close()
    await looker.warm()
    assert len(children_of_this_process()) == 0


async def test_a_body_that_grows_while_it_is_sent_is_sent_as_far_as_it_was():
    growing = bytearray(BODY)
    looker = PatternLooker(growing)
    search, looking = look(looker, "c")
    await asyncio.sleep(0)
    for _ in range(100):
        growing += b"c" * 10_000
        await asyncio.sleep(0)
    await looking
    assert search.ended_badly == ""
    assert search.is_complete
    looker.close()
