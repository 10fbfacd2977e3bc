import re
import stat
import sys
from base64 import b64decode

import pytest

from tui import clipboard
from tui.clipboard import LARGEST_OSC_52_BYTES, Clipboard, Way, is_remote, programs
from tui.domain.errors import StorageFailed

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the programs are shell scripts")

OSC_52 = re.compile(r"\x1b\]52;c;([A-Za-z0-9+/=]*)\a")


@pytest.fixture
def desk(tmp_path):
    """A folder of programs, and an environment that finds only those (and an X display)."""
    (tmp_path / "bin").mkdir()
    return {"PATH": f"{tmp_path / 'bin'}", "DISPLAY": ":0"}


@pytest.fixture
def written():
    return []


@pytest.fixture
def board(tmp_path, desk, written):
    return Clipboard(write_to_terminal=written.append, file=tmp_path / "copied.txt", environ=desk)


def install(tmp_path, name, script):
    program = tmp_path / "bin" / name
    program.write_text(f"#!/bin/sh\nPATH=/usr/bin:/bin\n{script}\n")
    program.chmod(0o755)


def from_terminal(written):
    (sequence,) = written
    return b64decode(OSC_52.fullmatch(sequence)[1]).decode()


async def test_a_local_session_copies_into_the_program_of_its_display(board, tmp_path, written):
    install(tmp_path, "xclip", f'echo "$@" > {tmp_path}/arguments; cat > {tmp_path}/taken')
    assert await board.copy(("grüße\n",)) is Way.PROGRAM
    assert (tmp_path / "taken").read_text() == "grüße\n"
    assert (tmp_path / "arguments").read_text() == "-selection clipboard\n"
    assert written == []


async def test_a_program_that_fails_is_not_believed(board, tmp_path, written):
    install(tmp_path, "xclip", "cat > /dev/null; echo no display >&2; exit 1")
    assert await board.copy(("text",)) is Way.TERMINAL
    assert from_terminal(written) == "text"


async def test_the_next_program_is_tried_when_the_first_fails(board, tmp_path, written):
    install(tmp_path, "xclip", "exit 1")
    install(tmp_path, "xsel", f"cat > {tmp_path}/taken")
    assert await board.copy(("text",)) is Way.PROGRAM
    assert (tmp_path / "taken").read_text() == "text"


async def test_a_program_that_hangs_is_given_up(board, tmp_path, written, monkeypatch):
    monkeypatch.setattr(clipboard, "PROGRAM_TIMEOUT_S", 0.2)
    install(tmp_path, "xclip", "exec sleep 60")
    assert await board.copy(("text",)) is Way.TERMINAL


async def test_a_program_cannot_write_on_the_screen(board, tmp_path, capfd):
    install(tmp_path, "xclip", "echo out; echo err >&2; exit 1")
    await board.copy(("text",))
    assert capfd.readouterr() == ("", "")


async def test_over_ssh_the_terminal_gets_it_although_a_program_is_there(board, tmp_path, written):
    install(tmp_path, "xclip", f"cat > {tmp_path}/taken")
    board.environ["SSH_CONNECTION"] = "192.0.2.1 1 192.0.2.2 22"
    assert await board.copy(("text",)) is Way.TERMINAL
    assert not (tmp_path / "taken").exists()


async def test_a_program_of_windows_takes_utf_16_with_one_mark_before_all_pieces(board, tmp_path):
    install(tmp_path, "clip.exe", f"cat > {tmp_path}/taken")
    board.environ["WSL_DISTRO_NAME"] = "Ubuntu"
    assert await board.copy(("grü", "ße\ud800", "\U0001f600")) is Way.PROGRAM
    assert (tmp_path / "taken").read_bytes() == "grüße?\U0001f600".encode("utf-16")


async def test_a_long_text_in_pieces_is_copied_as_a_whole(board, tmp_path):
    install(tmp_path, "xclip", f"cat > {tmp_path}/taken")
    pieces = ("é\n" * 100_000, "", "\U0001f600" * 100_000, "end")
    assert await board.copy(pieces) is Way.PROGRAM
    assert (tmp_path / "taken").read_text() == "".join(pieces)
    (tmp_path / "bin" / "xclip").unlink()
    assert await board.copy(pieces) is Way.FILE
    assert board.file.read_text() == "".join(pieces)


async def test_lone_surrogates_are_replaced_on_every_way(board, tmp_path, written):
    assert await board.copy(("a\ud800b",)) is Way.TERMINAL
    assert from_terminal(written) == "a?b"


async def test_the_largest_text_for_a_terminal_goes_there_and_one_more_byte_to_a_file(
    board, tmp_path, written
):
    largest = "é" * (LARGEST_OSC_52_BYTES // 2)
    assert await board.copy((largest,)) is Way.TERMINAL
    assert from_terminal(written) == largest
    assert await board.copy((largest + "é",)) is Way.FILE
    assert len(written) == 1
    assert board.file.read_text() == largest + "é"


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX permissions")
async def test_the_file_is_private(board):
    await board.copy(("x" * (LARGEST_OSC_52_BYTES + 1),))
    assert stat.S_IMODE(board.file.stat().st_mode) == 0o600


async def test_a_file_that_cannot_be_written_is_told(board, tmp_path):
    (tmp_path / "copied.txt").mkdir()
    with pytest.raises(StorageFailed):
        await board.copy(("x" * (LARGEST_OSC_52_BYTES + 1),))


@pytest.mark.parametrize("name", ["SSH_CONNECTION", "SSH_TTY", "SSH_CLIENT"])
def test_ssh_is_known_by_its_variables(name):
    assert is_remote({name: "x"})
    assert not is_remote({name: "", "DISPLAY": ":0"})


@pytest.mark.parametrize(
    ("environ", "platform", "commands"),
    [
        ({}, "darwin", ["pbcopy"]),
        ({}, "win32", ["clip.exe"]),
        ({"WSL_DISTRO_NAME": "Ubuntu", "DISPLAY": ":0"}, "linux", ["clip.exe", "xclip", "xsel"]),
        ({"WAYLAND_DISPLAY": "w", "DISPLAY": ":0"}, "linux", ["wl-copy", "xclip", "xsel"]),
        ({}, "linux", []),
    ],
)
def test_the_programs_fit_the_display(environ, platform, commands):
    assert [each.command[0] for each in programs(environ, platform)] == commands
