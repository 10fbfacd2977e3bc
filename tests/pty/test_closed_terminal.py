"""A window that is closed: the program ends, whatever it was about to draw."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from threading import Thread

import pytest

from tests.patience import PATIENCE_S
from tests.pty.environment import newcomer

if sys.platform == "win32":
    pytest.skip("POSIX terminals", allow_module_level=True)

import fcntl
import select
import struct
import termios

from textual.drivers._writer_thread import WriterThread

from tests.pty.terminal import ON_TTY
from tui.screens.terminal_driver import lasting

ROOT = Path(__file__).resolve().parents[2]
CLOSED = 128 + signal.SIGHUP


def test_whoever_draws_does_not_wait_for_a_terminal_that_is_gone():
    master, slave = os.openpty()
    with os.fdopen(slave, "w", encoding="utf-8") as terminal:
        writer = WriterThread(lasting(terminal))
        writer.start()
        writer.write("drawn")
        assert os.read(master, 5) == b"drawn"
        os.close(master)

        def draw():
            for _ in range(200):
                writer.write("x" * 1_000)
            writer.stop()

        drawing = Thread(target=draw, daemon=True)
        drawing.start()
        drawing.join(PATIENCE_S)
        assert not drawing.is_alive()


def read_until(master, words):
    seen, deadline = b"", time.monotonic() + PATIENCE_S
    while words not in seen:
        readable, _, _ = select.select([master], [], [], deadline - time.monotonic())
        assert readable, "it drew nothing more"
        seen += os.read(master, 65_536)


def test_a_program_ends_with_its_window(tmp_path):
    master, slave = os.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))
    argv = ["/bin/sh", "-c", ON_TTY, "sh", os.ttyname(slave), sys.executable, "-m", "tui", "demo"]
    env = newcomer(tmp_path / "home", PYTHONPATH=str(ROOT))
    program = subprocess.Popen(  # noqa: S603 - our own program
        argv, env=env, stdin=slave, start_new_session=True
    )
    try:
        os.close(slave)
        read_until(master, b"iris-classifier")
        os.write(master, b"\t" * 20)
        os.close(master)
        assert program.wait(PATIENCE_S) == CLOSED
    finally:
        if program.poll() is None:
            os.killpg(program.pid, signal.SIGKILL)
            program.wait()
