"""How the program ends: its exit statuses, and what it says when it cannot begin."""

import os
import signal
import socket
import subprocess
import sys
from importlib.metadata import version

import pytest

from tests.cli.programs import PROGRAM, run
from tests.patience import PATIENCE_S
from tests.pty.environment import newcomer
from tui.cli import main as command_line
from tui.cli.main import main

needs_posix = pytest.mark.skipif(sys.platform == "win32", reason="a shell and signals of POSIX")


def test_the_version_is_one_line(capsys):
    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"sagescope {version('sagescope')}\n"


@pytest.mark.parametrize("arguments", [[], ["demo"], ["--profile", "x"]])
def test_without_a_terminal_it_says_what_to_do(tmp_path, arguments):
    done = run(tmp_path, *arguments)
    assert done.returncode == 1
    assert done.stdout == b""
    assert done.stderr == (
        b"sagescope: it opens in a terminal: start it without pipes or redirections\n"
    )
    assert not (tmp_path / "home" / "sagescope").exists()


def test_a_terminal_that_cannot_draw_is_told_so(tmp_path):
    done = run(tmp_path, TERM="dumb")
    assert done.returncode == 1
    assert b"(TERM=dumb)" in done.stderr
    assert done.stderr.count(b"\n") == 1


@pytest.mark.parametrize("arguments", [[], ["demo"]])
def test_broken_settings_keep_it_from_opening(tmp_path, arguments):
    done = run(tmp_path, *arguments, SAGESCOPE_READ_TIMEOUT_S="soon", SAGESCOPE_TEME="nord")
    assert done.returncode == 253
    first, second = done.stderr.decode().splitlines()
    assert first.startswith("sagescope: environment: SAGESCOPE_TEME: there is no such variable")
    assert second.startswith("sagescope: environment: SAGESCOPE_READ_TIMEOUT_S: must be a number")


def test_a_port_that_is_taken_is_said_with_the_next_step(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        for arguments in (["demo", "--port", port], ["demo", "--serve-only", "--port", port]):
            done = run(tmp_path, *arguments)
            assert done.returncode == 253
            first, second = done.stderr.decode().splitlines()
            assert first.startswith(f"sagescope: The demo cannot listen on 127.0.0.1:{port}: ")
            assert second == "Choose another port, or 0 for any free one."


def test_ctrl_c_ends_a_command_without_a_word(monkeypatch, capsys):
    def interrupt(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr(command_line, "start", interrupt)
    assert main(["info"]) == 130
    assert capsys.readouterr() == ("", "")


@needs_posix
def test_a_reader_that_leaves_early_ends_it_without_a_word(tmp_path):
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(  # noqa: S603 - our own program
        [*PROGRAM, "info"],
        env=newcomer(tmp_path / "home"),
        stdout=writing,
        stderr=subprocess.PIPE,
        check=False,
    )
    os.close(writing)
    assert done.stderr == b""
    assert done.returncode == 141


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="only Linux has a full device")  # noqa: PTH110 - a device
def test_output_that_cannot_be_written_is_said(tmp_path):
    done = run(tmp_path, "info", redirected=">/dev/full")
    assert done.returncode == 255
    assert done.stderr == b"sagescope: Cannot write the output: No space left on device\n"


@needs_posix
def test_closed_output_is_no_crash(tmp_path):
    done = run(tmp_path, "info", redirected=">&-")
    assert done.returncode == 0


@needs_posix
def test_serving_says_how_to_reach_it_until_ctrl_c(tmp_path):
    command = [*PROGRAM, "demo", "--serve-only"]
    with subprocess.Popen(  # noqa: S603 - our own program
        command,
        env=newcomer(tmp_path / "home"),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as serving:
        said = [serving.stdout.readline() for _ in range(3)]
        serving.send_signal(signal.SIGINT)
        assert serving.wait(timeout=PATIENCE_S) == 0
        assert serving.stderr.read() == ""
    assert said[2].startswith("export AWS_ENDPOINT_URL=http://127.0.0.1:")
