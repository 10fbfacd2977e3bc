"""The harness itself: a test that trusts a broken terminal proves nothing."""

from __future__ import annotations

import os
import re
import signal
import sys
from textwrap import dedent
from typing import TYPE_CHECKING

import pytest

from tests.pty.environment import newcomer
from tests.pty.modes import modes_left_on
from tests.pty.terminal import NotSeen, Terminal

if TYPE_CHECKING:
    from pathlib import Path


def run(source: str, tmp_path: Path, **options) -> Terminal:
    argv = [sys.executable, "-c", dedent(source)]
    return Terminal(argv, env=newcomer(tmp_path / "home"), cwd=tmp_path, **options)


def test_it_runs_on_a_terminal_of_the_asked_size(tmp_path):
    source = """
        import os, sys
        print(sys.stdin.isatty(), sys.stdout.isatty(), tuple(os.get_terminal_size()))
        os.close(os.open("/dev/tty", os.O_RDWR))
    """
    with run(source, tmp_path, columns=91, rows=23) as terminal:
        assert terminal.wait_exit() == 0
        assert terminal.lines[0] == "True True (91, 23)"


def test_keys_arrive_and_the_exit_status_comes_back(tmp_path):
    source = """
        import os, sys, tty
        tty.setraw(0)
        print("ready", end="", flush=True)
        keys = b""
        while not keys.endswith(b"q"):
            keys += os.read(0, 100)
        print(repr(keys))
        sys.exit(7)
    """
    with run(source, tmp_path) as terminal:
        terminal.wait_for("ready")
        terminal.press("ctrl+j", "f5", "x", "q")
        assert terminal.wait_exit() == 7
        assert r"b'\n\x1b[15~xq'" in terminal.text


def test_a_resize_is_signalled_to_the_program(tmp_path):
    source = """
        import os, signal
        def tell(*_):
            # The first resize may come in the middle of the print below.
            os.write(1, str(tuple(os.get_terminal_size())).encode())
        signal.signal(signal.SIGWINCH, tell)
        print("ready", flush=True)
        while True:
            signal.pause()
    """
    with run(source, tmp_path) as terminal:
        terminal.wait_for("ready")
        terminal.resize(60, 12)
        terminal.wait_for("(60, 12)")


def test_drawing_moves_the_cursor_and_the_raw_bytes_stay(tmp_path):
    source = r"""
        print("\x1b[3;5H\x1b[38;2;1;2;3mhere\x1b[0m", flush=True)
    """
    with run(source, tmp_path) as terminal:
        assert terminal.wait_exit() == 0
        assert terminal.lines[2] == "    here"
        assert b"\x1b[38;2;1;2;3mhere" in terminal.raw


def test_a_wait_that_cannot_succeed_shows_the_screen(tmp_path):
    with run("input('waiting for you')", tmp_path) as terminal:
        terminal.wait_for("waiting")
        with pytest.raises(NotSeen, match=re.compile("0.1 s passed.*waiting for you", re.DOTALL)):
            terminal.wait_for("something else", within_s=0.1)


def test_a_wait_ends_when_the_program_does(tmp_path):
    with (
        run("print('bye')", tmp_path) as terminal,
        pytest.raises(NotSeen, match="the program ended"),
    ):
        terminal.wait_for("something else")


def test_leaving_the_block_ends_the_program(tmp_path):
    with run("print('up', flush=True)\nwhile True: input()", tmp_path) as terminal:
        terminal.wait_for("up")
        pid = terminal.pid
    with pytest.raises(ProcessLookupError):
        os.kill(pid, signal.SIGTERM)


def test_what_a_program_leaves_behind_is_named(tmp_path):
    source = r"""
        import tty
        tty.setraw(0)
        print("\x1b[?1049h\x1b[?1003h\x1b[?25l\x1b[?2004h\x1b[>1u", flush=True)
        print("\x1b[?2004l", flush=True)
    """
    with run(source, tmp_path) as terminal:
        terminal.wait_exit()
        assert terminal.damage() == {
            "alternate screen",
            "mouse moves",
            "hidden cursor",
            "kitty keyboard",
            "line discipline",
        }


def test_a_program_that_tidies_up_leaves_nothing_behind(tmp_path):
    source = r"""
        import termios, tty
        before = termios.tcgetattr(0)
        tty.setraw(0)
        print("\x1b[?1049h\x1b[?1000;1006h\x1b[?25l", flush=True)
        print("\x1b[?1006;1000l\x1b[?25h\x1b[?1049l", flush=True)
        termios.tcsetattr(0, termios.TCSAFLUSH, before)
    """
    with run(source, tmp_path) as terminal:
        terminal.wait_exit()
        assert terminal.damage() == set()


def test_modes_nest_and_repeat():
    assert modes_left_on(b"\x1b[?1049h\x1b[?1049h\x1b[?1049l") == set()
    assert modes_left_on(b"\x1b[>1u\x1b[>1u\x1b[<u") == {"kitty keyboard"}
    assert modes_left_on(b"\x1b[?25l\x1b[?25h") == set()
