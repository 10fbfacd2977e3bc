from __future__ import annotations

from functools import partial
from threading import Barrier, Thread, get_ident

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.patience import PATIENCE_S
from tui.domain.stopping import StopSwitch


def test_a_callback_runs_when_the_switch_flips_and_not_before():
    switch, ran = StopSwitch(), []
    switch.on_stop(lambda: ran.append(1))
    assert not switch.is_stopped
    assert ran == []
    switch.stop()
    assert switch.is_stopped
    assert ran == [1]


def test_a_callback_that_comes_late_runs_at_once():
    switch, ran = StopSwitch(), []
    switch.stop()
    switch.on_stop(lambda: ran.append(get_ident()))
    assert ran == [get_ident()]


def test_stopping_twice_runs_nothing_twice():
    switch, ran = StopSwitch(), []
    switch.on_stop(lambda: ran.append(1))
    switch.stop()
    switch.stop()
    assert ran == [1]


def test_callbacks_run_in_the_order_in_which_they_came():
    switch, ran = StopSwitch(), []
    for number in range(5):
        switch.on_stop(lambda number=number: ran.append(number))
    switch.stop()
    assert ran == [0, 1, 2, 3, 4]


def test_a_callback_may_stop_and_add_callbacks_itself():
    switch, ran = StopSwitch(), []

    def again():
        switch.stop()
        switch.on_stop(lambda: ran.append("inner"))

    switch.on_stop(again)
    switch.stop()
    assert ran == ["inner"]


@settings(max_examples=50)
@given(adders=st.integers(1, 6), stoppers=st.integers(1, 3), each=st.integers(1, 20))
def test_from_any_threads_every_callback_runs_exactly_once(adders, stoppers, each):
    switch, ran = StopSwitch(), []
    start = Barrier(adders + stoppers)

    def add(adder):
        start.wait(PATIENCE_S)
        for number in range(each):
            switch.on_stop(partial(ran.append, (adder, number)))

    def stop():
        start.wait(PATIENCE_S)
        switch.stop()

    threads = [Thread(target=add, args=(adder,)) for adder in range(adders)]
    threads += [Thread(target=stop) for _ in range(stoppers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE_S)
    assert len(ran) == adders * each
