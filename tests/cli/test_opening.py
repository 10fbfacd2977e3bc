"""The program opened from a shell, on a terminal of its own."""

import gc
import sys

import pytest

from tests.cli.programs import PROGRAM
from tests.pty.environment import newcomer
from tui.cli import explore

if sys.platform == "win32":
    pytest.skip("there are no ptys", allow_module_level=True)

from tests.pty.terminal import Terminal

AWS = {"AWS_ACCESS_KEY_ID": "a", "AWS_SECRET_ACCESS_KEY": "b"}


def opened(tmp_path, *arguments, **extra):
    env = newcomer(tmp_path / "home", **extra)
    return Terminal([*PROGRAM, *arguments], env=env, cwd=tmp_path)


def quit_and_expect(terminal, status):
    terminal.press("ctrl+q")
    assert terminal.wait_exit() == status
    assert terminal.damage() == set()


def test_flags_choose_the_connection(tmp_path, demo_server):
    arguments = ["--endpoint-url", demo_server.url, "--region", "eu-west-1", "--read-only"]
    with opened(tmp_path, *arguments, **AWS) as terminal:
        terminal.wait_for("iris-classifier")
        terminal.wait_for("eu-west-1")
        terminal.wait_for("read-only")
        quit_and_expect(terminal, 0)


def test_the_demo_opens_with_as_many_endpoints_as_wanted(tmp_path):
    with opened(tmp_path, "demo", "--endpoints", "300") as terminal:
        terminal.wait_for("iris-classifier")
        terminal.wait_for("demo")
        quit_and_expect(terminal, 0)


def test_it_draws_in_a_locale_that_has_no_frames(tmp_path):
    ascii_only = {"LC_ALL": "POSIX", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    with opened(tmp_path, "demo", **ascii_only) as terminal:
        terminal.wait_for("╭─")
        assert b"\\u256d" not in terminal.raw
        quit_and_expect(terminal, 0)


def test_a_broken_memory_is_told_and_the_program_opens(tmp_path):
    home = tmp_path / "home" / "sagescope"
    home.mkdir(parents=True)
    (home / "remembered.toml").write_text("theme = ")
    with opened(tmp_path, "demo") as terminal:
        terminal.wait_for("iris-classifier")
        quit_and_expect(terminal, 0)
        assert b"remembered.toml: is not TOML" in terminal.raw
    assert (home / "remembered.toml").read_text() == "theme = "


def test_without_a_home_to_write_to_it_opens(tmp_path):
    (tmp_path / "a-file").write_text("")
    with opened(tmp_path, "demo", SAGESCOPE_HOME=str(tmp_path / "a-file" / "x")) as terminal:
        terminal.wait_for("iris-classifier")
        quit_and_expect(terminal, 0)


async def test_garbage_is_collected_even_where_nothing_can_be_loaded_ahead(monkeypatch):
    monkeypatch.setattr(explore, "_STARTED_AFTER_S", 0)
    monkeypatch.setitem(sys.modules, "tui.widgets.answer", None)
    gc.disable()
    try:
        with pytest.raises(ImportError):
            await explore.settle()
        assert gc.isenabled()
    finally:
        gc.unfreeze()
        gc.enable()
