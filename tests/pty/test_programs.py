"""The terminal handed to a pager and an editor and taken back, and none of it to a command."""

from __future__ import annotations

import re
import shlex
import sys
from contextlib import contextmanager

import pytest

from tests.pty.test_main_job import choose, sagescope

PROGRAM = """
import pathlib, sys
terminal = open("/dev/tty")
for text in (pathlib.Path(sys.argv[-1]).open() if len(sys.argv) > 1 else sys.stdin):
    print("READS", text, end="", flush=True)
while True:
    try:
        print("HAS READ", flush=True)
        terminal.readline()
    except KeyboardInterrupt:
        print("INTERRUPTED", flush=True)
    else:
        break
"""


@contextmanager
def answered_with(home, command):
    with sagescope(home, "demo", PAGER=command, EDITOR=command) as terminal:
        terminal.wait_for("iris-classifier")
        choose(terminal, "iris", example='"instances"')
        terminal.press("ctrl+j")
        terminal.wait_for("200 OK")
        terminal.press("ctrl+o")
        terminal.wait_for(" q ")
        terminal.press("w")
        terminal.wait_gone(" q ")
        yield terminal


@pytest.fixture
def answered(tmp_path):
    program = tmp_path / "program.py"
    program.write_text(PROGRAM)
    with answered_with(tmp_path / "home", shlex.join([sys.executable, str(program)])) as terminal:
        yield terminal


@pytest.mark.parametrize("key", ["f3", "f4"])
def test_a_program_owns_the_terminal_and_ctrl_c_until_it_ends(answered, key):
    answered.press(key)
    answered.wait_for("READS")
    answered.wait_for("HAS READ")
    answered.press("ctrl+c")
    answered.wait_for("INTERRUPTED")
    answered.press("enter")
    answered.wait_gone("INTERRUPTED")
    answered.wait_for("200 OK")
    answered.press("ctrl+q")
    assert answered.wait_exit() == 0


def test_the_terminal_is_taken_back_from_a_program_that_fails(tmp_path):
    with answered_with(tmp_path / "home", "sh -c 'exit 3'") as terminal:
        for key in ("f3", "f4"):
            terminal.press(key)
            terminal.wait_for("sh ended with status 3")
            terminal.press("escape")
            terminal.wait_for("200 OK")
            terminal.wait_gone("sh ended with status 3")
        terminal.press("ctrl+q")
        assert terminal.wait_exit() == 0


def test_a_command_gets_no_terminal(answered):
    answered.press("|")
    answered.wait_for("shell |")
    answered.type("echo intruder > /dev/tty; echo status $?")
    answered.press("enter")
    answered.wait_for("| echo intruder")
    answered.wait_for(re.compile(r"1 status [1-9]"))
