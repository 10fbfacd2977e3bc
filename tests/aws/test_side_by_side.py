"""Calls at the same time: answers in order, failures raised, at most eight at once."""

from __future__ import annotations

from functools import partial
from threading import Barrier, current_thread

import pytest

from tui.aws.side_by_side import MAX_THREADS, run_side_by_side

DEADLINE_S = 20.0


def test_answers_come_in_the_order_of_the_calls():
    assert run_side_by_side([partial(str, number) for number in range(100)]) == [
        str(number) for number in range(100)
    ]
    assert run_side_by_side([]) == []


def test_calls_run_at_the_same_time_on_threads_that_hold_no_program():
    together = Barrier(MAX_THREADS)

    def meet(_number):
        together.wait(DEADLINE_S)
        return current_thread().daemon

    assert all(run_side_by_side([partial(meet, number) for number in range(MAX_THREADS)]))


def test_a_failure_is_raised_and_the_others_are_still_made():
    made = []

    def fail():
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        run_side_by_side([fail, partial(made.append, 1), partial(made.append, 2)])
    assert sorted(made) == [1, 2]
