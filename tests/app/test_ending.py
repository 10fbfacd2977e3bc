"""How the program ends, on a real terminal: nothing of it may be left behind."""

from __future__ import annotations

import signal
import stat
import sys
from pathlib import Path

import pytest

from tests.pty.environment import newcomer
from tests.pty.terminal import Terminal

CHECKOUT = Path(__file__).parents[2]
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs a pty")


@pytest.fixture
def terminal(tmp_path):
    home = tmp_path / "home"
    argv = [sys.executable, "-m", "tests.app.crashing", str(home)]
    with Terminal(argv, env=newcomer(home), cwd=CHECKOUT) as terminal:
        terminal.wait_for("Send")
        yield terminal


def test_quit_leaves_the_terminal_as_it_was(terminal):
    terminal.press("ctrl+q")
    assert terminal.wait_exit(within_s=5) == 0
    assert terminal.damage() == set()


def test_sigterm_leaves_the_terminal_as_it_was(terminal):
    terminal.signal(signal.SIGTERM)
    assert terminal.wait_exit(within_s=5) == 128 + signal.SIGTERM
    assert terminal.damage() == set()


def test_a_crash_says_what_happened_and_keeps_secrets(terminal, tmp_path):
    terminal.press("f5")
    assert terminal.wait_exit(within_s=10) == 1
    log = tmp_path / "home" / "sagescope.log"
    assert terminal.damage() == set()
    assert "builtins.RuntimeError" in terminal.text
    assert str(log) in terminal.text.replace("\n", "")
    assert "hunter2hunter2" not in terminal.text
    assert "hunter2hunter2" not in log.read_text()
    assert "RuntimeError" in log.read_text()
    assert stat.S_IMODE(log.stat().st_mode) == 0o600
