"""Other programs: that they get no terminal, and end when they should, children and all."""

import os
import sys
import time
from threading import Thread

import pytest

from tests.patience import PATIENCE_S
from tui.processes import Child, ChildStopped, run_through

pytestmark = pytest.mark.skipif(os.name != "posix", reason="shell commands of POSIX")


def run(command, data=b"", output_bytes_max=1_000_000):
    return run_through(Child(command), [data], output_bytes_max=output_bytes_max)


def is_alive(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    with open(f"/proc/{pid}/stat", encoding="ascii") as stat:  # noqa: PTH123 - no file of a disk
        return stat.read().rpartition(")")[2].split()[0] != "Z"


def wait_until(is_so):
    deadline = time.monotonic() + PATIENCE_S
    while not is_so():
        assert time.monotonic() < deadline, "it did not come to pass"
        time.sleep(0.01)


def test_a_command_line_gets_the_bytes_and_says_what_it_says():
    data = bytes(range(256)) * 1000
    ran = run("tee /dev/stderr | wc -c; exit 3", data[:1000])
    assert (ran.output.strip(), ran.errors, ran.status) == (b"1000", data[:1000], 3)
    assert run(["cat"], data).output == data


def test_it_need_not_read_all():
    assert run("head -c 3", b"abc" * 1_000_000).output == b"abc"


def test_what_is_too_much_is_cut_and_the_program_ended():
    ran = run("yes", output_bytes_max=10_000)
    assert ran.is_cut
    assert len(ran.output) == 10_000


def test_it_has_no_terminal():
    ran = run("test -t 0 || test -t 1 || test -t 2 || ! echo hello > /dev/tty")
    assert ran.status == 0


def test_a_program_left_behind_is_not_waited_for():
    begun_s = time.monotonic()
    ran = run("sleep 60 & echo $!")
    os.kill(int(ran.output), 9)
    assert time.monotonic() - begun_s < 30


def test_stopping_ends_it_and_what_it_started(tmp_path):
    child, pids = Child(f"sleep 60 & echo $! > {tmp_path}/pid; sleep 60"), tmp_path / "pid"
    ended = []

    def wait():
        with pytest.raises(ChildStopped):
            run_through(child, [], output_bytes_max=10)
        ended.append(True)

    thread = Thread(target=wait)
    thread.start()
    wait_until(lambda: pids.exists() and pids.read_text().strip())
    child.stop()
    thread.join()
    assert ended == [True]
    wait_until(lambda: not is_alive(int(pids.read_text())))


def test_it_ends_with_the_program_that_started_it(tmp_path):
    pids = tmp_path / "pid"
    code = (
        "import threading, time\n"
        "from tui.processes import Child, run_through\n"
        f"child = Child('echo $$ > {pids}; sleep 60')\n"
        "run = lambda: run_through(child, [], output_bytes_max=9)\n"
        "threading.Thread(target=run, daemon=True).start()\n"
        f"while not (open('{pids}', 'a+').seek(0, 2)): time.sleep(0.01)\n"
    )
    run([sys.executable, "-c", code])
    wait_until(lambda: not is_alive(int(pids.read_text())))


def test_what_was_stopped_does_not_start():
    child = Child(["cat"])
    child.stop()
    with pytest.raises(ChildStopped):
        child.start()


def test_what_cannot_be_started_is_told(tmp_path):
    with pytest.raises(FileNotFoundError):
        run([str(tmp_path / "missing")])
    with pytest.raises(ValueError, match="null byte"):
        run("echo \0")


def test_one_that_ended_cannot_be_talked_to():
    child = Child(["true"])
    child.start()
    with pytest.raises(ChildStopped):
        child.read(1)
    child.close()
    with pytest.raises(ChildStopped):
        child.write(b"x")
